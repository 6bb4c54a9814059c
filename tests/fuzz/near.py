"""Bytes near others: what a hostile or broken sender would make of a good message."""

from __future__ import annotations

from random import Random

from tests.fuzz.targets import Target, attempt

LONGEST_BYTES = 1 << 16


def mutate(raw: bytes, draw: Random) -> bytes:
    """Return bytes a few changes away: flips, cuts, doublings, insertions, numbers at the edge."""
    found = bytearray(raw)
    for _ in range(draw.randint(1, 6)):
        at = draw.randrange(len(found) + 1)
        match draw.randrange(5):
            case 0 if found:
                found[at % len(found)] ^= 1 << draw.randrange(8)
            case 1:
                del found[at : at + draw.randint(1, 16)]
            case 2:
                found[at:at] = found[at : at + draw.randint(1, 64)]
            case 3:
                found[at:at] = draw.randbytes(draw.randint(1, 8))
            case _:
                edge = (
                    b"\xff" * 4,
                    b"\x00" * 4,
                    b"\xdf\xff\xff\xff\xff",
                    b"\xdd\x7f\xff\xff\xff",
                    "\u202e".encode(),
                )
                found[at : at + 4] = draw.choice(edge)
    return bytes(found[:LONGEST_BYTES])


def short(target: Target, count: int, seed: str) -> int:
    """Give a target that many bytes near its seeds; return how many it took."""
    draw, seeds = Random(seed), target.seeds()
    return sum(attempt(target, mutate(draw.choice(seeds), draw)) for _ in range(count))
