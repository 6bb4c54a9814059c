"""Arms item: an item found, with its marks, components, condition and chain of custody."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Count, Grading, Identifier, Instant, Name, Text, When, Where


class ItemComponent(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One component and what was seen of it."""

    part: Name | None = None
    seen: Text = ""


class CustodyLine(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One hand-over."""

    at: Instant | None = None
    by: Name | None = None
    seal: Identifier | None = None


class ItemMark(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One mark and where it stands."""

    mark: Name | None = None
    described: Text = ""


@declare(
    "material",
    ar="قطعة سلاح",
    fr="Arme",
    en="Arms item",
    help=Words(
        ar="قطعة وُجدت، بعلاماتها وأجزائها وحالها وسلسلة حيازتها.",
        fr="Arme trouvée, avec ses marques, éléments, état et chaîne de possession.",
        en="An item found, with its marks, components, condition and chain of custody.",
    ),
)
class ArmsItem(Body, frozen=True, kw_only=True, omit_defaults=True, tag="arms-item/1"):
    """Handling and tracing only; no operating detail. Source: REQUIREMENTS R24; DOCTRINE 3.11."""

    lot: Identifier | None = None
    arms_type: Name | None = None
    make: Text = ""
    model: Text = ""
    calibre: Text = ""
    serial_number: Text = ""
    marks: tuple[ItemMark, ...] = ()
    made_in: Text = ""
    year: Count | None = None
    components: tuple[ItemComponent, ...] = ()
    condition: Literal["complete", "expended", "inert-training", "damaged"] | None = None
    custody: tuple[CustodyLine, ...] = ()
    place: Where | None = None
    found: When | None = None
    found_how: Text = ""
    legal_status: Text = ""
    grade: Grading | None = None
    claim_ref: Identifier | None = None
    safety_note: Text = ""
