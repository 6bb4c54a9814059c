"""Communiqués: built from decisions among their owners, published when every one has let it go.

1. A draft holds each decision's own sentence, in its language, with its link; its label is the meet of the
   labels of its decisions, so that whoever reads the draft may read what it rests on.
2. What is published is the next version of the draft, to the letter, for everybody; its links stay among the
   owners, each as a record of its own. Source: REQUIREMENTS R65; DESIGN 5.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import convert
from msgspec.structs import replace

from tansiq.base.ids import RecordId
from tansiq.base.refusal import Refusal
from tansiq.model.kinds.communique import Communique, CommuniqueLine
from tansiq.model.kinds.decision import Decision
from tansiq.model.kinds.relation import Relation
from tansiq.model.label import EVERYBODY, Label, Party
from tansiq.policy.derive import meet_all
from tansiq.store.store import WriteTx
from tansiq.store.values import StoredRecord
from tansiq.work.desk import Desk, whole
from tansiq.work.readable import readable
from tansiq.work.submit import Draft, submit_within
from tansiq.work.widening import own_record

Lang = Literal["ar", "fr", "en"]
LANGS: tuple[Lang, ...] = ("ar", "fr", "en")
_TITLE_CHARACTERS = 300


def build(desk: Desk, decisions: Sequence[RecordId], title: str, lang: Lang) -> RecordId | Refusal:
    """Return the id of a draft that rests on decisions (rule 1).

    Refusals: ``record.reference-unknown``, ``audience`` (no reader in common), those of submit.
    """

    def act(tx: WriteTx) -> RecordId | Refusal:
        found = [_decision(tx, desk, one) for one in dict.fromkeys(decisions)]
        bases = [one for one in found if one is not None]
        if not bases or len(bases) != len(found):
            return Refusal("record.reference-unknown")
        label = meet_all([its for _, its in bases])
        if isinstance(label, Refusal):
            return label
        lines = tuple(_lines(bases))
        body = Communique(
            title=title,
            text="\n".join(line.sentence_text for line in lines),
            langs=LANGS,
            co_owners=tuple(sorted({p for one, _ in bases for p in _makers(one)} - {desk.party})),
            sentences=lines,
        )
        return submit_within(tx, desk, Draft(kind="communique/1", body=body, label=label, lang=lang))

    return whole(desk.store, act)


def publish(desk: Desk, record_id: RecordId) -> RecordId | Refusal:
    """Make a draft public (rule 2); the id stays.

    Refusals: ``role``, ``record.not-own``, ``release.missing`` (whose release is lacking), those of submit.
    """
    if (no := desk.lacks("release")) is not None:
        return no

    def act(tx: WriteTx) -> RecordId | Refusal:
        own = own_record(tx, desk, record_id)
        if isinstance(own, Refusal):
            return own
        stored, label = own
        body = stored.body
        if not isinstance(body, Communique) or label.public:
            return Refusal("record.not-own")
        bare = tuple(replace(line, decision=None) for line in body.sentences)
        draft = Draft(
            kind="communique/1",
            body=replace(body, sentences=bare),
            label=Label(level="open", audience=(EVERYBODY,)),
            lang=stored.header.lang,
            record_id=record_id,
        )
        made = submit_within(tx, desk, draft)
        if isinstance(made, Refusal):
            return made
        kept = (submit_within(tx, desk, one) for one in _links(stored, body, label))
        return next((no for no in kept if isinstance(no, Refusal)), made)

    return whole(desk.store, act)


def _decision(tx: WriteTx, desk: Desk, record_id: RecordId) -> tuple[StoredRecord, Label] | None:
    found = readable(tx, desk, record_id)
    return found if found is not None and isinstance(found[0].body, Decision) else None


def _lines(bases: Sequence[tuple[StoredRecord, Label]]) -> Iterator[CommuniqueLine]:
    for stored, _ in bases:
        body = stored.body
        assert isinstance(body, Decision)
        lang = stored.header.lang if stored.header.lang in LANGS else "ar"
        yield CommuniqueLine(
            sentence_text=body.from_sentence or body.title,
            decision=stored.record_id,
            lang=convert(lang, Lang),
        )


def _makers(stored: StoredRecord) -> tuple[Party, ...]:
    body = stored.body
    assert isinstance(body, Decision)
    return (*body.decided_by, stored.originator)


def _links(stored: StoredRecord, body: Communique, label: Label) -> Iterator[Draft]:
    for number, line in enumerate(body.sentences, 1):
        if line.decision:
            link = Relation(
                title=line.sentence_text[:_TITLE_CHARACTERS] or body.title,
                relation_type="rests-on",
                subject_ref=stored.record_id,
                object_ref=line.decision,
                evidence=str(number),
            )
            yield Draft(kind="relation/1", body=link, label=label, lang=stored.header.lang)
