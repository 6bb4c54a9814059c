"""Nothing that leaves tells a hidden record from one that is not there: every exit that takes an id."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tansiq.policy.clearance import OfficerRole
from tansiq.web.exits import EXITS, Exit
from tests.web.site import Site
from tests.work.nodes import done, put

ABSENT = "01c16397-ab00-747e-9516-fe7fe687dcf4"
BY_ID = [e for e in EXITS if "{id}" in e.path]
LABELS: list[dict[str, Any]] = [
    {"level": "restricted", "audience": ["FR", "ML", "NE"]},
    {"level": "open", "audience": ["EVERYBODY"]},
    {"audience": ["BF", "ML"], "compartments": ["ORYX"]},
]
POINTING: list[dict[str, Any]] = [
    {"kind": "report", "sources": ["ID"]},
    {"kind": "report", "derived_from": ["ID"]},
    {"kind": "report", "refs": [{"role": "about", "to": "ID"}]},
    {"kind": "contradiction", "fields": {"first": "ID"}},
    {"kind": "recall", "fields": {"record": "ID", "reason": "x"}},
    {"kind": "grant", "fields": {"record": "ID", "to": ["FR"], "reason": "x"}},
]


@dataclass
class Both:
    """A node with a record that its officers may not see; ``hidden`` is its id."""

    site: Site
    hidden: str

    def same(self, method: str, path: str, **sent: Any) -> int:
        """Ask for the hidden and for the absent id; the answers must be one. Return the status."""
        there, absent = (self._asked(method, path, sent, each) for each in (self.hidden, ABSENT))
        assert there == absent, (method, path)
        return int(there[0])

    def _asked(
        self, method: str, path: str, sent: Any, record: str
    ) -> tuple[int, str, list[tuple[str, str]]]:
        raw = msgspec.json.encode(sent).replace(b"ID", record.encode())
        given = msgspec.json.decode(raw)
        answer = self.site.client.request(method, path.replace("ID", record), follow_redirects=False, **given)
        headers = sorted((k, v.replace(record, "ID")) for k, v in answer.headers.items())
        return answer.status_code, answer.text.replace(record, "ID"), headers


@pytest.fixture(params=["release", "auditor"])
def both(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Both]:
    role: OfficerRole = request.param
    site = Site(tmp_path)
    with site.client:
        inside = site.node.desk("release", compartments=("ORYX",))
        done(put(site.node.desk("release"), "ظاهر"))
        hidden = done(put(inside, "سرّ", to=("BF", "ML"), compartments=("ORYX",)))
        site.sign_in(role)
        yield Both(site, hidden)


def sent_to(exit_: Exit, csrf: str) -> dict[str, Any]:
    """A request that would do something if the record were there."""
    if exit_.method == "GET":
        return {}
    if exit_.path.startswith("/api/"):
        return {"json": {"kind": "report", "title": "x", "label": LABELS[0]}}
    form = {"_csrf": csrf, "title": "x", "text": "x", "reason": "x", "to": "FR"}
    return {"data": form | {"f.title": "x", "l.audience": "ML", "l.level": "restricted"}}


def test_every_exit_that_takes_an_id_answers_hidden_as_absent(both: Both) -> None:
    csrf = both.site.csrf()
    for each in BY_ID:
        path = each.path.replace("{id}", "ID").replace("{digest}", "0" * 64)
        assert both.same(each.method, path, **sent_to(each, csrf)) in (403, 404, 422), path


@pytest.mark.parametrize("place", ["q", "show", "from", "text", "after"])
def test_no_question_tells_hidden_from_absent(both: Both, place: str) -> None:
    value = "1923000000000.ID" if place == "after" else "ID"
    for page in ("/", "/today", "/inbox", "/search", "/map", "/records/report", "/records/report/new"):
        both.same("GET", f"{page}?{place}={value}")
    both.same("GET", f"/api/records?{place}={value}")
    both.same("GET", f"/api/search?{place}={value}")


@pytest.mark.parametrize("label", LABELS)
def test_what_points_to_the_hidden_is_refused_as_what_points_to_nothing(
    both: Both, label: dict[str, Any]
) -> None:
    for said in POINTING:
        assert both.same("POST", "/api/records", json=said | {"title": "x", "label": label}) == 422
