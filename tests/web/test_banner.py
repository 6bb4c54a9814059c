"""A page's banner is never below what the page shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.web.site import Site


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    with made.client:
        made.sign_in("release", "en", ("CASE-ORYX",))
        yield made


def signed(site: Site, kind: str, title: str, level: str = "restricted", **more: Any) -> str:
    bears = {"level": level, "audience": ["ML", "NE"]} | more.pop("label", {})
    fields = more.pop("fields", {})
    sent = {"kind": kind, "title": title, "label": bears, "lang": "ar", "fields": fields, **more}
    return str(site.api("/api/records", sent, 201)["id"])


def banner(site: Site, path: str) -> tuple[str, str]:
    page = site.get(path)
    found = re.search(r'banner-head" data-level="(\w+)".*?</', page, re.DOTALL)
    assert found is not None
    return found[1], page


def test_a_records_page_bears_the_level_of_what_points_to_it_and_it_points_to(site: Site) -> None:
    low = signed(site, "report", "بلاغ")
    assert banner(site, f"/record/{low}")[0] == "restricted"
    ends = {"relation_type": "rests-on", "subject_ref": low}
    signed(site, "relation", "صلة سرية", "secret", fields=ends)
    level, page = banner(site, f"/record/{low}")
    assert (level, "صلة سرية" in page) == ("secret", True)
    above = signed(site, "report", "سر", "secret")
    naming = signed(site, "relation", "صلة", fields={"relation_type": "rests-on", "object_ref": above})
    assert banner(site, f"/record/{naming}")[0] == "secret"


def test_a_records_page_names_the_compartment_of_what_points_to_it(site: Site) -> None:
    low = signed(site, "report", "بلاغ")
    ends = {"relation_type": "rests-on", "subject_ref": low}
    signed(site, "relation", "صلة", fields=ends, label={"compartments": ["CASE-ORYX"]})
    assert "ORYX" in site.get(f"/record/{low}").partition("<main")[0]


def test_the_form_of_a_next_version_bears_the_label_of_the_last_one(site: Site) -> None:
    made = signed(site, "report", "سر", "secret")
    assert banner(site, f"/record/{made}/edit")[0] == "secret"


def test_what_was_withdrawn_or_could_be_granted_heads_its_page(site: Site) -> None:
    made = signed(site, "report", "سر الإيفاد", "secret")
    level, page = banner(site, "/releases/backfill?to=FR")
    assert (level, "سر الإيفاد" in page) == ("secret", True)
    site.post(f"/record/{made}/recall", {"reason": "خطأ", "what": "all", "replaced_by": ""})
    assert banner(site, "/exchange/withdrawals")[0] == "secret"
