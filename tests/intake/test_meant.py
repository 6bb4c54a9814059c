"""Names that a text means by role, title, nationality or state: who is proposed, and as what."""

from __future__ import annotations

import pytest

from tansiq.intake.draft import draft


def named(text: str, kind: str) -> list[str]:
    return [a.canonical for a in draft(text, name="x").actors if a.kind == kind]


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ('وقالت مجلة "ديزرت ريفيو" إن القافلة عبرت الحدود من مالي.', "ديزرت ريفيو"),
        ('وذكرت "الرمال نيوز" أن الجيش المالي قصف الموقع.', "الرمال نيوز"),
        ("The army denied it, the weekly Le Fanal wrote on its front page in Niger.", "Le Fanal"),
        ("L'armée a démenti, dit un officier dans les colonnes du Phare de Zinder.", "Phare de Zinder"),
    ],
)
def test_an_outlet_is_known_by_its_title(text: str, outlet: str) -> None:
    assert outlet in named(text, "org")


def test_a_paper_that_only_heads_its_text_is_no_actor() -> None:
    text = "Le Courrier des dunes, lundi 6 mars 2017\n\nL'armée malienne a repris Konna, dit un officier."
    assert named(text, "org") == []


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("ضبطت الجمارك النيجرية شاحنة قرب أرليت.", "Nigerien Customs", "org"),
        ("La gendarmerie togolaise a saisi des armes.", "Togolese Gendarmerie", "military_unit"),
        ("طلبت السفارة الإيطالية من رعاياها المغادرة.", "Embassy of Italy", "org"),
        ("Chad's transitional military council spoke.", "Chad's transitional military council", "org"),
        (
            "اتفق البلدان على إنشاء اللجنة المائية المشتركة في غاو.",
            "اللجنة المائية المشتركة",
            "intergovernmental",
        ),
    ],
)
def test_a_body_of_a_state_is_named_by_its_sort(text: str, name: str, kind: str) -> None:
    assert name in named(text, kind)


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("التقى وزير الدفاع المالي نظيره النيجري في غاو.", "Defence minister of Niger"),
        ("أعلنت موريتانيا على لسان وزير خارجيتها رفضها للقرار.", "Foreign minister of Mauritania"),
        ("استقبل الوزير سفير الجزائر في باماكو أمس.", "Ambassador of Algeria in Bamako"),
        ("أطلق سراح المهندس البلجيكي كورنيل فاندوف قرب غاو.", "كورنيل فاندوف"),
        ("والمخطوفان في مالي هما ستيفن هارغروف وبيير لامبارد منذ شهر.", "بيير لامبارد"),
        ("MM. Zollikofer et Brandt ont quitté le Mali.", "Brandt"),
        ("قدمت موريتانيا طلبا رسميا عبر سفيرها في داكار.", "Ambassador of Mauritania in Dakar"),
        ("سلمت مالي المطلوبين. ورحب سفيرها لدى النيجر بالقرار.", "Ambassador of Mali in Niger"),
        ("استقبلت ليبيا الوفد. وأعلن رئيسها أن القمة ستعقد في مايو.", "President of Libya"),
        (
            "Le Mali a transmis sa demande. Son ministre de la Défense s'en félicite.",
            "Defence minister of Mali",
        ),
        ("Chad sent its request. Its foreign minister spoke on television.", "Foreign minister of Chad"),
    ],
)
def test_a_person_is_known_by_office_title_or_given_name(text: str, person: str) -> None:
    assert person in named(text, "person")


def test_whose_office_it_is_is_not_guessed_between_two_states() -> None:
    text = "Chad and Niger sent their requests. Its foreign minister spoke on television."
    assert not named(text, "person")


