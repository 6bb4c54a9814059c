"""Rows of the requirements done as an officer would: a real browser, real forms, the outcome on the page.

One node and one browser serve the whole file; what a test adds stays for those after it. Every page opened is
looked at: its direction, no overflow, no word of the machine; at the end no fault and no other host.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tansiq.base.ids import RecordId
from tests.federation import FOUR, SEVEN, START
from tests.pages.duty_room import MANDATE, SENTENCE, DutyRoom, furnish
from tests.pages.officer import Officer, at_desk
from tests.web.browsed import served

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("rows")]
Desk = Callable[..., AbstractContextManager[Officer]]


@dataclass(frozen=True)
class Post:
    """The node, what came to it, and its desk."""

    room: DutyRoom
    came: dict[str, RecordId]
    desk: Desk


@pytest.fixture(scope="module")
def post(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Post]:
    room = DutyRoom(tmp_path_factory.mktemp("room"))
    with room.client, served(room) as origin:
        yield Post(room, furnish(room), partial(at_desk, browser, room, origin))


def row(officer: Officer, words: str, within: str = "main") -> str:
    """The line of a board that bears these words."""
    return officer.page.locator(f"{within} tr", has_text=words).first.inner_text()


def test_r36_sentence_decision_commitment_delivery_stand_on_one_line(post: Post) -> None:
    with post.desk() as officer:
        made = officer.signs(
            "commitment", f_title="سرية استطلاع", f_from_sentence=SENTENCE, f_owner="ML", f_means="سرية",
            f_due__hi="2031-09-20", f_decision=post.came["decision"],
        )  # fmt: skip
        officer.opens("/follow-up")
        line = row(officer, "سرية استطلاع")
        for words in (SENTENCE, "ML", "2031-09-20", "نشر قوات مشتركة", "لا دليل"):
            assert words in line
        officer.signs(
            "delivery", f_title="وُضعت السرية", f_proof="محضر تسليم", h_refs__0__role="delivers",
            h_refs__0__record=made.removeprefix("/record/"),
        )  # fmt: skip
        officer.opens("/follow-up")
        line = row(officer, "سرية استطلاع")
        assert SENTENCE in line
        assert "تسليم" in line
        assert "أُنجز في أجله" in line
        assert "لا دليل" not in line
        officer.looks_right("/follow-up", made)


def test_r37_a_long_clock_waits_for_its_start_and_then_runs(post: Post) -> None:
    with post.desk() as officer:
        made = officer.signs(
            "commitment", *(f"f.owners={p}" for p in FOUR), f_title="أجل ثمانية عشر شهرا", f_means="قوة",
            f_from_sentence="خلال 18 شهرا", f_term_months="18",
        )  # fmt: skip
        officer.opens("/follow-up")
        assert "لا يجري: بدايته غير معروفة" in row(officer, "أجل ثمانية عشر شهرا")
        officer.fills(f"{made}/edit", f_runs_from__lo="2030-05-20", f_runs_from__anchor_basis="inferred")
        officer.presses("button[value=sign]")
        officer.opens("/follow-up")
        line = row(officer, "أجل ثمانية عشر شهرا")
        assert "2031-11-20" in line
        assert "بداية مستنتجة" in line
        assert officer.seen.faults == []


def test_r38_a_vague_promise_carries_its_badges_until_left_open_on_purpose(post: Post) -> None:
    with post.desk(lang="fr") as officer:
        made = officer.signs(
            "commitment", f_title="Sommet", h_lang="fr", f_from_sentence="dès que possible",
            f_due__words="dès que possible",
        )  # fmt: skip
        officer.opens("/follow-up")
        badges = officer.page.locator("tr", has_text="Sommet").first.locator("td").last.inner_text()
        assert badges.split("\n\n") == ["Sans responsable", "Sans échéance", "Moyens non précisés"]
        officer.fills(f"{made}/edit", f_deliberately_open="true")
        officer.presses("button[value=sign]")
        officer.opens("/follow-up")
        badges = officer.page.locator("tr", has_text="Sommet").first.locator("td").last.inner_text()
        assert badges == "–"
        officer.looks_right("/follow-up")


def test_r34_seven_delegations_are_listed_and_an_unsure_meeting_is_tentative(post: Post) -> None:
    with post.desk() as officer:
        officer.opens("/meetings")
        line = row(officer, "اجتماع رؤساء الأركان", "#register")
        for party in SEVEN:
            assert party in line
        officer.signs(
            "meeting", f_title="ندوة محتملة", f_starts__lo="2031-03-20", f_starts__hi="2031-03-25",
            f_meeting_state="tentative",
        )  # fmt: skip
        officer.opens("/meetings")
        assert "محتمل" in row(officer, "ندوة محتملة", "#register")
        officer.opens("/calendar")
        assert "محتمل" in officer.page.locator("li", has_text="ندوة محتملة").first.inner_text()
        officer.presses("#feed button")
        feed = officer.page.locator("#feed bdi").inner_text()
        answer = officer.page.request.get(officer.origin + feed[feed.index("/calendar/") :])
        assert "STATUS:TENTATIVE" in answer.text()
        officer.looks_right("/meetings", "/calendar")


def test_r35_the_cascade_is_a_chain_with_an_open_end(post: Post) -> None:
    with post.desk() as officer:
        officer.signs(
            "meeting", f_title="لقاء التحضير", f_starts__lo="2031-03-28", f_meeting_state="confirmed",
            f_prepares__0="مؤتمر رؤساء الدول",
        )  # fmt: skip
        officer.opens("/meetings")
        chain = officer.text("#chain")
        assert chain.index("لقاء التحضير") < chain.index("مؤتمر رؤساء الدول")
        assert "مؤتمر رؤساء الدول" in row(officer, "لقاء التحضير", "#register")


def test_r41_what_a_mandate_does_not_say_stands_as_unknown_until_it_is_entered(post: Post) -> None:
    with post.desk() as officer:
        made = officer.signs(
            "mandate", f_title="تفويض بلا دول", f_mandate="M-9", f_holder="DZ", f_acts__0="contact",
            f_counterparties__0="EU", f_excluded__0="funding",
        )  # fmt: skip
        officer.opens("/mandates")
        said = officer.text("section:has-text('M-9')")
        for words in ("الدول المفوِّضة غير معروفة", "بلا أجل", "EU", "تمويل", "اتصال"):
            assert words in said
        officer.fills(f"{made}/edit", *(f"f.mandators={party}" for party in FOUR), f_expires__hi="2032-01-01")
        officer.presses("button[value=sign]")
        officer.opens("/mandates")
        said = officer.text("section:has-text('M-9')")
        assert "الدول المفوِّضة غير معروفة" not in said
        assert "بلا أجل" not in said
        officer.looks_right("/mandates")


def test_r42_a_contact_outside_the_mandate_is_refused_by_its_matter_and_not_signed(post: Post) -> None:
    post.room.came(
        "JSC", "mandate", "تفويض ساري", (*FOUR, "JSC"), mandate="M-8", holder="ML", mandators=list(FOUR),
        acts=["contact"], counterparties=["US"], excluded=["operational commitment", "basing", "funding"],
        mandate_state="adopted",
    )  # fmt: skip
    with post.desk() as officer:
        said = {"f_mandate": "M-8", "f_counterparties__0": "US", "f_made__lo": "2031-02-27T09:00"}
        officer.fills(
            "/records/contact/new",
            to=("DZ", "MR", "NE"),
            f_title="تسهيلات إقامة",
            f_topics__0="basing",
            **said,
        )
        officer.presses("button[value=sign]")
        assert "/record/" not in officer.page.url
        assert "R42" in officer.text()
        assert officer.page.locator("[data-state=bad]").count() >= 1
        officer.signs("contact", f_title="دعوة إلى الاجتماع", f_topics__0="دعوة",
                      f_position_conveyed="لا تدخل", **said)  # fmt: skip
        officer.opens("/contacts")
        assert "تسهيلات إقامة" not in officer.text()
        officer.seen.faults.clear()  # the browser notes the refused form as a fault of its own
        officer.looks_right("/contacts", "/mandates")


def test_r43_contacts_are_dated_entries_with_the_position_conveyed(post: Post) -> None:
    with post.desk() as officer:
        for day in ("2031-02-25", "2031-02-26"):
            officer.signs(
                "contact", f_title=f"يوم {day}", f_mandate="M-8", f_counterparties__0="US",
                f_topics__0="دعوة", f_made__lo=f"{day}T10:00", f_position_conveyed="لا تمويل لعمليات الغير",
            )  # fmt: skip
        officer.opens("/contacts")
        for day in ("2031-02-25", "2031-02-26"):
            line = row(officer, f"يوم {day}")
            assert line.startswith(f"{day} 10:00Z")
            assert "لا تمويل لعمليات الغير" in line


def test_r45_an_observer_is_told_of_the_receipt_before_he_opens_and_signs_nothing_shared(
    browser: Browser, tmp_path: Path
) -> None:
    room = DutyRoom(tmp_path, "FR")
    with room.client, served(room) as origin, at_desk(browser, room, origin, "aicha", "fr") as officer:
        text = "Le comité tient une session."
        record = room.came("ML", "tearline", "Résumé", ("FR", "ML"), "fr", notes_=("OBSERVER",), text=text)
        officer.opens(f"/record/{record}")
        assert "le poste et l’heure, pas votre nom" in officer.text()
        assert text not in officer.text()
        officer.presses(f"form[action='/record/{record}/open'] button")
        assert text in officer.text()
        officer.fills("/records/position/new", to=("ML",), f_title="Avis", f_position="assent")
        officer.presses("button[value=sign]")
        assert "/record/" not in officer.page.url
        assert "R45" in officer.page.content()
        officer.seen.faults.clear()  # the browser notes the refused form as a fault of its own
        officer.opens("/initiatives")
        assert officer.page.locator("a[href='/records/ext-request/new']").count() == 1
        assert officer.page.locator("a[href='/records/initiative/new']").count() == 0
        officer.looks_right(f"/record/{record}")


@pytest.mark.parametrize(("lang", "broken"), [("ar", "كُسر الصمت"), ("fr", "silence rompu")])
def test_r47_a_break_signed_from_the_board_stops_the_silence_at_once(
    post: Post, lang: str, broken: str
) -> None:
    with post.desk(lang=lang) as officer:
        if lang == "ar":
            officer.opens("/mandates")
            assert "تحت إجراء الصمت" in officer.text("section:has-text('M-7')")
            officer.fills(
                f"/records/position/new?answers={post.came['mandate']}", f_title="كسر الصمت",
                f_position="amendment", f_signed="true", f_diff__0="تقرير كل خمسة عشر يوما",
            )  # fmt: skip
            assert officer.page.locator('[name="f.mandate"]').input_value() == MANDATE
            officer.presses("button[value=sign]")
        officer.opens("/mandates")
        assert broken in officer.text("section:has-text('M-7')")
        officer.looks_right("/mandates")


def test_r44_partners_stand_as_to_invite_and_the_convener_need_not_attend(post: Post) -> None:
    with post.desk() as officer:
        officer.signs(
            "invitation", f_title="دعوات اللقاء", f_convener="فرنسا", f_convener_attends="false",
            f_invitations__0__invitee="الاتحاد الأوروبي", f_invitations__0__invited_as="partner",
            f_invitations__0__reply="to-invite", f_invitations__1__invitee="الولايات المتحدة",
            f_invitations__1__invited_as="partner",
        )  # fmt: skip
        officer.opens("/initiatives")
        said = officer.text("section:has-text('دعوات اللقاء')")
        for words in ("الاتحاد الأوروبي", "الولايات المتحدة", "يُدعى", "شريك"):
            assert words in said
        officer.looks_right("/initiatives")


def test_r46_positions_given_and_awaited_stand_party_by_party(post: Post) -> None:
    with post.desk() as officer:
        officer.signs(
            "position", f_title="موقف من الندوة", f_on=post.came["initiative"], f_signed="true",
            f_position="objection", f_conditions__0="بلا حضور عسكري",
        )  # fmt: skip
        officer.opens("/initiatives")
        section = "section:has-text('ندوة جهوية')"
        assert "اعتراض" in row(officer, "بلا حضور عسكري", section)
        assert "منتظَر" in row(officer, "DZ", section)
        assert "الداعي لا يحضر" in officer.text(section)
        officer.looks_right("/initiatives")


def test_r32_opening_a_dispute_cuts_no_exchange(post: Post) -> None:
    with post.desk() as officer:
        officer.opens("/disputes")
        officer.presses("a[href='/records/dispute/new']")
        officer.signs(
            "dispute", "f.parties=DZ", "f.parties=ML", "f.parties=MR", f_title="خلاف الإفراج",
            f_about="إفراج عن مطلوبين", f_steps__0__step="مذكرة احتجاج",
        )  # fmt: skip
        officer.opens("/disputes")
        said = officer.text("section:has-text('خلاف الإفراج')")
        assert "مذكرة احتجاج" in said
        assert "مفتوح" in said
        assert "قناة الإنذارات" in said
        officer.looks_right("/disputes")


def test_r33_one_channel_is_suspended_and_warnings_still_pass(post: Post) -> None:
    with post.desk(lang="fr") as officer:
        officer.signs(
            "channel-state", "f.with_parties=DZ", h_lang="fr", f_title="Suspension", f_channel="political",
            f_channel_mode="suspended",
        )  # fmt: skip
        officer.fills(
            "/records/channel-state/new", to=("DZ",), f_title="Alertes", f_channel="warning",
            f_channel_mode="suspended",
        )  # fmt: skip
        officer.presses("button[value=sign]")
        assert "R33" in officer.text()
        officer.opens("/disputes")
        assert "suspendu" in officer.text()
        assert "Alertes" not in officer.text()


def test_r15_an_unanswered_element_is_seen_before_the_next_meeting(post: Post) -> None:
    with post.desk() as officer:
        officer.opens("/requirements")
        assert "ثلاثة مسالك" in row(officer, "مسالك الخروج")
        asked = row(officer, "عدد القطع")
        assert "لا جواب بعد" in asked
        assert "ML" in asked
        assert "اجتماع" in officer.text("section:has-text('سلاح يخرج من ليبيا')")
        officer.looks_right("/requirements")


@pytest.mark.parametrize("lang", ["ar", "fr"])
def test_r16_a_request_is_accepted_then_declined_with_a_code(post: Post, lang: str) -> None:
    with post.desk(lang=lang) as officer:
        officer.opens("/requirements")
        article = officer.page.locator("article", has_text="Convois sortis par Salvador").first
        if lang == "ar":
            officer.presses("article:has-text('Convois') button[value=accepted]")
            assert officer.page.locator("h3:has-text('مقبول')").count() == 1
            post.room.node.clock.set(START + timedelta(minutes=5))
            article.locator("select[name=code]").select_option("no-capacity")
            officer.presses("article:has-text('Convois') button[value=declined]")
        said = officer.text("article:has-text('Convois') .state:has-text('capacité'), "
                            "article:has-text('Convois') .state:has-text('قدرة')")  # fmt: skip
        assert {"ar": "لا قدرة", "fr": "capacité"}[lang] in said
        assert officer.seen.faults == []


def test_r20_a_warning_is_acknowledged_from_today_and_its_hour_is_seen(post: Post) -> None:
    with post.desk() as officer:
        officer.opens("/today")
        notice = officer.page.locator("li, p", has_text="Danger d’engins explosifs").filter(has_text="R20")
        assert notice.count() >= 1
        officer.presses("a[href*='/records/warning-ack/new']")
        assert officer.page.locator('[name="f.reply_to"]').input_value() == post.came["warning"]
        assert officer.page.locator('#label-part [name="l.audience"]:checked').count() >= 7
        officer.page.fill('[name="f.title"]', "أُقرّ بالإنذار")
        officer.presses("button[value=sign]")
        officer.opens("/warnings")
        assert "2031-03-01" in row(officer, "ML", "section:has-text('Danger')")
        assert "منتظَر" in row(officer, "DZ", "section:has-text('Danger')")
        officer.looks_right("/warnings", "/today")


def test_r24_a_lot_begins_at_none_recovered_of_about_a_thousand(post: Post) -> None:
    with post.desk() as officer:
        officer.fills(
            "/records/arms-lot/new", "f.announced.approx=true", to=("DZ", "MR", "NE"),
            f_title="صواريخ مفقودة", f_lot="SA-1", f_announced__value="1000", f_announced__unit="صاروخ",
            f_announced__basis="أُعلن فقدانها", f_destination_claims__0="غير معروفة",
            f_destination_claims__1="الساحل (زعم)",
        )  # fmt: skip
        officer.presses("button[value=sign]")
        officer.opens("/arms")
        lot = officer.text("article:has-text('SA-1')")
        assert re.search(r"≈1[,.\u202f\u00a0٬ ]?000", lot)
        assert re.search(r"المستعاد\S*\s*0\b", lot)
        for words in ("أُعلن فقدانها", "غير معروفة", "الساحل (زعم)"):
            assert words in lot
        officer.looks_right("/arms")


def test_r53_what_is_pledged_stands_apart_and_the_total_is_unknown(post: Post) -> None:
    with post.desk() as officer:
        officer.signs(
            "pledge", f_title="تعهد ثان", f_offers__0__line="L1", f_offers__0__quantity="1",
            f_offers__0__stage="pledge",
        )  # fmt: skip
        officer.opens("/forces")
        cells = officer.page.locator("#table tr", has_text="سرايا استطلاع").first.locator("td.number")
        assert [cells.nth(i).inner_text() for i in range(5)] == ["4", "3", "0", "0", "0"]
        assert "القوام الكلي" in officer.text("#table")
        officer.looks_right("/forces")


def test_r58_an_objective_without_a_modality_is_red_and_one_with_it_is_not(post: Post) -> None:
    with post.desk() as officer:
        objective = officer.signs(
            "strategy-node", f_title="منع الملاذ", f_level="objective", f_parent=post.came["aim"]
        ).removeprefix("/record/")
        officer.opens("/drafting")
        branch = officer.page.locator("#tree li", has_text="منع الملاذ").last
        assert "هدف بلا كيفية تنفيذ" in branch.inner_text()
        officer.signs("strategy-node", f_title="دوريات مشتركة", f_level="modality", f_parent=objective)
        officer.opens("/drafting")
        assert "هدف بلا كيفية تنفيذ" not in officer.text("#tree")
        assert "دوريات مشتركة" in officer.text("#tree")
        officer.looks_right("/drafting")


def test_r65_a_communique_is_built_from_decisions_each_sentence_linked(post: Post) -> None:
    with post.desk() as officer:
        officer.opens("/communiques")
        officer.page.fill('[name="title"]', "البيان الختامي")
        officer.page.check(f'[name="decision"][value="{post.came["decision"]}"]')
        officer.page.check(f'[name="decision"][value="{post.came["second"]}"]')
        officer.presses("form[action='/communiques'] button")
        said = officer.text()
        assert SENTENCE in said
        assert "Nous avons décidé de renforcer l’échange." in said
        officer.opens("/communiques")
        assert re.search(r"\b2\b", row(officer, "البيان الختامي"))
        officer.looks_right("/communiques")


def test_r71_no_family_is_on_before_its_legal_basis_is_signed(post: Post) -> None:
    with post.desk(who="maryam") as officer:
        officer.opens("/legal")
        assert "لا تعمل" in row(officer, "الرهائن")
        officer.presses("a[href='/records/legal-basis/new']")
        officer.fills(
            "/records/legal-basis/new", to=("FR", "NE"), f_title="أساس ملفات الرهائن", f_agreement_ref="A-1",
            f_purpose="حماية الأرواح", f_controller="ML", f_authority="هيئة حماية المعطيات",
            f_impact_assessment="أُجري", f_covers__0="hostages", f_begins__lo="2031-02-01",
        )  # fmt: skip
        officer.presses("button[value=sign]")
        officer.opens("/legal")
        assert "لا تعمل" not in row(officer, "الرهائن")
        assert "لا تعمل" in row(officer, "الضحايا")
        officer.looks_right("/legal")


def test_r26_five_of_one_incident_are_five_files_that_only_the_roster_sees(post: Post) -> None:
    with post.desk(who="aicha") as officer:
        page = officer.fills(
            "/records/hostage-case/new", "l.compartments=HOSTAGE", to=("FR",),
            f_title="قضية المها", f_case="MAHA",
            f_others_unknown="true", f_lead_state="ML", f_family_liaison="FR", f_family_first="true",
            l_level="confidential",
        )  # fmt: skip
        for n in range(5):
            if not page.locator(f'[name="f.persons.{n}.pseudonym"]').count():
                officer.presses("button[value=preview]")  # two more blank lines
            page.fill(f'[name="f.persons.{n}.pseudonym"]', f"FR-{n + 1}")
            page.fill(f'[name="f.persons.{n}.nationality"]', "FR")
        officer.presses("button[value=sign]")
        officer.opens("/protected")
        case = officer.text("#cases")
        for words in (*(f"FR-{n}" for n in range(1, 6)), "محتجَز", "MAHA", "أشخاص آخرون"):
            assert words in case
        officer.looks_right("/protected")
    with post.desk(who="binta") as stranger:
        stranger.opens("/protected")
        assert "MAHA" not in stranger.page.content()
        assert "لا قضية تفتحها" in stranger.text("#cases")


def test_r28_a_sealed_note_is_refused_without_its_basis_and_found_by_nobody_outside(post: Post) -> None:
    with post.desk(who="aicha") as officer:
        said = {"f_title": "مذكرة الفدية", "f_case": "MAHA", "f_legal_basis": "قانون 12/2009",
                "f_sealed_by": "الضابط القانوني", "l_level": "confidential"}  # fmt: skip
        for rule, signed in (("", False), ("بأمر قضائي", True)):
            said["f_disclosure_rule"] = rule or " "
            officer.fills("/records/sealed-note/new", "l.compartments=HOSTAGE", to=("FR",), **said)
            officer.presses("button[value=sign]")
            assert ("/record/" in officer.page.url) is signed
    with post.desk(who="binta", lang="fr") as stranger:
        for path in ("/search?q=الفدية", "/inbox", "/today", "/protected", "/registers"):
            stranger.opens(path)
            assert "مذكرة الفدية" not in stranger.text()
        assert stranger.seen.faults == []


def test_r29_a_notice_without_its_judicial_basis_is_not_saved(post: Post) -> None:
    with post.desk(who="maryam") as officer:
        officer.fills(
            "/records/judicial-notice/new", to=("OMB",), f_title="إشعار بحث", f_court="محكمة باماكو",
            f_ref="12/31", f_offence="خطف", f_identifiers__0__mark="الميلاد",
            f_identifiers__0__described="نحو 1994", f_refugee_check="تم", f_asylum_check="تم",
            f_purpose="إبلاغ القضاء", f_dual_criminality="true", f_non_political="true", f_adult="false",
            f_review__hi="2031-03-20",
        )  # fmt: skip
        officer.presses("button[value=sign]")
        assert "/record/" not in officer.page.url
        assert officer.page.locator(".is-wrong, .wrong, [data-state=bad]").count() >= 1


def test_r39_after_four_years_every_open_item_is_still_there_with_its_age(post: Post) -> None:
    post.room.node.clock.set(START + timedelta(days=4 * 365 + 1))
    try:
        with post.desk() as officer:
            officer.opens("/follow-up")
            said = row(officer, "تسخير كل الإمكانات")
            assert re.search(r"1[,٬.]?461", said)
            assert "تقرر التعاون لتسخير كل الإمكانات." in said
            officer.looks_right("/follow-up", "/today")
    finally:
        post.room.node.clock.set(START)
