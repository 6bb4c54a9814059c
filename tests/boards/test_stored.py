"""The shelf over a store: what a reader sees, newest versions, nothing of what is hidden."""

from pathlib import Path
from typing import Any

import pytest

from tansiq.base.clock import millis
from tansiq.boards import stored
from tansiq.model.kinds.report import Report
from tansiq.model.label import label
from tansiq.search.shelved import Shelved, current_of
from tansiq.search.view import View
from tansiq.store.kept import Kept
from tansiq.store.store import ReadTx
from tansiq.work.objecting import shelf_of
from tansiq.work.open_record import open_record
from tests.store.making import Maker, tombstone
from tests.web.site import Site
from tests.work.nodes import make_node
from tests.work.test_open_record import receipts, received

OTHER = "0" * 26
LABEL = {"level": "restricted", "audience": ["ML", "NE"]}
VAGUE: dict[str, Any] = {
    "kind": "commitment",
    "title": "فريق حفر تحت التصرف",
    "fields": {"from_sentence": "في أقرب وقت ممكن", "owner": "ML"},
    "label": LABEL,
}

REPORT: dict[str, Any] = {"kind": "report", "title": "وصلت القافلة", "label": LABEL}


@pytest.fixture
def site(tmp_path: Path) -> Any:
    made = Site(tmp_path)
    with made.client:
        made.sign_in()
        yield made


def test_a_record_tells_where_it_stands_to_who_may_read_it(site: Site) -> None:
    made = site.api("/api/records", VAGUE, status=201)
    told = site.api(f"/api/records/{made['id']}/standing")
    assert {f["code"] for f in told["flags"]} == {"UNDATED", "MEANS_UNSPECIFIED"}
    assert [(c["name"], c["state"]) for c in told["clocks"]] == [("promise", "waiting")]
    rows = site.api("/api/clocks")["rows"]
    assert [(r["record"], r["name"]) for r in rows] == [(made["id"], "promise")]


def test_absent_and_hidden_have_one_answer(site: Site) -> None:
    hidden = site.api(
        "/api/records",
        VAGUE | {"label": LABEL | {"level": "secret"}, "kind": "report", "fields": {}},
        status=201,
    )
    site.sign_in("interpreter")
    answers = [
        site.client.get(f"/api/records/{one}/standing") for one in (hidden["id"], hidden["id"][:-1] + "0")
    ]
    assert [a.status_code for a in answers] in ([404, 404], [200, 404])
    if answers[0].status_code == 404:
        assert answers[0].content == answers[1].content


def test_the_page_says_it_in_the_readers_language(site: Site) -> None:
    made = site.api("/api/records", VAGUE, status=201)
    for lang, word in (("ar", "بلا أجل"), ("fr", "Sans échéance"), ("en", "Undated")):
        site.read_in(lang)  # type: ignore[arg-type]
        page = site.client.get(f"/record/{made['id']}").text
        assert word in page
        assert "⟦" not in page


def test_a_draft_is_weighed_without_being_signed(site: Site) -> None:
    assert site.api("/api/check", VAGUE)["objections"] == []
    assert site.api("/api/records?kind=commitment")["total"] == 0


def test_a_shelf_holds_the_current_version_alone(site: Site) -> None:
    made = site.api("/api/records", VAGUE, status=201)
    site.api(f"/api/records/{made['id']}/versions", VAGUE | {"title": "فريق حفر ثان"})
    desk = site.node.desk()
    with site.node.store.read() as rx:
        held = shelf_of(rx, desk).of("commitment")
        assert [(h.version, h.body.title) for h in held] == [(2, "فريق حفر ثان")]


