"""Whether an act's cost grows with the size of what it is given, judged so that no busy machine lies.

Seconds are those of this thread alone, without the collector of garbage, and the least of several: others
at work on the machine, or a processor that changes its speed between two measurements, only ever add to
them. Bounds are to lie well between what is linear and what is quadratic: ``MOST`` times the linear share.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import Final, TypeVar

T = TypeVar("T")
ROUNDS: Final = 6
MOST: Final = 4.0  # of twenty times the length: eighty times the cost; what is quadratic takes four hundred


def linear(act: Callable[[T], object], short: T, long: T, times: int) -> bool:
    """Return whether ``act`` on ``long``, ``times`` as long as ``short``, costs at most ``MOST × times``.

    Rounds go on while it seems not so; one in which it is so is enough, since nothing makes an act cheaper
    than it is.
    """
    act(short)
    least_short = least_long = float("inf")
    collects = gc.isenabled()
    gc.disable()
    try:
        for _ in range(ROUNDS):
            spent = [_spent_s(act, each) for each in (short, short, long, short)]
            least_long = min(least_long, spent.pop(2))
            least_short = min(least_short, *spent)
            if least_long <= MOST * times * least_short:
                return True
    finally:
        if collects:
            gc.enable()
    return False


def _spent_s(act: Callable[[T], object], given: T) -> float:
    began = time.thread_time()
    act(given)
    return time.thread_time() - began
