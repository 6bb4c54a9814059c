"""Targets for what comes in by other ways than frames: files, lists, providers, words at the door."""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile
from functools import cache
from typing import Any, Final

import msgspec
import pyrage
import zstandard
from joserfc import jws
from joserfc.jwk import ECKey, OctKey, OKPKey

from tansiq.base.clock import moment
from tansiq.base.ids import SeededEntropy
from tansiq.base.refusal import Refusal
from tansiq.exchange.logins import new_seed, public_of
from tansiq.exchange.parcels.form import END, FRAME, EntryHead, encode_entry, link_of, opening
from tansiq.exchange.parcels.reading import ParcelReader
from tansiq.exchange.provisioning import Tokens, read_logins, read_tokens, write_tokens
from tansiq.model.charter import decode_card
from tansiq.node.backup import End, FileOf, Start, frames
from tansiq.node.ceremony import read_chain
from tansiq.seal.vessel import open_vessel, unpacked, write_vessel
from tansiq.web.cookies import prefs_in
from tansiq.work.one_time import Doorkeeper, mint
from tansiq.work.passkeys import answered, registered
from tansiq.work.provider import Provider, ProviderSettings
from tansiq.work.second_step import step_of
from tansiq.work.uploads import cleaned
from tests.federation import START_MS, federation

ORIGIN: Final = "https://id.example"
NOW: Final = moment(START_MS)
CHALLENGE: Final = b"c" * 32
SECRET: Final = b"s" * 32
_VESSEL_LIMIT: Final = 1 << 24


class _Known(Provider):
    """A provider whose answers are given."""

    def __init__(self, answers: list[bytes]) -> None:
        super().__init__(ProviderSettings(issuer=ORIGIN, client="tansiq", address="https://ml.example"))
        self._answers = answers

    def _read(self, method: str, address: str, form: dict[str, str] | None = None) -> bytes:
        return self._answers.pop(0) if self._answers else b""


@cache
def _key() -> OKPKey:
    return OKPKey.generate_key("Ed25519", {"kid": "k", "alg": "Ed25519"})


def _token(claims: bytes) -> bytes:
    """A token with a signature that holds, whatever it says."""
    said = jws.serialize_compact({"alg": "Ed25519", "kid": "k"}, claims, _key(), algorithms=["Ed25519"])
    return msgspec.json.encode({"id_token": said})


