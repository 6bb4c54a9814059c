"""The node's own affairs."""

from tansiq.store.people import journal_hash
from tansiq.store.store import Store
from tansiq.store.values import DraftRow, OfficerRow, SessionRow
from tests.store.making import NOW_MS, Maker

OFFICER = OfficerRow("o-1", "فاطمة", "duty", "ضابط-7", "ar", "hash", b"reader")


def test_accounts_and_sessions_are_kept_and_ended(store: Store) -> None:
    session = SessionRow(b"t" * 32, "o-1", NOW_MS, NOW_MS + 10)
    with store.write() as tx:
        tx.save_officer(OFFICER)
        tx.save_session(session)
    with store.write() as tx:
        assert (tx.officer("o-1"), tx.officer_named("فاطمة"), tx.officers()) == (OFFICER, OFFICER, (OFFICER,))
        assert tx.officer("?") is None
        assert tx.session(session.token, now_ms=NOW_MS) == session
        assert tx.session(session.token, now_ms=NOW_MS + 10) is None
        tx.end_sessions(now_ms=NOW_MS + 10)
        assert tx.session(session.token, now_ms=NOW_MS) is None


def test_a_draft_rests_sealed_and_the_last_saved_comes_first(store: Store) -> None:
    with store.write() as tx:
        for n, officer in enumerate(("o-1", "o-2", "o-1")):
            tx.save_draft(DraftRow(f"d{n}", officer, "report/1", n, b"canaryqxz"))
        tx.save_draft(DraftRow("d0", "o-1", "report/1", 9, "نص".encode()))
    with store.write() as tx:
        assert [d.id for d in tx.drafts()] == ["d0", "d2", "d1"]
        assert [d.id for d in tx.drafts("o-1")] == ["d0", "d2"]
        assert tx.draft("d0") == DraftRow("d0", "o-1", "report/1", 9, "نص".encode())
        rest = tx.conn.exec_driver_sql("SELECT sealed FROM drafts").scalars().all()
        assert not any(b"canaryqxz" in bytes(one) for one in rest)
        tx.drop_draft("d0")
        assert tx.draft("d0") is None


def test_settings_and_charters_read_back(store: Store) -> None:
    with store.write() as tx:
        tx.set_setting("link.cut", "yes")
        tx.set_setting("link.cut", "no")
        tx.put_charter(b"one", 1, at_ms=1)
        tx.put_charter(b"other", 1, at_ms=2)
        tx.put_charter(b"two", 2, at_ms=3)
    with store.read() as rx:
        assert (rx.setting("link.cut"), rx.setting("?"), rx.setting("?", "x")) == ("no", None, "x")
        assert dict(rx.settings()) == {"link.cut": "no"}
        assert (rx.charters(), rx.charter(), rx.charter(1)) == ((b"one", b"two"), b"two", b"one")


def test_the_journal_is_a_chain(store: Store) -> None:
    one = Maker()()
    with store.write() as tx:
        first = tx.journal("opened", officer="o-1", record=one.id, at_ms=5, detail="قراءة")
        second = tx.journal("searched", officer="o-1", at_ms=6)
    with store.read() as rx:
        newest, oldest = rx.journal_entries()
        assert (newest.hash, oldest.hash, oldest.record_id) == (second, first, one.id)
        assert rx.journal_head() == (2, second)
        assert second == journal_hash(first, "searched", "o-1", None, "", 6, 2)
        assert [e.act for e in rx.journal_entries(record_id=one.id)] == ["opened"]
        assert [e.act for e in rx.journal_entries(before=2)] == ["opened"]
