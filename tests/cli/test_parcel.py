"""``tansiq parcel`` over the folders of nodes at rest."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tansiq.cli.main import main
from tansiq.node.alone import Alone
from tansiq.node.federation import open_federation
from tansiq.node.founding import shipped_plan

NOW = datetime(2021, 3, 1, 6, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    open_federation(tmp_path, shipped_plan().only(["ML", "NE"]), name="تنسيق", start=NOW)
    return tmp_path


def test_out_inspect_join_in_and_in_again(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, joined = folder / "a.tqp", folder / "b.tqp"
    assert main(["parcel", "out", str(folder / "ML"), "--for", "NE", "--to", str(out)]) == 0
    assert main(["parcel", "inspect", str(out)]) == 0
    assert main(["parcel", "join", str(joined), str(out), str(out)]) == 0
    assert main(["parcel", "in", str(folder / "NE"), str(joined)]) == 0
    assert main(["parcel", "in", str(folder / "NE"), str(joined)]) == 0
    said = capsys.readouterr().out
    assert "1 envelopes, 65536 bytes" in said
    assert "envelopes: 1 new, 0 known" in said
    assert "all 1 known; nothing changed" in said


def test_a_damaged_parcel_ends_with_one(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = folder / "a.tqp"
    main(["parcel", "out", str(folder / "ML"), "--for", "NE", "--to", str(out)])
    raw = bytearray(out.read_bytes())
    raw[200] ^= 1
    out.write_bytes(bytes(raw))
    assert main(["parcel", "inspect", str(out)]) == 1
    assert "parcel.damaged" in capsys.readouterr().out


def test_a_party_that_is_not_active_and_a_node_that_runs_are_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(folder / "a.tqp")
    assert main(["parcel", "out", str(folder / "ML"), "--for", "XX", "--to", out]) == 1
    assert "[parcel.party-not-active]" in capsys.readouterr().err
    alone = Alone(folder / "ML")
    assert main(["parcel", "out", str(folder / "ML"), "--for", "NE", "--to", out]) == 1
    alone.release()
    assert "[node.in-use]" in capsys.readouterr().err
