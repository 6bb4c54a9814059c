"""Asks the child process: one process for one file, ended when its time is over.

Question and answer lie in memory alone, never in a file of the disk.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from tempfile import TemporaryFile
from typing import IO, Final

import msgspec

from tansiq.intake.documents.faults import Damaged, TooCostly, fault_of
from tansiq.intake.documents.limits import ANSWER_BYTES
from tansiq.intake.documents.shape import Answer, Ask, Extract, Failed, Pages, Picture

TIMEOUT_S: Final = 60.0
_CHILD: Final = ("-I", "-m", "tansiq.intake.documents.child")
_COSTLY: Final = (signal.SIGXCPU, signal.SIGXFSZ, signal.SIGKILL)


def ask_child(ask: Ask, *, timeout_s: float = TIMEOUT_S) -> Extract | Pages | Picture:
    """Return the answer. Raises the fault that the child names, TooCostly over its limits, else Damaged."""
    code, raw = in_child((), msgspec.msgpack.encode(ask), timeout_s=timeout_s)
    if -code in _COSTLY:
        raise TooCostly("the reader of documents was stopped")
    try:
        answer: Answer = msgspec.msgpack.decode(raw, type=Answer)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Damaged("the reader of documents broke off") from error
    if isinstance(answer, Failed):
        raise fault_of(answer.code)
    return answer


def in_child(
    run: Sequence[str], given: bytes, *, timeout_s: float, environment: Mapping[str, str] | None = None
) -> tuple[int, bytes]:
    """Return exit code and output of the child, or of a program that it becomes. Raises TooCostly."""
    argv = [sys.executable, *_CHILD, *(("run", *run) if run else ())]
    with _memory() as question, _memory() as answer:
        question.write(given)
        question.seek(0)
        process = subprocess.Popen(
            argv,
            stdin=question,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env=dict(environment or {}),
            start_new_session=True,
        )
        try:
            code = process.wait(timeout_s)
        except subprocess.TimeoutExpired as error:
            raise TooCostly(f"not read within {timeout_s} s") from error
        finally:
            _end(process)
        answer.seek(0)
        return code, answer.read(ANSWER_BYTES)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the child and what it may have started, and take its exit."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextlib.contextmanager
def _memory() -> Iterator[IO[bytes]]:
    """A file that lies in memory, where the system has such files."""
    if not hasattr(os, "memfd_create"):
        with TemporaryFile() as file:
            yield file
        return
    with os.fdopen(os.memfd_create("document"), "w+b") as file:
        yield file
