"""A kind declared in ten lines is stored, listed, written, corrected, searched, exported: no other change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tansiq.base.clock import millis
from tansiq.model.kind import CATALOGUE, Body, Words, declare
from tansiq.model.senses import Count, Name, Where
from tansiq.model.strict import parse_fields
from tansiq.search.query import find
from tansiq.search.view import View
from tests.simulate.nodes import world_of
from tests.web.site import Site


@pytest.fixture
def well() -> Iterator[str]:
    @declare("information", ar="بئر", fr="Puits", en="Well", help=Words("بئر ماء", "Un puits", "A well"))
    class Well(Body, frozen=True, kw_only=True, omit_defaults=True, tag="well/1"):
        """A well: who keeps it, how deep, where."""

        keeper: Name | None = None
        depth_m: Count | None = None
        where: Where | None = None

    yield "well"
    del CATALOGUE["well/1"]


@pytest.mark.parametrize("lang", ["ar", "fr"])
def test_a_kind_declared_in_ten_lines_is_at_home_everywhere(tmp_path: Path, well: str, lang: str) -> None:
    site = Site(tmp_path)
    with site.client:
        site.sign_in("duty", lang)  # type: ignore[arg-type]
        assert 'name="f.depth_m"' in site.get(f"/records/{well}/new")
        where = {"f.where.name": "تين زاوتين", "f.where.lat_e7": "19.96", "f.where.lon_e7": "2.97"}
        data = {"f.title": "بئر الحدود", "f.keeper": "عائلة الراعي", "f.depth_m": "40", **where}
        label = {"l.level": "restricted", "l.audience": ["NE"]}
        made = site.post(f"/records/{well}/new", data | label).headers["location"]
        assert "عائلة الراعي" in site.get(made)
        assert "بئر الحدود" in site.get(f"/records/{well}")
        assert made in site.get("/search?q=الراعي")
        assert "تين زاوتين" in site.get("/map")
        site.post(f"{made}/edit", data | label | {"f.depth_m": "42"})
        exported = site.api(f"/api/records/{made.rpartition('/')[2]}")
        assert exported["fields"]["depth_m"] == 42
        assert exported["version"] == 2
        assert site.api(f"/api/schema/{well}")["$defs"]


def test_a_kind_declared_in_ten_lines_travels_sealed_to_another_node(tmp_path: Path, well: str) -> None:
    world = world_of(tmp_path, ("DZ", "ML", "NE"))
    kind = CATALOGUE[f"{well}/1"]
    body = parse_fields(kind, {"title": "بئر الحدود", "depth_m": 40, "keeper": "عائلة الراعي"})
    sent = world["ML"].write(["NE"], body=body)
    world.settle()
    with world["NE"].store.read() as rx:
        held = rx.record(sent.header.id)
        view = View(world["NE"].store, frozenset(rx.labels()), millis(world.clock.now()))
        found = [row.id for row in find(rx, view, "الراعي").rows]
    assert held is not None
    assert held.body == body
    assert found == [sent.id]
    assert sent.header.id not in world["DZ"].ids()
    world.close()
