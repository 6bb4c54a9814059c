"""Who took part in an event, where and when: datelines, seats, guests, tellers, days of telling."""

from __future__ import annotations

import pytest

from tansiq.intake.draft import draft
from tansiq.intake.shape import Event


def one(text: str, kind: str) -> Event:
    """Return the one event of a kind."""
    (found,) = (e for e in draft(text, name="x").events if e.type == kind)
    return found


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        (
            "Attaque au Mali\nDAKAR, 3 juin 2012 (AFP) - Des hommes armés ont attaqué un poste près de Gao.",
            "attack",
            "Gao",
        ),
        (
            "هجوم جديد\nنواكشوط 3-6-2012 (ا ف ب) - هاجم مسلحون مركزا للدرك شمال تمبكتو.",
            "attack",
            "Timbuktu",
        ),
        ("Troops based in Bamako attacked a rebel camp near Kidal on Monday.", "attack", "Kidal"),
    ],
)
def test_a_dateline_and_a_seat_are_no_scene(text: str, kind: str, place: str) -> None:
    assert one(text, kind).place == place


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Le gouvernement du Niger, réuni à Niamey, a démenti avoir payé une rançon.", "statement"),
        ("The United States imposed sanctions on Monday on a trader from Gao.", "sanction"),
    ],
)
def test_a_statement_and_a_sanction_have_no_scene(text: str, kind: str) -> None:
    assert {e.place for e in draft(text, name="x").events if e.type == kind} <= {None}


def test_who_tells_what_he_did_himself_took_part() -> None:
    found = one("Boko Haram claimed to have killed ten soldiers near Diffa.", "attack")
    assert found.actors == ("Boko Haram",)


def test_guests_of_a_meeting_behind_its_clause_take_part() -> None:
    text = (
        "Les ministres de la Défense du Mali et du Niger se sont réunis lundi à Bamako, "
        "en présence de représentants de la France et de l'Union européenne."
    )
    assert set(one(text, "meeting").actors) == {"Mali", "Niger", "France", "European Union"}


def test_the_state_of_an_unnamed_source_has_no_part_in_what_it_tells() -> None:
    found = one(
        "A Malian military source said gunmen kidnapped two engineers near Gao on Monday.", "kidnapping"
    )
    assert "Mali" not in found.actors


def test_a_day_of_telling_in_another_clause_is_not_that_of_the_deed() -> None:
    text = "Niamey, June 6, 2014. Gunmen killed two soldiers near Gao, the army said on Thursday."
    assert one(text, "attack").when is None


@pytest.mark.parametrize(
    ("text", "kind", "who"),
    [
        (
            "وذكر مصدر أن الجزائر، التي تخشى تسرب السلاح إليها، طلبت من ليبيا إغلاق المعبر يوم الثلاثاء.",
            "request",
            {"Algeria", "Libya"},
        ),
        (
            "La Minusma, dont le mandat expire fin juin, a demandé à Ansar Dine de quitter Kidal.",
            "request",
            {"MINUSMA"},
        ),
        ("Ansar Dine, the group of a former consul, attacked a post near Kidal.", "attack", {"Ansar Dine"}),
    ],
)
def test_an_aside_does_not_part_a_subject_from_its_verb(text: str, kind: str, who: set[str]) -> None:
    assert who <= set(one(text, kind).actors)


def test_a_comma_in_a_row_of_names_opens_no_aside() -> None:
    text = "Les chefs des services d'Algérie, du Mali, de Mauritanie et du Niger, réunis à Gao, se taisent."
    assert len(one(text, "meeting").actors) == 4


@pytest.mark.parametrize(
    ("text", "kind", "who"),
    [
        (
            "Ansar Dine and the MNLA left the talks. They attacked a post near Kidal on Monday.",
            "attack",
            {"Ansar Dine", "MNLA"},
        ),
        ("Le Tchad a fermé sa frontière. Il a déployé mardi mille soldats à Diffa.", "deployment", {"Chad"}),
    ],
)
def test_a_pronoun_is_whoever_was_told_of_before(text: str, kind: str, who: set[str]) -> None:
    assert who == set(one(text, kind).actors)


