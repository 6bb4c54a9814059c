"""What a trained model knows: the features that weigh anything in it, read from its bytes.

A model file of CRFsuite opens with its marks, its sizes and where its parts stand; the features are a table
of strings (``CQDB``) whose directory says where each stands. All numbers are little-endian, 32 bits.
"""

from __future__ import annotations

import struct
from typing import Final

MODEL: Final = struct.Struct("<4sI4s9I")
TABLE: Final = struct.Struct("<4s5I")
STRING: Final = struct.Struct("<2I")
OF_FEATURES: Final = 9  # place of the table's offset in the opening
DIRECTORY: Final = slice(4, 6)  # how many strings, and where the directory begins


def known_features(content: bytes) -> frozenset[str]:
    """Return the features that a model weighs; any other changes nothing that it says."""
    base = MODEL.unpack_from(content)[OF_FEATURES]
    count, directory = TABLE.unpack_from(content, base)[DIRECTORY]
    places = struct.unpack_from(f"<{count}I", content, base + directory)
    return frozenset(_string(content, base + place) for place in places if place)


def _string(content: bytes, at: int) -> str:
    _, size = STRING.unpack_from(content, at)
    begin = at + STRING.size
    return content[begin : begin + size - 1].decode()  # without the zero byte that ends it
