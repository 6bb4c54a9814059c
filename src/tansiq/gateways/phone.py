"""Notices by telephone: a gateway of the party's own, reached over HTTP or run as a command.

1. Over HTTP only to this machine or to a private network's address written in figures: nothing is looked up,
   no proxy is used, no redirection followed.
2. A command is a fixed list of words; what is told comes on its standard input as JSON, never as an argument.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import httpx
import msgspec

from tansiq.gateways.near import is_near
from tansiq.gateways.notices import BadGateway, GatewayDown, GatewayRefused, PhoneSettings, Said


class HttpPhone:
    """Posts ``{"to": …, "text": …}`` to an address. Raises BadGateway for one that is not near."""

    def __init__(self, settings: PhoneSettings, token: str = "") -> None:
        if not is_near(settings.url):
            raise BadGateway("a telephone gateway has an address of this machine or its network, in figures")
        self._settings, self._token = settings, token

    def send(self, to: str, said: Said) -> None:
        """Post one message. Raises GatewayDown, GatewayRefused."""
        headers = {"authorization": f"Bearer {self._token}"} if self._token else {}
        try:
            with httpx.Client(trust_env=False, timeout=self._settings.timeout_s) as client:
                answer = client.post(self._settings.url, json={"to": to, "text": said.text}, headers=headers)
        except httpx.HTTPError as error:
            raise GatewayDown("the telephone gateway cannot be reached") from error
        if answer.is_success:
            return
        later = answer.status_code >= 500 or answer.status_code in (401, 403, 408, 425, 429)
        raise (GatewayDown if later else GatewayRefused)(
            f"the telephone gateway answered {answer.status_code}"
        )


class CommandPhone:
    """Runs a command. Raises BadGateway for one that is not a file given by its whole path."""

    def __init__(self, settings: PhoneSettings) -> None:
        if not settings.command or not Path(settings.command[0]).is_absolute():
            raise BadGateway("a telephone command is given by its whole path")
        self._settings = settings

    def send(self, to: str, said: Said) -> None:
        """Run the command once; its exit 0 is success, 75 and a fault to start it ask for another try."""
        given = msgspec.json.encode({"to": to, "text": said.text})
        try:
            done = subprocess.run(
                list(self._settings.command),
                input=given,
                capture_output=True,
                timeout=self._settings.timeout_s,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise GatewayDown("the telephone command cannot be run") from error
        if done.returncode:
            fault = GatewayDown if done.returncode == 75 else GatewayRefused  # sysexits: EX_TEMPFAIL
            raise fault(f"the telephone command ended with {done.returncode}")
