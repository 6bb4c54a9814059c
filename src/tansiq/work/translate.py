"""The translation desk: asked, put in hand, returned, certified by a second person. Source: R68; DOCTRINE 2.

1. An ask stays with its own party, under the level, compartments, purposes and end of what it asks for: who
   may not read the original learns nothing of it. Each step is the ask's next version: its trail names who.
2. What is returned is a record that derives from its original and stays with its party, uncertified.
3. A second officer certifies it, and says whether it goes to all who may read the original or stays; it can
   bear no more than the original's label. Loaded words of the author's are noted with it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Final

from msgspec.structs import replace

from tansiq.base.ids import RecordId, raw_of
from tansiq.base.messages import LANGS, Lang
from tansiq.base.refusal import Refusal
from tansiq.language.loaded import loaded_in
from tansiq.model.kind import Body
from tansiq.model.kinds.translation import Translation
from tansiq.model.kinds.translation_ask import TranslationAsk
from tansiq.model.label import Label, Level
from tansiq.model.record import REQUEST
from tansiq.model.values import TimeExpression
from tansiq.policy.clearance import may
from tansiq.policy.permits import permits
from tansiq.store.store import ReadTx, WriteTx
from tansiq.store.values import OfficerRow, StoredRecord
from tansiq.work.desk import Desk, whole
from tansiq.work.effects import own_readable
from tansiq.work.readable import readable
from tansiq.work.sign_in import officer_of
from tansiq.work.submit import Draft, submit_within

ASK: Final = "translation-ask/1"
TRANSLATION: Final = "translation/1"
_WORDS: Final = 40
Done = RecordId | Refusal


def ask_for_record(
    desk: Desk, record_id: RecordId, *, to: str, due: date | None = None, why: str = ""
) -> Done:
    """Ask for a translation of a record. Refusals: ``translation.unknown``, ``translation.language``, …"""

    def act(tx: WriteTx) -> Done:
        found = _original(tx, desk, record_id)
        if isinstance(found, Refusal):
            return found
        stored, its = found
        if (lang := _lang(to)) is None or lang == stored.header.lang:
            return Refusal("translation.language", frozenset({"to_lang"}))
        body = TranslationAsk(
            title=stored.body.title[:300],
            of_record=record_id,
            from_lang=_lang(stored.header.lang),
            to_lang=lang,
            why=why.strip()[:1000],
            due=_until(due),
            ask_state="asked",
        )
        return _sign(tx, desk, body, replace(_at_home(desk, its), rules=()))

    return whole(desk.store, act)


def ask_for_text(
    desk: Desk,
    title: str,
    text: str,
    *,
    written: str,
    to: str,
    level: Level = "confidential",
    due: date | None = None,
    why: str = "",
) -> Done:
    """Ask for a translation of a text that no record holds. Refusals: ``translation.language``, of submit."""
    lang, source = _lang(to), _lang(written)
    if lang is None or lang == source or not text.strip():
        return Refusal("translation.language", frozenset({"to_lang"}))
    body = TranslationAsk(
        title=title[:300], text=text, from_lang=source, to_lang=lang, why=why.strip()[:1000],
        due=_until(due), ask_state="asked",
    )  # fmt: skip
    label = Label(level=level, audience=(desk.party,))
    return whole(desk.store, lambda tx: _sign(tx, desk, body, label))


def assign(desk: Desk, ask_id: RecordId, officer: str) -> Done:
    """Put an ask into an officer's hands. Refusals: ``translation.unknown``, ``translation.over``,
    ``translation.no-such-officer`` (also for one who may not read it), those of submit."""

    def act(tx: WriteTx, body: TranslationAsk, _: StoredRecord) -> TranslationAsk | Refusal:
        if officer not in {row.pseudonym for row in able(tx, desk, ask_id)}:
            return Refusal("translation.no-such-officer", frozenset({"officer"}))
        return replace(body, ask_state="assigned", assigned_to=officer)

    return _step(desk, ask_id, ("asked", "assigned", "returned"), act)


def decline(desk: Desk, ask_id: RecordId, remark: str) -> Done:
    """Close an ask without a translation, saying why. Refusals: as ``assign``, ``translation.no-remark``."""
    if not remark.strip():
        return Refusal("translation.no-remark", frozenset({"remark"}))

    def act(_: WriteTx, body: TranslationAsk, __: StoredRecord) -> TranslationAsk:
        return replace(body, ask_state="declined", remark=remark.strip()[:1000])

    return _step(desk, ask_id, ("asked", "assigned", "returned"), act)


def give_back(desk: Desk, ask_id: RecordId, title: str, text: str, *, method: str = "human") -> Done:
    """Return the translation that an officer wrote (rule 2). Refusals: ``translation.not-yours``, …"""

    def act(tx: WriteTx, body: TranslationAsk, ask: StoredRecord) -> TranslationAsk | Refusal:
        if not text.strip() or not title.strip():
            return Refusal("translation.empty", frozenset({"text"}))
        if body.assigned_to not in (None, desk.officer.pseudonym):
            return Refusal("translation.not-yours")
        made = _write(tx, desk, body, ask, title.strip()[:300], text, method)
        if isinstance(made, Refusal):
            return made
        mine = desk.officer.pseudonym
        return replace(body, ask_state="returned", assigned_to=mine, translation=made, remark="")

    return _step(desk, ask_id, ("asked", "assigned"), act)


def send_again(desk: Desk, ask_id: RecordId, remark: str) -> Done:
    """Give a returned translation back to its translator with a remark. Refusals: as ``decline``."""
    if not remark.strip():
        return Refusal("translation.no-remark", frozenset({"remark"}))

    def act(_: WriteTx, body: TranslationAsk, __: StoredRecord) -> TranslationAsk:
        return replace(body, ask_state="assigned", remark=remark.strip()[:1000])

    return _step(desk, ask_id, ("returned",), act)


def certify(desk: Desk, ask_id: RecordId, *, share: bool) -> Done:
    """Certify as a second person; ``share`` = for all who may read the original (rule 3).

    Refusals: ``translation.second-person``, ``translation.not-returned``, those of submit.
    """

    def act(tx: WriteTx, body: TranslationAsk, _: StoredRecord) -> TranslationAsk | Refusal:
        made = None if body.translation is None else tx.record(RecordId(body.translation))
        if made is None or made.buried or not isinstance(made.body, Translation):
            return Refusal("translation.not-returned")
        its = tx.label_of(RecordId(body.of_record)) if body.of_record and share else None
        label = made.header.label if its is None else its
        certified = replace(made.body, certified=True, certified_by=desk.officer.role)
        draft = Draft(kind=TRANSLATION, body=certified, label=label, lang=made.header.lang,
                      derived_from=made.header.derived_from, record_id=made.record_id)  # fmt: skip
        done = submit_within(tx, desk, draft)
        return done if isinstance(done, Refusal) else replace(body, ask_state="certified")

    return _step(desk, ask_id, ("returned",), act)


def able(rx: ReadTx, desk: Desk, ask_id: RecordId) -> tuple[OfficerRow, ...]:
    """Return the officers of this node who may translate and may read what is asked, interpreters first."""
    label = rx.label_of(ask_id)
    if label is None:
        return ()
    found = []
    for row in rx.officers():
        officer = officer_of(row, desk.party)
        if row.active and may(officer.role, "translate") and permits(label, officer.reader, now=desk.now):
            found.append(row)
    return tuple(sorted(found, key=lambda r: (r.role != "interpreter", r.name)))


def original_of(rx: ReadTx, desk: Desk, body: TranslationAsk) -> tuple[str, str]:
    """Return title and text of what is to be translated; blank where it is gone or not the officer's."""
    if body.of_record is None:
        return body.title, body.text
    found = readable(rx, desk, RecordId(body.of_record))
    if found is None or not isinstance(found[0].body, Body):
        return "", ""
    return found[0].body.title, found[0].body.text


