"""Every format: its text, its pages, what is enclosed; through the process apart, as in use."""

import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tansiq.intake.documents.extract import extract, joined
from tansiq.intake.documents.faults import (
    Bomb,
    Damaged,
    Locked,
    NoOcr,
    NoWords,
    TooCostly,
    UnknownFormat,
)
from tansiq.intake.documents.ocr import Ocr, installed
from tansiq.intake.documents.shape import Document, Mark, mark_at
from tansiq.intake.documents.unfold import DEPTH_LIMIT, Unread, unfold
from tansiq.intake.read import BinaryInput, EmptyInput, TooLarge
from tests.intake.documents.samples import (
    FRENCH,
    REPORT,
    SECOND,
    docx,
    mail,
    pdf,
    rss,
    scanned_pdf,
    seen,
)


def one(data: bytes, name: str) -> Document:
    """The single document of a file."""
    (found,) = extract(data, name, ocr=absent).documents
    return found


def absent() -> Ocr:
    """No program for pictures."""
    raise NoOcr("not here")


@pytest.mark.parametrize("shaped", [False, True])
def test_a_pdf_gives_arabic_in_the_order_it_is_read_without_presentation_forms(shaped: bool) -> None:
    found = one(pdf([[seen(REPORT, shaped=shaped)], [seen(SECOND)], [FRENCH]]), "تقرير.pdf")
    assert found.text == f"{REPORT}\n\n{SECOND}\n\n{FRENCH}"
    assert [m.number for m in found.marks] == [1, 2, 3]
    assert all(
        mark_at(found.marks, found.text.index(words)) == mark
        for words, mark in zip((REPORT, "Amadou", "Tamanrasset le"), found.marks, strict=True)
    )


def test_wrapped_lines_of_a_pdf_flow_into_one_sentence() -> None:
    words = REPORT.split()
    lines = [" ".join(words[:7]), " ".join(words[7:])]
    assert one(pdf([[seen(line) for line in lines]]), "س.pdf").text == REPORT


def test_the_main_text_of_a_page_is_read_without_scripts_menus_and_hidden_words() -> None:
    page = (
        "<!doctype html><html dir=rtl><head><meta charset=windows-1256><title>موقع</title>"
        '<meta property="article:published_time" content="2010-04-14T10:00:00+01:00"></head>'
        "<body><nav><a href=/>الرئيسية</a></nav><h1>لقاء تمنراست</h1><article>"
        f"<p>{REPORT}</p><p hidden>خفي</p><script>alert(1)</script><img src='//x.example/a.png'>"
        f"<p>السطر&nbsp;الثاني<br>والثالث</p></article><footer>حقوق</footer></body></html>"
    )
    found = one(page.encode("cp1256"), "صفحة.html")
    assert found.text == f"لقاء تمنراست\n\n{REPORT}\n\nالسطر الثاني\nوالثالث"
    assert (found.flags, found.published, found.format) == (("remote",), date(2010, 4, 14), "html")


def test_a_page_that_lies_about_its_encoding_is_read_all_the_same() -> None:
    page = f"<html><head><meta charset=us-ascii></head><body><p>{REPORT}</p></body></html>"
    assert one(page.encode(), "صفحة.html").text == REPORT


def test_a_docx_gives_its_words_and_notes_and_says_what_was_left_out() -> None:
    deleted = "<w:p><w:del><w:r><w:delText>محذوف</w:delText></w:r></w:del></w:p>"
    rels = (
        b'<Relationships><Relationship Type="x/attachedTemplate" Target="http://x.example/a.dotm" '
        b'TargetMode="External"/></Relationships>'
    )
    notes = f"<w:footnotes xmlns:w='x'><w:p><w:t>{FRENCH}</w:t></w:p></w:footnotes>".encode()
    more = {
        "word/vbaProject.bin": b"macro",
        "word/embeddings/a.xlsx": b"x",
        "word/comments.xml": b"<x/>",
        "word/_rels/settings.xml.rels": rels,
        "word/footnotes.xml": notes,
    }
    found = one(docx([REPORT, SECOND], more=more, inside=deleted), "محضر.docx")
    assert found.text == f"{REPORT}\n{SECOND}\n\n{FRENCH}"
    assert found.flags == ("macros", "embedded", "comments", "tracked", "remote")
    assert found.marks == (Mark(found.text.index(FRENCH), "notes", 1),)


def test_pages_of_a_docx_are_known_where_its_writer_broke_them() -> None:
    broken = f"<w:p><w:r><w:lastRenderedPageBreak/><w:t>{SECOND}</w:t></w:r></w:p>"
    found = one(docx([REPORT], inside=broken), "محضر.docx")
    assert [(m.kind, m.number) for m in found.marks] == [("page", 1), ("page", 2)]
    assert found.text[found.marks[1].start :] == SECOND


