"""A warning as a message of CAP 1.2: one block a language. Source: REQUIREMENTS R20; DOCTRINE 3.14.

1. In an exercise the status is Exercise, whatever the warning says.
2. What an update or a cancel does not say again is that of the warning it refers to.
3. The text of a language is its translation, else its part of a text in several languages, else the whole.
4. The scope is Public only where everybody may read; else the label is the restriction.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from tansiq.boards.registers.chains import chain_root, referred
from tansiq.boards.shelf import Held, Shelf, bodies
from tansiq.model.cap import CapAlert, CapArea, CapInfo, cap_time
from tansiq.model.kinds.translation import Translation
from tansiq.model.kinds.warning import Warning as WarningBody
from tansiq.model.label import Label
from tansiq.model.values import Box, Place

E7: Final = 10**7
SENDER: Final = "tansiq"
_PARTED: Final = " / "


def cap_of(held: Held, shelf: Shelf) -> CapAlert:
    """Return a warning as its message; references that the reader does not see are left as written."""
    body = held.body
    assert isinstance(body, WarningBody)
    status = "Exercise" if shelf.charter.exercise else _word(body.status or "actual")
    public = held.label.public
    scope = _word(body.scope or ("public" if public else "restricted"))
    if scope == "Public" and not public:
        scope = "Restricted"
    return CapAlert(
        identifier=held.id or "draft",
        sender=sender(held),
        sent=held.created,
        status=status,
        msg_type=_word(body.msg_type or "alert"),
        scope=scope,
        restriction=_restriction(held.label) if scope == "Restricted" else "",
        addresses=tuple(held.label.audience) if scope == "Private" else (),
        note=shelf.charter.name or "exercise" if status == "Exercise" else "",
        references=_references(held, body, shelf),
        infos=tuple(_info(held, lang, shelf) for lang in languages(held, body, shelf)),
    )


def sender(held: Held) -> str:
    """Return the sender's name within the messages of this system."""
    return f"{SENDER}.{held.originator.lower()}"


def _restriction(label: Label) -> str:
    return f"{label.level}: {' '.join(label.audience)}"


def _references(held: Held, body: WarningBody, shelf: Shelf) -> tuple[str, ...]:
    known = referred(held, shelf)
    return tuple(f"{sender(h)},{h.id},{cap_time(h.created)}" for h in known) or tuple(
        said for said in body.references if len(said.split(",")) == 3
    )


def languages(held: Held, body: WarningBody, shelf: Shelf) -> tuple[str, ...]:
    """Return the languages of a warning: those it names and those it was translated to."""
    others = [b.to_lang for h, b in bodies(shelf, Translation) if b.of_record == held.id and b.to_lang]
    return tuple(dict.fromkeys([*(body.langs or (held.lang,)), *others]))


def _info(held: Held, lang: str, shelf: Shelf) -> CapInfo:
    said = _inherited(held, shelf)
    title, text = _text(held, lang, shelf)
    onset = said("onset")
    expires = said("expires")
    return CapInfo(
        language=lang,
        event=said("event") or title,
        responses=tuple(_word(r) for r in said("response_type") or ()),
        urgency=_word(said("urgency") or "unknown"),
        severity=_word(said("severity") or "unknown"),
        certainty=_word(said("certainty") or "unknown"),
        onset=onset and onset.lo,
        expires=expires and expires.hi,
        headline=title[:160],
        description=text,
        instruction=said("instruction") or "",
        area=_area(said("place"), said("area_box")),
    )


def _inherited(held: Held, shelf: Shelf) -> Any:
    """Return how a field reads: the warning's own, else that of the newest it refers to, else the root's."""
    chain: Iterable[Held] = (held, *reversed(referred(held, shelf)), chain_root(held, shelf))
    found = [h.body for h in chain]

    def said(name: str) -> Any:
        return next((v for b in found if (v := getattr(b, name)) not in (None, "", ())), None)

    return said


def _text(held: Held, lang: str, shelf: Shelf) -> tuple[str, str]:
    """Return title and text in a language (rule 3)."""
    for _, body in bodies(shelf, Translation):
        if body.of_record == held.id and body.to_lang == lang:
            return body.title, body.text
    assert isinstance(held.body, WarningBody)
    parts = held.body.text.split(_PARTED)
    order = held.body.langs
    if len(parts) == len(order) > 1 and lang in order:
        part = parts[order.index(lang)].strip()
        return (held.body.title if lang == held.lang else part[:160]), part
    return held.body.title, held.body.text


def _area(place: Place | None, box: Box | None) -> CapArea | None:
    polygon = circle = ""
    if box is not None:
        s, w, n, e = (f"{v / E7:.4f}" for v in (box.south_e7, box.west_e7, box.north_e7, box.east_e7))
        polygon = f"{s},{w} {s},{e} {n},{e} {n},{w} {s},{w}"
    if place is not None and place.lat_e7 is not None and place.lon_e7 is not None:
        circle = f"{place.lat_e7 / E7:.4f},{place.lon_e7 / E7:.4f} {(place.precision_m or 0) / 1000:.1f}"
    words = place.name if place is not None else ""
    if not (words or polygon or circle):
        return None
    return CapArea(words or polygon or circle, polygon, circle)


def _word(said: str) -> str:
    """Return a choice as the standard writes it: ``all-clear`` as ``AllClear``."""
    return "".join(part.capitalize() for part in said.split("-"))
