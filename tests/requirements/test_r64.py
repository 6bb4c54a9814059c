"""R64: official statements and denials: role, date, channel; an opposite report is no edit."""

from typing import Any

from tests.requirements.office import FOUR, day, sign, standing
from tests.web.site import Site

LABEL = {"level": "restricted", "audience": [*FOUR]}


def register(office: Site) -> dict[str, dict[str, object]]:
    return {s["record"]: s for s in office.api("/api/boards/communiques")["statements"]}


def test_r64_statements_are_listed_with_role_date_and_channel(office: Site) -> None:
    """The ministry on the meeting of August 2009; the chief of staff on the "strategic wager"."""
    first = sign(
        office,
        "statement-official",
        "وصف اجتماع تمنراست",
        party="DZ",
        speaker_role="وزارة الدفاع",
        made=day("2009-08-13"),
        outlet="بيان رسمي",
        statement_act="announcement",
        quoted="اجتماع تنسيقي ضد الجريمة المنظمة",
    )
    second = sign(
        office,
        "statement-official",
        "الرهان الاستراتيجي",
        party="DZ",
        speaker_role="رئيس الأركان",
        made=day("2010-04-12"),
        outlet="وكالة الأنباء الرسمية",
        statement_act="statement",
    )
    rows = register(office)
    assert [(rows[x]["speaker_role"], rows[x]["channel"], rows[x]["unknown"]) for x in (first, second)] == [
        ("وزارة الدفاع", "بيان رسمي", []),
        ("رئيس الأركان", "وكالة الأنباء الرسمية", []),
    ]
    assert "الرهان الاستراتيجي" in office.get("/communiques")


def test_r64_a_reported_denial_shows_speaker_date_and_channel_as_unknown(office: Site) -> None:
    """Said by an anonymous source: nobody knows who denied, when, where."""
    made = sign(
        office,
        "statement-official",
        "نفي عمليات أمنية",
        party="DZ",
        statement_act="reported-denial",
        quoted="لم تُنفَّذ عمليات",
    )
    row = register(office)[made]
    assert (row["act"], row["unknown"]) == ("reported-denial", ["speaker_role", "made", "outlet"])
    assert office.get("/communiques").count("غير معروف") >= 3


def test_r64_a_later_opposite_report_opens_a_contradiction_and_edits_nothing(office: Site) -> None:
    """The denial stays as it was said; the report stands against it."""
    fields: dict[str, Any] = {"party": "DZ", "statement_act": "reported-denial", "quoted": "لم تُنفَّذ عمليات"}
    denial = sign(office, "statement-official", "نفي", **fields)
    report = sign(office, "report", "تقرير عن عملية أمنية", refs_={"opposes": denial})
    for one in (denial, report):
        opened = standing(office, one)["opens"]
        assert [(o["what"], o["parties"], o["between"]) for o in opened] == [
            ("contradiction", ["DZ"], [denial, report])
        ]
    turned = {
        "kind": "statement-official",
        "title": "نفي",
        "label": LABEL,
        "fields": fields | {"quoted": "نُفِّذت"},
    }
    assert office.api(f"/api/records/{denial}/versions", turned, status=422)["code"] == "statement.edited"
    assert office.api(f"/api/records/{denial}")["version"] == 1
