"""The tables of the node's own affairs: exchange, people, attachments, the journal. None is a projection."""

from __future__ import annotations

from sqlalchemy import Boolean, Index, Integer, LargeBinary, Text

from tansiq.store.columns import big, of, table

blobs = table(
    "blobs",
    of("digest", LargeBinary, primary_key=True),
    big("size_bytes"),
    big("held_bytes"),
    of("key", LargeBinary),
    of("wanted_from", Text),
    big("at_ms"),
    narrow=True,
)
blob_parts = table(
    "blob_parts",
    of("digest", LargeBinary, primary_key=True),
    big("offset", primary_key=True, autoincrement=False),
    big("size_bytes"),
    of("sealed", LargeBinary),
)
blob_refs = table(
    "blob_refs",
    of("digest", LargeBinary, primary_key=True),
    big("seq", primary_key=True, autoincrement=False),
    Index("blob_refs_by_seq", "seq"),
    narrow=True,
)

outbox = table(
    "outbox",
    big("id", primary_key=True, autoincrement=True),
    of("recipients", Text),
    of("lane", Integer),
    of("digest", LargeBinary),
    big("at_ms"),
    Index("outbox_by_set", "lane", "recipients", "id"),
    Index("outbox_once", "digest", "recipients", unique=True),
)
feeds_out = table(
    "feeds_out",
    of("feed", LargeBinary, primary_key=True),
    of("recipients", Text),
    big("number"),
    of("hash", LargeBinary),
    big("at_ms"),
    narrow=True,
)
segments_out = table(
    "segments_out",
    of("feed", LargeBinary, primary_key=True),
    big("number", primary_key=True, autoincrement=False),
    of("hash", LargeBinary),
    of("head", LargeBinary),
    of("lane", Integer),
    big("at_ms"),
    narrow=True,
)
segment_items = table(
    "segment_items",
    of("feed", LargeBinary, primary_key=True),
    big("number", primary_key=True, autoincrement=False),
    of("n", Integer, primary_key=True),
    of("digest", LargeBinary),
    Index("segment_items_by_digest", "digest"),
    narrow=True,
)
deliveries = table(
    "deliveries",
    of("feed", LargeBinary, primary_key=True),
    big("number", primary_key=True, autoincrement=False),
    of("party", Text, primary_key=True),
    big("sent_ms", nullable=True),
    of("lane", Integer),
    big("at_ms"),
    Index("deliveries_open", "sent_ms", "lane", "at_ms"),
    narrow=True,
)
feeds_in = table(
    "feeds_in",
    of("feed", LargeBinary, primary_key=True),
    of("originator", Text),
    of("recipients", Text),
    big("position"),  # every number up to here has come
    big("announced"),  # the highest number heard of
    of("announced_hash", LargeBinary),
    big("at_ms"),
    narrow=True,
)
segments_in = table(
    "segments_in",
    of("feed", LargeBinary, primary_key=True),
    big("number", primary_key=True, autoincrement=False),
    of("hash", LargeBinary),
    of("previous", LargeBinary, nullable=True),
    big("at_ms"),
    narrow=True,
)
waiting = table(
    "waiting",
    of("digest", LargeBinary, primary_key=True),
    of("record", LargeBinary),
    big("version"),
    of("feed", LargeBinary, nullable=True),
    big("number", nullable=True),
    big("at_ms"),
    of("sealed", LargeBinary),
)
waiting_needs = table(
    "waiting_needs",
    of("digest", LargeBinary, primary_key=True),
    of("needs", LargeBinary, primary_key=True),
    Index("waiting_by_need", "needs"),
    narrow=True,
)
quarantine = table(
    "quarantine",
    big("id", primary_key=True, autoincrement=True),
    big("at_ms"),
    of("code", Text),
    of("party", Text),
    of("detail", Text),
    of("digest", LargeBinary),
    of("sealed", LargeBinary),
    big("settled_ms", nullable=True),
)
receipts = table(
    "receipts",
    of("record", LargeBinary, primary_key=True),
    big("version", primary_key=True, autoincrement=False),
    of("party", Text, primary_key=True),
    of("state", Text, primary_key=True),
    big("at_ms"),
    of("role", Text),
    of("reason", Text),
    narrow=True,
)
peers = table(
    "peers",
    of("party", Text, primary_key=True),
    big("seen_ms", nullable=True),
    of("epoch", Integer),
    big("journal_number"),
    of("journal_hash", LargeBinary),
    narrow=True,
)
charters = table(
    "charters", of("epoch", Integer, primary_key=True), of("raw", LargeBinary), big("at_ms"), narrow=True
)

officers = table(
    "officers",
    of("id", Text, primary_key=True),
    of("name", Text),
    of("role", Text),
    of("pseudonym", Text),
    of("lang", Text),
    of("password", Text),
    of("reader", LargeBinary),
    of("active", Boolean),
    Index("officers_by_name", "name", unique=True),
    narrow=True,
)
sessions = table(
    "sessions",
    of("token", LargeBinary, primary_key=True),
    of("officer", Text),
    big("created_ms"),
    big("until_ms"),
    narrow=True,
)
drafts = table(
    "drafts",
    of("id", Text, primary_key=True),
    of("officer", Text),
    of("kind", Text),
    big("saved_ms"),
    of("sealed", LargeBinary),
    Index("drafts_by_time", "saved_ms"),
)
settings = table("settings", of("key", Text, primary_key=True), of("value", Text), narrow=True)
journal = table(
    "journal",
    big("seq", primary_key=True, autoincrement=False),
    of("act", Text),
    of("officer", Text),
    of("record", LargeBinary, nullable=True),
    of("detail", Text),
    big("at_ms"),
    of("hash", LargeBinary),
    Index("journal_by_record", "record", "seq"),
)
