"""An expected "no", as a value. Every floor that decides returns one of these; none raises it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something is not done. ``reason`` is stable; its words stand in ``locale/<lang>/refusals.json``.

    ``missing`` names what would have to be different: parties, compartments, purposes, or the
    widenings of a label (``audience:FR``, ``level:confidential``, ``until``). ``clause`` names the rule it
    rests on, where one is numbered. A Refusal is false.
    """

    reason: str
    missing: frozenset[str] = frozenset()
    clause: str = ""

    def __bool__(self) -> bool:
        return False
