"""How a node tells its officers outside the page: gateways from its settings, and the turn it takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from tansiq.base.clock import Clock
from tansiq.base.ids import Entropy
from tansiq.base.messages import Lang
from tansiq.gateways.mail import MailGateway
from tansiq.gateways.notices import Gateway, MailSettings, OutsideSettings, PhoneSettings
from tansiq.gateways.phone import CommandPhone, HttpPhone
from tansiq.gateways.sender import Sender
from tansiq.node.locked import put_private
from tansiq.node.settings import read_settings, write_settings
from tansiq.store.notices import Way
from tansiq.work.outside import Post, gather

MAIL_SECRET: Final = "mail.password"  # noqa: S105 - the name under which a secret rests
PHONE_SECRET: Final = "phone.token"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Outside:
    """One node's notices: what came is looked at, then what waits is sent."""

    post: Post
    sender: Sender

    @property
    def ways(self) -> frozenset[str]:
        """The ways that are set up."""
        return frozenset(self.sender.gateways)

    def turn(self) -> int:
        """Look at what came and send what is due; return how many notices went."""
        gather(self.post)
        return self.sender.pump()


def outside_of(
    folder: Path,
    settings: OutsideSettings | None,
    private: Mapping[str, str],
    post: Post,
    entropy: Entropy,
    *,
    address: str,
    lang: Lang,
) -> Outside:
    """Return a node's way outside. Raises BadGateway."""
    found = settings or OutsideSettings()
    ways = gateways_of(folder, found, private, post.clock, entropy)
    return Outside(post, Sender(post.store, ways, found.address or address, post.clock, lang))


def gateways_of(
    folder: Path, settings: OutsideSettings, private: Mapping[str, str], clock: Clock, entropy: Entropy
) -> dict[Way, Gateway]:
    """Return the gateways of some settings. Raises BadGateway."""
    found: dict[Way, Gateway] = {}
    if (mail := settings.mail) is not None:
        there = replace(mail, ca=str(folder / mail.ca)) if mail.ca else mail
        found["mail"] = MailGateway(there, private.get(MAIL_SECRET, ""), clock, entropy)
    if (phone := settings.phone) is not None:
        found["phone"] = HttpPhone(phone, private.get(PHONE_SECRET, "")) if phone.url else CommandPhone(phone)
    return found


def set_outside(
    folder: Path,
    *,
    mail: MailSettings | None = None,
    phone: PhoneSettings | None = None,
    address: str = "",
    secret: str = "",
    clock: Clock,
    entropy: Entropy,
) -> None:
    """Write one way out into a node's settings, its secret among the node's own. Raises BadGateway."""
    settings = read_settings(folder)
    before = settings.outside or OutsideSettings()
    after = OutsideSettings(
        address=address or before.address, mail=mail or before.mail, phone=phone or before.phone
    )
    gateways_of(folder, after, {}, clock, entropy)
    if secret:
        put_private(folder, MAIL_SECRET if mail is not None else PHONE_SECRET, secret, entropy=entropy)
    write_settings(folder, replace(settings, outside=after))
