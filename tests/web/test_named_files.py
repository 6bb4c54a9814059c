"""A file is opened by a record that it came with, not by any that names its hash."""

from __future__ import annotations

from pathlib import Path

from tansiq.base.ids import RecordId
from tansiq.model.record import BlobRef, Record, encode_body, kind_of
from tansiq.model.strict import parse_fields
from tests.federation import START_MS, record_of
from tests.web.site import Site

SECRET = b"\x89PNG the file under the compartment"


def test_a_peers_record_that_names_a_file_by_its_hash_opens_it_to_nobody_who_may_not(tmp_path: Path) -> None:
    site = Site(tmp_path)
    with site.client:
        site.sign_in("duty", "en", ("CASE-ORYX",))
        bears = {"level": "confidential", "audience": ["ML"], "compartments": ["CASE-ORYX"]}
        sent = {"kind": "report", "title": "سر", "label": bears, "lang": "ar", "fields": {}}
        own = site.api("/api/records", sent, 201)["id"]
        site.client.post(
            f"/record/{own}/attach", data={"_csrf": site.csrf()}, files={"file": ("f.bin", SECRET)}
        )
        (blob,) = site.api(f"/api/records/{own}")["blobs"]
        theirs = named_by_peer(site, bytes.fromhex(blob["digest"]), blob["size_bytes"])
        cleared = site.client.get(f"/record/{theirs}/blob/{blob['digest']}")
        assert (cleared.status_code, cleared.content) == (200, SECRET)
        site.sign_in("analyst")
        assert site.client.get(f"/record/{theirs}").status_code == 200
        assert site.client.get(f"/record/{theirs}/blob/{blob['digest']}").status_code == 404


def named_by_peer(site: Site, digest: bytes, size_bytes: int) -> RecordId:
    body = encode_body(parse_fields(kind_of("report"), {"title": "من نيامي"}), b"s" * 16)
    blobs = (BlobRef(digest, size_bytes, "image/png", "f"),)
    signed = record_of(site.node.world.keys["NE"], ("ML", "NE"), body, kind="report/1", blobs=blobs)
    with site.node.store.write() as tx:
        tx.append(Record(signed), received_ms=START_MS)
    return Record(signed).header.record_id
