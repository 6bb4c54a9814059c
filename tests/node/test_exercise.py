"""An exercise over a real federation: a day's cut, a recall, the public page; one wrong expectation."""

import asyncio
from pathlib import Path

import msgspec
import pytest

from tansiq.node.exercise.director import Director
from tansiq.node.exercise.report import Report
from tansiq.node.exercise.script import load
from tansiq.node.exercise.stage import staged

pytestmark = [pytest.mark.edge, pytest.mark.xdist_group("federation")]
NODES = ("DZ", "ML", "NE", "FR")


def inject(
    id_: str, hour: int, node: str, release: list[str], visible: str, **more: object
) -> dict[str, object]:
    seen = visible.split()
    return {
        "id": id_,
        "t_offset_hours": hour,
        "node": node,
        "kind": "report",
        "lang": "ar",
        "title": f"تمرين {id_}: إفادة من المركز",
        "text": f"تمرين. نص الإفادة {id_} عن حركة القوافل قرب الحدود.",
        "label": {"release": release, "handling": []},
        "visible_to": seen,
        "hidden_from": [p for p in (*NODES, "PUBLIC") if p not in seen],
        **more,
    }


def script(folder: Path, injects: list[dict[str, object]], courier: dict[str, object] | None = None) -> Path:
    meta = {
        "name": "تمرين القطع",
        "startex_utc": "2031-03-01T06:00Z",
        "duration_hours": 72,
        "nodes": {p: {"role": "partner" if p == "FR" else "member", "lang": ["ar"]} for p in NODES}
        | {"PUBLIC": {"role": "not a node"}},
        "circles": {"C3": ["DZ", "ML", "NE"], "PUBLIC": [*NODES, "PUBLIC"]},
        "handling_codes": {"CASE": {"as": "compartment"}, "HIDDEN": {"as": "charter"}},
        "link_events": [{"node": "NE", "from_h": 10, "to_h": 34, "courier": courier}],
    }
    path = folder / "script.json"
    path.write_bytes(msgspec.json.encode({"meta": meta, "injects": injects}))
    return path


def played(path: Path, folder: Path) -> Report:
    async def play() -> Report:
        read = load(path)
        async with staged(read, folder, lambda _: None) as stage:
            return await Director(read, stage, lambda _: None).run()

    return asyncio.run(play())


def test_after_a_day_without_a_link_everyone_sees_what_he_must_and_a_wrong_expectation_is_broken(
    tmp_path: Path,
) -> None:
    case = {"release": ["ML"], "handling": ["CASE", "HIDDEN"]}
    path = script(
        tmp_path,
        [
            inject("A-1", 1, "DZ", ["C3"], "DZ ML NE"),
            inject("A-2", 2, "ML", ["NE"], "ML NE"),
            inject("A-3", 11, "DZ", ["C3"], "DZ ML NE"),
            inject("A-4", 12, "NE", ["C3"], "DZ ML NE"),
            inject("A-5", 13, "NE", [], "ML NE", label=case),
            inject("A-6", 20, "ML", ["PUBLIC"], "DZ ML NE FR PUBLIC"),
            inject("A-7", 21, "DZ", ["C3"], "DZ ML NE", kind="recall", fields={"recalls": "A-3"}),
            inject("B-1", 36, "DZ", ["C3"], "DZ ML", hidden_from=["NE", "FR", "PUBLIC"]),
            inject("A-8", 40, "DZ", ["C3", "FR"], "DZ ML NE FR", kind="no-such-kind", fields={"odd": 7}),
        ],
    )
    report = played(path, tmp_path / "nodes")
    assert ("NE", "broken") in report.line("B-1").hidden
    assert ("FR", "held") in report.line("B-1").hidden
    assert report.broken == 1, [i.why for i in report.injects if i.why]
    assert report.totals["visible held"] >= 20
    assert report.totals["hidden held"] >= 10
    assert report.line("A-8").kind_missing
    assert "odd" in report.line("A-8").particulars


def test_a_courier_brings_what_a_cut_node_lacks_and_nothing_twice(tmp_path: Path) -> None:
    said = [{"bundle": "B-1", "replay": True}, {"bundle": "B-X", "claims_from": "ML", "signature": "unknown"}]
    path = script(
        tmp_path,
        [
            inject(
                "K-1", 12, "DZ", ["C3"], "DZ ML NE",
                checks=[{"verb": "arrival", "node": "NE", "never": True}],
            ),
            inject(
                "K-2", 14, "DZ", ["C3"], "DZ ML NE", kind="recall", fields={"recalls": "K-1"},
                checks=[{"verb": "purged", "of": "K-1", "nodes": ["ML"]}],
            ),
            inject(
                "K-3", 16, "ML", ["NE"], "ML NE", director={"arrival": {"NE": 26}},
                checks=[{"verb": "arrival", "node": "NE", "not_before_h": 26},
                        {"verb": "hidden_item", "of": "self", "nodes": ["DZ"]}],
            ),
            inject(
                "K-4", 26, "NE", [], "NE", kind="parcel", fields={"presented": said},
                checks=[
                    {"verb": "state_equal", "node": "NE", "as_if": "online"},
                    {"verb": "gap", "of": "K-1", "reason": "recalled", "at": "ML"},
                    {"verb": "refused", "reason": "replay", "at": "NE"},
                    {"verb": "refused", "reason": "bad signature", "at": "NE"},
                    {"verb": "notified", "how": "alert", "nodes": ["ML"]},
                    {"verb": "property", "name": "duplicates", "equals": 0, "after_h": 34, "at": "NE"},
                ],
            ),
        ],
        courier={"bundle": "B-1", "leaves_h": 20, "arrives_h": 26, "carrier": "DZ"},
    )  # fmt: skip
    report = played(path, tmp_path / "nodes")
    checks = {(i.id, c.verb, c.result) for i in report.injects for c in i.checks}
    assert {result for _, _, result in checks} == {"held"}, checks
    assert report.broken == 0, [i.why for i in report.injects if i.why]
