"""Which words a field came from: what is packed is read back, for its own text alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tansiq.model.kinds.report import Report
from tansiq.model.values import Particular
from tansiq.work.evidence import evidence_of, other_particulars, pack_row, pack_spans

TEXT = "دوريات منسقة حول النعمة وباسكنو، كل جيش داخل إقليمه." * 8
spans = st.tuples(st.integers(0, 200), st.integers(1, 150)).map(lambda p: (p[0], p[0] + p[1]))
held = st.dictionaries(st.from_regex(r"[a-z]{1,9}\.\d{1,3}", fullmatch=True), st.lists(spans, min_size=1))


@given(held)
def test_spans_are_read_back_as_packed(said: dict[str, list[tuple[int, int]]]) -> None:
    packed = pack_spans(TEXT, {a: tuple(s) for a, s in said.items()})
    body = Report(title="عنوان", text=TEXT, particulars=packed)
    assert evidence_of(body).spans == {a: tuple(s) for a, s in said.items()}


def test_many_spans_fill_several_particulars_and_none_is_lost() -> None:
    said = {f"statements.{n}": ((n, n + 40),) * 20 for n in range(200)}
    packed = pack_spans(TEXT, said)
    assert len(packed) > 1
    assert evidence_of(Report(title="عنوان", text=TEXT, particulars=packed)).spans == said


def test_evidence_does_not_hold_for_another_text() -> None:
    body = Report(title="عنوان", text=TEXT, particulars=pack_spans(TEXT, {"title": ((0, 6),)}))
    assert evidence_of(replace(body, text=TEXT + ".")).spans == {}


def test_spans_outside_the_text_are_not_believed() -> None:
    packed = pack_spans(TEXT, {"title": ((0, 6),), "place": ((5, 9_000),)})
    assert set(evidence_of(Report(title="عنوان", text=TEXT, particulars=packed)).spans) == {"title"}


def test_rows_come_back_by_name_and_others_stay_what_they_are() -> None:
    row = pack_row("event", {"type": "meeting", "place": "", "words": "سطر\nثان"})
    free = Particular(name="ملاحظة", value="حرة")
    body = Report(title="عنوان", particulars=(row, free))
    (found,) = evidence_of(body).rows
    assert (found.get("type"), found.get("place"), found.get("words")) == ("meeting", "", "سطر ثان")
    assert other_particulars(body) == (free,)
