"""Labels, readers and moments drawn at random, small enough to meet often."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from tansiq.model.label import EVERYBODY, LEVELS, RULES, Label, Party, label
from tansiq.policy.permits import PUBLIC, Reader

PARTIES = ("DZ", "FR", "ML", "NE")
COMPARTMENTS = ("HOSTAGE", "ORYX")
USES = ("judicial", "rescue")
START = datetime(2031, 3, 1, 6, tzinfo=UTC)

parties = st.sampled_from(PARTIES)
audiences = st.just({EVERYBODY}) | st.sets(parties, min_size=1)
instants = st.integers(-3, 3).map(lambda h: START + timedelta(hours=h))
rules = st.sets(st.sampled_from(RULES))


@st.composite
def labels(draw: st.DrawFn) -> Label:
    """Any label of our policy, notes in sorted order."""
    return label(
        draw(audiences),
        level=draw(st.sampled_from(LEVELS)),
        compartments=draw(st.sets(st.sampled_from(COMPARTMENTS))),
        uses=draw(st.sets(st.sampled_from(USES))),
        rules=draw(rules),
        until=draw(st.none() | instants),
        notes=sorted(draw(st.sets(st.sampled_from(("أ", "ب"))))),
    )


readers = st.just(PUBLIC) | st.builds(
    Reader,
    parties.map(Party),
    clearance=st.sampled_from(LEVELS),
    compartments=st.frozensets(st.sampled_from(COMPARTMENTS)),
    uses=st.frozensets(st.sampled_from(USES)),
    public=st.booleans(),
)
