"""Pictures of text, by Debian's tesseract when it is installed; never required.

The program runs apart, limited as the reader of documents is. Debian: tesseract-ocr, and for the languages
tesseract-ocr-ara, tesseract-ocr-fra, tesseract-ocr-eng.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from typing import Final

from tansiq.intake.documents.apart import in_child
from tansiq.intake.documents.faults import Damaged, NoOcr

PAGE_TIMEOUT_S: Final = 240.0
ARABIC: Final = "ara"
LANGUAGES: Final = (ARABIC, "fra", "eng")
_PASSED_ON: Final = ("TESSDATA_PREFIX", "LD_LIBRARY_PATH", "PATH")


@dataclass(frozen=True, slots=True)
class Ocr:
    """The installed program and those of our languages that it knows."""

    program: str
    languages: tuple[str, ...]

    def recognise(self, picture: bytes) -> str:
        """Return the words of a picture, its pages parted by form feeds. Raises TooCostly, Damaged.

        Asked for all languages at once, the program takes every tenth Arabic word for a Latin one: what turns
        out to be mostly Arabic is read once more as nothing else.
        """
        said = self._read(picture, self.languages)
        again = ARABIC in self.languages and len(self.languages) > 1 and _mostly_arabic(said)
        return self._read(picture, (ARABIC,)) if again else said

    def _read(self, picture: bytes, languages: tuple[str, ...]) -> str:
        asked = (self.program, "stdin", "stdout", "-l", "+".join(languages), "--psm", "3")
        code, raw = in_child(asked, picture, timeout_s=PAGE_TIMEOUT_S, environment=_environment())
        if code != 0:
            raise Damaged(f"the program for pictures ends with {code}")
        return raw.decode("utf-8", "replace")


def _mostly_arabic(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return sum("\u0600" <= c <= "\u06ff" for c in letters) * 2 > len(letters)


def installed() -> Ocr:
    """Return the program for pictures as it is installed now. Raises NoOcr, also without our languages."""
    program = shutil.which("tesseract")
    if program is None:
        raise NoOcr("tesseract is not installed")
    try:
        told = subprocess.run(
            [program, "--list-langs"], capture_output=True, timeout=20, check=True, env=_environment()
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise NoOcr("tesseract does not run") from error
    there = told.stdout.decode("utf-8", "replace").split()
    languages = tuple(each for each in LANGUAGES if each in there)
    if not languages:
        raise NoOcr("tesseract knows none of Arabic, French, English")
    return Ocr(program, languages)


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return {**kept, "OMP_THREAD_LIMIT": "1"}
