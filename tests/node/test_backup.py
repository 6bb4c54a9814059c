"""The drill: a node is put back from its backup and keys, and nothing half-done is ever put in place."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import msgspec
import pyrage
import pytest
import zstandard

from tansiq.base.clock import SetClock, millis
from tansiq.base.ids import SystemEntropy
from tansiq.base.messages import LANGS, Lang
from tansiq.exchange import safe
from tansiq.node.backup import (
    BackupBroken,
    FolderTaken,
    Under,
    backup,
    backup_keys,
    begin_anew,
    frames,
    restore,
)
from tansiq.node.locked import Held, write_held
from tansiq.node.settings import NodeSettings, read_settings, write_private, write_settings
from tansiq.seal.vessel import BadVessel
from tansiq.seal.wrapped import WrongPassphrase
from tansiq.store.errors import AlreadyThere
from tansiq.store.rebuild import content_hash, dump_hash
from tansiq.store.store import Store
from tests.federation import START
from tests.simulate.nodes import Node, World, world_of
from tests.store.postgres import ENGINES, fresh_database, server
from tests.web.site import Site

__all__ = ["server"]
WORD = Under(passphrase="كلمة سرّ طويلة للنسخة")
CLOCK = SetClock(START + timedelta(days=1))
SECRET = b"s" * 32


def lived(tmp_path: Path) -> tuple[World, Node, Path]:
    """A node that has exchanged, in a folder of its own with its settings and keys."""
    folder = tmp_path / "live"
    folder.mkdir()
    world = world_of(folder, ("ML", "NE"))
    node = world["ML"]
    for n in range(3):
        node.write(["NE"], title=f"كمين رقم {n}")
        world["NE"].write(["ML"], title=f"من النيجر {n}")
    world.settle()
    with node.store.write() as tx:
        tx.put_blob(b"\x89PNG" + b"x" * 700_000, at_ms=5)
        tx.journal("see", officer="duty", at_ms=millis(START))
        tx.quarantine("x.y", b"raw", digest=b"d" * 32, at_ms=5)
    write_held(folder, Held(node.keys, SECRET, {}), passphrase=None, entropy=SystemEntropy())
    write_private(folder / "charter", msgspec.msgpack.encode(world.federation.signed))
    at = f"sqlite:///{folder}/ML.db"
    write_settings(folder, NodeSettings(party=node.party, port=9, exercise=True, store_url=at))
    return world, node, folder


def taken(folder: Path, under: Under = WORD) -> tuple[Path, Path]:
    """A backup and the keys of a node."""
    copy, keys = folder.parent / "copy", folder.parent / "keys"
    backup(folder, copy, under, clock=CLOCK, entropy=SystemEntropy())
    backup_keys(folder, keys, under, clock=CLOCK, entropy=SystemEntropy())
    return copy, keys


def put_back(folder: Path, under: Under = WORD, store_url: str | None = None) -> Store:
    """Restore into ``back`` and open the store."""
    back = folder.parent / "back"
    url = store_url or f"sqlite:///{folder.parent}/back.db"
    report = restore(
        folder.parent / "copy",
        folder.parent / "keys",
        back,
        under,
        store_url=url,
        clock=CLOCK,
        entropy=SystemEntropy(),
    )
    assert report.ok
    settings = read_settings(back)
    return Store.open(settings.store_at(back), secret=SECRET, clock=CLOCK, entropy=SystemEntropy())


@pytest.mark.parametrize("engine", ENGINES)
def test_a_node_put_back_is_the_node_that_was(
    tmp_path: Path, engine: str, request: pytest.FixtureRequest
) -> None:
    world, node, folder = lived(tmp_path)
    url = None if engine == "sqlite" else fresh_database(request.getfixturevalue("server"))
    taken(folder)
    before = dump_hash(node.store)
    store = put_back(folder, store_url=url)
    assert dump_hash(store) == before
    with store.read() as rx, node.store.read() as old:
        assert content_hash(rx) == content_hash(old)
        assert rx.journal_entries(1, before=rx.journal_head()[0])[0].hash == old.journal_head()[1]
        assert rx.stamp_head() == old.stamp_head()
        assert rx.feeds_in() == old.feeds_in()
        assert {f.code for f in safe.findings(rx)} == {safe.RESTORED, safe.FEEDS_UNKNOWN}
    with store.write() as tx:
        assert tx.quarantine("y.z", b"raw", digest=b"e" * 32, at_ms=5) == 2
    store.close()
    world.close()


def test_a_backup_tells_nothing_and_opens_for_its_age_recipient(tmp_path: Path) -> None:
    world, node, folder = lived(tmp_path)
    identity = pyrage.x25519.Identity.generate()
    copy, keys = taken(folder, Under(recipients=(str(identity.to_public()),)))
    for word in ("كمين".encode(), b"journal", b"node.json", node.keys.seed, SECRET):
        assert word not in copy.read_bytes() + keys.read_bytes()
    put_back(folder, Under(identities=(str(identity),))).close()
    stranger = Under(identities=(str(pyrage.x25519.Identity.generate()),))
    with pytest.raises(BadVessel):
        restore(copy, keys, tmp_path / "other", stranger, clock=CLOCK, entropy=SystemEntropy())
    assert not (tmp_path / "other").exists()
    world.close()


def test_the_keys_are_in_no_backup(tmp_path: Path) -> None:
    world, _, folder = lived(tmp_path)
    copy, _ = taken(folder)
    with pytest.raises(AlreadyThere):
        restore(copy, copy, tmp_path / "back", WORD, clock=CLOCK, entropy=SystemEntropy())
    assert not (tmp_path / "back").exists()
    world.close()


@pytest.mark.parametrize("harm", ["cut", "flip", "word", "taken"])
def test_nothing_is_put_in_place_of_a_backup_that_is_not_whole(tmp_path: Path, harm: str) -> None:
    world, _, folder = lived(tmp_path)
    copy, keys = taken(folder)
    raw = copy.read_bytes()
    under, back = WORD, tmp_path / "back"
    expected: tuple[type[Exception], ...] = (BadVessel, BackupBroken)
    if harm == "cut":
        copy.write_bytes(raw[: len(raw) * 2 // 3])
    elif harm == "flip":
        middle = len(raw) // 2
        copy.write_bytes(raw[:middle] + bytes([raw[middle] ^ 1]) + raw[middle + 1 :])
    elif harm == "word":
        under, expected = Under(passphrase="كلمة أخرى"), (WrongPassphrase,)
    else:
        back.mkdir()
        (back / "x").touch()
        expected = (FolderTaken,)
    with pytest.raises(expected):
        restore(copy, keys, back, under, store_url=f"sqlite:///{tmp_path}/b.db", clock=CLOCK,
                entropy=SystemEntropy())  # fmt: skip
    assert not back.exists() or harm == "taken"
    world.close()


def test_a_store_that_was_tampered_with_before_the_backup_is_not_put_back(tmp_path: Path) -> None:
    world, node, folder = lived(tmp_path)
    with node.store.write() as tx:
        tx.conn.exec_driver_sql("UPDATE journal SET officer = 'x' WHERE seq = 1")
    taken(folder)
    with pytest.raises(BackupBroken):
        put_back(folder)
    assert not (tmp_path / "back").exists()
    world.close()


def test_a_backup_never_goes_over_a_store_that_is_there(tmp_path: Path) -> None:
    world, _, folder = lived(tmp_path)
    taken(folder)
    with pytest.raises(AlreadyThere):
        put_back(folder, store_url=f"sqlite:///{folder}/ML.db")
    world.close()


def test_a_node_begun_anew_from_its_keys_waits_for_the_others(tmp_path: Path) -> None:
    world, _, folder = lived(tmp_path)
    _, keys = taken(folder)
    url = f"sqlite:///{tmp_path}/anew.db"
    begin_anew(keys, tmp_path / "anew", WORD, store_url=url, clock=CLOCK, entropy=SystemEntropy())
    store = Store.open(url, secret=SECRET, clock=CLOCK, entropy=SystemEntropy())
    with store.read() as rx:
        assert safe.is_hidden(rx)
        assert rx.log_head()[0] == 0
    store.close()
    world.close()


@pytest.mark.parametrize("lang", LANGS)
def test_a_restored_node_shows_no_record_until_it_may(tmp_path: Path, lang: Lang) -> None:
    site = Site(tmp_path)
    path = f"/record/{site.target}"
    site.sign_in("duty", lang=lang)
    with site.node.store.write() as tx:
        safe.enter(tx, [safe.Finding(safe.RESTORED, "", 5), safe.Finding(safe.FEEDS_UNKNOWN, "", 5)])
    for address in ("/", "/today", "/inbox", "/search?q=x", path, f"{path}/json", "/public", "/api/records"):
        assert site.client.get(address).status_code == 503, address
    assert "⟦" not in site.get("/today", status=503)
    assert "start.restored" in site.get("/exchange/witness")
    with site.node.store.write() as tx:
        safe.hear(tx, site.node.party)
    site.post("/exchange/safe", {"reason": "لا طرف على الشبكة"})
    site.get("/today")


def test_a_backup_whose_words_are_no_text_is_said_to_be_broken() -> None:
    part = msgspec.msgpack.encode(["file", "name", b"{}"]).replace(b"name", b"\xff\xfe\xfd\xfc")
    opened = io.BytesIO(zstandard.compress(len(part).to_bytes(4, "big") + part))
    with pytest.raises(BackupBroken):
        list(frames(opened))
