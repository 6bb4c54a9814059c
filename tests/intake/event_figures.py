"""How well events, promises, quantities and the day of publication are read: figures of annotated reports.

Rules of matching, as of the scorer beside the annotated articles: a draft's item serves an annotated one
if its span overlaps the evidence (in a sentence of 250 letters or less: stands in it), is at most three
times as long and 40 letters more, and its type, force or value agrees; one serves one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

Json = dict[str, Any]
Pair = tuple[Json, Json | None]
STATUSES: Final = ("happened", "planned", "claimed", "denied", "failed")
END: Final = re.compile(r"[.!?؟]\s|\n")
BINDING: Final = ("decision", "agreement")


@dataclass
class Count:
    """Right, made up, missed."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.extra)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.extra + self.missed)


@dataclass
class Figures:
    """Every figure of a set of reports."""

    counts: dict[str, Count] = field(default_factory=dict)
    rates: dict[str, list[bool]] = field(default_factory=dict)
    kinds: dict[str, Count] = field(default_factory=dict)
    statuses: dict[str, Count] = field(default_factory=dict)

    def count(self, name: str, right: int, extra: int, missed: int) -> None:
        """Add to a count."""
        one = self.counts.setdefault(name, Count())
        one.right, one.extra, one.missed = one.right + right, one.extra + extra, one.missed + missed

    def rate(self, name: str, *, right: bool) -> None:
        """Add one answer to a rate."""
        self.rates.setdefault(name, []).append(right)

    def f1(self, name: str) -> float:
        """Return the F1 of a count."""
        return self.counts.get(name, Count()).f1

    def share(self, name: str) -> float:
        """Return a rate, 0 if nothing was asked."""
        asked = self.rates.get(name, [])
        return sum(asked) / max(1, len(asked))

    def macro(self) -> float:
        """Return the mean F1 of the types and of the statuses of events found with their type."""
        both = [c.f1 for table in (self.kinds, self.statuses) for c in table.values() if c.right + c.missed]
        return sum(both) / max(1, len(both))

    def lines(self) -> Iterator[tuple[str, str]]:
        """Yield the figures by name, as printed."""
        for name, c in sorted(self.counts.items()):
            yield name, f"P {c.precision:.3f}  R {c.recall:.3f}  F1 {c.f1:.3f}"
        for name, asked in sorted(self.rates.items()):
            yield name, f"{sum(asked) / len(asked):.3f} ({sum(asked)} of {len(asked)})"
        for name in STATUSES:
            if name in self.statuses:
                c = self.statuses[name]
                yield f"typed {name} recall", f"{c.recall:.3f} ({c.right} of {c.right + c.missed})"
        yield "types and statuses, macro F1", f"{self.macro():.3f}"


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the sentence that holds a span."""
    low = max((m.end() for m in END.finditer(text, 0, start)), default=0)
    after = END.search(text, end)
    return low, after.end() if after else len(text)


def overlap(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Return how many letters two spans share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def matched(
    text: str, gold: list[Json], got: list[Json], agree: Callable[[Json, Json], bool]
) -> list[tuple[Json, Json | None]]:
    """Return each annotated item with the drafted one that serves it, None if none does."""
    pairs = []
    for i, item in enumerate(gold):
        at = text.find(item["evidence"])
        span = (at, at + len(item["evidence"]))
        whole = sentence(text, *span)
        for j, made in enumerate(got):
            own = (made["span"][0], made["span"][1])
            size = own[1] - own[0]
            inside = overlap(own, whole) >= 0.6 * size and size <= 3 * (span[1] - span[0]) + 40
            near = overlap(own, span) or whole[1] - whole[0] <= 250
            if inside and near and agree(item, made):
                shared = overlap(own, span)
                pairs.append((shared / max(1, size) + shared / (span[1] - span[0]), i, j))
    taken: dict[int, int] = {}
    for _, i, j in sorted(pairs, reverse=True):
        if i not in taken and j not in taken.values():
            taken[i] = j
    return [(item, got[taken[i]] if i in taken else None) for i, item in enumerate(gold)]


EMPTY: Final[Json] = {
    "type": "other", "status": "happened", "actors": [], "place": None, "when": None, "force": "decision",
    "due": None, "approx": False, "texts": [],
}  # fmt: skip
LISTS: Final = ("events", "commitments", "quantities", "actors", "places")


def _whole(report: Json) -> Json:
    """Return a report with every list and every field that is read here."""
    return report | {key: [EMPTY | item for item in report.get(key, [])] for key in LISTS}


def figures(reports: Iterable[tuple[str, Json, Json]]) -> Figures:
    """Return the figures of reports, each its text, its annotation and its draft."""
    found = Figures()
    for text, annotated, made in reports:
        gold, got = _whole(annotated), _whole(made)
        _events(found, text, gold, got)
        _promises(found, text, gold, got)
        _quantities(found, text, gold, got)
        _publication(found, gold, got)
    return found


def _tally(found: Figures, name: str, pairs: list[Pair], got: list[Json]) -> None:
    right = sum(made is not None for _, made in pairs)
    found.count(name, right, len(got) - right, len(pairs) - right)


def _events(found: Figures, text: str, gold: Json, got: Json) -> None:
    pairs = matched(text, gold["events"], got["events"], lambda a, b: a["type"] == b["type"])
    _tally(found, "events by type", pairs, got["events"])
    used = [id(made) for _, made in pairs if made is not None]
    for made in got["events"]:
        if id(made) not in used:
            found.kinds.setdefault(made["type"], Count()).extra += 1
    names = _Names(text, gold, got)
    for item, made in pairs:
        kind = found.kinds.setdefault(item["type"], Count())
        status = found.statuses.setdefault(item["status"], Count())
        if made is None:
            kind.missed, status.missed = kind.missed + 1, status.missed + 1
            continue
        kind.right += 1
        _status(found, item["status"], made["status"])
        _slots(found, names, item, made)


def _status(found: Figures, truth: str, said: str) -> None:
    found.rate("event status", right=truth == said)
    if truth == said:
        found.statuses[truth].right += 1
        return
    found.statuses[truth].missed += 1
    found.statuses.setdefault(said, Count()).extra += 1


class _Names:
    """The draft's names for who and where an annotation names."""

    def __init__(self, text: str, gold: Json, got: Json) -> None:
        self.actors = drafted_names(text, gold["actors"], got["actors"])
        self.places = drafted_names(text, gold["places"], got["places"])


