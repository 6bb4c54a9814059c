"""What the demonstration's path writes: drawn from the shipped reports, wide enough and no wider."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

import tansiq.model.kinds  # noqa: F401
from tansiq.language.loaded import compared, loaded_in
from tansiq.model.kind import kind_named
from tansiq.model.strict import parse_fields
from tansiq.policy.tearline import leaks
from tests.samples.forms import SAMPLES, Demonstration, arabic_share, demonstration, meta_of


@pytest.fixture(scope="module")
def path() -> Demonstration:
    return demonstration()


def test_the_report_is_released_under_the_label_suggested_for_it(path: Demonstration) -> None:
    meta = meta_of(SAMPLES / path.report.file)
    assert (meta.party, meta.lang) == (path.report.party, "ar")
    assert meta.label.audience == path.report.audience
    assert meta.label.rules == path.report.rules


def test_the_corrected_field_begins_as_the_headline_of_the_report(path: Demonstration) -> None:
    lines = (SAMPLES / path.report.file).read_text(encoding="utf8").splitlines()
    assert path.report.correction.from_ == lines[1]
    assert path.report.correction.to != path.report.correction.from_


def test_niger_reads_the_text_france_the_tearline_algeria_nothing(path: Demonstration) -> None:
    assert "NE" in path.report.audience
    assert "FR" in set(path.tearline.audience) - set(path.report.audience)
    assert "DZ" not in {*path.report.audience, *path.tearline.audience}


def test_the_tearline_says_nothing_that_it_must_not(path: Demonstration) -> None:
    assert not [term for term in path.tearline.forbidden if term in path.tearline.title + path.tearline.text]
    assert arabic_share(path.tearline.text) == 0


def test_what_the_tearline_shares_with_its_basis_is_justified_one_by_one(path: Demonstration) -> None:
    line, above = path.tearline, (SAMPLES / path.report.file).read_text(encoding="utf8")
    found = {leak.key for leak in leaks(above, f"{line.title}\n{line.text}", forbidden=line.forbidden)}
    assert found == set(line.justified)


def test_both_ends_of_the_cut_write_for_each_other(path: Demonstration) -> None:
    writers = {record.party for record in path.during_the_cut}
    assert writers == {"MR", "NE"}
    assert all(writers <= set(record.audience) for record in path.during_the_cut)


def test_the_promise_is_a_sentence_of_the_communique_and_falls_due_in_two_weeks(path: Demonstration) -> None:
    report = SAMPLES / path.promise.file
    assert path.promise.sentence in report.read_text(encoding="utf8")
    published = meta_of(report).published
    assert published is not None
    assert date.fromisoformat(path.promise.due.lo) == date.fromisoformat(published) + timedelta(days=13)
    assert path.promise.owner == ("ML",)


def test_what_is_taken_back_was_corrected_first_and_had_reached_niger(path: Demonstration) -> None:
    assert {"MR", "NE"} <= set(path.mistake.audience)
    assert path.mistake.corrected != path.mistake.title


def test_of_four_asked_under_silence_two_have_signed_and_two_are_awaited(path: Demonstration) -> None:
    mandate = next(e for e in path.coordination if e.kind == "mandate")
    signed = {e.party for e in path.coordination if e.kind == "position"}
    assert mandate.to_h == {"silence_until": 72}
    assert set(mandate.fields["mandators"]) - signed == {"ML", "NE"}


def test_every_record_of_the_mechanism_is_of_a_kind_with_these_fields(path: Demonstration) -> None:
    for entry in (*path.coordination, *path.beside):
        kind = kind_named(entry.kind)
        assert kind is not None
        times = {name: {"hi": "2031-03-04T06:00:00Z", "precision": "hour"} for name in entry.to_h}
        points = dict.fromkeys(entry.points, "01900000-0000-7000-8000-000000000000")
        body = parse_fields(
            kind, {"title": entry.title, "text": entry.text, **entry.fields, **times, **points}
        )
        assert body.title.startswith(("تمرين", "Exercice"))


def test_what_stands_beside_the_path_differs_on_one_slot_and_hides_the_case(path: Demonstration) -> None:
    said = [e for e in path.beside if e.kind == "statement"]
    assert len({(e.fields["subject"], e.fields["predicate"], e.fields["claim_ref"]) for e in said}) == 1
    assert len({e.party for e in said}) == len({e.fields["stated_value"] for e in said}) == 2
    case = [e for e in path.beside if e.kind in ("hostage-case", "contact-log")]
    assert [(e.compartments, e.level) for e in case] == [(("HOSTAGE",), "confidential")] * 2
    [asked] = [e for e in path.beside if e.kind == "release-request"]
    assert set(asked.fields["to"]).isdisjoint(path.careful.audience)
    assert set(asked.audience) == set(path.careful.audience)


def test_the_translation_of_the_path_keeps_the_authors_loaded_words_and_adds_none(
    path: Demonstration,
) -> None:
    careful = path.careful
    assert {"MR", "NE"} == set(careful.audience)
    assert len(loaded_in(careful.text)) == 2
    assert compared(careful.text, careful.translated_text) == ((), ())
