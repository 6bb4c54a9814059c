"""An identity provider of the state's own (OpenID Connect, authorization code with PKCE), behind a switch.

1. The roster stays local: a subject that no administrator has bound to an account lets nobody in, and no
   account is ever made by a provider's word. A disabled account stays out.
2. What the browser carries is sealed and of one use: state, nonce and verifier are one note under the node's
   secret, bound to a cookie of the same browser, good for ten minutes.
3. A token is believed when its signature is by a key of the provider (RS256, ES256, PS256 or EdDSA, never
   ``none`` nor a shared secret), its issuer and audience are the ones of the settings, it has not ended, and
   its nonce is ours.
4. Where an account has a second step, the provider stands for the password alone.
5. Addresses come from the settings, and the provider's own words only from the issuer's address; over TLS,
   but for loopback. Answers are read up to a limit.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

import httpx
import msgspec
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from msgspec import Struct

from tansiq.base.clock import millis
from tansiq.base.errors import UNREADABLE, PeerError, SetupError
from tansiq.base.ids import Entropy
from tansiq.base.refusal import Refusal
from tansiq.store.errors import StoreCorrupt
from tansiq.store.store import Store

LIFE: Final = timedelta(minutes=10)
SKEW_S: Final = 60
ALGORITHMS: Final = ["RS256", "PS256", "ES256", "EdDSA", "Ed25519"]
LIMIT_BYTES: Final = 200_000
_NOTE: Final = b"tansiq.oidc/1"
_REFUSED: Final = (JoseError, ValueError, KeyError, TypeError, AttributeError, *UNREADABLE)
"""What the library raises for tokens and keys that do not hold, or are none."""
_LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")


class BadProvider(SetupError):
    """The provider's settings cannot be used: an address without TLS, or no name."""

    code = "provider.settings"


class ProviderDown(PeerError):
    """The provider does not answer as it must."""

    code = "provider.down"


class ProviderSettings(Struct, frozen=True, kw_only=True):
    """What the settings say: the provider's issuer, our name there, and the address of this node's pages.

    The shared secret, if there is one, is kept with the node's others under ``oidc.secret``.
    """

    issuer: str
    client: str
    address: str
    name: str = ""


class Asked(Struct, frozen=True, array_like=True):
    """What this node remembers of one way to the provider and back."""

    nonce: str
    verifier: str
    until_ms: int
    browser: str


class Leaving(Struct, frozen=True):
    """Where to send the browser, and the word its cookie holds until it is back."""

    to: str
    browser: str


class _Known(Struct, frozen=True):
    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str


class _Tokens(Struct, frozen=True):
    id_token: str


class _Keys(Struct, frozen=True):
    keys: list[dict[str, Any]]


