"""R05: a source chain with hidden source identity; a partner reads a description and opens no vault."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tansiq.base.ids import RecordId
from tansiq.base.messages import LANGS, Lang
from tansiq.policy.permits import permits
from tests.web.guarded import GuardedSite

NAME = "العقيد إدريس ولد الشيخ"
NOTE = "يُتصل به عبر محل الهواتف في النعمة"
TEXT = """صحيفة الساحل تنقل عن مصدر أمني تحركات قرب الحدود

ذكرت وكالة الأنباء الموريتانية، نقلا عن صحيفة الساحل، أن قافلة عبرت الحدود المالية يوم الثلاثاء 20 مارس 2029.

وقال العقيد إدريس ولد الشيخ إن القافلة ضمت عشرين عربة، وأضاف العقيد ادريس ولد الشيخ أن الدوريات ستستأنف عملها.
"""


class Office(GuardedSite):
    """A node where the releasing officer holds SOURCE and the duty officer does not."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, "MR")
        with self.node.store.write() as tx:
            tx.new_cell("SOURCE", first="salem", at_ms=0)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    with made.client:
        made.enter("salem")
        yield made


def hidden(office: Office) -> tuple[str, dict[str, Any]]:
    """A text taken in, its source moved to the vault; its id, and the draft."""
    made = str(office.api("/api/intake", {"name": "ملاحظة.txt", "text": TEXT}, 201)["id"])
    chain = office.api(f"/api/intake/{made}")["machine"]["chain"]
    link = next(n for n, e in enumerate(chain) if "ادريس" in e["name"].replace("إ", "ا"))
    asked = {"link": link, "words": [NAME], "public": "مصدر أمني", "note": NOTE}
    return made, office.api(f"/api/intake/{made}/source", asked)


def released(office: Office, made: str) -> str:
    bears = {"level": "restricted", "audience": ["MR", "FR"]}
    return str(office.api(f"/api/intake/{made}/release", {"label": bears}, 201)["id"])


def test_r05_the_draft_keeps_a_description_and_a_pseudonym_alone(office: Office) -> None:
    made, draft = hidden(office)
    said = str(draft)
    assert "دريس" not in said
    assert any(e["name"].startswith("مصدر أمني (MR-S-") and e["anonymous"] for e in draft["machine"]["chain"])
    assert draft["text"].count("MR-S-") == 2
    assert "دريس" not in office.get(f"/intake/{made}")


def test_r05_the_label_in_mind_names_him_no_more(office: Office) -> None:
    made = str(office.api("/api/intake", {"name": "ملاحظة.txt", "text": TEXT}, 201)["id"])
    office.post(f"/intake/{made}", {"l.level": "secret", "l.notes": f"عن {NAME}", "do": "preview"}, 200)
    chain = office.api(f"/api/intake/{made}")["machine"]["chain"]
    link = next(n for n, e in enumerate(chain) if "ادريس" in e["name"].replace("إ", "ا"))
    office.api(f"/api/intake/{made}/source", {"link": link, "words": [NAME], "public": "مصدر أمني"})
    page = office.get(f"/intake/{made}")
    assert "عن MR-S-" in page
    assert "دريس" not in page


def test_r05_a_pseudonym_is_one_that_the_vault_holds(office: Office) -> None:
    made = str(office.api("/api/intake", {"name": "ملاحظة.txt", "text": TEXT}, 201)["id"])
    asked = {"link": 0, "words": [NAME], "public": "مصدر أمني", "pseudonym": "MR-S-00C0FFEE"}
    assert office.api(f"/api/intake/{made}/source", asked, 422)["code"] == "vault.pseudonym"
    other, _ = hidden(office)
    known = office.api("/api/vault")[0]["pseudonym"]
    again = office.api(f"/api/intake/{made}/source", asked | {"pseudonym": known})
    assert known in again["text"]
    assert other != made


def test_r05_what_was_asked_of_a_gap_beside_him_is_taken_back_first(office: Office) -> None:
    cut = f"أفاد {NAME} بأن القافلة عبرت في غضون ثمانية عشر شهرا ويصل ، ثم توقفت قرب النعمة."
    made = str(office.api("/api/intake", {"name": "ملاحظة.txt", "text": cut}, 201)["id"])
    gaps = [g["what"] for g in office.api(f"/api/intake/{made}")["machine"]["gaps"]]
    office.api(f"/api/intake/{made}/gap", {"gap": gaps.index("number missing")}, 201)
    asked = {"link": 0, "words": [NAME], "public": "مصدر أمني"}
    assert office.api(f"/api/intake/{made}/source", asked, 422)["code"] == "vault.signed"


