"""Documents a second through the intake on one core, beside folding alone; what length costs; the screen."""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Final

import psutil

from tansiq.base.errors import SetupError
from tansiq.base.messages import title_of
from tansiq.gateways.embeddings import Embeddings
from tansiq.gateways.spacy_names import SpacyNames
from tansiq.intake.draft import PROPOSERS, draft
from tansiq.intake.near import head_of
from tansiq.language.folding import fold
from tests.intake.near import spent_s
from tests.web.site import Site
from tests.work.intakes import MINISTERS, NEMA, sample

LENGTHS: Final = (10_000, 100_000, 1_000_000)
ROUNDS: Final = 10
VISITS: Final = 100
EMBEDDED_ROUNDS: Final = 5
GOAL_DOCUMENTS_S: Final = 60
GOAL_MB: Final = 400
GOAL_GROWTH: Final = 1.15
"""Times that a letter of the longest text may cost what one of the shortest does."""
PIPELINE: Final = "fr_core_news_sm"


def _texts() -> list[tuple[str, str]]:
    folder = files("tansiq").joinpath("samples", "reports")
    found = sorted(folder.iterdir(), key=lambda entry: entry.name)
    return [(e.name, e.read_text(encoding="utf8")) for e in found if e.name.endswith(".txt")]


def _rate(texts: list[tuple[str, str]], act: Callable[[str, str], object], rounds: int = ROUNDS) -> float:
    """Return how many texts an act takes in a second of processor time, in the best of some rounds.

    What else the machine does takes its caches too: a worse round tells of that.
    """
    spent_s = []
    for _ in range(rounds):
        began = time.process_time()
        for name, text in texts:
            act(name, text)
        spent_s.append(time.process_time() - began)
    return len(texts) / min(spent_s)


def main() -> None:
    """Print documents a second and memory, the cost of a character by length, and p95 of the screen."""
    texts = _texts()
    for name, text in texts:
        draft(text, name=name)
    ours = _rate(texts, lambda name, text: draft(text, name=name))
    ruled = _rate(texts, lambda name, text: draft(text, name=name, proposers=()))
    floor = _rate(texts, lambda _, text: fold(text))
    size_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(
        f"drafts {ruled:6.0f} documents/s of one core by knowledge and rules (goal {GOAL_DOCUMENTS_S}),"
        f" {ours:.0f} with the tagger; folding alone {floor:,.0f}/s,"
        f" {size_mb:.0f} MB (goal {GOAL_MB})"
    )
    _layered(texts)
    _lengths([text for _, text in texts])
    _screen()


def _layered(texts: list[tuple[str, str]]) -> None:
    """Drafts with the vectors of their heads, and with a pipeline of spaCy's, where they are installed."""
    try:
        embedder = Embeddings()
    except SetupError as fault:
        print(f"with embeddings: left out, {title_of(fault.code, 'en')} [{fault.code}]")
    else:
        began = spent_s()
        for name, text in texts * EMBEDDED_ROUNDS:
            draft(text, name=name)
            embedder.vectors([head_of(text)])
        child_mb = sum(each.memory_info().rss for each in psutil.Process().children()) / 1e6
        embedder.close()
        rate = EMBEDDED_ROUNDS * len(texts) / (spent_s() - began)
        size_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000 + child_mb
        print(f"with embeddings {rate:.1f} documents/s of one core (goal 3), {size_mb:.0f} MB (goal 600)")
    try:
        layer = SpacyNames(PIPELINE)
    except SetupError as fault:
        print(f"with {PIPELINE}: left out, {title_of(fault.code, 'en')} [{fault.code}]")
        return
    own = [(n, t) for n, t in texts if n.startswith(layer.lang)]
    rate = _rate(own, lambda n, t: draft(t, name=n, proposers=(*PROPOSERS, layer)), rounds=2)
    size_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(f"with {layer.name} {rate:.1f} documents/s of its language, {size_mb:.0f} MB")


def _lengths(texts: list[str]) -> None:
    spent_us = []
    for length in LENGTHS:
        whole = "\n\n".join(texts * (length // sum(map(len, texts)) + 1))[:length]
        rounds = max(1, LENGTHS[1] // length // 2)  # a short one is soon over, and disturbed more easily
        spent_us.append(1e6 / length / _rate([("long", whole)], lambda n, t: draft(t, name=n), rounds))
    told = ", ".join(f"{n:,}: {us:.1f} µs" for n, us in zip(LENGTHS, spent_us, strict=True))
    growth = spent_us[-1] / spent_us[0]
    print(f"cost of a character by length: {told}; longest to shortest {growth:.2f} (goal {GOAL_GROWTH})")


def _screen() -> None:
    """Drawing a draft of some 550 words and changing one item of it, processor time of the whole answer."""
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder), "MR")
        with site.client:
            site.sign_in("duty")
            text = "\n\n".join(sample(name).decode() for name in (MINISTERS, NEMA))
            made = str(site.api("/api/intake", {"name": "مقال", "text": text}, 201)["id"])
            drawn, judged = _visits(site, made)
        site.node.store.close()
    at = VISITS * 95 // 100
    print(
        f"screen p95, {len(text.split())} words: page {1000 * drawn[at]:.0f} ms,"
        f" a verdict {1000 * judged[at]:.0f} ms (goal 250)"
    )


def _visits(site: Site, made: str) -> tuple[list[float], list[float]]:
    token, drawn, judged = site.csrf(), list[float](), list[float]()
    for n in range(VISITS):
        begun = time.process_time()
        site.get(f"/intake/{made}")
        drawn.append(time.process_time() - begun)
        verdict = f"statements.{n // 2 % 10}={'rejected' if n % 2 else 'accepted'}"
        begun = time.process_time()
        site.client.post(
            f"/intake/{made}", data={"_csrf": token, "verdict": verdict}, headers={"HX-Request": "true"}
        )
        judged.append(time.process_time() - begun)
    return sorted(drawn), sorted(judged)


if __name__ == "__main__":
    main()
