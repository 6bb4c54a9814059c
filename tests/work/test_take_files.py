"""Files of any format are kept first and read one by one; nothing is lost and nothing is there twice."""

from __future__ import annotations

import multiprocessing
import os
import signal
from pathlib import Path

import pytest

from tansiq.base.clock import SetClock
from tansiq.base.errors import InputError
from tansiq.base.ids import SeededEntropy
from tansiq.base.refusal import Refusal
from tansiq.intake.documents.extract import extract
from tansiq.intake.documents.faults import NoOcr
from tansiq.intake.documents.ocr import Ocr
from tansiq.intake.documents.shape import mark_at
from tansiq.model.label import Party
from tansiq.store.store import Store
from tansiq.work.desk import Desk
from tansiq.work.hide_source import Hiding, hide_source
from tansiq.work.intake_text import drop_text, intakes
from tansiq.work.originals import Held, originals
from tansiq.work.take_files import (
    Given,
    Read,
    Reader,
    bytes_of,
    drop_file,
    files_of,
    read_waiting,
    take_file,
    take_files,
    try_again,
)
from tests.federation import START, federation
from tests.intake.documents.samples import FRENCH, REPORT, SECOND, docx, mail, pdf, scanned_pdf, seen
from tests.work.nodes import SECRET, Node, make_node

TOLD = "قال العقيد إدريس ولد الشيخ إن القافلة ضمت عشرين عربة."


@pytest.fixture
def node(tmp_path: Path) -> Node:
    return make_node(tmp_path, "MR")


def absent() -> Ocr:
    """No program for pictures."""
    raise NoOcr("not here")


def read_all(desk: Desk) -> int:
    """Read what waits, and what comes out of it."""
    done = 0
    while waiting := [h for h in files(desk) if h.file.state == "waiting"]:
        for held in waiting:
            assert read_waiting(desk, held.id, ocr=absent) is not None
            done += 1
    return done


def files(desk: Desk) -> tuple[Held, ...]:
    """The officer's files."""
    found = files_of(desk)
    assert not isinstance(found, Refusal)
    return found


def texts(desk: Desk) -> list[str]:
    """The texts of the officer's drafts."""
    found = intakes(desk)
    assert not isinstance(found, Refusal)
    return sorted(i.file.text for i in found)


def test_a_pdf_becomes_a_draft_with_its_pages_and_its_bytes_stay(node: Node) -> None:
    desk, data = node.desk(), pdf([[seen(REPORT)], [seen(SECOND)]])
    made = take_file(desk, "../../etc/تقرير\u202e.pdf", data, ocr=absent)
    assert isinstance(made, Read)
    (intake,) = made.intakes
    page = mark_at(intake.file.pages, intake.file.text.index("Amadou"))
    assert page is not None
    assert page.number == 2
    assert intake.file.file == made.file.id
    assert bytes_of(desk, made.file.id) == ("تقرير.pdf", data)


def test_a_mail_and_its_attachments_are_drafts_of_their_own_linked_to_it(node: Node) -> None:
    desk = node.desk()
    sent = mail(SECOND, attached={"محضر.docx": docx([REPORT]), "خلل.pdf": b"%PDF-1.4 cut"})
    made = take_files(desk, [Given("بريد.eml", sent), Given("نص.txt", FRENCH.encode())])
    assert not isinstance(made, Refusal)
    assert read_all(desk) == 4
    by_name = {h.file.name: h for h in files(desk)}
    assert by_name["محضر.docx"].file.within == by_name["بريد.eml"].id
    assert (by_name["خلل.pdf"].file.state, by_name["خلل.pdf"].file.code) == ("failed", "intake.damaged")
    assert texts(desk) == sorted([FRENCH, REPORT, f"تقرير من تمنراست\n\n{SECOND}"])


def test_a_source_in_an_attachment_is_in_no_file_left_once_it_is_in_the_vault(node: Node) -> None:
    desk = node.desk(compartments=("SOURCE",))
    take_files(desk, [Given("إدريس.eml", mail(SECOND, attached={"محضر إدريس.docx": docx([TOLD])}))])
    read_all(desk)
    with node.store.read() as rx:
        said = [e.detail for e in rx.journal_entries(20) if e.act == "intake"]
    assert said
    assert not [d for d in said if "إدريس" in d]
    held = intakes(desk)
    assert not isinstance(held, Refusal)
    inner = next(i for i in held if "إدريس" in i.file.text)
    hidden = hide_source(desk, inner.id, Hiding(link=0, words=("إدريس ولد الشيخ",)))
    assert not isinstance(hidden, Refusal), hidden
    with node.store.read() as rx:
        gone = list(originals(rx, None))
        assert [(h.file.state, h.file.name, rx.blob(h.file.digest)) for h in gone] == [
            ("dropped", "", None)
        ] * 2


