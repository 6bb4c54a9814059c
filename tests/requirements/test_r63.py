"""R63: text about elections is held on its node, never shared, and enters no assessment."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tansiq.intake.draft import draft
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


ELECTORAL = (
    "وأكد متابعون أن عاصمة مجاورة ترغب في تأجيل الانتخابات الرئاسية المقررة العام القادم. "
    "وعاد الرعاة إلى آبارهم قرب منكا بعد الأمطار."
)
THREAT = "وهدد مسلحون بقتل كل مرشح يدخل القرية قبل الاقتراع."


def test_r63_intake_proposes_statements_on_elections_for_quarantine() -> None:
    made = draft(ELECTORAL, name="x")
    assert [(h.why, made.statements[h.statement].span[0]) for h in made.held] == [("domestic-politics", 0)]
    assert all(ELECTORAL[h.span[0] : h.span[1]] == h.text for h in made.held)


def test_r63_a_threat_of_violence_to_persons_is_not_quarantined() -> None:
    assert draft(THREAT, name="x").held == ()
    assert draft("Des hommes armés menacent de tuer les candidats au scrutin.", name="x").held == ()


@pytest.mark.parametrize(
    "text",
    [
        "Observers say the capital wants the election of next year put off.",
        "Selon des observateurs, la capitale soutient un candidat au second tour.",
    ],
)
def test_r63_quarantine_is_proposed_in_each_language(text: str) -> None:
    assert len(draft(text, name="x").held) == 1
