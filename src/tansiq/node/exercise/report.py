"""What an exercise found, in the form that checks read. Source: FORMATS, ``--report``."""

from __future__ import annotations

from collections import Counter
from typing import Literal

import msgspec
from msgspec import Struct, field

Verdict = Literal["held", "broken"]
CheckResult = Literal["held", "broken", "not_yet", "not_applicable"]


class CheckLine(Struct):
    """One check of an inject."""

    verb: str
    result: CheckResult
    why: str = ""


class InjectLine(Struct):
    """One inject: per party whether it was visible, hidden; its checks; what went another way."""

    id: str
    visible: list[tuple[str, Verdict]] = field(default_factory=list)
    hidden: list[tuple[str, Verdict]] = field(default_factory=list)
    checks: list[CheckLine] = field(default_factory=list)
    why: list[str] = field(default_factory=list)
    kind_missing: bool = False
    particulars: list[str] = field(default_factory=list)


class Report(Struct):
    """The whole exercise."""

    name: str
    injects: list[InjectLine] = field(default_factory=list)
    totals: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    carrier_opened: int = 0

    def line(self, inject_id: str) -> InjectLine:
        """Return the line of an inject."""
        return next(i for i in self.injects if i.id == inject_id)

    def count(self) -> None:
        """Fill the totals."""
        found: Counter[str] = Counter()
        for each in self.injects:
            found.update(f"visible {verdict}" for _, verdict in each.visible)
            found.update(f"hidden {verdict}" for _, verdict in each.hidden)
            found.update(f"checks {c.result}" for c in each.checks)
        found.update(["carrier broken"] * self.carrier_opened)
        self.totals = dict(sorted(found.items()))

    @property
    def broken(self) -> int:
        """How much is broken."""
        return sum(n for what, n in self.totals.items() if what.endswith("broken"))

    def encode(self) -> bytes:
        """Return the report as JSON."""
        return msgspec.json.format(msgspec.json.encode(self), indent=1)


def put(verdicts: list[tuple[str, Verdict]], party: str, holds: bool) -> None:
    """Enter a party's verdict; once broken it stays broken."""
    for at, (known, verdict) in enumerate(verdicts):
        if known == party:
            verdicts[at] = (party, "held" if holds and verdict == "held" else "broken")
            return
    verdicts.append((party, "held" if holds else "broken"))