def test_r05_what_was_asked_of_a_gap_that_is_gone_is_taken_back_first(office: Office) -> None:
    said = f"قال {NAME} أمس إن عشرة رجال قُتلوا قرب النعمة، وإن القافلة توقفت."
    made = str(office.api("/api/intake", {"name": "ملاحظة.txt", "text": said}, 201)["id"])
    gaps = [g["what"] for g in office.api(f"/api/intake/{made}")["machine"]["gaps"]]
    n = gaps.index("publication date missing")
    rfi = office.api(f"/api/intake/{made}/gap", {"gap": n}, 201)["rfi"]
    office.api(f"/api/intake/{made}/published", {"lo": "2026-11-01", "why": "كما وصل"})
    asked = {"link": 0, "words": [NAME], "public": "مصدر أمني"}
    assert office.api(f"/api/intake/{made}/source", asked, 422)["code"] == "vault.signed"
    office.api(f"/api/intake/{made}/published", {"why": "خطأ"})
    assert office.api(f"/api/intake/{made}/gap", {"gap": n}, 422)["code"] == "gap.asked"
    assert office.api(f"/api/intake/{made}")["asked"] == {f"gaps.{n}": rfi}


def test_r05_a_name_that_a_request_cuts_in_two_or_that_its_officer_wrote_counts(office: Office) -> None:
    said = f"{NAME} بأن القافلة عبرت ", " في غضون ثمانية عشر شهرا "
    between = ("ثم وقفت ثم سارت " * 9)[: 122 - len(said[0] + said[1])]
    text = f"أفاد {said[0]}{between}{said[1]}ويصل ، ثم رجعت."
    for what in ("number missing", f"ما قاله {NAME}"):
        made = str(office.api("/api/intake", {"name": f"{what}.txt", "text": text}, 201)["id"])
        gaps = [g["what"] for g in office.api(f"/api/intake/{made}")["machine"]["gaps"]]
        n = gaps.index("number missing")
        office.api(f"/api/intake/{made}", {f"gaps.{n}.what": what, "why": "أدق"})
        two = office.api(f"/api/intake/{made}/gap", {"gap": n}, 201)
        why = office.api(f"/api/records/{two['rfi']}")["fields"]["why"]
        assert NAME not in why
        assert "إدريس ولد الشيخ" in why
        asked = {"link": 0, "words": [NAME], "public": "مصدر أمني"}
        assert office.api(f"/api/intake/{made}/source", asked, 422)["code"] == "vault.signed"


def test_r05_every_span_still_reproduces_its_words(office: Office) -> None:
    _, draft = hidden(office)
    text, machine = draft["text"], draft["machine"]
    for group in ("chain", "events", "statements", "quantities", "commitments", "gaps"):
        for each in machine[group]:
            assert text[each["span"][0] : each["span"][1]] == each["text"]
    for group in ("actors", "places"):
        for each in machine[group]:
            assert [text[s:e] for s, e in each["mentions"]] == each["texts"]


def test_r05_a_partner_reads_a_security_source_and_can_never_open_the_entry(office: Office) -> None:
    """A partner user sees "security source" and can never open the vault entry."""
    made, _ = hidden(office)
    record = released(office, made)
    entry = office.api("/api/vault")[0]
    with office.node.store.read() as rx:
        report, vault = rx.record(RecordId(record)), rx.label_of(entry["id"])
    assert report is not None
    assert vault is not None
    assert "مصدر أمني" in str(report.body)
    assert "دريس" not in str(report.body)
    for party in office.node.world.charter.parties:
        if party.code != "MR":
            reader = office.visit("salem").reader.__class__(party.code, "secret", frozenset({"SOURCE"}))
            assert not permits(vault, reader, now=office.node.clock.now())


def test_r05_an_entry_that_others_would_receive_is_not_signed(office: Office) -> None:
    bears = {"level": "confidential", "audience": ["MR", "FR"], "compartments": ["SOURCE"]}
    asked = {"kind": "source-vault", "title": "MR-S-00000000", "fields": {}, "label": bears}
    assert office.api("/api/records", asked, 422)["code"] == "source-vault.own"


def test_r05_the_vault_opens_with_a_reason_and_the_journal_tells_of_it(office: Office) -> None:
    hidden(office)
    entry = office.api("/api/vault")[0]["id"]
    assert office.api("/api/vault", {"id": entry}, 422)["code"] == "ask.reason"
    opened = office.api("/api/vault", {"id": entry, "reason": "سلامة المصدر"})
    assert NAME in opened["identity"]
    assert NOTE in opened["identity"]
    with office.node.store.read() as rx:
        acts = {e.act: e.detail for e in rx.journal_entries(50)}
    assert acts["source-open"].endswith("سلامة المصدر")
    assert not [d for a, d in acts.items() if a.startswith("source-") and "دريس" in d]


