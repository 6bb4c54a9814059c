"""The charter's pages: in words, proposed by a form, signed after reading, settled one by one."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tansiq.base.clock import millis
from tansiq.base.ids import SeededEntropy
from tansiq.base.messages import LANGS, Lang
from tansiq.exchange.charters import CharterBook
from tansiq.model.label import Party
from tansiq.model.record import Record
from tansiq.seal.keys import generate
from tests.federation import TYPES, entry, record_of
from tests.web.site import Site
from tests.work.nodes import done, put


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path, "ML")
    book = CharterBook(made.node.store)
    assert book.found([made.node.world.signed], at_ms=millis(made.node.clock.now())) is None
    yield made
    made.node.store.close()


@pytest.mark.parametrize("lang", LANGS)
def test_the_charter_is_told_in_words(site: Site, lang: Lang) -> None:
    site.sign_in("duty", lang)
    page = site.get("/charter")
    assert "⟦" not in page
    assert all(f">{code}</bdi>" in page for code in ("DZ", "FR", "C4", "HOSTAGE"))
    assert "ORYX" not in page
    assert 'action="/charter/propose"' not in page


def test_a_hidden_compartment_is_shown_to_those_alone_who_hold_it_or_sign(site: Site) -> None:
    site.sign_in("duty", compartments=("ORYX",))
    assert "ORYX" in site.get("/charter")
    site.sign_in("legal")
    assert "ORYX" in site.get("/charter")


@pytest.mark.parametrize("lang", LANGS)
def test_a_suspension_is_proposed_read_signed_and_taken_back(site: Site, lang: Lang) -> None:
    site.sign_in("release", lang)
    answer = site.post("/charter/propose", {"do": "suspend", "party": "NE"})
    where = answer.headers["location"]
    page = site.get(where)
    assert "(NE)" in page
    assert "⟦" not in page
    site.post(where, {"do": "sign"})
    assert 'value="withdraw"' in site.get(where)
    assert site.api(f"/api{where}")["signed"] == [site.api(f"/api{where}")["signed"][0]]
    site.post(where, {"do": "withdraw"})
    assert site.api(f"/api{where}")["signed"] == []
    assert "(NE)" in site.get("/charter")


def test_the_interface_proposes_and_signs_as_the_pages_do(site: Site) -> None:
    site.sign_in("legal")
    made = site.api("/api/charter/propose", {"do": "rules", "heartbeat_h": 12}, 201)
    one = site.api(f"/api/charter/proposals/{made['id']}")
    assert (one["kind"], one["needed"], one["state"], one["whole"]) == ("amendment", 3, "open", True)
    assert site.api(f"/api/charter/proposals/{made['id']}", {"do": "sign"}) == {"epoch": 1}
    assert [p["id"] for p in site.api("/api/charter")["proposals"]] == [made["id"]]


def test_who_may_not_amend_is_told_so(site: Site) -> None:
    site.sign_in("duty")
    assert site.api("/api/charter/propose", {"do": "suspend", "party": "NE"}, 422)["code"] == "role"
    site.get("/charter/proposals/" + "0" * 64, 404)
    site.api("/api/charter/proposals/xyz", None, 404)
    site.api("/api/charter/review/" + "0" * 64, {"do": "accept", "reason": "x"}, 404)


@pytest.mark.parametrize(
    "asked",
    [
        {"do": "?"},
        {"do": "leave", "party": "FR", "at": "غدا"},
        {"do": "rotate"},
        {"do": "circle", "code": "a b"},
        {"do": "circle", "code": "X", "name_ar": "س"},
        {"do": "join"},
        {"do": "revoke", "key": "x"},
    ],
)
def test_what_cannot_be_proposed_is_named(site: Site, asked: dict[str, str]) -> None:
    site.sign_in("release")
    assert site.api("/api/charter/propose", asked, 422)["code"] in ("record.bad-field", "input.bad-field")


WHOLE: tuple[dict[str, Any], ...] = (
    {"do": "boxes"},
    {
        "do": "circle",
        "code": "LAKE",
        "name_ar": "بحيرة",
        "name_fr": "Lac",
        "name_en": "Lake",
        "parties": ["ML"],
    },
    {"do": "drop-circle", "code": "C4"},
    {"do": "compartment", "code": "CASE-9", "hidden": "yes", "protected": "yes", "parties": ["ML", "NE"]},
    {"do": "drop-compartment", "code": "HOSTAGE"},
    {"do": "presidency", "party": "NE", "at": "2031-09-01T00:00Z"},
    {"do": "rules", "amend_quorum": "2", "own_compartments": "no"},
)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("asked", WHOLE, ids=lambda a: a["do"])
def test_a_form_proposes_what_the_charter_holds_as_a_whole(
    site: Site, lang: Lang, asked: dict[str, Any]
) -> None:
    site.sign_in("legal", lang)
    assert f'value="{asked["do"]}"' in site.get("/charter")
    where = site.post("/charter/propose", asked).headers["location"]
    page = site.get(where)
    assert "⟦" not in page
    one = site.api(f"/api{where}")
    assert one["whole"]
    assert len(one["words"]) == 1


def test_a_party_joins_by_the_card_that_is_uploaded(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.sign_in("release")
    monkeypatch.setitem(TYPES, "TG", "associate")
    keys = generate(Party("TG"), entropy=SeededEntropy("TG"))
    card = msgspec.msgpack.encode(entry(keys))
    data = {"_csrf": site.csrf(), "do": "join", "circles": "C4"}
    answer = site.client.post(
        "/charter/propose", data=data, files={"card": ("card", card)}, follow_redirects=False
    )
    assert answer.status_code == 303, answer.text[:2000]
    assert "TG" in site.get(answer.headers["location"])
    sent = {"do": "join", "card": b64encode(b"x" + card).decode()}
    assert site.api("/api/charter/propose", sent, 422)["code"] in ("record.bad-field", "input.bad-field")


def test_a_record_of_a_revoked_key_is_in_no_list_until_an_officer_accepts_it(site: Site) -> None:
    record_id = done(put(site.node.desk(), "سجل مشكوك فيه"))
    with site.node.store.write() as tx:
        stored = tx.record(record_id)
        assert stored is not None
        signed = tx.signed(stored.digest)
        assert signed is not None
        tx.hold_back(Record(signed), feed=None, at_ms=1, entered=True)
    site.sign_in("release")
    assert "سجل مشكوك فيه" not in site.get("/search?q=مشكوك")
    site.get(f"/record/{record_id}", 404)
    page = site.get("/charter/review")
    assert "سجل مشكوك فيه" in page
    where = f"/charter/review/{stored.digest.hex()}"
    site.post(where, {"do": "accept", "reason": ""}, 422)
    site.post(where, {"do": "accept", "reason": "أكده صاحبه"})
    site.get(f"/record/{record_id}")
    assert site.api("/api/charter/review")["held_back"] == []


def test_a_record_held_back_is_shown_to_its_readers_alone(site: Site) -> None:
    fed = site.node.world
    signed = record_of(fed.keys["DZ"], ("DZ", "NE"), b"\x81\xa5title\xa3abc")
    with site.node.store.write() as tx:
        tx.hold_back(Record(signed), feed=None, at_ms=1, entered=False)
    site.sign_in("release")
    assert site.api("/api/charter/review")["held_back"] == []


def test_a_day_in_an_arabic_sentence_keeps_its_order_and_ones_own_node_is_named_so(site: Site) -> None:
    site.sign_in("duty", "ar")
    page = site.get("/charter")
    assert re.search("صدر في [\u2066-\u2068]+2031-02-28", page)
    assert page.count("هذا المركز") == 1
