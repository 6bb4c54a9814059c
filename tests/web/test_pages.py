"""Pages: every kind is listed, written, opened and corrected; what is hidden answers as what is absent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar.routes import HTTPRoute

from tansiq.base.clock import millis
from tansiq.base.messages import LANGS, Lang
from tansiq.boards.protected.affair import CASE_KINDS
from tansiq.model.kind import CATALOGUE, Kind
from tansiq.model.strict import parse_fields
from tansiq.search.around import referrers
from tansiq.search.view import View
from tansiq.web.app import routes
from tansiq.web.exits import EXITS
from tansiq.web.forms import to_data
from tests.kinds import sample_values
from tests.web.site import Site
from tests.work.nodes import done, pointing_to, put
from tests.work.test_open_record import received

WRITTEN = [k for k in CATALOGUE.values() if not k.system and k.name not in ("tearline", "source-vault")]
"""Kinds that the plain form signs and the plain page opens.

A tearline is written of its basis, see ``test_tearline``; the vault is its own page, see ``test_r05``.
"""

ABSENT = "01900000-0000-7000-8000-00000000abcd"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    with made.client:
        yield made


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One node for all kinds: each writes records of its own."""
    made = Site(tmp_path_factory.mktemp("shared"))
    with made.client:
        yield made


def form_for(site: Site, kind: Kind, title: str) -> dict[str, list[str]]:
    """What a browser sends for a full form of a kind, for ourselves alone."""
    body = parse_fields(kind, pointing_to(site.target, sample_values(kind) | {"title": title}))
    label = {"l.level": ["restricted"], "l.audience": ["OWN"]}
    said = to_data(kind.fields, body) | label
    if kind.name == "translation":  # of its original, and certified by nobody yet
        said = {n: v for n, v in said.items() if n != "f.certified"} | {"h.sources.0": [site.target]}
    if kind.name in ("relation", "intsum"):  # on evidence
        said |= {"h.sources.0": [site.target]}
    if kind.name == "grant":  # of a record that nobody else reads yet
        said |= {"f.record": [done(put(site.node.desk(), "المرجع", to=("ML",)))], "f.to": ["NE"]}
    return said


def test_every_route_stands_in_the_registry_of_exits() -> None:
    mounted = {
        (method, re.sub(r":str\}", "}", route.path_format))
        for route in routes().routes
        if isinstance(route, HTTPRoute)
        for method in route.methods - {"OPTIONS", "HEAD"}
    }
    assert mounted == {(e.method, e.path) for e in EXITS}


@pytest.mark.parametrize("lang", ["ar", "fr"])
@pytest.mark.parametrize("kind", [pytest.param(k, id=k.tag) for k in WRITTEN])
def test_every_kind_is_listed_written_opened_and_corrected(shared: Site, kind: Kind, lang: Lang) -> None:
    site = shared
    cells = ("CASE-ORYX",) if kind.name in CASE_KINDS else ()
    site.sign_in("legal" if kind.name == "obtained-review" else "release", lang, cells)
    page = site.get(f"/records/{kind.name}/new")
    assert "⟦" not in page
    assert f'dir="{"rtl" if lang == "ar" else "ltr"}"' in page
    data = form_for(site, kind, "سجل أول") | {"l.compartments": [*cells]}
    made = site.post(f"/records/{kind.name}/new", data)
    where = made.headers["location"]
    shown = site.get(where)
    assert "سجل أول" in shown
    assert "⟦" not in shown
    assert "سجل أول" in site.get(f"/records/{kind.name}")
    if kind.name not in ("grant", "recall", "log-entry"):  # an entry of the log is mended by another entry
        assert "سجل أول" in site.get(f"{where}/edit")
        site.post(f"{where}/edit", data | {"f.title": ["سجل ثان"]})
        assert "سجل ثان" in site.get(where)
        assert "v2" in site.get(where)


@pytest.mark.parametrize("lang", LANGS)
def test_every_page_speaks_its_language_and_bears_the_mark_of_an_exercise(site: Site, lang: Lang) -> None:
    site.sign_in("duty", lang)
    record = done(put(site.node.desk(), "تحرك", fields={"text": "نص"}))
    for path in (
        "/", "/today", "/inbox", f"/inbox?show={record}", "/kinds", "/records/report", "/search?q=تحرك",
        "/map", "/exchange", f"/record/{record}", f"/record/{record}/recall", "/public", "/sign-in", "/parts",
    ):  # fmt: skip
        page = site.get(path)
        assert "⟦" not in page, path
        assert f'lang="{lang}"' in page
        assert "تمرين" in page