def test_r05_who_does_not_hold_it_sees_no_vault_and_puts_nothing_in(office: Office) -> None:
    hidden(office)
    entry = office.api("/api/vault")[0]["id"]
    office.enter("aicha")
    assert office.api("/api/vault") == []
    absent = office.client.post("/api/vault", json={"id": entry, "reason": "فضول"})
    unknown = office.client.post(
        "/api/vault", json={"id": "01900000-0000-7000-8000-00000000abcd", "reason": "فضول"}
    )
    assert (absent.status_code, absent.content) == (unknown.status_code, unknown.content)
    made = str(office.api("/api/intake", {"name": "n.txt", "text": TEXT}, 201)["id"])
    refused = office.client.post(f"/api/intake/{made}/source", json={"link": 0, "words": [NAME]})
    assert refused.json()["code"] == "compartment"
    assert NAME in office.api(f"/api/intake/{made}")["text"]


def test_r05_no_exit_tells_who_it_is(office: Office) -> None:
    """Neither record, index, search, list, file nor page bears the identity, even to who holds SOURCE."""
    made, _ = hidden(office)
    record = released(office, made)
    entry = office.api("/api/vault")[0]["id"]
    for path in (
        f"/api/records/{record}", f"/record/{record}", f"/record/{record}/json", "/api/records", "/vault",
        "/records/source-vault", f"/intake/{made}", "/api/search?q=القافلة", "/search?q=عشرين", "/journal",
    ):  # fmt: skip
        answer = office.client.get(path)
        assert "دريس" not in answer.text, path
    assert office.api("/api/search?q=الهواتف")["total"] == 0
    assert office.api("/api/search?q=إدريس&purpose=تحقق")["total"] == 0
    for path in (f"/api/records/{entry}", f"/record/{entry}/json", f"/record/{entry}/edit"):
        assert office.client.get(path, follow_redirects=False).status_code == 404, path


def test_r05_the_identity_rests_sealed_on_the_disk(office: Office, tmp_path: Path) -> None:
    """Neither the files nor what the node's own secret opens hold it."""
    hidden(office)
    needle = "الشيخ".encode()
    assert not [p for p in tmp_path.rglob("*") if p.is_file() and needle in p.read_bytes()]
    office.enter("aicha")
    assert office.api("/api/records?kind=source-vault")["total"] == 0


@pytest.mark.parametrize("lang", LANGS)
def test_r05_the_pages_of_the_vault_read_in_each_language(office: Office, lang: Lang) -> None:
    made = str(office.api("/api/intake", {"name": "n.txt", "text": TEXT}, 201)["id"])
    office.read_in(lang)
    chain = office.api(f"/api/intake/{made}")["machine"]["chain"]
    link = next(n for n, e in enumerate(chain) if "دريس" in e["name"])
    form = office.get(f"/intake/{made}/source?n={link}")
    assert "⟦" not in form
    said = {"n": str(link), "words": NAME, "public": "مصدر أمني", "note": NOTE}
    assert "vault.no-words" in office.post(f"/intake/{made}/source", said | {"words": "أ"}, 422).text
    office.post(f"/intake/{made}/source", said)
    page = office.get("/vault")
    assert "⟦" not in page
    entry = office.api("/api/vault")[0]["id"]
    opened = office.post("/vault", {"id": entry, "reason": "تحقق"}, 200).text
    assert NAME in opened
    assert "⟦" not in opened
    assert "ask.reason" in office.post("/vault", {"id": entry, "reason": " "}, 422).text


def test_r05_the_chain_is_drawn_with_its_links_and_their_depth(office: Office) -> None:
    made, _ = hidden(office)
    page = office.get(f"/intake/{made}")
    assert 'data-anonymity="vault"' in page
    assert 'class="ladder"' in page


SEEDS = Path(__file__).parents[3] / "shared" / "seeds"


@pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared absent")
def test_r05_the_third_article_shows_three_links_and_depth_three(office: Office) -> None:
    """Seed 3 shows three links and depth 3: this outlet, the newspaper, one security source."""
    text = next(SEEDS.glob("003_*.txt")).read_text(encoding="utf8")
    made = str(office.api("/api/intake", {"name": "003.txt", "text": text}, 201)["id"])
    page = office.get(f"/intake/{made}")
    drawn = page.partition('class="ladder"')[2].partition("</section>")[0]
    assert drawn.count("data-anonymity=") + drawn.count('class="top"') == 3
    assert "عمق السلسلة: \u20683" in drawn
    assert drawn.index('data-anonymity="named"') < drawn.index('data-anonymity="unnamed"')
