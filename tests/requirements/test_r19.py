"""R19: one action builds the summary of a period; unreleasable records are told to the drafter alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from tests.requirements.office import FOUR, SEVEN, day, sign
from tests.web.site import Site

SINCE: Final = "2010-04-12"
CHANGING: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32}")
"""Ids and the words of a session."""
GRADE: Final = {"reliability": "B", "credibility": "2"}


@pytest.fixture
def period(office: Site) -> dict[str, str]:
    """What the office holds of the period: for the seven, for the four, before it, hidden."""
    return {
        "raid": sign(
            office, "event", "هجوم على مركز حدودي", SEVEN, event_type="attack", event_state="happened",
            place={"name": "الشريط الحدودي"}, occurred_at=day("2010-04-20"), grade=GRADE,
        ),
        "flow": sign(
            office, "flow-claim", "سلاح يعبر الصحراء", SEVEN, text="شاحنات تعبر ليلًا نحو الجنوب.",
            flow_type="trafficking", direction="الشمال -> الجنوب", grade=GRADE,
        ),
        "talks": sign(office, "report", "تقييم رؤساء الأركان", SEVEN, text="اجتمعوا لتقييم الوضع."),
        "four": sign(office, "report", "خلاصة للدول الأربع وحدها", FOUR, text="كلمات لا تخرج من الأربع."),
        "before": sign(office, "event", "قديم", SEVEN, event_type="attack", occurred_at=day("2010-03-01")),
        "alleged": sign(office, "statement", "ادعاء على دولة", SEVEN, statement_type="allegation"),
        "gap": sign(office, "gap", "عدد القوة المشتركة غير معروف", SEVEN, missing="عدد أفراد القوة المشتركة"),
    }  # fmt: skip


def built(office: Site, *audience: str, **more: Any) -> dict[str, Any]:
    """What one action makes."""
    asked = {"audience": list(audience or SEVEN), "since": SINCE} | more
    found: dict[str, Any] = office.api("/api/summaries", asked, status=201)
    return found


def resting(found: dict[str, Any]) -> set[str]:
    """The records that a summary rests on."""
    return {one for each in found["paragraphs"] for one in each["sources"]}


def test_r19_one_action_builds_the_intsum_since_12_april_for_the_seven(
    office: Site, period: dict[str, str]
) -> None:
    found = built(office)
    assert resting(found) == {period[n] for n in ("raid", "flow", "talks", "gap")}
    assert sorted(found["label"]["audience"]) == sorted(SEVEN)
    headings = [each["heading"] for each in found["paragraphs"]]
    assert headings == ["areas", "armed-groups", "trafficking", "gaps"]
    made = office.api("/api/records", found["draft"], status=201)["id"]
    assert office.api(f"/api/records/{made}")["sources"] == found["draft"]["sources"]


def test_r19_each_paragraph_shows_its_sources_and_label(office: Site, period: dict[str, str]) -> None:
    """Before signing, on the signed record, and on paper."""
    found = built(office)
    for each in found["paragraphs"]:
        assert len(each["sources"]) == 1
        assert each["label"]["level"] == "restricted"
        assert sorted(each["label"]["audience"]) == sorted(SEVEN)
    made = office.api("/api/records", found["draft"], status=201)["id"]
    page = office.get(f"/record/{made}")
    shown = page[page.index('id="paragraphs"') :]
    assert shown.count(f'href="/record/{period["raid"]}"') >= 1
    assert "هجوم على مركز حدودي" in shown
    assert "نشاط الجماعات المسلحة" in shown
    paper = office.post(f"/record/{made}/document", {}, status=200)
    assert len(paper.content) > 1_000


def test_r19_unreleasable_ones_are_listed_to_the_drafter_only(office: Site, period: dict[str, str]) -> None:
    """What is for the four alone: named to the drafter with what stops it, and nowhere in what he signs."""
    found = built(office)
    left = {each["record"]: each for each in found["left_out"]}
    assert set(left) == {period["four"], period["alleged"]}
    assert left[period["four"]]["reason"] == "audience"
    assert set(left[period["four"]]["missing"]) == {"BF", "LY", "TD"}
    assert left[period["alleged"]]["reason"] == "summary.allegation"
    made = office.api("/api/records", found["draft"], status=201)["id"]
    for path in (f"/api/records/{made}", f"/record/{made}", f"/record/{made}/json"):
        said = office.client.get(path).text
        assert "خلاصة للدول الأربع" not in said, path
        assert "كلمات لا تخرج من الأربع" not in said, path
        assert period["four"] not in said, path
    page = office.get(f"/summaries?since={SINCE}&" + "&".join(f"audience={p}" for p in SEVEN))
    outside = page[page.index('id="left-out"') :]
    assert "خلاصة للدول الأربع وحدها" in outside
    assert f'href="/record/{period["four"]}/tearline"' in outside


def test_r19_for_the_four_the_same_action_takes_it_in(office: Site, period: dict[str, str]) -> None:
    found = built(office, *FOUR)
    assert period["four"] in resting(found)
    assert sorted(found["label"]["audience"]) == sorted(FOUR)


def test_r19_the_page_builds_a_draft_of_the_drafter_alone_which_he_edits_and_signs(
    office: Site, period: dict[str, str]
) -> None:
    answer = office.post("/summaries", {"audience": [*SEVEN], "since": SINCE})
    office.get(answer.headers["location"])
    draft = office.get("/records/intsum/new")
    assert "هجوم على مركز حدودي" in draft
    assert period["raid"] in draft
    assert "خلاصة للدول الأربع" not in draft
    again = office.post("/summaries", {"audience": [*SEVEN], "since": SINCE}, status=422)
    assert "مسودة ملخّص تنتظر" in again.text
    office.post("/summaries", {"audience": [*SEVEN], "since": SINCE, "anew": "1"})
    office.sign_in("duty")
    assert "هجوم على مركز حدودي" not in office.get("/records/intsum/new")


def test_r19_the_label_is_never_wider_than_the_sources(office: Site, period: dict[str, str]) -> None:
    draft = built(office, *FOUR)["draft"]
    draft["label"]["audience"] = [*SEVEN]
    answer = office.api("/api/records", draft, status=422)
    assert answer["code"] in ("record.widens", "record.reference-hidden")


def test_r19_a_paragraph_rests_on_what_the_header_names(office: Site, period: dict[str, str]) -> None:
    draft = built(office)["draft"]
    draft["sources"] = draft["sources"][1:]
    answer = office.api("/api/records", draft, status=422)
    assert (answer["code"], answer["clause"]) == ("summary.unbound", "R19")


def test_r19_the_next_begins_where_the_last_one_ended(office: Site, period: dict[str, str]) -> None:
    first = built(office)
    office.api("/api/records", first["draft"], status=201)
    found = office.api("/api/boards/summary?audience=DZ")
    assert found["since"] == first["until"]


def test_r19_nothing_of_a_case_comes_in_even_for_one_who_holds_it(tmp_path: Path) -> None:
    """A kidnapping under a compartment: told to who holds it as left out, to nobody else at all."""
    site = Site(tmp_path)
    with site.client:
        site.sign_in("release", compartments=("HOSTAGE",))
        label = {"level": "restricted", "audience": [*SEVEN], "compartments": ["HOSTAGE"]}
        hidden = {
            "kind": "event",
            "title": "اختطاف خمسة",
            "fields": {"event_type": "kidnapping"},
            "label": label,
        }
        case = site.api("/api/records", hidden, status=201)["id"]
        sign(site, "report", "طريق مقطوع", SEVEN)
        found = built(site)
        assert [x["record"] for x in found["left_out"]] == [case]
        assert found["left_out"][0]["reason"] == "compartment"
        assert case not in str(found["draft"])
        site.sign_in("release")
        assert built(site)["left_out"] == []


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Site, Site]]:
    """Two nodes that differ in one record that their officer may not read."""
    sites = []
    for name, hides in (("one", True), ("other", False)):
        (tmp_path / name).mkdir()
        site = Site(tmp_path / name)
        site.client.__enter__()
        site.sign_in("release", compartments=("HOSTAGE",))
        if hides:
            label = {"level": "restricted", "audience": [*SEVEN], "compartments": ["HOSTAGE"]}
            sent = {"kind": "report", "title": "سر", "fields": {"text": "نص"}, "label": label, "priority": 0}
            site.api("/api/records", sent, status=201)
        site.sign_in("release")
        sign(site, "report", "طريق مقطوع", SEVEN)
        sites.append(site)
    yield sites[0], sites[1]
    for site in sites:
        site.client.__exit__(None, None, None)


def test_r19_two_nodes_that_differ_in_a_hidden_record_build_the_same(two: tuple[Site, Site]) -> None:
    found = [built(site) for site in two]
    for each in found:
        for one in each["paragraphs"]:
            one["sources"] = len(one["sources"])
        each["draft"]["sources"] = len(each["draft"]["sources"])
        each["draft"]["fields"]["paragraph_sources"] = len(each["draft"]["fields"]["paragraph_sources"])
    assert found[0] == found[1]
    pages = [site.get(f"/summaries?since={SINCE}&audience=DZ&audience=NE") for site in two]
    one, other = (CHANGING.sub("", page) for page in pages)
    assert one == other


def test_r19_what_a_person_detained_said_is_left_out_until_reviewed(office: Site) -> None:
    """Held words enter no product; the drafter is told why, and a review by his own party lets them in."""
    said = sign(office, "report", "أقوال موقوف", SEVEN, obtained="detainee", text="قال إن القافلة آتية.")
    sign(office, "report", "طريق مقطوع", SEVEN)
    found = built(office)
    assert [(x["record"], x["reason"]) for x in found["left_out"]] == [(said, "obtained.held")]
    assert "القافلة آتية" not in str(found["draft"])
    office.sign_in("legal")
    office.api(f"/api/records/{said}/obtained", {"finding": "usable", "grounds": "روجعت"}, status=201)
    office.sign_in("release")
    again = built(office)
    assert said in resting(again)
    assert "DETAINEE" in again["label"]["rules"]
    office.api("/api/records", again["draft"], status=201)


def test_r19_what_torture_taints_is_not_even_named(office: Site) -> None:
    said = sign(office, "report", "أقوال منتزعة", SEVEN, obtained="detainee", text="اعترف تحت الضرب.")
    sign(office, "report", "طريق مقطوع", SEVEN)
    office.sign_in("legal")
    office.api(f"/api/records/{said}/obtained", {"finding": "tainted", "grounds": "آثار ضرب"}, status=201)
    office.sign_in("release")
    found = built(office)
    assert said not in str(found)
    assert "منتزعة" not in str(found)


def test_r19_a_reader_sees_the_sources_that_he_may_see_and_only_these(
    office: Site, period: dict[str, str]
) -> None:
    """A source that its originator moves under a compartment is in the annex of its holders alone."""
    made = office.api("/api/records", built(office)["draft"], status=201)["id"]
    office.sign_in("release", compartments=("HOSTAGE",))
    label = {"level": "restricted", "audience": [*SEVEN], "compartments": ["HOSTAGE"]}
    version = {"kind": "event", "title": "هجوم", "fields": {"event_type": "attack"}, "label": label}
    office.api(f"/api/records/{period['raid']}/versions", version)
    holder = office.get(f"/record/{made}")
    assert period["raid"] in holder[holder.index('id="paragraphs"') :]
    office.sign_in("release")
    page = office.get(f"/record/{made}")
    shown = page[page.index('id="paragraphs"') :]
    assert period["raid"] not in shown[: shown.index("</section>")]
    assert "لا ترى مصدرها" in shown
    assert period["flow"] in shown


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_r19_the_page_speaks_the_readers_language(office: Site, period: dict[str, str], lang: Any) -> None:
    office.sign_in("release", lang)
    page = office.get(f"/summaries?since={SINCE}&audience=DZ&audience=BF")
    assert "⟦" not in page
    assert period["raid"] in page
