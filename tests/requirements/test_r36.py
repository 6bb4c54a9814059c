"""R36: sentence, decision, commitment, delivery: one ledger, the sentence always shown."""

from tests.requirements.office import FOUR, day, facts, sign, standing
from tests.web.site import Site

SENTENCE = "أفضى الاجتماع إلى اتفاق عملي على نشر قوات مشتركة خلال ثمانية عشر شهرا."


def test_r36_a_sentence_of_a_text_becomes_a_commitment_that_always_shows_it(office: Site) -> None:
    """Select the sentence: its card shows it with owners, due date and proof."""
    label = {"level": "restricted", "audience": [*FOUR]}
    text = f"انعقد لقاء الوزراء. {SENTENCE} ثم رُفعت الجلسة."
    draft = office.api("/api/intake", {"text": text}, status=201)["id"]
    asked = {"sentence": SENTENCE, "title": "نشر قوة مشتركة", "owner": [*FOUR], "label": label}
    made = office.api(f"/api/intake/{draft}/promise", asked, status=201)["id"]
    line = office.api("/api/boards/follow-up")["commitments"][0]
    assert (line["id"], line["sentence"], line["lang"], line["owners"]) == (made, SENTENCE, "ar", [*FOUR])
    for page in ("/follow-up", f"/record/{made}"):
        assert SENTENCE in office.get(page)
    office.read_in("fr")
    assert f'<q lang="ar" dir="auto">{SENTENCE}</q>' in office.get("/follow-up")


def test_r36_the_ledger_leads_from_the_decision_to_the_delivery(office: Site) -> None:
    """Decision of a meeting, commitment, delivery with its proof: each leads to the one before."""
    meeting = sign(office, "meeting", "لقاء الوزراء", starts=day("2031-02-20"), meeting_state="took-place")
    decision = sign(
        office, "decision", "نشر القوة", from_sentence=SENTENCE, meeting=meeting, decided_by=[*FOUR]
    )
    assert [o["what"] for o in standing(office, decision)["opens"]] == ["commitment"]
    made = sign(
        office,
        "commitment",
        "سرية",
        from_sentence=SENTENCE,
        decision=decision,
        owner="ML",
        means="سرية",
        due=day("2031-03-20"),
    )
    delivery = sign(office, "delivery", "وُضعت سرية", proof="محضر تسليم", refs_={"delivers": made})
    line = office.api("/api/boards/follow-up")["commitments"][0]
    assert (line["decision"], line["meeting"], line["delivered"]) == (decision, meeting, [delivery])
    assert line["state"] == "delivered"
    assert facts(office, made)["trace"] == SENTENCE
