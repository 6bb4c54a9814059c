"""What a partner signs: requests, answers, its own affairs; nothing on the work of the members (R45)."""

from __future__ import annotations

import pytest

from tansiq.base.refusal import Refusal
from tansiq.model.label import Party, label
from tansiq.policy.partner import MAY_SIGN, OWN_AFFAIRS, is_partner, partner_refusal
from tests.federation import federation

CHARTER = federation().charter
OURS = label(["FR", "ML"])
ON_A_ROSTER = label(["FR", "ML"], level="confidential", compartments=["HOSTAGE"])
FR, ML, NOBODY = Party("FR"), Party("ML"), Party("XX")


def test_a_partner_is_whom_the_charter_lists_as_one() -> None:
    assert [is_partner(CHARTER, p) for p in (FR, ML, NOBODY)] == [True, False, False]


@pytest.mark.parametrize("kind", sorted((MAY_SIGN | OWN_AFFAIRS) - {"contact-log"}))
def test_a_partner_signs_requests_answers_and_its_own_affairs(kind: str) -> None:
    assert partner_refusal(CHARTER, FR, kind, OURS) is None


@pytest.mark.parametrize("kind", ["report", "assessment", "mandate", "decision", "event"])
def test_a_partner_writes_nothing_on_the_members_work_and_a_member_does(kind: str) -> None:
    assert partner_refusal(CHARTER, FR, kind, OURS) == Refusal("no_permission", frozenset({kind}), "R45")
    assert partner_refusal(CHARTER, ML, kind, OURS) is None
    assert partner_refusal(CHARTER, NOBODY, kind, OURS) is None


def test_a_partner_logs_contacts_of_a_case_that_it_is_on_the_roster_of() -> None:
    refused = Refusal("no_permission", frozenset({"roster"}), "R45")
    assert partner_refusal(CHARTER, FR, "contact-log", OURS) == refused
    assert partner_refusal(CHARTER, FR, "contact-log", ON_A_ROSTER) is None
    assert partner_refusal(CHARTER, ML, "contact-log", OURS) is None
