"""List the Arabic words that the annotated text uses outside names: what tells a name from a word.

    python tools/list_ordinary.py

Writes ``src/tansiq/language/knowledge/ordinary.psv`` from ``training/tagger/ar``: every folded word that
stands outside a mark and in none, without the joined particles where the rest is listed too.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from tansiq.language.folding import fold
from tansiq.language.tokens import tokens

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tools.train_tagger import sentences

WRITTEN: Final = Path(__file__).resolve().parent.parent / "src/tansiq/language/knowledge/ordinary.psv"
A_LINE: Final = 40


def ordinary() -> list[str]:
    """Return the words in order."""
    plain: set[str] = set()
    named: set[str] = set()
    for sentence in sentences("ar"):
        folded = fold(sentence.text)
        spans = [folded.inner(s, e) for s, e, _ in sentence.names]
        for word in tokens(folded.text):
            inside = any(s < word.end and e > word.start for s, e in spans)
            (named if inside else plain).add(word.text)
    kept = {w for w in plain - named if len(w) > 2 and not w.isdigit() and w[0] > "\u0600"}
    return sorted(w for w in kept if not (w[0] in "وف" and w[1:] in kept))


def main() -> int:
    """Write the list."""
    words = ordinary()
    lines = [f"ordinary|ar|{';'.join(words[at : at + A_LINE])}" for at in range(0, len(words), A_LINE)]
    WRITTEN.write_text("\n".join(["kind|value|words", *lines, ""]), encoding="utf8")
    print(f"{len(words)} words")
    return 0


if __name__ == "__main__":
    sys.exit(main())
