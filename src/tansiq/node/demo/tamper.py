"""The carrier turns malicious: it alters an envelope that waits in a mailbox, to show what follows."""

from __future__ import annotations

from typing import Final

from tansiq.exchange.carriers.jetstream import connect

_INSIDE: Final = -40
"""Which byte is altered: one of the sealed part, well behind the frame's head."""


async def alter_waiting(operator_url: str, mailbox: bytes) -> bool:
    """Replace the newest frame in a mailbox by one with a byte changed; False when none waits there."""
    client = await connect(operator_url, "malicious")
    try:
        stream = client.jetstream()
        name = mailbox.hex()
        info = await stream.stream_info(name)
        if info.state.messages == 0:
            return False
        found = await stream.get_msg(name, seq=info.state.last_seq)
        if found.data is None or found.seq is None:
            return False
        await stream.delete_msg(name, found.seq)
        await stream.publish(name, altered(found.data))
        return True
    finally:
        await client.close()


def altered(frame: bytes) -> bytes:
    """Return the frame with one bit of its sealed part changed."""
    changed = bytearray(frame)
    changed[_INSIDE] ^= 0x01
    return bytes(changed)
