"""Files that officers bring: told by their bytes, named cleanly, without what they hide; Pillow judges."""

import contextlib
import io
import random
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from tansiq.work.pictures import NotOne, cleaned_gif, cleaned_jpeg, cleaned_png, cleaned_webp
from tansiq.work.uploads import ANY, NAME_LIMIT, cleaned, media_of, name_for

CANARY = b"canaryqxz"
GPS = {1: "N", 2: (16.0, 16.0, 0.0), 3: "W", 4: (0.0, 3.0, 0.0)}


def picture() -> Image.Image:
    grey = random.Random(7).randbytes(48 * 32)
    return Image.frombytes("L", (48, 32), grey).convert("RGB")


def exif(orientation: int = 1) -> Image.Exif:
    made = Image.Exif()
    made[0x010F] = CANARY.decode()
    made[0x0112] = orientation
    made.get_ifd(0x8825).update(GPS)
    return made


def saved(form: str, **more: object) -> bytes:
    out = io.BytesIO()
    picture().save(out, form, **more)
    return out.getvalue()


def seen(raw: bytes) -> bytes:
    return Image.open(io.BytesIO(raw)).convert("RGB").tobytes()


def text_chunks() -> PngImagePlugin.PngInfo:
    made = PngImagePlugin.PngInfo()
    made.add_text("Author", CANARY.decode())
    made.add_itxt("XML:com.adobe.xmp", CANARY.decode())
    return made


PICTURES = {
    "jpeg": lambda: saved("JPEG", exif=exif(), comment=CANARY, quality=90),
    "progressive": lambda: saved("JPEG", exif=exif(), progressive=True),
    "png": lambda: saved("PNG", exif=exif(), pnginfo=text_chunks()),
    "webp": lambda: saved("WEBP", exif=exif(), xmp=CANARY, lossless=True),
    "gif": lambda: saved("GIF", comment=CANARY),
}


@pytest.mark.parametrize("form", PICTURES)
def test_a_picture_loses_what_it_hides_and_looks_the_same(form: str) -> None:
    raw = PICTURES[form]() + CANARY
    assert CANARY in raw
    done = cleaned(raw, "صورة.jpg")
    assert done.removed
    assert done.left == ""
    assert CANARY not in done.content
    assert seen(done.content) == seen(raw)
    found = Image.open(io.BytesIO(done.content)).getexif()
    assert not found.get_ifd(0x8825)
    assert 0x010F not in found


@pytest.mark.parametrize("up", range(1, 9))
def test_a_jpeg_keeps_which_way_is_up_and_nothing_more(up: int) -> None:
    found = Image.open(io.BytesIO(cleaned_jpeg(saved("JPEG", exif=exif(up))))).getexif()
    assert dict(found) == ({} if up == 1 else {0x0112: up})


def test_metadata_stay_when_they_are_kept_on_purpose() -> None:
    raw = PICTURES["jpeg"]()
    done = cleaned(raw, "x.jpg", keep=True)
    assert (done.content, done.removed, done.left) == (raw, False, "inside")


@pytest.mark.parametrize(
    ("clean", "start"),
    [
        (cleaned_jpeg, b"\xff\xd8\xff"),
        (cleaned_png, b"\x89PNG\r\n\x1a\n"),
        (cleaned_webp, b"RIFF\x20\0\0\0WEBP"),
        (cleaned_gif, b"GIF89a"),
    ],
)
@given(tail=st.binary(max_size=300))
def test_a_broken_picture_is_refused_and_never_a_fault(clean, start: bytes, tail: bytes) -> None:  # type: ignore[no-untyped-def]
    with contextlib.suppress(NotOne):
        assert isinstance(clean(start + tail), bytes)
    assert cleaned(start + tail, "x.jpg").media in (ANY, "image/jpeg", "image/png", "image/webp", "image/gif")


def document(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, raw in parts.items():
            box.writestr(name, raw)
    return out.getvalue()


def test_a_document_loses_its_properties_and_its_pictures_theirs() -> None:
    raw = document(
        **{
            "word/document.xml": "<w:document>نص</w:document>".encode(),
            "docProps/core.xml": b"<dc:creator>" + CANARY,
            "docProps/app.xml": CANARY,
            "word/media/image1.jpeg": PICTURES["jpeg"](),
        }
    )
    done = cleaned(raw, "تقرير.docx")
    assert done.media.endswith("wordprocessingml.document")
    assert (done.name, done.removed, done.left) == ("تقرير.docx", True, "")
    with zipfile.ZipFile(io.BytesIO(done.content)) as box:
        assert all(CANARY not in box.read(name) for name in box.namelist())
        assert "نص" in box.read("word/document.xml").decode()
        assert {i.date_time for i in box.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_what_remains_in_a_document_is_said() -> None:
    raw = document(**{"word/document.xml": b"<w:ins w:author='x'/>", "docProps/core.xml": b"x"})
    assert cleaned(raw, "a.docx").left == "comments"
    assert cleaned(b"%PDF-1.7 /Author (x)", "a.pdf").left == "inside"
    assert cleaned("نص".encode(), "a.txt").left == ""


def test_a_document_that_would_unpack_without_end_is_left_as_it_came() -> None:
    raw = document(**{"word/document.xml": b"\0" * 210_000_000})
    assert len(raw) < 1_000_000
    done = cleaned(raw, "a.docx")
    assert (done.content, done.left) == (raw, "inside")


@pytest.mark.parametrize(
    ("said", "raw", "media", "name"),
    [
        ("صورة.jpg", b"<html><script>", "text/plain", "صورة.jpg.txt"),
        ("page.html", b"<html><script>", "text/plain", "page.html"),
        ("a.png", b"MZ\0\0\0\1\2\3", ANY, "a.png.bin"),
        ("../../etc/passwd", b"x", "text/plain", "passwd.txt"),
        ("C:\\Users\\x\\تقرير.txt", b"x", "text/plain", "تقرير.txt"),
        ("تقرير\u202egpj.exe", b"x", "text/plain", "تقريرgpj.exe.txt"),
        ("a\r\nSet-Cookie: x=y.txt", b"x", "text/plain", "aSet-Cookie_ x=y.txt"),
        ("...", b"x", "text/plain", "file.txt"),
        ("", b"\xff\xd8\xff", ANY, "file"),
        (".htaccess", b"x", "text/plain", "htaccess.txt"),
    ],
)
def test_a_name_hides_nothing_and_its_ending_fits_the_bytes(
    said: str, raw: bytes, media: str, name: str
) -> None:
    done = cleaned(raw, said)
    assert (done.media, done.name) == (media, name)


@given(st.text(max_size=400), st.sampled_from(["image/png", "text/plain", ANY]))
def test_any_name_at_all_becomes_a_short_one_without_paths_or_controls(said: str, media: str) -> None:
    name = name_for(said, media)
    assert 0 < len(name) <= NAME_LIMIT
    assert not set(name) & set('/\\<>:"|?*;%\r\n\0\u202e\u2066')
    assert name.isprintable()
    assert not name.startswith(".")
    assert name_for(name, media) == name


@given(st.binary(max_size=400))
def test_any_bytes_at_all_have_a_type(raw: bytes) -> None:
    assert "/" in media_of(raw)
