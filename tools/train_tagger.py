"""Train the tagger of names from ``training/tagger`` and measure it on themes it has not seen.

    python tools/train_tagger.py [--measure] [arabic latin]

Trains one model a script on all of its text and writes it with its note beside the package
(``src/tansiq/intake/tagger_models``). French and English share a model: most of what tells a name is the same
in both, and English alone has little text. ``--measure`` trains five more for each language, each without a
fifth of the themes (a theme is a file, or the files of one name), reads the themes left out with it and
prints precision, recall and F1 of each type: the rules alone, the tagger alone, and both as a draft does.
Then it prints what the new model gives on the whole reports of ``training/whole``, which none is trained on.
"""

from __future__ import annotations

import hashlib
import re
import sys
import tempfile
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

import msgspec
import pycrfsuite

from tansiq.intake.cast import Cast
from tansiq.intake.page import analyse
from tansiq.intake.proposals import Proposer
from tansiq.intake.tagger import Model, ModelNote, Script, Tagger, labelled
from tansiq.intake.tagger_features import FEATURES, features
from tansiq.language.folding import fold
from tansiq.language.gazetteer import Mention, gazetteer
from tansiq.language.tokens import tokens

ROOT: Final = Path(__file__).resolve().parent.parent
TEXT: Final = ROOT / "training" / "tagger"
WHOLE: Final = ROOT / "training" / "whole"
MODELS: Final = ROOT / "src/tansiq/intake/tagger_models"
LANGS_OF: Final[dict[Script, tuple[str, ...]]] = {"arabic": ("ar",), "latin": ("fr", "en")}
KINDS: Final = ("PER", "GRP", "ORG", "LOC")
WAYS: Final = ("rules", "tagger", "both")
MARK: Final = re.compile(r"\[(PER|GRP|ORG|LOC) ([^\[\]]+)\]")
FOLDS: Final = 5
HIDDEN: Final = (
    55  # of 100 names of the knowledge file that the training does not see, so that it learns the words
)
OF_KIND: Final = {
    "person": "PER", "armed_group": "GRP", "non_state_party": "GRP", "criminal_network": "GRP", "org": "ORG",
    "military_unit": "ORG", "intergovernmental": "ORG", "state": "LOC", "place": "LOC",
}  # fmt: skip
SETTINGS: Final = {"c2": 0.01, "max_iterations": 120, "feature.minfreq": 1}
PENALTY: Final[dict[Script, float]] = {"arabic": 0.8, "latin": 0.65}  # larger, smaller model

Name = tuple[int, int, str]


@dataclass(frozen=True)
class Sentence:
    """One annotated sentence: its theme, its text without marks, and its names by original ``[s, e)``."""

    theme: str
    text: str
    names: tuple[Name, ...]


def unmarked(line: str) -> tuple[str, tuple[Name, ...]]:
    """Return a line without its marks, and where each marked name stands."""
    out, names, at = "", [], 0
    for found in MARK.finditer(line):
        out += line[at : found.start()]
        names.append((len(out), len(out) + len(found[2]), found[1]))
        out += found[2]
        at = found.end()
    return out + line[at:], tuple(names)


