"""Drafts of texts of the project's own writing: spans, noise, chains, statuses, promises, gaps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tansiq.intake.draft import draft
from tansiq.intake.shape import Draft, Event
from tansiq.language.calendar import DayInterval

TEXT = """قال مصدر أمني إن القوات المالية قرب غاو قتلت ثلاثة مسلحين أمس الثلاثاء ، . '' " الجزائر والنيجر
عقدت اجتماعا في تمنراست يوم 12 مارس 2013 وقررت نشر 400 جندي خلال ستة أشهر نقلا عن وكالة رويترز واختطاف
الرهينة لن تشارك Le ministère malien a déclaré que deux soldats ont été tués à Kidal le 3 mai 2012 ; selon
l’AFP the US will send experts within three weeks ـــ ٣٠٠ ﻻ ﷲ é É œ İ … ؟"""
WORDS = [*TEXT.split(), "عبد", "السيد", "\u202b", "\u200f", "\n", "\n\n", ". "]
texts = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=90).map(" ".join),
    st.text(max_size=200),
    st.text(alphabet=st.characters(min_codepoint=0x600, max_codepoint=0x6FF), max_size=200),
)


def spans(made: Draft) -> Iterator[tuple[tuple[int, int], str]]:
    yield from ((c.span, c.text) for c in made.chain)
    yield from ((e.span, e.text) for e in made.events)
    yield from ((c.span, c.text) for c in made.commitments)
    yield from ((q.span, q.text) for q in made.quantities)
    yield from ((s.span, s.text) for s in made.statements)
    yield from ((g.span, g.text) for g in made.gaps)
    yield from (pair for a in made.actors for pair in zip(a.mentions, a.texts, strict=True))
    yield from (pair for p in made.places for pair in zip(p.mentions, p.texts, strict=True))


@settings(max_examples=150, deadline=None)
@given(texts)
def test_every_span_reproduces_its_text_and_no_text_breaks_it(text: str) -> None:
    made = draft(text, name="x.txt")
    for (start, end), words in spans(made):
        assert 0 <= start < end <= len(text)
        assert text[start:end] == words
    assert all(entry.quotes is None or 0 <= entry.quotes < len(made.chain) for entry in made.chain)
    assert all(s.source is None or 0 <= s.source < len(made.chain) for s in made.statements)
    assert msgspec.json.decode(msgspec.json.encode(made), type=Draft) == made


def test_the_same_text_gives_the_same_draft() -> None:
    text = "أعلنت موريتانيا أنها سترسل خمسين جنديا إلى النعمة خلال شهرين."
    assert draft(text, name="a") == draft(text, name="a")


def one(text: str, kind: str) -> Event:
    found = [e for e in draft(text, name="x").events if e.type == kind]
    assert found, [e.type for e in draft(text, name="x").events]
    return found[0]


# the five kinds of noise


def test_doubled_apostrophes_are_quotation_marks() -> None:
    made = draft("قال الوزير إن ''القاعدة في بلاد المغرب الإسلامي'' وراء الهجوم.", name="x")
    groups = [(a.canonical, a.texts) for a in made.actors if a.kind == "armed_group"]
    assert groups == [("AQIM", ("القاعدة في بلاد المغرب الإسلامي",))]


def test_fused_words_hamza_slips_and_egyptian_final_ya_are_read() -> None:
    made = draft(
        "التقى وفد الولاياتالمتحدةالأمريكية فى باماكو نظيره فى شمال مالى وأشاد بدور ألجزائر.", name="x"
    )
    assert {a.canonical for a in made.actors} >= {"United States", "Algeria"}
    assert {p.canonical for p in made.places} >= {"Bamako", "Northern Mali"}


def test_a_text_that_is_cut_says_so() -> None:
    made = draft("وصل الوفد إلى نيامي صباح أمس. ودعت الوزارة الأطراف كلها إلى الحوار، وقد", name="x")
    assert [g.text for g in made.gaps if g.what == "text cut"] == ["وقد"]


def test_a_lost_number_is_a_gap() -> None:
    made = draft("اتفقت الدول على نشر قوة مشتركة خلال سنة واحدة ويصل، وأكد الوزير ذلك.", name="x")
    assert any(g.what == "number missing" and "ويصل" in g.text for g in made.gaps)


def test_a_full_stop_without_a_space_ends_a_sentence() -> None:
    made = draft("عقد الوزراء اجتماعهم في نيامي.وزار الوفد أغاديز بعد ذلك بقليل.", name="x")
    assert not any("نيامي.وزار" in s.text for s in made.statements)


# status


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("عقد وزراء الدفاع اجتماعا في نواكشوط يوم 3 ماي 2012.", "meeting", "happened"),
        ("من المقرر أن يعقد الوزراء اجتماعا في نواكشوط الشهر المقبل.", "meeting", "planned"),
        ("كشف مصدر أمني أن مسلحين هاجموا ثكنة قرب غاو ليلا.", "attack", "claimed"),
        ("نفت النيجر تنفيذ أي عملية عسكرية داخل ليبيا.", "military_operation", "denied"),
        ("قتل الرهينة بعد عملية تحرير فاشلة نفذها الجيش المالي.", "military_operation", "failed"),
        ("Les ministres tiendront une réunion à Niamey, prévue le 3 mai 2013.", "meeting", "planned"),
        ("L'armée malienne a mené un raid près de Kidal, qui a échoué.", "military_operation", "failed"),
        ("A security source said gunmen attacked a post near Gao.", "attack", "claimed"),
        ("Niger denied any military operation inside Libya.", "military_operation", "denied"),
    ],
)
def test_the_status_of_an_event_follows_its_words(text: str, kind: str, status: str) -> None:
    assert one(text, kind).status == status


def test_a_failed_rescue_is_no_release() -> None:
    made = draft("قتل الرهينة خلال عملية تحرير الرهينة الفاشلة التي نفذها الجيش النيجري.", name="x")
    assert not [e for e in made.events if e.type == "hostage_release"]


def test_an_event_has_its_actors_place_and_days() -> None:
    event = one("عقد رؤساء أركان الجزائر والنيجر اجتماعا في تمنراست يومي 4 و5 جوان 2012.", "meeting")
    assert set(event.actors) == {"Algeria", "Niger"}
    assert event.place == "Tamanrasset"
    assert event.when is not None
    assert (event.when.lo, event.when.hi) == (date(2012, 6, 4), date(2012, 6, 5))


def test_a_day_is_not_invented() -> None:
    assert one("عقد رؤساء أركان الجزائر والنيجر مؤخرا اجتماعا في تمنراست.", "meeting").when is None


def test_a_fight_against_smuggling_is_no_event() -> None:
    made = draft("تدعم موريتانيا جهود مكافحة تهريب السلاح.", name="x")
    assert not [e for e in made.events if e.type in ("smuggling", "arms_flow")]


# the chain


def test_an_outlet_quotes_its_source_and_the_source_is_one() -> None:
    made = draft(
        "ذكرت صحيفة الشروق الجزائرية نقلا عن مصدر أمني أن قافلة عبرت الحدود. وأضاف المصدر نفسه أن القافلة "
        "كانت صغيرة. وأوضحت الصحيفة أن الأمر قديم.",
        name="x",
    )
    assert [(c.kind, c.anonymous, c.quotes) for c in made.chain] == [
        ("newspaper", False, 1),
        ("unnamed_source", True, None),
    ]


def test_a_communique_is_its_issuers_and_the_agency_passes_it_on() -> None:
    made = draft("أفاد بيان لوزارة الدفاع النيجرية نشرته وكالة رويترز أن دورية انطلقت من أغاديز.", name="x")
    assert [(c.kind, c.quotes) for c in made.chain] == [("ministry", None), ("agency", 0)]


def test_french_and_english_chains_are_read() -> None:
    french = draft(
        "Selon une source sécuritaire citée par l'AFP, deux véhicules ont été saisis à Gao.", name="x"
    )
    assert {"unnamed_source", "agency"} <= {c.kind for c in french.chain}
    english = draft(
        "A regional security source told Reuters that two vehicles were seized near Gao.", name="x"
    )
    assert {(c.kind, c.anonymous) for c in english.chain} == {("unnamed_source", True), ("agency", False)}
    assert next(c for c in english.chain if c.kind == "agency").quotes is not None


def test_an_impersonal_announcement_is_a_gap() -> None:
    made = draft("وأعلن عن اختفاء مئة صندوق من مخزن في ليبيا.", name="x")
    assert any(g.what == "source missing" for g in made.gaps)


# promises


@pytest.mark.parametrize(
    ("text", "force"),
    [
        ("تعهدت النيجر بتسليم عشر مركبات خلال شهرين.", "decision"),
        ("اتفقت الجزائر ومالي على تبادل المعلومات كل أسبوع.", "agreement"),
        ("تعتزم موريتانيا فتح مركز حدودي جديد قرب النعمة.", "intent"),
        ("قررت الدول توفير كل الإمكانات للقوة المشتركة.", "vague"),
        ("Le Niger s'engage à ouvrir deux postes dans trois mois.", "decision"),
        ("The four states agreed to share reports every week.", "agreement"),
        ("Mali intends to open a border post next year.", "intent"),
    ],
)
def test_a_promise_is_told_from_an_intent(text: str, force: str) -> None:
    assert [c.force for c in draft(text, name="x").commitments] == [force]


def test_a_deadline_counts_from_the_given_day() -> None:
    day = DayInterval(date(2012, 1, 1), date(2012, 1, 1))
    (promise,) = draft("تعهدت النيجر بتسليم عشر مركبات خلال شهرين.", name="x", published=day).commitments
    assert promise.who == ("Niger",)
    assert promise.due is not None
    assert promise.due.lo == date(2012, 1, 1)
    assert date(2012, 2, 25) <= promise.due.hi <= date(2012, 3, 20)


# actors, places, quantities


def test_a_state_is_an_actor_or_a_place_by_its_neighbours() -> None:
    made = draft("دعت تشاد إلى اجتماع في ليبيا وتونس بحضور وفد من بنين.", name="x")
    assert [a.canonical for a in made.actors] == ["Chad"]
    assert {p.canonical for p in made.places} >= {"Libya", "Tunisia"}


def test_a_far_capital_stands_for_its_government_unless_it_is_the_venue() -> None:
    made = draft("قررت باريس دعم القوة المشتركة. ووصل الوفد إلى العاصمة باريس.", name="x")
    assert [a.canonical for a in made.actors if a.kind == "state"] == ["France"]
    assert [p.canonical for p in made.places] == ["Paris"]


def test_the_four_states_are_the_list_before() -> None:
    made = draft("اجتمعت بنين وتوغو وغانا والسنغال أمس. وعقدت الدول الأربع اجتماعا ثانيا في داكار.", name="x")
    assert {"Benin", "Togo", "Ghana", "Senegal"} <= set(made.events[-1].actors)


def test_a_person_named_after_a_title_is_found_as_written() -> None:
    made = draft("وصل العميد مراد بن قدور إلى غاو مع الرهينة الإسبانية ماريا لوبيز.", name="x")
    named = {a.canonical for a in made.actors if a.kind == "person"}
    assert "مراد بن قدور" in named
    assert "ماريا لوبيز" in named


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("صادرت الدورية نحو طن ونصف الطن من القنب قرب كيدال.", (1.5, "tonne", True, "طن ونصف الطن")),
        ("La douane a saisi une tonne et demie de résine.", (1.5, "tonne", False, "une tonne et demie")),
        ("أنفقت الدولة مليونا دولار على الآبار.", (2_000_000, "dollar", False, "مليونا دولار")),
        ("مليون ونصف دولار", (1_500_000, "dollar", False, "مليون ونصف دولار")),
        ("They asked for about $5 million.", (5_000_000, "dollar", True, "about $5 million")),
        ("Ils réclament 90 millions €.", (90_000_000, "euro", False, "90 millions €")),
    ],
)
def test_halves_duals_of_scales_and_signs_of_money_count_what_they_say(
    text: str, said: tuple[float, str, bool, str]
) -> None:
    assert [(q.value, q.unit, q.approx, q.text) for q in draft(text, name="x").quantities] == [said]


def test_accusations_without_ground_found_no_body() -> None:
    made = draft("Bamako a rejeté ces accusations « sans fondement ».", name="x")
    assert "creation_of_body" not in {e.type for e in made.events}


def test_quantities_carry_approximation_and_unit_and_leave_dates_alone() -> None:
    made = draft("أعلن في 12 مارس 2013 عن ضبط قرابة ثلاثمئة صندوق و4 مركبات.", name="x")
    found = [(q.value, q.approx, q.unit) for q in made.quantities]
    assert found == [(300, True, "crate"), (4, False, "vehicle")]


@pytest.mark.parametrize("text", ["عبد", "قال السيد عبد", "أعلن محمد عبد"])
def test_a_text_that_ends_within_a_name_has_a_draft(text: str) -> None:
    assert draft(text, name="خبر.txt").lang == "ar"


def test_the_counterpart_of_a_governor_is_no_officer_of_state() -> None:
    text = "Le gouverneur de Gao a reçu mardi la délégation. Il a salué l'effort de son homologue algérien."
    named = [actor.canonical for actor in draft(text, name="x").actors]
    assert named == ["Governor of Gao", "Counterpart from Algeria"]
