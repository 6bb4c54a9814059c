"""The journal names places and acts in the reader's words, never by the program's own names."""

import ast
from pathlib import Path

import pytest

import tansiq.work
from tansiq.base.messages import LANGS, Lang, messages
from tansiq.web.exit_words import act_words, detail_words, exit_words
from tansiq.web.exits import EXITS
from tansiq.web.locale import Tongue

NAMED = [e.name for e in EXITS if e.shows == "reader"]


def acts() -> set[str]:
    """Every act that a use case writes out."""
    found: set[str] = set()
    for path in Path(tansiq.work.__file__).parent.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
            if (
                isinstance(call, ast.Call)
                and isinstance(call.func, ast.Attribute)
                and call.func.attr == "journal"
            ):
                first = call.args[0] if call.args else None
                if isinstance(first, ast.Constant):
                    found.add(str(first.value))
    return found


@pytest.mark.parametrize(
    ("lang", "said"), [("ar", "2 أبريل 2013"), ("fr", "2 avril 2013"), ("en", "2 April 2013")]
)
def test_days_of_an_entry_are_written_as_the_reader_writes_them(lang: Lang, said: str) -> None:
    assert detail_words(Tongue(lang), "01c1-7 2013-04-02 2013-04-02") == f"01c1-7 {said}"
    assert detail_words(Tongue(lang), "01c1-7 2013-04-02 2013-04-09").startswith(f"01c1-7 {said} – 9 ")
    assert detail_words(Tongue(lang), "2013-99-02 x-2013-04-02") == "2013-99-02 x-2013-04-02"


@pytest.mark.parametrize("lang", LANGS)
def test_every_place_of_an_officer_has_words(lang: Lang) -> None:
    tongue = Tongue(lang)
    shown = {name: exit_words(tongue, name) for name in NAMED}
    assert [n for n, words in shown.items() if words is None or "⟦" in words] == []


@pytest.mark.parametrize("lang", LANGS)
def test_every_act_that_is_written_has_words(lang: Lang) -> None:
    said = messages(lang)
    found = acts()
    assert len(found) > 15
    assert [a for a in sorted(found) if f"keep.act.{a}" not in said and f"web.journal.{a}" not in said] == []


def test_an_act_under_an_exits_name_is_a_change_at_its_place() -> None:
    tongue = Tongue("ar")
    assert tongue.t("web.nav.roster") in act_words(tongue, "api-roster-do")
    assert act_words(tongue, "api-intake-release") == tongue.t("web.journal.intake-release")


def test_a_detail_begins_with_its_place_and_keeps_the_rest() -> None:
    tongue = Tongue("fr")
    assert detail_words(tongue, "api-exchange") == tongue.t("web.nav.exchange")
    assert detail_words(tongue, "record-create role") == f"{tongue.t('web.journal.record')} role"
    assert detail_words(tongue, "2031-03-01") == "1 mars 2031"
