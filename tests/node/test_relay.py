"""The relay stands for a link that can be cut."""

import asyncio

from tansiq.node.relay import Relay


async def _echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(await reader.readexactly(3))
    await writer.drain()
    writer.close()


async def _say(port: int) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(b"abc")
        return await reader.read(10)
    except ConnectionError:
        return b""
    finally:
        writer.close()


def test_a_cut_link_carries_nothing_and_a_restored_one_does_again() -> None:
    async def story() -> list[bytes]:
        far = await asyncio.start_server(_echo, "127.0.0.1", 0)
        relay = Relay("127.0.0.1", far.sockets[0].getsockname()[1])
        port = await relay.start()
        heard = [await _say(port)]
        relay.cut()
        heard.append(await _say(port))
        relay.restore()
        heard.append(await _say(port))
        await relay.stop()
        far.close()
        return heard

    assert asyncio.run(story()) == [b"abc", b"", b"abc"]
