"""Journal query: what the ombudsperson asks of the access journal, and what was found."""

from __future__ import annotations

from msgspec import Struct

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Flag, Identifier, Name, Text, When


class Finding(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing found and its value."""

    found: Name | None = None
    stated_value: Text = ""


@declare(
    "protected",
    ar="استعلام عن سجل الاطّلاع",
    fr="Consultation du journal",
    en="Journal query",
    help=Words(
        ar="ما يسأله أمين المظالم عن سجل الاطّلاع وما وُجد.",
        fr="Ce que le médiateur demande au journal d'accès, et ce qui est trouvé.",
        en="What the ombudsperson asks of the access journal, and what was found.",
    ),
)
class JournalQuery(Body, frozen=True, kw_only=True, omit_defaults=True, tag="journal-query/1"):
    """Oversight of access. Source: REQUIREMENTS R69, R70."""

    case: Identifier | None = None
    question: Text = ""
    period: When | None = None
    finding: tuple[Finding, ...] = ()
    seals_at: When | None = None
    case_existence: Flag | None = None