def _slots(found: Figures, names: _Names, item: Json, made: Json) -> None:
    place = item["place"]
    slots: list[tuple[str, set[Any], set[Any]]] = [
        ("who", {names.actors.get(name, name) for name in item["actors"]}, set(made["actors"])),
        ("where", {names.places.get(place, place)} - {None}, {made["place"]} - {None}),
        ("when", _days(item["when"]), _days(made["when"], item["when"])),
    ]
    for name, want, have in slots:
        right = len(want & have)
        for label in (f"slot {name}", "slots"):
            found.count(label, right, len(have) - right, len(want) - right)


def _days(days: Json | None, truth: Json | None = None) -> set[tuple[str, str]]:
    """An interval as one value; a drafted one that meets the true one within 15 days a side is that one."""
    if days is None:
        return set()
    if truth is not None and meets(truth, days):
        return {(truth["lo"], truth["hi"])}
    return {(days["lo"], days["hi"])}


def drafted_names(text: str, gold: list[Json], got: list[Json]) -> dict[str, str]:
    """Return by annotated name the draft's one for it: that with its mentions, however it is spelled.

    A mention serves an annotated one if it overlaps with 0.6 of the shorter of the two and is at most
    twice as long and 12 letters more (as of the scorer beside the annotated articles); one serves one.
    """
    pairs = []
    for i, item in enumerate(gold):
        spots = [at for surface in item["surfaces"] for at in stands(text, surface)]
        for j, made in enumerate(got):
            served = sum(any(_serves(m, at) for at in spots) for m in made["mentions"])
            same = made["canonical"] == item["canonical"]
            if same or (served and 3 * served >= len(made["mentions"])):
                pairs.append((served + 2 * same + 0.5 * (made.get("kind") == item.get("kind")), -i, -j))
    found: dict[str, str] = {}
    taken: set[int] = set()
    for _, i, j in sorted(pairs, reverse=True):
        if gold[-i]["canonical"] not in found and j not in taken:
            taken.add(j)
            found[gold[-i]["canonical"]] = got[-j]["canonical"]
    return found


def stands(text: str, surface: str) -> list[tuple[int, int]]:
    """Return where an annotated name stands: as whole words, joined Arabic particles aside, else anywhere."""
    whole = [m.span(1) for m in re.finditer(rf"(?<!\w)[وف]?[بكل]?({re.escape(surface)})(?!\w)", text)]
    return whole or [m.span() for m in re.finditer(re.escape(surface), text)]


def _serves(mention: tuple[int, int], at: tuple[int, int]) -> bool:
    size, true = mention[1] - mention[0], at[1] - at[0]
    return overlap(mention, at) >= 0.6 * min(size, true) > 0 and size <= 2 * true + 12


def meets(truth: Json, said: Json | None) -> bool:
    """Tell whether two intervals of days meet."""
    return said is not None and bool(said["lo"] <= truth["hi"] and truth["lo"] <= said["hi"])


def _promises(found: Figures, text: str, gold: Json, got: Json) -> None:
    pairs = matched(text, gold["commitments"], got["commitments"], lambda _a, _b: True)
    _tally(found, "promises", pairs, got["commitments"])
    for item, made in pairs:
        if made is not None:
            binds = made["force"] in BINDING
            found.rate("promise binding or not", right=binds == (item["force"] in BINDING))
    dated = [p for p in pairs if p[0]["due"] is not None]
    right = sum(made is not None and meets(item["due"], made["due"]) for item, made in dated)
    free = [made for item, made in pairs if item["due"] is None and made is not None and made["due"]]
    wrong = sum(made is not None and made["due"] is not None for _, made in dated) - right + len(free)
    found.count("promises with deadline", right, wrong, len(dated) - right)


def _quantities(found: Figures, text: str, gold: Json, got: Json) -> None:
    same = matched(text, gold["quantities"], got["quantities"], lambda a, b: _value(a) == _value(b))
    _tally(found, "quantities", same, got["quantities"])
    for item, made in same:
        if made is not None:
            found.rate("quantity approximate or not", right=bool(item["approx"]) == made["approx"])


def _value(of: Json) -> float | None:
    return None if of.get("value") is None else float(of["value"])


def _publication(found: Figures, gold: Json, got: Json) -> None:
    truth, said = gold.get("published_interval"), got.get("published")
    if truth is None:
        return
    near = meets(truth, said)
    wide = (date.fromisoformat(said["hi"]) - date.fromisoformat(said["lo"])).days if said else 0
    for name in ("publication", f"publication {gold.get('published_basis')}"):
        found.rate(f"{name}, true in 45 days", right=near and wide <= 45)


def spread(found: Figures) -> Counter[str]:
    """Return what was made up, by type."""
    return Counter({kind: c.extra for kind, c in found.kinds.items()})