def test_the_same_bytes_are_taken_once_and_what_was_dropped_is_not_taken_by_itself(node: Node) -> None:
    desk = node.desk()
    given = Given("نص.txt", REPORT.encode())
    for _ in range(2):
        take_files(desk, [given, given])
        read_all(desk)
    (held,) = files(desk)
    assert len(texts(desk)) == 1
    drop_text(desk, held.file.drafts[0])
    assert files(desk) == ()
    with node.store.read() as rx:
        assert rx.blob(held.file.digest) is None
    take_files(desk, [given], again=False)
    assert files(desk) == ()
    take_files(desk, [given])
    assert read_all(desk) == 1


def test_what_cannot_be_read_stays_with_its_code_and_can_be_tried_again(node: Node) -> None:
    desk = node.desk()
    with pytest.raises(InputError) as told:
        take_file(desk, "مسح.pdf", scanned_pdf(), ocr=absent)
    assert told.value.code == "intake.no-ocr"
    (held,) = files(desk)
    assert (held.file.state, held.file.code) == ("failed", "intake.no-ocr")
    assert try_again(desk, held.id) is None
    assert read_waiting(desk, held.id, ocr=lambda: Ocr(program(node), ("ara",))) is not None
    (held,) = files(desk)
    assert held.file.state == "read"
    assert texts(desk) == [REPORT]
    assert drop_file(desk, held.id) is None
    assert bytes_of(desk, held.id) == Refusal("intake.absent")


def program(node: Node) -> str:
    """A program in the place of tesseract."""
    path = Path(os.environ.get("TMPDIR", "/tmp")) / f"tesseract-{os.getpid()}"
    path.write_text(f"#!/bin/sh\necho '{REPORT}'\n")
    path.chmod(0o755)
    return str(path)


def test_text_that_is_none_leaves_nothing(node: Node) -> None:
    desk = node.desk()
    with pytest.raises(InputError):
        take_file(desk, "f.txt", bytes(range(256)) * 8, ocr=absent)
    assert files(desk) == ()


def test_a_file_that_breaks_the_reading_is_put_aside_after_three_tries(
    node: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = node.desk()
    take_files(desk, [Given("نص.txt", REPORT.encode())])
    monkeypatch.setattr("tansiq.work.take_files.extract", _breaks)
    for _ in range(3):
        with pytest.raises(KeyboardInterrupt):
            read_waiting(desk, files(desk)[0].id)
    assert read_waiting(desk, files(desk)[0].id) is None
    assert files(desk)[0].file.code == "intake.too-costly"


def _breaks(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def _killed(folder: Path) -> None:
    """Read what waits, and die in the middle of the second file."""
    node = make_node(folder, "MR")
    desk, seen_ = node.desk(), []

    def dies(data: bytes, name: str, **more: object) -> object:
        seen_.append(name)
        if len(seen_) == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        return extract(data, name, ocr=absent)

    pytest.MonkeyPatch().setattr("tansiq.work.take_files.extract", dies)
    take_files(desk, [Given(f"{n}.txt", f"{REPORT} {n}".encode()) for n in range(3)])
    read_all(desk)


@pytest.mark.edge
def test_reading_goes_on_after_a_kill_in_the_middle(tmp_path: Path) -> None:
    process = multiprocessing.get_context("spawn").Process(target=_killed, args=(tmp_path,))
    process.start()
    process.join(120)
    assert process.exitcode == -signal.SIGKILL
    node = reopened(tmp_path)
    desk = node.desk()
    assert sorted(h.file.state for h in files(desk)) == ["read", "waiting", "waiting"]
    assert read_all(desk) == 2
    assert texts(desk) == [f"{REPORT} {n}" for n in range(3)]


def reopened(folder: Path) -> Node:
    """The same node after a restart."""
    clock, entropy = SetClock(START), SeededEntropy("بعد العطل")
    url = f"sqlite:///{folder / 'MR.db'}"
    store = Store.open(url, secret=SECRET, clock=clock, entropy=entropy)
    return Node(Party("MR"), store, clock, entropy, federation())


def test_the_reader_of_a_node_reads_at_the_desk_of_who_gave_the_file(node: Node) -> None:
    desk = node.desk()
    take_files(desk, [Given("نص.txt", REPORT.encode())])
    reader = Reader(desk.store, desk.keys, lambda: desk.charter, desk.clock, desk.entropy)
    assert reader.turn() == (0 if reader.desk_of(desk.officer.id) is None else 1)
