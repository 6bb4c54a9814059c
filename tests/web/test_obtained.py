"""How things were come by, on pages and for programs: what waits, the finding, what stands aside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tansiq.base.messages import LANGS
from tests.requirements.office import flags, refused, sign, standing
from tests.web.site import Site


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    with made.client:
        made.sign_in("duty")
        yield made


def states(site: Site, record: str) -> dict[str, str]:
    return {s["of"]: s["word"] for s in standing(site, record)["states"]}


def test_the_record_page_shows_how_it_was_obtained_and_that_it_is_held(site: Site) -> None:
    record = sign(site, "report", "قول موقوف عن مخبأ", obtained="detainee")
    assert states(site, record) == {"obtained": "by-detainee", "obtained-review": "held-for-review"}
    assert flags(site, record) == ["DETAINEE_HELD"]
    for lang in LANGS:
        site.read_in(lang)
        assert "⟦" not in site.get(f"/record/{record}") + site.get("/obtained")
    assert "finding" not in site.get(f"/record/{record}")


def test_only_an_officer_who_may_review_is_offered_the_finding_and_his_word_frees_it(site: Site) -> None:
    record = sign(site, "report", "قول موقوف عن مخبأ", obtained="detainee")
    said = {"finding": "usable", "grounds": "قُرئ المحضر وسُمع المحامي"}
    assert site.api(f"/api/records/{record}/obtained", said, status=422)["code"] == "role"
    no = refused(site, "assessment", "تقدير", sources_=[record])
    assert (no["code"], no["clause"]) == ("obtained.held", "X.6")
    site.sign_in("legal")
    assert 'name="finding"' in site.get(f"/record/{record}")
    assert record in site.get("/obtained")
    site.post(f"/record/{record}/obtained", said)
    assert states(site, record)["obtained-review"] == "reviewed"
    sign(site, "assessment", "تقدير", sources_=[record])
    assert "قُرئ المحضر وسُمع المحامي" in site.get("/obtained")


def test_a_warning_goes_out_unreviewed_and_is_told_to_say_so(site: Site) -> None:
    record = sign(site, "report", "قول موقوف عن هجوم", obtained="detainee")
    draft = {"kind": "warning", "title": "إنذار", "sources": [record],
             "label": {"level": "restricted", "audience": ["ML"]}}  # fmt: skip
    found = site.api("/api/check", draft)["objections"]
    assert ("obtained.unreviewed", False) in [(o["code"], o["refuses"]) for o in found]


def test_what_is_tainted_leaves_lists_and_search_and_is_kept_for_those_who_review(site: Site) -> None:
    record = sign(site, "report", "قول منتزع", obtained="detainee")
    site.sign_in("legal")
    site.post(f"/record/{record}/obtained", {"finding": "tainted", "grounds": "آثار ضرب موثقة"})
    assert flags(site, record) == ["TORTURE_TAINTED"]
    site.sign_in("analyst")
    assert record not in site.get("/records/report") + site.get("/search?q=منتزع") + site.get("/obtained")
    assert site.api("/api/boards/obtained")["apart"] == []
    assert record not in site.get("/search?q=منتزع&aside=1")
    no = refused(site, "statement", "نقل", sources_=[record])
    assert no["code"] == "obtained.tainted"
    site.sign_in("legal")
    assert [r["record"] for r in site.api("/api/boards/obtained")["apart"]] == [record]
    assert record in site.get("/search?q=منتزع&aside=1")
    assert "آثار ضرب موثقة" in site.get("/obtained")


def test_what_rests_on_what_is_tainted_is_on_no_board_and_in_no_register(site: Site) -> None:
    record = sign(site, "report", "قول منتزع", obtained="detainee")
    due: dict[str, Any] = {"original": "غدا", "interval": ["2031-03-02", "2031-03-02"]}
    promise = sign(site, "commitment", "فتح الممر", sources_=(record,), due=due)
    boards = ("/follow-up", "/registers", "/calendar")
    before = [promise in site.get(board) for board in boards]
    assert any(before)
    site.sign_in("legal")
    site.post(f"/record/{record}/obtained", {"finding": "tainted", "grounds": "آثار ضرب موثقة"})
    site.sign_in("duty")
    assert not [board for board in boards if promise in site.get(board)]
    assert promise not in str(site.api("/api/boards/follow-up"))


def test_the_ombudspersons_node_lists_what_is_set_aside_with_its_grounds(tmp_path: Path) -> None:
    site = Site(tmp_path, "OMB")
    with site.client:
        site.sign_in("legal")
        record = sign(site, "report", "قول منتزع", to=("OMB",), obtained="detainee")
        site.post(f"/record/{record}/obtained", {"finding": "tainted", "grounds": "شهادة طبيب"})
        site.sign_in("duty")
        assert [r["record"] for r in site.api("/api/boards/obtained")["apart"]] == [record]
        assert "شهادة طبيب" in site.get("/obtained")
        assert "ملوَّث بالتعذيب" in site.get("/oversight")
        assert record in site.get("/records/report")
    site.node.store.close()
