"""A notice outside the page: its words, and the ways it goes.

1. It says a number, an urgency, a moment and the node's own address. No title, text, kind, sender or label:
   it passes through the hands of strangers.
2. A gateway raises GatewayDown for what may succeed later and GatewayRefused for what never will.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Protocol

import msgspec

from tansiq.base.errors import PeerError, SetupError
from tansiq.base.messages import Lang, say
from tansiq.work.outside import Urgency


class GatewayDown(PeerError):
    """The gateway cannot be reached, or says to come again later."""

    code = "outside.down"


class GatewayRefused(PeerError):
    """The gateway does not take this notice, now or ever."""

    code = "outside.refused"


class BadGateway(SetupError):
    """The settings of a gateway are not fit to use."""

    code = "outside.settings"


@dataclass(frozen=True, slots=True)
class Notice:
    """What is told: the officer's own number, how urgent, until when."""

    number: int
    urgency: Urgency
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A notice in words."""

    subject: str
    text: str


class Gateway(Protocol):
    """One way out. Raises GatewayDown, GatewayRefused."""

    def send(self, to: str, said: Said) -> None: ...


class MailSettings(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The party's own mail server; its password rests with the node's secrets as ``mail.password``.

    ``security`` ``none`` is for a server on this machine. ``ca`` = a file of certificates, as seen from the
    node's folder, blank = those of the system.
    """

    host: str
    port: int = 587
    security: str = "starttls"
    sender: str
    user: str = ""
    ca: str = ""
    timeout_s: float = 30.0


class PhoneSettings(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A gateway for short messages: an address on this machine or network, or a command of this machine."""

    url: str = ""
    command: tuple[str, ...] = ()
    timeout_s: float = 30.0


class OutsideSettings(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How notices leave the node. ``address`` = where its officers find it, blank = where it listens."""

    address: str = ""
    mail: MailSettings | None = None
    phone: PhoneSettings | None = None


_MOMENT: Final = "%Y-%m-%d %H:%MZ"


def words(notice: Notice, address: str, lang: Lang) -> Said:
    """Return a notice in its officer's language (rule 1)."""
    number, urgency = str(notice.number), say(f"daily.urgency.{notice.urgency}", lang)
    lines = [
        say("daily.notice.number", lang, number=number),
        say("daily.notice.urgency", lang, urgency=urgency),
    ]
    if notice.due is not None:
        lines.append(say("daily.notice.due", lang, at=notice.due.astimezone(UTC).strftime(_MOMENT)))
    return Said(say("daily.notice.subject", lang, number=number), "\n".join((*lines, address)))
