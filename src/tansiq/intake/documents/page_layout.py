"""A page of a PDF as text in logical order, from where its letters stand.

A PDF says where glyphs are painted, not in which order they are read. So:

1. Letters on one baseline, not far apart, are one line; floating marks belong to the letter they stand at.
2. A line of Arabic is read from right to left; words of other scripts and numbers within keep their order.
3. Presentation forms are the letters they stand for, ligatures the letters they join.
4. Lines that fill the width flow into the next; a broken word of a Latin script is joined.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

_OPENING: Final = "([{«‹"
_CLOSING: Final = ")]}»›"
_BRACKET: Final = re.compile(r"[()\[\]{}«»‹›]")
_FORMS: Final = re.compile("[\ufb1d-\ufdff\ufe70-\ufefc\ufb00-\ufb06]")
_SEPARATORS: Final = ".,:/٫٬"
_MARK_REACH: Final = 1.3  # of the size of the letters: how far a mark stands from its baseline
_SAME_LINE: Final = 0.35
_WORD_GAP: Final = 0.21  # painted blanks are not asked: where they stand is often wrong
_COLUMN_GAP: Final = 4.0
_LINE_STEP: Final = 1.9
_FULL: Final = 0.8
_ENDS: Final = ".!?؟:؛…"


@dataclass(frozen=True, slots=True)
class Glyph:
    """A letter where it is painted; lengths in points, ``y`` of the baseline upwards, ``at`` its turn."""

    char: str
    left: float
    right: float
    y: float
    size: float
    at: int


@dataclass(slots=True)
class _Line:
    y: float
    size: float
    glyphs: list[Glyph] = field(default_factory=list)
    marks: list[Glyph] = field(default_factory=list)

    @property
    def left(self) -> float:
        return min(g.left for g in self.glyphs)

    @property
    def right(self) -> float:
        return max(g.right for g in self.glyphs)


def page_text(glyphs: Sequence[Glyph]) -> str:
    """Return the text of a page."""
    lines = [line for line in _lines(glyphs) if line.glyphs]
    rtl = sum(_kind(g.char) == "R" for line in lines for g in line.glyphs)
    ltr = sum(_kind(g.char) == "L" for line in lines for g in line.glyphs)
    return _flowed([(line, _line_text(line, rtl_page=rtl > ltr)) for line in lines])


def _lines(glyphs: Sequence[Glyph]) -> list[_Line]:
    """Group letters into lines in the order in which they are painted (rule 1)."""
    found: list[_Line] = []
    marks: list[Glyph] = []
    for glyph in glyphs:
        if glyph.char.isspace():
            continue
        if unicodedata.combining(glyph.char[0]):
            marks.append(glyph)
            continue
        line = next((one for one in reversed(found[-4:]) if _joins(one, glyph)), None)
        if line is None:
            line = _Line(glyph.y, glyph.size)
            found.append(line)
        line.glyphs.append(glyph)
        line.size = max(line.size, glyph.size)
    parts = [part for line in found for part in _parts(line)]
    for mark in marks:
        near = [one for one in parts if abs(one.y - mark.y) <= _MARK_REACH * max(one.size, mark.size)]
        best = min(near, key=lambda one: _away(one, mark), default=None)
        if best is not None:
            best.marks.append(mark)
    return parts


def _joins(line: _Line, glyph: Glyph) -> bool:
    return abs(line.y - glyph.y) <= _SAME_LINE * max(line.size, glyph.size)


def _parts(line: _Line) -> list[_Line]:
    """Cut a line where columns part, in the order in which the parts are painted."""
    parts: list[_Line] = []
    edge = 0.0
    for glyph in sorted(line.glyphs, key=lambda g: g.left):
        if not parts or glyph.left - edge > _COLUMN_GAP * line.size:
            parts.append(_Line(line.y, line.size))
            edge = glyph.right
        parts[-1].glyphs.append(glyph)
        edge = max(edge, glyph.right)
    return sorted(parts, key=lambda part: min(g.at for g in part.glyphs))


def _away(line: _Line, mark: Glyph) -> float:
    return min(abs(g.left + g.right - mark.left - mark.right) / 2 + abs(g.y - mark.y) for g in line.glyphs)


def _line_text(line: _Line, *, rtl_page: bool) -> str:
    glyphs = sorted(line.glyphs, key=lambda g: ((g.left + g.right) / 2, g.at))
    clusters = [_plain(each) for each in _clusters(glyphs)]
    for mark in line.marks:
        at = min(range(len(glyphs)), key=lambda n: _distance(glyphs[n], mark))
        where = _cluster_of(glyphs, at)
        if _kind(clusters[where]) != "S":
            clusters[where] += mark.char
    units = list(_spaced(line, _firsts(glyphs), clusters))
    right = sum(_kind(u) == "R" for u in units)
    left = sum(_kind(u) == "L" for u in units)
    if not right and (left or not rtl_page):
        return unicodedata.normalize("NFC", "".join(units))
    rtl = right * 4 >= left if rtl_page else right >= left * 3
    ordered = "".join(_logical(units) if rtl else _right_runs_turned(units))
    return unicodedata.normalize("NFC", _bracketed(ordered))


def _bracketed(said: str) -> str:
    """Turn each bracket as it opens or closes what it stands at; a page may paint its mirror image."""
    opened: set[int] = set()

    def turned(found: re.Match[str]) -> str:
        before, after = said[: found.start()][-1:].strip(), said[found.end() :][:1].strip()
        pair = (_OPENING + _CLOSING).index(found[0]) % len(_OPENING)
        if before in ("", *_OPENING) and (after or pair not in opened) and not (not after and opened):
            opened.add(pair)
            return _OPENING[pair]
        if not before or not after.isalnum():
            opened.discard(pair)
            return _CLOSING[pair]
        return found[0]

    return _BRACKET.sub(turned, said)


def _clusters(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Yield letters painted as one: a ligature's letters stand at the very same place."""
    held: list[Glyph] = []
    for glyph in glyphs:
        if held and (abs(held[0].left - glyph.left) > 0.01 or abs(held[0].right - glyph.right) > 0.01):
            yield held
            held = []
        held.append(glyph)
    if held:
        yield held


