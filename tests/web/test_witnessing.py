"""The page of witnessing shows every member's stamp and the open alarms, and settles one with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from tansiq.base.messages import LANGS, Lang
from tansiq.exchange import safe
from tansiq.exchange.witness import ALARMS
from tansiq.model.label import Party
from tansiq.store.witness import Stamp
from tests.web.site import Site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    found = Site(tmp_path)
    with found.node.store.write() as tx:
        own = tx.put_stamp(found.node.entropy, at_ms=5)
        tx.witness(Party("NE"), Stamp(7, b"h" * 32), None, at_ms=5)
        tx.retell(Party("NE"), Party("ML"), own, at_ms=5)
        tx.retell(Party("DZ"), Party("ML"), Stamp(1, b"z" * 32), at_ms=5)
        for code in ALARMS:
            tx.quarantine(code, b"raw", digest=code.encode().ljust(32), at_ms=5, party="DZ")
    return found


@pytest.mark.parametrize("lang", LANGS)
def test_every_alarm_has_words_and_an_advice(site: Site, lang: Lang) -> None:
    site.sign_in(lang=lang)
    shown = site.get("/exchange/witness")
    assert "⟦" not in shown
    assert shown.count("/exchange/alarm/") == len(ALARMS)
    assert (b"h" * 32).hex()[:16] in shown


def test_an_officer_settles_an_alarm_with_a_reason_that_the_journal_keeps(site: Site) -> None:
    site.sign_in()
    with site.node.store.read() as rx:
        number = next(q.id for q in rx.quarantined() if q.code == "journal.split")
    site.post(f"/exchange/alarm/{number}", {"reason": ""}, status=422)
    site.post(f"/exchange/alarm/{number}", {"reason": "سألنا العاصمة"})
    with site.node.store.read() as rx:
        assert number not in {q.id for q in rx.quarantined()}
        assert any(e.act == "alarm-settle" and "العاصمة" in e.detail for e in rx.journal_entries())
    site.post(f"/exchange/alarm/{number}", {"reason": "سألنا العاصمة"}, status=422)
    site.post("/exchange/alarm/x", {"reason": "سألنا العاصمة"}, status=404)


def test_one_who_decides_nothing_settles_no_alarm(site: Site) -> None:
    site.sign_in("auditor")
    assert "/exchange/alarm/" not in site.get("/exchange/witness")


@pytest.mark.parametrize("lang", LANGS)
def test_safe_mode_stands_on_every_page_until_an_officer_acknowledges(site: Site, lang: Lang) -> None:
    site.sign_in("duty", lang=lang)
    assert 'href="/exchange/witness"><' not in site.get("/today").partition("<main")[2][:400]
    with site.node.store.write() as tx:
        safe.enter(tx, [safe.Finding("start.journal-cut", "7", 5), safe.Finding("start.odd", "", 5)])
    assert 'href="/exchange/witness"' in site.get("/today").partition("<main")[2][:400]
    shown = site.get("/exchange/witness")
    assert "start.journal-cut" in shown
    assert "⟦" not in shown
    site.post("/exchange/safe", {"reason": " "}, status=422)
    site.post("/exchange/safe", {"reason": "استبدلنا القرص"})
    with site.node.store.read() as rx:
        assert not safe.is_safe(rx)
        assert any(e.act == "safe-acknowledge" and "القرص" in e.detail for e in rx.journal_entries())
    site.post("/exchange/safe", {"reason": "مرة أخرى"}, status=422)


def test_sending_does_not_go_on_while_numbers_of_our_feeds_are_unknown(site: Site) -> None:
    site.sign_in("duty")
    with site.node.store.write() as tx:
        safe.enter(tx, [safe.Finding("start.rolled-back", "1 < 2", 5)])
    site.post("/exchange/safe", {"reason": "نستأنف"}, status=422)
    with site.node.store.write() as tx:
        safe.hear(tx, Party("NE"))
    site.post("/exchange/safe", {"reason": "نستأنف"})
