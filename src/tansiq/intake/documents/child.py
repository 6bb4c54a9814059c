"""The process that reads one foreign file: a question on standard input, an answer on standard output.

``python -m tansiq.intake.documents.child``; with ``run PROGRAM …`` it becomes that program, limited alike.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Final

import msgspec

from tansiq.base.errors import InputError
from tansiq.intake.documents.docx import read_docx
from tansiq.intake.documents.faults import Bomb, Damaged, TooCostly
from tansiq.intake.documents.feed import read_feed
from tansiq.intake.documents.html import read_html
from tansiq.intake.documents.limits import limit_process, refuse_outside
from tansiq.intake.documents.mail import read_mail
from tansiq.intake.documents.pdf import draw_page, read_pdf
from tansiq.intake.documents.shape import Answer, Ask, Extract, Failed, Format

OCR_CPU_S: Final = 180
READERS: Final[dict[Format, Callable[[bytes, str], Answer]]] = {
    "html": lambda data, name: Extract(documents=(read_html(data, name),)),
    "pdf": lambda data, _: read_pdf(data),
    "docx": lambda data, name: Extract(documents=(read_docx(data, name),)),
    "mail": read_mail,
    "feed": read_feed,
}


def answer_to(ask: Ask) -> Answer:
    """Read what is asked for; every fault is an answer, also of a kind that nobody foresaw."""
    try:
        if ask.draw is not None:
            return draw_page(ask.content, ask.draw)
        return READERS[ask.format](ask.content, ask.name)
    except InputError as error:
        return Failed(error.code)
    except MemoryError:
        return Failed(TooCostly.code)
    except RecursionError:
        return Failed(Bomb.code)
    except Exception:  # a library's own fault on foreign bytes tells that they are broken
        return Failed(Damaged.code)


def main() -> None:
    """Answer one question, or become a program with limits."""
    if sys.argv[1:2] == ["run"]:
        limit_process(cpu_s=OCR_CPU_S)
        os.execv(sys.argv[2], sys.argv[2:])  # noqa: S606 - an installed program, no shell wanted
    limit_process()
    ask = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Ask)
    refuse_outside()
    sys.stdout.buffer.write(msgspec.msgpack.encode(answer_to(ask)))


if __name__ == "__main__":
    main()
