"""The registry of exits is whole, and what it asks does something where there is something."""

from __future__ import annotations

from pathlib import Path

import pytest

from tansiq.cli.main import GROUPS
from tansiq.web.exits import EXITS, Exit
from tests.trust.__main__ import parts
from tests.trust.exits import COMMANDS, JSON, OTHERS, SILENT, NoWay, addresses, by_id, sent_to
from tests.web.site import Site
from tests.work.nodes import done, put

OF_RECORDS = ("/record/{id}", "/api/records/{id}")
OF_ANOTHER_KIND = ("publish", "api-publish", "carry", "api-carry")
OTHERWISE = (
    "blob",
    "ask-",
    "api-ask-",
    "glass",
    "api-glass",
    "two-",
    "release-a",
    "obtained-",
    "record-gap",
    "api-record-gap",
    "api-obtained-",
    *OF_ANOTHER_KIND,
)
"""Addresses whose id is a record's; which of these need more than it: an attachment, an asking,
an officer of another role."""


@pytest.mark.parametrize("each", EXITS, ids=lambda e: e.name)
def test_every_exit_can_be_asked(each: Exit) -> None:
    assert addresses(each)
    assert (each.method == "GET") == (sent_to(each, "t") == {})


def test_a_new_address_that_takes_json_must_say_what_it_takes() -> None:
    with pytest.raises(NoWay):
        sent_to(Exit("POST", "/api/rumours", "api-rumour", "reader"))
    assert {e.name for e in EXITS} >= JSON.keys()


def test_a_new_address_that_is_read_is_asked_by_itself() -> None:
    assert addresses(Exit("GET", "/cases/{case}/file", "case-file", "reader")) == ["/cases/ID/file"]


def test_every_command_is_asked_or_is_silent() -> None:
    assert COMMANDS.keys() | SILENT == set(GROUPS)


def test_what_leaves_without_an_address_is_looked_at_by_a_check() -> None:
    assert set(OTHERS.values()) <= set(parts())


def test_each_exit_by_id_answers_otherwise_when_the_record_is_there(tmp_path: Path) -> None:
    site = Site(tmp_path)
    with site.client:
        site.sign_in("release")
        there = [done(put(site.node.desk("release"), f"تقرير {n}", to=("ML",))) for n in range(200)]
        for ask, record in zip(by_id(site.csrf()), there, strict=False):
            if not ask.exit.path.startswith(OF_RECORDS) or ask.exit.name.startswith(OTHERWISE):
                continue
            method, path, sent = ask.filled(record)
            answer = site.client.request(method, path, follow_redirects=False, **sent)
            said = (path, answer.status_code, answer.text[:300])
            assert answer.status_code in (200, 201, 303, 409), said
    site.node.store.close()