def test_a_mail_gives_its_words_and_each_attachment_as_a_file_of_its_own() -> None:
    inner = mail(FRENCH, subject="Compte rendu du comité")
    data = mail(
        SECOND, attached={"محضر.pdf": pdf([[seen(REPORT)]]), "fwd.eml": inner, "شيء.exe": b"MZ\x00\x01" * 9}
    )
    found = list(unfold(data, "بريد.eml", ocr=absent))
    assert [(f.name, f.text) for f in found if isinstance(f, Document)] == [
        ("بريد.eml", f"تقرير من تمنراست\n\n{SECOND}"),
        ("بريد.eml/محضر.pdf", REPORT),
        ("بريد.eml/fwd.eml", f"Compte rendu du comité\n\n{FRENCH}"),
    ]
    assert [f for f in found if isinstance(f, Unread)] == [Unread("بريد.eml/شيء.exe", "input.binary")]
    first = found[0]
    assert isinstance(first, Document)
    assert first.published == date(2010, 4, 14)
    assert first.sender == "مكتب الارتباط <liaison@example.org>"


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256", "utf-16"])
@pytest.mark.parametrize("way", ["base64", "quoted-printable", "8bit"])
def test_words_of_a_mail_are_read_in_every_encoding(charset: str, way: str) -> None:
    import base64  # noqa: PLC0415
    import quopri  # noqa: PLC0415

    raw = REPORT.encode(charset)
    if way == "8bit" and charset == "utf-16":
        raw, charset = REPORT.encode("cp1256"), "windows-1256"
    coded = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring}.get(way, bytes)(raw)
    head = (
        "From: a@example.org\nSubject: =?windows-1256?B?"
        + base64.b64encode("خبر عاجل".encode("cp1256")).decode()
        + f"?=\nMIME-Version: 1.0\nContent-Type: text/plain; charset={charset}\n"
        f"Content-Transfer-Encoding: {way}\n\n"
    )
    assert one(head.encode() + coded, "mail").text == f"خبر عاجل\n\n{REPORT}"


def test_a_mail_of_html_alone_is_read_and_its_pictures_are_not_fetched() -> None:
    data = (
        "MIME-Version: 1.0\nSubject: Note\nContent-Type: text/html; charset=utf-8\n\n"
        f"<p>{FRENCH}</p><img src=http://x.example/pixel.gif>"
    ).encode()
    found = one(data, "note.eml")
    assert (found.text, found.flags) == (f"Note\n\n{FRENCH}", ("remote",))


def test_a_report_that_begins_like_a_letter_is_no_mail() -> None:
    text = f"From: our correspondent\nSubject: Tamanrasset\n\n{FRENCH}"
    assert one(text.encode(), "report.txt").text == text
    assert one(b"From Bamako, the staff says:\nnothing", "a.txt").format == "text"


def test_each_entry_of_a_feed_is_a_document_with_its_day() -> None:
    data = rss([("لقاء", f"<p>{REPORT}</p>", "Wed, 14 Apr 2010 09:00:00 GMT"), ("خبر", SECOND, "")])
    first, second = extract(data, "feed.xml").documents
    assert (first.name, first.text, first.published) == ("feed.xml#1", f"لقاء\n\n{REPORT}", date(2010, 4, 14))
    assert (second.text, second.published) == (f"خبر\n\n{SECOND}", None)


def test_an_atom_feed_with_markup_inside_is_read() -> None:
    data = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>وكالة</title><entry><title type="html">لقاء</title>'
        f'<content type="xhtml"><div><p>{REPORT}</p></div></content>'
        "<updated>2010-04-15T00:00:00Z</updated></entry></feed>"
    ).encode()
    (found,) = extract(data, "وكالة.atom").documents
    assert (found.text, found.published) == (f"لقاء\n\n{REPORT}", date(2010, 4, 15))


def test_each_line_of_json_lines_is_a_document_and_a_broken_one_is_named() -> None:
    lines = [
        json.dumps(
            {"title": "لقاء", "text": REPORT, "published": "2010-04-14", "name": "a"}, ensure_ascii=False
        ),
        "{broken",
        json.dumps({"body": FRENCH}),
        '{"text": " "}',
    ]
    found = extract("\n".join(lines).encode(), "نشرة.jsonl").documents
    assert [d.error for d in found] == ["", "intake.damaged", "", "input.empty"]
    assert (found[0].text, found[0].published, found[0].name) == (
        f"لقاء\n\n{REPORT}",
        date(2010, 4, 14),
        "نشرة.jsonl#1 a",
    )


