"""The pages of withdrawal: who holds what, what was taken back, what rests on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tansiq.base.clock import millis
from tansiq.base.ids import RecordId, owned_id, raw_of
from tansiq.base.messages import LANGS, Lang, say
from tansiq.base.refusal import Refusal
from tansiq.model.kinds.recall import Recall
from tansiq.model.label import Party, label
from tansiq.model.record import SALT_BYTES, Author, Header, Record, encode_body
from tansiq.seal import sign_record
from tansiq.work.intake_text import intakes
from tansiq.work.purge import obey
from tansiq.work.take_files import Read, bytes_of, take_file
from tests.web.site import Site
from tests.work.nodes import done, put

FOUR = ("DZ", "ML", "MR", "NE")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    found = Site(tmp_path)
    with found.client:
        found.sign_in()
        yield found


def foreign(site: Site, body: Recall, *, append: bool = True) -> Record:
    """A recall of Niger's, taken in and obeyed here."""
    keys, now = site.node.world.keys["NE"], site.node.clock.now()
    header = Header(
        id=raw_of(owned_id("NE", now, site.node.entropy)),
        kind="recall/1",
        originator=keys.party,
        signer=keys.signer_id,
        author=Author("ضابط"),
        created_ms=millis(now),
        label=label(["ML", "NE"]),
    )
    record = Record(sign_record(header, encode_body(body, site.node.entropy.take(SALT_BYTES)), keys))
    with site.node.store.write() as tx:
        if append:
            tx.append(record, received_ms=millis(now))
        obey(tx, site.node.world.keys["ML"], record.header, body, at_ms=millis(now))
    return record


def test_what_a_file_brought_of_a_record_goes_with_it(site: Site) -> None:
    """A copy of a record that came back as a file is a draft and a file here: the recall takes both."""
    absent = owned_id("NE", site.node.clock.now(), site.node.entropy)
    desk = site.node.desk()
    copied = f"نقلا عن السجل {absent}\n\nقالت وزارة الدفاع إن القافلة عبرت الحدود."
    taken = take_file(desk, "نسخة.txt", copied.encode())
    assert isinstance(taken, Read)
    foreign(site, Recall(title="سحب", record=absent, reason="خطأ"))
    assert intakes(desk) == ()
    assert bytes_of(desk, taken.file.id) == Refusal("intake.absent")
    with site.node.store.read() as rx:
        assert rx.blob(taken.file.file.digest) is None


@pytest.mark.parametrize("lang", LANGS)
def test_who_holds_a_record_is_told_party_by_party(site: Site, lang: Lang) -> None:
    record = done(put(site.node.desk(), "خبر", to=FOUR))
    with site.node.store.write() as tx:
        tx.record_receipt(record, 1, Party("NE"), "stored", 5_000)
        tx.record_receipt(record, 1, Party("NE"), "opened", 6_000, role="duty")
        tx.record_receipt(record, 1, Party("MR"), "refused", 6_000, reason="label.rule")
    site.read_in(lang)
    page = site.get(f"/record/{record}/holders")
    assert say("withdraw.honest-text", lang) in page
    for state in ("opened", "refused"):
        assert say(f"withdraw.state.{state}", lang) in page
    assert "label.rule" in page
    rows = site.api(f"/api/records/{record}/holders")["rows"]
    assert {(r["party"], r["state"], r["role"]) for r in rows} == {
        ("NE", "opened", "duty"),
        ("MR", "refused", None),
    }


def test_who_holds_a_record_is_the_originators_alone_to_ask(site: Site) -> None:
    absent = owned_id("NE", site.node.clock.now(), site.node.entropy)
    for path in (f"/record/{absent}/holders", "/exchange/holders/ML", "/exchange/holders/XX"):
        site.get(path, 404)
    assert "MR" in site.get("/exchange/holders/MR")


def test_a_recall_of_ones_own_is_listed_with_who_has_not_declared(site: Site) -> None:
    record = done(put(site.node.desk(), "زرقاء اليمامة", to=FOUR))
    with site.node.store.write() as tx:
        tx.record_receipt(record, 1, Party("NE"), "stored", 5_000)
        tx.record_receipt(record, 1, Party("MR"), "purged", 5_000)
    site.post(f"/record/{record}/recall", {"reason": "خطأ", "what": "all", "replaced_by": ""})
    (row,) = site.api("/api/withdrawals")["rows"]
    assert (row["record"], row["outstanding"], row["originator"]) == (record, ["NE"], "ML")
    page = site.get("/exchange/withdrawals")
    assert f"/record/{record}/holders" in page
    assert "اليمامة" not in page


def test_what_rests_on_a_withdrawn_record_says_so_and_its_officers_have_a_list(site: Site) -> None:
    source = done(put(site.node.desk(), "المصدر", to=("ML", "NE")))
    derived = done(put(site.node.desk(), "المشتق", to=("ML", "NE"), sources=(raw_of(source),)))
    assert say("withdraw.shaken", "ar") not in site.get(f"/record/{derived}")
    site.post(f"/record/{source}/recall", {"reason": "خطأ"})
    assert say("withdraw.shaken", "ar") in site.get(f"/record/{derived}")
    assert site.api(f"/api/records/{derived}")["withdrawn_sources"] == [source]
    assert site.api("/api/withdrawals")["resting"] == [{"record": derived, "source": source}]
    assert say("withdraw.resting", "ar") in site.get("/")


def test_what_was_taken_back_says_so_to_those_who_may_read_its_recall(site: Site) -> None:
    target = owned_id("NE", site.node.clock.now(), site.node.entropy)
    hidden = owned_id("NE", site.node.clock.now(), site.node.entropy)
    foreign(site, Recall(title="سحب", record=target, reason="خطأ"))
    foreign(site, Recall(title="سحب", record=hidden, reason="خطأ"), append=False)
    assert say("withdraw.gone", "ar") in site.get(f"/record/{target}", 410)
    site.get(f"/record/{hidden}", 404)
    site.api(f"/api/records/{RecordId(target)}", status=404)