def test_a_shelf_asks_for_no_kind_of_which_the_reader_has_no_record(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.api("/api/records", VAGUE, status=201)
    asked: list[str] = []

    def listed(rx: ReadTx, view: View, tag: str, **more: Any) -> tuple[Shelved, ...]:
        asked.append(tag)
        return current_of(rx, view, tag, **more)

    monkeypatch.setattr(stored, "current_of", listed)
    desk = site.node.desk()
    with site.node.store.read() as rx:
        shelf = shelf_of(rx, desk)
        assert [len(shelf.of(kind)) for kind in ("commitment", "mandate", "pledge")] == [1, 0, 0]
    assert asked == ["commitment/1"]


def test_a_receipt_is_no_answer_to_the_record_it_tells_of(tmp_path: Path) -> None:
    node = make_node(tmp_path, "NE")
    desk, record = node.desk("duty"), received(node)
    open_record(desk, record)
    assert len(receipts(node)) == 1
    with node.store.read() as rx:
        assert shelf_of(rx, desk).about(record) == ()


def held_now(site: Site, kept: Kept | None = None) -> list[tuple[str, str]]:
    """The reports on the duty officer's shelf now, with the versions' titles."""
    with site.node.store.read() as rx:
        if kept is not None:
            assert rx.core.kept is kept
        return [(h.id, h.body.title) for h in shelf_of(rx, site.node.desk()).of("report")]


def test_what_was_decoded_is_kept_from_one_shelf_to_the_next(site: Site) -> None:
    made = site.api("/api/records", REPORT, status=201)
    with site.node.store.read() as rx:
        kept = rx.core.kept
    first = held_now(site, kept)
    assert len(kept) == 1
    assert held_now(site, kept) == first == [(made["id"], REPORT["title"])]


def test_what_is_kept_is_shown_to_nobody_who_may_not_read_it(site: Site) -> None:
    site.api("/api/records", REPORT | {"label": LABEL | {"level": "secret"}}, status=201)
    assert len(held_now(site)) == 1
    with site.node.store.read() as rx:
        assert len(rx.core.kept) == 1
        shelf = shelf_of(rx, site.node.desk("interpreter"))
        assert shelf.of("report") == shelf.stating("lot", "report") == ()
        assert shelf.values("lot", "report") == ()


def test_a_narrowed_record_leaves_the_shelf_though_it_is_kept(site: Site) -> None:
    made = site.api("/api/records", REPORT, status=201)
    assert len(held_now(site)) == 1
    narrow = REPORT | {"label": LABEL | {"level": "secret"}, "title": "مضيّق"}
    site.api(f"/api/records/{made['id']}/versions", narrow)
    with site.node.store.read() as rx:
        assert shelf_of(rx, site.node.desk("interpreter")).of("report") == ()
    assert held_now(site) == [(made["id"], "مضيّق")]


def test_a_withdrawn_record_is_kept_no_more(site: Site) -> None:
    body = Report(title="مسحوب")
    record = Maker("مسحوب")(body=body, originator="NE", bears=label(["ML", "NE"]))
    with site.node.store.write() as tx:
        tx.append(record, received_ms=millis(site.node.clock.now()))
    assert len(held_now(site)) == 1
    with site.node.store.write() as tx:
        tx.bury(record.header.id, (), tombstone(record, version=0))
    with site.node.store.read() as rx:
        assert len(rx.core.kept) == 0
    assert held_now(site) == []


def test_a_field_is_asked_for_without_opening_the_records(site: Site) -> None:
    lots = [site.api("/api/records", REPORT | {"fields": {"lot": name}}, status=201) for name in ("أ", "ب")]
    site.api("/api/records", REPORT, status=201)
    with site.node.store.read() as rx:
        shelf = shelf_of(rx, site.node.desk())
        said = dict(shelf.values("lot", "report", "arms-item"))
        assert said == {"أ": lots[0]["id"], "ب": lots[1]["id"]}
        assert len(rx.core.kept) == 0
        assert {h.id for h in shelf.stating("lot", "report")} == {one["id"] for one in lots}


def test_what_points_to_many_records_is_the_same_asked_singly_or_at_once(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [site.api("/api/records", VAGUE, status=201)["id"] for _ in range(6)]
    for n, one in enumerate(made):
        for role in ("about", "report")[: n % 3]:
            site.api("/api/records", REPORT | {"refs": [{"role": role, "to": one}]}, status=201)

    def told() -> list[tuple[list[str], list[str]]]:
        with site.node.store.read() as rx:
            shelf = shelf_of(rx, site.node.desk())
            ids = [h.id for h in shelf.of("commitment")]
            return [([h.id for h in shelf.about(i)], [h.id for h in shelf.about(i, "about")]) for i in ids]

    at_once = told()
    assert sorted(len(every) for every, _ in at_once) == [0, 0, 1, 1, 2, 2]
    monkeypatch.setattr(stored, "ASKED_SINGLY", 100)
    assert told() == at_once
