"""R21: dossiers of groups on evidence, never of private persons; a name is searched for a purpose."""

from __future__ import annotations

import re
from typing import Any, Final

import pytest

from tests.requirements.office import FOUR, facts, refused, sign
from tests.web.site import Site

ALLIED: Final[dict[str, Any]] = {
    "relation_type": "allied-with",
    "subject": "الجماعة المسلحة",
    "object": "سماسرة التهريب",
}
SAID: Final = "الجماعة حليفة لسماسرة تهريب البشر والسلاح على الشريط الحدودي"


GRADE: Final = re.compile(r"<b>C</b>.{0,40}<b>3</b>|>C3<|>C 3<", re.DOTALL)


def group(office: Site) -> str:
    """A dossier of a group."""
    return sign(office, "entity", "الجماعة المسلحة في الشمال", subject_type="group")


def statement(office: Site, to: tuple[str, ...] = FOUR, **more: Any) -> str:
    """What a source said of the alliance, with its grade."""
    return sign(
        office,
        "statement",
        "قول عن حلف مع المهربين",
        to,
        statement_type="claim",
        predicate=SAID,
        grade={"reliability": "C", "credibility": "3"},
        **more,
    )


def test_r21_the_relation_opens_its_statements_and_grades(office: Site) -> None:
    """ "Group allied with traffickers" opens what it rests on, sentence by sentence, each with its grade."""
    subject, said = group(office), statement(office)
    made = sign(office, "relation", "حلف الجماعة مع المهربين", sources_=[said], subject_ref=subject, **ALLIED)
    assert facts(office, made)["evidence"] == 1
    page = office.get(f"/record/{made}")
    shown = page[page.index('id="evidence"') :]
    assert SAID in shown
    assert f'href="/record/{said}"' in shown
    assert GRADE.search(shown)
    assert f'href="/record/{made}"' in office.get(f"/record/{subject}")


def test_r21_without_a_source_it_cannot_be_saved(office: Site) -> None:
    """No source, a source in words alone, a source nobody may see: the same refusal."""
    answer = refused(office, "relation", "حلف الجماعة مع المهربين", **ALLIED)
    assert (answer["code"], answer["clause"]) == ("relation.no-evidence", "R21")
    worded = refused(office, "relation", "حلف الجماعة مع المهربين", evidence="كما قيل في الصحف", **ALLIED)
    assert worded["code"] == "relation.no-evidence"
    unknown = "01900000-0000-7000-8000-00000000abcd"
    lost = refused(office, "relation", "حلف الجماعة مع المهربين", sources_=[unknown], **ALLIED)
    assert lost["code"] == "record.source-unknown"


def test_r21_another_dossier_is_no_evidence(office: Site) -> None:
    answer = refused(office, "relation", "حلف", sources_=[group(office)], **ALLIED)
    assert answer["code"] == "relation.no-evidence"


def test_r21_the_relation_is_no_wider_than_its_evidence(office: Site) -> None:
    said = statement(office, ("ML", "NE"))
    answer = refused(office, "relation", "حلف", sources_=[said], **ALLIED)
    assert answer["code"] == "record.widens"


@pytest.mark.parametrize("subject", ["group", "body", "place", "route", "role"])
def test_r21_a_dossiers_subject_is_a_group_body_place_route_or_role(office: Site, subject: str) -> None:
    assert sign(office, "entity", "محور التهريب عبر الشريط الحدودي", subject_type=subject)


@pytest.mark.parametrize(
    "name", ["محمد ولد سيد أحمد", "العقيد سليمان أغ حمادي", "Pierre Marchand", "Mokhtar Ould Brahim"]
)
@pytest.mark.parametrize("subject", ["group", "role"])
def test_r21_a_person_is_no_dossiers_subject(office: Site, name: str, subject: str) -> None:
    answer = refused(office, "entity", name, subject_type=subject)
    assert (answer["code"], answer["clause"]) == ("dossier.person", "R21")
    beside = refused(office, "entity", "ملف الجماعة", subject_type=subject, names=[{"form": name}])
    assert beside["code"] == "dossier.person"


def test_r21_a_dossier_says_what_its_subject_is(office: Site) -> None:
    answer = refused(office, "entity", "ملف بلا نوع")
    assert (answer["code"], answer["detail"]) == ("field.needed", "subject_type")


def test_r21_no_relation_is_drawn_to_a_person(office: Site) -> None:
    said = statement(office)
    answer = refused(office, "relation", "صلة", sources_=[said], **(ALLIED | {"object": "محمد ولد سيد أحمد"}))
    assert answer["code"] == "dossier.person"


