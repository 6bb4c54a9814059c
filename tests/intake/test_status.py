"""Whether an event happened, is planned, claimed, denied or failed, by marks of three languages."""

from __future__ import annotations

import pytest

from tansiq.intake.draft import draft


def status(text: str, kind: str) -> str:
    """Return the status of the one event of a kind."""
    (found,) = (e.status for e in draft(text, name="x").events if e.type == kind)
    return found


@pytest.mark.parametrize(
    "text",
    [
        "قوات الأمن تعثر على مخبأ أسلحة قرب ميناكا",
        "عثرت دورية على مخبأ أسلحة قرب ميناكا وصادرت أربعين بندقية.",
    ],
)
def test_coming_upon_a_cache_is_no_failure(text: str) -> None:
    assert {e.status for e in draft(text, name="x").events} == {"happened"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("La tentative d'enlèvement d'un chauffeur a échoué mardi près de Gao.", "kidnapping"),
        ("Des hommes armés ont tenté d'enlever deux ingénieurs à Agadez, sans y parvenir.", "kidnapping"),
        ("La réunion de Niamey entre le Mali et le Niger s'est achevée sans résultat.", "meeting"),
        ("Gunmen tried to abduct two engineers near Agadez.", "kidnapping"),
        ("The attempted ambush near Gao failed.", "attack"),
        ("The talks in Niamey between Mali and Niger broke down on Friday.", "meeting"),
        ("حاول مسلحون اختطاف مهندسين في أغاديز دون أن يتمكنوا من ذلك.", "kidnapping"),
        ("أحبطت القوات المالية هجوما على كيدال.", "attack"),
        ("باءت عملية عسكرية للجيش المالي قرب كيدال بالفشل.", "military_operation"),
    ],
)
def test_what_was_tried_in_vain_failed(text: str, kind: str) -> None:
    assert status(text, kind) == "failed"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Le Niger dément avoir libéré des prisonniers.", "prisoner_release"),
        ("Aucune attaque n'a eu lieu à Menaka, a affirmé le gouverneur.", "attack"),
        ("Mali denied that its troops had attacked the village.", "attack"),
        ("No attack took place in Menaka, the governor said.", "attack"),
        ("نفت النيجر الإفراج عن سجناء.", "prisoner_release"),
        ("لم يقع أي هجوم في ميناكا، حسب الحاكم.", "attack"),
    ],
)
def test_what_somebody_says_was_not_is_denied(text: str, kind: str) -> None:
    assert status(text, kind) == "denied"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Un sommet doit se tenir à Niamey en juin.", "meeting"),
        ("Le ministre se rendra à Alger la semaine prochaine.", "visit"),
        ("A summit is due to be held in Niamey in June.", "meeting"),
        ("The minister will visit Algiers next week.", "visit"),
        ("سيعقد الوزراء قمة في نيامي في جوان.", "meeting"),
        ("من المقرر أن يزور الوزير الجزائر الأسبوع المقبل.", "visit"),
    ],
)
def test_what_is_to_come_is_planned(text: str, kind: str) -> None:
    assert status(text, kind) == "planned"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Le groupe affirme avoir tué dix soldats à Tessalit.", "killing"),
        ("Selon un habitant, deux soldats ont été tués à Ansongo.", "killing"),
        ("The group claimed to have killed ten soldiers in Tessalit.", "killing"),
        ("Ten soldiers were reportedly killed near Tessalit in Mali.", "killing"),
        ("زعمت الجماعة أنها قتلت عشرة جنود في تساليت.", "killing"),
    ],
)
def test_what_a_party_or_hearsay_has_is_claimed(text: str, kind: str) -> None:
    assert status(text, kind) == "claimed"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("L'armée malienne a déjoué un complot lundi à Gao ; deux soldats ont été tués à Kidal.", "killing"),
        ("Niger denied the report. Two soldiers were killed in Gao on Monday.", "killing"),
        ("فشلت الخطة الأولى في كيدال. وقتل جنديان ماليان في غاو يوم الاثنين.", "killing"),
    ],
)
def test_a_mark_does_not_reach_over_another_sentence_or_part(text: str, kind: str) -> None:
    assert status(text, kind) == "happened"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Des renforts maliens ont été acheminés à Gao mardi.", "deployment"),
        ("Deux hommes ont été appréhendés à Arlit par l'armée nigérienne.", "arrest"),
        ("Three vehicles were impounded in Arlit on Monday.", "seizure"),
        ("Gunmen opened fire on a convoy near Gao in Mali.", "attack"),
        ("Two men were picked up in Arlit by the Nigerien army.", "arrest"),
    ],
)
def test_french_and_english_have_their_own_triggers(text: str, kind: str) -> None:
    assert kind in {e.type for e in draft(text, name="x").events}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("أحرق مسلحون مخازن الحبوب في إيفروان يوم 3 مارس 2020 ثم لاذوا بالفرار نحو الجبال.", "attack"),
        ("هاجم مسلحون مخفرا قرب غاو يوم 3 مارس 2020 وقتلوا جنديين ثم لاذوا بالفرار.", "attack"),
        ("Des hommes armés ont attaqué le poste d'Abala le 3 mars 2020 avant de s'enfuir.", "attack"),
        ("Gunmen attacked the post at Abala on 3 March 2020 and then escaped.", "attack"),
    ],
)
def test_who_attacked_and_got_away_did_not_fail(text: str, kind: str) -> None:
    assert {e.status for e in draft(text, name="x").events if e.type == kind} == {"happened"}
