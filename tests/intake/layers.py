"""``make score LAYERS="spacy embeddings model"``: figures with and without each optional layer.

``spacy``        the pipelines of ``PIPELINES`` that are installed; ``spacy=NAME`` another
``embeddings``   texts that tell the same (``tests.intake.near``)
``model``        on the recorded answers; ``model=URL,NAME`` asks an endpoint about the opened set

What is not installed is left out with its word. Sets: articles and opened, never the blind one.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from tansiq.base.errors import SetupError
from tansiq.base.messages import title_of
from tansiq.gateways.language_model import LanguageModel, ModelSettings
from tansiq.gateways.spacy_names import SpacyNames
from tansiq.intake.draft import PROPOSERS, draft
from tansiq.intake.quoted import Asking, Believed, added, read_with
from tests.gateways.model_server import completion, serving
from tests.intake import near
from tests.intake.measure import (
    NUMBERED,
    OPENED,
    SHARED,
    Case,
    articles,
    case,
    reports,
    scored,
)
from tests.intake.measure import added as figures_of

HERE: Final = Path(__file__).parent
RECORDED: Final = HERE / "recorded"
PIPELINES: Final = ("fr_core_news_sm", "fr_core_news_md", "en_core_web_sm")
ROWS: Final = ("actor", "place", "chain", "event", "commitment", "slot")


class Recorded(Struct, frozen=True):
    """An answer, and what of it must be dropped: quotes of no text, and items with a name of no text."""

    answer: msgspec.Raw
    invented: tuple[str, ...]
    renamed: tuple[str, ...]


def recordings() -> dict[str, Recorded]:
    """Return the recorded answers by the name of their report."""
    return {
        p.stem: msgspec.json.decode(p.read_bytes(), type=Recorded) for p in sorted(RECORDED.glob("*.json"))
    }


def text_of(name: str) -> str:
    """Return a report of the opened set."""
    return (OPENED / "docs" / f"{name}.txt").read_text(encoding="utf8")


def answering(held: dict[str, Recorded]) -> Callable[[str], bytes]:
    """Return what answers, as an endpoint does, for the text that is asked about."""
    by_text = {text_of(name): completion(bytes(each.answer)) for name, each in held.items()}
    return lambda text: by_text[text]


def _cases(names: Iterable[str], ask: Asking | None) -> tuple[list[Case], Believed]:
    """Return reports as drafted, with what a model adds, and all that was believed and dropped."""
    found, whole = list[Case](), Believed()
    for name in names:
        number = NUMBERED[name[:2]] + name[3:]
        made = case(number, OPENED / "docs" / f"{name}.txt", OPENED / "gold" / f"{name}.json")
        if ask is not None:
            read = read_with(ask, made.text)
            whole.items += read.items
            whole.dropped += read.dropped
            more = added(draft(made.text, name=f"{number}.txt"), made.text, read.items).draft
            made = Case(number, made.text, made.gold, msgspec.to_builtins(more))
        found.append(made)
    return found, whole


def _figures(cases: list[Case]) -> dict[str, str]:
    return (scored(cases) if SHARED.is_dir() else {}) | figures_of(cases)


def table(columns: dict[str, list[Case]]) -> Iterator[str]:
    """Yield the lines of the figures that a layer may touch."""
    shown = {name: _figures(cases) for name, cases in columns.items()}
    yield f"{'':30}" + "".join(f"{f'{n} ({len(columns[n])})':>34}" for n in columns)
    for row in sorted({k for each in shown.values() for k in each if k.startswith(ROWS)}):
        values = [each.get(row, "–").partition("(")[0].strip() or "–" for each in shown.values()]
        mark = " *" if len(set(values)) > 1 else ""
        yield f"{row:30}" + "".join(f"{' '.join(v.split()):>34}" for v in values) + mark


def spacy(pipelines: Iterable[str]) -> Iterator[str]:
    """Yield the columns of each pipeline: the reports of its language without and with it."""
    for pipeline in pipelines:
        try:
            layer = SpacyNames(pipeline)
        except SetupError as fault:
            yield f"spacy {pipeline}: left out, {title_of(fault.code, 'en')} [{fault.code}]"
            continue
        own, more = PROPOSERS, (*PROPOSERS, layer)
        yield f"{layer.name} on the opened set ({layer.lang}); * = changed"
        yield from table(
            {
                "without": reports(OPENED, [layer.lang], proposers=own),
                "with": reports(OPENED, [layer.lang], proposers=more),
                "it alone, no tagger": reports(OPENED, [layer.lang], proposers=(layer,)),
            }
        )
        if layer.lang != "ar":
            yield f"{layer.name} on the articles: they are Arabic, it reads none of them"
        elif SHARED.is_dir():
            plain = articles(left_out=True)
            yield from table({"articles left out": plain, "with": _again(plain, layer)})


def _again(cases: list[Case], layer: SpacyNames) -> list[Case]:
    hidden = {c.number: frozenset({c.number}) for c in cases}
    both = (*PROPOSERS, layer)
    made = ((c, draft(c.text, name=c.number, without=hidden[c.number], proposers=both)) for c in cases)
    return [Case(c.number, c.text, c.gold, msgspec.to_builtins(d)) for c, d in made]


def embeddings() -> Iterator[str]:
    """Yield the figures of texts that tell the same."""
    yield from near.table(near.columns(near.texts()))


def model(endpoint: str = "") -> Iterator[str]:
    """Yield the columns of a model: an endpoint's on the opened set, else those of the recorded answers."""
    if endpoint:
        url, _, name = endpoint.partition(",")
        asked = LanguageModel(ModelSettings(url=url, name=name or "model"))
        yield from _model(asked, [p.stem for p in sorted((OPENED / "docs").glob("*.txt"))], 0)
        return
    held = recordings()
    yield f"recorded answers, written by hand, on {len(held)} reports; they measure the layer, not a model"
    with serving(answering(held)) as served:
        asked = LanguageModel(ModelSettings(url=served.url, name="recorded"))
        yield from _model(asked, held, sum(len(r.invented) + len(r.renamed) for r in held.values()))


def _model(asked: LanguageModel, names: Iterable[str], invented: int) -> Iterator[str]:
    known = list(names)
    plain, _ = _cases(known, None)
    grown, read = _cases(known, asked.ask)
    yield f"{asked.name}: {len(read.items)} items stand in their texts, {read.dropped} dropped"
    if invented:
        yield f"of these {invented} are invented or renamed in the recording"
    yield from table({"without": plain, "with": grown})


def columns(asked: Iterable[str]) -> Iterator[str]:
    """Yield the lines of every layer that is named."""
    for each in asked:
        name, _, value = each.partition("=")
        match name:
            case "spacy":
                yield from spacy([value] if value else PIPELINES)
            case "embeddings":
                yield from embeddings()
            case "model":
                yield from model(value)
            case _:
                raise SystemExit(f"no such layer: {name}; there are spacy, embeddings, model")


def main() -> int:
    """Print the columns of the layers that are named."""
    for line in columns(sys.argv[1:] or ("spacy", "embeddings", "model")):
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
