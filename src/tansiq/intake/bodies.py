"""Bodies that the knowledge file does not name, but the words do: ministries, armies and services of a state.

``القوات الإيطالية``, ``gendarmerie sénégalaise``, ``Nigerian police``: a noun and a nationality beside it.
A ministry needs no nationality; it keeps the name as written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec
from msgspec.structs import replace

from tansiq.intake.forces import forces
from tansiq.intake.heads import named_by_head
from tansiq.intake.networks import networks
from tansiq.intake.numbered_units import numbered_units
from tansiq.intake.outlets import outlets
from tansiq.intake.page import Page
from tansiq.intake.placed_bodies import placed_bodies
from tansiq.intake.placed_units import placed_units
from tansiq.intake.state_bodies import of_states
from tansiq.language.lexicon import table
from tansiq.language.sought import sought
from tansiq.language.spans import covering, starting

MINISTRY_AR: Final = sought(r"(?<![^\W_])(?:[وف]?[بكل]?)(?P<name>(?:ال)?وزاره(?: ال[^\W_]+){1,3})(?![^\W_])")
METONYM_AR: Final = sought(
    r"(?<![^\W_])(?<!وزير )(?<!وزيره )(?<!وزراء )(?<!وزاره )(?<!شوون )"
    r"(?:[وف]?[بكل]?)(?P<name>(?:ال|لل)خارجيه|الداخليه) (?:ال)?$"
)
"""``الخارجية البرتغالية`` = the ministry."""
MINISTRY_FR: Final = sought(
    r"(?<![^\W_])(?P<name>ministere (?:[^\W_]+ )?(?:des |de la |de l'|du |de )[^\W_]+(?: etrangeres)?)"
)
MINISTRY_EN: Final = sought(
    r"(?<![^\W_])(?P<name>ministry of (?:national |foreign )?[^\W_]+"
    r"|(?:defen[cs]e|foreign|interior|justice) ministry)"
)


JOINT: Final = re.compile(
    r"^(?:commission|comite|committee|secretariat|bureau|office|joint|force|(?:ال)?هييه(?: ال| )اركان"
    r"|رياسه اركان|قياده|(?:ال)?لجنه|الهييه|(?:ال)?مكتب)"
    r".*(?<![^\W_])(?:joint|mixte|conjointe?|bilaterale?|bilateral|(?:ال)?مشتركه?"
    r"|chiefs of (?:defence )?staff|chefs d'etat-major|ثناييه)(?![^\W_])"
)


SERVICE: Final = re.compile(
    r"(?:^(?:agence|direction|service|departement|جهاز|وكاله|اداره) "
    r"|(?:agency|service|directorate|department)$)"
)
SECRET: Final = re.compile(
    r"(?<![^\W_])(?:securite (?:nationale|exterieure|interieure|d'etat)|surete|renseignements?"
    r"|(?:nationale|generale) de (?:la )?securite"
    r"|(?:national|state|internal) security|intelligence|(?:ال)?(?:مخابرات|استخبارات)"
    r"|الامن (?:القومي|الوطني|الداخلي))"
    r"(?![^\W_])(?! (?:sociale|alimentaire|civile|routiere|sanitaire|aerienne|aeroportuaire))"
)
"""A secret service is a unit: ``Agence nationale de sécurité``, ``National Security Service``."""
BEHIND: Final = 16
SELF_DEFENCE: Final = re.compile(r"auto-?defense|self-defen[cs]e|(?:ال)?دفاع (?:ال)?ذاتي")
OUTLET_NOUNS: Final = ("صحيفه", "جريده", "يوميه", "وكاله", "موقع", "قناه")


NO_BODIES: Final = frozenset(
    {
        *(
            "المجموعه الدوليه",
            "المجتمع الدولي",
            "تويتر",
            "الفايسبوك",
            "فايسبوك",
            "فيسبوك",
            "الفيسبوك",
            "واتساب",
        ),
        *("يوتيوب", "تلغرام", "تيليغرام", "مجلس الوزراء", "مجلس الحكومه", "روساء الاركان", "صندوق الذخيره"),
        *(
            "twitter",
            "facebook",
            "whatsapp",
            "telegram",
            "youtube",
            "conseil des ministres",
            "coupe d'afrique",
        ),
        *("coupe du monde", "ordre national", "world cup", "cabinet meeting"),
    }
)
"""What has the words of a body and is none: the world at large, sites of everybody, sittings and cups."""


class Body(msgspec.Struct, frozen=True):
    """A body at folded ``[start, end)``."""

    start: int
    end: int
    canonical: str
    kind: str
    ministry: bool = False
    medium: str | None = None


def bodies(page: Page) -> list[Body]:
    """Return the bodies of a page that no name of the knowledge file covers, in order."""
    told = (
        Body(s, e, page.written(s, e), _of_several(page, s, e, kind)) for s, e, kind in named_by_head(page)
    )
    media = (Body(s, e, _outlet(page, s, e), "org", medium=m) for s, e, m in outlets(page))
    held = (Body(f.start, f.end, f.canonical, f.kind) for f in forces(page))
    states = (Body(s, e, name, "org") for s, e, name in of_states(page))
    placed = (Body(s, e, name, "org", medium=m) for s, e, name, m in placed_bodies(page))
    groups = (Body(s, e, page.written(s, e), kind) for s, e, kind in (*networks(page), *placed_units(page)))
    units = (Body(s, e, page.written(s, e), "military_unit") for s, e in numbered_units(page))
    found = [*groups, *units, *held, *placed, *states, *_ministries(page), *told, *media]
    found = [_closed(page, b) for b in found]
    free = [b for b in found if page.text[b.start : b.end] not in NO_BODIES and (b.medium or _more(page, b))]
    return sorted(free, key=lambda b: b.start)


def _closed(page: Page, body: Body) -> Body:
    """Return a body with the mark that closes what is opened in its name: ``كتيبة "الفاروق"``."""
    if page.text.count('"', body.start, body.end) % 2 == 0 or page.text[body.end : body.end + 1] != '"':
        return body
    end = body.end + 1
    kept = page.written(body.start, body.end) != body.canonical
    return replace(body, end=end, canonical=body.canonical if kept else page.written(body.start, end))


def _outlet(page: Page, start: int, end: int) -> str:
    """Return the name of an outlet: the knowledge file's if it knows one so called, else as written."""
    title = page.text[start:end]
    for called in (title, *(f"{noun} {title}" for noun in OUTLET_NOUNS)):
        entry = page.knowledge.named(called)
        if entry is not None and entry.kind == "org" and entry.flag("medium") is not None:
            return entry.canonical
    return page.written(start, end)


