"""A translation hangs on its original, and who certifies does not certify a machine (R68)."""

from __future__ import annotations

from typing import Any

from tansiq.base.ids import id_of, raw_of
from tansiq.base.refusal import Refusal
from tansiq.model.kinds.report import Report
from tansiq.model.kinds.translation import Translation
from tansiq.model.label import Party
from tansiq.policy.translation import unmoored, unmoored_record
from tests.federation import federation, header_of

ML, NE = Party("ML"), Party("NE")
KEYS = federation(("ML",)).keys["ML"]
ORIGINAL = b"\x01\x90" + b"\x07" * 14


def translation(**more: Any) -> Translation:
    return Translation(**{"title": "تحرك", "of_record": id_of(ORIGINAL), "method": "human"} | more)


def test_what_is_no_translation_hangs_on_nothing() -> None:
    assert unmoored(Report(title="خبر"), (), (ML, NE), ML) is None


def test_a_translation_rests_on_its_original() -> None:
    assert unmoored(translation(), (ORIGINAL,), (ML, NE), ML) is None
    loose = Refusal("translation.no-original", frozenset({"derived_from"}))
    assert unmoored(translation(), (), (ML, NE), ML) == loose
    assert unmoored(translation(), (b"\x02" * 16,), (ML,), ML) == loose


def test_a_translation_of_a_text_that_no_record_holds_stays_at_home() -> None:
    alone = translation(of_record=None)
    assert unmoored(alone, (), (ML,), ML) is None
    abroad = Refusal("translation.no-original", frozenset({"of_record"}))
    assert unmoored(alone, (), (ML, NE), ML) == abroad
    assert unmoored(alone, (), (NE,), ML) == abroad


def test_nobody_certifies_what_only_a_machine_wrote() -> None:
    refused = Refusal("translation.machine", frozenset({"method"}))
    assert unmoored(translation(method="machine", certified=True), (ORIGINAL,), (ML,), ML) == refused
    for fine in (
        {"method": "machine"},
        {"method": "machine-checked", "certified": True},
        {"certified": True},
    ):
        assert unmoored(translation(**fine), (ORIGINAL,), (ML,), ML) is None


def test_a_received_record_is_judged_by_its_header() -> None:
    known = {"kind": "translation/1", "derived_from": (ORIGINAL,)}
    assert unmoored_record(header_of(KEYS, ["ML", "NE"], **known), translation()) is None
    bare = header_of(KEYS, ["ML", "NE"], kind="translation/1")
    assert unmoored_record(bare, translation()) is not None
    assert unmoored_record(bare, translation(of_record=None)) is not None
    at_home = header_of(KEYS, ["ML"], kind="translation/1")
    assert unmoored_record(at_home, translation(of_record=None)) is None
    assert raw_of(id_of(ORIGINAL)) == ORIGINAL
