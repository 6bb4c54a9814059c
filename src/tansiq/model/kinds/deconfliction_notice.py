"""Deconfliction notice: a box and time announced so that movements do not clash."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Area, PartyRef, Text, When


@declare(
    "operations",
    ar="إخطار تفادي التعارض",
    fr="Avis de déconfliction",
    en="Deconfliction notice",
    help=Words(
        ar="حيّز ووقت يُخطَر بهما لئلا يتعارض تحرّكان؛ الإنساني «احمِ» لا «تجنّب».",
        fr="Volume et horaire annoncés pour que deux mouvements ne se gênent pas ; l'humanitaire dit « "
        "protéger ».",
        en="A box and time announced so that movements do not clash; humanitarian ones say protect, not "
        "avoid.",
    ),
)
class DeconflictionNotice(Body, frozen=True, kw_only=True, omit_defaults=True, tag="deconfliction-notice/1"):
    """Warns about overlaps; proposes nothing against anyone. Source: REQUIREMENTS R56; DOCTRINE 3.8."""

    kind: (
        Literal["air-observation", "patrol", "convoy", "humanitarian-movement", "exercise", "other"] | None
    ) = None
    area_box: Area | None = None
    altitude: Text = ""
    window: When | None = None
    contact: Text = ""
    handling: Literal["avoid", "protect", "inform"] | None = None
    notified: tuple[PartyRef, ...] = ()
