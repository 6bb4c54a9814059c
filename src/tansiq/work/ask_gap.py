"""From a gap to a request for information in one act. Source: REQUIREMENTS R10.

1. Two records are signed together, for this party alone: the gap, and the request that is to fill it. The
   request is not sent: its officer says in its next version whom he asks, and for whom the question is.
2. Of a report both rest on it, so that they go no wider than it may; of a draft they rest on nothing yet,
   and stand no lower than the label proposed for it and the one that its officer has in mind.
3. A gap is made a request once; a second asking names the first.
4. What opens by two officers is asked about when two have opened it, and no title repeats its words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from msgspec.structs import replace

from tansiq.base.ids import RecordId, raw_of
from tansiq.base.refusal import Refusal
from tansiq.boards.desk.gaps import ROLE
from tansiq.intake.shape import Span
from tansiq.model.kinds.gap import Gap
from tansiq.model.kinds.report import Report
from tansiq.model.kinds.rfi import Rfi
from tansiq.model.label import LEVELS, RULES, Label, label
from tansiq.model.record import REQUEST, Ref
from tansiq.store.store import WriteTx
from tansiq.work.desk import Desk, whole
from tansiq.work.evidence import evidence_of
from tansiq.work.intake_file import IntakeFile, items
from tansiq.work.intake_text import Intake, intake_of, keep
from tansiq.work.objecting import shelf_of
from tansiq.work.open_record import waits_for_second
from tansiq.work.propose_label import propose_label
from tansiq.work.readable import readable
from tansiq.work.sealed_cases import sealed_at
from tansiq.work.submit import Draft, submit_within
from tansiq.work.two_person import needs_two

Reason = Literal["text-cut", "date-missing", "actor-missing", "place-missing", "not-stated"]
REASONS: Final[dict[str, Reason]] = {
    "text cut": "text-cut",
    "number missing": "text-cut",
    "date missing": "date-missing",
    "publication date missing": "date-missing",
    "source missing": "actor-missing",
    "source unnamed": "actor-missing",
    "place ambiguous": "place-missing",
    "number vague": "not-stated",
}
"""What intake calls a gap → why it is not known. A number is missing where its sentence breaks off."""
AROUND: Final = 120
"""Characters of the text that are shown before a gap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of both records in the asker's language; ``{words}`` stands for those of the text."""

    lang: Literal["ar", "fr", "en"]
    missing: dict[str, str]
    question: dict[str, str]
    why: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The two records."""

    gap: RecordId
    rfi: RecordId


@dataclass(frozen=True, slots=True)
class _Found:
    """One gap of a text: what intake calls it, its own words, and those with what stands before them."""

    what: str
    words: str
    around: str
    by_two: bool = False


def ask_of_draft(desk: Desk, intake_id: str, address: str, words: Words) -> Asked | Refusal:
    """Make a request of a gap of a draft (``gaps.3``).

    Refusals: ``intake.absent``, ``gap.absent`` (also a rejected one), ``gap.asked``, those of submit.
    """

    def act(tx: WriteTx) -> Asked | Refusal:
        found = intake_of(desk, tx, intake_id)
        if isinstance(found, Refusal):
            return found
        file = found.file
        item = next((i for i in items(file) if i.address == address and i.group == "gaps"), None)
        if item is None or item.outcome == "rejected":
            return Refusal("gap.absent")
        if address in file.asked:
            return Refusal("gap.asked", frozenset({file.asked[address]}))
        gap = _Found(item.value("what"), _quote(file.text, item.spans[0]), _before(file.text, item.spans[0]))
        made = _signed(tx, desk, gap, words, _own(desk, file), ())
        if not isinstance(made, Refusal):
            asked = {**file.asked, address: made.rfi}
            keep(tx, desk, Intake(intake_id, found.saved_ms, replace(file, asked=asked)))
        return made

    return whole(desk.store, act)


def _own(desk: Desk, file: IntakeFile) -> Label:
    """Return the label of what is asked of a draft (rule 2)."""
    holds = frozenset(desk.officer.reader.compartments)
    made = propose_label(file, desk.charter, desk.party, holds, now=desk.now)
    said = {*file.label.get("l.level", ()), made.level, "restricted"}
    return label(
        [desk.party],
        level=max((x for x in LEVELS if x in said), key=LEVELS.index),
        compartments={*made.compartments, *filter(None, file.label.get("l.compartments", ()))},
        rules=[rule for rule in RULES if rule in file.label.get("l.rules", ())],
    )


def ask_of_report(desk: Desk, record_id: RecordId, number: int, words: Words) -> Asked | Refusal:
    """Make a request of a report's gap by its number among its gaps.

    Refusals: ``gap.absent``, ``gap.asked``, those of submit.
    """

    def act(tx: WriteTx) -> Asked | Refusal:
        found = readable(tx, desk, record_id)
        body = found[0].body if found is not None else None
        if found is None or not isinstance(body, Report) or waits_for_second(tx, desk, found[0]):
            return Refusal("gap.absent")
        rows = [r for r in evidence_of(body).rows if r.name == "gap"]
        if not 0 <= number < len(rows):
            return Refusal("gap.absent")
        row = rows[number]
        beside = _before(body.text, row.spans[0]) if row.spans else row.get("words")
        before = _before_asked(tx, desk, record_id, beside)
        if before is not None:
            return Refusal("gap.asked", frozenset({before}))
        own = replace(found[1], audience=(desk.party,))
        by_two = needs_two(own, sealed_at(tx, desk))
        gap = _Found(row.get("what"), row.get("words"), beside, by_two)
        return _signed(tx, desk, gap, words, own, (found[0].header.id,))

    return whole(desk.store, act)


def _signed(
    tx: WriteTx, desk: Desk, found: _Found, words: Words, own: Label, sources: tuple[bytes, ...]
) -> Asked | Refusal:
    missing = words.missing.get(found.what, found.what)
    question = words.question.get(found.what, missing).replace("{words}", found.words.strip())
    gap = Gap(
        title=(missing if found.by_two else f"{missing}: {found.words.strip()}")[:300],
        missing=missing,
        reason=REASONS.get(found.what, "not-stated"),
        anchor_text=found.around,
        owner=desk.party,
        gap_state="open",
    )
    first = submit_within(tx, desk, _draft(gap, own, words.lang, sources))
    if isinstance(first, Refusal):
        return first
    why = words.why.replace("{words}", found.around)
    asked = missing if found.by_two else question
    rfi = Rfi(title=asked[:300], question=question, why=why, rfi_state="draft")
    second = submit_within(tx, desk, _draft(rfi, own, words.lang, sources, (Ref(ROLE, raw_of(first)),)))
    return second if isinstance(second, Refusal) else Asked(first, second)


def _draft(
    body: Gap | Rfi, own: Label, lang: str, sources: tuple[bytes, ...], refs: tuple[Ref, ...] = ()
) -> Draft:
    kind = "gap/1" if isinstance(body, Gap) else "rfi/1"
    return Draft(kind=kind, body=body, label=own, lang=lang, sources=sources, refs=refs, priority=REQUEST)


def _before_asked(tx: WriteTx, desk: Desk, record_id: RecordId, around: str) -> RecordId | None:
    """Return the request that this party made of the same gap before (rule 3)."""
    shelf = shelf_of(tx, desk)
    for held in shelf.about(record_id):
        body = held.body
        if isinstance(body, Gap) and held.originator == desk.party and body.anchor_text == around:
            asks = [h for h in shelf.about(held.id, ROLE) if isinstance(h.body, Rfi)]
            return asks[0].id if asks else held.id
    return None


def _quote(text: str, span: Span) -> str:
    return text[span[0] : span[1]]


def _before(text: str, span: Span) -> str:
    """Return the words of a span with the end of what stands before them, cut between words."""
    start = max(0, span[0] - AROUND)
    head = text[start : span[0]].rpartition("\n")[2]
    if start and len(head) == span[0] - start:
        head = f"… {head.partition(' ')[2]}"
    return f"{head}{text[span[0] : span[1]]}".strip()