@pytest.mark.parametrize("name", ["محمد ولد سيد أحمد", "Pierre Marchand", "pierre marchand"])
def test_r21_searching_a_personal_name_asks_its_purpose_whatever_is_stored(office: Site, name: str) -> None:
    """The question comes of the words alone: before and after a record holds the name, byte for byte."""
    before = office.client.get("/api/search", params={"q": name})
    page = office.client.get("/search", params={"q": name}).text
    sign(office, "report", f"شهادة عن {name}", text=f"قال {name} إن الطريق مقطوع")
    after = office.client.get("/api/search", params={"q": name})
    assert before.status_code == after.status_code == 422
    assert before.json()["code"] == "search.purpose"
    assert before.content == after.content
    assert page == office.client.get("/search", params={"q": name}).text
    assert 'name="purpose"' in page
    found = office.api(f"/api/search?q={name}&purpose=قضية رهينة")
    assert len(found["rows"]) == 1


def test_r21_the_search_stands_in_the_journal_with_its_purpose(office: Site) -> None:
    office.get("/search?q=محمد ولد سيد أحمد&purpose=طلب عائلة الرهينة")
    office.get("/search?q=محمد ولد سيد أحمد&purpose=طلب عائلة الرهينة")
    with office.node.store.read() as rx:
        entries = [e for e in rx.journal_entries(50) if e.act == "search"]
    assert len(entries) == 2
    assert all("طلب عائلة الرهينة" in e.detail and "محمد" not in e.detail for e in entries)


def test_r21_what_is_no_persons_name_is_searched_as_ever(office: Site) -> None:
    sign(office, "report", "صواريخ ليبيا المفقودة")
    for words in ("صواريخ ليبيا", "missiles", "حسن الجوار", "كيدال", "وزير الخارجية"):
        assert office.client.get("/api/search", params={"q": words}).status_code == 200


NAMING: Final = (
    "خطف مسلحون المهندس سليمان ولد حمادي قرب غاو يوم 3 مارس 2031.\n"
    "وقال وزير الدفاع المالي إن الجيش يبحث عن الخاطفين."
)


def persons(office: Site, made: str) -> dict[str, str]:
    """The persons of a draft, by name: their address."""
    actors = office.api(f"/api/intake/{made}")["machine"]["actors"]
    return {a["canonical"]: f"actors.{n}" for n, a in enumerate(actors) if a["kind"] == "person"}


def released(office: Site, made: str) -> str:
    """What the released report says in its fields, its text aside."""
    label = {"level": "restricted", "audience": ["ML"]}
    record = office.api(f"/api/intake/{made}/release", {"label": label}, 201)["id"]
    fields = office.api(f"/api/records/{record}")["fields"]
    rows = [p["value"] for p in fields["particulars"] if p["name"] != "evidence"]
    return "\n".join(line for row in rows for line in row.split("\n") if not line.startswith("words: "))


def test_r21_a_name_found_by_intake_stays_in_its_draft(office: Site) -> None:
    """No field of the report holds it: nothing that is compared or counted across documents does."""
    made = str(office.api("/api/intake", {"name": "خطف", "text": NAMING}, 201)["id"])
    name = next(n for n in persons(office, made) if "سليمان" in n)
    assert name not in released(office, made)


def test_r21_an_officer_lets_a_person_in_by_a_door_with_a_reason(office: Site) -> None:
    made = str(office.api("/api/intake", {"name": "خطف", "text": NAMING}, 201)["id"])
    name, address = next((n, a) for n, a in persons(office, made).items() if "سليمان" in n)
    bare = office.api(f"/api/intake/{made}", {f"{address}.door": "hostage"}, 422)
    assert bare["code"] == "intake.no-reason"
    office.api(f"/api/intake/{made}", {f"{address}.door": "hostage", "why": "قضية خطف مفتوحة"})
    said = released(office, made)
    assert name in said
    assert "رهينة. قضية خطف مفتوحة" in said
    with office.node.store.read() as rx:
        (entry,) = [e for e in rx.journal_entries(50) if e.act == "person-door"]
    assert entry.detail.startswith("hostage قضية خطف مفتوحة")
    assert name not in entry.detail


def test_r21_an_office_comes_in_as_an_official_in_role(office: Site) -> None:
    made = str(office.api("/api/intake", {"name": "خطف", "text": NAMING}, 201)["id"])
    page = office.get(f"/intake/{made}")
    assert "بأي صفة يُذكر" in page
    minister = next(a for n, a in persons(office, made).items() if "سليمان" not in n)
    chosen = page[page.index(f'name="{minister}.door"') :].partition("</select>")[0]
    assert 'value="official" selected' in chosen
