"""Who is heard in a text, by every way of saying so that the genres have, in three languages."""

from __future__ import annotations

import pytest

from tansiq.intake.draft import draft


def heard(text: str) -> list[tuple[str, str]]:
    """Return kind and words of each source, in order."""
    return [(c.kind, c.text) for c in draft(text, name="x").chain]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Selon Radio Azawad FM, captée mardi, le convoi est parti.", "broadcaster", "Radio Azawad FM"),
        ("De source sécuritaire, trois hommes ont été arrêtés.", "unnamed_source", "source sécuritaire"),
        ("On apprend de bonne source que la réunion est reportée.", "unnamed_source", "source"),
        ("À en croire un analyste, la trêve tiendra.", "expert", "analyste"),
        (
            "Hier, un responsable local a confirmé les faits dans la ville.",
            "unnamed_source",
            "responsable local",
        ),
        ("« Nous restons », a martelé le capitaine Yaya Kanté.", "official", "Yaya Kanté"),
        ("Des habitants joints par téléphone évoquent des tirs.", "unnamed_source", "habitants"),
        ("Le représentant du Niger a pris acte du rapport.", "official", "représentant du Niger"),
        ("Le convoi a été confirmé par une source militaire.", "unnamed_source", "source militaire"),
        ("According to a security official, the convoy was late.", "unnamed_source", "security official"),
        ('"We will stay," said Colonel Adamu Bello. He added that talks go on.', "official", "Adamu Bello"),
        ("Analysts say the truce will hold.", "expert", "Analysts"),
        ("The claim was confirmed by the governor, Issa Garba.", "official", "Issa Garba"),
        ("Local radio, monitored in Gao, reported a market fire.", "broadcaster", "Local radio"),
        ("The army said in a statement that it withdrew.", "official", "army"),
        ("ويرى الباحث سامي الزين أن الهدنة ستصمد.", "expert", "سامي الزين"),
        ("وفقا لبيان صادر عن وزارة الداخلية، أوقف ثلاثة.", "ministry", "وزارة الداخلية"),
        ("كشف مسؤول محلي طلب عدم ذكر اسمه أن السوق أغلق.", "unnamed_source", "مسؤول محلي"),
        ("وأوضح ممثل النيجر أن بلاده سترسل ضابطين.", "official", "ممثل النيجر"),
        ("المصدر: راديو أكاديس، نشرة السابعة.", "broadcaster", "راديو أكاديس"),
    ],
)
def test_a_source_is_heard_however_it_is_brought_in(text: str, kind: str, words: str) -> None:
    assert heard(text) == [(kind, words)]


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("« La piste est sûre », a déclaré à l'AFP le colonel Brehima Sow.", "AFP"),
        (
            "Une source proche du dossier citée par l'agence Sahel Presse parle de deux chefs.",
            "Sahel Presse",
        ),
        ("Interrogé par Le Courrier du Nord, le maire Yaya Kanté parle d'un malentendu.", "Courrier du Nord"),
        (
            "Le journal « L'Écho du Fleuve » rapporte, citant un élu local, que le marché a fermé.",
            "L'Écho du Fleuve",
        ),
        ("A diplomat told the Desert Tribune that the plan was dead.", "Desert Tribune"),
        ("صرح العقيد باكوري ساماكي لوكالة فرانس برس بأن الطريق آمن.", "وكالة فرانس برس"),
        ("أفادت إذاعة صوت الصحراء بأن القافلة وصلت، نقلا عن شهود عيان.", "إذاعة صوت الصحراء"),
    ],
)
def test_an_outlet_passes_on_the_words_of_its_source(text: str, outlet: str) -> None:
    chain = draft(text, name="x").chain
    (passing,) = (c for c in chain if c.text == outlet)
    assert passing.quotes is not None
    assert chain[passing.quotes].kind in ("official", "unnamed_source")


@pytest.mark.parametrize(
    "text",
    [
        "Le préfet Yaya Kanté a indiqué que la piste est coupée. Kanté a ajouté qu'il reviendrait. "
        "Le préfet a conclu en saluant les habitants.",
        "Colonel Adamu Bello said the road was open. Bello added that it would stay so. He noted the cost.",
        "قال العقيد باكوري ساماكي إن الطريق آمن. وأضاف العقيد باكوري ساماكي أن الدورية عادت.",
    ],
)
def test_one_who_speaks_often_is_one_source(text: str) -> None:
    assert len(draft(text, name="x").chain) == 1


def test_a_pronoun_goes_on_with_the_source_before_it() -> None:
    made = draft("A herder said the well was dry. He added that two camels had died there.", name="x")
    assert [s.source for s in made.statements] == [0, 0]


def test_who_asks_not_to_be_named_is_anonymous() -> None:
    for text in ("Un diplomate, sous couvert d'anonymat, a affirmé le contraire.", "A diplomat said so."):
        assert [c.anonymous for c in draft(text, name="x").chain] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "Le marché de Gao a rouvert lundi.",
        "The market in Gao opened on Monday.",
        "فتح السوق في غاو يوم الاثنين.",
    ],
)
def test_the_authors_own_words_have_no_source(text: str) -> None:
    assert heard(text) == []


