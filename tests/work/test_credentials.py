"""From a password to the keys of compartments."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tansiq.base.ids import SystemEntropy
from tansiq.policy.permits import Reader
from tansiq.seal.cells import NotOpened, new_pair, unwrap, wrap
from tansiq.store.holders import ESCROW, Holder, NoHolder, half_opened
from tansiq.store.keyring import NOBODY, Keyring
from tansiq.store.store import Store
from tansiq.work.credentials import change_secret, door_secret, make_credential, open_keys, renew_escrow
from tansiq.work.session_keys import SessionKeys, reader_in_session
from tests.store.making import NOW_MS, START, new_store

SAHARA = "طريق الصحراء الطويل"
ENTROPY = SystemEntropy()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store with two officers who have pairs."""
    made = new_store(f"sqlite:///{tmp_path}/node.db")
    with made.write() as tx:
        for officer, role in (("عائشة", "duty"), ("سالم", "release"), ("مريم", "legal")):
            make_credential(tx, officer, role, SAHARA + officer, entropy=ENTROPY, now_ms=NOW_MS)
    return made


def keys(store: Store, officer: str, secret: str | None = None) -> Keyring | None:
    """Return what an officer's secret opens."""
    with store.read() as rx:
        return open_keys(rx, officer, SAHARA + officer if secret is None else secret)


def opened(store: Store, code: str, *, first: str) -> None:
    """Open a compartment with one officer on its roster."""
    with store.write() as tx:
        tx.new_cell(code, first=first, at_ms=NOW_MS)


def test_what_is_wrapped_for_two_opens_with_both_and_not_with_one() -> None:
    one, two = new_pair(), new_pair()
    wrapped = wrap("مفتاح".encode(), [one.public, two.public])
    assert unwrap(wrapped, [one.private, two.private]).decode() == "مفتاح"
    for privates in ([one.private], [two.private, one.private]):
        with pytest.raises(NotOpened):
            unwrap(wrapped, privates)
    assert unwrap(unwrap(wrapped, [two.private]), [one.private]) != wrapped
    assert "مفتاح".encode() not in unwrap(wrapped, [two.private])


def test_a_password_opens_the_compartments_of_its_officer_and_no_other_does(store: Store) -> None:
    opened(store, "HOSTAGE", first="عائشة")
    mine = keys(store, "عائشة")
    assert mine is not None
    assert mine.compartments == {"HOSTAGE"}
    assert keys(store, "عائشة", "كلمة أخرى") is None
    other = keys(store, "سالم")
    assert other is not None
    assert other.compartments == frozenset()


def test_a_changed_password_keeps_the_rosters(store: Store) -> None:
    opened(store, "HOSTAGE", first="عائشة")
    with store.write() as tx:
        assert not change_secret(tx, "عائشة", "خطأ", "جديدة", entropy=ENTROPY)
        assert change_secret(tx, "عائشة", SAHARA + "عائشة", "جديدة", entropy=ENTROPY)
    assert keys(store, "عائشة") is None
    again = keys(store, "عائشة", "جديدة")
    assert again is not None
    assert again.compartments == {"HOSTAGE"}


def test_a_reset_password_opens_nothing(store: Store) -> None:
    opened(store, "HOSTAGE", first="عائشة")
    with store.write() as tx:
        stood = make_credential(tx, "عائشة", "duty", "وضعها المشرف", entropy=ENTROPY, now_ms=NOW_MS)
    assert stood == ("HOSTAGE",)
    reset = keys(store, "عائشة", "وضعها المشرف")
    assert reset is not None
    assert reset.compartments == frozenset()


def test_an_admission_and_a_dismissal_hold_in_a_session_that_is_open(store: Store) -> None:
    opened(store, "CASE-7F", first="عائشة")
    held, mine = SessionKeys(), keys(store, "سالم")
    holder = keys(store, "عائشة")
    assert mine is not None
    assert holder is not None
    held.put(b"s", mine, until=START + timedelta(hours=1))
    with store.write() as tx:
        public = tx.officer_keys()["سالم"]
        private = holder.private_of("CASE-7F").encode()
        tx.admit(Holder("CASE-7F", "سالم", wrap(private, [public]), "عائشة", NOW_MS))
    with store.read() as rx:
        assert held.of(rx, b"s", now=START).compartments == {"CASE-7F"}
    with store.write() as tx:
        tx.dismiss("CASE-7F", "سالم")
    with store.read() as rx:
        assert held.of(rx, b"s", now=START).compartments == frozenset()


