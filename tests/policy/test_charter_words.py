"""A change of the charter in words: the whole sentence, in each language, for every kind of change."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tansiq.base.ids import SeededEntropy
from tansiq.base.messages import LANGS, Lang, messages
from tansiq.model.amendment import (
    Change,
    CircleDropped,
    CircleSet,
    CompartmentDropped,
    CompartmentSet,
    Detailed,
    Ended,
    Joined,
    Lifted,
    Moved,
    PresidencySet,
    Renamed,
    RulesSet,
    SealKeyAdded,
    SealKeyEnded,
    SignKeyAdded,
    SignKeyEnded,
    SignKeyRevoked,
    Suspended,
)
from tansiq.model.charter import (
    Charter,
    CharterRules,
    Circle,
    CircleCode,
    Compartment,
    KeyId,
    LastGood,
    Names,
    SealKey,
    Seat,
    SignKey,
)
from tansiq.model.label import Party
from tansiq.policy.amend import applied
from tansiq.policy.charter_words import at, fingerprint, in_words, named, rules_words, sentence
from tansiq.seal.keys import generate
from tests.federation import DAY_MS, START_MS, entry, federation

ML, NE, BF, TG = (Party(p) for p in ("ML", "NE", "BF", "TG"))
NAMES = {
    "ML": Names("مالي", "le Mali", "Mali"),
    "NE": Names("النيجر", "le Niger", "Niger"),
    "BF": Names("بوركينا فاسو", "le Burkina Faso", "Burkina Faso"),
    "TG": Names("توغو", "le Togo", "Togo"),
}
MALI: dict[Lang, str] = {"ar": "مالي (ML)", "fr": "le Mali (ML)", "en": "Mali (ML)"}
NIGER: dict[Lang, str] = {"ar": "النيجر (NE)", "fr": "le Niger (NE)", "en": "Niger (NE)"}
BURKINA: dict[Lang, str] = {
    "ar": "بوركينا فاسو (BF)",
    "fr": "le Burkina Faso (BF)",
    "en": "Burkina Faso (BF)",
}
TOGO: dict[Lang, str] = {"ar": "توغو (TG)", "fr": "le Togo (TG)", "en": "Togo (TG)"}
YES: dict[Lang, str] = {"ar": "نعم", "fr": "oui", "en": "yes"}
NO: dict[Lang, str] = {"ar": "لا", "fr": "non", "en": "no"}
NOBODY: dict[Lang, str] = {"ar": "لا أحد", "fr": "personne", "en": "nobody"}
ALL: dict[Lang, str] = {"ar": "جميع الأعضاء", "fr": "tous les membres", "en": "every member"}
ANYONE: dict[Lang, str] = {
    "ar": "أي طرف يذكره بيان التداول",
    "fr": "toute partie que la mention nomme",
    "en": "any party that a label names",
}
NOW, LATER = "2031-03-01 06:00Z", "2031-03-02 06:00Z"
LATER_MS = START_MS + DAY_MS

FED = federation()
BEFORE = msgspec.structs.replace(
    FED.charter,
    parties=tuple(msgspec.structs.replace(p, names=NAMES.get(p.code, p.names)) for p in FED.charter.parties),
)
NEW = msgspec.structs.replace(
    entry(generate(BF, entropy=SeededEntropy("توغو"))),
    code=TG,
    type="associate",
    names=NAMES["TG"],
    sign_keys=(SignKey(KeyId("TG-1"), b"k" * 32, START_MS), SignKey(KeyId("TG-2"), b"l" * 32, START_MS)),
    seal_keys=(SealKey(KeyId("TG-1-seal"), "age1togo", START_MS),),
    from_ms=START_MS,
)
SIGN = SignKey(KeyId("ML-9"), bytes(range(16, 48)), START_MS)
SEAL = SealKey(KeyId("ML-9-seal"), "age1qqqqwwwweeeerrrrtttt", START_MS)
CIRCLE = Names("الأربع", "les quatre", "the four")


def words(lang: Lang, key: str, /, **parts: str) -> str:
    """The message with these parts, each of which it must have a place for."""
    text = messages(lang)[f"charter.{key}"]
    assert all("{" + part + "}" in text for part in parts)
    return text.format(**parts)


def told(change: Change, lang: Lang, before: Charter = BEFORE) -> str:
    return sentence(change, before, applied(before, [change]), lang)


def ends(change: Any, until_ms: int | None) -> Any:
    return msgspec.structs.replace(change, until_ms=until_ms)


@pytest.mark.parametrize("lang", LANGS)
def test_a_newcomer_is_told_with_his_type_first_day_and_every_key(lang: Lang) -> None:
    kind = {"ar": "مشارك منتسب", "fr": "associé", "en": "associate"}[lang]
    expected = words(
        lang, "change.joined", party=TOGO[lang], type=kind, since=NOW, keys="TG-1, TG-2, TG-1-seal"
    )
    assert told(Joined(NEW), lang) == expected


def test_a_newcomer_is_told_in_these_very_words() -> None:
    expected = "ينضم توغو (TG) بصفة مشارك منتسب ابتداءً من 2031-03-01 06:00Z؛ مفاتيحه: TG-1, TG-2, TG-1-seal"
    assert in_words(BEFORE, applied(BEFORE, [Joined(NEW)]), "ar") == (expected,)


@pytest.mark.parametrize("lang", LANGS)
def test_the_end_of_a_partys_part_is_told_with_its_day_or_that_there_is_none(lang: Lang) -> None:
    assert told(Ended(ML, LATER_MS), lang) == words(lang, "change.ended", party=MALI[lang], until=LATER)
    assert told(Ended(ML, None), lang) == words(lang, "change.ended-open", party=MALI[lang])


@pytest.mark.parametrize("lang", LANGS)
def test_a_suspension_and_its_lifting_name_the_party(lang: Lang) -> None:
    expected = words(lang, "change.suspended", party=NIGER[lang], at=LATER)
    assert told(Suspended(NE, LATER_MS), lang) == expected
    barred = applied(BEFORE, [Suspended(NE, START_MS)])
    assert told(Lifted(NE), lang, barred) == words(lang, "change.lifted", party=NIGER[lang])


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("observer", [True, False])
def test_a_partys_new_particulars_are_told_one_by_one(lang: Lang, *, observer: bool) -> None:
    change = Detailed(ML, "partner", NAMES["TG"], ("fr", "ar"), observer, LATER_MS, "Africa/Bamako", (6, 7))
    assert told(change, lang) == words(
        lang,
        "change.detailed",
        party=TOGO[lang].replace("TG", "ML"),
        type={"ar": "شريك", "fr": "partenaire", "en": "partner"}[lang],
        names="توغو / le Togo / Togo",
        langs="fr, ar",
        observer=(YES if observer else NO)[lang],
        since=LATER,
        timezone="Africa/Bamako",
        weekend="6, 7",
    )


@pytest.mark.parametrize("lang", LANGS)
def test_new_mailboxes_are_told_by_their_first_eight_digits(lang: Lang) -> None:
    change = Moved(ML, bytes(range(0x10, 0x20)), bytes(range(0xA0, 0xB0)))
    expected = words(lang, "change.moved", party=MALI[lang], boxes="10111213… a0a1a2a3…")
    assert told(change, lang) == expected


@pytest.mark.parametrize("lang", LANGS)
def test_a_new_sign_key_is_told_with_its_fingerprint_and_dates(lang: Lang) -> None:
    parts = {"party": MALI[lang], "key": "ML-9 1011 1213 1415 1617", "since": NOW}
    assert told(SignKeyAdded(ML, SIGN), lang) == words(lang, "change.sign-key-open", **parts)
    ending = SignKeyAdded(ML, ends(SIGN, LATER_MS))
    assert told(ending, lang) == words(lang, "change.sign-key", until=LATER, **parts)


@pytest.mark.parametrize("lang", LANGS)
def test_a_new_seal_key_is_told_with_the_begin_of_its_recipient_and_dates(lang: Lang) -> None:
    parts = {"party": MALI[lang], "key": "ML-9-seal age1qqqqwwwweeee…", "since": NOW}
    assert told(SealKeyAdded(ML, SEAL), lang) == words(lang, "change.seal-key-open", **parts)
    ending = SealKeyAdded(ML, ends(SEAL, LATER_MS))
    assert told(ending, lang) == words(lang, "change.seal-key", until=LATER, **parts)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", [SignKeyEnded, SealKeyEnded])
def test_the_end_of_a_key_is_told_with_its_id(lang: Lang, kind: type[SignKeyEnded | SealKeyEnded]) -> None:
    parts = {"party": MALI[lang], "key": "ML-9"}
    expected = words(lang, "change.key-ended", until=LATER, **parts)
    assert told(kind(ML, KeyId("ML-9"), LATER_MS), lang) == expected
    assert told(kind(ML, KeyId("ML-9"), None), lang) == words(lang, "change.key-ended-open", **parts)


@pytest.mark.parametrize("lang", LANGS)
def test_a_revocation_tells_the_key_its_moment_and_how_many_feeds_it_bounds(lang: Lang) -> None:
    good = (LastGood(b"f" * 16, 7), LastGood(b"g" * 16, 9))
    for last_good, feeds in ((good, "2"), ((), "0")):
        change = SignKeyRevoked(ML, KeyId("ML-9"), LATER_MS, last_good)
        expected = words(lang, "change.revoked", party=MALI[lang], key="ML-9", at=LATER, feeds=feeds)
        assert told(change, lang) == expected


@pytest.mark.parametrize("lang", LANGS)
def test_a_new_circle_is_told_with_its_seats(lang: Lang) -> None:
    seats = (Seat(ML, START_MS), Seat(NE, START_MS, LATER_MS))
    change = CircleSet(Circle(CircleCode("C9"), CIRCLE, seats))
    name = {"ar": "الأربع (C9)", "fr": "les quatre (C9)", "en": "the four (C9)"}[lang]
    listed = f"{MALI[lang]} {NOW} – …; {NIGER[lang]} {NOW} – {LATER}"
    assert told(change, lang) == words(lang, "change.circle-new", circle=name, seats=listed)


@pytest.mark.parametrize("lang", LANGS)
def test_a_changed_circle_tells_who_enters_who_goes_and_who_stays(lang: Lang) -> None:
    stays, goes = Seat(ML, START_MS), Seat(NE, START_MS)
    enters = Seat(BF, LATER_MS)
    circle = Circle(CircleCode("C9"), CIRCLE, (stays, goes))
    before = applied(BEFORE, [CircleSet(circle)])
    name = {"ar": "الأربع (C9)", "fr": "les quatre (C9)", "en": "the four (C9)"}[lang]
    mali, niger = (f"{each[lang]} {NOW} – …" for each in (MALI, NIGER))
    burkina = f"{BURKINA[lang]} {LATER} – …"
    for members, added, gone, listed in (
        ((stays, enters), burkina, niger, f"{mali}; {burkina}"),
        ((stays, goes, enters), burkina, NOBODY[lang], f"{mali}; {niger}; {burkina}"),
        ((), NOBODY[lang], f"{mali}; {niger}", NOBODY[lang]),
    ):
        change = CircleSet(msgspec.structs.replace(circle, members=members))
        assert told(change, lang, before) == words(
            lang, "change.circle", circle=name, added=added, gone=gone, seats=listed
        )


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_dropped_is_told_by_its_code(lang: Lang) -> None:
    assert told(CircleDropped(CircleCode("C4")), lang) == words(lang, "change.circle-dropped", circle="C4")
    expected = words(lang, "change.compartment-dropped", code="ORYX")
    assert told(CompartmentDropped("ORYX"), lang) == expected


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("hidden", "key"), [(True, "hidden"), (False, "shown")])
def test_a_compartment_is_told_with_its_holders_and_whether_it_is_hidden(
    lang: Lang, hidden: bool, key: str
) -> None:
    name = {"ar": "الأربع", "fr": "les quatre", "en": "the four"}[lang]
    for holders, held in (((ML, NE), f"{MALI[lang]}, {NIGER[lang]}"), ((), ANYONE[lang])):
        change = CompartmentSet(Compartment("CASE-1", CIRCLE, hidden=hidden, holders=holders))
        expected = words(lang, f"change.compartment-{key}", code="CASE-1", name=name, holders=held)
        assert told(change, lang) == expected


@pytest.mark.parametrize("lang", LANGS)
def test_a_protected_compartment_is_told_as_one_after_its_name(lang: Lang) -> None:
    cell = Compartment("CASE-1", CIRCLE, hidden=True, holders=(ML,), protected=True)
    name = {"ar": "الأربع", "fr": "les quatre", "en": "the four"}[lang]
    shown = f"{name}, {messages(lang)['charter.protected']}"
    expected = words(lang, "change.compartment-hidden", code="CASE-1", name=shown, holders=MALI[lang])
    assert told(CompartmentSet(cell), lang) == expected


@pytest.mark.parametrize("lang", LANGS)
def test_the_presidency_is_told_with_the_end_of_each_seat(lang: Lang) -> None:
    change = PresidencySet((Seat(NE, START_MS, LATER_MS), Seat(ML, LATER_MS)))
    listed = f"{NIGER[lang]} {NOW} – {LATER}; {MALI[lang]} {LATER} – …"
    assert told(change, lang) == words(lang, "change.presidency", seats=listed)
    assert told(PresidencySet(()), lang) == words(lang, "change.presidency", seats=NOBODY[lang])


@pytest.mark.parametrize("lang", LANGS)
def test_the_rules_are_told_in_numbers_and_none_means_every_member(lang: Lang) -> None:
    few = CharterRules(amend_quorum=3, suspend_quorum=2, heartbeat_h=12, own_compartments=False)
    for rules, amend, suspend, heartbeat, own in (
        (few, "3", "2", "12", NO[lang]),
        (CharterRules(), ALL[lang], ALL[lang], "24", YES[lang]),
    ):
        expected = words(lang, "rules", amend=amend, suspend=suspend, heartbeat=heartbeat, own=own)
        assert rules_words(rules, lang) == expected
        assert told(RulesSet(rules), lang) == words(lang, "change.rules", rules=expected)


@pytest.mark.parametrize("lang", LANGS)
def test_a_new_name_is_told_as_it_is_written(lang: Lang) -> None:
    assert told(Renamed("اسم جديد"), lang) == words(lang, "change.renamed", name="اسم جديد")


def test_a_party_that_the_charter_does_not_hold_is_called_by_its_code() -> None:
    assert named(BEFORE, "XX", "ar") == "XX"
    assert named(BEFORE, "ML", "ar") == "مالي (ML)"


def test_moments_and_keys_are_written_as_they_are_read_aloud() -> None:
    assert at(START_MS + 90 * 60_000) == "2031-03-01 07:30Z"
    assert fingerprint(bytes.fromhex("0123456789abcdef" * 4)) == "0123 4567 89ab cdef"
