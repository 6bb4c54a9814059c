"""Targets for documents of foreign formats: what the process apart does with bytes, done here."""

from __future__ import annotations

from typing import Final

from tansiq.intake.documents.child import answer_to
from tansiq.intake.documents.extract import joined
from tansiq.intake.documents.faults import fault_of
from tansiq.intake.documents.json_lines import read_lines
from tansiq.intake.documents.shape import Ask, Extract, Failed, Format
from tansiq.intake.documents.sniff import format_of
from tests.intake.documents.samples import REPORT, SECOND, docx, mail, pdf, rss, seen

FORMATS: Final[tuple[Format, ...]] = ("html", "pdf", "docx", "mail", "feed")


def parse_document(raw: bytes) -> object:
    """The first byte chooses the format; every mark must lie within its text."""
    format_of(raw[1:], "ملف")
    if not raw or raw[0] % 6 == 5:
        return _sound(read_lines(raw[1:], "ملف"))
    answer = answer_to(Ask(format=FORMATS[raw[0] % 6], name="ملف", content=raw[1:]))
    if isinstance(answer, Failed):
        raise fault_of(answer.code)
    return _sound(answer) if isinstance(answer, Extract) else joined(getattr(answer, "texts", ()))


def _sound(found: Extract) -> Extract:
    for document in found.documents:
        assert all(0 <= m.start <= len(document.text) for m in document.marks)
        document.text.encode()
    return found


def document_seeds() -> list[bytes]:
    """One of each format."""
    page = f"<html><body><h1>لقاء</h1><article><p>{REPORT}</p></article></body></html>".encode()
    made = (
        page,
        pdf([[seen(REPORT, shaped=True)], [seen(SECOND)]]),
        docx([REPORT], inside="<w:p><w:r><w:lastRenderedPageBreak/><w:t>نص</w:t></w:r></w:p>"),
        mail(REPORT, attached={"نص.txt": SECOND.encode()}, html="<p>نص</p>"),
        rss([("لقاء", f"<p>{REPORT}</p>", "Wed, 14 Apr 2010 09:00:00 GMT")]),
        f'{{"text": "{REPORT}"}}\n{{"body": "نص"}}'.encode(),
    )
    return [bytes([n]) + each for n, each in enumerate(made)]