def _more(page: Page, body: Body) -> bool:
    """Tell whether no name of the knowledge file other than that of a state holds an end of a body."""
    ends = (covering(page.mentions, body.start), covering(page.mentions, body.end - 1))
    named = (m for m in ends if m is not None and not m.alias.adjective)
    return all(m.entry.kind in ("state", "place") and m.end - m.start < body.end - body.start for m in named)


def _of_several(page: Page, start: int, end: int, kind: str) -> str:
    """Return the kind of a body by its words: a joint one is one of states, a secret service is a unit."""
    nations = {m.entry.canonical for m in starting(page.mentions, start, end) if m.alias.adjective}
    if kind == "org" and len(nations) > 1:
        return "intergovernmental"
    if kind == "org" and SELF_DEFENCE.search(page.text[start:end]):
        return "non_state_party"
    if kind == "org" and SERVICE.search(page.text[start:end]) and _secret(page, start, end):
        return "military_unit"
    return (
        "intergovernmental"
        if JOINT.search(page.text[start:end]) and kind in ("org", "military_unit")
        else kind
    )


def _secret(page: Page, start: int, end: int) -> bool:
    """Tell whether the words of a service are those of a secret one; ``sécurité sociale`` is none."""
    said = SECRET.search(page.text[start : end + BEHIND])
    return said is not None and said.end() <= end - start


def _before_rank(page: Page, start: int, end: int) -> int:
    """Return the end of a name of several words without the rank of a person that follows it."""
    if page.lang != "ar":
        return end
    last = page.text[start:end].rpartition(" ")[2]
    return (
        end - len(last) - 1
        if last in table("roles.psv", "rank") or last in table("roles.psv", "title") or last == "القايم"
        else end
    )


def _ministries(page: Page) -> Iterator[Body]:
    pattern = {"ar": MINISTRY_AR, "fr": MINISTRY_FR, "en": MINISTRY_EN}[page.lang]
    for match in pattern.finditer(page.text):
        start, end = match.span("name")
        end = _before_rank(page, start, end)
        for mention in starting(page.mentions, start - 16, end + 4):
            if mention.alias.adjective and 0 <= mention.start - end <= 3 and page.lang != "en":
                end = mention.end
            if mention.alias.adjective and page.lang == "en" and 0 <= start - mention.end <= 1:
                start = mention.start
        yield Body(start, end, page.written(start, end), "org", ministry=True)
    if page.lang == "ar":
        yield from _by_their_field(page)


def _by_their_field(page: Page) -> Iterator[Body]:
    for mention in page.mentions:
        if (
            mention.alias.adjective
            and mention.entry.kind == "state"
            and page.text[mention.end - 2 : mention.end] == "يه"
        ):
            at = max(0, mention.start - 24)
            before = METONYM_AR.within(page.text, at, mention.start)
            if before is not None:
                start = at + before.start("name")
                yield Body(start, mention.end, page.written(start, mention.end), "org", ministry=True)
