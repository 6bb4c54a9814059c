"""A key ceremony by the command line alone: nodes, the first charter, a rotation, one who joins late."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest

from tansiq.cli.main import main
from tansiq.exchange.charters import CharterBook
from tansiq.model.charter import SignedCharter, decode_charter
from tansiq.node.ceremony import held_chain
from tansiq.node.locked import held
from tansiq.node.wire import wire
from tansiq.policy.charter import verify_charter

WORD = "ثلاث كلمات طويلة للتمرين"
FOUR = ("DZ", "ML", "MR", "NE")


def word_file(folder: Path) -> Path:
    file = folder / "word"
    file.write_text(f"{WORD}\n", encoding="utf8")
    file.chmod(0o600)
    return file


@pytest.fixture(autouse=True)
def passphrase(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = word_file(tmp_path)
    monkeypatch.setenv("TANSIQ_PASSPHRASE_FILE", str(file))
    return file


def run(*words: object) -> None:
    assert main([str(w) for w in words]) == 0


def refused(*words: object) -> None:
    assert main([str(w) for w in words]) == 1


def init(tmp_path: Path, party: str, port: int, type_: str = "member") -> None:
    names = ("--ar", f"طرف {party}", "--fr", f"Partie {party}", "--en", f"Party {party}")
    word = ("--passphrase-file", tmp_path / "word")
    run("node", "init", tmp_path / party, "--party", party, *names, "--type", type_, "--port", port, *word)


@pytest.fixture(scope="module")
def founding(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folders of four nodes after the ceremony of the first charter."""
    folder = tmp_path_factory.mktemp("founding")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TANSIQ_PASSPHRASE_FILE", str(word_file(folder)))
        for n, party in enumerate(FOUR):
            init(folder, party, 18_000 + n)
        first = folder / "first"
        cards = [folder / party / "card" for party in FOUR]
        run("charter", "found", first, *cards, "--name", "تنسيق", "--amend", 3, "--suspend", 2)
        for party in FOUR:
            run("charter", "sign", folder / party, first)
        for party in FOUR:
            run("charter", "adopt", folder / party, first)
    return folder


@pytest.fixture
def founded(founding: Path, tmp_path: Path) -> Path:
    """A copy of those folders of the test's own."""
    shutil.copytree(founding, tmp_path, dirs_exist_ok=True)
    return tmp_path


def test_the_first_charter_is_signed_by_the_files_of_all_members(founded: Path) -> None:
    chains = {party: held_chain(founded / party) for party in FOUR}
    assert len({msgspec.msgpack.encode(chain) for chain in chains.values()}) == 1
    charter = verify_charter(chains["DZ"][0], previous=None)
    assert [p.code for p in decode_charter(chains["DZ"][0].charter).parties] == list(FOUR)
    assert charter
    node = wire(founded / "ML")
    try:
        assert (node.book.epoch, node.settings.exercise, node.keys.party) == (1, False, "ML")
    finally:
        node.close()


def test_a_charter_that_not_all_have_signed_is_not_adopted(tmp_path: Path) -> None:
    for n, party in enumerate(FOUR):
        init(tmp_path, party, 18_000 + n)
    first = tmp_path / "first"
    run("charter", "found", first, *(tmp_path / p / "card" for p in FOUR), "--name", "تنسيق")
    for party in FOUR[:3]:
        run("charter", "sign", tmp_path / party, first)
    refused("charter", "adopt", tmp_path / "DZ", first)
    assert held_chain(tmp_path / "DZ") == ()


