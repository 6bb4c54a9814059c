"""Who may read what, said once more and apart: plain data in, sets of names out.

Written from the text of the label's definition alone; shares no line with the program, so that the
two can disagree. A record is a dict: id, version, by (originator), level, audience (list, or "*"),
needs (compartments), uses, until (number or None), sources (ids), refs (ids). A reader is a dict:
party, level, holds (compartments), acts_for (uses). Grants and recalls are dicts by, id, to / keep.
"""

from typing import Any

ORDER = ["open", "restricted", "confidential", "secret"]
Thing = dict[str, Any]


def within(a: Thing, b: Thing) -> bool:
    """Whether every party of a is a party of b."""
    return b["audience"] == "*" or (a["audience"] != "*" and set(a["audience"]) <= set(b["audience"]))


def narrower(derived: Thing, source: Thing) -> bool:
    """Whether the derived label gives away nothing that the source's label keeps."""
    same_uses = not source["uses"] or (bool(derived["uses"]) and set(derived["uses"]) <= set(source["uses"]))
    ends = source["until"] is None or (derived["until"] is not None and derived["until"] <= source["until"])
    return (
        within(derived, source)
        and ORDER.index(derived["level"]) >= ORDER.index(source["level"])
        and set(derived["needs"]) >= set(source["needs"])
        and set(derived.get("rules", ())) >= set(source.get("rules", ()))
        and same_uses
        and ends
    )


def honest(record: Thing, known: dict[Any, Thing]) -> bool:
    """Whether the record's label is allowed by what it rests on and what it points to, all the way down."""
    basis = [known[i] for i in record["sources"] if i in known]
    seen = len(basis) == len(record["sources"]) and all(honest(source, known) for source in basis)
    bound = all(narrower(record, source) for source in basis)
    return seen and bound and all(within(record, known[i]) for i in record["refs"] if i in known)


def reads(reader: Thing, record: Thing, grants: list[Thing], recalls: list[Thing], now: float) -> bool:
    """Whether this reader may read this record at this moment."""
    mine = [g for g in grants if (g["id"], g["by"]) == (record["id"], record["by"])]
    taken = [r for r in recalls if (r["id"], r["by"]) == (record["id"], record["by"])]
    named = record["audience"] == "*" or reader["party"] in record["audience"]
    return (
        (record["until"] is None or now < record["until"])
        and (named or any(reader["party"] in g["to"] for g in mine))
        and all(reader["party"] in r["keep"] for r in taken)
        and set(record["needs"]) <= set(reader["holds"])
        and ORDER.index(record["level"]) <= ORDER.index(reader["level"])
        and (not record["uses"] or bool(set(record["uses"]) & set(reader["acts_for"])))
    )