def entries(text: str) -> list[tuple[str, str]]:
    return [(e.text, e.kind) for e in draft(text, name="x").chain]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("ويروي أحد رعاة المنطقة، وكان على بعد كيلومترين، أن الرجال غادروا المخيم.", "أحد رعاة المنطقة"),
        ("واكتفى ضابط سام بالقول إن وحدات جديدة ستنشر.", "ضابط سام"),
        ("وقال لي ضابط سام سابق إن الطريق مغلق.", "ضابط سام سابق"),
        ("حسبما علم اليوم الأربعاء لدى مصدر إداري بمنطقة أغاديز، فر المهاجمون.", "مصدر إداري بمنطقة أغاديز"),
        ("Un chef de village a affirmé que la route est fermée.", "chef de village"),
        ("A member of the council who sat through the talks, and asked not to be named, told reporters that "
         "the money was paid.", "A member of the council"),
    ],
)  # fmt: skip
def test_whoever_speaks_without_a_name_is_an_unnamed_source(text: str, source: str) -> None:
    ((found, kind), *_) = entries(text)
    assert found in source or source in found
    assert kind == "unnamed_source"


def test_whoever_speaks_by_the_tongue_of_a_body_is_named_in_its_place() -> None:
    text = "وأكدت جبهة تحرير أزواد على لسان المتحدث باسمها محمد المولود رمضان أن القتلى مدنيون."
    (one,) = draft(text, name="x").chain
    assert "محمد المولود رمضان" in one.name


def test_what_is_only_hastened_to_is_not_said() -> None:
    assert entries("وسارع السكان إلى الفرار من القرية.") == []


def test_a_dateline_and_the_text_itself_are_no_sources() -> None:
    text = "TUNIS, Oct 3, 2011 (Sahara Wire) - A mediator told this newspaper that the road is closed."
    assert [found for found, _ in entries(text)] == ["mediator"]


def test_what_is_denied_is_had_from_who_denies_it() -> None:
    ministry, pages = draft(
        "وتكذب وزارة الدفاع الجزائرية تكذيبا قاطعا ما نشرته بعض المواقع عن التمرين.", name="x"
    ).chain
    assert ministry.quotes == 1
    assert pages.kind == "newspaper"


def test_whoever_a_relay_passes_on_besides_the_first_names_it() -> None:
    text = 'نقلت صحيفة "الأفق" عن مصدر أمني أن الطريق مغلق. ونقلت الصحيفة عن تاجر في غاو أن السوق مغلق.'
    paper, first, second = draft(text, name="x").chain
    assert paper.quotes == 1
    assert (first.via, second.via) == (None, 0)


@pytest.mark.parametrize(
    ("text", "outlet", "source"),
    [
        ("أفاد مصدر عسكري وكالة فرانس برس بأن الدورية عادت.", "وكالة فرانس برس", "مصدر عسكري"),
        ("أبلغ مصدر أمني رويترز أن الجيش تقدم. وقال المصدر إن جنديا أصيب.", "رويترز", "مصدر أمني"),
        ("قال دبلوماسي غربي في باماكو لرويترز إن المفاوضات توقفت.", "لرويترز", "دبلوماسي غربي"),
        ("Le poste a brûlé, a appris l'AFP vendredi de source sécuritaire.", "AFP", "source sécuritaire"),
    ],
)  # fmt: skip
def test_an_outlet_passes_on_whom_it_learnt_it_from(text: str, outlet: str, source: str) -> None:
    chain = draft(text, name="x").chain
    (passing,) = (c for c in chain if c.quotes is not None)
    assert passing.text in (outlet, outlet.removeprefix("ل"))
    assert passing.quotes is not None
    assert chain[passing.quotes].text == source
    assert len(chain) == 2


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("وصرح الوزير المنتدب للشؤون المغاربية والإفريقية سامي الزين بأن الحدود آمنة.", "سامي الزين"),
        ("وقال الخبير في شؤون الجماعات المسلحة محمد محمود إن الهدنة هشة.", "محمد محمود"),
        ("قال المتحدث باسم الجيش العقيد سليمان مايغا للصحفيين إن القوات تقدمت.", "سليمان مايغا"),
        ("General William Ward, the head of U.S. Africa Command, said that talks go on.", "William Ward"),
    ],
)  # fmt: skip
def test_who_holds_a_long_office_speaks_by_name(text: str, name: str) -> None:
    assert [words for _, words in heard(text)] == [name]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("أعلن الجيش أن الطائرات حددت موقع الرهائن قبل الهجوم.", ["الجيش"]),
        ("وقال مصدر أمني إن الجيش نشر كتيبة قرب الحدود.", ["مصدر أمني"]),
        ("واستبعدت المصادر مشاركة قوات أجنبية في العملية.", ["المصادر"]),
        ("أعرب المشاركون في البيان الختامي للقمة عن قلقهم.", ["البيان الختامي"]),
        ("At least 20 soldiers died, according to a tally compiled by Reuters.", ["Reuters"]),
        ("L'attaque porte selon un expert la marque du groupe.", ["expert"]),
        ("Chiefs from four states have agreed on patrols, a diplomat said.", ["diplomat"]),
    ],
)
def test_nobody_is_heard_who_says_nothing(text: str, expected: list[str]) -> None:
    assert [words for _, words in heard(text)] == expected


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ('علمت "الواحة" من مصادر متطابقة أن القادة سيجتمعون غدا.', "مصادر متطابقة"),
        ('كشف مصدر مقرب من القيادة لـ"السراج" أن الطرفين اتفقا على تمرين مشترك.', "مصدر"),
        ("نواكشوط (ا ف ب) 3-4-2012 - قال مصدر أمني لوكالة فرانس برس إن الدورية عادت.", "مصدر أمني"),
        ("DAKAR, Nov 19, 2010 (Reuters) - A gendarmerie officer told Reuters that two men fled.", "officer"),
        ("Boni : Bamako dément\nBAMAKO, 2 juil 2010 (AFP) - Selon une source militaire, le poste a été "
         "attaqué dans la nuit de mardi à mercredi par des hommes armés venus du nord.", "source militaire"),
    ],
)  # fmt: skip
def test_the_outlet_that_prints_a_text_and_its_title_are_no_relay(text: str, source: str) -> None:
    (only,) = draft(text, name="x").chain
    assert source in only.name
    assert only.quotes is None


