"""Persons and bodies told by their words, in three languages; nobody is made up."""

from __future__ import annotations

import pytest

from tansiq.intake.draft import draft


def called(text: str, kind: str) -> set[str]:
    """Return the names of one kind in a draft."""
    return {a.canonical for a in draft(text, name="x").actors if a.kind == kind}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Le colonel-major Issa Doumbia a inspecté la garnison.", "Issa Doumbia"),
        ("Le ministre nigérien de l'Intérieur Salif Gambo a présidé la séance.", "Salif Gambo"),
        ("« Nous attendons », a affirmé le préfet de Tillabéri, Harouna Bassirou.", "Harouna Bassirou"),
        ("Mohamed Ould Sidi Baba, 34 ans, a été enlevé mardi près de Nara.", "Mohamed Ould Sidi Baba"),
        ("Viviane Lacombe, porte-parole de la mission, n'a pas répondu.", "Viviane Lacombe"),
        ("Colonel Adamu Bello said the convoy had left.", "Adamu Bello"),
        ("The spokesman for the ministry, Tomas Lindqvist, declined to comment.", "Tomas Lindqvist"),
        ('"We saw nothing," said Hannah Ekwueme, a resident of Ayorou.', "Hannah Ekwueme"),
        ("Ahmada Ag Bibi met the elders.", "Ahmada Ag Bibi"),
        ("أكد العقيد باكوري ساماكي أن الدورية عادت.", "باكوري ساماكي"),
        ("وأشار غالي ولد بيه، رئيس جمعية التجار، إلى أن الطريق مغلقة.", "غالي ولد بيه"),
        ("وقال الناطق باسم وزارة الداخلية النقيب حسيني أغ محمد إن القافلة وصلت.", "حسيني أغ محمد"),
        ("وقال الطبيب الأسترالي كينيث إليوت إنه بخير.", "كينيث إليوت"),
        ("قال المتحدث ريمي داندجينو للصحفيين إن الطريق مفتوحة.", "ريمي داندجينو"),
        ("اختطف مسلحون الألماني يورغ لانغه قرب البئر.", "يورغ لانغه"),
        ("واعتقل في السوق تاجر يدعى إينوسا تراوري (45 عاما).", "إينوسا تراوري"),
        ("تحدث عمدة البلدية المجاورة كونيبا سيسوكو عن السوق.", "كونيبا سيسوكو"),
        ("يرى الخبير في الشؤون الأمنية علي الزاوي أن الحل يتوقف على الجوار.", "علي الزاوي"),
    ],
)
def test_a_title_a_particle_or_an_office_beside_it_makes_a_name(text: str, name: str) -> None:
    assert called(text, "person") == {name}


@pytest.mark.parametrize(
    ("text", "name", "times"),
    [
        ("Le capitaine Yaya Kanté a parlé. Kanté a ajouté que la piste est coupée.", "Yaya Kanté", 2),
        ("Colonel Adamu Bello spoke first. Bello then left for Gao.", "Adamu Bello", 2),
        ("وأشار غالي ولد بيه إلى ذلك. وأضاف ولد بيه أن البضائع تكدست.", "غالي ولد بيه", 2),
    ],
)
def test_a_last_name_that_comes_again_is_the_same_person(text: str, name: str, times: int) -> None:
    (person,) = (a for a in draft(text, name="x").actors if a.kind == "person")
    assert (person.canonical, len(person.mentions)) == (name, times)


