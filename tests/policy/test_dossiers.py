"""A relation between things of the world rests on something, at receipt as at signing."""

from typing import get_args, get_type_hints

import pytest
from msgspec.structs import replace

from tansiq.base.refusal import Refusal
from tansiq.model.kind import Body
from tansiq.model.kinds.relation import Relation
from tansiq.model.kinds.report import Report
from tansiq.model.label import Party, label
from tansiq.model.record import Author, Header
from tansiq.policy.dossiers import RELATING, relates, unfounded
from tests.federation import START

HEADER = Header(
    id=b"\1" * 16,
    kind="relation/1",
    originator=Party("ML"),
    signer="key",
    author=Author("p", b"\0" * 16),
    version=1,
    previous=None,
    created_ms=int(START.timestamp() * 1000),
    label=label(("ML",)),
)


def links() -> set[str]:
    """Every type of relation that is declared."""
    said = get_type_hints(Relation)["relation_type"]
    return {each for part in get_args(said) for each in get_args(part)}


@pytest.mark.parametrize("kind", sorted(RELATING))
def test_a_received_relation_without_evidence_is_refused(kind: str) -> None:
    body = Relation(title="صلة", relation_type=kind, subject="أ", object="ب")  # type: ignore[arg-type]
    assert unfounded(HEADER, body) == Refusal("relation.no-evidence", frozenset({"sources"}), "R21")
    assert unfounded(replace(HEADER, sources=(b"\2" * 16,)), body) is None
    assert unfounded(replace(HEADER, derived_from=(b"\2" * 16,)), body) is None


@pytest.mark.parametrize("kind", sorted(links() - RELATING))
def test_links_between_records_need_none(kind: str) -> None:
    body: Body = Relation(title="وصلة", relation_type=kind)  # type: ignore[arg-type]
    assert not relates(body)
    assert unfounded(HEADER, body) is None


def test_other_kinds_are_not_asked() -> None:
    assert unfounded(HEADER, Report(title="تقرير")) is None