@pytest.mark.parametrize(
    "text",
    [
        "ونقل السجناء في حافلتين إلى سيفاري.",
        "قتل اثنين من الوسطاء في ظروف غامضة.",
        "صادر الجيش التونسي كاشف ألغام.",
        "The court freed a man accused of belonging to the group.",
        "Niger will assign one flight per week to the joint staff.",
    ],
)
def test_words_that_look_like_verbs_of_saying_name_no_source(text: str) -> None:
    assert draft(text, name="x").chain == ()


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Elle a été relâchée lundi près de Gao, a affirmé vendredi le ministère portugais.", "ministère"),
        ("L'avion est arrivé, rapporte dans son édition de mercredi le journal espagnol ABC.", "ABC"),
        (
            "L'opération est prévue en mai au Mali, a indiqué à la presse une source "
            "militaire."
        , "source militaire"),
        ("Les services, confie un officier français, ont intercepté des messages.", "officier français"),
        ("Le camp a brûlé. Pour un analyste basé à Niamey, il sera rebâti.", "analyste"),
        ("غير أن مصدرا قضائيا قلل من أهمية هذه الرواية.", "مصدرا قضائيا"),
        ("لكن الجهاز نفى ذلك وقال إن الحراس لم يقبضوا رواتبهم.", "الجهاز"),
        ("بيد أن مصادر محلية تشتبه في تنظيم القاعدة.", "مصادر محلية"),
        ("Contrary to press reports, no base has been requested.", "press reports"),
    ],
)  # fmt: skip
def test_a_source_behind_its_verb_or_without_one_is_heard(text: str, source: str) -> None:
    assert [source in c.name for c in draft(text, name="x").chain] == [True]


def test_who_is_heard_on_a_station_is_passed_on_by_it() -> None:
    text = "Six guards died near Sanam, Niger's defence ministry said in a statement read on state radio."
    ministry, radio = draft(text, name="x").chain
    assert (ministry.kind, radio.kind) == ("ministry", "broadcaster")
    assert radio.quotes == 0


def test_sources_without_a_name_are_told_apart_by_where_they_belong() -> None:
    text = (
        "قال مصدر في الدرك إن الدورية عادت. وأكد مصدر من الجمارك الجزائرية أن الشحنة حجزت. "
        "وأضاف المصدر أن السائق فر."
    )
    first, second = draft(text, name="x").chain
    assert (first.text, second.text) == ("مصدر في الدرك", "مصدر من الجمارك الجزائرية")
    assert first.anonymous
    assert second.anonymous


@pytest.mark.parametrize(
    "text",
    [
        "كان الوزير قد شدد أمام ضيفه على أن بلاده ترفض أي وجود أجنبي.",
        "وقالت للصحافيين إن حكومتها لا تدفع.",
        "لكنهم يتذكرون جيدا أن المستأجرين كانوا غرباء.",
    ],
)
def test_whom_one_speaks_to_and_how_is_no_source(text: str) -> None:
    assert not any("أمام" in words or "للصحافيين" in words or "جيدا" in words for _, words in heard(text))


def test_a_source_ends_before_what_it_binds_itself_to() -> None:
    text = "باماكو - تعهد الجانب الجزائري بتكوين عشرين عونا في مجال الاتصالات قبل نهاية السنة."
    assert [c.name for c in draft(text, name="x").chain] == ["الجانب الجزائري"]
