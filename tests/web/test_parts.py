"""Every part draws in three languages, escapes what it is given and carries no inline script or style."""

import re
from functools import partial
from html.parser import HTMLParser

import pytest
from jinja2 import UndefinedError

from tansiq.base.messages import LANGS, Lang, say
from tansiq.web.gallery import gallery_context
from tansiq.web.render import environment

BIDI_OVERRIDE = "\u202e"
VOID = {"meta", "link", "input", "br", "hr", "img", "use", "wbr"}


def drawn(template: str, lang: Lang, **context: object) -> str:
    env = environment(lambda name: f"/static/{name}")
    return env.get_template(template).render(lang=lang, t=partial(_say, lang), **context)


def _say(lang: Lang, key: str, **values: object) -> str:
    return say(key, lang, **values)


def part(call: str, lang: Lang = "ar", **context: object) -> str:
    env = environment(lambda name: f"/static/{name}")
    source = '{% import "parts/all.html" as p with context %}{{ ' + call + " }}"
    return env.from_string(source).render(lang=lang, t=partial(_say, lang), **context)


class Balance(HTMLParser):
    """Collects what a well-formed page must not have: wrong nesting, doubled ids, inline code."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._attributes(tag, dict(attrs))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._attributes(tag, dict(attrs))

    def _attributes(self, tag: str, attrs: dict[str, str | None]) -> None:
        if tag == "style" or "style" in attrs or any(name.startswith(("on", "hx-on")) for name in attrs):
            self.wrong.append(f"inline style or script in <{tag}>")
        if tag == "script" and not attrs.get("src"):
            self.wrong.append("script without a file")
        if name := attrs.get("id"):
            if name in self.ids:
                self.wrong.append(f"id {name} twice")
            self.ids.add(name)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> does not close what is open")


@pytest.mark.parametrize("lang", LANGS)
def test_the_gallery_is_well_formed_and_has_nothing_inline(lang: Lang) -> None:
    page = drawn("parts_gallery.html", lang, nonce="abc", **gallery_context(lang))
    balance = Balance()
    balance.feed(page)
    assert balance.wrong == []
    assert balance.open == []


@pytest.mark.parametrize("lang", LANGS)
def test_the_gallery_leaves_no_message_unsaid(lang: Lang) -> None:
    page = drawn("parts_gallery.html", lang, **gallery_context(lang))
    assert re.findall("⟦.*?⟧", page) == []


@pytest.mark.parametrize(("lang", "direction"), [("ar", "rtl"), ("fr", "ltr"), ("en", "ltr")])
def test_a_page_states_its_language_and_direction(lang: Lang, direction: str) -> None:
    page = drawn("parts_gallery.html", lang, **gallery_context(lang))
    assert f'<html lang="{lang}" dir="{direction}"' in page


def test_a_page_names_nothing_on_another_host() -> None:
    page = drawn("parts_gallery.html", "ar", **gallery_context("ar"))
    assert re.findall(r'(?:src|href|action|data-[a-z]+)="(?:https?:)?//', page) == []


def test_the_label_heads_and_foots_the_page() -> None:
    page = drawn("parts_gallery.html", "ar", **gallery_context("ar"))
    assert page.index("banner-head") < page.index("<main") < page.index("banner-foot")
    assert page.count('<div class="banner') == 2


def test_exercise_is_said_in_three_languages_on_every_page() -> None:
    page = drawn("parts_gallery.html", "fr", **gallery_context("fr"))
    assert all(word in page for word in ("تمرين", "EXERCICE", "EXERCISE"))


def test_received_text_is_escaped() -> None:
    assert "<script>" not in part("p.chip('secret', hostile)", hostile="<script>alert(1)</script>")
    assert "<b>" not in part("p.field('text', 'a', hostile, hostile)", hostile='"><b>')


def test_received_text_cannot_turn_its_neighbours_round() -> None:
    html = part("p.ref(hostile)", hostile=f"قافلة{BIDI_OVERRIDE}txt.exe")
    assert BIDI_OVERRIDE not in html
    assert "⟦202E⟧" in html


@pytest.mark.parametrize(
    ("level", "bars"), [("open", 1), ("restricted", 1), ("confidential", 2), ("secret", 3)]
)
def test_a_level_is_told_by_bars_and_by_words(level: str, bars: int) -> None:
    html = part(f"p.chip('{level}')")
    assert html.count("<i></i>") == bars
    assert say(f"parts.level.{level}", "ar") in html


def test_what_is_not_known_is_a_word_and_zero_is_a_figure() -> None:
    html = part("p.header_list([('أ', none), ('ب', 0)])")
    assert say("parts.unknown", "ar") in html
    assert "<dd>0</dd>" in html


def test_a_field_keeps_zero_and_leaves_absence_empty() -> None:
    assert 'value="0"' in part("p.field('number', 'n', 'عدد', 0)")
    assert 'value=""' in part("p.field('number', 'n', 'عدد', none)")
    assert 'name="n.value" value="0"' in part("p.field('quantity', 'n', 'عدد', {'value': 0})")


def test_a_wrong_field_is_tied_to_its_error() -> None:
    error = {"code": "input.date", "words": "تاريخ غير صحيح", "next": "اكتبه هكذا"}
    html = part("p.field('date', 'a.b', 'متى', error=error)", error=error)
    assert 'aria-describedby="f-a-b-wrong"' in html
    assert 'id="f-a-b-wrong"' in html
    assert "input.date" in html
    assert 'href="#f-a-b-field"' in part("p.errors([error])", error={**error, "field": "a.b"})


def test_a_table_field_has_one_empty_row_more_than_it_holds() -> None:
    html = part("p.field('table', 'rows', 'بنود', columns=[('what', 'ماذا')], rows=[['عربات'], ['وقود']])")
    assert 'name="rows.2.what" value=""' in html


def test_a_page_that_is_given_too_little_is_a_fault() -> None:
    with pytest.raises(UndefinedError):
        drawn("parts_gallery.html", "ar")
