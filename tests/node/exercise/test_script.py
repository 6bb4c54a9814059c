"""Exercise files: read, or refused with the place."""

from pathlib import Path

import msgspec
import pytest

from tansiq.node.exercise.script import BadScript, load

SHIPPED = Path(__file__).parents[3] / "src" / "tansiq" / "samples" / "exercise.json"


def written(folder: Path, **changes: object) -> Path:
    whole = msgspec.json.decode(SHIPPED.read_bytes(), type=dict[str, object])
    path = folder / "تمرين.json"
    path.write_bytes(msgspec.json.encode(whole | changes))
    return path


def test_the_shipped_exercise_is_read_in_order_of_time() -> None:
    hours = [i.t_offset_hours for i in load(SHIPPED).injects]
    assert hours == sorted(hours)
    assert len(hours) >= 30


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadScript, match=r"none\.json"):
        load(tmp_path / "none.json")


def test_what_is_wrong_and_where_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadScript, match="injects"):
        load(written(tmp_path, injects=[{"id": 7}]))


def test_an_inject_of_an_unknown_node_is_refused(tmp_path: Path) -> None:
    stray = {"id": "X", "t_offset_hours": 0, "node": "XX", "kind": "report", "title": "تمرين"}
    with pytest.raises(BadScript, match="unknown node XX"):
        load(written(tmp_path, injects=[stray]))


def test_an_id_that_stands_twice_is_refused(tmp_path: Path) -> None:
    twice = {"id": "X", "t_offset_hours": 0, "node": "DZ", "kind": "report", "title": "تمرين"}
    with pytest.raises(BadScript, match="stands twice"):
        load(written(tmp_path, injects=[twice, twice]))
