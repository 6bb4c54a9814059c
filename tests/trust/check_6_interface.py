"""The JSON interface under schemathesis: whatever four roles send, no fault and nothing unlabelled.

Requests are made from the OpenAPI document of the interface; an answer must have the form the document
gives it, every record in it bears its label, and a refusal says its code and words.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import jsonschema
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.core import NotSet
from schemathesis.core.result import Ok

from tansiq.policy.clearance import OfficerRole
from tansiq.web.cookies import session_name
from tests.trust.hidden import site_with
from tests.trust.openapi import FAULT, STATUSES, answer_of, document
from tests.trust.result import Result, Size
from tests.web.site import Site
from tests.work.nodes import done, put

ROLES: Final[tuple[OfficerRole, ...]] = ("duty", "release", "auditor", "interpreter")
RECORD: Final = frozenset({"id", "kind", "title", "originator"})
"""What makes a JSON object a record: it must say its label."""


def run(size: Size, folder: Path) -> Result:
    """Send what schemathesis makes of the document."""
    examples = 150 if size == "full" else 2
    result, faults = Result(), list[Exception]()
    site, hidden = site_with(folder, 9)
    object.__setattr__(site.wiring, "log_fault", faults.append)
    with site.client:
        there = [done(put(site.node.desk("release"), f"تقرير {n}", to=("ML", "NE"))) for n in range(3)]
        schema = schemathesis.openapi.from_dict(document([*there, hidden[0].id, hidden[2].id]))
        for found in schema.get_all_operations():
            if isinstance(found, Ok):
                ask(site, result, found.ok(), examples)
        records_carry_labels(site, result)
    result.must(not faults, f"faults nobody foresaw: {[repr(f)[:200] for f in faults[:5]]}")
    site.node.store.close()
    return result


def ask(site: Site, result: Result, operation: Any, examples: int) -> None:
    """Send so many requests of one operation, each as every role."""

    seats: dict[OfficerRole, str] = {}

    @seed(6)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(), st.randoms(use_true_random=False))
    def send(case: Any, drawn: random.Random) -> None:
        for role in ROLES:
            seated(site, role, seats)
            site.read_in(drawn.choice(["ar", "fr", "en"]))
            answer = sent(site, case)
            if answer.status_code == 401:
                seats.pop(role)
            judge(result, operation, answer, role)

    send()
    result.count("operations")


def seated(site: Site, role: OfficerRole, seats: dict[OfficerRole, str]) -> None:
    """Go on with a role's session; begin one where there is none."""
    name = session_name(site.wiring)
    site.client.cookies.clear()
    if role in seats:
        site.client.cookies.set(name, seats[role])
        return
    site.sign_in(role)
    seats[role] = site.client.cookies[name]


def sent(site: Site, case: Any) -> Any:
    """Send one request."""
    path = case.path
    for name, value in (case.path_parameters or {}).items():
        path = path.replace(f"{{{name}}}", quote(str(value), safe="") or "x")
    body = {} if isinstance(case.body, NotSet) else {"json": case.body}
    return site.client.request(case.method, path, params=case.query or {}, follow_redirects=False, **body)


def judge(result: Result, operation: Any, answer: Any, role: str) -> None:
    """An answer has its form; every record in it its label."""
    result.count("requests")
    where = f"{operation.label} as {role}: {answer.status_code}"
    result.must(answer.status_code < 500, f"{where} {answer.text[:200]}")
    if answer.status_code == 204 or answer.status_code >= 500:
        return
    try:
        said = answer.json()
    except ValueError:
        result.must(
            answer.status_code == 404 and "/" in operation.path, f"{where}: no JSON: {answer.text[:100]}"
        )
        return
    good = str(answer.status_code) in STATUSES
    result.count("answered" if good else "refused")
    for error in form_of(operation.definition.raw["operationId"] if good else "").iter_errors(said):
        result.must(False, f"{where}: {error.message[:200]}")
    for bare in unlabelled(said):
        result.must(False, f"{where}: a record without a label: {bare}")


@cache
def form_of(operation_id: str) -> jsonschema.Draft202012Validator:
    """Return the form of an operation's answer; of a refusal, where none is named."""
    return jsonschema.Draft202012Validator(answer_of(operation_id) if operation_id else FAULT)


def unlabelled(said: Any) -> Iterator[Any]:
    """Yield every record in an answer that does not say its label."""
    if isinstance(said, dict):
        if said.keys() >= RECORD and not (
            isinstance(said.get("label"), dict) and said["label"].get("audience")
        ):
            yield said.get("id")
        for value in said.values():
            yield from unlabelled(value)
    elif isinstance(said, list):
        for value in said:
            yield from unlabelled(value)


def records_carry_labels(site: Site, result: Result) -> None:
    """The lists did hold records, and one whose label is taken away is found."""
    site.sign_in("release")
    rows = site.api("/api/records")["rows"]
    result.must(bool(rows) and not list(unlabelled(rows)), "no records to look at")
    result.must(
        list(unlabelled([{**rows[0], "label": None}])) == [rows[0]["id"]], "an unlabelled one is not seen"
    )
