"""R51: initiatives from outside are listed with convener, invitees, status and each member's position."""

from __future__ import annotations

from pathlib import Path

from tansiq.boards import aspect_of
from tansiq.model.kinds.ext_request import ExtRequest
from tests.boards.diplomacy.mandated import told
from tests.boards.pile import Pile
from tests.web.site import Site

FOUR = {"level": "restricted", "audience": ["DZ", "ML", "MR", "NE"]}
PARALLEL = [
    ("ندوة جهوية", "فرنسا", ["DZ", "ML", "MR", "NE"], "proposed"),
    ("اجتماع خبراء", "مجموعة الثماني", ["دول الساحل", "المغرب"], "took-place"),
    ("تحالف إقليمي", "الولايات المتحدة", ["DZ"], "wanted"),
]


def test_r51_three_outside_initiatives_are_listed_with_each_members_position(tmp_path: Path) -> None:
    site = Site(tmp_path, "ML")
    with site.client:
        site.sign_in("duty")
        for title, convener, invitees, state in PARALLEL:
            fields = {"convener": convener, "invitees": invitees, "initiative_state": state}
            made = {"kind": "initiative", "title": title, "label": FOUR, "fields": fields}
            last = site.api("/api/records", made, status=201)
        given = {"kind": "position", "title": "موقف", "label": FOUR,
                 "fields": {"on": last["id"], "position": "objection"}}  # fmt: skip
        site.api("/api/records", given, status=201)
        rows = site.api("/api/boards/initiatives")["rows"]
        assert sorted((r["title"], r["convener"], r["state"]) for r in rows) == sorted(
            (title, convener, state) for title, convener, _, state in PARALLEL
        )
        alliance = next(r for r in rows if r["title"] == "تحالف إقليمي")
        stands = {p["party"]: p["word"] for p in alliance["positions"]}
        assert stands == {"DZ": "awaited", "ML": "objection", "MR": "awaited", "NE": "awaited"}
        page = site.get("/initiatives")
        assert all(title in page for title, *_ in PARALLEL)


def test_r51_a_request_that_costs_or_lies_outside_the_region_opens_an_entry_for_the_four() -> None:
    pile = Pile()
    asked = pile.put(
        ExtRequest(title="Participation", theatre="outside Maghreb and Sahel", cost_share=True), "US"
    )
    opened = aspect_of(asked, pile).opens[0]
    assert (opened.what, opened.parties) == ("initiative", ("DZ", "ML", "MR", "NE"))
    assert told(pile, asked)["position:NE"] == "awaited"
    inside = pile.put(ExtRequest(title="Information", theatre="Sahel", wants="agenda"), "US")
    assert aspect_of(inside, pile).opens == ()
