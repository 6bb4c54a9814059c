"""The page of witnessing shows every member's stamp and the open alarms, and settles one with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from tansiq.base.messages import LANGS, Lang
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
