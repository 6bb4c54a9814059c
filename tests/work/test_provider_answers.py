"""What a provider may answer that is neither right nor merely wrong: refused, and nothing breaks."""

from __future__ import annotations

import base64
from typing import Any

import msgspec
import pytest

from tansiq.base.refusal import Refusal
from tests.fuzz.outside import parse_provider, provider_seeds

KEY = msgspec.json.decode(provider_seeds()[2][1:])["keys"][0]
ODD: tuple[Any, ...] = (None, 5, True, [], [[]], {}, "", "é", -1)


def keys(*several: Any) -> object:
    return parse_provider(b"\2" + msgspec.json.encode({"keys": several}))


def token(header: dict[str, Any]) -> object:
    plain = base64.urlsafe_b64encode(msgspec.json.encode(header)).rstrip(b"=").decode()
    return parse_provider(b"\1" + msgspec.json.encode({"id_token": f"{plain}.e30.AAAA"}))


@pytest.mark.parametrize("value", ODD, ids=repr)
@pytest.mark.parametrize("field", ["kty", "crv", "x", "use", "key_ops"])
def test_a_key_of_any_shape_is_refused_and_breaks_nothing(field: str, value: Any) -> None:
    found = keys(KEY | {field: value})
    assert isinstance(found, Refusal | bool)
    assert field not in ("kty", "crv", "x") or isinstance(found, Refusal)


def test_a_key_that_cannot_be_read_does_not_spoil_the_others() -> None:
    assert keys({"kty": "EC", "crv": "secp521k9", "x": "AA", "y": "AA", "kid": "other"}, KEY) is True


@pytest.mark.parametrize("value", ODD, ids=repr)
@pytest.mark.parametrize("field", ["alg", "kid", "crit"])
def test_a_token_with_an_odd_header_is_refused(field: str, value: Any) -> None:
    assert isinstance(token({"alg": "Ed25519", "kid": "k"} | {field: value}), Refusal)


@pytest.mark.parametrize("said", [b"[]", b"5", b"null", b"\xff", b'{"keys":5}', b"[" * 3000], ids=repr)
def test_an_answer_that_is_none_is_refused(said: bytes) -> None:
    assert all(isinstance(parse_provider(bytes([n]) + said), Refusal) for n in (1, 2))
