"""Founding: a charter signed by all its members, a folder for each node."""

from datetime import UTC, datetime
from pathlib import Path

from tansiq.base.ids import SeededEntropy
from tansiq.node.federation import open_federation
from tansiq.node.founding import found, shipped_plan
from tansiq.node.settings import read_settings
from tansiq.policy.charter import Charter, verify_charter

NOW = datetime(2031, 3, 1, 6, tzinfo=UTC)


def test_the_first_epoch_verifies_and_holds_every_party() -> None:
    founded = found(shipped_plan(), name="تنسيق", now=NOW, entropy=SeededEntropy("تأسيس"))
    charter = verify_charter(founded.charter, previous=None)
    assert isinstance(charter, Charter)
    assert len(charter.parties) == 11
    assert charter.exercise


def test_the_small_plan_holds_seven_and_its_circles_no_one_else() -> None:
    plan = shipped_plan()
    small = plan.only(plan.small)
    codes = {p.code for p in small.parties}
    assert len(codes) == 7
    assert all(set(c.members) <= codes for c in small.circles)


def test_a_second_opening_finds_the_same_federation(tmp_path: Path) -> None:
    plan = shipped_plan().only(["DZ", "NE"])
    first = open_federation(tmp_path, plan, name="تنسيق", start=NOW)
    second = open_federation(tmp_path, plan, name="تنسيق", start=NOW)
    assert first.charter == second.charter
    assert read_settings(tmp_path / "NE") == second.settings("NE")


def test_a_nodes_keys_and_secret_are_for_its_owner_alone(tmp_path: Path) -> None:
    open_federation(tmp_path, shipped_plan().only(["NE"]), name="تنسيق", start=NOW)
    modes = {p.name: p.stat().st_mode & 0o077 for p in (tmp_path / "NE").iterdir()}
    assert modes == {"keys": 0, "secret": 0, "private": 0, "charter": 0, "node.json": 0}
