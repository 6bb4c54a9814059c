"""R52: a partner signs two records at once: content for the host, bare fact for the four; neither alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.web.site import Site

FIELDS: dict[str, Any] = {
    "host": "NE",
    "host_consent": True,
    "begins": {"lo": "2031-03-08T22:00:00Z", "hi": "2031-03-08T22:00:00Z"},
    "ends": {"lo": "2031-03-11T22:00:00Z", "hi": "2031-03-11T22:00:00Z"},
    "purpose": "فحص القطعة المستردة",
    "purpose_class": "arms tracing",
}
ASKED: dict[str, Any] = {
    "kind": "partner-activity",
    "title": "خبيران لتعقب القطع",
    "text": "يفحص خبيران القطعة ثلاثة أيام.",
    "label": {"level": "restricted", "audience": ["US", "NE"]},
    "fields": FIELDS,
}


@pytest.fixture
def partner(tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path, "US")
    with site.client:
        site.sign_in("duty", "en")
        yield site


def test_r52_content_for_the_host_and_the_bare_fact_for_the_four_are_signed_at_once(partner: Site) -> None:
    made = partner.api("/api/records", ASKED | {"fact_to": ["DZ", "ML", "MR", "NE", "JSC"]}, status=201)
    content, fact = partner.api(f"/api/records/{made['id']}"), partner.api(f"/api/records/{made['with'][0]}")
    assert sorted(content["label"]["audience"]) == ["NE", "US"]
    assert sorted(fact["label"]["audience"]) == ["DZ", "JSC", "ML", "MR", "NE", "US"]
    said = str(fact)
    assert "خبيران" not in said
    assert "فحص" not in said
    standing = partner.api(f"/api/records/{made['with'][0]}/standing")["raises"][0]
    assert (standing["how"], set(standing["fields"])) == (
        "fact-notice",
        {"partner", "host", "dates", "purpose_class"},
    )
    assert standing["fields"]["dates"] == ["2031-03-08", "2031-03-11"]
    shown = partner.api(f"/api/records/{made['id']}/standing")
    assert "BYPASS" not in {f["code"] for f in shown["flags"]}
    facts = {f["name"]: f["value"] for f in shown["facts"]}
    assert set(facts["told"]) == {"DZ", "ML", "MR", "NE", "JSC"}
    assert facts["partner_statement"] == "فحص القطعة المستردة"


def test_r52_each_alone_and_a_fact_that_leaves_a_member_out_are_refused(partner: Site) -> None:
    alone = {"kind": "fact-notice", "title": "واقعة", "label": ASKED["label"],
             "fields": {"partner": "US", "host": "NE", "purpose_class": "x"}}  # fmt: skip
    assert partner.api("/api/records", alone, status=422)["code"] == "partner.fact-alone"
    untold = partner.api("/api/records", ASKED | {"fact_to": ["DZ", "NE"]}, status=422)
    assert (untold["code"], untold["where"]) == ("partner.untold", "ML, MR")
    assert partner.api("/api/records")["rows"] == []
    checked = partner.api("/api/check", ASKED)["objections"]
    assert "partner.content-alone" in {o["code"] for o in checked}


def test_r52_without_dates_consent_or_class_it_is_refused(partner: Site) -> None:
    bare = ASKED | {"fields": {"host": "NE"}}
    assert partner.api("/api/records", bare, status=422)["code"] == "field.needed"
    refused = ASKED | {"fields": FIELDS | {"host_consent": False}}
    assert partner.api("/api/records", refused, status=422)["code"] == "partner.no-consent"


def test_r52_the_form_makes_both(partner: Site) -> None:
    assert "/partners/new" in partner.get("/initiatives")
    data = {
        "title": "Two tracing experts",
        "purpose_class": "arms tracing",
        "host": "NE",
        "host_consent": "yes",
        "begins": "2031-03-08T22:00Z",
        "to": ["NE"],
        "fact": ["DZ", "ML", "MR", "NE"],
    }
    partner.post("/partners/new", data)
    kinds = sorted(row["kind"] for row in partner.api("/api/records")["rows"])
    assert kinds == ["fact-notice/1", "partner-activity/1"]
    partner.post("/partners/new", data | {"fact": []}, status=200)
