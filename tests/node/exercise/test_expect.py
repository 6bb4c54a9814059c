"""What must be visible when, worked out from the script alone."""

import pytest

from tansiq.node.exercise.expect import NEVER, Expectations
from tansiq.node.exercise.script import Inject, LinkEvent, Meta, NodeSpec, Script

PARTIES = ("DZ", "ML", "NE", "FR")


def inject(id_: str, hour: float, node: str, visible: tuple[str, ...], **more: object) -> Inject:
    hidden = tuple(p for p in PARTIES if p not in visible)
    given = {"kind": "report", "title": f"تمرين {id_}", **more}
    return Inject(
        id=id_,
        t_offset_hours=hour,
        node=node,
        visible_to=visible,
        hidden_from=hidden,
        **given,  # type: ignore[arg-type]
    )


def expectations(*injects: Inject) -> Expectations:
    meta = Meta(
        name="تمرين",
        startex_utc="2031-03-01T06:00Z",
        duration_hours=100,
        nodes={p: NodeSpec() for p in PARTIES},
        circles={},
        link_events=(LinkEvent(node="NE", from_h=40, to_h=80),),
    )
    return Expectations(Script(meta, injects))


def test_a_reader_behind_a_cut_link_must_see_it_when_the_link_is_back() -> None:
    posted = inject("A", 50, "DZ", ("DZ", "NE"))
    expect = expectations(posted)
    assert expect.visible_from(posted, "NE") == 80
    assert expect.visible_from(posted, "DZ") == 50


def test_what_a_cut_node_posts_is_due_elsewhere_when_its_link_is_back() -> None:
    posted = inject("A", 40, "NE", ("DZ", "NE"))
    expect = expectations(posted)
    assert expect.visible_from(posted, "DZ") == 80
    assert expect.visible_from(posted, "NE") == 40


def test_at_the_hour_of_the_cut_the_link_is_down_already() -> None:
    assert not expectations().linked("NE", 40)
    assert expectations().linked("NE", 80)


def test_a_recall_ends_what_others_see_and_not_what_the_author_sees() -> None:
    posted = inject("A", 1, "DZ", ("DZ", "ML"))
    recall = inject("B", 2, "DZ", ("DZ", "ML"), kind="recall", fields={"recalls": "A"})
    expect = expectations(posted, recall)
    assert expect.visible(posted, "ML", 1)
    assert not expect.visible(posted, "ML", 2)
    assert expect.visible(posted, "DZ", 2)


def test_what_must_never_arrive_is_not_judged() -> None:
    never = ({"verb": "arrival", "node": "NE", "never": True},)
    posted = inject("A", 50, "DZ", ("DZ", "NE"), checks=never)
    expect = expectations(posted)
    assert expect.visible_from(posted, "NE") == NEVER
    assert not expect.judged(posted, "NE")
    assert expect.unsettled(posted, "NE", 90)


@pytest.mark.parametrize(
    "grants", [{"FR": 30}, [{"to": ["FR"], "at_h": 30}], [{"node": "FR", "inject": "B"}]]
)
def test_hidden_holds_until_a_later_grant(grants: object) -> None:
    posted = inject("A", 1, "DZ", ("DZ",), director={"later_grants": grants})
    expect = expectations(posted, inject("B", 30, "DZ", ("DZ", "FR"), kind="grant"))
    assert expect.hidden(posted, "FR", 29)
    assert not expect.hidden(posted, "FR", 30)
    assert expect.hidden(posted, "ML", 30)


def test_what_bears_a_sealed_cases_name_opens_by_two_from_the_hour_of_the_seal_on() -> None:
    case = {"case": "ADDAX"}
    posted = inject("A", 1, "ML", ("ML",), fields=case)
    other = inject("B", 1, "ML", ("ML",), fields={"case": "ORYX"})
    over = inject("C", 20, "ML", ("ML",), kind="case-outcome", fields=case)
    query = inject("D", 30, "FR", ("ML", "FR"), kind="journal-query", fields=case | {"seal_h": 50})
    expect = expectations(posted, other, over, query)
    assert not expect.sealed(posted, 49)
    assert expect.sealed(posted, 50)
    assert not expect.sealed(other, 50)


def test_without_an_outcome_nothing_is_sealed() -> None:
    posted = inject("A", 1, "ML", ("ML",), fields={"case": "ADDAX", "seal_h": 5})
    assert not expectations(posted).sealed(posted, 50)
