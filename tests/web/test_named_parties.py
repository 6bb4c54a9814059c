"""What a page says in words: parties by name, posts once, examples that nobody takes for values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from tansiq.base.messages import LANGS, Lang, say
from tansiq.model.charter import Charter, Names
from tansiq.web.pages.frame import plain
from tansiq.web.visit import Visit
from tests.web.site import Site
from tests.work.nodes import done, put


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    with made.client:
        made.sign_in("release")
        yield made


def names(charter: Charter) -> Charter:
    """The charter with a name for Mali in each language."""
    called = Names(ar="مالي", fr="Mali (fr)", en="Mali (en)")
    parties = tuple(replace(p, names=called) if p.code == "ML" else p for p in charter.parties)
    return replace(charter, parties=parties)


@pytest.mark.parametrize(("lang", "name"), [("ar", "مالي"), ("fr", "Mali (fr)"), ("en", "Mali (en)")])
def test_a_board_names_parties_and_no_code_stands_alone(
    site: Site, lang: Lang, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    done(put(site.node.desk(), "قول", kind="statement", fields={"claim_ref": "Q-1", "subject": "قافلة"}))
    done(put(site.node.desk(), "إنذار", kind="warning"))
    monkeypatch.setattr(Visit, "charter", property(lambda visit: names(visit.wiring.charter())))
    mandate = {"mandate": "M-1", "holder": "ML", "mandators": ["ML", "NE"], "acts": ["contact"]}
    done(put(site.node.desk(), "تفويض", kind="mandate", fields=mandate))
    site.read_in(lang)
    scope = site.get("/mandates").partition("<main")[2]
    assert len(re.findall(f"<bdi[^>]*>[^<]*{re.escape(name)}", scope)) > 1
    assert not re.search(r"<bdi>(?:ML|[^<]*\bML\b[^<]*)</bdi>", scope)
    for path in ("/compare", "/warnings"):
        shown = site.get(path).partition("<main")[2].partition("</main>")[0]
        assert f'<bdi class="party-name">{name}</bdi>' in shown, path
        assert '<bdi class="id">ML</bdi>' not in shown, path


@pytest.mark.parametrize("lang", LANGS)
def test_a_post_named_like_its_role_is_named_once(lang: Lang) -> None:
    for role in ("duty", "analyst", "auditor", "release", "legal", "interpreter", "admin"):
        named, called = say(f"door.role.{role}", lang), say(f"web.role.{role}", lang)
        if "⟦" not in named + called:
            assert plain(named) == plain(called), role
    assert plain("عائشة") != plain("مدقّق")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", ["report", "meeting", "silence-clock", "event"])
def test_no_example_in_an_empty_field_can_be_taken_for_a_value(site: Site, kind: str, lang: Lang) -> None:
    site.read_in(lang)
    found = re.findall(r'placeholder="([^"]*)"', site.get(f"/records/{kind}/new"))
    said = say("parts.field.example", lang, example="")
    allowed = {say("parts.search", lang)}
    assert [each for each in found if each not in allowed and not each.startswith(said.strip())] == []
    assert len(found) > 1