def test_the_entity_bomb_and_outside_entities_are_refused() -> None:
    lol = "<!DOCTYPE rss [<!ENTITY a 'x'>" + "".join(
        f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    bomb = f"<?xml version='1.0'?>{lol}]><rss><item><title>&i;</title></item></rss>".encode()
    outside = (
        b"<!DOCTYPE rss [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><rss><item><title>&a;</title></item></rss>"
    )
    for data in (bomb, outside):
        with pytest.raises(Bomb):
            extract(data, "feed.xml")
    inner = outside.replace(b"rss", b"w:document")
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as made:
        made.writestr("word/document.xml", inner)
    with pytest.raises(Bomb):
        extract(box.getvalue(), "a.docx")


def test_an_archive_that_unpacks_to_far_more_than_it_holds_is_refused() -> None:
    data = docx(["x"], more={"word/media/a.bin": bytes(20_000_000)})
    assert len(data) < 100_000
    with pytest.raises(Bomb):
        extract(data, "a.docx")


def test_a_page_nested_without_end_ends_the_reader_and_not_the_node() -> None:
    try:
        found = one(b"<html>" + b"<div>" * 12_000 + REPORT.encode(), "a.html")
    except (Damaged, TooCostly, Bomb):
        return
    assert found.text == REPORT


@pytest.mark.parametrize(
    ("data", "name", "fault"),
    [
        (b"%PDF-1.7 cut", "a.pdf", Damaged),
        (b"PK\x03\x04 cut", "a.docx", Damaged),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "a.doc", UnknownFormat),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "a.docx", Locked),
        (b"MZ\x00\x01" * 40, "a.exe", BinaryInput),
        (b" \n", "a.txt", EmptyInput),
        (b"<html><body><script>x</script></body></html>", "a.html", EmptyInput),
        (b"<rss><channel></channel></rss>", "a.xml", EmptyInput),
        (b"x" * 25_000_001, "a.txt", TooLarge),
        (scanned_pdf(), "a.pdf", NoOcr),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "a.png", NoOcr),
    ],
)
def test_what_cannot_be_read_has_its_code(data: bytes, name: str, fault: type[Exception]) -> None:
    with pytest.raises(fault):
        extract(data, name, ocr=absent)


def test_a_mail_within_a_mail_without_end_stops_with_its_code() -> None:
    data = mail(REPORT)
    for _ in range(DEPTH_LIMIT + 2):
        data = mail(REPORT, attached={"a.eml": data})
    found = list(unfold(data, "a.eml", ocr=absent))
    assert found[-1] == Unread("a.eml" + "/a.eml" * (DEPTH_LIMIT + 1), "intake.bomb")
    assert len(found) == DEPTH_LIMIT + 2


def fake(folder: Path, script: str) -> Ocr:
    """A program in the place of tesseract."""
    program = folder / "tesseract"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return Ocr(str(program), ("ara", "fra"))


def test_a_scan_is_read_by_the_program_for_pictures_and_marked_so(tmp_path: Path) -> None:
    program = fake(tmp_path, f"head -c 2 > {tmp_path}/given; echo \"$@\" > {tmp_path}/asked; echo '{REPORT}'")
    found = extract(scanned_pdf(), "مسح.pdf", ocr=lambda: program).documents[0]
    assert (found.text, found.flags, found.marks) == (REPORT, ("ocr",), (Mark(0, "page", 1),))
    assert (tmp_path / "given").read_bytes() == b"P5"
    assert (tmp_path / "asked").read_text() == "stdin stdout -l ara --psm 3\n"


def test_what_is_mostly_arabic_is_read_once_more_as_nothing_else(tmp_path: Path) -> None:
    both = f"case $4 in ara) echo '{REPORT}';; *) echo '{REPORT} Mai Oly';; esac"
    found = extract(scanned_pdf(), "مسح.pdf", ocr=lambda: fake(tmp_path, both)).documents[0]
    assert found.text == REPORT
    french = f"case $4 in ara) echo '{REPORT}';; *) echo '{FRENCH}';; esac"
    found = extract(scanned_pdf(), "scan.pdf", ocr=lambda: fake(tmp_path, french)).documents[0]
    assert found.text == FRENCH


def test_pages_of_a_picture_are_parted_and_marks_of_direction_go(tmp_path: Path) -> None:
    program = fake(tmp_path, f"printf '\\342\\200\\217%s\\nسطر\\f%s\\f' '{REPORT}' '{SECOND}'")
    found = extract(b"\xff\xd8\xff" + bytes(50), "صورة.jpg", ocr=lambda: program).documents[0]
    assert found.text == f"{REPORT} سطر\n\n{SECOND}"
    assert [m.number for m in found.marks] == [1, 2]


@pytest.mark.parametrize(("script", "fault"), [("exit 1", Damaged), ("true", NoWords)])
def test_a_picture_that_gives_nothing_says_so(tmp_path: Path, script: str, fault: type[Exception]) -> None:
    program = fake(tmp_path, script)
    with pytest.raises(fault):
        extract(scanned_pdf(), "a.pdf", ocr=lambda: program)


def test_the_program_is_found_on_the_path_with_those_of_our_languages_it_knows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake(tmp_path, "echo 'List of available languages (3):'; echo ara; echo osd; echo eng")
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    assert installed() == Ocr(str(tmp_path / "tesseract"), ("ara", "eng"))
    fake(tmp_path, "echo osd")
    with pytest.raises(NoOcr):
        installed()
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(NoOcr):
        installed()


@given(st.lists(st.text(alphabet="اب \n", max_size=12), max_size=6))
def test_marks_of_joined_pages_stand_where_the_pages_begin(pages: list[str]) -> None:
    text, marks = joined(pages)
    assert [m.number for m in marks] == list(range(1, len(pages) + 1))
    assert all(text[m.start :].startswith(said) for m, said in zip(marks, pages, strict=True) if said)
