"""What a check tries besides what was posted: the same once more, wider, without a field, with a link."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

import msgspec

from tansiq.node.client import NodeAnswer, NodeClient
from tansiq.node.exercise.ground import answer_to
from tansiq.node.exercise.payload import Post, post_of
from tansiq.node.exercise.script import Inject, Script


class Attempts(ABC):
    """The part of a director that tries things; nothing of it is expected to be taken."""

    script: Script
    hour: float
    _ids: dict[str, str]

    @abstractmethod
    def client(self, party: str) -> NodeClient:
        """Return the client of a party's node."""

    @abstractmethod
    def payload(self, inject: Inject, post: Post, hour: float) -> tuple[dict[str, Any], list[str]]:
        """Return what an inject is as the JSON interface takes it, and the fields it lacks there."""

    async def again(self, inject: Inject, add: list[str]) -> str | None:
        """Post an inject once more for more readers; return the refusal's code, None when it is taken."""
        return await answer_to(self.client(inject.node), "/api/records", self._wider(inject, add))

    async def weighed(self, inject: Inject, add: list[str]) -> list[dict[str, Any]]:
        """Return what speaks against an inject for more readers, without posting it."""
        answer = await self.client(inject.node).post("/api/check", self._wider(inject, add))
        return list(answer["objections"])

    def _wider(self, inject: Inject, add: list[str]) -> dict[str, Any]:
        label = msgspec.structs.replace(inject.label, release=(*inject.label.release, *add))
        wider = msgspec.structs.replace(inject, label=label)
        return self.payload(wider, post_of(wider, self.script.meta, self._ids), self.hour)[0]

    async def pointing(self, inject: Inject, party: str, to: str) -> str | None:
        """Try what an inject says at another node, pointing to a record; return the refusal's code."""
        said = self.payload(inject, post_of(inject, self.script.meta, self._ids), self.hour)[0]
        own = {"level": "restricted", "audience": [party]}
        tried = said | {"label": own, "sources": [], "refs": [{"role": "about", "to": to}]}
        return await answer_to(self.client(party), "/api/records", tried)

    async def without(self, inject: Inject, name: str) -> str | None:
        """Return what stops an inject without a field (``a.b`` = part of a field), None if nothing does."""
        bare = msgspec.structs.replace(inject, fields=_bare(inject.fields, name))
        payload = self.payload(bare, post_of(bare, self.script.meta, self._ids), self.hour)[0]
        try:
            answer = await self.client(inject.node).post("/api/check", payload)
        except NodeAnswer as error:
            return error.code_of()
        stops = (o for o in answer["objections"] if o["refuses"] or _would_in_live_work(o, name))
        return next((str(o["code"]) for o in stops), None)


def _would_in_live_work(objection: Mapping[str, Any], name: str) -> bool:
    """Whether a lack that an exercise only shows would stop the record where it holds living persons."""
    return objection["code"] == "field.needed" and name in objection["missing"]


def _bare(fields: Mapping[str, Any], name: str) -> dict[str, Any]:
    head, _, rest = name.partition(".")
    found = dict(fields)
    if not rest:
        found.pop(head, None)
    elif isinstance(found.get(head), Mapping):
        found[head] = _bare(found[head], rest)
    return found
