"""What the rules are asked of: the officer's shelf, without what torture taints."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.web.site import Site


def report(site: Site, title: str, status: int = 201, **more: Any) -> dict[str, Any]:
    sent = {
        "kind": "report",
        "title": title,
        "label": {"level": "restricted", "audience": ["ML"]},
        "lang": "ar",
    }
    made: dict[str, Any] = site.api("/api/records", sent | {"fields": {"claim_ref": "C-1"}} | more, status)
    return made


def test_what_torture_taints_is_no_second_origin_of_what_is_signed(tmp_path: Path) -> None:
    site = Site(tmp_path)
    sure: dict[str, Any] = {"grade": {"reliability": "B", "credibility": "1"}}
    with site.client:
        site.sign_in("release")
        first = report(site, "الأول")["id"]
        site.sign_in("legal")
        finding = {"of_record": first, "obtained_finding": "tainted", "grounds": "آثار تعذيب"}
        sent = {"kind": "obtained-review", "title": "نتيجة", "lang": "ar", "fields": finding}
        site.api("/api/records", sent | {"label": {"level": "restricted", "audience": ["ML"]}}, 201)
        site.sign_in("release")
        assert site.api("/api/boards/origins")["rows"] == []
        assert report(site, "الثاني", 422, **sure)["code"] == "grade.one-origin"
        report(site, "الثاني")
        report(site, "الثالث", **sure)
