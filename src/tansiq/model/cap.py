"""A warning as a message of CAP 1.2: its values, and what the standard finds wrong with them.

Source: OASIS Common Alerting Protocol 1.2, section 3.2; REQUIREMENTS R20; DOCTRINE 3.14.

1. Identifier and sender hold no blank, comma, ``<`` or ``&``; times have an offset, never ``Z``.
2. A restricted message states its restriction, a private one its addresses, an update or a cancel what it
   refers to; an exercise says what it is for.
3. One block a language; each has category, event, urgency, severity and certainty, and expires after its
   onset.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

STATUSES: Final = frozenset({"Actual", "Exercise", "System", "Test", "Draft"})
TYPES: Final = frozenset({"Alert", "Update", "Cancel", "Ack", "Error"})
SCOPES: Final = frozenset({"Public", "Restricted", "Private"})
CATEGORIES: Final = frozenset(
    {"Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env", "Transport", "Infra", "CBRNE",
     "Other"}
)  # fmt: skip
RESPONSES: Final = frozenset(
    {"Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess", "AllClear", "None"}
)
URGENCIES: Final = frozenset({"Immediate", "Expected", "Future", "Past", "Unknown"})
SEVERITIES: Final = frozenset({"Extreme", "Severe", "Moderate", "Minor", "Unknown"})
CERTAINTIES: Final = frozenset({"Observed", "Likely", "Possible", "Unlikely", "Unknown"})
_FORBIDDEN: Final = frozenset(" ,<&\t\n\r")


@dataclass(frozen=True, slots=True)
class CapArea:
    """Where it holds: words, and rings or circles in degrees and kilometres as the standard writes them."""

    words: str
    polygon: str = ""
    circle: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CapInfo:
    """One language's block; blank and None = left out."""

    language: str
    event: str
    category: str = "Safety"
    responses: tuple[str, ...] = ()
    urgency: str = "Unknown"
    severity: str = "Unknown"
    certainty: str = "Unknown"
    onset: datetime | None = None
    expires: datetime | None = None
    headline: str = ""
    description: str = ""
    instruction: str = ""
    area: CapArea | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CapAlert:
    """One message. ``references`` are triples ``sender,identifier,sent``."""

    identifier: str
    sender: str
    sent: datetime
    status: str
    msg_type: str
    scope: str
    restriction: str = ""
    addresses: tuple[str, ...] = ()
    note: str = ""
    references: tuple[str, ...] = ()
    infos: tuple[CapInfo, ...] = ()


def cap_time(at: datetime) -> str:
    """Return a time as the standard writes it: whole seconds, UTC as ``-00:00`` (rule 1)."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}-00:00"


def cap_faults(alert: CapAlert) -> Iterator[str]:
    """Yield the elements that break the standard, none for a valid message."""
    for name, text in (("identifier", alert.identifier), ("sender", alert.sender)):
        if not text or _FORBIDDEN & set(text):
            yield name
    closed = (
        ("status", alert.status, STATUSES),
        ("msgType", alert.msg_type, TYPES),
        ("scope", alert.scope, SCOPES),
    )
    yield from (name for name, value, allowed in closed if value not in allowed)
    if alert.scope == "Restricted" and not alert.restriction.strip():
        yield "restriction"
    if alert.scope == "Private" and not alert.addresses:
        yield "addresses"
    if alert.msg_type in ("Update", "Cancel", "Ack") and not alert.references:
        yield "references"
    if any(len(triple.split(",")) != 3 or " " in triple for triple in alert.references):
        yield "references"
    if alert.status == "Exercise" and not alert.note.strip():
        yield "note"
    for info in alert.infos:
        yield from (f"info[{info.language}].{name}" for name in _info_faults(info))
    languages = [info.language for info in alert.infos]
    if len(languages) != len(set(languages)):
        yield "info.language"


def _info_faults(info: CapInfo) -> Iterator[str]:
    if not info.event.strip():
        yield "event"
    closed = (
        ("category", info.category, CATEGORIES),
        ("urgency", info.urgency, URGENCIES),
        ("severity", info.severity, SEVERITIES),
        ("certainty", info.certainty, CERTAINTIES),
    )
    yield from (name for name, value, allowed in closed if value not in allowed)
    if set(info.responses) - RESPONSES:
        yield "responseType"
    if info.onset is not None and info.expires is not None and info.expires <= info.onset:
        yield "expires"
    if info.area is not None and not info.area.words.strip():
        yield "areaDesc"
