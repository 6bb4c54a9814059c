"""What the oracle counts in the articles and a machine can propose is proposed."""

from __future__ import annotations

import pytest

from tests.intake.counts import SHARED, drafts, rows


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is absent: there are no articles to count in")
def test_every_count_that_a_machine_can_propose_is_proposed() -> None:
    assert [name for name, asked, said in rows(drafts()) if asked != said] == []
