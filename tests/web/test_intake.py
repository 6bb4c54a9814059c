"""Intake on pages and over JSON: a text beside its draft, corrected, signed, promised; nothing half-done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tansiq.base.messages import LANGS, Lang
from tests.samples.forms import demonstration, reports
from tests.web.site import Site
from tests.work.intakes import MINISTERS, NEMA, held, sample, taken

NEAR = {"level": "restricted", "audience": ["ML", "MR", "NE"], "rules": ["ORCON"]}
FORM: dict[str, Any] = {"l.level": "restricted", "l.audience": ["ML", "MR", "NE"]}
HEADLINE = "دوريات منسقة حول النعمة وباسكنو وجدل بشأن عبور الحدود"
FRENCH = next(p.name for p in reports() if p.name.startswith("fr-"))


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path, "MR")
    with made.client:
        made.sign_in("duty")
        yield made


def take(site: Site, name: str = NEMA) -> str:
    """A sample taken in over JSON; its id."""
    return str(site.api("/api/intake", {"name": name, "text": sample(name).decode()}, 201)["id"])


def plain(page: str) -> str:
    """A page without its tags."""
    return unescape(re.sub(r"<[^>]*>", "", page))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", [NEMA, MINISTERS, FRENCH])
def test_a_text_stands_beside_its_draft_every_field_tied_to_words(site: Site, lang: Lang, name: str) -> None:
    made = taken(site.node.desk(), name)
    site.read_in(lang)
    page = site.get(f"/intake/{made.id}")
    marks = set(" ".join(re.findall(r'data-span-ids="([^"]*)"', page)).split())
    fields = set(re.findall(r'data-span-ref="([^"]*)"', page))
    assert "⟦" not in page
    assert len(marks) > 10
    assert marks <= fields
    assert f'class="source-text" lang="{made.file.machine.lang}"' in page
    assert plain(page.partition('class="source-text"')[2]).partition(">")[2].startswith(made.file.text[:200])


def test_a_pasted_text_and_a_file_go_to_their_drafts(site: Site) -> None:
    pasted = site.post("/intake", {"text": sample(NEMA).decode()})
    upload = {"file": (NEMA, sample(NEMA), "text/plain")}
    sent = site.client.post("/intake", data={"_csrf": site.csrf()}, files=upload, follow_redirects=False)
    assert sent.status_code == 303
    for answer in (pasted, sent):
        assert HEADLINE in site.get(answer.headers["location"])
    assert site.get("/intake").count(HEADLINE) == 2


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"  ", "input.empty"),
        (bytes(range(256)) * 8, "input.binary"),
        (b"\xff\xfe\x00\xd8" + b"\x00\xd8" * 200, "input.encoding"),
        (b"x" * (11 * 1024 * 1024), "input.too-large"),
        (b"x" * 27_000_000, "input.too-large"),
    ],
    ids=["empty", "binary", "encoding", "eleven-megabytes", "over-the-wire-limit"],
)
@pytest.mark.parametrize("path", ["/intake", "/api/intake/file"])
def test_what_is_no_text_is_named_by_its_code_and_nothing_is_kept(
    site: Site, content: bytes, code: str, path: str
) -> None:
    upload = {"file": ("f.txt", content, "text/plain")}
    answer = site.client.post(path, data={"_csrf": site.csrf()}, files=upload, follow_redirects=False)
    assert answer.status_code in (413, 415, 422)
    assert code in answer.text
    assert HEADLINE not in site.get("/intake")
    assert 'href="/intake/' not in site.get("/intake")


def test_nothing_given_is_said_to_be_empty(site: Site) -> None:
    assert "input.empty" in site.post("/intake", {"text": ""}, 422).text


def test_a_corrected_field_bears_the_officers_mark_his_reason_and_the_proposal(site: Site) -> None:
    made = take(site)
    what = demonstration().report.correction
    site.api(f"/api/intake/{made}", {what.field: what.to, "why": what.why.ar})
    field = plain(site.get(f"/intake/{made}").partition('id="f-title-field"')[2].partition("</div>")[0])
    officer = site.node.desk().officer
    assert what.why.ar in field
    assert officer.pseudonym in field
    assert what.from_ in field


def test_a_correction_by_form_works_without_script(site: Site) -> None:
    made = take(site)
    site.post(
        f"/intake/{made}",
        {"title": "عنوان مصحَّح", "statements.0": "rejected", "why": "تمرين", "do": "save"},
    )
    draft = site.api(f"/api/intake/{made}")
    outcomes = {i["address"]: i["outcome"] for i in draft["items"]}
    assert (outcomes["title"], outcomes["statements.0"]) == ("corrected", "rejected")


def test_a_whole_form_sent_unchanged_corrects_nothing(site: Site) -> None:
    made = take(site)
    page = site.get(f"/intake/{made}")
    names = re.findall(r'<(?:input|select|textarea)[^>]* name="([a-z]+(?:\.[a-z0-9]+)*)"', page)
    draft = site.api(f"/api/intake/{made}")
    values = {
        f"{i['address']}.{n}" if n else i["address"]: v
        for i in draft["items"]
        for n, v in i["values"].items()
    }
    assert set(values) <= set(names)
    site.post(f"/intake/{made}", values | {"do": "save"})
    assert all(i["outcome"] == "proposed" for i in site.api(f"/api/intake/{made}")["items"])


def test_a_correction_without_its_reason_comes_back_as_it_was_sent(site: Site) -> None:
    made = take(site)
    page = site.post(f"/intake/{made}", {"title": "عنوان آخر", "do": "save"}, 422).text
    assert "intake.no-reason" in page
    assert 'href="#f-why-field"' in page
    assert 'value="عنوان آخر"' in page
    assert site.api(f"/api/intake/{made}")["items"][0]["outcome"] == "proposed"


def test_who_will_see_this_stands_by_name_before_signing(site: Site) -> None:
    made = take(site)
    page = site.post(f"/intake/{made}", FORM | {"do": "preview"}, 200).text
    panel = plain(page.partition('id="readers"')[2].partition("</section>")[0])
    for party in ("ML", "MR", "NE", "FR", "OMB"):
        assert party in panel
    sees = page.partition('id="readers"')[2].partition("</ul>")[0]
    assert sees.count('class="sees"') == 3
    assert site.api(f"/api/intake/{made}")["released"] is None


def test_an_address_may_propose_a_label_and_chooses_nobody_by_itself(site: Site) -> None:
    made = take(site)
    bare = site.get(f"/intake/{made}")
    assert 'class="sees"' not in bare.partition('id="readers"')[2]
    proposed = site.get(f"/intake/{made}?l.audience=ML&l.audience=MR&l.level=restricted")
    assert proposed.partition('id="readers"')[2].partition("</ul>")[0].count('class="sees"') == 2


def test_release_signs_with_the_corrections_that_came_along(site: Site) -> None:
    made = take(site)
    sent = site.post(f"/intake/{made}/release", FORM | {"title": "عنوان مصحَّح", "why": "تمرين"})
    page = site.get(sent.headers["location"])
    assert "عنوان مصحَّح" in page
    assert "⟦" not in page
    draft = site.get(f"/intake/{made}")
    assert sent.headers["location"] in draft
    assert 'name="why"' not in draft


def test_release_without_an_audience_signs_nothing_and_says_why(site: Site) -> None:
    made = take(site)
    page = site.post(f"/intake/{made}/release", {"l.level": "restricted"}, 422).text
    assert "label.no-audience" in page
    assert site.api(f"/api/intake/{made}/release", {}, 422)["code"] == "label.missing"
    assert site.api(f"/api/intake/{made}")["released"] is None


def test_the_demonstrations_path_over_json(site: Site) -> None:
    story = demonstration()
    made = take(site)
    site.api(f"/api/intake/{made}", {"title": story.report.correction.to, "why": "تمرين"})
    label = {
        "level": "restricted",
        "audience": list(story.report.audience),
        "rules": list(story.report.rules),
    }
    record = site.api(f"/api/intake/{made}/release", {"label": label}, 201)["id"]
    assert site.api(f"/api/records/{record}")["title"] == story.report.correction.to
    again = site.api(f"/api/intake/{made}/release", {"label": label}, 422)
    assert again["code"] == "intake.released"


def test_a_sentence_becomes_a_promise_over_json_and_stands_on_the_home_page(site: Site) -> None:
    what = demonstration().promise
    made = take(site, MINISTERS)
    asked = {
        "sentence": what.sentence,
        "title": what.title.ar,
        "owner": what.owner,
        "due": {"lo": what.due.lo, "hi": what.due.hi, "precision": "day", "basis": "computed"},
        "label": {"level": "restricted", "audience": what.audience},
    }
    record = site.api(f"/api/intake/{made}/promise", asked, 201)["id"]
    page = site.get("/")
    assert f'href="/record/{record}"' in page
    assert what.sentence in page
    assert site.api(f"/api/intake/{made}/promise", asked, 422)["code"] == "intake.promised"


def test_a_promise_by_form_begins_with_the_machines_sentence(site: Site) -> None:
    made = take(site, MINISTERS)
    form = site.get(f"/intake/{made}/promise?n=1")
    sentence = held(site.node.desk(), taken(site.node.desk(), MINISTERS)).file.machine.commitments[1].text
    assert sentence in plain(form)
    data = {"sentence": sentence, "title": "ضابط اتصال", "owner": "ML", "due.hi": "2029-04-04"}
    assert "sees" in site.post(f"/intake/{made}/promise", data | FORM | {"do": "preview"}, 200).text
    sent = site.post(f"/intake/{made}/promise", data | FORM)
    assert sentence in plain(site.get(sent.headers["location"]))
    bad = site.post(f"/intake/{made}/promise", data | FORM | {"due.lo": "غدا", "sentence": "والتزمت"}, 422)
    assert "record.bad-field" in bad.text


def test_a_text_is_its_officers_alone_and_absent_to_all_others(site: Site) -> None:
    made = take(site)
    site.sign_in("analyst")
    unknown = site.client.get("/api/intake/01900000-0000-7000-8000-00000000abcd")
    hidden = site.client.get(f"/api/intake/{made}")
    assert (hidden.status_code, hidden.content) == (404, unknown.content)
    assert HEADLINE not in site.get("/intake")
    site.get(f"/intake/{made}", 404)


def test_who_may_not_draft_is_told_so(site: Site) -> None:
    site.sign_in("auditor")
    site.get("/intake", 403)


def test_a_dropped_text_is_gone(site: Site) -> None:
    made = take(site)
    site.post(f"/intake/{made}", {"do": "drop"})
    site.get(f"/intake/{made}", 404)


def test_a_form_of_another_origin_sends_no_file(site: Site) -> None:
    upload = {"file": (NEMA, sample(NEMA), "text/plain")}
    answer = site.client.post(
        "/api/intake/file", files=upload, headers={"origin": "http://elsewhere.example"}
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "web.forged")


def release(site: Site, name: str = MINISTERS, **marks: str) -> str:
    """The id of a report released from a sample, after corrections."""
    made = take(site, name)
    if marks:
        site.api(f"/api/intake/{made}", {a.replace("_", "."): v for a, v in marks.items()} | {"why": "تمرين"})
    return str(site.api(f"/api/intake/{made}/release", {"label": NEAR}, 201)["id"])


def gist_in(page: str) -> str:
    """The words of the gist on a record's page."""
    return plain(page.partition('id="gist"')[2].partition("</section>")[0])


