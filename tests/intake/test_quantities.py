"""Quantities: what a number counts, and which numbers count nothing."""

from __future__ import annotations

import pytest

from tansiq.intake.draft import draft


def counted(text: str) -> list[tuple[float, bool]]:
    return [(q.value, q.approx) for q in draft(text, name="x").quantities]


@pytest.mark.parametrize(
    ("text", "value", "approx"),
    [
        ("أسفر الهجوم عن مقتل جنديين قرب الحدود.", 2, False),
        ("قتل في الكمين جندي واحد.", 1, False),
        ("أوقفت الوحدات مهربين اثنين.", 2, False),
        ("سرق ثلث المساعدات.", 0.333, False),
        ("وقال الجيش إن الحصيلة بلغت أحد عشر.", 11, False),
        ("دام الاشتباك ربع ساعة.", 15, False),
        ("One soldier was killed in the ambush.", 1, False),
        ("Two AQIM couriers were arrested.", 2, False),
        ("The army says that the toll is four.", 4, False),
        ("30+ dead after the attack.", 30, True),
        ("Two thirds of the rifles were found.", 0.667, False),
        ("One truck in three carries arms.", 0.333, False),
        ("A ransom of several million dollars was paid.", 2_000_000, True),
        ("Plusieurs dizaines de combattants ont fui.", 20, True),
        ("La rançon est de deux millions et demi d'euros.", 2_500_000, False),
        ("Le chalutier était à dix-huit milles au large.", 18, False),
        ("L'attaque a fait un blessé.", 1, False),
        ("قتل حارس في الاشتباك.", 1, False),
        ("أسفرت العملية عن إصابة شرطي بجروح.", 1, False),
        ("Un gendarme a été grièvement blessé.", 1, False),
        ("Gunmen shot dead a ranger near the park.", 1, False),
        ("صادرت الدورية قطعتي سلاح.", 2, False),
        ("فشلت محاولتين سابقتين للوساطة.", 2, False),
        ("ضبطت الجمارك 3 أطنان و500 كيلوغرام من الكيف.", 3.5, False),
        ("دفعت فدية قدرها مليونان ونصف المليون يورو.", 2_500_000, False),
        ("عثر على نصف طن من المتفجرات.", 0.5, False),
        ("La moitié des hommes n'ont pas été payés.", 0.5, False),
        ("Niger received two Cessna 208 aircraft.", 2, False),
        ("Niger received thirty 10-ton trucks.", 30, False),
        ("وعلى متنها مائة من المقاتلين.", 100, False),
        ("L'effectif sera porté de 1 900 à 2 500 hommes.", 2500, False),
    ],
)
def test_what_counts_is_listed_with_its_value(text: str, value: float, approx: bool) -> None:
    assert (value, approx) in counted(text)


@pytest.mark.parametrize(
    "text",
    [
        "رقم البرقية 112/ع.",
        "وبعد ثلاثة أيام من الغارة عاد الهدوء.",
        "ضبطت كمية معتبرة من الذخيرة.",
        "لست من دعاة الحرب.",
        "Three days after the raid the market opened.",
        "The two sides met again.",
        "Les deux pays se sont parlé.",
        "La séance est levée à 12 h 40.",
        "Moussa, quarante-quatre ans, a tout nié.",
        "Fait à Alger en deux exemplaires.",
        "The post is two days' drive from Gao.",
        "Il a été arrêté le 11 : il a tout avoué.",
        "The talks of May 23 failed.",
        "The road closes at 4 pm.",
        "واختطف المهندس بيير دوران (51 عاما) قرب غاو.",
        'أطلق الجيش عملية "صاما 2" في الشمال.',
        "عثر الجيش على صاروخ من طراز سام-7.",
        "تجاوزت الحرارة 46 درجة.",
        "The patrols pass twice a month.",
    ],
)
def test_what_only_finds_a_day_or_names_a_thing_is_no_quantity(text: str) -> None:
    assert counted(text) == []


def test_those_who_tell_it_are_no_part_of_what_they_tell() -> None:
    assert counted("Two security sources said that five soldiers died.") == [(5, False)]


def test_a_price_between_two_bounds_is_a_range_and_one_that_rises_is_two() -> None:
    (between,) = draft("تتراوح الإتاوة بين خمسين ألفا ومائة ألف دينار.", name="x").quantities
    assert (between.value, between.high) == (50_000, 100_000)
    assert [v for v, _ in counted("ارتفع السعر من ثلاثمائة إلى ستمائة دولار.")] == [300, 600]
    assert [v for v, _ in counted("ارتفعت الفدية من خمسة ملايين إلى سبعة.")] == [5_000_000, 7_000_000]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("حجزت الدورية 10 براميل من الوقود قرب الحدود.", "barrel"),
        ("La patrouille a saisi 10 fûts de carburant près de la frontière.", "barrel"),
        ("The patrol seized 10 drums of fuel near the border.", "barrel"),
        ("The patrol seized 10 jerrycans of fuel near the border.", "jerrycan"),
        ("حجزت الدورية 200 لتر من الوقود.", "litre"),
    ],
)
def test_what_fuel_is_carried_in_is_counted_as_such_and_not_as_litres(text: str, unit: str) -> None:
    assert [q.unit for q in draft(text, name="x").quantities] == [unit]


def test_a_number_of_the_title_stands_where_the_text_says_it() -> None:
    text = "Radio Nord, 3 mai\nTrois soldats tués à Léré\n\nTrois soldats ont été tués lundi à Léré."
    (quantity,) = draft(text, name="x").quantities
    assert quantity.span[0] > text.rindex("\n")


@pytest.mark.parametrize(
    "text",
    [
        "Une patrouille est passée aux environs de 5 heures 30.",
        "وهو في الثانية والستين من عمره.",
        "Il a une fille de neuf ans.",
        "La commission se réunira tous les six mois.",
    ],
)
def test_clock_times_ages_and_what_comes_again_count_nothing(text: str) -> None:
    assert counted(text) == []


@pytest.mark.parametrize("text", ["حظر التجول لمدة أسبوع.", "L'attaque a duré pendant près d'une heure."])
def test_a_length_of_one_is_counted(text: str) -> None:
    assert [value for value, _ in counted(text)] == [1]
