"""Operations log entry: an entry of the operations log that is never erased; a correction is a new entry."""

from __future__ import annotations

from msgspec import Struct

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Count, Instant, Name, RecordRef, RoleName, Text


class LogLine(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line: when, between whom, what happened, what was done, by which post."""

    at: Instant | None = None
    event: Text = ""
    action: Text = ""
    by: RoleName | None = None
    sent_by: Name | None = None
    sent_to: Name | None = None


@declare(
    "operations",
    ar="قيد في سجل العمليات",
    fr="Entrée du journal des opérations",
    en="Operations log entry",
    help=Words(
        ar="قيد لا يُمحى في سجل العمليات؛ التصحيح قيد جديد.",
        fr="Entrée ineffaçable du journal des opérations ; une correction est une nouvelle entrée.",
        en="An entry of the operations log that is never erased; a correction is a new entry.",
    ),
)
class LogEntry(Body, frozen=True, kw_only=True, omit_defaults=True, tag="log-entry/1"):
    """Append-only. Source: REQUIREMENTS R57; DOCTRINE 3.9."""

    serial: Count | None = None
    entries: tuple[LogLine, ...] = ()
    corrects: RecordRef | None = None
    known_then: Text = ""
