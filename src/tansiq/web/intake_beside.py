"""What stands beside a draft: where its text is from, what is proposed for quarantine, the language model."""

from __future__ import annotations

from typing import Any, Final

from tansiq.web.intake_times import published_view
from tansiq.web.pages.intake_model import told
from tansiq.web.pages.intake_near import missing
from tansiq.web.visit import Visit
from tansiq.work.intake_file import IntakeFile, items

_DOUBTFUL: Final = frozenset({"ocr", "unread-pages", "locked-part"})


def beside(visit: Visit, file: IntakeFile) -> dict[str, Any]:
    """Return what the draft's page is given beyond the draft."""
    return {
        "model": told(visit),
        "about": about(visit, file),
        "held": held(visit, file),
        "missing": missing(visit),
        "out": published_view(visit, file),
    }


def about(visit: Visit, file: IntakeFile) -> dict[str, Any] | None:
    """Return what is to be known of the original: where it is, and what was left out or may be wrong."""
    if not (file.file or file.flags):
        return None
    words = visit.tongue.t
    flags = [(flag in _DOUBTFUL, words(f"intake.flag.{flag}")) for flag in file.flags]
    return {"href": f"/intake?original={file.file}" if file.file else "", "flags": flags}


def held(visit: Visit, file: IntakeFile) -> list[dict[str, str]]:
    """Return the statements proposed for quarantine: their words, why, and what became of them (R63)."""
    known = {each.address: each for each in items(file)}
    found = []
    for one in file.machine.held:
        item = known.get(f"statements.{one.statement}")
        if item is not None:
            found.append(
                {
                    "address": item.address,
                    "said": file.machine.statements[one.statement].text,
                    "for": one.text,
                    "why": visit.tongue.t(f"intake.held.{one.why}"),
                    "outcome": item.outcome,
                }
            )
    return found
