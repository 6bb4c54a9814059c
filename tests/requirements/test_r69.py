"""R69: receipts by post, recall with a signed declaration, a journal that shows when it was altered."""

from __future__ import annotations

import pytest

from tansiq.base.messages import LANGS, Lang, say
from tansiq.model.label import Party
from tests.requirements.office import FOUR, sign
from tests.web.site import Site


def came_back(office: Site, record: str, *states: tuple[str, str]) -> None:
    """Receipts that other posts' nodes signed have come home."""
    with office.node.store.write() as tx:
        for n, (party, state) in enumerate(states):
            tx.record_receipt(record, 1, Party(party), state, 5_000 + n, role="duty")  # type: ignore[arg-type]


def test_r69_the_originator_sees_by_post_who_opened_and_who_never_did(office: Site) -> None:
    record = sign(office, "report", "خبر", FOUR)
    came_back(office, record, ("NE", "stored"), ("NE", "opened"), ("MR", "stored"))
    rows = office.api(f"/api/records/{record}/receipts")["rows"]
    opened = {r["party"] for r in rows if r["state"] == "opened"}
    stored = {r["party"] for r in rows if r["state"] == "stored"}
    assert (opened, stored - opened) == ({"NE"}, {"MR"})
    assert all("officer" not in r for r in rows)
    page = office.get(f"/record/{record}/holders")
    for state in ("opened", "stored"):
        assert say(f"withdraw.state.{state}", "ar") in page


def test_r69_a_recall_is_outstanding_until_each_post_has_declared_the_deletion(office: Site) -> None:
    record = sign(office, "report", "خبر", FOUR)
    came_back(office, record, ("NE", "stored"), ("MR", "stored"))
    office.post(f"/record/{record}/recall", {"reason": "خطأ", "what": "all", "replaced_by": ""})
    (row,) = office.api("/api/withdrawals")["rows"]
    assert {"MR", "NE"} <= set(row["outstanding"])
    came_back(office, record, ("NE", "purged"))
    (row,) = office.api("/api/withdrawals")["rows"]
    assert "NE" not in row["outstanding"]
    assert "MR" in row["outstanding"]


@pytest.mark.parametrize("lang", LANGS)
def test_r69_the_page_says_that_a_state_which_wants_to_keep_a_copy_can(office: Site, lang: Lang) -> None:
    record = sign(office, "report", "خبر", FOUR)
    office.read_in(lang)
    assert say("withdraw.honest-text", lang) in office.get(f"/record/{record}/holders")


def test_r69_an_altered_journal_line_is_detected(office: Site) -> None:
    sign(office, "report", "خبر", FOUR)
    assert office.api("/api/journal/chain")["state"] == "intact"
    with office.node.store.write() as tx:
        tx.conn.exec_driver_sql("UPDATE journal SET act = 'nothing' WHERE seq = 2")
    assert office.api("/api/journal/chain")["state"] == "broken"
    office.sign_in("auditor")
    assert "⟦" not in office.get("/journal")
