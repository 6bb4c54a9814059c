"""Asking one node, over API and pages, whether it shows an inject or lets anything of it be known."""

from __future__ import annotations

import html
from collections.abc import AsyncIterator
from urllib.parse import urlencode

from msgspec import Struct

from tansiq.node.client import NodeClient

PURPOSE = "exercise"
"""Why the judge searches, where the words hold a person's name."""
NO_RECORD = "01900000-0000-7000-8000-000000000000"
"""An id that no record has: what its absence looks like."""


class Trace(Struct, frozen=True):
    """What identifies an inject: its record's id, title, and a stretch of its text."""

    id: str
    title: str
    snippet: str


def trace_of(record_id: str, title: str, text: str) -> Trace:
    """Return the trace of a posted inject."""
    return Trace(record_id, title, " ".join(text.split())[:80])


async def shown(node: NodeClient, trace: Trace) -> str | None:
    """Return None when a node shows the record everywhere it must, else where it does not."""
    answer = await node.fetch(f"/api/records/{trace.id}")
    if answer.status_code != 200 or trace.title not in answer.json()["title"]:
        return f"API answers {answer.status_code}"
    page = await node.fetch(f"/record/{trace.id}")
    if page.status_code != 200 or not _holds(page.text, trace.title):
        return f"page answers {page.status_code}"
    found = await node.get("/api/search", q=trace.title, purpose=PURPOSE, limit=50)
    if all(row["id"] != trace.id for row in found["rows"]):
        return "search does not find it"
    return None


async def leaks(node: NodeClient, trace: Trace, *, told: bool = False) -> AsyncIterator[str]:
    """Yield each way in which a node tells of a record that it must not know.

    ``told`` = it may know that there was one, for it was told of its recall, and nothing of what it said.
    """
    for path in ("/api/records/{}", "/record/{}", "/api/records/{}/receipts"):
        there = await node.fetch(path.format(trace.id))
        absent = await node.fetch(path.format(NO_RECORD))
        if told:
            if there.status_code == 200 or trace.snippet in there.text or _holds(there.text, trace.title):
                yield f"{path} tells what it said"
        elif there.status_code != absent.status_code or _without_ids(there.text, trace.id) != _without_ids(
            absent.text, NO_RECORD
        ):
            yield f"{path} answers {there.status_code} otherwise than for an absent id"
    for path in ("/api/records?limit=200", "/inbox", "/"):
        text = (await node.fetch(path)).text
        if _holds(text, trace.title) or (trace.id in text and not told):
            yield f"{path} names it"
    for words in (trace.title, trace.snippet):
        found = await node.get("/api/search", q=words, purpose=PURPOSE, limit=50)
        if any(row["id"] == trace.id for row in found["rows"]):
            yield "API search finds it"
    page = (await node.fetch(f"/search?{urlencode({'q': trace.title, 'purpose': PURPOSE})}")).text
    if trace.id in page:
        yield "page search finds it"


async def glimpsed(node: NodeClient, trace: Trace) -> str | None:
    """Return how a node tells of a record that it must not know, asked shortly: by its id and its title."""
    for path in (f"/api/records/{trace.id}", f"/record/{trace.id}"):
        if (await node.fetch(path)).status_code != 404:
            return f"{path} is there"
    found = await node.get("/api/search", q=trace.title, purpose=PURPOSE, limit=50)
    return "search finds it" if any(row["id"] == trace.id for row in found["rows"]) else None


async def public_shows(node: NodeClient, trace: Trace) -> bool:
    """Whether a node's public page and feed show the record without sign-in."""
    page, feed = await node.stranger("/public"), await node.stranger("/public/feed.json")
    return trace.id in page and trace.id in feed


async def public_leaks(node: NodeClient, trace: Trace) -> bool:
    """Whether a node's public page or feed tells of the record."""
    pages = [await node.stranger("/public"), await node.stranger("/public/feed.json")]
    return any(trace.id in p or _holds(p, trace.title) for p in pages)


def _holds(page: str, title: str) -> bool:
    return title in page or html.escape(title) in page or title in html.unescape(page)


def _without_ids(text: str, record_id: str) -> str:
    return text.replace(record_id, "·")
