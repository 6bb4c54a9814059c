"""A denial is that of the event it denies; of what is no event of the list it is a statement."""

from __future__ import annotations

import pytest

from tansiq.intake.draft import draft


def told(text: str) -> list[tuple[str, str]]:
    """Return type and status of the events of a text that are denied or statements."""
    made = draft(text, name="t.txt").events
    return [(e.type, e.status) for e in made if e.status == "denied" or e.type == "statement"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ونفى والي أغاديز يوم الاثنين أن يكون المهاجمون قد قدموا من الأراضي الليبية.", "attack"),
        ("نفت وزارة الدفاع في نيامي، أمس، وجود جنود أجانب في منطقة ديفا.", "deployment"),
        ("وكذبت وزارة الخارجية الموريتانية إيواء أي قيادي من الحركة في نواكشوط.", "other"),
        ("نفى حاكم كيدال، في اتصال مع الإذاعة، أن تكون قوافل السلاح قد مرت عبر مدينته.", "arms_flow"),
        ("Le gouverneur de Gao a démenti mardi que des civils soient détenus au camp militaire.", "arrest"),
        ("L'ambassade de France à Niamey dément tout contact avec les ravisseurs.", "consultation"),
        (
            "The governor of Maradi denied on Monday that any cargo had passed through his region.",
            "smuggling",
        ),
        ("Niger's defence ministry denies that French soldiers were stationed at Dirkou.", "deployment"),
    ],
)
def test_a_denial_has_the_type_of_what_is_denied(text: str, kind: str) -> None:
    assert told(text) == [(kind, "denied")]


@pytest.mark.parametrize(
    "text",
    [
        "نفت الخارجية الألمانية يوم الجمعة أن تكون برلين قد دفعت فدية للخاطفين.",
        "نفى ناطق باسم التنسيقية يوم الأحد أي علاقة للحركة بالحادث.",
        "Le ministère malien de la Défense a démenti mercredi le bilan donné par la radio.",
        "Berlin denied on Friday that a ransom had been paid.",
    ],
)
def test_the_denial_of_a_ransom_a_tie_or_a_toll_is_a_statement(text: str) -> None:
    assert told(text) == [("statement", "denied")]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "قالت مصادر محلية إن مسلحين اختطفوا طبيبا في غاو يوم الأحد، وهو ما نفاه الوالي نفيا قاطعا.",
            "kidnapping",
        ),
        (
            "Selon une radio locale, des soldats tchadiens ont quitté Kidal lundi, ce que l'armée dément.",
            "deployment",
        ),
        ("Residents said that gunmen attacked the post at Bosso on Monday, which the army denied.", "attack"),
    ],
)
def test_a_denial_that_points_back_denies_what_was_told(text: str, kind: str) -> None:
    assert told(text) == [(kind, "denied")]


def test_what_is_denied_is_told_once() -> None:
    text = "نفت مصالح الدرك يوم السبت أن تكون قد أطلقت النار على مركبة مدنية قرب بشار."
    assert told(text) == [("attack", "denied")]


def test_who_is_received_is_not_what_is_challenged() -> None:
    assert told("Le ministre a récusé les accusations du maire.") == [("statement", "denied")]
    assert told("Les parents de l'otage seront reçus mardi par le ministre.") == []


@pytest.mark.parametrize(
    "text",
    [
        "تعرضت دورية للجيش المالي لكمين صباح الخميس قرب تين زواتين. ونفت الحركة أي صلة بالهجوم.",
        "هاجم مسلحون مركزا للدرك في غاو أمس. ونفت الحركة مسؤوليتها عن الهجوم.",
        "هاجم مسلحون مركزا للدرك في غاو أمس. ونفت الحركة ضلوعها في الهجوم.",
        "Des hommes armés ont attaqué mardi un poste à Gao. Le MNLA a nié tout lien avec l'attaque.",
        "Gunmen attacked a post in Gao on Tuesday. The MNLA denied responsibility for the attack.",
        "Gunmen attacked a post in Gao on Tuesday. The MNLA denied any role in the attack.",
    ],
)
def test_who_denies_a_part_in_a_deed_does_not_deny_the_deed(text: str) -> None:
    first, *_ = draft(text, name="t.txt").events
    assert (first.type, first.status) == ("attack", "happened")


@pytest.mark.parametrize(
    "text",
    [
        "التقى الوزير برئيس الوفد الجزائري في غاو لبحث تبادل الأسرى.",
        "Le ministre a rencontré la délégation à Gao pour discuter d'un échange de prisonniers.",
        "The minister met the delegation in Gao to discuss an exchange of prisoners.",
    ],
)
def test_whom_talks_are_to_free_is_not_free(text: str) -> None:
    assert {e.type for e in draft(text, name="t.txt").events} == {"meeting"}