def _firsts(glyphs: Sequence[Glyph]) -> list[Glyph]:
    return [each[0] for each in _clusters(glyphs)]


def _cluster_of(glyphs: Sequence[Glyph], at: int) -> int:
    seen = 0
    for n, each in enumerate(_clusters(glyphs)):
        seen += len(each)
        if at < seen:
            return n
    return 0


def _distance(glyph: Glyph, mark: Glyph) -> float:
    return abs(glyph.left + glyph.right - mark.left - mark.right)


def _plain(cluster: Sequence[Glyph]) -> str:
    """Return a cluster's letters in reading order, without presentation forms (rule 3)."""
    said = "".join(g.char for g in cluster)
    said = _FORMS.sub(lambda m: unicodedata.normalize("NFKC", m[0]), said)
    if len(said) == 2 and said[1] == "ل" and said[0] in "اأإآ":
        return said[::-1]
    return "الله" if said == "هللا" else said


def _spaced(line: _Line, glyphs: Sequence[Glyph], clusters: Sequence[str]) -> Iterator[str]:
    for n, said in enumerate(clusters):
        if n and _gap(line, glyphs[n - 1], glyphs[n]) > _WORD_GAP * line.size:
            yield " "
        yield said


def _gap(line: _Line, before: Glyph, after: Glyph) -> float:
    """Return how far two letters stand apart, without the marks that are painted between them."""
    between = (m.right - m.left for m in line.marks if before.left < m.left and m.right < after.right)
    return after.left - before.right - sum(between)


def _kind(said: str) -> str:
    """Return R (read from the right), L, N (digit), or O."""
    group = unicodedata.bidirectional(said[0])
    if group in ("R", "AL"):
        return "R"
    if group == "L":
        return "L"
    return "N" if group in ("EN", "AN") and said[0].isdigit() else "O"


def _logical(units: Sequence[str]) -> list[str]:
    """Return units seen from left to right as they are read in a line of Arabic (rule 2)."""
    runs: list[list[str]] = []
    at = 0
    while at < len(units):
        end = _left_run(units, at)
        if end == at:
            runs.append([units[at]])
            end = at + 1
        else:
            runs.append(list(units[at:end]))
        at = end
    return [unit for run in reversed(runs) for unit in run]


def _left_run(units: Sequence[str], at: int) -> int:
    """Return where a run that is read from the left ends; ``at`` itself when none begins there."""
    kind = _kind(units[at])
    if kind not in "LN":
        return at
    end, after_letter = at + 1, kind == "L"
    while end < len(units):
        kind = _kind(units[end])
        if kind in "LN":
            after_letter = after_letter or kind == "L"
            end += 1
            continue
        following = next((n for n in range(end, min(end + 4, len(units))) if _kind(units[n]) != "O"), None)
        if (
            following is None
            or _kind(units[following]) == "R"
            or not _inside(units[end:following], after_letter)
        ):
            return end
        end = following
    return end


def _inside(between: Sequence[str], after_letter: bool) -> bool:
    """Whether what stands between belongs to the run: in a number one separator, between words anything."""
    if after_letter:
        return True
    return len(between) == 1 and between[0] in _SEPARATORS


def _right_runs_turned(units: Sequence[str]) -> list[str]:
    """Return units of a line read from the left; Arabic words within it are turned."""
    found: list[str] = []
    at = 0
    while at < len(units):
        if _kind(units[at]) != "R":
            found.append(units[at])
            at += 1
            continue
        last = at
        for n in range(at, len(units)):
            if _kind(units[n]) == "L":
                break
            last = n if _kind(units[n]) == "R" else last
        found.extend(_logical(units[at : last + 1]))
        at = last + 1
    return found


def _flowed(lines: Sequence[tuple[_Line, str]]) -> str:
    """Join lines into paragraphs (rule 4)."""
    widest = max((line.right - line.left for line, _ in lines), default=0.0)
    found = ""
    before: _Line | None = None
    for line, said in lines:
        if before is None:
            found = said
        elif _goes_on(before, line, found, widest):
            found = _joined(found, said)
        else:
            found += ("\n" if _near(before, line) else "\n\n") + said
        before = line
    return found


def _near(before: _Line, line: _Line) -> bool:
    return 0 <= before.y - line.y <= _LINE_STEP * max(before.size, line.size)


def _goes_on(before: _Line, line: _Line, said: str, widest: float) -> bool:
    if not _near(before, line) or abs(before.size - line.size) > 0.15 * before.size:
        return False
    full = before.right - before.left >= _FULL * widest
    return full and not (said.endswith(tuple(_ENDS)) and line.right - line.left < _FULL * widest / 2)


def _joined(found: str, said: str) -> str:
    if found.endswith("-") and found[-2:-1].islower() and said[:1].islower():
        return found[:-1] + said
    return f"{found} {said}"
