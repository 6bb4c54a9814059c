"""Lists of tokens and of logins: what they say, what they refuse, what follows from them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tansiq.base.ids import SeededEntropy
from tansiq.exchange.logins import new_seed, public_of
from tansiq.exchange.provisioning import (
    BadTokens,
    Tokens,
    granted,
    newest_of,
    read_logins,
    read_tokens,
    write_logins,
    write_tokens,
)
from tansiq.exchange.server import ServerUser

A, B, C, D = (bytes([n]) * 16 for n in range(1, 5))
boxes = st.lists(st.binary(min_size=16, max_size=16), unique=True, min_size=1, max_size=12)


def login(*tokens: bytes) -> ServerUser:
    public = public_of(new_seed(SeededEntropy(tokens[0].hex())))
    return ServerUser(tokens[0].hex(), public, tokens)


@given(boxes, st.integers(0, 10**6), st.data())
def test_a_list_of_tokens_is_read_as_it_was_written(
    found: list[bytes], epoch: int, data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(found)))
    chains = tuple(sorted(c for c in (tuple(found[:cut]), *((b,) for b in found[cut:])) if c))
    tokens = Tokens(epoch, chains)
    assert read_tokens(write_tokens(tokens)) == tokens


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"tansiq-tokens 2 1\n",
        b"tansiq-tokens 1 x\n",
        b"tansiq-tokens 1 1\nML\n",
        b"tansiq-tokens 1 1\n" + A.hex().upper().encode().replace(b"0", b"A") + b"\n",
        b"tansiq-tokens 1 1\n" + A.hex().encode() + b"\n" + A.hex().encode() + b"\n",
        "tansiq-tokens 1 1\nمالي\n".encode(),
    ],
)
def test_what_is_no_list_of_tokens_is_refused(raw: bytes) -> None:
    with pytest.raises(BadTokens):
        read_tokens(raw)


def test_a_login_is_its_public_key_its_name_and_its_tokens() -> None:
    logins = tuple(sorted((login(A, B), login(C)), key=lambda u: u.password))
    assert read_logins(write_logins(logins)) == logins
    with pytest.raises(BadTokens):
        read_logins(
            new_seed(SeededEntropy("seed")).encode() + b" " + A.hex().encode() + b" " + A.hex().encode()
        )


def test_who_takes_from_an_old_token_takes_from_the_new_and_nobody_else_does() -> None:
    made = granted((login(A), login(C)), Tokens(2, ((B, A), (C,))))
    assert [u.mailboxes for u in made.logins] == [(B, A), (C,)]
    assert made.unclaimed == ()


def test_a_token_that_its_chain_has_dropped_is_taken_from_no_more() -> None:
    made = granted((login(B, A),), Tokens(9, ((B,),)))
    assert made.logins[0].mailboxes == (B,)
    assert made.logins[0].name == B.hex()


def test_a_mailbox_without_a_login_is_named_and_a_login_still_to_join_stays() -> None:
    made = granted((login(A), login(D)), Tokens(3, ((A,), (C,))))
    assert made.unclaimed == (C,)
    assert made.logins[1].mailboxes == (D,)


def test_the_newest_epoch_counts_and_of_one_epoch_the_longest_chain() -> None:
    old, new = Tokens(1, ((A,), (C,))), Tokens(2, ((B, A), (C,)))
    late = replace(new, chains=((B,), (C,)))
    assert newest_of([old, late, new]) == new


def test_a_list_names_nobody(tmp_path: Path) -> None:
    raw = write_tokens(Tokens(2, ((B, A), (C,)))) + write_logins([login(A)])
    words = raw.decode().split()
    assert all(w in ("tansiq-tokens", "1", "2") or len(w) in (32, 56) for w in words)