def test_a_french_reader_gets_a_gist_made_from_the_fields_and_marked_so(site: Site) -> None:
    record = release(site)
    site.read_in("fr")
    page = site.get(f"/record/{record}")
    said = gist_in(page)
    assert "Réunion" in said
    assert "Nouakchott" in said
    assert "machine" in said
    assert "⟦" not in page
    assert "نواكشوط (Nouakchott)" in plain(page)
    site.read_in("ar")
    assert 'id="gist"' not in site.get(f"/record/{record}")


def test_the_gist_knows_nothing_that_the_officer_rejected(site: Site) -> None:
    kept = release(site)
    made = take(site, MINISTERS)
    items = site.api(f"/api/intake/{made}")["items"]
    met = [i["address"] for i in items if i["values"].get("type") == "meeting"]
    dropped = release(site, **{a.replace(".", "_"): "rejected" for a in met})
    site.read_in("fr")
    assert "Réunion (" in gist_in(site.get(f"/record/{kept}"))
    assert "Réunion (" not in gist_in(site.get(f"/record/{dropped}"))


@pytest.mark.parametrize("lang", LANGS)
def test_a_released_report_shows_which_words_each_field_came_from(site: Site, lang: Lang) -> None:
    record = release(site)
    site.read_in(lang)
    page = site.get(f"/record/{record}")
    marks = set(" ".join(re.findall(r'data-span-ids="([^"]*)"', page)).split())
    fields = set(re.findall(r'data-span-ref="([^"]*)"', page))
    assert {f for f in fields if f.startswith(("chain.", "statements."))} <= marks
    assert any(f.startswith("row.") for f in fields & marks)
    assert "evidence" not in plain(page)
    assert "statements.0" not in plain(page)