@cache
def _answers() -> tuple[bytes, bytes, bytes]:
    """What a provider answers: its description, a token, its keys."""
    claims = {"iss": ORIGIN, "aud": "tansiq", "sub": "s-1", "nonce": "n", "exp": START_MS // 1000 + 60}
    ends = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    about = {"issuer": ORIGIN} | {end: f"{ORIGIN}/{end}" for end in ends}
    keys = {"keys": [_key().as_dict(private=False)]}
    return msgspec.json.encode(about), _token(msgspec.json.encode(claims)), msgspec.json.encode(keys)


def parse_provider(raw: bytes) -> object:
    """The first byte chooses which of the provider's answers is foreign: one of three, or what it signs."""
    which, said = (raw[0] % 4, raw[1:]) if raw else (0, raw)
    told = list(_answers())
    told[1 if which == 3 else which] = _token(said) if which == 3 else said
    provider = _Known(told)
    found = provider.vouched("code", "verifier")
    return found if isinstance(found, Refusal) else provider.is_for_us(found, NOW)


def provider_seeds() -> list[bytes]:
    """A provider's answers, keys of every kind, and what it signs."""
    about, token, keys = _answers()
    made = (OctKey.generate_key(256), ECKey.generate_key("P-256"), _key())
    several = msgspec.json.encode({"keys": [each.as_dict(private=False) for each in made]})
    claims = b'{"iss":"https://id.example","aud":["tansiq"],"azp":"tansiq","exp":1e3,"nbf":0}'
    return [b"\0" + about, b"\1" + token, b"\2" + keys, b"\2" + several, b"\3" + claims]


def parse_parcel(raw: bytes) -> object:
    """Every entry of a parcel, its mailbox and its frame."""
    reader = ParcelReader(io.BytesIO(raw))
    return [(entry.mailbox(), entry.frame()) for entry in reader.entries()]


def parcel_seeds() -> list[bytes]:
    """A parcel of three frames, and one of none."""
    return [_parcel([b"\x01" + bytes([n]) * 40 for n in range(3)]), _parcel([])]


def _parcel(payloads: list[bytes]) -> bytes:
    made = opening(b"s" * 16)
    link = link_of(made)
    for n, payload in enumerate(payloads):
        digest = hashlib.sha256(payload).digest()
        head = encode_entry(EntryHead(FRAME, n, len(payload), link, digest))
        made, link = made + head + payload, link_of(head)
    return made + encode_entry(EntryHead(END, len(payloads), 0, link, bytes(32))) + bytes(64)


@cache
def _identity() -> str:
    return str(pyrage.x25519.Identity.generate())


def parse_vessel(raw: bytes) -> object:
    """A vessel as it stands in a file; what has another beginning is read as an opened one."""
    if not raw.startswith(b"TQV1"):
        return sum(len(piece) for piece in _bounded(io.BytesIO(raw)))
    out = io.BytesIO()
    open_vessel(io.BytesIO(raw), out, identities=[_identity()])
    return sum(len(piece) for piece in _bounded(io.BytesIO(out.getvalue())))


def _bounded(opened: io.BytesIO) -> Any:
    seen = 0
    for piece in unpacked(opened):
        seen += len(piece)
        yield piece
        if seen > _VESSEL_LIMIT:
            return


def vessel_seeds() -> list[bytes]:
    """A sealed vessel, and what one holds."""
    out, public = io.BytesIO(), str(pyrage.x25519.Identity.from_str(_identity()).to_public())
    write_vessel(out, ["نسخة".encode()], entropy=SeededEntropy("وعاء"), recipients=[public])
    return [out.getvalue(), zstandard.compress("نسخة".encode() * 9)]


def parse_backup(raw: bytes) -> object:
    """The frames of an opened backup."""
    return sum(1 for _ in frames(io.BytesIO(zstandard.compress(raw, 1))))


def backup_seeds() -> list[bytes]:
    """A start, a file and an end."""
    whole = hashlib.sha256(b"tansiq.backup/1")
    found = b""
    for frame in (Start(1, "ML", START_MS), FileOf("node.json", b"{}")):
        raw = msgspec.msgpack.encode(frame)
        whole.update(raw)
        found += len(raw).to_bytes(4, "big") + raw
    raw = msgspec.msgpack.encode(End(whole.digest()))
    return [found + len(raw).to_bytes(4, "big") + raw]


def parse_lists(raw: bytes) -> object:
    """The first byte chooses: a carrier's tokens, its logins, a party's card, a chain of charters."""
    readers = (read_tokens, read_logins, decode_card, read_chain)
    return readers[raw[0] % 4](raw[1:]) if raw else read_tokens(raw)


def lists_seeds() -> list[bytes]:
    """One of each."""
    tokens = write_tokens(Tokens(3, ((b"a" * 16, b"b" * 16), (b"c" * 16,))))
    login = f"{public_of(new_seed(SeededEntropy('دخول')))} {'0a' * 16} {'0b' * 16}\n".encode()
    made = federation()
    card = msgspec.msgpack.encode(made.charter.parties[0])
    chain = msgspec.msgpack.encode((made.signed,))
    return [bytes([n]) + each for n, each in enumerate((tokens, login, card, chain))]


def parse_upload(raw: bytes) -> object:
    """A file that an officer brings, of any kind."""
    return cleaned(raw, "ملف.docx")


def upload_seeds() -> list[bytes]:
    """A picture of each kind, and an office document with one inside."""
    from tests.work.test_uploads import PICTURES  # noqa: PLC0415 - draws with a library of tests alone

    drawn = [make() for make in PICTURES.values()]  # type: ignore[no-untyped-call]
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", "<w:document/>")
        made.writestr("docProps/core.xml", "<x/>")
        made.writestr("word/media/a.png", drawn[2])
    return [*drawn, box.getvalue()]


def parse_door(raw: bytes) -> object:
    """A token of one entrance, a cookie, a code, and what a passkey's device answers."""
    said = raw.decode("utf8", "replace")
    Doorkeeper(SECRET, "ML").admit(said, now=NOW)
    prefs_in(said)
    step_of(SECRET, said, now=NOW, after=0)
    made = registered(said, CHALLENGE, ORIGIN)
    return made or answered(said, CHALLENGE, ORIGIN, public=b"\xa5\x01\x02\x03\x26", counter=0)


def door_seeds() -> list[bytes]:
    """A token, a cookie, and a device's answers of both kinds."""
    token = mint(SECRET, "ML", "duty", now=NOW, entropy=SeededEntropy("باب")).encode()
    client = {"type": "webauthn.create", "challenge": _plain(CHALLENGE), "origin": ORIGIN}
    rp = hashlib.sha256(b"id.example").digest()
    key = bytes.fromhex("a5010203262001215820") + b"x" * 32 + bytes.fromhex("225820") + b"y" * 32
    data = rp + b"\x45" + bytes(4) + bytes(16) + b"\0\x10" + b"i" * 16 + key
    stated = bytes.fromhex("a363666d74646e6f6e656761747453746d74a068617574684461746158") + bytes([len(data)])
    answer = {
        "clientDataJSON": _plain(msgspec.json.encode(client)),
        "attestationObject": _plain(stated + data),
    }
    entered = {
        "clientDataJSON": _plain(msgspec.json.encode(client | {"type": "webauthn.get"})),
        "authenticatorData": _plain(rp + b"\x05" + bytes(4)),
        "signature": _plain(b"s" * 64),
    }
    whole = {"id": _plain(b"i" * 16), "rawId": _plain(b"i" * 16), "type": "public-key"}
    return [
        token,
        b"ar.light.dense",
        *(msgspec.json.encode(whole | {"response": r}) for r in (answer, entered)),
    ]


def _plain(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
