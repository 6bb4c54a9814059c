"""How a node proves itself to a carrier, and a carrier to a node. Source: the NATS protocol, NKeys.

1. Each lane of each node has an Ed25519 seed of its own (an NKey, ``SU…``). The server holds the public half
   alone; what it is shown is a signature over its own fresh nonce: nothing of use can be stolen from it.
2. The carrier proves itself by a certificate of the federation's own authority; no public one is believed.
3. An address holds all of it in one line: ``tls://NAME:SEED@host:port?authority=/path/ca.pem``. The seed
   never leaves this program; a password in its place (``nats://NAME:PASSWORD@…``) is for trials.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs, quote, urlsplit

import nkeys

from tansiq.base.errors import SetupError
from tansiq.base.ids import Entropy

_SEED_CHARS: Final = 58
_PUBLIC_CHARS: Final = 56


class BadLogin(SetupError):
    """The address of a carrier, its seed or its authority cannot be used."""

    code = "carrier.bad-login"


@dataclass(frozen=True, slots=True)
class Login:
    """An address taken apart: where, as whom, with which proof."""

    server: str
    name: str = ""
    seed: str = ""
    password: str = ""
    authority: str = ""

    def __repr__(self) -> str:
        return f"Login({self.server!r}, {self.name!r})"


def new_seed(entropy: Entropy) -> str:
    """Return a new seed of a carrier's user."""
    return str(nkeys.encode_seed(entropy.take(32), nkeys.PREFIX_BYTE_USER).decode())


def public_of(seed: str) -> str:
    """Return the public half (``U…``), for the carrier. Raises BadLogin."""
    try:
        return str(nkeys.from_seed(bytearray(seed.encode())).public_key.decode())
    except (nkeys.NkeysError, ValueError) as error:
        raise BadLogin("a carrier's seed cannot be read") from error


def is_seed(said: str) -> bool:
    """Whether this is a user's seed and no password."""
    return len(said) == _SEED_CHARS and said.startswith("SU") and said.isalnum() and said.isupper()


def is_public(said: str) -> bool:
    """Whether this is the public half of a user's NKey."""
    return len(said) == _PUBLIC_CHARS and said.startswith("U") and said.isalnum() and said.isupper()


def address(host: str, port: int, *, name: str, proof: str, authority: str = "") -> str:
    """Return the address of a carrier in one line (rule 3); with an authority it is spoken to over TLS."""
    query = f"?authority={quote(authority)}" if authority else ""
    return f"{'tls' if authority else 'nats'}://{quote(name)}:{quote(proof)}@{host}:{port}{query}"


def as_user(said: str, name: str, proof: str) -> str:
    """Return an address with who connects put in. Raises BadLogin."""
    found = login_of(said)
    parts = urlsplit(found.server)
    host, port = parts.hostname or "", parts.port or 4222
    return address(host, port, name=name, proof=proof, authority=found.authority)


def login_of(said: str) -> Login:
    """Take an address apart. Raises BadLogin."""
    try:
        parts = urlsplit(said)
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
        server = f"{parts.scheme}://{host}:{parts.port or 4222}"
    except ValueError as error:
        raise BadLogin("the carrier's address cannot be read") from error
    proof, name = parts.password or "", parts.username or ""
    authority = parse_qs(parts.query).get("authority", [""])[0]
    seed = proof if is_seed(proof) else ""
    return Login(server, name, seed, "" if seed else proof, authority)


def trust_of(authority: str) -> ssl.SSLContext | None:
    """Return what a carrier's certificate must be signed by (rule 2); None = no TLS. Raises BadLogin."""
    if not authority:
        return None
    try:
        trust = ssl.create_default_context(cafile=authority)
    except (OSError, ssl.SSLError) as error:
        raise BadLogin("the certificate of the carrier's authority cannot be read") from error
    trust.minimum_version = ssl.TLSVersion.TLSv1_3
    return trust
