"""One-time codes and recovery codes: in time, once, with every try counted."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest

from tansiq.base.refusal import Refusal
from tansiq.work.second_step import CODES, STEP_S, confirm, new_codes, passes, remove, spelled, step_of
from tansiq.work.sign_in import (
    ATTEMPTS,
    BETWEEN_STEPS,
    HalfWay,
    Limiter,
    enrol,
    officer_at,
    second_step,
    sign_in,
)
from tests.work.nodes import Node, make_node

SECRET = b"twenty bytes of seed"
PASSWORD = "طريق الصحراء ليلا"


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Node]:
    made = make_node(tmp_path)
    with made.store.write() as tx:
        enrol(tx, "aicha", "عائشة", "duty", password=PASSWORD, entropy=made.entropy)
    yield made
    made.store.close()


def code_at(node: Node, steps: int = 0) -> str:
    at = node.clock.now() + timedelta(seconds=STEP_S * steps)
    return pyotp.TOTP(spelled(SECRET)).at(at)


def begin(node: Node) -> None:
    with node.store.write() as tx:
        assert confirm(tx, "aicha", SECRET, code_at(node), now=node.clock.now()) is None
    node.clock.set(node.clock.now() + timedelta(minutes=5))


def half(node: Node, limiter: Limiter) -> str:
    got = sign_in(node.store, "aicha", PASSWORD, limiter=limiter, now=node.clock.now(), entropy=node.entropy)
    assert isinstance(got, HalfWay)
    return got.note


def second(node: Node, note: str, code: str, limiter: Limiter) -> str | Refusal:
    return second_step(node.store, note, code, limiter=limiter, now=node.clock.now(), entropy=node.entropy)


def reason(got: str | Refusal) -> str:
    assert isinstance(got, Refusal), got
    return got.reason


def test_a_code_holds_one_step_before_and_after_and_no_longer(node: Node) -> None:
    now = node.clock.now()
    assert [step_of(SECRET, code_at(node, d), now=now, after=0) is not None for d in (-2, -1, 0, 1, 2)] == [
        False, True, True, True, False,
    ]  # fmt: skip
    assert step_of(SECRET, f" {code_at(node)[:3]} {code_at(node)[3:]} ", now=now, after=0)
    for odd in ("", "12345", "1234567", "١٢٣٤٥٦", "abcdef", "-12345"):
        assert step_of(SECRET, odd, now=now, after=0) is None


def test_a_wrong_code_does_not_begin_the_second_step(node: Node) -> None:
    with node.store.write() as tx:
        refused = confirm(tx, "aicha", SECRET, code_at(node, 5), now=node.clock.now())
        assert refused is not None
        assert refused.reason == "sign-in.code"
        assert tx.door("aicha").totp is None


def test_the_secret_rests_sealed(node: Node) -> None:
    begin(node)
    with node.store.write() as tx:
        raw = tx.conn.exec_driver_sql("SELECT totp FROM account_doors").scalar()
        assert raw is not None
        assert SECRET not in bytes(raw)
        assert tx.door("aicha").totp == SECRET


def test_password_and_code_together_open_a_session(node: Node) -> None:
    begin(node)
    limiter = Limiter()
    token = second(node, half(node, limiter), code_at(node), limiter)
    assert isinstance(token, str)
    with node.store.read() as rx:
        found = officer_at(rx, token, party=node.party, now=node.clock.now())
        assert found is not None
        assert found.id == "aicha"
        assert [(r.way, r.good) for r in rx.sign_ins("aicha")] == [("totp", True)]


def test_a_code_that_was_used_is_refused_and_so_is_one_before_it(node: Node) -> None:
    begin(node)
    limiter = Limiter()
    code, earlier = code_at(node), code_at(node, -1)
    assert isinstance(second(node, half(node, limiter), code, limiter), str)
    assert reason(second(node, half(node, limiter), code, limiter)) == "sign-in.code"
    assert reason(second(node, half(node, limiter), earlier, limiter)) == "sign-in.code"


def test_codes_are_not_guessed_at_leisure(node: Node) -> None:
    begin(node)
    limiter = Limiter()
    note = half(node, limiter)
    for _ in range(ATTEMPTS):
        assert reason(second(node, note, "000000", limiter)) == "sign-in.code"
    assert reason(second(node, note, code_at(node), limiter)) == "sign-in.wait"


def test_half_the_way_ends_and_cannot_be_made_up(node: Node) -> None:
    begin(node)
    limiter = Limiter()
    note = half(node, limiter)
    forged = note[:-2] + ("00" if note[-2:] != "00" else "11")
    for odd in ("", "zz", forged, "00" * 60):
        assert reason(second(node, odd, code_at(node), limiter)) == "sign-in.again"
    node.clock.set(node.clock.now() + BETWEEN_STEPS)
    assert reason(second(node, note, code_at(node), limiter)) == "sign-in.again"


def test_a_recovery_code_works_once_as_typed_by_a_tired_hand(node: Node) -> None:
    begin(node)
    with node.store.write() as tx:
        codes = new_codes(tx, "aicha", entropy=node.entropy, now=node.clock.now())
        assert len(set(codes)) == CODES
        assert (
            passes(tx, "aicha", f" {codes[0].lower().replace('-', ' ')}", now=node.clock.now()) == "recovery"
        )
        assert passes(tx, "aicha", codes[0], now=node.clock.now()) is None
        assert tx.recovery_left("aicha") == CODES - 1
        held = tx.conn.exec_driver_sql("SELECT hash FROM recovery_codes").scalars().all()
        assert codes[1].encode() not in b"".join(bytes(h) for h in held)
        again = new_codes(tx, "aicha", entropy=node.entropy, now=node.clock.now())
        assert passes(tx, "aicha", codes[1], now=node.clock.now()) is None
        assert passes(tx, "aicha", again[0], now=node.clock.now()) == "recovery"


def test_without_a_second_step_no_code_lets_anyone_in(node: Node) -> None:
    begin(node)
    with node.store.write() as tx:
        codes = new_codes(tx, "aicha", entropy=node.entropy, now=node.clock.now())
        remove(tx, "aicha", by="aicha", now=node.clock.now())
        assert passes(tx, "aicha", codes[0], now=node.clock.now()) is None
        assert passes(tx, "aicha", code_at(node), now=node.clock.now()) is None
