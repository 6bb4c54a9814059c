"""Label decisions a second: ``permits`` beside Cedar, Casbin and a bare comparison of sets.

Cedar and Casbin decide by the same rules on the same labels, pre-parsed and in the quickest form that each
offers; every answer of theirs must be ours, or the measure is void.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import casbin
import cedarpy

from tansiq.base.clock import millis
from tansiq.base.ids import SeededEntropy
from tansiq.model.label import EVERYBODY, LEVELS, Label, label
from tansiq.policy.permits import Reader, permits, permitted_ids

PARTIES = ("DZ", "ML", "MR", "NE", "JSC", "BF", "LY", "TD", "FR", "US", "OMB")
NOW = datetime(2031, 3, 1, tzinfo=UTC)


def labels(count: int) -> list[Label]:
    """Return labels of all sorts, drawn by seed."""
    draw = SeededEntropy("بيانات التداول")
    found = []
    for _ in range(count):
        bits = draw.take(4)
        audience = [p for n, p in enumerate(PARTIES) if int.from_bytes(bits[:2], "big") >> n & 1] or ["DZ"]
        until = NOW + timedelta(hours=bits[2] - 60) if bits[2] % 3 == 0 else None
        cells = ["HOSTAGE"] if bits[3] % 5 == 0 else []
        uses = ["judicial"] if bits[3] % 7 == 0 else []
        found.append(label(audience, level="restricted", compartments=cells, uses=uses, until=until))
    return found


def _rate(count: int, began: float) -> float:
    return count / (time.perf_counter() - began)


CEDAR = """
permit (principal, action, resource) when {
  (resource.audience.contains(principal.party) || resource.audience.contains("*")) &&
  resource.level <= principal.clearance &&
  principal.compartments.containsAll(resource.compartments) &&
  (resource.uses.isEmpty() || principal.uses.containsAny(resource.uses)) &&
  context.now < resource.until
};
"""
CASBIN = """
[request_definition]
r = sub, obj, now
[policy_definition]
p = sub
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = permitted(r.sub, r.obj, r.now)
"""
FOREVER_MS = 2**53


def cedar(every: Sequence[Label], reader: Reader) -> Callable[[], list[bool]]:
    """Return Cedar's decisions on all labels at once, its policy and entities parsed beforehand."""
    who = {
        "party": reader.party,
        "clearance": LEVELS.index(reader.clearance),
        "compartments": sorted(reader.compartments),
        "uses": sorted(reader.uses),
    }
    things = [{"uid": {"type": "R", "id": "reader"}, "attrs": who, "parents": []}]
    for n, each in enumerate(every):
        attrs = {
            "audience": each.audience,
            "level": LEVELS.index(each.level),
            "compartments": each.compartments,
            "uses": each.uses,
            "until": FOREVER_MS if each.until_ms is None else each.until_ms,
        }
        things.append({"uid": {"type": "L", "id": str(n)}, "attrs": attrs, "parents": []})
    policies = cedarpy.PolicySet.from_str(CEDAR)
    entities = cedarpy.Entities.from_json_str(json.dumps(things))
    now = {"now": millis(NOW)}
    asked = [
        {"principal": 'R::"reader"', "action": 'A::"read"', "resource": f'L::"{n}"', "context": now}
        for n in range(len(every))
    ]

    def decide() -> list[bool]:
        return [bool(a.allowed) for a in cedarpy.is_authorized_batch(asked, policies, entities)]

    return decide


def _casbin_rule(reader: Reader, bears: Label, now_ms: int) -> bool:
    return (
        (reader.party in bears.audience or EVERYBODY in bears.audience)
        and LEVELS.index(bears.level) <= LEVELS.index(reader.clearance)
        and reader.compartments.issuperset(bears.compartments)
        and (not bears.uses or not reader.uses.isdisjoint(bears.uses))
        and (bears.until_ms is None or now_ms < bears.until_ms)
    )


def with_casbin(every: Sequence[Label], reader: Reader) -> Callable[[], list[bool]]:
    """Return Casbin's decisions one by one, the rule a function of the matcher."""
    model = casbin.Model()
    model.load_model_from_text(CASBIN)
    enforcer = casbin.Enforcer(model)
    enforcer.add_function("permitted", _casbin_rule)
    enforcer.add_policy("*")
    now_ms = millis(NOW)
    return lambda: [bool(enforcer.enforce(reader, each, now_ms)) for each in every]


def _peer(name: str, decide: Callable[[], list[bool]], ours: list[bool], our_rate: float) -> None:
    began = time.perf_counter()
    found = decide()
    rate = _rate(len(ours), began)
    if found != ours:
        raise AssertionError(f"{name} decides otherwise than we do")
    print(f"{name:18}{rate:12,.0f} /s   ours is {our_rate / rate:,.0f} times that")


def main() -> None:
    """Print decisions a second, those of peers, and the time for the ids of 3,000 labels."""
    every = labels(3_000)
    reader = Reader(label(["NE"]).audience[0], compartments=frozenset({"HOSTAGE"}))
    began = time.perf_counter()
    for _ in range(30):
        for each in every:
            permits(each, reader, now=NOW)
    ours = _rate(30 * len(every), began)
    sets = [(frozenset(e.audience), frozenset(e.compartments)) for e in every]
    began = time.perf_counter()
    for _ in range(30):
        for audience, cells in sets:
            _ = "NE" in audience and cells <= reader.compartments
    floor = _rate(30 * len(every), began)
    began = time.perf_counter()
    permitted_ids(dict(enumerate(every)), reader, now=NOW)
    spent_ms = (time.perf_counter() - began) * 1000
    print(f"label decisions   {ours:12,.0f} /s   (bare set test {floor:,.0f} /s)")
    answers = [bool(permits(each, reader, now=NOW)) for each in every]
    _peer("cedarpy", cedar(every, reader), answers, ours)
    _peer("casbin", with_casbin(every, reader), answers, ours)
    print(f"ids of 3,000 labels {spent_ms:8.2f} ms")


if __name__ == "__main__":
    main()