def test_nobody_sees_a_page_without_signing_in(site: Site) -> None:
    for each in EXITS:
        if each.shows == "reader" and each.method == "GET" and "{" not in each.path:
            answer = site.client.get(each.path, follow_redirects=False)
            assert answer.status_code in (303, 401), each.path


def test_what_is_hidden_answers_as_what_is_absent_byte_for_byte(site: Site) -> None:
    desk = site.node.desk("duty", compartments=("HOSTAGE",))
    hidden = done(put(desk, "سر", compartments=("HOSTAGE",)))
    site.sign_in("duty")
    paths = (
        "/record/{}", "/record/{}/json", "/record/{}/edit", "/record/{}/recall", "/record/{}/grant",
        "/record/{}/tearline", "/record/{}/blob/ab", "/api/records/{}", "/api/records/{}/receipts",
        "/public/{}", "/inbox?show={}", "/search?q={}",
    )  # fmt: skip
    for path in paths:
        there = site.client.get(path.format(hidden), follow_redirects=False)
        absent = site.client.get(path.format(ABSENT), follow_redirects=False)
        assert there.status_code == absent.status_code
        assert there.text.replace(hidden, ABSENT) == absent.text, path
    for path in ("/record/{}/open", "/api/records/{}/open"):
        sent = {"_csrf": site.csrf()}
        kind = {"json": {}} if path.startswith("/api") else {"data": sent}
        there, absent = (site.client.post(path.format(x), **kind) for x in (hidden, ABSENT))  # type: ignore[arg-type]
        assert (there.status_code, there.text) == (absent.status_code, absent.text)


def test_lists_counts_and_search_do_not_tell_of_what_is_hidden(site: Site) -> None:
    site.sign_in("duty")
    done(put(site.node.desk(), "ظاهر"))
    before = [site.get(p) for p in ("/inbox", "/kinds", "/records/report", "/search?q=سر", "/map", "/today")]
    totals = site.api("/api/records")["total"]
    desk = site.node.desk("duty", compartments=("HOSTAGE",))
    done(put(desk, "سر", compartments=("HOSTAGE",), to=("ML",)))
    after = [site.get(p) for p in ("/inbox", "/kinds", "/records/report", "/search?q=سر", "/map", "/today")]
    assert before == after
    assert site.api("/api/records")["total"] == totals


def test_a_form_from_elsewhere_is_refused(site: Site) -> None:
    site.sign_in()
    answer = site.client.post("/records/report/new", data={"f.title": "x"}, follow_redirects=False)
    assert answer.status_code == 403
    foreign = site.client.post(
        "/sign-out",
        data={"_csrf": site.csrf()},
        headers={"origin": "http://evil.test"},
        follow_redirects=False,
    )
    assert foreign.status_code == 403


def test_every_answer_has_the_headers_of_the_house(site: Site) -> None:
    site.sign_in()
    for path in ("/", "/nope", "/api/records", "/sign-in", "/health"):
        headers = site.client.get(path, follow_redirects=False).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"


def test_a_label_without_audience_is_refused_and_the_form_comes_back_as_it_was_sent(site: Site) -> None:
    site.sign_in()
    data = {"f.title": ["عنوان لم يضع"], "f.text": ["نص طويل"], "l.level": ["restricted"]}
    page = site.post("/records/report/new", data, status=422).text
    assert "عنوان لم يضع" in page
    assert "label.no-audience" in page
    assert site.api("/api/records")["total"] == 0


def test_who_will_see_this_is_named_before_signing(site: Site) -> None:
    site.sign_in("duty", "fr")
    data = {"f.title": ["t"], "l.level": ["restricted"], "l.audience": ["NE"], "do": ["preview"]}
    page = site.post("/records/report/new", data, status=200).text
    sees, not_sees = page.split("sees-not", 1)
    assert "NE" in sees
    assert "FR" in not_sees
    assert site.api("/api/records")["total"] == 0
    part = site.post("/preview", {"l.level": "restricted", "l.audience": "NE"}, status=200).text
    assert "readers" in part
    assert "<html" not in part


