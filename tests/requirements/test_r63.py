"""R63: text about elections is held on its node, never shared, and enters no assessment."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.web.site import Site

OWN = {"level": "restricted", "audience": ["ML"]}
WIDE = {"level": "restricted", "audience": ["ML", "NE"]}
RUMOUR: dict[str, Any] = {
    "kind": "press",
    "title": "مدوّنة تتحدث عن تأجيل الانتخابات",
    "text": "تزعم مدوّنة أن جارًا يرغب في تأجيل الاقتراع.",
    "fields": {"outlet": "مدوّنة", "domestic_politics": True},
    "label": OWN,
}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    with made.client:
        made.sign_in("release")
        yield made


def test_r63_text_about_elections_is_kept_on_its_node_and_shared_with_nobody(site: Site) -> None:
    refused = site.api("/api/records", RUMOUR | {"label": WIDE}, status=422)
    assert (refused["code"], refused["clause"], refused["where"]) == ("domestic_politics", "R63", "NE")
    made = site.api("/api/records", RUMOUR, status=201)
    states = site.api(f"/api/records/{made['id']}/standing")["states"]
    assert [(s["of"], s["word"]) for s in states] == [("self", "quarantined")]


def test_r63_an_assessment_cannot_rest_on_it(site: Site) -> None:
    made = site.api("/api/records", RUMOUR, status=201)
    judged = {"kind": "assessment", "title": "تقدير", "label": OWN, "sources": [made["id"]]}
    assert site.api("/api/records", judged, status=422)["code"] == "domestic_politics.cited"


def test_r63_a_named_reviewer_lifts_it_and_the_original_stays(site: Site) -> None:
    made = site.api("/api/records", RUMOUR, status=201)
    note: dict[str, Any] = {
        "kind": "quarantine",
        "title": "مراجعة",
        "label": OWN,
        "fields": {"held_record": made["id"], "reason": "domestic-politics", "quarantine_state": "lifted"},
    }
    site.api("/api/records", note, status=201)
    assert site.api(f"/api/records/{made['id']}/standing")["states"][0]["word"] == "quarantined"
    named = dict(note["fields"], reviewer_role="مراجع مستقل")
    site.api("/api/records", note | {"fields": named}, status=201)
    assert site.api(f"/api/records/{made['id']}/standing")["states"][0]["word"] == "lifted"
    assert site.api(f"/api/records/{made['id']}")["version"] == 1
    judged = {"kind": "assessment", "title": "تقدير", "label": OWN, "sources": [made["id"]]}
    site.api("/api/records", judged, status=201)
