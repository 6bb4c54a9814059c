"""The tagger of names: words a second, and what it costs a draft, beside the draft without it."""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib.resources import files

from tansiq.intake.draft import draft
from tansiq.intake.page import analyse
from tansiq.intake.tagger import Tagger

FLOOR_WORDS_S = 60_000
ROUNDS = 10


def _texts() -> dict[str, list[str]]:
    folder = files("tansiq").joinpath("samples", "reports")
    found = sorted(
        (e.name, e.read_text(encoding="utf8")) for e in folder.iterdir() if e.name.endswith(".txt")
    )
    return {lang: [text for name, text in found if name.startswith(lang)] for lang in ("ar", "fr", "en")}


def _seconds(work: Callable[[], object]) -> float:
    work()
    began = time.process_time()
    for _ in range(ROUNDS):
        work()
    return (time.process_time() - began) / ROUNDS


def main() -> None:
    """Print words a second by language, and drafts a second with the tagger and without."""
    tagger = Tagger()
    for lang, texts in _texts().items():
        pages = [analyse(text, None, frozenset()) for text in texts]
        words = sum(len(page.words) for page in pages)
        rate = words / _seconds(lambda pages=pages: [tagger.propose(page) for page in pages])  # type: ignore[misc]
        with_it = len(texts) / _seconds(lambda texts=texts: [draft(t, name="x") for t in texts])  # type: ignore[misc]
        bare = len(texts) / _seconds(lambda texts=texts: [draft(t, name="x", proposers=()) for t in texts])  # type: ignore[misc]
        print(
            f"tagger {lang} {rate:9,.0f} words/s (floor {FLOOR_WORDS_S:,}); "
            f"drafts {with_it:5.0f}/s with it, {bare:5.0f}/s without"
        )


if __name__ == "__main__":
    main()
