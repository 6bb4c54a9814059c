"""Titles in lists: what only names a record is said in the reader's language, what an officer wrote never."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tansiq.base.clock import millis
from tansiq.base.messages import LANGS, Lang, say
from tansiq.model.kind import CATALOGUE
from tansiq.web.locale import Tongue
from tansiq.web.rows import title_words

ASKED = CATALOGUE["release-request/1"].titles


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("written", LANGS)
def test_a_title_that_only_names_a_record_is_read_in_ones_own_language(lang: Lang, written: Lang) -> None:
    said = title_words("release-request/1", f"{ASKED[written]} · 898795172e58", Tongue(lang))
    assert said == f"{ASKED[lang]} · 898795172e58"


@pytest.mark.parametrize("title", ["دورية · 898795172e58", f"{ASKED['ar']} · إلى نيامي", ASKED["ar"]])
def test_a_title_of_an_officers_own_stays_as_he_wrote_it(title: str) -> None:
    assert title_words("release-request/1", title, Tongue("fr")) == title


def test_what_came_within_the_minute_came_just_now_not_nought_minutes_ago() -> None:
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    ages = [Tongue(lang).age(millis(now) - 59_000, now) for lang in LANGS]
    assert ages == ["الآن", "à l'instant", "just now"]
    assert Tongue("en").age(millis(now) - 60_000, now) == "1 min ago"


@pytest.mark.parametrize("written", LANGS)
def test_the_days_of_a_summary_title_it_in_the_readers_language(written: Lang) -> None:
    title = say("summary.draft-title", written, since="2031-03-01", until="2031-03-08")
    said = title_words("intsum/1", title, Tongue("fr"))
    assert said == "Synthèse de renseignement 1 mars 2031 – 8 mars 2031"
    assert "8 مارس 2031" in title_words("intsum/1", title, Tongue("ar", "MR"))
    assert title_words("report/1", title, Tongue("fr")) == title


def test_a_summary_that_an_officer_named_keeps_his_words() -> None:
    for own in ("ملخّص الأسبوع", "Synthèse de renseignement 2031-99-01 – 2031-03-08", ""):
        assert title_words("intsum/1", own, Tongue("fr")) == own
