"""The shelf over a store: what a reader sees, newest versions, nothing of what is hidden."""

from pathlib import Path
from typing import Any

import pytest

from tansiq.boards import stored
from tansiq.search.shelved import Shelved, current_of
from tansiq.search.view import View
from tansiq.store.store import ReadTx
from tansiq.work.objecting import shelf_of
from tansiq.work.open_record import open_record
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
