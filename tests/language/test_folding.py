"""Mail that is quoted goes on behind its marks."""

from __future__ import annotations

from datetime import date

import pytest

from tansiq.intake.draft import draft
from tansiq.intake.shape import Days
from tansiq.language.folding import fold


class TestQuotedMail:
    """Lines of ``> ``."""

    @pytest.mark.parametrize(
        "text",
        [
            "> تلتزم وزارة الدفاع بتسليم المركبات إلى قيادة الأركان المشتركة قبل\n> نهاية شهر مايو.",
            "> Le ministre a promis que les véhicules seraient remis à l'état-major\n> avant fin mai.",
            "> The ministry undertook to hand the vehicles over to the joint staff\n> before 9 May.",
            "> > The ministry undertook to hand the vehicles to the joint staff\n> > before 9 May.",
            ">> The ministry undertook to hand the vehicles to the joint staff\n>> before 9 May.",
        ],
    )
    def test_a_sentence_goes_on(self, text: str) -> None:
        """Without the marks, and each letter knows its place."""
        folded = fold(text)
        assert "\n" not in folded.text
        assert ">" not in folded.text.lstrip("> ")
        last = folded.text.rstrip(".").rindex(" ") + 1
        start, end = folded.span(last, len(folded.text))
        assert text[start:end] in ("مايو.", "mai.", "May.")

    @pytest.mark.parametrize(
        "text",
        [
            "> إلى الضابط المناوب\n> وصل الرتل إلى كيدال صباح اليوم.",  # a short line
            "> " + "وصل الرتل إلى كيدال " * 4 + "\n> - البند الثاني من القائمة",  # the next item
            "> " + "وصل الرتل إلى كيدال " * 4 + "\n>\n> وبدأ التفتيش.",  # an empty line
            "> " + "وصل الرتل إلى كيدال " * 4 + "\n> > وبدأ التفتيش.",  # mail quoted in mail
            "> " + "وصل الرتل إلى كيدال " * 4 + "\nوبدأ التفتيش.",  # the answer
        ],
    )
    def test_a_line_that_ends_ends(self, text: str) -> None:
        """Where the next word had room, or something else begins."""
        assert "\n" in fold(text).text

    def test_a_deadline_behind_a_mark(self) -> None:
        """A short mail under its header lines keeps the day of its promise."""
        text = (
            "From: liaison@example.org\nDate: 4 May 2013\nSubject: vehicles\n\nSee below.\n\n"
            "> The Ministry of Defence of Niger will hand over six vehicles to the joint\n"
            "> staff by 20 May 2013.\n"
        )
        (promise,) = draft(text, name="mail.txt").commitments
        assert promise.due == Days(date(2013, 5, 4), date(2013, 5, 20))
