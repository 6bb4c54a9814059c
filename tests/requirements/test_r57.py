"""R57: the joint operations log is append-only; the review after the action rests on it."""

from datetime import timedelta

from tansiq.boards import aspect_of, objections
from tansiq.boards.forces.oplog import entries_of, log_lines
from tansiq.model.kinds.aar import Aar
from tansiq.model.kinds.log_entry import LogEntry, LogLine
from tests.boards.pile import START, Pile

FIRST = LogEntry(
    title="بدء العملية", serial=1, entries=(LogLine(at=START, event="تدخّل لتحرير رهينة", by="رئيس المركز"),)
)


def test_r57_an_entry_is_never_written_over() -> None:
    """A next version is refused; a correction is a new entry that refers to the old."""
    pile = Pile()
    held = pile.put(FIRST, "MR")
    over = list(objections(pile.draft(FIRST, "MR", id=held.id), pile))
    assert [(o.code, o.clause) for o in over] == [("log.append-only", "R57")]
    mended = LogEntry(title="تصحيح", serial=2, corrects=held.id)
    assert not list(objections(pile.draft(mended, "MR"), pile))
    new = pile.put(mended, "MR")
    said = aspect_of(held, pile)
    assert said.states[0].word == "corrected"
    assert [(f.code, f.record) for f in said.flags] == [("CORRECTED", new.id)]
    assert ("append_only", True) in [(f.name, f.value) for f in said.facts]


def test_r57_an_entry_that_another_node_rewrote_shows_it() -> None:
    """What comes as a second version is kept, and is not append-only."""
    pile = Pile()
    held = pile.put(FIRST, "MR", version=2)
    assert ("append_only", False) in [(f.name, f.value) for f in aspect_of(held, pile).facts]


def test_r57_the_failed_operation_reads_as_log_then_review() -> None:
    """An intervention to free a hostage who was killed: entries in order of time, then the review on them."""
    pile = Pile()
    second = pile.at(5).put(
        LogEntry(
            title="مقتل الرهينة",
            serial=2,
            entries=(LogLine(at=START + timedelta(hours=2), event="قتله التنظيم"),),
        ),
        "MR",
    )
    first = pile.put(FIRST, "MR")
    review = pile.put(
        Aar(title="مراجعة", happened="قُتل الرهينة أثناء التدخل", civilian_effect="أُسعف مدنيان"),
        "MR",
        refs={"log": first.id, "basis": second.id},
    )
    assert [h.id for h in log_lines(pile)] == [first.id, second.id]
    assert {h.id for h in entries_of(review, pile)} == {first.id, second.id}
    facts = {f.name: f.value for f in aspect_of(review, pile).facts}
    assert facts == {"from_log": 2, "civilian_effect": "assistance"}


def test_r57_a_review_without_its_log_is_flagged() -> None:
    """A review that names no entry says so."""
    pile = Pile()
    assert [f.code for f in aspect_of(pile.put(Aar(title="مراجعة"), "MR"), pile).flags] == ["NO_LOG"]
