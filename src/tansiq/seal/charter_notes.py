"""Notes about the charter: a proposed epoch with its signatures, a voice on one, a farewell."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from tansiq.model.charter import CharterSignature, KeyId
from tansiq.model.label import Party


class CharterProposal(Struct, frozen=True, array_like=True, kw_only=True):
    """A next epoch as proposed: its bytes, and the signatures that the sender knows of."""

    form: int = 1
    originator: Party
    to: Party
    created_ms: int
    epoch: int
    signer: KeyId
    charter: bytes
    signatures: tuple[CharterSignature, ...] = ()


class CharterVoice(Struct, frozen=True, array_like=True, kw_only=True):
    """That ``originator`` takes its signature back from a proposal, or will not sign it."""

    form: int = 1
    originator: Party
    to: Party
    created_ms: int
    epoch: int
    signer: KeyId
    digest: bytes
    act: Literal["withdraw", "decline"]


class Farewell(Struct, frozen=True, array_like=True, kw_only=True):
    """What a leaving party declares to ``to`` of the records that ``to`` gave it: deleted, and still held.

    Both name records by id (16 bytes each); ``reason`` says why it holds what it holds.
    """

    form: int = 1
    originator: Party
    to: Party
    created_ms: int
    epoch: int
    signer: KeyId
    deleted: tuple[bytes, ...] = ()
    held: tuple[bytes, ...] = ()
    reason: str = ""
