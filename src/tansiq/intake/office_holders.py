"""What somebody is by the office held, or by what stands behind the name: unnamed, or an expert.

Rules:
1. who holds without a name what others hold, too, is an unnamed source (``a colonel``);
2. a named one whom a comma calls an analyst, a researcher or a professor is an expert.
"""

from __future__ import annotations

import re
from typing import Final

from tansiq.intake.cast import Cast
from tansiq.intake.sources import FIXED, ITS, Group
from tansiq.language.lexicon import table
from tansiq.language.spans import covering

ONE: Final = {
    "ar": frozenset({"احد", "احدي"}),
    "fr": frozenset({"un", "une", "autre"}),
    "en": frozenset({"a", "an", "one", "another"}),
}
HOLDERS: Final = frozenset(
    {"commander", "minister", "delegate", "envoy", "governor", "president", "office", "open"}
)
BODIES: Final = frozenset(table("words.psv", "promiser"))


def without_office(cast: Cast, group: Group) -> Group:
    """Return a group as an unnamed source where somebody without a name holds what others hold, too:
    ``un chef de village``, ``a colonel``, ``شيخ من القرية``; a spokesman, a body, a named one is none."""
    words = cast.page.words
    person = group.kind == "official" and group.named is None and group.lemma in HOLDERS
    person = person and group.head.rpartition(" ")[2] not in BODIES
    if not person or group.first < 0:
        return group
    one = ONE[cast.page.lang]
    if cast.page.lang == "ar":
        own = words[group.first : group.last]
        fixed = any(w.text.startswith(FIXED) or covering(cast.named, w.start) for w in own[:3])
        fixed = fixed or (own[0].text.endswith(ITS) and not own[0].text.startswith("احد"))
        alone = own[0].text in one or (group.first > 0 and words[group.first - 1].text in one)
        inside = any(w.text in ("من", "في") for w in own[1:3])
        return group.as_kind("unnamed_source") if alone or inside or not fixed else group
    before = [w.text for w in words[max(0, group.first - 2) : group.first + 1]]
    listed = any(w in one for w in before) and not group.definite
    return group.as_kind("unnamed_source") if listed else group


LEARNED: Final = re.compile(
    r" ?(?:\([^()\n]{2,30}\))? ?, (?:(?:an?|the|un|une|le|la) |l')?(?:[^\W\d_][\w'-]+ ){0,2}?"
    r"(?:analyst|researcher|expert|professor|historian|scholar|lecturer|economist|sociologist|anthropologist"
    r"|political scientist|specialist|fellow|academic|geographer|chercheu(?:r|se)"
    r"|enseignante?-chercheu(?:r|se)|analyste"
    r"|politologue|professeure?|historien(?:ne)?|specialiste|economiste|sociologue|anthropologue|geographe|universitaire"
    r"|islamologue|consultante?|experte?)(?![^\W_])"
    r"| ?[،,] ?(?:و?ه[وي] )?(?:ال)?(?:باحث|خبير|محلل|استاذ|مختص|متخصص|اخصايي|مورخ|اكاديمي)(?:ه)?(?![^\W_])"
)


CALLED: Final = re.compile(
    r"(?<![^\W_])(?:(?:an?|the|un|une|le|la) |l')(?:[^\W\d_][\w'-]* ){0,3}?"
    r"(?:analyst|researcher|expert|professor|historian|scholar|academic|analyste|chercheu(?:r|se)|politologue"
    r"|specialiste|experte|universitaire)(?: [^\W\d_][\w'-]*){0,3}, ?$"
)
"""``a security analyst, Musa Ali, said``."""


def as_expert(cast: Cast, group: Group) -> Group:
    """Return a group as an expert where its person is told to be one (rule 2)."""
    named = group.named
    told = group.lemma in ("title", "open") if named is None else named.kind == "person"
    end = group.end if named is None else named.end
    text, start = cast.page.text, group.start if named is None else named.start
    learned = (
        told and (LEARNED.match(text, end) or CALLED.search(text[max(0, start - 70) : start])) is not None
    )
    learned = learned and group.kind == "official"
    return group.as_kind("expert") if learned else group