def test_a_corrected_text_has_no_evidence_left(site: Site) -> None:
    record = release(site)
    page = site.get(f"/record/{record}/edit")
    assert "⟦" not in page
    body = site.api(f"/api/records/{record}")
    fields = body["fields"] | {"text": "نص آخر تماما"}
    sent = {"kind": "report", "fields": fields, "label": NEAR}
    site.api(f"/api/records/{record}/versions", sent)
    assert "data-span-ids" not in site.get(f"/record/{record}")


def test_the_label_in_mind_is_kept_with_the_draft_and_borne_by_nothing_before_signing(site: Site) -> None:
    made = take(site)
    site.api(f"/api/intake/{made}", {"label": NEAR})
    panel = site.get(f"/intake/{made}").partition('id="readers"')[2]
    assert panel.partition("</ul>")[0].count('class="sees"') == 3
    site.post(f"/intake/{made}", FORM | {"l.audience": ["MR", "NE"], "do": "save"})
    panel = site.get(f"/intake/{made}").partition('id="readers"')[2]
    assert panel.partition("</ul>")[0].count('class="sees"') == 2
    assert site.api(f"/api/intake/{made}/release", {}, 422)["code"] == "label.missing"
    assert site.api("/api/records")["total"] == 0


def test_a_label_under_another_name_is_no_correction(site: Site) -> None:
    made = take(site)
    answer = site.api(f"/api/intake/{made}", {"title": NEAR}, 422)
    assert (answer["code"], answer["where"]) == ("intake.bad-correction", "title")


