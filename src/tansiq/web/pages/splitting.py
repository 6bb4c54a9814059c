"""One text into several records: its blocks are given to parts, each part is signed under its own label."""

from __future__ import annotations

from typing import Any, Final

from tansiq.base.errors import InputError
from tansiq.base.refusal import Refusal
from tansiq.model.kind import CATALOGUE
from tansiq.policy.clearance import may
from tansiq.web.answers import Absent, told, told_no
from tansiq.web.intake_view import GROUPS, HEADS, text_runs, views
from tansiq.web.labels import LabelView, asked_in, label_form, label_of
from tansiq.web.pages.frame import draw
from tansiq.web.pages.intake import label_data, proposed_view, types_of
from tansiq.web.pages.intake_at import found_at
from tansiq.web.pages.writing import readers_context
from tansiq.web.reply import Reply, see_other
from tansiq.web.routes import Act
from tansiq.web.visit import Visit
from tansiq.work.intake_text import Intake
from tansiq.work.parts_of_text import blocks, split_of, where
from tansiq.work.release_draft import Release
from tansiq.work.split_text import PARTS, assign, part_of, release_part

REPORT: Final = CATALOGUE["report/1"]


def number_at(visit: Visit) -> int:
    """Return the part that the address names. Raises Absent."""
    said = visit.path["number"]
    if not said.isdecimal() or len(said) > 2 or int(said) < 1:
        raise Absent("no such part")
    return int(said)


def split_form(visit: Visit) -> Reply:
    """The blocks of a text with their parts, and what is left."""
    return _form(visit, found_at(visit), [])


def split(visit: Visit) -> Reply:
    """Give blocks to parts and show what came of it."""
    found = found_at(visit)
    said = {n: v[0] for n, v in visit.sent.values.items() if v}
    given = {int(n[6:]): _whole(v) for n, v in said.items() if n.startswith("block.") and n[6:].isdecimal()}
    titles = {int(n[6:]): v for n, v in said.items() if n.startswith("title.") and n[6:].isdecimal()}
    try:
        done = assign(visit.desk, found.id, given, titles)
    except InputError as error:
        return _form(visit, found, [_shown(told(error, visit.lang).fault)])
    if isinstance(done, Refusal):
        return _form(visit, found, [_shown(told_no(done, visit.lang).fault)])
    return see_other(f"/intake/{found.id}/split")


def part_form(visit: Visit) -> Reply:
    """One part: its text, what it holds, its label and who would see it."""
    return _part(visit, found_at(visit), label_data(visit.query), [])


def part(visit: Visit) -> Reply:
    """Sign one part, or show who would see it."""
    found = found_at(visit)
    data = visit.sent.values
    do = visit.sent.first("do")
    if do == "label":
        made = proposed_view(visit, part_of(found.file, number_at(visit)))
        return _part(visit, found, data | made["data"], [])
    if do == "preview":
        return _part(visit, found, data, [])
    try:
        label = label_of(visit, asked_in(data))
        done = (
            label
            if isinstance(label, Refusal)
            else release_part(visit.desk, found.id, number_at(visit), Release(label=label))
        )
    except InputError as error:
        return _part(visit, found, data, [_shown(told(error, visit.lang).fault)])
    if isinstance(done, Refusal):
        return _part(visit, found, data, [_shown(told_no(done, visit.lang).fault)])
    return see_other(f"/intake/{found.id}/split")


def _form(visit: Visit, found: Intake, errors: list[dict[str, Any]]) -> Reply:
    file, held = found.file, split_of(found.file)
    places = where(file)
    numbers = sorted({n for n in held.assigned if n})
    shown = {v.address: v for v in views(visit, file, {})}
    return draw(
        visit,
        "intake_split.html",
        title=visit.tongue.t("split.title"),
        label=_banner(visit),
        status=422 if errors else 200,
        intake=found,
        blocks=[
            {"n": n, "words": file.text[s:e], "part": held.assigned[n]}
            for n, (s, e) in enumerate(blocks(file.text))
        ],
        choices=range(min(PARTS, max(numbers, default=0) + 2) + 1),
        parts=[_line(n, places, held.titles, held.records) for n in numbers],
        left=[shown[a] for a, n in places.items() if n < 1 and shown[a].outcome != "rejected"],
        left_blocks=sum(n == 0 for n in held.assigned),
        over=frozenset(a for a, n in places.items() if n < 0),
        errors=errors,
    )


def _line(
    number: int, places: dict[str, int], titles: dict[str, str], records: dict[str, Any]
) -> dict[str, Any]:
    key = str(number)
    return {
        "n": number,
        "title": titles.get(key, ""),
        "items": sum(n == number for n in places.values()),
        "record": records.get(key),
    }


def _part(visit: Visit, found: Intake, data: dict[str, list[str]], errors: list[dict[str, Any]]) -> Reply:
    number = number_at(visit)
    held = split_of(found.file)
    if number not in held.assigned:
        raise Absent("no such part")
    file = part_of(found.file, number)
    shown, runs = views(visit, file, {}), text_runs(file, without=HEADS)
    return draw(
        visit,
        "intake_part.html",
        title=visit.tongue.t("split.part", n=number),
        label=_banner(visit),
        status=422 if errors else 200,
        intake=found,
        number=number,
        text_lang=file.machine.lang,
        name=next(p.words for p in shown[0].parts),
        runs=runs,
        types=types_of(runs),
        groups=[(g, [v for v in shown if v.group == g and v.outcome != "rejected"]) for g in GROUPS],
        record=held.records.get(str(number)),
        errors=errors,
        proposed=proposed_view(visit, file),
        label_form=label_form(visit, data),
        preview=readers_context(visit, data, REPORT),
        signs=may(visit.known.role, "submit"),
    )


def _banner(visit: Visit) -> LabelView:
    return LabelView("restricted", visit.tongue.t("intake.unlabelled"), ())


def _whole(said: str) -> int:
    return int(said) if said.isdecimal() and len(said) < 3 else -1


def _shown(fault: Any) -> dict[str, Any]:
    return {"code": fault.code, "words": fault.title, "next": fault.detail, "field": ""}


ACTS: Final[dict[str, Act]] = {
    "intake-split-form": split_form,
    "intake-split": split,
    "intake-part-form": part_form,
    "intake-part": part,
}
