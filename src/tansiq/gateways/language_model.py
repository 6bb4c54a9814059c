"""A language model on the premises, by an OpenAI-compatible endpoint (``POST …/chat/completions``).

1. Only at this machine or a private network's address written in figures: no text leaves the premises.
   Nothing is looked up, no proxy is used, no redirection followed.
2. The answer is bound to a JSON schema (``response_format``), read up to a limit, within a time limit.
3. What it answers is believed elsewhere (``intake.quoted``); here it is only fetched.
"""

from __future__ import annotations

from typing import Any, Final

import httpx
import msgspec
from msgspec import Struct

from tansiq.base.errors import PeerError, SetupError
from tansiq.gateways.near import is_near
from tansiq.intake.quoted import ANSWER_LIMIT_BYTES

_KEY_NAME: Final = "model.key"
"""Under which name the private file of a node keeps the endpoint's key, if it asks for one."""


class BadModel(SetupError):
    """The endpoint is not on the premises."""

    code = "model.settings"


class ModelDown(PeerError):
    """The endpoint cannot be reached, takes too long, or answers what is no answer."""

    code = "model.down"


class ModelSettings(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where the model is: ``url`` up to and with ``/v1``; ``name`` as the endpoint calls it."""

    url: str
    name: str
    timeout_s: float = 120.0
    most_tokens: int = 4_000


class _Message(Struct):
    content: str | None = None


class _Choice(Struct):
    message: _Message


class _Answer(Struct):
    choices: list[_Choice]


class LanguageModel:
    """One endpoint. Raises BadModel for one that is not near."""

    def __init__(self, settings: ModelSettings, key: str = "") -> None:
        if not is_near(settings.url):
            raise BadModel("a language model has an address of this machine or its network, in figures")
        self._settings, self._key = settings, key

    @property
    def name(self) -> str:
        """What the model is called."""
        return self._settings.name

    def ask(self, messages: list[dict[str, str]], schema: dict[str, Any]) -> bytes:
        """Return the JSON that the model answers. Raises ModelDown."""
        body = {
            "model": self._settings.name,
            "messages": messages,
            "temperature": 0,
            "max_tokens": self._settings.most_tokens,
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "quoted", "strict": True, "schema": schema},
            },
        }
        try:
            said = msgspec.json.decode(self._posted(msgspec.json.encode(body)), type=_Answer)
        except (msgspec.DecodeError, RecursionError) as error:
            raise ModelDown("the language model's endpoint answered what is no answer") from error
        content = said.choices[0].message.content if said.choices else None
        if not content:
            raise ModelDown("the language model answered nothing")
        return content.encode()

    def _posted(self, body: bytes) -> bytes:
        url = f"{self._settings.url.rstrip('/')}/chat/completions"
        headers = {"content-type": "application/json"}
        if self._key:
            headers["authorization"] = f"Bearer {self._key}"
        try:
            with (
                httpx.Client(trust_env=False, timeout=self._settings.timeout_s) as client,
                client.stream("POST", url, content=body, headers=headers) as answer,
            ):
                if not answer.is_success:
                    raise ModelDown(f"the language model's endpoint answered {answer.status_code}")
                return _within(answer)
        except httpx.HTTPError as error:
            raise ModelDown("the language model's endpoint cannot be reached") from error


def _within(answer: httpx.Response) -> bytes:
    taken = bytearray()
    for part in answer.iter_bytes():
        taken += part
        if len(taken) > 2 * ANSWER_LIMIT_BYTES:
            raise ModelDown("the language model's answer has no end")
    return bytes(taken)


def model_of(settings: ModelSettings | None, private: dict[str, str]) -> LanguageModel | None:
    """Return the node's model, if its settings name one. Raises BadModel."""
    return None if settings is None else LanguageModel(settings, private.get(_KEY_NAME, ""))