def sentences(lang: str) -> list[Sentence]:
    """Return the annotated sentences of a language."""
    found = []
    for path in sorted((TEXT / lang).glob("*.txt")):
        theme = re.sub(r"^\d+-|\d+$", "", path.stem)
        for line in path.read_text("utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                found.append(Sentence(theme, *unmarked(line)))
    return found


def reports(lang: str) -> list[Sentence]:
    """Return the whole reports of a language, each as one text; a comment begins a report."""
    found: list[Sentence] = []
    for line in (WHOLE / f"{lang}.txt").read_text("utf-8").splitlines():
        if line.startswith("#"):
            found.append(Sentence("whole", "", ()))
        elif line.strip():
            before, (text, names) = found[-1].text, unmarked(line)
            moved = tuple((s + len(before), e + len(before), kind) for s, e, kind in names)
            found[-1] = Sentence("whole", f"{before}{text}\n", (*found[-1].names, *moved))
    return [each for each in found if each.text]


def digest(script: Script) -> str:
    """Return the digest of the text of a script: names and content of its files."""
    whole = hashlib.sha256()
    for path in (p for lang in LANGS_OF[script] for p in sorted((TEXT / lang).glob("*.txt"))):
        whole.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()


def shown(sentence: Sentence, mentions: Iterable[Mention]) -> list[Mention]:
    """Return the mentions that training sees; part is hidden, so that it learns to do without."""
    return [
        m
        for m in mentions
        if m.alias.adjective
        or zlib.crc32(f"{sentence.text}{m.entry.canonical}".encode()) % 100
        >= (HIDDEN if m.entry.kind != "state" else HIDDEN // 3)
    ]


def example(sentence: Sentence) -> tuple[list[list[bytes]], list[str]]:
    """Return the features and labels of a sentence."""
    folded = fold(sentence.text)
    words = tokens(folded.text)
    mentions = shown(sentence, gazetteer().find(folded))
    places = [(*folded.inner(s, e), kind) for s, e, kind in sentence.names]
    return features(folded, words, mentions), labelled(words, places)


def trained(script: Script, examples: Iterable[tuple[list[list[bytes]], list[str]]]) -> bytes:
    """Return a model trained on examples."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({**SETTINGS, "c1": PENALTY[script]})
    for rows, labels in examples:
        if rows:
            trainer.append(rows, labels)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model"
        trainer.train(str(path))
        return path.read_bytes()


def write(script: Script, text: Sequence[Sentence], content: bytes) -> None:
    """Write a model and its note."""
    (MODELS / f"{script}.crf").write_bytes(content)
    path = MODELS / "models.json"
    known = msgspec.json.decode(path.read_bytes(), type=dict[str, ModelNote])
    names = sum(len(s.names) for s in text)
    known[script] = ModelNote(digest(script), hashlib.sha256(content).hexdigest(), FEATURES, len(text), names)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(dict(sorted(known.items()))), indent=2) + b"\n")


def drafted(text: str, proposers: Sequence[Proposer]) -> list[Name]:
    """Return the names that a draft finds in a text, as original ``[s, e)``."""
    page = analyse(text, None, frozenset())
    named = Cast(page, proposers).named
    return [(*page.folded.span(n.start, n.end), OF_KIND[n.kind]) for n in named if n.kind in OF_KIND]


def proposed(text: str, tagger: Tagger) -> list[Name]:
    """Return the names that the tagger alone sees in a text, as original ``[s, e)``."""
    page = analyse(text, None, frozenset())
    return [(*page.folded.span(p.start, p.end), p.type) for p in tagger.propose(page)]


def folds(text: Sequence[Sentence]) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the numbers of the sentences to train on and to read: whole themes, dealt out by their size."""
    sizes = Counter(s.theme for s in text)
    loads, dealt = [0] * FOLDS, {}
    for theme, size in sizes.most_common():
        dealt[theme] = loads.index(min(loads))
        loads[dealt[theme]] += size
    for fold_number in range(FOLDS):
        held = [i for i, s in enumerate(text) if dealt[s.theme] == fold_number]
        yield [i for i, s in enumerate(text) if dealt[s.theme] != fold_number], held


def held_out(lang: str, script: Script) -> Iterator[tuple[Tagger, list[Sentence]]]:
    """Yield the sentences of themes of a language with a tagger that has not seen these themes."""
    text = sentences(lang)
    examples = [example(s) for s in text]
    beside = [example(s) for other in LANGS_OF[script] if other != lang for s in sentences(other)]
    for train, held in folds(text):
        yield (
            Tagger(Model(trained(script, chain((examples[i] for i in train), beside)))),
            [text[i] for i in held],
        )


def measure(lang: str, script: Script) -> None:
    """Print the figures of held-out themes of one language."""
    _print(f"{lang}, themes held out, whole names only", held_out(lang, script))


def _print(title: str, parts: Iterable[tuple[Tagger, list[Sentence]]]) -> None:
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for tagger, held in parts:
        for each in held:
            ways = (drafted(each.text, ()), proposed(each.text, tagger), drafted(each.text, (tagger,)))
            for way, found in zip(WAYS, ways, strict=True):
                for kind in KINDS:
                    truth, said = ({n for n in names if n[2] == kind} for names in (each.names, found))
                    counts[way, kind].update(hit=len(truth & said), said=len(said), true=len(truth))
    print(title)
    for kind in KINDS:
        shown_counts = "   ".join(f"{way} {rates(counts[way, kind])}" for way in WAYS)
        print(f"  {kind} ({counts['rules', kind]['true']:4})  {shown_counts}", flush=True)


def rates(count: Counter[str]) -> str:
    """Return precision, recall and F1."""
    p, r = count["hit"] / max(1, count["said"]), count["hit"] / max(1, count["true"])
    return f"P {p:.3f} R {r:.3f} F1 {2 * p * r / max(1e-9, p + r):.3f}"


def main() -> int:
    """Train, and measure if asked."""
    for script in [name for name in LANGS_OF if name in sys.argv[1:]] or LANGS_OF:
        if "--measure" in sys.argv[1:]:
            for lang in LANGS_OF[script]:
                measure(lang, script)
        text = [s for lang in LANGS_OF[script] for s in sentences(lang)]
        content = trained(script, (example(s) for s in text))
        write(script, text, content)
        print(f"{script}: {len(text):,} sentences, {len(content):,} bytes", flush=True)
        if "--measure" in sys.argv[1:]:
            for lang in LANGS_OF[script]:
                _print(f"{lang}, whole reports, whole names only", [(Tagger(Model(content)), reports(lang))])
    return 0


if __name__ == "__main__":
    sys.exit(main())
