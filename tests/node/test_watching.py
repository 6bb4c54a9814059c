"""A watched folder: what stands still is taken once; links, unfinished and hidden files are not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tansiq.node.settings import Watched
from tansiq.node.watching import Watching
from tansiq.policy.clearance import OfficerRole
from tansiq.store.store import Store
from tansiq.work.originals import originals
from tansiq.work.sign_in import enrol
from tansiq.work.take_files import Reader
from tests.intake.documents.samples import REPORT, SECOND, mail
from tests.work.nodes import Node, make_node


@pytest.fixture
def node(tmp_path: Path) -> Node:
    return make_node(tmp_path, "MR")


def watching(node: Node, folder: Path, role: OfficerRole = "analyst") -> Watching:
    """A folder watched for an officer."""
    with node.store.write() as tx:
        if tx.officer("samira") is None:
            enrol(tx, "samira", "سميرة", role, password=None, lang="ar", entropy=node.entropy)
    desk = node.desk()
    reader = Reader(node.store, desk.keys, lambda: desk.charter, node.clock, node.entropy)
    return Watching(reader, (Watched(str(folder), "سميرة"),))


def states(store: Store) -> list[tuple[str, str]]:
    """Names and states of what was taken."""
    with store.read() as rx:
        return sorted((h.file.name, h.file.state) for h in originals(rx, None))


def test_what_stands_still_is_taken_once_and_read_also_after_a_restart(node: Node, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "يوم").mkdir(parents=True)
    (folder / "يوم" / "بريد.eml").write_bytes(mail(SECOND, attached={"نص.txt": REPORT.encode()}))
    first = watching(node, folder)
    assert first.turn() == 0
    assert first.turn() == 1
    assert first.turn() == 1
    assert states(node.store) == [("بريد.eml", "read"), ("نص.txt", "read")]
    again = watching(node, folder)
    assert [again.turn() for _ in range(3)] == [0, 0, 0]
    assert len(states(node.store)) == 2


def test_a_file_that_still_grows_waits(node: Node, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    path = folder / "نص.txt"
    path.write_text(REPORT[:20])
    watched = watching(node, folder)
    watched.turn()
    path.write_text(REPORT)
    watched.turn()
    assert states(node.store) == []
    watched.turn()
    assert states(node.store) == [("نص.txt", "read")]


def test_links_hidden_and_unfinished_files_are_passed_over(node: Node, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text(REPORT)
    os.symlink(tmp_path / "secret.txt", folder / "link.txt")
    os.symlink(tmp_path, folder / "away")
    os.mkfifo(folder / "pipe.txt")
    for name in (".hidden.txt", "a.txt.part", "~lock.txt"):
        (folder / name).write_text(REPORT)
    watched = watching(node, folder)
    assert [watched.turn() for _ in range(3)] == [0, 0, 0]
    assert states(node.store) == []


def test_a_folder_that_is_gone_or_an_officer_who_may_not_draft_takes_nothing(
    node: Node, tmp_path: Path
) -> None:
    assert watching(node, tmp_path / "gone").turn() == 0
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "نص.txt").write_text(REPORT)
    with node.store.write() as tx:
        enrol(tx, "auditor", "مدقق", "auditor", password=None, lang="ar", entropy=node.entropy)
    first = watching(node, folder)
    first.folders = (Watched(str(folder), "مدقق"),)
    assert [first.turn() for _ in range(3)] == [0, 0, 0]
