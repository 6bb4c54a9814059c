"""Labels, headers and bodies for property tests; ``bodies`` come from the declarations alone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from hypothesis import strategies as st

from tansiq.model.kind import CATALOGUE
from tansiq.model.label import LEVELS, RULES, Label, Party, label
from tansiq.model.record import Author, BlobRef, Header, Ref
from tansiq.model.values import Grade
from tests.kinds import PARTIES, bodies, times, words

__all__ = ["COMPARTMENTS", "INSTANTS", "PURPOSES", "bodies", "headers", "ids_raw", "labels", "parties"]

COMPARTMENTS: Final = ("ARMS", "HOSTAGE", "PERSON", "SOURCE")
PURPOSES: Final = ("humanitarian", "legal", "protection", "warning")
INSTANTS: Final = st.integers(0, 10_000).map(lambda h: datetime.fromtimestamp(1_900_000_000 + h * 3600, UTC))
ids_raw: Final = st.uuids(version=4).map(lambda u: u.bytes)


def parties(*, least: int = 1) -> st.SearchStrategy[list[str]]:
    """Parties without repeats, in any order."""
    return st.lists(st.sampled_from(PARTIES), min_size=least, unique=True)


def labels(*, public: bool = True) -> st.SearchStrategy[Label]:
    """Labels in canonical form; ``public`` lets EVERYBODY stand in the audience."""
    audiences = parties() | st.just(["*"]) if public else parties()
    return st.builds(
        label,
        audiences,
        level=st.sampled_from(LEVELS),
        compartments=st.sets(st.sampled_from(COMPARTMENTS)),
        uses=st.sets(st.sampled_from(PURPOSES)),
        rules=st.sets(st.sampled_from(RULES)),
        until=st.none() | INSTANTS,
        notes=st.lists(words(), max_size=2),
    )


def headers() -> st.SearchStrategy[Header]:
    """Headers of any kind in the catalogue, with and without every optional part."""
    blobs = st.builds(
        BlobRef,
        st.binary(min_size=32, max_size=32),
        st.integers(0, 25_000_000),
        st.just("application/pdf"),
        words(),
    )
    grades = st.builds(Grade, reliability=st.sampled_from("ABCDEF"), credibility=st.sampled_from("123456"))
    some_ids = st.lists(ids_raw, max_size=3).map(tuple)
    return st.builds(
        Header,
        id=ids_raw,
        kind=st.sampled_from(sorted(CATALOGUE)),
        originator=st.sampled_from(PARTIES).map(Party),
        signer=st.sampled_from(PARTIES).map(lambda p: f"{p}-1"),
        author=st.builds(Author, words(), st.binary(min_size=16, max_size=16)),
        version=st.integers(1, 9),
        previous=st.none() | st.binary(min_size=32, max_size=32),
        created_ms=st.integers(1_900_000_000_000, 1_930_000_000_000),
        occurred=st.none() | times(),
        priority=st.integers(0, 4),
        label=labels(),
        lang=st.sampled_from(["ar", "fr", "en"]),
        registry=words() | st.just(""),
        refs=st.lists(
            st.builds(Ref, st.sampled_from(["about", "case", "reply-to"]), ids_raw), max_size=3
        ).map(tuple),
        sources=some_ids,
        derived_from=some_ids,
        blobs=st.lists(blobs, max_size=2).map(tuple),
        grade=st.none() | grades,
    )
