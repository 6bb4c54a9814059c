"""Notices by e-mail: one message over TLS to the party's own mail server.

1. TLS from the first byte or by STARTTLS before anything is said; the certificate is verified. Without TLS
   only to a server on this machine.
2. The message names no program, machine or officer: sender, receiver, number, words.
"""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import format_datetime
from ipaddress import ip_address
from typing import Final

from tansiq.base.clock import Clock
from tansiq.base.ids import Entropy
from tansiq.gateways.notices import BadGateway, GatewayDown, GatewayRefused, MailSettings, Said

SECURITIES: Final = ("starttls", "tls", "none")
_HELLO: Final = "[127.0.0.1]"
_LATER: Final = range(400, 500)


class MailGateway:
    """Sends notices by e-mail. Raises BadGateway for settings that must not be."""

    def __init__(self, settings: MailSettings, password: str, clock: Clock, entropy: Entropy) -> None:
        if settings.security not in SECURITIES:
            raise BadGateway(f"security is one of {', '.join(SECURITIES)}")
        if settings.security == "none" and not _this_machine(settings.host):
            raise BadGateway("without TLS only a server on this machine is used")
        if "@" not in settings.sender:
            raise BadGateway("the sender is no address")
        if not (settings.user + password).isascii():  # RFC 4954 as smtplib speaks it
            raise BadGateway("user and password of a mail server are plain ASCII")
        self._settings, self._password = settings, password
        self._clock, self._entropy = clock, entropy

    def send(self, to: str, said: Said) -> None:
        """Send one message. Raises GatewayDown, GatewayRefused."""
        message = self._message(to, said)
        try:
            with self._connected() as server:
                if self._settings.user:
                    server.login(self._settings.user, self._password)
                server.send_message(message)
        except smtplib.SMTPAuthenticationError as error:
            raise GatewayDown("the mail server refused the password") from error
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            fault = GatewayDown if any(code in _LATER for code in codes) else GatewayRefused
            raise fault("the mail server refused the receiver") from error
        except smtplib.SMTPResponseException as error:
            fault = GatewayDown if error.smtp_code in _LATER else GatewayRefused
            raise fault(f"the mail server answered {error.smtp_code}") from error
        except (smtplib.SMTPException, OSError) as error:
            raise GatewayDown("the mail server cannot be reached") from error

    def _connected(self) -> smtplib.SMTP:
        s = self._settings
        if s.security == "tls":
            return smtplib.SMTP_SSL(
                s.host, s.port, local_hostname=_HELLO, timeout=s.timeout_s, context=self._context()
            )
        server = smtplib.SMTP(s.host, s.port, local_hostname=_HELLO, timeout=s.timeout_s)
        if s.security == "starttls":
            try:
                server.starttls(context=self._context())
            except (smtplib.SMTPException, OSError):
                server.close()
                raise
        return server

    def _context(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self._settings.ca or None)

    def _message(self, to: str, said: Said) -> EmailMessage:
        message = EmailMessage()
        sender = self._settings.sender
        message["From"], message["To"], message["Subject"] = sender, to, said.subject
        message["Date"] = format_datetime(self._clock.now())
        message["Message-ID"] = f"<{self._entropy.take(16).hex()}@{sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(said.text)
        return message


def _this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
