"""Requests made of gaps tell nobody more than he could read where the gap stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.web.guarded import GuardedSite
from tests.web.site import Site

CUT = (
    "اتفق رؤساء الأركان على نشر قوة مشتركة في غضون ثمانية عشر شهرا ويصل ، "
    "وقال مصدر أمني إن المقر لم يُحدَّد بعد."
)
HELD = f"سري للغاية\nاختُطف المهندس قرب كيدال يوم الاثنين. {CUT}"


@pytest.fixture
def site(tmp_path: Path) -> Any:
    made = GuardedSite(tmp_path)
    with made.client:
        yield made


def taken(site: Site, text: str) -> tuple[str, int]:
    made = str(site.api("/api/intake", {"name": "خبر.txt", "text": text}, 201)["id"])
    gaps = [g["what"] for g in site.api(f"/api/intake/{made}")["machine"]["gaps"]]
    return made, gaps.index("number missing")


def released(site: Site, intake: str, **label: Any) -> str:
    bears = {"level": "restricted", "audience": ["ML"]} | label
    return str(site.api(f"/api/intake/{intake}/release", {"label": bears}, 201)["id"])


def test_what_two_officers_open_gives_one_no_gap_and_no_word(site: GuardedSite) -> None:
    site.enter("aicha")
    made, n = taken(site, CUT)
    report = released(site, made, rules=["TWO-PERSON"])
    assert site.client.get(f"/api/records/{report}").status_code == 403
    there, absent = (site.client.post(f"/api/records/{report}/gap", json={"gap": each}) for each in (n, 99))
    assert (there.status_code, there.content) == (404, absent.content)
    site.post(f"/record/{report}/gap", {"gap": str(n)}, 404)
    assert site.api("/api/boards/gaps")["rows"] == []


def test_a_title_repeats_no_word_of_what_two_officers_opened(site: GuardedSite) -> None:
    site.enter("aicha")
    made, n = taken(site, f"اجتماع رؤساء الأركان\n\n{CUT}")
    report = released(site, made, rules=["TWO-PERSON"])
    ask = site.api("/api/asks", {"what": "two-person", "reason": "سؤال", "record": report}, 201)["id"]
    site.enter("salem")
    site.api(f"/api/asks/{ask}", {"agree": True})
    site.enter("aicha")
    two = site.api(f"/api/records/{report}/gap", {"gap": n}, 201)
    for each in two.values():
        assert site.client.get(f"/api/records/{each}").status_code == 403
        head = site.get(f"/record/{each}").partition("<h1>")[2].partition("</h1>")[0]
        assert head == "العدد"


def test_what_is_asked_of_a_draft_stands_under_the_label_proposed_for_it(site: GuardedSite) -> None:
    site.enter("aicha")
    made, n = taken(site, HELD)
    two = site.api(f"/api/intake/{made}/gap", {"gap": n}, 201)
    label = site.api(f"/api/records/{two['rfi']}")["label"]
    assert (label["level"], label["compartments"], label["audience"]) == ("secret", ["HOSTAGE"], ["ML"])
    site.enter("idriss")
    for each in two.values():
        site.get(f"/record/{each}", 404)


def test_what_is_asked_of_a_draft_stands_under_the_label_its_officer_has_in_mind(site: GuardedSite) -> None:
    site.enter("aicha")
    made, n = taken(site, CUT)
    thought = {"l.level": "confidential", "l.compartments": "HOSTAGE", "l.rules": "NOEXT", "do": "preview"}
    site.post(f"/intake/{made}", thought, 200)
    two = site.api(f"/api/intake/{made}/gap", {"gap": n}, 201)
    label = site.api(f"/api/records/{two['gap']}")["label"]
    assert (label["level"], label["compartments"]) == ("confidential", ["HOSTAGE"])
    assert "NOEXT" in label["rules"]


def test_a_contradiction_on_what_two_officers_opened_shows_no_more_than_its_title(site: GuardedSite) -> None:
    site.enter("aicha")
    bears = {"level": "restricted", "audience": ["ML"], "rules": ["TWO-PERSON"]}
    sides = []
    for value in ("غاو", "تمنراست"):
        fields = {"subject": "المقر", "predicate": "مكان الاحتجاز", "stated_value": value}
        sent = {"kind": "statement", "title": "قول", "label": bears, "lang": "ar", "fields": fields}
        sides.append(site.api("/api/records", sent, 201)["id"])
    pair = {"first": sides[0], "second": sides[1]}
    assert site.api("/api/contradictions", pair, 422)["code"] == "contradiction.none"
    given = [{"what": "two-person", "reason": "سؤال", "record": one} for one in sides]
    asks = [site.api("/api/asks", one, 201)["id"] for one in given]
    site.enter("salem")
    for one in asks:
        site.api(f"/api/asks/{one}", {"agree": True})
    site.enter("aicha")
    made = site.api("/api/contradictions", pair, 201)["id"]
    assert site.client.get(f"/api/records/{made}").status_code == 403
    page = site.get(f"/record/{made}")
    assert "الاحتجاز" not in page.partition("<h1>")[2].partition("</h1>")[0]
    site.enter("salem")
    assert "الاحتجاز" not in site.get(f"/record/{made}") + site.get("/compare")