def _write(
    tx: WriteTx, desk: Desk, body: TranslationAsk, ask: StoredRecord, title: str, text: str, method: str
) -> Done:
    above, of = original_of(tx, desk, body)
    words = dict.fromkeys(one.words for one in loaded_in(f"{above}\n{of}"))
    made = Translation(
        title=title,
        text=text,
        of_record=body.of_record,
        from_lang=body.from_lang,
        to_lang=body.to_lang,
        method="machine-checked" if method == "machine-checked" else "human",
        translator_role=desk.officer.role,
        loaded_words=tuple(words)[:_WORDS],
        of_version=None,
    )
    label = ask.header.label
    derived: tuple[bytes, ...] = ()
    if body.of_record is not None:
        found = _original(tx, desk, RecordId(body.of_record))
        if isinstance(found, Refusal):
            return found
        stored, its = found
        made = replace(made, of_version=stored.version)
        label, derived = _at_home(desk, its), (raw_of(RecordId(body.of_record)),)
    again = RecordId(body.translation) if body.translation else None
    draft = Draft(kind=TRANSLATION, body=made, label=label, lang=body.to_lang or "ar",
                  derived_from=derived, record_id=again)  # fmt: skip
    return submit_within(tx, desk, draft)


def _original(rx: ReadTx, desk: Desk, record_id: RecordId) -> tuple[StoredRecord, Label] | Refusal:
    return readable(rx, desk, record_id) or Refusal("translation.unknown")


def _step(
    desk: Desk,
    ask_id: RecordId,
    states: tuple[str, ...],
    act: Callable[[WriteTx, TranslationAsk, StoredRecord], TranslationAsk | Refusal],
) -> Done:
    """Sign the next version of an ask that stands in one of the states, with what ``act`` changes of it."""

    def step(tx: WriteTx) -> Done:
        stored = tx.record(ask_id) if own_readable(tx, desk, ask_id) else None
        if stored is None or not isinstance(stored.body, TranslationAsk):
            return Refusal("translation.unknown")
        if (stored.body.ask_state or "asked") not in states:
            return Refusal("translation.over")
        after = act(tx, stored.body, stored)
        if isinstance(after, Refusal):
            return after
        return _sign(tx, desk, after, stored.header.label, ask_id)

    return whole(desk.store, step)


def _sign(
    tx: WriteTx, desk: Desk, body: TranslationAsk, label: Label, ask_id: RecordId | None = None
) -> Done:
    lang = body.from_lang or "ar"
    draft = Draft(kind=ASK, body=body, label=label, priority=REQUEST, lang=lang, record_id=ask_id)
    made = submit_within(tx, desk, draft)
    if not isinstance(made, Refusal):
        tx.journal(f"translation.{body.ask_state}", officer=desk.officer.id, record=raw_of(made),
                   detail=body.of_record or "", at_ms=desk.now_ms)  # fmt: skip
    return made


def _at_home(desk: Desk, label: Label) -> Label:
    """Return the label for one's own party alone."""
    return replace(label, audience=(desk.party,), notes=())


def _lang(said: str) -> Lang | None:
    return next((known for known in LANGS if known == said.strip().lower()), None)


def _until(due: date | None) -> TimeExpression | None:
    if due is None:
        return None
    day = datetime.combine(due, time(), UTC)
    return TimeExpression(words="", lo=day, hi=day.replace(hour=23, minute=59, second=59), precision="day")
