"""R45: an observer reads what is released, is told of the receipt before, and writes nothing shared."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tansiq.base.ids import RecordId
from tansiq.model.kinds.tearline import Tearline
from tansiq.model.label import label
from tansiq.model.record import Record, encode_body
from tansiq.seal.sign import sign_record
from tests.federation import START_MS, header_of
from tests.web.site import Site

TO_FOUR = {"level": "restricted", "audience": ["DZ", "ML", "MR", "NE", "FR"]}


@pytest.fixture
def france(tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path, "FR")
    with site.client:
        site.sign_in("duty", "fr")
        yield site


@pytest.mark.parametrize("kind", ["position", "conversation", "report", "mandate", "decision", "contact"])
def test_r45_an_observer_posts_nothing_votes_on_nothing_and_talks_on_nothing(france: Site, kind: str) -> None:
    no = france.api("/api/records", {"kind": kind, "title": "Avis", "label": TO_FOUR}, status=422)
    assert (no["code"], no["clause"]) == ("no_permission", "R45")


def test_r45_what_a_partner_may_sign_is_signed(france: Site) -> None:
    asked = {"kind": "ext-request", "title": "Demande", "label": TO_FOUR, "fields": {"wants": "agenda"}}
    france.api("/api/records", asked, status=201)
    log = {"kind": "contact-log", "title": "Journal", "label": TO_FOUR, "fields": {"case": "X"}}
    assert france.api("/api/records", log, status=422)["code"] == "no_permission"


def test_r45_before_opening_it_says_that_the_originator_gets_a_receipt_of_post_and_time_not_the_name(
    france: Site,
) -> None:
    record = _released(france)
    before = france.get(f"/record/{record}")
    assert "L’ouvrir envoie un reçu à son auteur : le poste et l’heure, pas votre nom." in before
    assert "Le comité tient une session." not in before
    france.post(f"/record/{record}/open", {})
    assert "Le comité tient une session." in france.get(f"/record/{record}")
    with france.node.store.read() as rx:
        opened = [e for e in rx.journal_entries(record_id=record) if e.act == "open"]
    assert len(opened) == 1


def test_r45_a_program_is_told_of_the_receipt_before_it_reads_what_it_has_not_opened(france: Site) -> None:
    record = _released(france)
    no = france.api(f"/api/records/{record}", status=422)
    assert no["code"] == "record.receipt-untold"
    assert "pas votre nom" in no["title"]
    assert "Le comité tient une session." not in str(no)
    assert "Le comité tient une session." not in france.get(f"/record/{record}/json")
    with france.node.store.read() as rx:
        assert not [e for e in rx.journal_entries(record_id=record) if e.act == "open"]
    france.api(f"/api/records/{record}/open", {})
    assert france.api(f"/api/records/{record}")["fields"]["text"] == "Le comité tient une session."
    assert "Le comité tient une session." in france.get(f"/record/{record}/json")


def test_r45_attachments_of_what_is_only_observed_are_not_downloaded(france: Site) -> None:
    record = _released(france)
    no = france.client.get(f"/record/{record}/blob/{'0' * 64}")
    assert no.status_code == 403 or "no_permission" in no.text


def _released(site: Site) -> RecordId:
    """A summary for observers as it came from a member."""
    keys = site.node.world.keys["ML"]
    under = label(("FR", "ML"), level="restricted", notes=("OBSERVER",))
    header = header_of(keys, under, kind="tearline/1")
    body = Tearline(title="Résumé d’ordre du jour", text="Le comité tient une session.")
    record = Record(sign_record(header, encode_body(body, bytes(16)), keys))
    with site.node.store.write() as tx:
        tx.append(record, received_ms=START_MS)
    return record.header.record_id
