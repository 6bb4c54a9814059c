"""The drill of docs/format/drill.md, step by step: stock age and zstd where they are installed."""

from __future__ import annotations

import json
import shutil
import subprocess
import warnings
from importlib.resources import files
from pathlib import Path

import msgspec
import pyrage
import pytest
import zstandard

from tansiq.seal import Segment, unpack
from tansiq.seal.codepage import to_page

VECTORS = Path(__file__).parents[1] / "vectors"
SEGMENT = json.loads((VECTORS / "segment.json").read_text(encoding="utf8"))
BEFORE = json.loads((VECTORS / "n1" / "wire.json").read_text(encoding="utf8"))


def opened(folder: Path, frame: bytes, identity: str) -> bytes:
    """Steps 1 and 2."""
    sealed, key, out = folder / "envelope.age", folder / "NE.key", folder / "packed.bin"
    sealed.write_bytes(frame[21:])
    key.write_text(identity + "\n")
    if shutil.which("age") is None:
        warnings.warn("age is not installed: the library's own age opens the file", stacklevel=2)
        return bytes(pyrage.decrypt(sealed.read_bytes(), [pyrage.x25519.Identity.from_str(identity)]))
    subprocess.run(["age", "--decrypt", "-i", key, "-o", out, sealed], check=True)
    return out.read_bytes()


def unpacked(folder: Path, packed: bytes) -> bytes:
    """Steps 3 and 4."""
    sizes, at = [], 3
    for _ in range(3):
        number, shift = 0, 0
        while True:
            number |= (packed[at] & 0x7F) << shift
            shift, at = shift + 7, at + 1
            if packed[at - 1] < 0x80:
                break
        sizes.append(number)
    part = packed[at : at + sizes[1]]
    if packed[2] == 0:
        return part
    dictionary = files("tansiq.seal").joinpath("dictionary-1.zdict").read_bytes()
    (folder / "part.zst").write_bytes(part)
    (folder / "dictionary-1.zdict").write_bytes(dictionary)
    if shutil.which("zstd") is None:
        reader = zstandard.ZstdDecompressor(dict_data=zstandard.ZstdCompressionDict(dictionary))
        return reader.decompress(part, max_output_size=sizes[0])
    words = ["zstd", "-q", "-d", "part.zst", "-o", "plain.bin"]
    words += ["-D", "dictionary-1.zdict"] if packed[2] == 2 else []
    subprocess.run(words, cwd=folder, check=True)
    return (folder / "plain.bin").read_bytes()


@pytest.mark.filterwarnings("ignore:age is not installed")
def test_a_segment_is_opened_with_stock_tools(tmp_path: Path) -> None:
    packed = opened(tmp_path, bytes.fromhex(SEGMENT["frame"]), SEGMENT["identity"])
    plain = unpacked(tmp_path, packed)
    assert packed[:2] == b"\x01\x00"
    assert to_page("شوهدت ست شاحنات") in plain
    segment = unpack(packed)
    assert isinstance(segment, Segment)
    assert segment.hash.hex() == SEGMENT["hash"]


@pytest.mark.filterwarnings("ignore:age is not installed")
def test_rows_are_read_with_messagepack_alone(tmp_path: Path) -> None:
    packed = opened(tmp_path, bytes.fromhex(BEFORE["frames"]["segment by rows"]), BEFORE["identity"])
    head, rows = msgspec.msgpack.decode(unpacked(tmp_path, packed))
    assert packed[1] == 8
    assert msgspec.msgpack.decode(head)[1] == "ML"
    assert msgspec.msgpack.decode(rows[0][1][16:])["title"] == "غرب الهضبة"