def test_a_captive_is_held_by_the_one_group_told_of_beside() -> None:
    text = (
        "وكان المهندس قد خطف قرب تمبكتو في مارس الماضي. "
        "وقال تنظيم القاعدة في بلاد المغرب الإسلامي إنه بصحة جيدة."
    )
    assert "AQIM" in one(text, "kidnapping").actors


def test_an_attack_is_not_laid_to_a_group_that_did_another() -> None:
    text = (
        "قتل تسعة جنود في هجوم قرب كيدال، بينما وقعت قافلة للجيش النيجري في كمين لجماعة بوكو حرام قرب ديفا."
    )
    near = next(e for e in draft(text, name="x").events if "كيدال" in text[e.span[0] : e.span[1]])
    assert "Boko Haram" not in near.actors


def test_an_outlet_takes_no_part_in_what_is_claimed_in_it() -> None:
    text = "تبنت حركة التوحيد والجهاد الهجوم في شريط بثته قناة الجزيرة."
    assert [e.actors for e in draft(text, name="x").events if e.type == "statement"] == [("MUJAO",)]


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        (
            "هاجم مسلحون قافلة للجيش على بعد عشرين كيلومترا من بوغوني في إقليم سيكاسو يوم الثلاثاء.",
            "attack",
            "Bougouni",
        ),
        ("Gunmen attacked a convoy some 20 km from Goundam, in the Timbuktu region.", "attack", "Goundam"),
        (
            "Rebels from Kidal attacked a convoy in the Timbuktu region on Monday.",
            "attack",
            "Timbuktu region",
        ),
    ],
)
def test_so_far_from_a_town_is_at_the_town_and_not_in_its_region(text: str, kind: str, place: str) -> None:
    assert one(text, kind).place == place


@pytest.mark.parametrize(
    "text",
    [
        "وقال الوزير في مؤتمر صحفي بواغادوغو إن الجيش أغلق الطرق، وإن طائرات قصفت المسلحين يوم الأحد.",
        "أعلن الوزير الاثنين من أبوجا أن الحوار تقدم، وأن الحكومة ستفرج خلال أسبوعين عن ثمانية معتقلين.",
    ],
)
def test_where_something_was_told_is_not_where_it_happened(text: str) -> None:
    assert {e.place for e in draft(text, name="x").events} <= {None}


def test_a_deadline_and_the_day_of_a_paper_in_another_clause_are_no_day_of_the_deed() -> None:
    head = "Niamey, 6 juin 2014. "
    agreed = (
        "Les deux pays ont conclu un accord sur la frontière, et les patrouilles partiront avant fin juillet."
    )
    claimed = "Dans un texte diffusé lundi, les Shebab disent avoir tué, près de Gao, dix soldats maliens."
    assert one(head + agreed, "agreement").when is None
    assert all(e.when is None for e in draft(head + claimed, name="x").events if e.type != "statement")


def test_days_later_count_from_the_day_told_before() -> None:
    text = (
        "Niamey, 30 juin 2014. Le 4 juin, un camp a été attaqué. Trois jours plus tard, Gao a été attaquée."
    )
    days = [e.when and str(e.when.lo) for e in draft(text, name="x").events if e.type == "attack"]
    assert "2014-06-07" in days


def test_his_country_is_the_one_that_the_text_is_about() -> None:
    text = (
        "استقبل وزير الداخلية النيجري قادة الدرك في أغاديز. "
        "وكشف الوزير أن بلاده ستنشر مائتي جندي إضافي قرب مداما."
    )
    assert "Niger" in one(text, "deployment").actors


