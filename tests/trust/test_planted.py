"""A leak that is planted is found: the checks of existence can fail."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tansiq.boards import stored
from tansiq.gateways import sender
from tansiq.gateways.notices import Notice, Said, words
from tansiq.model.kind import kind_named
from tansiq.search.shelved import current_of
from tansiq.search.view import View
from tansiq.store.store import ReadTx
from tansiq.work import outside
from tests.trust import check_5_boards as boards
from tests.trust.result import Result

KINDS = tuple(kind for name in ("contact", "rfi", "warning") if (kind := kind_named(name)) is not None)


def told(folder: Path) -> Result:
    """Only the notices of the two nodes."""
    result, both = Result(), boards.two(folder, KINDS, 1)
    boards.tell_both(both, result)
    _close(both)
    return result


def looked(folder: Path) -> Result:
    """Only what viewers are given at the two nodes."""
    result, both = Result(), boards.two(folder, KINDS, 1)
    with both[0].site.client, both[1].site.client:
        boards.look(both, result, [k.name for k in KINDS], 30, Random(1))
    _close(both)
    return result


def _close(both: tuple[boards.Holding, boards.Holding]) -> None:
    for one in both:
        one.site.node.store.close()


def test_nothing_planted_is_nothing_found(tmp_path: Path) -> None:
    assert told(tmp_path).passed


@pytest.mark.slow
def test_a_board_that_counts_what_its_reader_may_not_see_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def of_everybody(rx: ReadTx, view: View, tag: str, **asked: Any) -> Any:
        return current_of(rx, replace(view, permitted=frozenset(rx.labels())), tag, **asked)

    def whatever(rx: ReadTx, _: View, record: Any) -> Any:
        return rx.record(record)

    monkeypatch.setattr(stored, "current_of", of_everybody)
    monkeypatch.setattr(stored, "record_for", whatever)
    found = looked(tmp_path)
    assert any("/api/clocks" in fault or "/today" in fault for fault in found.faults)


def test_a_notice_of_what_an_officer_may_not_read_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outside, "_may", lambda *_: True)
    monkeypatch.setattr(sender, "may_still", lambda rx, row, _: rx.officer(row.officer))
    assert any(fault.startswith(("mail", "phone")) for fault in told(tmp_path).faults)


def test_a_notice_that_says_what_it_is_about_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def talking(notice: Notice, address: str, lang: Any) -> Said:
        said = words(notice, address, lang)
        return Said(said.subject, f"{said.text}\nعنوان 0")

    monkeypatch.setattr(sender, "words", talking)
    assert any("says more than it may" in fault for fault in told(tmp_path).faults)


def test_a_number_that_is_left_out_is_found() -> None:
    sent = [("duty@ml.test", words(Notice(n, "clock"), boards.ADDRESS, "ar")) for n in (1, 2, 4)]
    assert list(boards.out_of_row(sent)) == ["the numbers of duty@ml.test are not in a row"]