def test_opening_a_record_is_journalled_once_an_officer_and_version(site: Site) -> None:
    site.sign_in("duty")
    record = done(put(site.node.desk(), "عنوان"))
    for _ in range(3):
        site.get(f"/record/{record}")
    with site.node.store.read() as rx:
        opened = [e for e in rx.journal_entries() if e.act == "open"]
    assert len(opened) == 1


def test_the_journal_is_the_auditors_and_one_sees_his_own_acts(site: Site) -> None:
    done(put(site.node.desk("release"), "عنوان"))
    site.sign_in("duty")
    assert 'class="id">release<' not in site.get("/journal")
    site.sign_in("auditor")
    assert 'class="id">release<' in site.get("/journal")
    assert "submit" in site.get("/journal") or "توقيع" in site.get("/journal")


def test_an_attachment_is_kept_and_given_back(site: Site) -> None:
    site.sign_in("duty")
    record = done(put(site.node.desk(), "عنوان", to=("ML",)))
    answer = site.client.post(
        f"/record/{record}/attach",
        data={"_csrf": site.csrf()},
        files={"file": ("صورة.png", b"\x89PNG bytes", "image/png")},
        follow_redirects=False,
    )
    assert answer.status_code == 303
    page = site.get(f"/record/{record}")
    link = re.search(rf"/record/{record}/blob/\w+", page)
    assert link is not None
    got = site.client.get(link[0])
    assert got.content == b"\x89PNG bytes"
    assert "attachment" in got.headers["content-disposition"]
    assert "sandbox" in got.headers["content-security-policy"]


def test_the_public_page_shows_what_is_for_everybody_and_nothing_else(site: Site) -> None:
    shown = done(put(site.node.desk(), "بيان للجميع", to=("*",), level="open"))
    kept = done(put(site.node.desk(), "لنا وحدنا", to=("ML",)))
    page, feed = site.get("/public"), site.get("/public/feed.json")
    assert shown in page
    assert shown in feed
    assert kept not in page + feed
    assert "بيان للجميع" in site.get(f"/public/{shown}")
    site.get(f"/public/{kept}", status=404)


def test_received_markup_and_turning_marks_stay_harmless(site: Site) -> None:
    site.sign_in()
    title = "<script>alert(1)</script> \u202eعنوان"
    record = done(put(site.node.desk(), title, to=("ML",), fields={"text": "<img src=x onerror=1>\u202e"}))
    page = site.get(f"/record/{record}")
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "\u202e" not in page


def test_a_form_is_as_it_was_left_until_it_is_signed(site: Site) -> None:
    site.sign_in("duty")
    place = "/records/report/new"
    kept = {"place": place, "f.title": "نصف مكتوب", "l.audience": "NE"}
    site.post("/autosave", kept, status=204)
    assert "نصف مكتوب" in site.get(place)
    site.sign_in("analyst")
    assert "نصف مكتوب" not in site.get(place)
    site.sign_in("duty")
    site.post(place, kept | {"l.level": "restricted"})
    assert "نصف مكتوب" not in site.get(place)


def test_a_form_can_be_begun_afresh(site: Site) -> None:
    site.sign_in("duty")
    site.post("/autosave", {"place": "/records/report/new", "f.title": "نصف مكتوب"}, status=204)
    assert "نصف مكتوب" not in site.get("/records/report/new?fresh=1")


def test_receipts_do_not_stand_among_the_records_that_point_to_one(tmp_path: Path) -> None:
    site = Site(tmp_path, "NE")
    base = received(site.node)
    site.sign_in("duty")
    site.get(f"/record/{base}")
    with site.node.store.read() as rx:
        view = View(site.node.store, frozenset(rx.labels()), millis(site.node.clock.now()))
        assert rx.conn.exec_driver_sql("SELECT count(*) FROM records WHERE kind = 'receipt/1'").scalar()
        assert referrers(rx, view, base) == ()
    assert "ما يشير إليه" not in site.get(f"/record/{base}")


def test_no_link_leads_a_role_to_a_page_that_is_not_its_own(site: Site) -> None:
    site.sign_in("auditor")
    for path in ("/", "/today", "/inbox", "/kinds", "/records/report", "/exchange"):
        page = site.get(path)
        for link in set(re.findall(r'<a[^>]* href="(/[^"#?]*)', page)):
            site.get(link)
        assert '/new"' not in page
    site.sign_in("duty")
    assert 'href="/intake"' in site.get("/")
    assert 'href="/records/report/new"' in site.get("/records/report")
