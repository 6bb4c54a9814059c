"""An event loop whose work for threads is done in place: a simulated step goes alike each time."""

from __future__ import annotations

import asyncio
import atexit
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class InPlace(ThreadPoolExecutor):
    """Does at once, in the caller's thread, what it is given."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Return what is done already."""
        done: Future[T] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except Exception as fault:
            done.set_exception(fault)
        return done


@cache
def in_place() -> asyncio.Runner:
    """Return the runner of such a loop; it is closed when the program ends."""
    runner = asyncio.Runner()
    runner.get_loop().set_default_executor(InPlace(max_workers=1))
    atexit.register(runner.close)
    return runner