def test_who_asks_stands_before_the_verb_where_the_asked_follow_it() -> None:
    text = (
        "أغلقت النيجر المخيم ونقلت سكانه إلى موقع أقرب من العاصمة، وقررت بناء ستة مراكز، "
        "كما طلبت من الاتحاد الأوروبي أجهزة كشف للمتفجرات."
    )
    assert set(one(text, "request").actors) == {"Niger", "European Union"}


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("ستزور وزيرة الدفاع الألمانية غاو يوم الخميس.", "visit", "Gao"),
        ("ضبطت الجمارك شحنة مخدرات كانت موجهة إلى غاو قرب بلدة أساماكا.", "seizure", "Assamakka"),
        ("La douane a saisi une tonne de cannabis à destination de Sebha, près d'Assamakka.", "seizure",
         "Assamakka"),
        ("تستضيف نواكشوط الخميس اجتماعا لوزراء الدفاع لبحث الوضع في شمال مالي.", "meeting", "Nouakchott"),
        ("N'Djamena will host a meeting of ministers on northern Mali on Thursday.", "meeting", "N'Djamena"),
        ("AGADEZ, 3 mai 2014 (AFP) - Des hommes armés ont enlevé jeudi deux Espagnols, à quarante kilomètres "
         "à l'ouest de Gao, selon une source.", "kidnapping", "Gao"),
        ("أوقف الجيش عشرة مهربين أمس، على بعد ثلاثين كيلومترا من ديفا.", "arrest", "Diffa"),
        ("أكد مصدر في نيامي أن مسلحين هاجموا قافلة، فيما وصل وزير الداخلية إلى أغاديز.", "attack", None),
    ],
)  # fmt: skip
def test_the_scene_is_where_it_happened(text: str, kind: str, place: str | None) -> None:
    """Not where somebody was going, nor where another clause is; a guest's goal, a host, a distance are."""
    assert [e.place for e in draft(text, name="x").events if e.type == kind] == [place]


def test_what_is_done_together_and_names_nobody_is_theirs_who_met_last() -> None:
    text = (
        "اجتمع وزراء دفاع الجزائر ومالي والنيجر في تمنراست يوم 3 ماي 2011 لبحث أمن الحدود.\n"
        "وتم الاتفاق على تبادل ضباط الارتباط قبل نهاية السنة.\n"
        "وستعقد الدورة المقبلة للاجتماع في باماكو يوم 4 نوفمبر 2011."
    )
    found = {e.type: set(e.actors) for e in draft(text, name="x").events}
    assert {"Algeria", "Mali", "Niger"} <= found["agreement"]


def test_a_deed_that_names_nobody_is_not_theirs_who_met() -> None:
    text = (
        "اجتمع وزراء دفاع الجزائر ومالي والنيجر في تمنراست يوم 3 ماي 2011 لبحث أمن الحدود.\n"
        "وقتل ثلاثة مسافرين في هجوم قرب كيدال يوم 4 ماي 2011."
    )
    (deed,) = (e for e in draft(text, name="x").events if e.type == "attack")
    assert deed.actors == ()


def test_a_circle_is_not_meant_far_behind_where_it_met() -> None:
    filler = "وتساقطت الأمطار على المنطقة.\n" * 8
    text = (
        "اجتمع وزراء دفاع الجزائر ومالي والنيجر في تمنراست يوم 3 ماي 2011 لبحث أمن الحدود.\n"
        + filler
        + "وتم الاتفاق يوم 9 ماي 2011 على تبادل السجناء."
    )
    (other,) = (e for e in draft(text, name="x").events if e.type == "agreement")
    assert other.actors == ()


def test_who_hosts_a_meeting_did_not_host_the_one_before_it() -> None:
    text = "تحتضن الجزائر لقاء للضباط بعد الاجتماع الذي جمع الوزراء في تمنراست."
    assert [e.place for e in draft(text, name="x").events] == ["Algeria", "Tamanrasset"]
