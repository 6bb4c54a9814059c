"""Documents of our own writing, made when a test needs them: PDF, DOCX, mail, feeds, archives that lie."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from email.message import EmailMessage

REPORT = "اجتمعت لجنة الأركان في تمنراست يوم 12 أبريل 2010 (جلسة أولى) بحضور 4 دول."
SECOND = "وقال الوزير Amadou Toumani إن القوة تضم 75.000 رجل، 30% منهم من النيجر."
FRENCH = "Le comité s’est réuni à Tamanrasset le 12 avril 2010, en présence de quatre pays."

_FORMS = {
    "ا": "\ufe8d",
    "ل": "\ufedf",
    "ن": "\ufee7",
    "م": "\ufee3",
    "ي": "\ufef3",
    "ت": "\ufe97",
    "لا": "\ufefb",
}
_MIRROR = str.maketrans("()«»", ")(»«")


def seen(text: str, *, shaped: bool = False) -> str:
    """Return a line as a page paints it from left to right: Arabic turned, numbers and Latin words not."""
    said = text.replace("لا", _FORMS["لا"]) if shaped else text
    if shaped:
        said = "".join(_FORMS.get(c, c) for c in said)
    latin = r"[A-Za-zÀ-ÿ]+(?:[ -][A-Za-zÀ-ÿ]+)*|\d+(?:[.,/:]\d+)*|."
    return "".join(p.translate(_MIRROR) if len(p) == 1 else p for p in reversed(re.findall(latin, said)))


def pdf(pages: Sequence[Sequence[str]], *, size: float = 12.0) -> bytes:
    """A PDF whose pages are lines as painted from left to right, in a font of its own that is boxes alone."""
    chars = sorted({c for page in pages for line in page for c in line if c != " "})
    code = {c: n + 1 for n, c in enumerate(chars)}
    kids = " ".join(f"{6 + 2 * n} 0 R" for n in range(len(pages)))
    return _file(
        [
            f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
            _font(chars),
            _stream(_unicode_map(chars)),
            _stream("500 0 0 0 400 700 d1 0 0 400 700 re f"),
            *(part for n, page in enumerate(pages) for part in _page(n, page, code, size)),
        ]
    )


def scanned_pdf(width: int = 200, height: int = 100) -> bytes:
    """A PDF of one page that is a grey picture."""
    grey = zlib.compress(bytes(width * height))
    picture = b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8" % (
        width,
        height,
    )
    picture += b"/Filter/FlateDecode/Length %d>>stream\n" % len(grey) + grey + b"\nendstream"
    page = (
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</I 5 0 R>>>>/Contents 4 0 R>>"
    )
    return _file(
        ["<</Type/Pages/Kids[3 0 R]/Count 1>>", page, _stream("400 0 0 200 90 500 cm /I Do"), picture]
    )


def _file(objects: Sequence[str | bytes]) -> bytes:
    made, starts = b"%PDF-1.5\n", []
    for n, each in enumerate(["<</Type/Catalog/Pages 2 0 R>>", *objects], 1):
        starts.append(len(made))
        made += b"%d 0 obj\n" % n + (each.encode("latin1") if isinstance(each, str) else each) + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % at for at in starts)
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(starts) + 1, len(made))
    return made + b"xref\n0 %d\n0000000000 65535 f \n" % (len(starts) + 1) + table + trailer


def _stream(content: str) -> str:
    return f"<</Length {len(content)}>>stream\n{content}\nendstream"


def _font(chars: Sequence[str]) -> str:
    names = " ".join(f"/g{n}" for n in range(1, len(chars) + 1))
    widths = " ".join("500" for _ in chars)
    drawn = " ".join(f"/g{n} 5 0 R" for n in range(1, len(chars) + 1))
    return (
        f"<</Type/Font/Subtype/Type3/FontBBox[0 -200 500 800]/FontMatrix[0.001 0 0 0.001 0 0]/FirstChar 1"
        f"/LastChar {len(chars)}/Widths[{widths}]/Encoding<</Type/Encoding/Differences[1 {names}]>>"
        f"/CharProcs<<{drawn}>>/Resources<<>>/ToUnicode 4 0 R>>"
    )


def _unicode_map(chars: Sequence[str]) -> str:
    said = "".join(f"<{n:02X}> <{c.encode('utf-16-be').hex()}>\n" for n, c in enumerate(chars, 1))
    head = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def "
    head += "1 begincodespacerange <00> <FF> endcodespacerange\n"
    return f"{head}{len(chars)} beginbfchar\n{said}endbfchar endcmap end end"


def _page(n: int, lines: Sequence[str], code: Mapping[str, int], size: float) -> tuple[str, str]:
    fonts = "/Resources<</Font<</F1 3 0 R>>>>"
    page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]{fonts}/Contents {7 + 2 * n} 0 R>>"
    painted = ["BT"]
    for row, line in enumerate(lines):
        at = 60.0
        for word in re.findall(r"\S+| +", line):
            if word.strip():
                painted.append(f"/F1 {size} Tf 1 0 0 1 {at} {780 - row * size * 1.5} Tm")
                painted.append(f"<{''.join(f'{code[c]:02X}' for c in word)}> Tj")
            at += len(word) * size / 2
    return page, _stream("\n".join([*painted, "ET"]))


def docx(paragraphs: Sequence[str], *, more: Mapping[str, bytes] | None = None, inside: str = "") -> bytes:
    """A DOCX of plain paragraphs; ``more`` are further parts, ``inside`` is markup at the end of the body."""
    body = "".join(f"<w:p><w:r><w:t xml:space='preserve'>{p}</w:t></w:r></w:p>" for p in paragraphs)
    space = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"
    parts = {
        "word/document.xml": f"<w:document {space}><w:body>{body}{inside}</w:body></w:document>".encode()
    }
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as made:
        for name, raw in (parts | dict(more or {})).items():
            made.writestr(name, raw)
    return box.getvalue()


def mail(
    body: str,
    *,
    subject: str = "تقرير من تمنراست",
    attached: Mapping[str, bytes] | None = None,
    html: str = "",
) -> bytes:
    """An e-mail of 14 April 2010 with attachments."""
    made = EmailMessage()
    made["From"] = "مكتب الارتباط <liaison@example.org>"
    made["Subject"] = subject
    made["Date"] = "Wed, 14 Apr 2010 09:30:00 +0100"
    made.set_content(body)
    if html:
        made.add_alternative(html, subtype="html")
    for name, raw in (attached or {}).items():
        made.add_attachment(raw, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def rss(items: Sequence[tuple[str, str, str]]) -> bytes:
    """An RSS feed of title, markup and day."""
    said = "".join(
        f"<item><title>{t}</title><description><![CDATA[{d}]]></description><pubDate>{day}</pubDate></item>"
        for t, d, day in items
    )
    return (
        f"<?xml version='1.0' encoding='UTF-8'?><rss version='2.0'><channel>{said}</channel></rss>".encode()
    )
