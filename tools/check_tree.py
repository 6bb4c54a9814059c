"""Checks of the whole tree that no other tool makes: sizes, directions, words that must not stand.

Run by ``make check``; prints each finding as ``file:line what`` and exits 1 if there is one.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tools.refusals import lost_refusals

ROOT = Path(__file__).resolve().parent.parent
LANGS = ("ar", "fr", "en")
MODULE_LINES = 400
TRACKED_BYTES = 1_000_000
PHYSICAL = re.compile(
    r"(?<![\w-])(?:margin|padding|border|inset)?-?(?:left|right)\s*:|text-align:\s*(?:left|right)|float:"
)
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|NotImplemented" + r"Error)\b")
INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>|<style|\sstyle=|\son[a-z]+=|hx-on", re.IGNORECASE)


def tracked(*patterns: str) -> Iterator[Path]:
    """Yield files that git tracks or would track, matching the patterns."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "--", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\n")
    yield from (ROOT / name for name in listed if name and (ROOT / name).is_file())


def lines_matching(paths: Iterator[Path], pattern: re.Pattern[str], what: str) -> Iterator[str]:
    """Yield a finding for each line that matches."""
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf8").splitlines(), 1):
            if pattern.search(line):
                yield f"{path.relative_to(ROOT)}:{number} {what}: {line.strip()[:80]}"


def long_modules() -> Iterator[str]:
    """Yield modules past the size where they want to be two."""
    for path in tracked("src/**/*.py"):
        if (count := len(path.read_text(encoding="utf8").splitlines())) > MODULE_LINES:
            yield f"{path.relative_to(ROOT)}:1 {count} lines, over {MODULE_LINES}"


def undocumented() -> Iterator[str]:
    """Yield public functions and classes of src without a docstring."""
    for path in tracked("src/**/*.py"):
        tree = ast.parse(path.read_text(encoding="utf8"))
        if ast.get_docstring(tree) is None:
            yield f"{path.relative_to(ROOT)}:1 no module docstring"
        for node in tree.body:
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                continue
            if not node.name.startswith("_") and ast.get_docstring(node) is None:
                yield f"{path.relative_to(ROOT)}:{node.lineno} no docstring: {node.name}"


def _keys(prefix: str, node: object) -> set[str]:
    if isinstance(node, dict):
        return {k for key, value in node.items() for k in _keys(f"{prefix}.{key}", value)}
    return {prefix}


FORM = re.compile(r"-(?:zero|one|two|few|many|other)$")


def untranslated() -> Iterator[str]:
    """Yield message ids that are not in all three languages; how a noun agrees each says for itself."""
    found = {
        lang: {
            k
            for p in tracked(f"src/tansiq/locale/{lang}/*.json")
            for k in _keys(p.stem, json.loads(p.read_text()))
        }
        for lang in LANGS
    }
    everywhere = found["ar"] & found["fr"] & found["en"]
    for key in sorted(set().union(*found.values())):
        if FORM.sub("", key) in everywhere:
            continue
        if lacking := [lang for lang in LANGS if key not in found[lang]]:
            yield f"src/tansiq/locale: {key} is missing in {', '.join(lacking)}"


def foreign() -> Iterator[str]:
    """Yield tracked files that are other people's packages or too large to be source."""
    for path in tracked("."):
        if "node_modules" in path.parts:
            yield f"{path.relative_to(ROOT)}:1 a package of others is tracked"
        elif path.stat().st_size > TRACKED_BYTES:
            yield f"{path.relative_to(ROOT)}:1 {path.stat().st_size} bytes, over {TRACKED_BYTES}"


def refusals() -> Iterator[str]:
    """Yield places where a refusal, which is false, would be taken for nothing."""
    trees = {path: ast.parse(path.read_text(encoding="utf8")) for path in tracked("src/**/*.py")}
    for path, line, words in lost_refusals(trees):
        yield f"{path.relative_to(ROOT)}:{line} a refusal is false and is lost here: {words[:80]}"


def findings() -> Iterator[str]:
    """Yield everything that is wrong."""
    yield from lines_matching(tracked("ui/css/**/*.css", "ui/css/*.css"), PHYSICAL, "physical direction")
    yield from lines_matching(tracked("src/**/*.py", "ui/**/*.ts", "tools/*.py"), UNFINISHED, "unfinished")
    yield from lines_matching(tracked("src/**/*.html"), INLINE, "inline script or style")
    yield from long_modules()
    yield from undocumented()
    yield from untranslated()
    yield from refusals()
    yield from foreign()


if __name__ == "__main__":
    wrong = list(findings())
    print("\n".join(wrong), end="\n" if wrong else "")
    sys.exit(1 if wrong else 0)