@pytest.mark.parametrize(
    ("text", "office", "other"),
    [
        (
            "وأعلن وزير الداخلية المالي مقتل محمد ولد سيدي في غاو.",
            "Interior minister of Mali",
            "محمد ولد سيدي",
        ),
        (
            "Le ministre malien de l'Intérieur a annoncé l'arrestation d'Ibrahim Maradi.",
            "Interior minister of Mali",
            "Ibrahim Maradi",
        ),
        ("Mali's interior minister said Moussa Traoré fled.", "Interior minister of Mali", "Moussa Traoré"),
    ],
)
def test_of_whom_an_office_holder_tells_does_not_hold_the_office(text: str, office: str, other: str) -> None:
    assert sorted(named(text, "person")) == sorted([office, other])


@pytest.mark.parametrize(
    "text",
    [
        "وقال وزير الدفاع المالي الجنرال موسى تراوري إن الطريق آمن. وغادر وزير الدفاع المالي غاو.",
        "Le ministre malien de la Défense, le général Traoré, parle. Le ministre malien de la Défense part.",
        "The Malian defence minister, General Moussa Traoré, spoke. The Malian defence minister left.",
    ],
)
def test_whose_name_stands_behind_his_office_holds_it(text: str) -> None:
    assert len(named(text, "person")) == 1


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("وقال نائب وزير الخارجية الليبي إن المخيمات أغلقت.", "Deputy foreign minister of Libya"),
        ("التقت نائبة وزير الدفاع المالي الوفد في غاو.", "Deputy defence minister of Mali"),
        (
            "Le vice-ministre libyen des Affaires étrangères a reçu la presse.",
            "Deputy foreign minister of Libya",
        ),
        (
            "Libya's deputy foreign minister said that the camps were closed.",
            "Deputy foreign minister of Libya",
        ),
        ("The Malian deputy prime minister arrived in Gao.", "Deputy prime minister of Mali"),
    ],
)
def test_a_deputy_is_not_whom_he_stands_in_for(text: str, person: str) -> None:
    assert named(text, "person") == [person]


@pytest.mark.parametrize(
    "text",
    [
        "استمع القاضي إلى وزير الدفاع المالي السابق في باماكو.",
        "وقال نائب وزير الدفاع المالي السابق إنه بريء.",
        "استمع القاضي إلى رئيس الوزراء السابق في باماكو عاصمة مالي.",
        "L'ancien ministre malien de la Défense a été entendu à Bamako.",
        "Mali's former defence minister was heard in Bamako.",
        "The former deputy defence minister of Mali was heard in Bamako.",
    ],
)
def test_who_held_an_office_once_does_not_hold_it(text: str) -> None:
    assert not named(text, "person")


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("وأدانت ممثلة الأمين العام الخاصة الهجوم.", "Special representative of United Nations"),
        (
            "وأدان الممثل الخاص للأمين العام للأمم المتحدة في مالي الهجوم.",
            "Special representative of United Nations in Mali",
        ),
        ("وغادر المبعوث الأممي إلى ليبيا طرابلس.", "Envoy of United Nations in Libya"),
        (
            "La Représentante spéciale adjointe du Secrétaire général a condamné l'attaque.",
            "Deputy special representative of United Nations",
        ),
        ("The Personal Envoy of the Secretary-General left Gao.", "Envoy of United Nations"),
        (
            "The Special Representative of the Secretary-General of the African Union left Gao.",
            "Special representative of African Union",
        ),
    ],
)
def test_whom_a_secretary_general_sends_is_told_by_the_body(text: str, person: str) -> None:
    assert named(text, "person") == [person]


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Troops captured Moussa Issoufou Djibo, a fuel smuggler.", "Moussa Issoufou Djibo"),
        ("The force killed Ahmed el-Tilemsi, a commander of the group.", "Ahmed el-Tilemsi"),
        ("A faction around Mallam Garba-Dikwa disobeys.", "Mallam Garba-Dikwa"),
        ("Selon Idrissa Tessalit, chauffeur, la route est coupée.", "Idrissa Tessalit"),
        ("Salif Mopti, 34 ans, a été relâché.", "Salif Mopti"),
    ],
)
def test_who_is_called_after_a_place_is_a_person(text: str, person: str) -> None:
    made = draft(text, name="x")
    assert person in {a.canonical for a in made.actors}
    assert not made.places


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Le colonel Moussa Traoré a quitté Gao hier.", "Gao"),
        ("Par Moussa Traoré, Gao", "Gao"),
        ("Three men were seen near Sidi Bouzid Gafsa road.", "Gafsa"),
        ("Il a rejoint Bordj Omar Driss à pied.", "Bordj Omar Driss"),
        ("Adama Diarra (Ségou) a gagné la course.", "Ségou"),
        ("Le tournoi a lieu au stade Moussa Traoré Gao.", "Gao"),
        ("L'Université Hassan II Mopti a rouvert.", "Mopti"),
        ("وغادر محمد غاو أمس.", "Gao"),
    ],
)
def test_a_place_behind_a_name_stays_a_place(text: str, place: str) -> None:
    assert place in {p.canonical for p in draft(text, name="x").places}


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ('وأضاف المصدر أن رأس الشبكة، المدعو "الساسي"، كان على صلة بالمهربين.', "الساسي"),
        ("وأوقفت المصالح المدعوة «الحمامة» عند الحاجز.", "الحمامة"),
        ('والشبكة يقودها بارون معروف باسم "ولد الحراثي" منذ سنوات.', "ولد الحراثي"),
    ],
)
def test_what_somebody_is_called_in_quotation_marks_is_his_name(text: str, person: str) -> None:
    assert person in named(text, "person")


