"""Place: a place with its names, spellings, position and precision."""

from __future__ import annotations

from msgspec import Struct

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Flag, Language, Name, Text, Where


class PlaceName(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One name or spelling."""

    form: Name | None = None
    lang: Language | None = None
    official: Flag | None = None


@declare(
    "information",
    ar="مكان",
    fr="Lieu",
    en="Place",
    help=Words(
        ar="مكان بأسمائه وكتاباته وموضعه ودقّته.",
        fr="Lieu avec ses noms, graphies, position et précision.",
        en="A place with its names, spellings, position and precision.",
    ),
)
class Place(Body, frozen=True, kw_only=True, omit_defaults=True, tag="place/1"):
    """Gazetteer entry. Source: REQUIREMENTS R04, R17."""

    names: tuple[PlaceName, ...] = ()
    location: Where | None = None
    admin_path: Text = ""
    place_type: Name | None = None