@pytest.mark.parametrize(
    "text",
    [
        "La Banque de Développement a ouvert un guichet à Gao.",
        "Le Comité de Suivi se réunit lundi. La Commission Mixte aussi.",
        "SITUATION SECURITAIRE AU NORD : le calme est revenu.",
        "The Northern Corridor Project starts in March.",
        "A colonel said the road was open.",
        "وقال العقيد إن المهمة انتهت.",
        "طلب الرئيس من الوزراء تقريرا جديدا عن الطرق.",
        "عبرت القافلة بلدة صغيرة شمال النهر.",
    ],
)
def test_nobody_is_made_up(text: str) -> None:
    assert called(text, "person") == set()


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("Le Comité national de pilotage a siégé mardi.", "org", "Comité national de pilotage"),
        ("Le ministère de la Santé a réagi.", "org", "ministère de la Santé"),
        ("Le 3e bataillon a relevé la garde.", "military_unit", "3e bataillon"),
        ("La garde nationale a bouclé le quartier.", "military_unit", "garde nationale"),
        ("The Joint Border Committee met on Monday.", "org", "Joint Border Committee"),
        ("The National Commission for Human Rights replied.", "org", "National Commission for Human Rights"),
        ("The 7th Infantry Battalion left.", "military_unit", "7th Infantry Battalion"),
        ("عقدت اللجنة الوطنية لحقوق الإنسان اجتماعا.", "org", "اللجنة الوطنية لحقوق الإنسان"),
        ("وصلت الكتيبة الثالثة للمشاة صباحا.", "military_unit", "الكتيبة الثالثة للمشاة"),
        ("أوقف الدرك الوطني شاحنة.", "military_unit", "الدرك الوطني"),
    ],
)
def test_a_body_is_its_head_noun_with_what_belongs_to_it(text: str, kind: str, name: str) -> None:
    assert name in called(text, kind)


def test_two_bodies_joined_by_and_stay_two() -> None:
    text = "Le ministère de la Santé et la Garde nationale ont envoyé des renforts."
    assert called(text, "org") == {"ministère de la Santé"}
    assert called(text, "military_unit") == {"Garde nationale"}


@pytest.mark.parametrize(
    "text",
    ["Une commission sera créée.", "The committee met.", "اجتمعت لجنة أمس.", "وقال اللواء إن القوة جاهزة."],
)
def test_a_bare_head_noun_names_no_body(text: str) -> None:
    assert called(text, "org") | called(text, "military_unit") == set()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("وصل وزير الخارجية المالي إلى نيامي.", "Foreign minister of Mali"),
        ("Le ministre libyen de l'Intérieur est arrivé lundi.", "Interior minister of Libya"),
        ("Niger's interior minister spoke of two arrests.", "Interior minister of Niger"),
        ("وقال والي تمنراست إن الطريق مفتوحة.", "Governor of Tamanrasset"),
        ("The mayor of Gao asked for calm.", "Mayor of Gao"),
        ("Bamako. Le Mali est en deuil, a dit le chef de l'État.", "President of Mali"),
    ],
)
def test_an_office_with_its_state_or_place_is_a_person(text: str, name: str) -> None:
    assert called(text, "person") == {name}


@pytest.mark.parametrize(
    "text",
    ["L'ancien président nigérien est libre.", "Le chef de l'État a parlé.", "A mayor asked for calm."],
)
def test_a_former_office_and_one_of_no_known_state_name_nobody(text: str) -> None:
    assert called(text, "person") == set()


def test_an_office_that_stood_beside_a_name_is_that_person() -> None:
    text = "استقبل وزير الدفاع المالي الجنرال عمر ديادي الوفد. وقال وزير الدفاع المالي إن الحدود آمنة."
    (person,) = (a for a in draft(text, name="x").actors if a.kind == "person")
    assert (person.canonical, len(person.mentions)) == ("عمر ديادي", 2)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("نفى الجيش المالي الخبر، وقال الجيش إنه لم يتحرك.", "Malian Armed Forces"),
        ("Au Niger, la gendarmerie a saisi des armes près d'Agadez.", "Nigerien Gendarmerie"),
        ("In Mali the army withdrew from Gao.", "Malian Armed Forces"),
    ],
)
def test_a_force_alone_is_that_of_the_state_of_the_text(text: str, name: str) -> None:
    assert called(text, "military_unit") == {name}


def test_a_force_of_no_known_state_is_passed_over() -> None:
    assert called("قال الجيش إنه لم يتحرك.", "military_unit") == set()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("وقال سندة ولد بوعمامة إن الحركة انسحبت من تمبكتو.", "سندة ولد بوعمامة"),
        ("وقالت وزيرة الخارجية جولي بيشوب إن بلادها لا تدفع.", "جولي بيشوب"),
    ],
)
def test_descent_and_an_office_of_state_name_whom_no_list_knows(text: str, name: str) -> None:
    assert name in [a.canonical for a in draft(text, name="x").actors if a.kind == "person"]


