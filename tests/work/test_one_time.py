"""One-time tokens: once, for one node, for a minute."""

from datetime import UTC, datetime, timedelta

import pytest

from tansiq.base.ids import SeededEntropy
from tansiq.work.one_time import Doorkeeper, mint

NOW = datetime(2031, 3, 1, 6, tzinfo=UTC)
SECRET = b"s" * 32


def token(secret: bytes = SECRET, party: str = "NE") -> str:
    return mint(secret, party, "duty", now=NOW, entropy=SeededEntropy("باب"))


def test_a_token_lets_its_role_in_once() -> None:
    keeper = Doorkeeper(SECRET, "NE")
    assert keeper.admit(token(), now=NOW) == "duty"
    assert keeper.admit(token(), now=NOW) is None


@pytest.mark.parametrize(
    "wrong",
    [token(secret=b"x" * 32), token(party="ML"), token()[:-2] + "00", "", "zz", token()[:20]],
)
def test_a_token_forged_or_for_another_node_lets_nobody_in(wrong: str) -> None:
    assert Doorkeeper(SECRET, "NE").admit(wrong, now=NOW) is None


def test_a_token_ends_after_a_minute() -> None:
    assert Doorkeeper(SECRET, "NE").admit(token(), now=NOW + timedelta(minutes=1)) is None