def test_the_end_of_a_session_forgets_its_keys(store: Store) -> None:
    opened(store, "HOSTAGE", first="عائشة")
    held, mine = SessionKeys(), keys(store, "عائشة")
    assert mine is not None
    held.put(b"s", mine, until=START + timedelta(hours=1))
    with store.read() as rx:
        assert held.of(rx, b"s", now=START)
        assert held.of(rx, b"s", now=START + timedelta(hours=1)) is NOBODY
    assert not mine
    assert not mine.covers(["HOSTAGE"])


def test_the_escrow_opens_with_the_release_and_the_legal_officer_together(store: Store) -> None:
    opened(store, "HOSTAGE", first="عائشة")
    release, legal, mine = keys(store, "سالم"), keys(store, "مريم"), keys(store, "عائشة")
    assert release is not None and legal is not None and mine is not None  # noqa: PT018
    with store.read() as rx:
        cell = rx.cell("HOSTAGE")
    assert cell is not None
    both = {code: keys.private_of(code) for code, keys in zip(ESCROW, (release, legal), strict=True)}
    for first, then in (ESCROW, ESCROW[::-1]):
        left = half_opened(cell.escrow, first, both[first])
        assert unwrap(left, [both[then]]).decode() == mine.private_of("HOSTAGE")
        with pytest.raises(NotOpened):
            unwrap(left, [both[first]])
        with pytest.raises(NotOpened):
            half_opened(cell.escrow, first, both[then])


def test_a_half_of_the_escrow_made_anew_takes_a_key_only_when_a_holder_confirms_it(store: Store) -> None:
    opened(store, "HOSTAGE", first="عائشة")
    with store.write() as tx:
        make_credential(tx, "سالم", "release", "جديدة", entropy=ENTROPY, now_ms=NOW_MS)
    mine = keys(store, "عائشة")
    assert mine is not None
    with store.write() as tx:
        assert tx.escrow_unconfirmed()
        assert renew_escrow(tx, mine) == 0
        tx.confirm_escrow()
        assert renew_escrow(tx, mine) == 1
        assert renew_escrow(tx, mine) == 0
        cell = tx.cell("HOSTAGE")
    release, legal = keys(store, "سالم", "جديدة"), keys(store, "مريم")
    assert cell is not None and release is not None and legal is not None  # noqa: PT018
    left = half_opened(cell.escrow, ESCROW[0], release.private_of(ESCROW[0]))
    assert unwrap(left, [legal.private_of(ESCROW[1])]).decode() == mine.private_of("HOSTAGE")


def test_a_compartment_that_nobody_could_open_is_not_made(tmp_path: Path) -> None:
    bare = new_store(f"sqlite:///{tmp_path}/bare.db")
    with pytest.raises(NoHolder), bare.write() as tx:
        tx.new_cell("HOSTAGE", first=None, at_ms=NOW_MS)


def test_a_reader_holds_a_protected_compartment_only_with_its_key(store: Store) -> None:
    opened(store, "HOSTAGE", first="عائشة")
    mine = keys(store, "عائشة")
    assert mine is not None
    account = Reader(store.party, compartments=frozenset({"HOSTAGE", "ARMS"}))
    assert reader_in_session(account, NOBODY, {"HOSTAGE"}).compartments == {"ARMS"}
    assert reader_in_session(account, mine, {"HOSTAGE"}).compartments == {"ARMS", "HOSTAGE"}
    admin = Reader(store.party, clearance="open")
    assert reader_in_session(admin, mine, {"HOSTAGE"}).compartments == frozenset()


def test_door_accounts_have_secrets_of_their_own() -> None:
    assert door_secret(b"d", "duty") == door_secret(b"d", "duty")
    assert len({door_secret(b"d", "duty"), door_secret(b"d", "legal"), door_secret(b"e", "duty")}) == 3
