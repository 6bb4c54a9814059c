"""The one table from a fault or a refusal to its answer: HTTP status, code, words in three languages, place.

1. Nothing of a foreign library's message is shown; ``detail`` says what was wrong in our own words.
2. What is absent and what is not permitted give the same answer, byte for byte.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from msgspec import Struct

from tansiq.base.errors import InputError, PeerError, SetupError, StoreError, TansiqError, TrustError
from tansiq.base.messages import Lang, hint_of, messages, title_of
from tansiq.base.refusal import Refusal


class Absent(InputError):
    """There is nothing here for this reader."""

    code = "web.absent"


class SignInFirst(InputError):
    """The page needs an officer."""

    code = "web.sign-in-first"


class NotYourRole(InputError):
    """The officer's role does not allow the act."""

    code = "web.not-your-role"


class Forged(InputError):
    """A form that did not come from a page of this session."""

    code = "web.forged"


class Slower(InputError):
    """Too many attempts; ``after_s`` is when to come again."""

    code = "web.slower"

    def __init__(self, why: str, after_s: int = 60) -> None:
        super().__init__(why)
        self.after_s = after_s


class AccountFirst(InputError):
    """The officer must first set a password of his own, or a second step that his role needs."""

    code = "web.account-first"


class SecondFirst(InputError):
    """The label asks for a second officer, and none has agreed."""

    code = "record.second-first"


class BadMethod(InputError):
    """The address does not take this method."""

    code = "web.bad-method"


_BY_CODE: Final = {
    "web.absent": 404,
    "web.sign-in-first": 401,
    "web.not-your-role": 403,
    "web.forged": 403,
    "web.account-first": 403,
    "record.second-first": 403,
    "web.slower": 429,
    "web.bad-method": 405,
    "input.too-large": 413,
    "input.encoding": 415,
    "input.binary": 415,
    "record.body-too-large": 413,
    "store.full": 507,
    "node.restored": 503,
}
_BY_FAMILY: Final[tuple[tuple[type[TansiqError], int], ...]] = (
    (InputError, 422),
    (TrustError, 409),
    (PeerError, 502),
    (StoreError, 503),
    (SetupError, 500),
)


class Fault(Struct, frozen=True, omit_defaults=True):
    """A fault as the JSON interface says it; ``clause`` names the rule a refusal rests on."""

    code: str
    title: str
    detail: str
    where: str
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """An answer to a fault or a refusal: status and words."""

    status: int
    fault: Fault
    hint: str


def told(error: TansiqError, lang: Lang) -> Told:
    """Return the answer to a fault."""
    where = str(getattr(error, "where", ""))
    detail = "" if isinstance(error, Absent) else hint_of(error.code, lang) or ""
    fault = Fault(error.code, title_of(error.code, lang), detail, where)
    return Told(status_of(error), fault, detail)


def told_no(refusal: Refusal, lang: Lang) -> Told:
    """Return the answer to an expected "no": 422, with what would have to be different."""
    said = messages(lang)
    title = said.get(f"refusals.{refusal.reason}") or title_of(refusal.reason, lang)
    hint = hint_of(refusal.reason, lang) or ""
    missing = ", ".join(sorted(refusal.missing))
    return Told(422, Fault(refusal.reason, title, missing or hint, missing, refusal.clause), hint)


def status_of(error: TansiqError) -> int:
    """Return the HTTP status of a fault: by its code, else by its family."""
    if (found := _BY_CODE.get(error.code)) is not None:
        return found
    return next((status for family, status in _BY_FAMILY if isinstance(error, family)), 500)
