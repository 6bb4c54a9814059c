"""What one acceptance check found. Source: EXCHANGE 6, as bent by EXCHANGE 8."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal

Size = Literal["quick", "full"]
"""``quick`` = the cut within ``make test``, seconds; ``full`` = the numbers of the acceptance checks."""


@dataclass
class Result:
    """Counts to print and faults found; a check passes when it counted something and has no fault."""

    counts: dict[str, int | float] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    newest: ClassVar[Result | None] = None
    """What the running check fills; a long run tells from it how far it is."""

    def __post_init__(self) -> None:
        Result.newest = self

    def count(self, what: str, n: float = 1) -> None:
        """Add to a count."""
        self.counts[what] = self.counts.get(what, 0) + n

    def add(self, other: Result) -> None:
        """Add what another process found."""
        for what, n in other.counts.items():
            self.count(what, n)
        self.faults += other.faults

    def must(self, holds: bool, fault: str) -> None:
        """Note a fault unless ``holds``."""
        if not holds:
            self.faults.append(fault)

    @property
    def said(self) -> str:
        """The counts in one line."""
        return ", ".join(f"{what} {n:,}" for what, n in list(self.counts.items()))

    @property
    def passed(self) -> bool:
        """Whether it looked at anything and found nothing wrong."""
        return bool(self.counts) and not self.faults
