"""Five kinds of damage that reports come with; each is read through, and none is mended in the text."""

from __future__ import annotations

from tansiq.intake.draft import draft
from tansiq.intake.shape import Draft


def read(text: str) -> Draft:
    return draft(text, name="x.txt")


def whats(made: Draft) -> list[str]:
    return [gap.what for gap in made.gaps]


def canonicals(made: Draft) -> set[str]:
    return {a.canonical for a in made.actors} | {p.canonical for p in made.places}


def test_fused_words_are_the_names_they_were() -> None:
    made = read("أعلنت الولاياتالمتحدةالأمريكية أمس أنها ستسلم النيجر ست شاحنات.")
    assert "United States" in canonicals(made)
    (said,) = made.chain
    assert said.text == "الولاياتالمتحدةالأمريكية"


def test_two_fused_words_cost_neither_the_source_nor_the_place() -> None:
    made = read("وقال مصدرأمني إن الدورية عادت إلى تمنراست. وأضاف المصدر أن السيارات سليمة.")
    assert "Tamanrasset" in canonicals(made)
    assert made.lang == "ar"


def test_hamza_slips_change_no_name_and_no_verb() -> None:
    clean = read("أكد وزير الخارجية الموريتاني أن أغاديز آمنة، وأضاف أن الجزائر أرسلت إغاثة.")
    slips = read("اكد وزير الخارجية الموريتاني ان أغادیز امنة، واضاف ان ألجزائر ارسلت اغاثة.")
    assert canonicals(clean) <= canonicals(slips)
    assert [c.kind for c in clean.chain] == [c.kind for c in slips.chain] == ["official"]
    assert [s.type for s in clean.statements] == [s.type for s in slips.statements]


def test_final_ya_without_dots_and_with_them_is_one_letter() -> None:
    made = read("قال مصدر أمنى فى مالى إن القافلة وصلت إلى كيدال، وقال المصدر الأمني إنها سليمة.")
    assert len(made.chain) == 1
    assert "Kidal" in canonicals(made)


def test_a_text_that_stops_in_its_middle_says_so_and_keeps_what_stood_before() -> None:
    made = read(
        "اتفق وزراء الدفاع في نيامي على تسيير دوريات مشتركة. وأوضح الوزير أن المرحلة الأولى تبدأ قريبا، وقد"
    )
    assert "text cut" in whats(made)
    (cut,) = (g for g in made.gaps if g.what == "text cut")
    assert cut.text == "وقد"
    assert "Niamey" in canonicals(made)


def test_a_whole_text_is_not_called_cut() -> None:
    assert "text cut" not in whats(read("اتفق وزراء الدفاع في نيامي على تسيير دوريات مشتركة خلال الشهر."))


def test_a_lost_number_is_unknown_and_never_zero() -> None:
    made = read("ستنتشر القوة على الحدود خلال 24 شهرا ويصل، وقد أكد القائد أن التمويل جاهز.")
    assert "number missing" in whats(made)
    assert all(q.value for q in made.quantities)
    assert [q.value for q in made.quantities if "soldier" in q.unit] == []


def test_a_missing_space_behind_a_full_stop_parts_two_sentences() -> None:
    made = read("عادت الدورية إلى ميناكا مساء أمس.وقال مصدر محلي إن السوق فتح أبوابه في أنسونغو.")
    assert len(made.statements) == 2
    assert [s.source for s in made.statements] == [None, 0]
    assert {"Ménaka", "Ansongo"} <= canonicals(made)
