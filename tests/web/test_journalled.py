"""Every exit of an officer leaves its act in the journal, and the journal itself betrays nothing."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec
import pytest

from tansiq.base.messages import LANGS, Lang
from tansiq.exchange import safe
from tansiq.seal import verify
from tansiq.store.values import JournalEntry
from tansiq.web.exits import EXITS, Exit
from tansiq.web.hidden import OPEN
from tansiq.web.journalled import SILENT
from tests.web.site import Site
from tests.work.nodes import done, put

ABSENT = "01c16397-ab00-747e-9516-fe7fe687dcf4"
OFFICERS = [e for e in EXITS if e.shows == "reader" and e.name not in (*SILENT, "events", "sign-out")]
SHOWING = [e for e in EXITS if e.shows != "own" and e.name not in (*OPEN, "events")]
SECRET_WORD = "مخبأ-قنديل"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    found = Site(tmp_path)
    found.sign_in("release")
    return found


def entries(site: Site) -> tuple[JournalEntry, ...]:
    with site.node.store.read() as rx:
        return rx.journal_entries(1000)


def address(exit_: Exit, record: str) -> str:
    parts = {"id": record, "kind": "report", "digest": "0" * 64, "name": "x", "number": "1"}
    path = exit_.path
    for name, value in parts.items():
        path = path.replace("{" + name + "}", value)
    return path if "{" not in path else path.partition("{")[0] + ABSENT


@pytest.mark.parametrize("exit_", OFFICERS, ids=lambda e: f"{e.method} {e.path}")
def test_every_exit_of_an_officer_leaves_an_entry(site: Site, exit_: Exit) -> None:
    before = len(entries(site))
    path = address(exit_, str(site.target))
    before = len(entries(site))
    if exit_.method == "GET":
        site.client.get(path, follow_redirects=False)
    elif path == "/api/intake/file":
        site.client.post(path, files={"file": ("نص.txt", b"text", "text/plain")})
    elif path.startswith("/api/"):
        site.client.post(path, content=b"{}", headers={"content-type": "application/json"})
    else:
        token = site.csrf()
        before = len(entries(site))
        site.client.post(path, data={"_csrf": token}, follow_redirects=False)
    found = entries(site)
    assert len(found) > before, exit_.name
    assert found[0].officer == "release"


def test_the_silent_exits_are_real_and_each_has_its_reason() -> None:
    assert set(SILENT) <= {e.name for e in EXITS}
    assert all(len(reason) > 20 for reason in SILENT.values())


def test_what_was_searched_is_sealed_in_the_rows_and_equal_words_share_a_token(site: Site) -> None:
    site.get(f"/search?q={SECRET_WORD}")
    site.get(f"/api/search?q={SECRET_WORD}")
    found = [e for e in entries(site) if e.act == "search"]
    assert len(found) == 2
    assert all(SECRET_WORD not in e.detail for e in found)
    assert len({e.detail.partition("~")[2].partition(".")[0] for e in found}) == 1
    raw = (Path(str(site.node.store._engines.writer.url.database))).read_bytes()
    assert SECRET_WORD.encode() not in raw


def test_the_auditor_opens_sealed_words_with_a_reason_that_is_noted(site: Site) -> None:
    site.get(f"/search?q={SECRET_WORD}")
    assert SECRET_WORD in site.get("/journal"), "an officer reads his own"
    number = next(e.seq for e in entries(site) if e.act == "search")
    site.sign_in("auditor")
    assert SECRET_WORD not in site.get("/journal")
    site.post(f"/journal/{number}/reveal", {"reason": ""}, status=422)
    shown = site.post(f"/journal/{number}/reveal", {"reason": "طلب القاضي"}, status=200).text
    assert SECRET_WORD in shown
    assert any(e.act == "journal-reveal" and "القاضي" in e.detail for e in entries(site))
    site.sign_in("duty")
    site.post(f"/journal/{number}/reveal", {"reason": "فضول"}, status=422)


def test_a_record_that_the_auditor_may_not_read_is_a_token_and_has_no_detail(site: Site) -> None:
    hidden = done(put(site.node.desk("release"), "خفيّ", to=("ML", "NE"), level="secret"))
    site.get(f"/record/{hidden}")
    site.sign_in("auditor")
    for page in (site.get("/journal"), site.get("/journal/file"), site.get(f"/journal?record={hidden}")):
        assert str(hidden) not in page.replace(f'value="{hidden}"', "").replace(f"record={hidden}", "")
    with site.node.store.read() as rx:
        token = rx.core.vault.token(bytes.fromhex(str(hidden).replace("-", "")))
    assert token in site.get("/journal")
    assert site.get(f"/journal?record={token}").count(token) >= 2
    assert site.get(f"/journal?record={hidden}").count("<tr>") == site.get(f"/journal?record={ABSENT}").count(
        "<tr>"
    )


def test_a_tilde_in_an_officers_words_closes_no_page_of_the_journal(site: Site) -> None:
    """Neither one that he wrote for no reason nor one that looks like sealed words."""
    site.sign_in("analyst")
    for name in ("بئر ~ تبدوق", "x~0123456789ab.00ff"):
        said = {"do": "save", "name": name, "kind": "org", "en": name, "why": "كتابة"}
        site.post("/knowledge/entry", said)
        assert name.partition("~")[0] in site.get("/journal")


def test_an_officer_sees_his_own_acts_alone(site: Site) -> None:
    site.get("/inbox")
    site.sign_in("duty")
    site.get("/today")
    shown = msgspec.json.decode(msgspec.json.decode(site.get("/journal/file"))["payload"])["entries"]
    assert {row["officer"] for row in shown} == {"duty"}


def test_what_others_do_changes_nothing_in_ones_own_journal(site: Site) -> None:
    site.sign_in("duty")
    site.get("/today")
    site.get("/journal")
    before = site.get("/journal")
    with site.node.store.write() as tx:
        for n in range(7):
            tx.journal("see", officer="release", at_ms=n)
    assert site.get("/journal") == before


def test_a_file_of_the_journal_is_signed_by_the_party(site: Site) -> None:
    site.sign_in("auditor")
    told = msgspec.json.decode(site.get("/journal/file"))
    digest = hashlib.sha256(b"tansiq.journal-file/1" + told["payload"].encode()).digest()
    keys = site.node.world.keys["ML"]
    assert told["signer"] == keys.signer_id
    assert verify(keys.public, digest, bytes.fromhex(told["signature"]))


def test_a_refused_act_is_noted_and_a_flood_of_them_is_bounded(site: Site) -> None:
    for _ in range(60):
        site.get(f"/record/{ABSENT}", status=404)
    refused = [e for e in entries(site) if e.act == "refused"]
    assert 1 <= len(refused) <= 20
    assert all(ABSENT not in e.detail for e in refused)


def test_a_sign_in_that_fails_is_noted_without_the_name_in_clear(site: Site) -> None:
    site.client.cookies.clear()
    site.client.post("/sign-in", data={"name": "كلمة-سر-سهوا", "password": "x"})
    (entry,) = [e for e in entries(site) if e.act == "refused"]
    assert entry.officer == ""
    assert "سهوا" not in entry.detail


def test_an_altered_entry_is_marked_on_the_page(site: Site) -> None:
    site.get("/inbox")
    with site.node.store.write() as tx:
        tx.conn.exec_driver_sql("UPDATE journal SET act = 'nothing' WHERE seq = 1")
    site.sign_in("auditor", lang="en")
    assert "the chain is broken" in site.get("/journal")


@pytest.mark.parametrize("lang", LANGS)
def test_the_journal_speaks_the_language_of_its_reader(site: Site, lang: Lang) -> None:
    site.get("/inbox")
    site.get(f"/search?q={SECRET_WORD}")
    site.sign_in("auditor", lang=lang)
    assert "⟦" not in site.get("/journal?since=2031-01-01&until=2031-12-31&act=see")


@pytest.mark.parametrize("exit_", SHOWING, ids=lambda e: f"{e.method} {e.path}")
def test_a_restored_node_answers_by_no_exit_that_shows_records(site: Site, exit_: Exit) -> None:
    path = address(exit_, str(site.target))
    with site.node.store.write() as tx:
        safe.enter(tx, [safe.Finding(safe.RESTORED, "", 5)])
    sent = site.client.request(exit_.method, path, follow_redirects=False)
    assert sent.status_code == 503
    assert "node.restored" in sent.text or "المرجع" not in sent.text
