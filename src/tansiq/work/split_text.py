"""One text becomes several records, each with its own label: its paragraphs are given to parts.

1. A text is cut into blocks: its lines, long ones at the ends of sentences. Each block is in one part or in
   none; what is in none is signed nowhere, and is shown.
2. A thing of the draft is in a part if all its words are; one that reaches over two parts is in neither, and
   is shown. So nothing is signed twice. Who and what is named is context and no thing of its own.
3. A statement whose source stands in another part keeps a nameless one: it is never the author's own voice.
4. Parts know nothing of each other: no reference ties their records. A part that is signed keeps its blocks
   and its verdicts; the whole text is then not signed any more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from msgspec.structs import replace

from tansiq.base.ids import RecordId
from tansiq.base.messages import say
from tansiq.base.refusal import Refusal
from tansiq.intake.shape import ChainEntry, Span
from tansiq.store.store import WriteTx
from tansiq.work.desk import Desk, whole
from tansiq.work.intake_file import IntakeFile, Learned, Mark, Split, items
from tansiq.work.intake_text import BadCorrection, Intake, intake_of, keep
from tansiq.work.lessons import learn
from tansiq.work.parts_of_text import blocks, split_of
from tansiq.work.person_doors import note
from tansiq.work.release_draft import Release, codes, graded
from tansiq.work.respan import carved, followed
from tansiq.work.submit import submit_within

PARTS: Final = 20
TITLE_CHARACTERS: Final = 300


def assign(
    desk: Desk, intake_id: str, given: Mapping[int, int], titles: Mapping[int, str]
) -> Intake | Refusal:
    """Give blocks to parts: number of the block → part, 0 = none. Raises BadCorrection.

    Refusals: ``role``, ``intake.absent``, ``intake.released``, ``split.signed`` (the part is signed already).
    """

    def act(tx: WriteTx) -> Intake | Refusal:
        found = intake_of(desk, tx, intake_id)
        if isinstance(found, Refusal):
            return found
        file, before = found.file, split_of(found.file)
        if file.released is not None:
            return Refusal("intake.released", frozenset({file.released}))
        after = _assigned(before, given)
        if _touched(before, after, titles):
            return Refusal("split.signed")
        said = {str(n): t.strip()[:TITLE_CHARACTERS] for n, t in titles.items() if t.strip()}
        made = replace(file, split=replace(before, assigned=after, titles=before.titles | said))
        tx.journal("intake-split", officer=desk.officer.id, detail=intake_id, at_ms=desk.now_ms)
        return keep(tx, desk, Intake(intake_id, desk.now_ms, made))

    return whole(desk.store, act)


def release_part(desk: Desk, intake_id: str, number: int, release: Release) -> RecordId | Refusal:
    """Sign one part under its own label; return its record.

    Refusals: ``role``, ``intake.absent``, ``intake.released``, ``split.no-part``, ``split.signed``, those of
    submit. Raises BadField, BodyTooLarge.
    """

    def act(tx: WriteTx) -> RecordId | Refusal:
        found = intake_of(desk, tx, intake_id)
        if isinstance(found, Refusal):
            return found
        file, split = found.file, split_of(found.file)
        if (no := _stands(file, split, number)) is not None:
            return no
        part = part_of(file, number, by=desk.officer.pseudonym, at_ms=desk.now_ms)
        said = graded(desk, part, release)
        made = said if isinstance(said, Refusal) else submit_within(tx, desk, said)
        if isinstance(made, Refusal):
            return made
        note(tx, desk, part, made)
        detail = f"{intake_id} {number}"
        tx.journal("intake-release", officer=desk.officer.id, record=made, detail=detail, at_ms=desk.now_ms)
        signed = replace(file, split=replace(split, records=split.records | {str(number): made}))
        learn(tx, desk, intake_id, replace(signed, label=codes(release.label)))
        keep(tx, desk, Intake(intake_id, desk.now_ms, replace(signed, history=())))
        return made

    return whole(desk.store, act)


def part_of(file: IntakeFile, number: int, *, by: str = "", at_ms: int = 0) -> IntakeFile:
    """Return one part as a draft of its own: text, items, the officer's marks on them (rules 2, 3)."""
    split = split_of(file)
    moved = carved(file.text, _spans(file.text, split, number))
    nameless = ChainEntry(
        name=say("split.elsewhere", file.machine.lang),
        span=(0, 0),
        text="",
        kind="unnamed_source",
        anonymous=True,
        quotes=None,
    )
    found = followed(file.machine, moved, elsewhere=nameless)
    marks = dict(_marks(file, found.addresses))
    if title := split.titles.get(str(number)):
        marks["title"] = Mark("corrected", by, at_ms, title)
    learned = {a: v for old, v in file.learned.items() if (a := _renumbered(old, found.addresses))}
    whole_of = next(i.value() for i in items(file) if i.address == "obtained")
    learned["obtained"] = Learned(whole_of, file.name, "")  # how the whole was obtained holds for each part
    links = {int(old[6:]): int(new[6:]) for old, new in found.addresses.items() if old.startswith("chain.")}
    hidden = tuple(replace(h, link=links[h.link]) for h in file.hidden if h.link in links)
    return IntakeFile(
        name=file.name,
        text=moved.text,
        machine=found.draft,
        marks=marks,
        learned=learned,
        proposers={a: by for old, by in file.proposers.items() if (a := _renumbered(old, found.addresses))},
        hidden=hidden,
        label=file.label,
    )


def _spans(text: str, split: Split, number: int) -> Iterator[Span]:
    """Return a part's stretches of text; blocks that follow one another keep what stands between them."""
    cut = blocks(text)
    run: Span | None = None
    for n, (start, end) in enumerate(cut):
        if split.assigned[n] != number:
            if run is not None:
                yield run
            run = None
        else:
            run = (start, end) if run is None else (run[0], end)
    if run is not None:
        yield run


def _marks(file: IntakeFile, addresses: Mapping[str, str]) -> Iterator[tuple[str, Mark]]:
    for old, mark in file.marks.items():
        if new := _renumbered(old, addresses):
            yield new, mark


def _renumbered(old: str, addresses: Mapping[str, str]) -> str | None:
    """Return where an item or one of its values stands in the part."""
    if old in addresses:
        return addresses[old]
    item, _, part = old.rpartition(".")
    return f"{addresses[item]}.{part}" if item in addresses else None


def _assigned(before: Split, given: Mapping[int, int]) -> tuple[int, ...]:
    after = list(before.assigned)
    for block, part in given.items():
        if not (0 <= block < len(after) and 0 <= part <= PARTS):
            raise BadCorrection(f"block.{block}", "no such block or part")
        after[block] = part
    return tuple(after)


def _touched(before: Split, after: tuple[int, ...], titles: Mapping[int, str]) -> bool:
    """Whether a change would touch a part that is signed."""
    changed = {n for pair in zip(before.assigned, after, strict=True) if pair[0] != pair[1] for n in pair}
    changed |= {n for n, t in titles.items() if t.strip() != before.titles.get(str(n), "") and t.strip()}
    return any(str(n) in before.records for n in changed)


def _stands(file: IntakeFile, split: Split, number: int) -> Refusal | None:
    if file.released is not None:
        return Refusal("intake.released", frozenset({file.released}))
    if number < 1 or number not in split.assigned:
        return Refusal("split.no-part")
    return Refusal("split.signed") if str(number) in split.records else None
