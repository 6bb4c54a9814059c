"""Documents a second through the intake on one core, beside reading and folding alone."""

from __future__ import annotations

import resource
import time
from importlib.resources import files

from tansiq.intake.draft import draft
from tansiq.language.folding import fold


def _texts() -> list[tuple[str, str]]:
    folder = files("tansiq").joinpath("samples", "reports")
    found = sorted(folder.iterdir(), key=lambda entry: entry.name)
    return [(e.name, e.read_text(encoding="utf8")) for e in found if e.name.endswith(".txt")]


def main() -> None:
    """Print documents a second and resident memory; the floor folds the same texts."""
    texts = _texts()
    for name, text in texts:
        draft(text, name=name)
    rounds = 10
    began = time.process_time()
    for _ in range(rounds):
        for name, text in texts:
            draft(text, name=name)
    ours = rounds * len(texts) / (time.process_time() - began)
    began = time.process_time()
    for _ in range(rounds):
        for _, text in texts:
            fold(text)
    floor = rounds * len(texts) / (time.process_time() - began)
    size_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(f"drafts {ours:6.0f} documents/s of one core (folding alone {floor:,.0f}/s), {size_mb:.0f} MB")


if __name__ == "__main__":
    main()