def test_signatures_given_apart_are_brought_together(
    founded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    after = founded / "after"
    run("charter", "propose", founded / "DZ", after, "--suspend", "NE")
    apart = []
    for party in ("DZ", "ML"):
        copy = founded / f"after-{party}"
        copy.write_bytes(after.read_bytes())
        run("charter", "sign", founded / party, copy)
        apart.append(copy)
    refused("charter", "adopt", founded / "MR", apart[0])
    run("charter", "merge", after, *apart)
    run("charter", "adopt", founded / "MR", after)
    capsys.readouterr()
    run("charter", "show", after, "--after", founded / "DZ")
    said = capsys.readouterr().out
    assert "(NE)" in said
    assert "DZ, ML" in said
    refused("charter", "sign", founded / "NE", after)


def test_keys_are_rotated_and_both_open_until_the_charter_names_the_new(founded: Path) -> None:
    folder = founded / "DZ"
    before = held(folder).keys
    run("keys", "rotate", folder)
    after = founded / "after"
    run("charter", "propose", folder, after, "--rotate")
    for party in ("DZ", "ML", "MR"):
        run("charter", "sign", founded / party, after)
    node = wire(folder)
    assert node.keys.signer_id == before.signer_id
    assert len(node.keys.seal_identities) == 2
    node.close()
    run("charter", "adopt", folder, after)
    node = wire(folder)
    try:
        assert node.book.epoch == 2
        assert node.keys.signer_id != before.signer_id
        assert before.seal_identities[0] in node.keys.seal_identities
        entry = node.book().party("DZ")
        assert entry is not None
        assert entry.sign_keys[-1].id == node.keys.signer_id
        assert entry.seal_keys[-1].recipient == node.keys.recipient
    finally:
        node.close()


def test_who_joins_late_gets_the_chain_of_charters(founded: Path) -> None:
    init(founded, "TG", 18_009, "associate")
    after, chain = founded / "after", founded / "chain"
    run("charter", "propose", founded / "DZ", after, "--join", founded / "TG" / "card")
    for party in ("DZ", "ML", "NE"):
        run("charter", "sign", founded / party, after)
    wire(founded / "DZ").close()
    run("charter", "adopt", founded / "DZ", after)
    run("charter", "export", founded / "DZ", chain)
    run("charter", "adopt", founded / "TG", chain)
    node = wire(founded / "TG")
    try:
        assert node.book.epoch == 2
        assert isinstance(node.book, CharterBook)
        with node.store.read() as rx:
            assert rx.log_head()[0] == 0
    finally:
        node.close()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--boxes",), "new mailboxes"),
        (("--set-circle", "LAKE", "--member", "ML", "--names", "بحيرة", "Lac", "Lake"), "Lake"),
        (("--set-compartment", "CASE-9", "--protected", "--hidden"), "officers"),
        (("--presidency", "ML"), "presidency"),
        (("--amend", "2", "--listed-compartments"), "amendment: 2"),
    ],
    ids=lambda each: each[0],
)
def test_every_part_of_the_charter_is_proposed_by_file(
    founded: Path,
    words: tuple[str, ...],
    said: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LC_ALL", "en")
    run("charter", "propose", founded / "DZ", founded / "after", *words)
    assert said in capsys.readouterr().out
    run("charter", "sign", founded / "DZ", founded / "after")


def test_keys_are_made_under_a_passphrase_and_shown_by_their_fingerprint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("keys", "new", "ML", tmp_path / "ml.keys", "--passphrase-file", tmp_path / "word")
    said = capsys.readouterr().out
    assert said.startswith("ML ML-")
    assert b"AGE-SECRET" not in (tmp_path / "ml.keys").read_bytes()
    init(tmp_path, "NE", 18_001)
    capsys.readouterr()
    run("keys", "show", tmp_path / "NE")
    assert held(tmp_path / "NE").keys.signer_id in capsys.readouterr().out


def test_a_file_that_is_no_charter_is_refused(founded: Path) -> None:
    bad = founded / "bad"
    bad.write_bytes(msgspec.msgpack.encode(["x"]))
    refused("charter", "adopt", founded / "DZ", bad)
    refused("charter", "show", bad)
    assert isinstance(held_chain(founded / "DZ")[0], SignedCharter)
