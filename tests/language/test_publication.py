"""The day of publication of the project's own undated texts, solved from what they say."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tansiq.language.calendar import DayInterval
from tansiq.language.datelines import dateline
from tansiq.language.dates import expressions
from tansiq.language.folding import fold, key
from tansiq.language.lexicon import cells, rows
from tansiq.language.publication import Published, publication
from tansiq.language.tenses import tenses

UNDATED = [
    ("زار الوزير نيامي في 3 مارس 2012. وقال أمس الثلاثاء إن لقاء 12 ماي الجاري ناجح.", date(2012, 5, 16)),
    ("انتهت الدورة في 28 أفريل 2012، وتقدم العروض قبل 30 ماي 2012.", date(2012, 5, 10)),
    ("آخر حادث كان يوم 2 نوفمبر 2015، ومن المقرر عقد القمة في 11 ديسمبر 2015.", date(2015, 11, 20)),
    ("La réunion du 4 juin 2013 a échoué; la prochaine aura lieu le 9 juillet 2013.", date(2013, 6, 20)),
    ("Le convoi est parti le 2 février 2014. Le préfet l'a dit le 20 mars courant.", date(2014, 3, 22)),
    ("The team left on 3 October 2016; bids close before 15 November 2016.", date(2016, 10, 20)),
    ("The bridge fell on 3 May 2017. The repair is scheduled for 12 June 2017.", date(2017, 5, 15)),
]


def solved(text: str) -> Published | None:
    folded = key(text)
    return publication(folded, expressions(folded))


@pytest.mark.parametrize(("text", "day"), UNDATED)
def test_an_undated_text_is_placed_within_45_days(text: str, day: date) -> None:
    found = solved(text)
    assert found is not None
    assert found.basis == "inferred"
    assert found.interval.lo <= day <= found.interval.hi
    assert found.interval.days <= 45


def test_a_weekday_beside_a_day_without_year_must_agree() -> None:
    text = "وقع الاتفاق في 2 جانفي 2015. وقال يوم الثلاثاء 24 مارس إن لقاء 22 مارس الجاري مهم."
    found = solved(text)
    assert found is not None
    assert (found.interval.lo.year, found.interval.lo.month) == (2015, 3)


def test_elections_of_next_year_tell_the_year() -> None:
    text = "بعد لقاء 5 ديسمبر 2010 تستعد مالي للانتخابات العام القادم، وبدأت المشاورات في 3 مارس الجاري."
    found = solved(text)
    assert found is not None
    assert found.interval.lo.year == 2011


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Titre\n\nNiamey, 3 mars 2031. Selon un responsable, trois véhicules furent saisis.", True),
        ("عنوان\n\nنواكشوط، 3 مارس 2031. قال مسؤول إن دورية صادرت ثلاث سيارات.", True),
        ("Le poste fut pris à Gao, le 3 mars 2031. Depuis, rien n'a bougé.", False),
        ("Titre\n\nDepuis le 3 mars 2031. Selon un responsable, rien n'a bougé.", False),
    ],
)
def test_a_place_a_comma_a_day_and_a_full_stop_open_a_report(text: str, printed: bool) -> None:
    folded = key(text)
    day = DayInterval(date(2031, 3, 3), date(2031, 3, 3))
    assert dateline(folded, expressions(folded)) == ((day, "text") if printed else None)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("استعاد الجيش المدينة، حسب مصدر عسكري.\n(جوان 2031)", True),
        ("استعاد الجيش المدينة، حسب مصدر عسكري.\nباماكو، جوان 2031", True),
        ("L'armée a repris la ville.\nJuin 2031.", True),
        ("The army has retaken the town.\n[June 2031]", True),
        ("استعاد الجيش المدينة.\nوانتهت المهمة في جوان 2031", False),
        ("L'armée a repris la ville. La mission avait pris fin en juin 2031.", False),
        ("(June 2031)", False),
    ],
)
def test_a_month_alone_in_the_last_line_is_when_a_text_came_out(text: str, printed: bool) -> None:
    folded = fold(text).text
    month = DayInterval(date(2031, 6, 1), date(2031, 6, 30))
    assert dateline(folded, expressions(folded)) == ((month, "text") if printed else None)


def test_a_year_alone_or_an_old_date_is_no_day_of_publication() -> None:
    assert solved("تأسست الجمعية في 3 مارس 1998 وما زالت تعمل.") is None
    assert solved("ارتفعت الأسعار في 2011.") is None


@given(st.text(alphabet="0123456789 ./-مارسيوالجخقبلنهاية", max_size=80))
def test_no_text_breaks_the_solver(text: str) -> None:
    found = solved(text)
    assert found is None or found.interval.lo <= found.interval.hi


def test_of_public_events_the_latest_is_news_within_what_lasted_then() -> None:
    text = "أعلن التنظيم إعدام جرمانو بعد عملية للجيش، وما زال يحتجز بيلالتا وباسكوال منذ نوفمبر الماضي."
    found = solved(text)
    assert found is not None
    assert found.interval == DayInterval(date(2010, 7, 22), date(2010, 8, 22))


@pytest.mark.parametrize(
    "text",
    [
        "يذكر أن غاو شهدت اختطاف القنصل الجزائري في أبريل 2012.",
        "Rappelons que l'attaque de Lemgheity avait coûté la vie à quinze soldats en 2005.",
    ],
)
def test_what_is_told_with_its_year_is_no_news(text: str) -> None:
    found = solved(text)
    assert found is None or found.interval.days > 100


def test_an_event_before_a_day_that_the_text_reports_is_no_news() -> None:
    found = solved(
        "كان إعدام إدوين داير بداية التصعيد. وفي 3 فبراير 2011 عبرت قافلة الحدود يوم الخميس الماضي."
    )
    assert found is not None
    assert found.interval.lo >= date(2011, 2, 3)


def test_the_chronology_is_in_order_and_every_row_can_be_met() -> None:
    seen = [(r["since"], r["until"], r["needs"]) for r in rows("chronology.psv")]
    assert seen == sorted(seen, key=lambda r: r[0])
    for since, until, needs in seen:
        assert date.fromisoformat(since) <= date.fromisoformat(until)
        assert all(key(word).strip() for choice in cells(needs) for word in choice.split("+"))


def test_next_april_is_not_said_in_april() -> None:
    found = solved("اختتم مدلسي اجتماع وزراء خارجية سبع دول من الساحل، واتفقوا على لقاء في أفريل القادم.")
    assert found is not None
    assert found.interval.hi <= date(2010, 3, 31)


PLACED = [
    (
        "Le préfet a reçu les chefs jeudi 7 juin; l'EIGS a revendiqué le meurtre. Les vols reprendront "
        "après la Korité.",
        date(2018, 6, 12),
    ),
    (
        "Troops will leave before 15 March, an officer of task force Takuba said yesterday. And rain today, "
        "in March.",
        date(2020, 3, 5),
    ),
    (
        "Niger promised wells before the month of Ramadan, which begins in early May. The Islamic State in "
        "the Greater Sahara killed nine on Tuesday, and 40 people in March, a doctor said.",
        date(2019, 4, 10),
    ),
    (
        "وقع الطرفان الصلح يوم السبت الثاني من رمضان بحضور حركة إنقاذ أزواد، وتعهدا بالدفع قبل عيد الفطر، "
        "ووعد الوالي في 2015 وفي 2016 بآبار لم تحفر.",
        date(2017, 6, 2),
    ),
    (
        "قال ضابط أمس، بعد مقتل القذافي، إن عملية جرمانو وإعدام الرهينة في 22 يوليو من العام الماضي فشل، "
        "وإن الثكنة ستسلم قبل نهاية ديسمبر.",
        date(2011, 11, 10),
    ),
    (
        "Trois semaines après l'attaque du 6 février, la faction de Barnaoui, rivale de Shekau, tient l'île. "
        "Les renforts arriveront avant la fin mars.",
        date(2017, 2, 28),
    ),
    (
        "كشفت القيادة في جانفي الماضي أن الكميات المحجوزة خلال سنة 2014 ارتفعت، وستفتح مراكز قبل نهاية "
        "السداسي الأول من السنة الجارية. وكان ذلك ليلة الثلاثاء.",
        date(2015, 3, 1),
    ),
]


@pytest.mark.parametrize(("text", "day"), PLACED)
def test_months_feasts_weekdays_and_what_exists_place_a_text(text: str, day: date) -> None:
    found = solved(text)
    assert found is not None
    assert found.interval.lo <= day <= found.interval.hi
    assert found.interval.days <= 45


@pytest.mark.parametrize(
    "text",
    [
        "قال مسؤول في القاعدة ببلاد المغرب إن القافلة ستصل في مارس.",
        "The convoy left in March and will be back before July.",
        "Le maire a promis un puits avant la Tabaski.",
        "Un village du lac fut attaqué mardi, selon un pêcheur.",
    ],
)
def test_months_alone_tell_no_year(text: str) -> None:
    assert solved(text) is None


def test_what_is_cancelled_is_neither_reported_nor_awaited() -> None:
    text = key("Le départ prévu en mars a été annulé. La mission partira en mai.")
    found = expressions(text)
    assert tenses(text, found) == [0, 1]


@pytest.mark.parametrize("name", ["existing.psv", "feasts.psv", "elections.psv"])
def test_every_row_of_public_life_can_be_met(name: str) -> None:
    for row in rows(name):
        for cell in (row[c] for c in ("since", "until", "day") if c in row and "-" in row[c]):
            assert date.fromisoformat(cell).year >= 2000
        words = cells(row.get("needs") or row["words"])
        assert words
        assert all(key(word).strip() for choice in words for word in choice.split("+"))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("أوقف الدرك يوم الأحد الماضي 17 مارس خمسة أشخاص بعد هجوم تيقنتورين.", date(2013, 3, 19)),
        ("مرة أخرى، لا قمة يوم السبت 18 من الشهر الجاري، وقد وعد بها منذ ربيع 2010. وفي التاسع من ديسمبر "
         "وقع القصف.", date(2010, 12, 20)),
    ],
)  # fmt: skip
def test_a_weekday_told_with_its_day_tells_the_year(text: str, day: date) -> None:
    found = solved(text)
    assert found is not None
    assert found.interval.lo <= day <= found.interval.hi
    assert found.interval.days <= 45


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("قتل حارسان في هجوم على بوسو نفذته بوكو حرام.", None),
        ("Deux gendarmes ont été tués dans une attaque à Ayorou jeudi.", None),
        ("Two peacekeepers were killed on the road to Goundam on Monday.", None),
        ("نيامي تندد بكمين تونغو تونغو الذي قتل فيه جنود أمريكيون، والبنتاغون يحقق.", date(2017, 10, 20)),
        ("Grand-Bassam compte ses morts après l'attentat de la plage.", date(2016, 3, 20)),
        ("وصل ريك مشار إلى مشارف جوبا حيث يستمر القتال بين جناحي الجيش.", date(2014, 1, 10)),
        ("Le typhon Haiyan a tué des milliers de gens.", date(2013, 11, 20)),
    ],
)
def test_violence_at_a_place_that_saw_much_of_it_tells_no_day(text: str, day: date | None) -> None:
    found = solved(text)
    if day is None:
        assert found is None
    else:
        assert found is not None
        assert found.interval.lo <= day <= found.interval.hi


@pytest.mark.parametrize(
    "text",
    [
        "أحرق مسلحو بوكو حرام قرية يوم 3 أغسطس الماضي وفر أهلها.",
        "Barkhane a détruit un dépôt le 10 janvier, selon un berger.",
        "JNIM fighters burnt a school on 13 January, parents say.",
    ],
)
def test_a_group_known_for_years_is_not_young_news(text: str) -> None:
    assert solved(text) is None


def test_a_year_long_before_the_days_that_agree_tells_nothing_of_them() -> None:
    text = "تعود القضية إلى عام 2004. وقال أحد سكان معقل بوكو حرام إن السوق أغلقت في أغسطس الماضي."
    assert solved(text) is None


def test_so_long_since_an_accord_was_signed_tells_the_year() -> None:
    text = "Quatre ans après la signature de l'accord de Skhirat, le 2 décembre, rien n'est appliqué."
    found = solved(text)
    assert found is not None
    assert found.interval.lo <= date(2019, 12, 5) <= found.interval.hi


def test_a_short_word_of_an_event_is_no_part_of_another() -> None:
    text = "هاجم مسلحون كنيسة في محمية بندجاري حيث خطف سائحان."
    found = solved(text)
    assert found is not None
    assert found.interval.hi < date(2019, 12, 31)


def test_what_was_so_long_ago_is_no_news() -> None:
    found = solved("Two months after the ambush at Tongo Tongo, the Americans arm their drones.")
    assert found is not None
    assert found.interval.lo <= date(2017, 12, 4) <= found.interval.hi


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("باماكو، 3 مارس 2020. نشر الجيش قوات في كيدال في 20 فبراير 2020. ولم يتضح الأمر.", date(2020, 3, 3)),
        (
            "Gao, 3 mars 2020. L'ONU ouvre un bureau à Ménaka. Les rebelles déposeront les armes à Kidal le "
            "20 mars 2020. Les soldats patientent.",
            date(2020, 3, 3),
        ),
        ("بيان. نشر في 20 فبراير 2020 على موقع الوزارة.", date(2020, 2, 20)),
        ("Les faits remontent à lundi. Publié le 12 mars 2015 à 10 h.", date(2015, 3, 12)),
    ],
)
def test_what_is_deployed_or_laid_down_on_a_day_is_not_published_on_it(text: str, day: date) -> None:
    found = solved(text)
    assert found is not None
    assert (found.interval.lo, found.interval.hi) == (day, day)


def test_an_office_and_a_square_tell_no_day_of_publication() -> None:
    for text in (
        "فتحت الأمم المتحدة مكتب اتصال في كيدال في 20 فبراير 2020 بعد هجوم على القاعدة العسكرية في المدينة "
        "قتل فيه جنديان وأصيب آخرون بجروح متفاوتة الخطورة.",
        "La foule s'est réunie sur la place publique de Gao le 20 février 2020 pour protester contre la "
        "présence des soldats étrangers, a constaté un correspondant.",
    ):
        found = solved(text)
        assert found is None or found.basis == "inferred"


@pytest.mark.parametrize(
    "head",
    [
        "14 Mar 14",
        "FRI 14MAR14",
        "14-MAR-14",
        "(14 mars 14)",
        "DTG 141530Z MAR 14",
        "الجمعة 14 مارس 14",
        "14\\3\\2014",
    ],
)
def test_a_day_with_the_year_in_two_digits_heads_a_text(head: str) -> None:
    text = fold(f"{head}\nGunmen attacked a post at noon, killing two soldiers.\n").text
    found = publication(text, expressions(text))
    assert found is not None
    assert (found.interval.lo, found.interval.hi, found.basis) == (
        date(2014, 3, 14),
        date(2014, 3, 14),
        "text",
    )


@pytest.mark.parametrize("head", ["REF 55TAC12", "10mois 20 jours", "Note 15min 20 dans"])
def test_the_first_group_with_a_month_is_the_signal(head: str) -> None:
    text = fold(f"{head}\nDTG 141530Z MAR 14\nNothing to report.").text
    found = publication(text, expressions(text))
    assert found is not None
    assert found.interval.lo == date(2014, 3, 14)


@pytest.mark.parametrize(
    "text", ["20mai 15 soldats tués à Gao.", "SN 120000 mai 15.", "Vol AF12MAR17 annulé."]
)
def test_numbers_of_parts_and_flights_are_no_day_of_publication(text: str) -> None:
    folded = fold(text).text
    assert publication(folded, expressions(folded)) is None


@pytest.mark.parametrize(
    "text",
    [
        "Le 14 mars 14 soldats sont morts.",
        "On 3 May 12 men left.",
        "On 14 March 12 (of them women) fell.",
        "On 3 March 10-12 soldiers fell.",
        "في 14 مارس 14 جنديا.",
    ],
)
def test_a_number_that_counts_behind_a_month_is_no_year(text: str) -> None:
    assert all(getattr(w.means, "year", None) is None for w in expressions(key(text)))


def test_a_hijri_date_in_digits_is_one() -> None:
    (found,) = expressions(key("حرر بتاريخ 13/5/1435هـ"))
    assert (found.fields.year, found.fields.hijri) == (1435, True)
