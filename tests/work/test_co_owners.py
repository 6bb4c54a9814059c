"""Several owners: an extract goes wider only after each has let it go, at his own node."""

from __future__ import annotations

from pathlib import Path

from tansiq.base.ids import RecordId, raw_of
from tansiq.base.refusal import Refusal
from tansiq.model.kinds.tearline import Tearline
from tansiq.model.label import EVERYBODY, Label, Party, label
from tansiq.work.leak_check import Above
from tansiq.work.let_go import let_go
from tansiq.work.originator import grant
from tansiq.work.submit import Draft, submit, weighed
from tansiq.work.tearline import NewTearline, sign_line, tearline
from tests.simulate.desks import desk_at, steps
from tests.simulate.nodes import Node, World, world_of
from tests.work.nodes import done, put

AMONG = label(("DZ", "ML", "NE"))
PUBLIC = Label(level="open", audience=(EVERYBODY,))
BODY = Tearline(title="مقتطف", text="لا خطر على السكان")


def owned_by_three(folder: Path) -> tuple[World, Node, RecordId]:
    """An assessment of one party that rests on reports of two others, at all three nodes."""
    world = world_of(folder, ("DZ", "ML", "NE"))
    sources = [done(put(desk_at(world.nodes[code]), "بلاغ", under=AMONG)) for code in ("ML", "NE")]
    steps(world)
    home = world.nodes["DZ"]
    raw = tuple(raw_of(one) for one in sources)
    basis = done(put(desk_at(home), "تقدير", kind="assessment", under=AMONG, sources=raw))
    steps(world)
    return world, home, basis


def stopped(outcome: RecordId | Refusal) -> tuple[str, set[str]]:
    assert isinstance(outcome, Refusal)
    return outcome.reason, set(outcome.missing)


def extract(basis: RecordId, bears: Label, record_id: RecordId | None = None) -> Draft:
    above = Above(bases=(basis,))
    return Draft(kind="tearline/1", body=BODY, label=bears, above=above, record_id=record_id)


def test_every_door_refuses_an_extract_until_each_owner_has_let_it_go(tmp_path: Path) -> None:
    world, home, basis = owned_by_three(tmp_path)
    lacking = ("release.missing", {"ML", "NE"})
    new = NewTearline(title=BODY.title, text=BODY.text, label=PUBLIC)
    assert stopped(tearline(desk_at(home), basis, new)) == lacking
    assert stopped(sign_line(desk_at(home), extract(basis, PUBLIC))) == lacking
    assert [o.code for o in weighed(desk_at(home), extract(basis, PUBLIC))] == ["release.missing"]
    line = done(sign_line(desk_at(home), extract(basis, AMONG)))
    steps(world)
    assert stopped(submit(desk_at(home), extract(basis, PUBLIC, line))) == lacking
    assert stopped(grant(desk_at(home), line, [Party("FR")], title="إذن", reason="")) == lacking
    done(let_go(desk_at(world.nodes["ML"]), line, "إفراج"))
    steps(world)
    assert stopped(submit(desk_at(home), extract(basis, PUBLIC, line))) == ("release.missing", {"NE"})
    done(let_go(desk_at(world.nodes["NE"]), line, "إفراج"))
    steps(world)
    done(submit(desk_at(home), extract(basis, PUBLIC, line)))


def test_a_next_version_that_no_longer_says_its_sources_is_still_bound_by_them(tmp_path: Path) -> None:
    _, home, basis = owned_by_three(tmp_path)
    bare = put(desk_at(home), "تقدير", kind="assessment", under=PUBLIC, record_id=basis)
    assert isinstance(bare, Refusal)
    assert bare.reason == "record.widens"
    done(put(desk_at(home), "تقدير", kind="assessment", under=AMONG, record_id=basis))