class Provider:
    """One provider as this node speaks to it. Nothing is asked of it before it is needed."""

    def __init__(self, settings: ProviderSettings, *, secret: str = "") -> None:
        _must_be_safe(settings.issuer)
        self.settings = settings
        self._secret = secret
        self._known: _Known | None = None
        self._used: dict[str, int] = {}

    @property
    def back(self) -> str:
        """Where the provider sends the browser back to."""
        return f"{self.settings.address.rstrip('/')}/sign-in/provider/back"

    def leave(self, store: Store, *, now: datetime, entropy: Entropy) -> Leaving:
        """Begin the way to the provider (rule 2). Raises ProviderDown."""
        asked = Asked(
            entropy.take(16).hex(), _plain(entropy.take(32)), millis(now + LIFE), entropy.take(16).hex()
        )
        with store.read() as rx:
            state = _plain(rx.sealed(msgspec.msgpack.encode(asked), _NOTE))
        query = {
            "response_type": "code",
            "scope": "openid",
            "client_id": self.settings.client,
            "redirect_uri": self.back,
            "state": state,
            "nonce": asked.nonce,
            "code_challenge": _plain(hashlib.sha256(asked.verifier.encode()).digest()),
            "code_challenge_method": "S256",
        }
        return Leaving(f"{self._discovered().authorization_endpoint}?{urlencode(query)}", asked.browser)

    def subject(self, store: Store, *, state: str, code: str, browser: str, now: datetime) -> str | Refusal:
        """Return the subject that the provider vouches for; ``provider.again``, ``provider.refused``."""
        asked = self._asked(store, state)
        if asked is None or asked.browser != browser or not self._once(asked, now) or not code:
            return Refusal("provider.again")
        claims = self.vouched(code, asked.verifier)
        if isinstance(claims, Refusal):
            return claims
        subject = claims.get("sub")
        good = claims.get("nonce") == asked.nonce and self.is_for_us(claims, now)
        return subject if good and isinstance(subject, str) and subject else Refusal("provider.refused")

    def vouched(self, code: str, verifier: str) -> dict[str, Any] | Refusal:
        """Return what the provider says for a code, once its signature holds. Raises ProviderDown."""
        try:
            return self._claims(self._exchange(code, verifier))
        except _REFUSED:
            return Refusal("provider.refused")

    def _once(self, asked: Asked, now: datetime) -> bool:
        at_ms = millis(now)
        self._used = {nonce: until for nonce, until in self._used.items() if until > at_ms}
        if asked.until_ms <= at_ms or asked.nonce in self._used:
            return False
        self._used[asked.nonce] = asked.until_ms
        return True

    def is_for_us(self, claims: dict[str, Any], now: datetime) -> bool:
        """Whether what was signed was signed for this node, by this provider, and holds now."""
        audience, at = claims.get("aud"), now.timestamp()
        named = audience == self.settings.client or (
            isinstance(audience, list)
            and self.settings.client in audience
            and claims.get("azp", self.settings.client) == self.settings.client
        )
        ends, begins = claims.get("exp"), claims.get("nbf", 0)
        if not isinstance(ends, int | float) or not isinstance(begins, int | float):
            return False
        ours = named and claims.get("iss") == self.settings.issuer
        return ours and begins - SKEW_S <= at < ends + SKEW_S

    def _asked(self, store: Store, state: str) -> Asked | None:
        try:
            raw = base64.urlsafe_b64decode(state[:1000] + "=" * (-len(state[:1000]) % 4))
            with store.read() as rx:
                return msgspec.msgpack.decode(rx.unsealed(raw, _NOTE), type=Asked)
        except (ValueError, StoreCorrupt, msgspec.DecodeError):
            return None

    def _exchange(self, code: str, verifier: str) -> str:
        form = {
            "grant_type": "authorization_code",
            "code": code[:2000],
            "redirect_uri": self.back,
            "client_id": self.settings.client,
            "code_verifier": verifier,
        }
        if self._secret:
            form["client_secret"] = self._secret
        raw = self._read("POST", self._discovered().token_endpoint, form)
        return msgspec.json.decode(raw, type=_Tokens).id_token

    def _claims(self, token: str) -> dict[str, Any]:
        """Return what a token says once its signature holds (rule 3)."""
        told = msgspec.json.decode(self._read("GET", self._discovered().jwks_uri), type=_Keys)
        return dict(jwt.decode(token, _usable(told.keys), algorithms=ALGORITHMS).claims)

    def _discovered(self) -> _Known:
        if self._known is None:
            address = f"{self.settings.issuer.rstrip('/')}/.well-known/openid-configuration"
            try:
                found = msgspec.json.decode(self._read("GET", address), type=_Known)
            except UNREADABLE as error:
                raise ProviderDown("the provider's description cannot be read") from error
            if found.issuer != self.settings.issuer:
                raise ProviderDown("the provider's description is another's")
            for each in (found.authorization_endpoint, found.token_endpoint, found.jwks_uri):
                _must_be_safe(each)
            self._known = found
        return self._known

    def _read(self, method: str, address: str, form: dict[str, str] | None = None) -> bytes:
        try:
            with (
                httpx.Client(timeout=10.0, trust_env=False) as http,
                http.stream(method, address, data=form) as answer,
            ):
                held = bytearray()
                for part in answer.iter_bytes():
                    held += part
                    if len(held) > LIMIT_BYTES:
                        raise ProviderDown("the provider's answer is too long")
                if answer.status_code >= 500 or (answer.status_code >= 300 and method == "GET"):
                    raise ProviderDown(f"the provider answers {answer.status_code}")
                return bytes(held)
        except httpx.HTTPError as error:
            raise ProviderDown("the provider does not answer") from error


def _usable(told: Iterable[dict[str, Any]]) -> KeySet:
    """Return the keys that can be read: one of a kind that is not known here does not spoil the others."""
    found = KeySet([])
    for each in told:
        with suppress(*_REFUSED):
            found.keys += KeySet.import_key_set({"keys": [each]}).keys
    return found


def _must_be_safe(address: str) -> None:
    """Raise BadProvider for an address that is neither TLS nor loopback (rule 5)."""
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise BadProvider("a provider is asked over TLS")


def _plain(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
