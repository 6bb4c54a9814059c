"""A page's banner is never below what the page shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tansiq.model.kinds.report import Report
from tansiq.model.label import Level, label
from tansiq.model.record import Record, encode_body
from tansiq.seal.sign import sign_record
from tests.federation import START_MS, header_of
from tests.web.site import Site
from tests.work.nodes import done, put


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    with made.client:
        made.sign_in("release", "en", ("CASE-ORYX",))
        yield made


def signed(site: Site, kind: str, title: str, level: str = "restricted", **more: Any) -> str:
    bears = {"level": level, "audience": ["ML", "NE"]} | more.pop("label", {})
    fields = more.pop("fields", {})
    sent = {"kind": kind, "title": title, "label": bears, "lang": "ar", "fields": fields, **more}
    return str(site.api("/api/records", sent, 201)["id"])


def banner(site: Site, path: str) -> tuple[str, str]:
    page = site.get(path)
    found = re.search(r'banner-head" data-level="(\w+)".*?</', page, re.DOTALL)
    assert found is not None
    return found[1], page


def test_a_records_page_bears_the_level_of_what_points_to_it_and_it_points_to(site: Site) -> None:
    low = signed(site, "report", "بلاغ")
    assert banner(site, f"/record/{low}")[0] == "restricted"
    ends = {"relation_type": "rests-on", "subject_ref": low}
    signed(site, "relation", "صلة سرية", "secret", fields=ends)
    level, page = banner(site, f"/record/{low}")
    assert (level, "صلة سرية" in page) == ("secret", True)
    above = signed(site, "report", "سر", "secret")
    naming = signed(site, "relation", "صلة", fields={"relation_type": "rests-on", "object_ref": above})
    assert banner(site, f"/record/{naming}")[0] == "secret"


def test_a_records_page_names_the_compartment_of_what_points_to_it(site: Site) -> None:
    low = signed(site, "report", "بلاغ")
    ends = {"relation_type": "rests-on", "subject_ref": low}
    signed(site, "relation", "صلة", fields=ends, label={"compartments": ["CASE-ORYX"]})
    assert "ORYX" in site.get(f"/record/{low}").partition("<main")[0]


def test_the_form_of_a_next_version_bears_the_label_of_the_last_one(site: Site) -> None:
    made = signed(site, "report", "سر", "secret")
    assert banner(site, f"/record/{made}/edit")[0] == "secret"


def test_what_was_withdrawn_or_could_be_granted_heads_its_page(site: Site) -> None:
    made = signed(site, "report", "سر الإيفاد", "secret")
    level, page = banner(site, "/releases/backfill?to=FR")
    assert (level, "سر الإيفاد" in page) == ("secret", True)
    site.post(f"/record/{made}/recall", {"reason": "خطأ", "what": "all", "replaced_by": ""})
    assert banner(site, "/exchange/withdrawals")[0] == "secret"


def came(site: Site, title: str, level: Level) -> str:
    """A report of Niger's that has come here."""
    keys = site.node.world.keys["NE"]
    header = header_of(keys, label(("ML", "NE"), level=level), kind="report/1")
    record = Record(sign_record(header, encode_body(Report(title=title), bytes(16)), keys))
    with site.node.store.write() as tx:
        tx.append(record, received_ms=START_MS)
    return str(record.header.record_id)


def leaves(site: Site) -> None:
    """What waits to leave is put into segments, a feed for each audience."""
    with site.node.store.write() as tx:
        for group in tx.pending():
            place = tx.reserve_segment("".join(group.recipients).encode().ljust(16))
            tx.put_segment(
                place, recipients=group.recipients, lane=group.lane, hash=bytes(32), head=b"x",
                digests=group.digests, at_ms=START_MS,
            )  # fmt: skip


def test_what_a_party_holds_of_ours_heads_its_page(site: Site) -> None:
    assert banner(site, "/exchange/holders/NE")[0] == "open"
    signed(site, "report", "بلاغ")
    leaves(site)
    assert banner(site, "/exchange/holders/NE")[0] == "restricted"
    signed(site, "report", "سر الإيفاد", "secret", label={"compartments": ["CASE-ORYX"]})
    leaves(site)
    level, page = banner(site, "/exchange/holders/NE")
    assert (level, "سر الإيفاد" in page) == ("secret", True)
    assert "ORYX" in page.partition("<main")[0]
    level, page = banner(site, "/exchange/holders/DZ")
    assert (level, "سر الإيفاد" in page) == ("open", False)


def test_what_others_are_asked_to_let_go_heads_the_requests(site: Site) -> None:
    assert banner(site, "/releases")[0] == "open"
    made = came(site, "سر نيامي", "secret")
    assert banner(site, "/releases")[0] == "open"
    asked = {"to": ["DZ"], "purpose": "تنسيق", "reason": "", "deadline": ""}
    site.post(f"/record/{made}/ask", asked)
    level, page = banner(site, "/releases")
    assert (level, "سر نيامي" in page) == ("secret", True)


def test_what_waits_for_review_of_a_revoked_key_heads_the_review(site: Site) -> None:
    assert banner(site, "/charter/review")[0] == "open"
    found: tuple[tuple[str, Level], ...] = (("بلاغ", "restricted"), ("سر قديم", "secret"))
    for title, level in found:
        made = done(put(site.node.desk("release"), title, level=level))
        with site.node.store.write() as tx:
            stored = tx.record(made)
            assert stored is not None
            raw = tx.signed(stored.digest)
            assert raw is not None
            tx.hold_back(Record(raw), feed=None, at_ms=1, entered=True)
        shown, page = banner(site, "/charter/review")
        assert (shown, title in page) == (level, True)