@pytest.mark.parametrize(
    "text",
    [
        'وأطلق الجيش عملية معروفة باسم "درع الصحراء" قرب غاو.',
        'وتنشط هناك كتيبة تعرف باسم "طارق" منذ سنوات.',
        'وقال محمد ولد سيدي المدعو "الساسي" إنه بريء.',
    ],
)
def test_what_is_known_by_a_name_is_no_further_person(text: str) -> None:
    assert not {"درع الصحراء", "طارق", "الساسي"}.intersection(named(text, "person"))


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("قال دبلوماسي جزائري إن بلاده مستعدة للوساطة.", "Algeria"),
        ("Bamako n'a pas été consultée, a déclaré un porte-parole.", "Mali"),
        ("وجاء الرد سريعا بعد أن طرابلس رفضت العرض.", "Libya"),
    ],
)
def test_a_state_is_meant_by_its_capital_or_its_people(text: str, state: str) -> None:
    assert state in named(text, "state")


def test_smugglers_as_such_are_no_actor_and_their_networks_are() -> None:
    assert named("أوقف الجيش المالي مهربين قرب غاو.", "criminal_network") == []
    assert named("تتعاون شبكات التهريب مع المسلحين قرب غاو.", "criminal_network") == ["Smuggling networks"]


def test_an_unlisted_place_is_told_by_the_noun_before_it() -> None:
    found = draft("هاجم مسلحون قرية كندابورا قرب الحدود مع مالي.", name="x").places
    assert "كندابورا" in [p.canonical for p in found]


def test_a_place_joined_to_another_needs_no_other_sign() -> None:
    found = draft("بيعت الأسلحة في أسواق أوباري وغات بعد أيام.", name="x").places
    assert {"Ubari", "Ghat"} <= {p.canonical for p in found}


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("Le ministre Ousséni Compaoré a parlé à Ouagadougou.", "Blaise Compaoré"),
        ("قال سعيد بوتفليقة إن الملف أغلق في الجزائر.", "Abdelaziz Bouteflika"),
    ],
)
def test_a_last_name_behind_anothers_given_name_is_nobody_else(text: str, holder: str) -> None:
    assert holder not in named(text, "person")


def test_a_last_name_behind_a_title_is_its_holder() -> None:
    assert "Blaise Compaoré" in named("Le président Compaoré a parlé à Ouagadougou.", "person")