@pytest.mark.parametrize(
    "text",
    [
        "وقال وزير الدفاع إن القوات ستبقى.",
        "أعلن رئيس الوزراء استقالته اليوم.",
        "طلب وزير الخارجية مهلة إضافية من المجلس.",
        "استقبل رئيس الجمهورية وفدا أمريكيا.",
    ],
)
def test_an_office_before_ordinary_words_names_nobody(text: str) -> None:
    assert [a for a in draft(text, name="x").actors if a.kind == "person"] == []


@pytest.mark.parametrize(
    "text",
    [
        "زار رئيس الأركان ثكنات كيدال صباح الأربعاء.",
        "تفقد قائد المنطقة مواقع على الحدود.",
        "زار وزير الداخلية مخيمات اللاجئين في باسكنو.",
        "قال وزير الداخلية في لقاء صحافي إن الحدود آمنة.",
        "تحدث قائد ميداني عن هدنة، وعدها الخصوم أكبر هدية لهم.",
        "وصل الوفد إلى كوري بوقدي قرب البئر.",
    ],
)
def test_words_behind_an_office_are_no_name(text: str) -> None:
    assert all(" of " in name or name == "قائد المنطقة" for name in called(text, "person"))


def test_names_joined_by_and_behind_a_nationality_are_two_persons() -> None:
    text = "أطلق سراح الرهينتين السلوفاكيين فويتيخ هلادكي وماريك سفوبودا أمس."
    assert called(text, "person") == {"فويتيخ هلادكي", "ماريك سفوبودا"}


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("تفكيك شبكة دولية لتهريب الكوكايين في النيجر.", "criminal_network", "شبكة دولية لتهريب الكوكايين"),
        ("La gendarmerie du Niger a démantelé un réseau de trafic d'armes.", "criminal_network", "trafic"),
        ("Police in Niger broke up a migrant smuggling ring.", "criminal_network", "migrant smuggling ring"),
        ("تبنت كتيبة ''الموقعون بالصمت'' الهجوم في مالي.", "armed_group", "الموقعون"),
        ("قائد الناحية العسكرية الخامسة زار تبسة في الجزائر.", "person", "Commander"),
        ("وصل المبعوث الخاص للاتحاد الإفريقي في مالي أمس.", "person", "Envoy"),
        ("The African Union's envoy in N'Djamena offered to mediate.", "person", "Envoy"),
        ("نفت رئاسة بوركينا فاسو الخبر.", "org", "Presidency of Burkina Faso"),
        ("وكانت الخارجية البرتغالية قد نفت ذلك.", "org", "الخارجية البرتغالية"),
        ("Le parquet de Tambacounda évoque des liens possibles.", "org", "Tambacounda"),
        ("وقعت شركة هواي دينغ العقد في نيامي.", "org", "هواي دينغ"),
        ("أكدت المصادر أن مروحية تابعة للقوات الجوية النيجرية تحطمت.", "military_unit", "Nigerien Air Force"),
    ],
)
def test_bodies_groups_and_offices_are_told_by_what_they_are_of(text: str, kind: str, name: str) -> None:
    assert any(name in each for each in called(text, kind)), called(text, kind)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("قتل ثلاثة أشخاص في ميدغوري أمس.", "Maiduguri"),
        ("وقع الهجوم قرب تننكو وسط مالي.", "Tenenkou"),
        ("عبرت القافلة كوري بوقدي ليلا.", "Kouri Bougoudi"),
    ],
)
def test_a_place_spelt_otherwise_is_the_place(text: str, place: str) -> None:
    assert place in {p.canonical for p in draft(text, name="x").places}


