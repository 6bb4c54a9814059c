"""What kind of event a verb tells is decided by its object."""

from __future__ import annotations

import pytest

from tansiq.intake.draft import draft


def types(text: str) -> set[str]:
    return {str(e.type) for e in draft(text, name="text.txt").events}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("أعلنت وزارة الداخلية يوم 3 مارس 2014 تفكيك خلية من سبعة أشخاص في نواذيبو.", "arrest"),
        ("دمر الجيش الجزائري يوم الأحد 5 ماي 2013 مخبأ للأسلحة قرب تين زاواتين.", "seizure"),
        ("شكلت الحكومة النيجرية يوم 4 جوان 2012 لجنة من عشرة خبراء في نيامي.", "creation_of_body"),
        ("دفع الجيش المالي يوم الخميس 9 أوت 2012 بوحدات إضافية إلى موبتي.", "deployment"),
        ("أغلقت السلطات الليبية يوم 16 ديسمبر 2012 المعابر الحدودية مع الجزائر.", "other"),
        ("فتحت البعثة الأممية يوم 2 فبراير 2014 مكتبا لها في تمبكتو.", "creation_of_body"),
        ("Les forces nigériennes ont démantelé mardi 6 mai 2014 un réseau de recruteurs à Diffa.", "arrest"),
        ("L'Union européenne a livré jeudi 12 mars 2015 vingt véhicules au Niger à Agadez.", "other"),
        ("Le Mali a fermé lundi 7 janvier 2013 sa frontière avec la Mauritanie.", "other"),
        ("Police in Nouakchott broke up a network of six recruiters on 4 May 2011.", "arrest"),
        ("The United States delivered 24 vehicles to the army of Niger in Niamey on 10 March 2013.", "other"),
        ("Mali's army reinforced its garrison in Lere with two companies on 3 January 2012.", "deployment"),
        ("استدعت الجزائر سفيرها في باماكو للتشاور يوم 23 فبراير 2010.", "other"),
        ("سيطر المتمردون الطوارق على مدينة تيساليت يوم 11 مارس 2012.", "attack"),
        ("L'Algérie a rappelé mardi 23 février 2010 son ambassadeur à Bamako pour consultations.", "other"),
        ("Le tribunal de Niamey a condamné jeudi 20 mai 2010 trois hommes à la peine capitale.", "other"),
        ("Des hommes armés ont emporté vendredi 11 mai 2012 deux véhicules à Gao.", "seizure"),
        ("French special forces flew into Niamey on 19 September 2010.", "deployment"),
        ("Algeria recalled its ambassador from Bamako on 23 February 2010.", "other"),
        ("The mission opened an office in Kidal on 5 June 2014.", "creation_of_body"),
    ],
)
def test_the_object_decides_what_a_verb_tells(text: str, kind: str) -> None:
    assert kind in types(text)


@pytest.mark.parametrize(
    "text",
    [
        "يشكل الإرهاب خطرا على دول الساحل كلها منذ سنة 2010.",
        "La boutique du quartier est ouverte tous les jours à Gao.",
        "The road to Gao is closed every night.",
        "يغلق المعبر الحدودي في برج باجي مختار كل ليلة.",
        "La frontière est fermée chaque nuit à Tin Zaouatine.",
        "The minister found time for a walk in Bamako on 3 May 2014.",
        "L'article a été retrouvé dans le journal de Bamako du 3 mai 2014.",
    ],
)
def test_a_verb_of_many_meanings_tells_nothing_without_its_object(text: str) -> None:
    assert types(text) <= {"statement"}


def test_what_an_armed_group_destroys_it_attacked() -> None:
    text = "Boko Haram fighters destroyed three army vehicles near Diffa on 12 February 2015."
    assert types(text) == {"attack"}


def test_a_heading_and_the_text_tell_one_event() -> None:
    text = (
        "Six soldiers killed in ambush near Mali border\n\n"
        "NIAMEY, May 20 2014 - Gunmen on motorcycles ambushed an army patrol near Tillaberi on Monday 19 May"
        ", killing six soldiers, the defence ministry said."
    )
    assert len([e for e in draft(text, name="text.txt").events if e.type in ("attack", "killing")]) == 1


def test_talks_for_a_release_that_fail_free_nobody_and_are_no_operation() -> None:
    text = "Les négociations pour la libération des quatre otages retenus à Arlit ont échoué en mars 2011."
    assert {(str(e.type), str(e.status)) for e in draft(text, name="text.txt").events} == {
        ("consultation", "failed")
    }


def test_an_ambush_that_soldiers_laid_is_an_operation() -> None:
    text = "قالت الوزارة إن كمينا محكما نصبته قوات الجيش قرب تين زاواتين يوم 3 ماي 2014 أسفر عن مقتل رجلين."
    assert "attack" not in types(text)


def test_where_the_attackers_came_from_is_not_where_they_struck() -> None:
    text = "Des hommes armés venus du Mali ont attaqué jeudi 3 mai 2018 un poste de gendarmerie à Banibangou."
    assert [e.place for e in draft(text, name="text.txt").events] == ["Banibangou"]


@pytest.mark.parametrize(
    "text",
    [
        "أعلن التنظيم يوم 3 ماي 2011 إعدام الرهينة مايكل جرمانو.",
        "أفرجت الجماعة عن الصحفي يوم 4 مارس 2012 بعد أن كان خاطفوه قد طالبوا بفدية، وقد أفرج عنه قرب كيدال.",
    ],
)
def test_what_befell_a_captive_is_told(text: str) -> None:
    assert types(text) & {"killing", "hostage_release"}
