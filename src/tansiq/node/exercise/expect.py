"""Who must see an inject, and from when: worked out from the file alone, before anything is posted.

1. Visible from the first moment after posting at which author and reader are both linked.
2. A recall ends visibility for all but ``director.after_recall_visible_to`` (else the author alone).
3. Not judged where an ``arrival … never`` check stands.
4. Hidden from posting until a later grant names the party.
5. At equal hours link events come before injects.
6. ``director.arrival`` names the hour at which a party must see an inject, whatever its link. Of what a
   courier brings, the hour is left open until the link is back.
7. A case is sealed at the hour that a query of the journal names (``seal_h``), once an outcome has ended it:
   from then on two officers open what bears its name, and one of them sees that it is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tansiq.node.exercise.script import PUBLIC, Inject, Script

NEVER: Final = float("inf")


def arrivals(inject: Inject) -> dict[str, float]:
    """The hours at which the file says that parties get an inject."""
    said = inject.director.get("arrival")
    if not isinstance(said, dict):
        return {}
    return {str(p): float(h) for p, h in said.items() if isinstance(h, int | float)}


class Expectations:
    """The reference of one script."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._recalled = dict(self._recalls())
        self._by_id = {i.id: i for i in script.injects}

    def linked(self, party: str, hour: float) -> bool:
        """Whether a party's link is up at an hour."""
        return not any(e.node == party and e.from_h <= hour < e.to_h for e in self._script.meta.link_events)

    def moments(self) -> tuple[float, ...]:
        """The hours at which something is posted or a link changes."""
        hours = {i.t_offset_hours for i in self._script.injects}
        for event in self._script.meta.link_events:
            hours |= {event.from_h, event.to_h}
            if event.courier is not None:
                hours |= {event.courier.leaves_h, event.courier.arrives_h}
        hours |= {hour for i in self._script.injects for hour in arrivals(i).values()}
        return tuple(sorted(hours))

    def visible_from(self, inject: Inject, party: str) -> float:
        """The hour from which a party must see an inject; NEVER where it need not."""
        if party not in inject.visible_to or self._never(inject, party):
            return NEVER
        if party in (inject.node, PUBLIC):
            return inject.t_offset_hours
        if party in (said := arrivals(inject)):
            return max(said[party], inject.t_offset_hours)
        hours = (h for h in self.moments() if h >= inject.t_offset_hours)
        return next((h for h in hours if self.linked(inject.node, h) and self.linked(party, h)), NEVER)

    def visible(self, inject: Inject, party: str, hour: float) -> bool:
        """Whether a party must see an inject at an hour."""
        return self.visible_from(inject, party) <= hour and not self.lapsed(inject, party, hour)

    def lapsed(self, inject: Inject, party: str, hour: float) -> bool:
        """Whether a recall has reached the party by that hour, if it was one of those it binds."""
        recall = self._recalled.get(inject.id)
        if recall is None or recall.t_offset_hours > hour:
            return False
        kept = inject.director.get("after_recall_visible_to", [inject.node])
        return party not in kept

    def judged(self, inject: Inject, party: str) -> bool:
        """Whether visibility of the inject at the party is judged at all (rule 3)."""
        return party in inject.visible_to and not self._never(inject, party)

    def hidden(self, inject: Inject, party: str, hour: float) -> bool:
        """Whether a party must not see an inject at an hour (rule 4)."""
        return party in inject.hidden_from and hour < self._granted(inject, party)

    def unsettled(self, inject: Inject, party: str, hour: float) -> bool:
        """Whether the file leaves open what the party holds at that hour: a race, a recall on its way."""
        if party in inject.visible_to:
            brought = hour < self.visible_from(inject, party) and self._brought(inject, party, hour)
            return brought or self._never(inject, party) or self.lapsed(inject, party, hour)
        return self._granted(inject, party) <= hour

    def _brought(self, inject: Inject, party: str, hour: float) -> bool:
        """Whether a courier may have brought an inject to a party by that hour (rule 6)."""
        return any(
            e.courier is not None
            and e.node == party
            and inject.t_offset_hours <= e.courier.leaves_h
            and e.courier.arrives_h <= hour
            for e in self._script.meta.link_events
        )

    def sealed(self, inject: Inject, hour: float) -> bool:
        """Whether the case that an inject bears has been sealed by an hour (rule 7)."""
        case = inject.fields.get("case")
        posted = [i for i in self._script.injects if case and i.fields.get("case") == case]
        over = any(i.kind == "case-outcome" and i.t_offset_hours <= hour for i in posted)
        hours = [i.fields.get("seal_h") for i in posted if i.t_offset_hours <= hour]
        return over and any(isinstance(h, int | float) and h <= hour for h in hours)

    def recalls(self, inject: Inject) -> str | None:
        """The inject that a recall takes back; None when it is no recall."""
        target = inject.fields.get("recalls") or inject.fields.get("record")
        return str(target) if inject.kind == "recall" and target else None

    def _recalls(self) -> Iterator[tuple[str, Inject]]:
        for inject in self._script.injects:
            if (target := self.recalls(inject)) is not None:
                yield target, inject

    def _never(self, inject: Inject, party: str) -> bool:
        return any(
            c.get("verb") == "arrival" and c.get("never") and c.get("node") == party for c in inject.checks
        )

    def _granted(self, inject: Inject, party: str) -> float:
        """The hour of the first later grant to a party: ``{party: hour}`` or a list of entries."""
        grants = inject.director.get("later_grants") or {}
        if isinstance(grants, dict):
            hours = [self._hour(h) for p, h in grants.items() if p == party]
        else:
            hours = [self._hour(g) for g in grants if party in _named(g)]
        return min(hours, default=NEVER)

    def _hour(self, entry: object) -> float:
        if isinstance(entry, dict):
            for key in ("at_h", "t_offset_hours", "h", "from_h", "at", "by", "inject"):
                if key in entry:
                    return self._hour(entry[key])
            return 0.0
        if isinstance(entry, int | float):
            return float(entry)
        inject = self._by_id.get(str(entry))
        return inject.t_offset_hours if inject else 0.0


def _named(entry: object) -> set[str]:
    """The parties that an entry of a list of grants names, in whatever field."""
    if isinstance(entry, dict):
        return {name for value in entry.values() for name in _named(value)}
    if isinstance(entry, list | tuple):
        return {name for value in entry for name in _named(value)}
    return {entry} if isinstance(entry, str) else set()
