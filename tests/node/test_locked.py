"""A node's secrets on the disk: under a passphrase given by no argument, opened once, changed whole."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tansiq.base.ids import SeededEntropy
from tansiq.model.label import Party
from tansiq.node import locked
from tansiq.node.locked import (
    Held,
    PassphraseNeeded,
    PassphraseOpen,
    WeakPassphrase,
    held,
    is_locked,
    put_private,
    relock,
    write_held,
)
from tansiq.seal.keys import generate
from tansiq.seal.wrapped import WrongPassphrase

FIRST, SECOND = "onze chameaux bleus", "طريق الصحراء ليلا"
ENTROPY = SeededEntropy("locked")
WHAT = Held(generate(Party("ML"), entropy=ENTROPY), b"s" * 32, {"carrier.alert": "canaryqxz"})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_held(tmp_path, WHAT, passphrase=None, entropy=ENTROPY)
    return tmp_path


def on_disk(folder: Path) -> bytes:
    return b"".join(p.read_bytes() for p in folder.iterdir())


def test_what_an_exercise_holds_stands_as_it_is(folder: Path) -> None:
    assert not is_locked(folder)
    assert held(folder) == WHAT


def test_under_a_passphrase_nothing_secret_can_be_read_from_the_disk(folder: Path) -> None:
    assert WHAT.keys.seed in on_disk(folder)
    relock(folder, None, FIRST, entropy=ENTROPY)
    for secret in (WHAT.keys.seed, WHAT.secret, b"canaryqxz", WHAT.keys.seal_identities[0].encode()):
        assert secret not in on_disk(folder)
    assert is_locked(folder)
    assert held(folder, lambda: FIRST) == WHAT
    assert all(p.stat().st_mode & 0o077 == 0 for p in folder.iterdir())
    with pytest.raises(WrongPassphrase):
        held(folder, lambda: SECOND)


def test_the_words_of_what_is_held_say_nothing_of_it() -> None:
    said = repr(WHAT)
    assert "canaryqxz" not in said
    assert WHAT.keys.seed.hex() not in said


def test_a_passphrase_that_everybody_tries_is_refused_and_changes_nothing(folder: Path) -> None:
    before = on_disk(folder)
    for weak in ("", "kurz", "password1234", "السلام عليكم"):
        with pytest.raises(WeakPassphrase):
            relock(folder, None, weak, entropy=ENTROPY)
    assert on_disk(folder) == before


@pytest.mark.parametrize("broken_off_after", [0, 1, 2])
def test_a_change_that_was_broken_off_is_made_whole_by_making_it_again(
    folder: Path, broken_off_after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    relock(folder, None, FIRST, entropy=ENTROPY)
    written: list[Path] = []

    def once_more(path: Path, raw: bytes) -> None:
        if len(written) == broken_off_after:
            raise KeyboardInterrupt
        written.append(path)
        path.write_bytes(raw)

    with monkeypatch.context() as patched:
        patched.setattr(locked, "write_private", once_more)
        with pytest.raises(KeyboardInterrupt):
            relock(folder, FIRST, SECOND, entropy=ENTROPY)
    relock(folder, FIRST, SECOND, entropy=ENTROPY)
    assert held(folder, lambda: SECOND) == WHAT


def test_another_secret_is_kept_under_the_same_passphrase(folder: Path) -> None:
    relock(folder, None, FIRST, entropy=ENTROPY)
    put_private(folder, "oidc.secret", "قيمة", ask=lambda: FIRST, entropy=ENTROPY)
    assert held(folder, lambda: FIRST).private == WHAT.private | {"oidc.secret": "قيمة"}
    assert "قيمة".encode() not in on_disk(folder)


def test_the_passphrase_comes_from_a_descriptor_a_credential_or_a_file_of_its_owner(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (locked.FD, locked.FILE, locked.CREDENTIALS):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(PassphraseNeeded):
        locked.given()
    kept = tmp_path / "file"
    kept.write_text(FIRST + "\n")
    kept.chmod(0o640)
    monkeypatch.setenv(locked.FILE, str(kept))
    with pytest.raises(PassphraseOpen):
        locked.given()
    kept.chmod(0o600)
    assert locked.given() == FIRST
    (tmp_path / "tansiq-passphrase").write_text(SECOND)
    monkeypatch.setenv(locked.CREDENTIALS, str(tmp_path))
    assert locked.given() == SECOND
    read, write = os.pipe()
    os.write(write, (FIRST + "\n").encode())
    os.close(write)
    monkeypatch.setenv(locked.FD, str(read))
    assert locked.given() == FIRST
    with pytest.raises(PassphraseNeeded):
        locked.given()
    os.close(read)