def test_many_files_are_kept_at_once_and_their_progress_is_shown(site: Site) -> None:
    upload = [("file", (f"{n}.txt", f"{sample(NEMA).decode()} {n}".encode(), "text/plain")) for n in range(3)]
    sent = site.client.post("/intake", data={"_csrf": site.csrf()}, files=upload, follow_redirects=False)
    assert sent.headers["location"] == "/intake#files"
    page = site.get("/intake")
    assert "0 / 3" in page
    original = re.search(r'href="(/intake\?original=[^"]+)"', page)
    assert original is not None
    got = site.client.get(original[1])
    assert got.content.startswith(sample(NEMA))
    assert "attachment" in got.headers["content-disposition"]


def test_a_document_that_cannot_be_read_stays_with_its_code_and_may_be_tried_again(site: Site) -> None:
    upload = {"file": ("خلل.pdf", b"%PDF-1.4 cut", "application/pdf")}
    site.client.post("/intake", data={"_csrf": site.csrf()}, files=upload, follow_redirects=False)
    page = site.get("/intake")
    assert "intake.damaged" in page
    named = re.search(r'name="again" value="([^"]+)"', page)
    assert named is not None
    assert site.post("/intake", {"again": named[1]}).status_code == 303
    assert "intake.damaged" not in site.get("/intake")
    assert site.post("/intake", {"drop": named[1]}).status_code == 303
    assert "خلل.pdf" not in site.get("/intake")
