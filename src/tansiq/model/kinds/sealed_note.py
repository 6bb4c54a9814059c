"""Sealed note: sealed ransom or concession information with legal basis and disclosure rule."""

from __future__ import annotations

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Identifier, RoleName, Text, When


@declare(
    "protected",
    ar="مذكرة مختومة",
    fr="Note scellée",
    en="Sealed note",
    help=Words(
        ar="معلومة فدية أو تنازل مختومة، بسند قانوني وقاعدة إفشاء؛ الختم لا يعطّل أمر محكمة.",
        fr="Information scellée de rançon ou concession, avec base légale et règle de divulgation ; le "
        "juge y accède.",
        en="Sealed ransom or concession information with legal basis and disclosure rule; it never "
        "blocks a court.",
    ),
    must=("legal_basis", "disclosure_rule"),
)
class SealedNote(Body, frozen=True, kw_only=True, omit_defaults=True, tag="sealed-note/1"):
    """Never in search, export or assessment. Source: REQUIREMENTS R28."""

    case: Identifier | None = None
    legal_basis: Text = ""
    disclosure_rule: Text = ""
    sealed_by: RoleName | None = None
    seals_at: When | None = None
