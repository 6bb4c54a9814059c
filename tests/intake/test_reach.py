"""How far marks of status reach: predicates, denials that point back, decisions, and who answers for it."""

from __future__ import annotations

import pytest

from tansiq.intake.draft import draft

TOLD = [
    (
        "La réunion des chefs d'état-major, prévue jeudi à Nouakchott, a été reportée à une date ultérieure.",
        "meeting",
        "failed",
    ),
    (
        "Les pourparlers de Ouagadougou entre le Mali et le MNLA, suspendus depuis lundi, ont capoté.",
        "consultation",
        "failed",
    ),
    (
        "La visite du ministre français à Niamey, annoncée pour mardi, n'a finalement pas eu lieu.",
        "visit",
        "failed",
    ),
    ("L'armée nigérienne a déjoué une attaque contre la caserne de Diffa.", "attack", "failed"),
    (
        "Un attentat manqué contre l'ambassade de France à Nouakchott a été attribué à Aqmi.",
        "attack",
        "failed",
    ),
    ("The summit of Sahel leaders, scheduled for Friday in Bamako, has been postponed.", "meeting", "failed"),
    ("The deployment of the regional force, promised for June, never materialised.", "deployment", "failed"),
    (
        "Talks between Bamako and the Tuareg rebels fell through on Tuesday in Ouagadougou.",
        "consultation",
        "failed",
    ),
    ("Algerian troops foiled an attack on a gas plant near Illizi.", "attack", "failed"),
    ("Gunmen attempted to kidnap two Italian engineers near Ghat.", "kidnapping", "failed"),
    ("تأجلت زيارة وزير الدفاع الفرنسي إلى نواكشوط التي كانت مقررة الأحد.", "visit", "failed"),
    ("ألغت الجزائر اجتماعا كان مقررا مع الوفد المالي في تمنراست.", "meeting", "failed"),
    ("أفشلت قوات الجيش هجوما على ثكنة عسكرية قرب برج باجي مختار.", "attack", "failed"),
    ("أرجئ المؤتمر الوزاري الذي كان سيعقد في باماكو.", "meeting", "failed"),
    (
        "Des journaux ont écrit que l'armée avait bombardé Kidal, ce que le ministère a démenti.",
        "military_operation",
        "denied",
    ),
    (
        "ذكرت صحف محلية أن قوات جزائرية نفذت عملية عسكرية داخل مالي، وهو ما نفته وزارة الدفاع.",
        "military_operation",
        "denied",
    ),
    ("نفت وزارة الدفاع الموريتانية وقوع أي هجوم على قاعدة لمغيطي.", "attack", "denied"),
    (
        "Nouakchott a démenti que ses troupes aient mené une opération en territoire malien.",
        "military_operation",
        "denied",
    ),
    ("Mali's army denied it had arrested the two journalists.", "arrest", "denied"),
    ("Le Niger a décidé l'envoi de 500 soldats dans la région de Diffa.", "deployment", "planned"),
    ("قررت الحكومة المالية نشر ألف جندي إضافي في الشمال.", "deployment", "planned"),
    ("تعتزم فرنسا إرسال قوات خاصة إلى شمال مالي.", "deployment", "planned"),
    ("وتحتضن نواكشوط يوم الاثنين المقبل اجتماع وزراء داخلية دول الساحل.", "meeting", "planned"),
    ("The two armies plan to hold a joint exercise near Gao within three months.", "exercise", "planned"),
    ("Le président malien doit effectuer une visite à Alger la semaine prochaine.", "visit", "planned"),
    ("The movement said its fighters killed 12 soldiers near Menaka.", "killing", "claimed"),
    ("وقال التنظيم في بيان إن مقاتليه قتلوا عشرين جنديا ماليا قرب تمبكتو.", "killing", "claimed"),
    ("Selon une source sécuritaire, des hommes armés ont attaqué un poste près de Gao.", "attack", "claimed"),
    (
        "L'état-major affirme avoir neutralisé une trentaine de terroristes près de Boulikessi.",
        "killing",
        "claimed",
    ),
    ("Police and a resident said gunmen attacked a village near Diffa on Sunday.", "attack", "happened"),
    (
        "Le ministère de la Défense a affirmé que deux soldats ont été tués lundi près de Kidal.",
        "killing",
        "happened",
    ),
    ("وكانت الشرطة أوقفت شابا يدعى محمد ولد سيدي في نواكشوط يوم الاثنين.", "arrest", "happened"),
    (
        "The training of Malian troops began in April in Koulikoro and will last two years.",
        "training",
        "happened",
    ),
    ("أعلن مسؤول في وزارة الداخلية أن مسلحين خطفوا مهندسين شمال غاو يوم السبت.", "kidnapping", "happened"),
    (
        "Lors de sa visite à Kidal le 3 mai 2013, le ministre a promis de revenir. Dakar, 5 juin 2013.",
        "visit",
        "happened",
    ),
    ("نشر الجيش المالي قواته في كيدال يوم الثلاثاء.", "deployment", "happened"),
    ("عقد الوزراء اجتماعا في نيامي يوم الثلاثاء رغم فشل المفاوضات.", "meeting", "happened"),
    (
        "Les deux ministres se sont rencontrés mardi à Alger, après l'échec de la médiation de Bamako.",
        "meeting",
        "happened",
    ),
    ("The army killed ten fighters near Gao on Monday; a second attack was thwarted.", "killing", "happened"),
]


@pytest.mark.parametrize(("text", "kind", "status"), TOLD)
def test_a_mark_reaches_what_it_is_said_of(text: str, kind: str, status: str) -> None:
    assert [e.status for e in draft(text, name="x").events if e.type == kind] == [status]
