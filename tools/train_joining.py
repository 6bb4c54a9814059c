"""Fit the weights by which the tagger's names and those of the rules are joined (``make joining``).

    python -m tools.train_joining [FOLDER]

A logistic regression over the marks of ``tansiq.intake.joining``, one for all languages, on the text of
``training/tagger``: each theme is read by a tagger that has not seen it (``tools/train_tagger.py``,
fifteen taggers, ten minutes; FOLDER keeps them between runs). A reading is right if it is an annotated name,
whole and of its type. Prints what the joining gives on themes that neither tagger nor weights have seen,
then writes ``joining.psv``.
"""

from __future__ import annotations

import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tansiq.intake.cast import ruled
from tansiq.intake.joining import TYPE_OF, Known, Reading, chosen, contested
from tansiq.intake.page import analyse
from tansiq.intake.reconcile import differing
from tansiq.intake.tagger import Model, Script, Tagger
from tansiq.language.spans import disjoint
from tools.train_tagger import KINDS, LANGS_OF, Name, Sentence, example, folds, rates, sentences, trained

ROOT: Final = Path(__file__).resolve().parents[1]
TARGET: Final = ROOT / "src" / "tansiq" / "language" / "knowledge" / "joining.psv"
PENALTY: Final = 3.0
STEPS: Final = 300
RATE: Final = 0.5
LEAST: Final = 5  # a mark seen less often has no weight

Weights = dict[str, float]


@dataclass(frozen=True)
class Case:
    """A sentence read by a tagger that has not seen its theme: what is contested, and what is right of it."""

    lang: str
    part: int
    true: frozenset[Name]
    agreed: frozenset[Name]
    """What stands in any case: both see it, or the rules where the tagger sees nothing."""
    found: tuple[Reading, ...]
    right: tuple[bool, ...]


def taggers(lang: str, script: Script, folder: Path | None) -> Iterator[tuple[Tagger, list[Sentence]]]:
    """Yield for each part of a language's themes a tagger that has not seen it; ``folder`` keeps them."""
    text = sentences(lang)
    for part, (train, held) in enumerate(folds(text)):
        kept = folder / f"{lang}-{part}.crf" if folder else None
        if kept is not None and kept.exists():
            content = kept.read_bytes()
        else:
            beside = [s for other in LANGS_OF[script] if other != lang for s in sentences(other)]
            content = trained(example(s) for s in [*(text[i] for i in train), *beside])
            if kept is not None:
                kept.write_bytes(content)
        yield Tagger(Model(content)), [text[i] for i in held]


def cases(folder: Path | None) -> Iterator[Case]:
    """Yield the sentences of all languages."""
    for script, langs in LANGS_OF.items():
        for lang in langs:
            for part, (tagger, held) in enumerate(taggers(lang, script, folder)):
                yield from (case(lang, part, sentence, tagger) for sentence in held)


def case(lang: str, part: int, sentence: Sentence, tagger: Tagger) -> Case:
    """Return a sentence with its contested readings; names are folded ``[s, e)`` with their type."""
    page = analyse(sentence.text, None, frozenset())
    rules = ruled(page)
    known: list[Known] = [*rules.told, *rules.lying, *rules.full]
    found = tuple(differing(page, known, tagger.propose(page)))
    open_to = {(r.start, r.end, r.type) for r in found}
    names = {
        (k.start, k.end, TYPE_OF[k.kind]) for k in disjoint(sorted(contested(page, known), key=_longest))
    }
    true = frozenset((*page.folded.inner(s, e), kind) for s, e, kind in sentence.names)
    right = tuple((r.start, r.end, r.type) in true for r in found)
    return Case(lang, part, true, frozenset(names - open_to), found, right)


def _longest(known: Known) -> int:
    return known.start - known.end


def fit(found: Sequence[Case]) -> Weights:
    """Return the weights that gradient descent finds."""
    data = [(r.marks, right) for c in found for r, right in zip(c.found, c.right, strict=True)]
    seen = Counter(m for marks, _ in data for m in marks)
    rows = [({m: v for m, v in marks.items() if seen[m] >= LEAST}, right) for marks, right in data]
    weights: Weights = {m: 0.0 for m in seen if seen[m] >= LEAST}
    square: Weights = dict.fromkeys(weights, 1e-8)
    for _ in range(STEPS):
        slope: Weights = {m: PENALTY * v for m, v in weights.items()}
        for marks, right in rows:
            off = 1 / (1 + math.exp(-sum(weights[m] * v for m, v in marks.items()))) - right
            for m, v in marks.items():
                slope[m] += off * v
        for m, g in slope.items():
            square[m] += (g / len(rows)) ** 2
            weights[m] -= RATE * (g / len(rows)) / math.sqrt(square[m])
    return weights


def crossed(found: Sequence[Case]) -> None:
    """Print what parts give that were left out when the weights were fitted."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for part in sorted({c.part for c in found}):
        weights = fit([c for c in found if c.part != part])
        for one in (c for c in found if c.part == part):
            made = one.agreed | {(r.start, r.end, r.type) for r in chosen(one.found, weights)}
            for kind in KINDS:
                true, said = ({n for n in names if n[2] == kind} for names in (one.true, made))
                counts[one.lang, kind].update(hit=len(true & said), said=len(said), true=len(true))
    for (lang, kind), count in sorted(counts.items()):
        print(f"{lang} {kind} ({count['true']:4})  {rates(count)}")


def written(weights: Weights) -> Iterable[str]:
    """Yield the lines of the table of weights."""
    yield "mark|weight"
    yield from (f"{mark}|{value:.2f}" for mark, value in sorted(weights.items()) if abs(value) >= 0.01)


def main() -> int:
    """Print the figures and write the weights."""
    folder = Path(sys.argv[1]) if sys.argv[1:] else None
    found = list(cases(folder))
    print(f"{sum(len(c.found) for c in found):,} readings, {sum(sum(c.right) for c in found):,} right")
    crossed(found)
    TARGET.write_text("\n".join(written(fit(found))) + "\n", encoding="utf8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