def test_an_indefinite_commander_is_nobody() -> None:
    assert (
        called("A commander of the Malian army spoke; un commandant de l'armée malienne aussi.", "person")
        == set()
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("أشرف على الحفل قائد المنطقة العسكرية الثالثة رفقة العقيد ساليفو إيدي ديالو.", "ساليفو إيدي ديالو"),
        ("تعهد الرئيس عبد الله منصور هادي بمواصلة الحرب.", "عبد الله منصور هادي"),
        ("قاد الوساطة الشيخ ناصر العولقي بمساعدة اللواء المتقاعد.", "ناصر العولقي"),
        ("وقال المحامي سليمان حسيني لصحيفة محلية إن الملف فارغ.", "سليمان حسيني"),
        ("وصرح العقيد حسيني سامبا لإذاعة الساحل بأن الطريق آمنة.", "حسيني سامبا"),
        ("استقبل الوزير الدكتور فيصل المقداد صباح اليوم وفدا من التجار.", "فيصل المقداد"),
        ("وهدد العقيد موسى كوليبالي بالانسحاب من المحادثات.", "موسى كوليبالي"),
        ("وتلقى التاجر تهديدا من رجال أحمدو أغ تافني قبل شهر.", "أحمدو أغ تافني"),
    ],
)
def test_a_name_ends_where_the_sentence_goes_on(text: str, name: str) -> None:
    assert called(text, "person") == {name}


def test_a_name_that_looks_like_a_joined_preposition_stays_whole() -> None:
    assert called("قال العقيد محمد بوتفليقة إن الدورية عادت.", "person") == {"محمد بوتفليقة"}
    assert called("قال الوزير إبراهيم لعمارة إن الحل قريب.", "person") == {"إبراهيم لعمارة"}


def test_and_before_a_name_of_descent_is_no_part_of_it() -> None:
    text = "تشمل القائمة القيادي أحمدو أغ تافني وهوكا أغ إنتالا."
    assert called(text, "person") == {"أحمدو أغ تافني", "هوكا أغ إنتالا"}


def test_what_somebody_says_of_another_opens_no_name() -> None:
    assert "واصفا ولد بونه" not in called("ورد عليه التاجر واصفا ولد بونه بالكاذب.", "person")


def test_a_last_name_that_is_also_a_place_belongs_to_the_name() -> None:
    text = "وجرى اللقاء بحضور الأمين العام للوزارة محمد الهادي ماسينا والمدير العام للأمن."
    read = draft(text, name="x")
    assert "محمد الهادي ماسينا" in {a.canonical for a in read.actors}
    assert not read.places


@pytest.mark.parametrize(
    ("text", "name", "times"),
    [
        ("اعتقل الدرك التاجر موسى إبراهيم الملقب أبو بكر قرب السوق.", "موسى إبراهيم", 2),
        ("Police arrested Musa Garba alias Abu Fatima near Diffa.", "Musa Garba", 2),
        (
            "L'un d'eux serait Lotfi Ben Youssef alias Abou Sakhr, recherché depuis mars.",
            "Lotfi Ben Youssef",
            2,
        ),
        ("Brigadier Ali Sow met Field Marshal Ali Sow.", "Ali Sow", 2),
        ("Minister of Defense Mahamadou Karidjo met the envoy.", "Mahamadou Karidjo", 1),
        ("Chief of Defence Staff Alex Badeh flew home.", "Alex Badeh", 1),
        ("Squadron Leader Ibrahim Musa died.", "Ibrahim Musa", 1),
    ],
)
def test_titles_and_other_names_are_no_part_of_a_name(text: str, name: str, times: int) -> None:
    (person,) = (a for a in draft(text, name="x").actors if a.kind in ("person", "military_unit"))
    assert (person.canonical, person.kind, len(person.mentions)) == (name, "person", times)


@pytest.mark.parametrize(
    "text",
    [
        "Two men died near Gao. (Reporting by Lanre Ola; Editing by Tim Cocks)",
        "قتل رجلان قرب غاو. (إعداد محمد صالح للنشرة العربية - تحرير أحمد حسن)",
        "Deux hommes sont morts à Gao. Propos recueillis par Amadou Diallo.",
    ],
)
def test_who_reported_and_edited_is_no_actor(text: str) -> None:
    assert called(text, "person") == set()
