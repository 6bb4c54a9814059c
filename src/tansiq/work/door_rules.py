"""What a node's settings say of its doors: how long a session lives, who needs a second step."""

from __future__ import annotations

from datetime import timedelta

from msgspec import Struct

from tansiq.policy.clearance import OfficerRole


class DoorRules(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``idle_min``: a session ends when unused so long; ``absolute_h``: and after so long in any case.

    ``second_step``: roles that do not work without one-time codes. ``passkeys``: the
    origin of the pages (``https://host``) where they are switched on.
    """

    idle_min: int = 60
    absolute_h: int = 12
    second_step: tuple[OfficerRole, ...] = ()
    passkeys: str = ""

    @property
    def idle(self) -> timedelta:
        """How long an unused session lives."""
        return timedelta(minutes=self.idle_min)

    @property
    def absolute(self) -> timedelta:
        """How long any session lives."""
        return timedelta(hours=self.absolute_h)
