"""The shipped exercise: consistent with its own label rule, so that what breaks is the program."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import cast

import pytest

import tansiq.model.kinds  # noqa: F401
from tansiq.model.kind import kind_named
from tansiq.model.label import Label, Level, Rule, label
from tansiq.model.loose import from_loose
from tansiq.node.exercise.payload import label_of
from tansiq.node.exercise.script import Script, load
from tansiq.policy.derive import bounded, references_ok
from tests.samples.forms import SAMPLES, Exercise, Inject, arabic_share, exercise

OPENING = {"ar": "تمرين", "fr": "Exercice", "en": "Exercise"}
EXERCISE = exercise()
every_inject = pytest.mark.parametrize("inject", EXERCISE.injects, ids=lambda i: i.id)


@pytest.fixture(scope="module")
def play() -> Exercise:
    return EXERCISE


def entitled(inject: Inject) -> set[str]:
    """Return owner plus expanded release: the label rule of the file."""
    circles = EXERCISE.meta.circles
    return {inject.node} | {p for name in inject.label.release for p in circles.get(name, (name,))}


def found(inject_id: str) -> Inject:
    """Return the inject of an id."""
    return next(i for i in EXERCISE.injects if i.id == inject_id)


@cache
def script() -> Script:
    """Return the exercise as the runner reads it."""
    return load(SAMPLES / "exercise.json")


@cache
def labels() -> dict[str, Label]:
    """Return the label under which the runner posts each inject."""
    forms = {inject.id: label_of(inject, script().meta) for inject in script().injects}
    return {
        inject_id: label(
            form.audience,
            level=cast(Level, form.level),
            compartments=form.compartments,
            uses=form.uses,
            rules=cast("tuple[Rule, ...]", form.rules),
        )
        for inject_id, form in forms.items()
    }


def test_the_runner_reads_it(play: Exercise) -> None:
    assert len(script().injects) == len(play.injects) >= 30
    assert script().meta.duration_hours == 240
    assert set(script().meta.parties) == set(play.meta.nodes) - {"PUBLIC"}


@every_inject
def test_the_audience_is_the_owner_plus_the_expanded_release(inject: Inject) -> None:
    assert set(inject.visible_to) == entitled(inject)


@every_inject
def test_those_who_see_and_those_who_do_not_are_all_nodes_and_the_public(inject: Inject) -> None:
    assert set(inject.visible_to) | set(inject.hidden_from) == set(EXERCISE.meta.nodes)
    assert not set(inject.visible_to) & set(inject.hidden_from)


@every_inject
def test_what_is_derived_is_seen_by_none_who_lacks_a_source(inject: Inject) -> None:
    for source in inject.sources:
        assert set(inject.visible_to) <= set(found(source).visible_to)
        assert found(source).t_offset_hours < inject.t_offset_hours


@every_inject
def test_no_record_is_wider_than_what_it_rests_on(inject: Inject) -> None:
    assert bounded(labels()[inject.id], [labels()[source] for source in inject.sources]) is None


@every_inject
def test_a_record_refers_only_to_what_all_its_readers_may_know(inject: Inject) -> None:
    for name in re.findall(r"VE-\d{3}", json.dumps([inject.fields, inject.refs, inject.sources])):
        assert references_ok(labels()[inject.id], labels()[name]) is None


@every_inject
def test_every_field_fits_its_kind_but_ids_that_the_runner_fills_in(inject: Inject) -> None:
    kind = kind_named(inject.kind)
    assert kind is not None
    body, moved = from_loose(kind, inject.title, inject.text, inject.fields, start=script().meta.start)
    assert body.title == inject.title
    ids = {name for name, value in inject.fields.items() if re.search(r"VE-\d{3}", json.dumps(value))}
    assert {name.split(".")[0] for name in moved} <= ids | {
        "record",
        "proof_required",
        "fact_notice",
        "channels",
    }


@every_inject
def test_every_id_that_is_named_exists_and_came_before(inject: Inject) -> None:
    known = {i.id: i.t_offset_hours for i in EXERCISE.injects}
    payload = json.dumps(
        [inject.fields, inject.refs, inject.sources, inject.checks, inject.director, inject.text]
    )
    for name in re.findall(r"VE-\d{3}", payload):
        assert known[name] <= inject.t_offset_hours


@every_inject
def test_an_inject_is_dated_marked_and_in_the_script_of_its_language(inject: Inject) -> None:
    start = datetime.fromisoformat(EXERCISE.meta.startex_utc).astimezone(UTC)
    assert inject.dtg == (start + timedelta(hours=inject.t_offset_hours)).strftime("%Y-%m-%dT%H:%MZ")
    assert inject.day == inject.t_offset_hours // 24 + 1
    for text in (inject.title, inject.text):
        assert text.startswith(OPENING[inject.lang])
        own = text.split(" / ")[0]
        assert (arabic_share(own) > 0.9) == (inject.lang == "ar")


@every_inject
def test_codes_and_verbs_are_declared(inject: Inject) -> None:
    assert set(inject.label.handling) <= set(EXERCISE.meta.handling_codes)
    assert {check["verb"] for check in inject.checks} <= set(EXERCISE.meta.check_verbs)
    assert set(inject.label.release) <= set(EXERCISE.meta.circles) | set(EXERCISE.meta.nodes)


@every_inject
def test_forbidden_terms_of_a_tearline_are_not_in_its_text(inject: Inject) -> None:
    terms = [t for check in inject.checks if check["verb"] == "not_in_text" for t in check["terms"]]
    assert not [
        t for t in terms + inject.director.get("forbidden_terms", []) if t in inject.title + inject.text
    ]


@every_inject
def test_what_is_hidden_by_a_check_is_hidden_by_the_label(inject: Inject) -> None:
    for check in inject.checks:
        if check["verb"] == "hidden_item" and not found(_of(inject, check["of"])).director:
            assert set(check["nodes"]) <= set(found(_of(inject, check["of"])).hidden_from)


def _of(inject: Inject, name: str) -> str:
    return inject.id if name == "self" else name


def test_a_public_tearline_needs_the_signature_of_every_owner_it_rests_on(play: Exercise) -> None:
    for inject in play.injects:
        if "tearline_of" in inject.director:
            base = found(inject.director["tearline_of"])
            owners = {found(s).node for s in base.sources} | {base.node}
            assert owners <= {inject.node, *inject.director.get("co_owner_release", ())}


def test_the_vocabulary_is_that_of_the_file(play: Exercise) -> None:
    used: dict[str, set[str]] = {}
    for inject in play.injects:
        used.setdefault(inject.kind, set()).update(inject.fields)
    assert {k: set(v) for k, v in play.meta.vocabulary.kinds.items()} == used


def test_the_three_languages_and_all_threads_are_played(play: Exercise) -> None:
    langs = Counter(i.lang for i in play.injects)
    assert min(langs["ar"], langs["fr"]) >= 15
    assert langs["en"] >= 4
    assert {i.thread for i in play.injects} == set("ABCDEFGHIJKL")


def test_a_recall_leaves_the_record_with_its_owner_alone(play: Exercise) -> None:
    for inject in play.injects:
        if inject.kind == "recall":
            assert found(inject.fields["recalls"]).director["after_recall_visible_to"] == [inject.node]


def test_one_node_is_cut_and_posts_meanwhile(play: Exercise) -> None:
    cut = play.meta.link_events[0]
    assert [i for i in play.injects if i.node == cut.node and cut.from_h < i.t_offset_hours < cut.to_h]
