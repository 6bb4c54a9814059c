"""Attendance: who attended a meeting, in what role, and who did not."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import PartyRef, RecordRef, RoleName


class AttendanceLine(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One delegation."""

    party: PartyRef | None = None
    role: RoleName | None = None
    presence: Literal["expected", "present", "absent", "excused", "observer"] | None = None


@declare(
    "institution",
    ar="حضور",
    fr="Présence",
    en="Attendance",
    help=Words(
        ar="من حضر اجتماعًا وبأي صفة، ومن اعتذر.",
        fr="Qui a assisté à une réunion, à quel titre, et qui s'est excusé.",
        en="Who attended a meeting, in what role, and who did not.",
    ),
)
class Attendance(Body, frozen=True, kw_only=True, omit_defaults=True, tag="attendance/1"):
    """Delegations by party and role, not by personal name. Source: REQUIREMENTS R34, R44."""

    meeting: RecordRef | None = None
    lines: tuple[AttendanceLine, ...] = ()
