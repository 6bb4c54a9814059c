"""What a role lets its officer read."""

from __future__ import annotations

import pytest

from tansiq.model.label import LEVELS, Level, Party
from tansiq.policy.clearance import ROLES, OfficerRole, holds_compartments, reader_for
from tansiq.policy.permits import Reader

ML = Party("ML")
WITHOUT: tuple[OfficerRole, ...] = ("admin", "auditor")


@pytest.mark.parametrize("role", ROLES)
def test_only_roles_that_read_beyond_open_stand_on_a_roster(role: OfficerRole) -> None:
    assert holds_compartments(role) == (role not in WITHOUT)


@pytest.mark.parametrize("role", WITHOUT)
@pytest.mark.parametrize("clearance", LEVELS)
def test_whoever_keeps_accounts_or_audits_is_a_reader_of_what_is_open(
    role: OfficerRole, clearance: Level
) -> None:
    reader = reader_for(role, ML, clearance=clearance, compartments=["HOSTAGE"], uses=["rescue"])
    assert reader == Reader(ML, clearance="open")
    assert (reader.compartments, reader.uses) == (frozenset(), frozenset())


@pytest.mark.parametrize("role", [r for r in ROLES if r not in WITHOUT])
def test_any_other_reads_with_his_compartments_and_purposes(role: OfficerRole) -> None:
    reader = reader_for(role, ML, compartments=["ORYX", "HOSTAGE"], uses=["rescue"])
    ceiling: Level = "confidential" if role == "interpreter" else "secret"
    assert reader == Reader(ML, ceiling, frozenset({"HOSTAGE", "ORYX"}), frozenset({"rescue"}))
    assert reader_for(role, ML, clearance="restricted") == Reader(ML, "restricted")
