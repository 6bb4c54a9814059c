"""What a process that reads foreign bytes may use: memory, time, no files, no network, no programs.

The kernel's limits hold whatever a library does; what Python itself would do beyond is refused too.
"""

from __future__ import annotations

import resource
import sys
from typing import Final

MEMORY_BYTES: Final = 1 << 30
CPU_S: Final = 40
ANSWER_BYTES: Final = 256_000_000
_REFUSED: Final = (
    "socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "ctypes.dlopen",
    "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "shutil.",
)  # fmt: skip
_WRITING: Final = 0o3  # O_WRONLY | O_RDWR


def limit_process(*, cpu_s: int = CPU_S, memory_bytes: int = MEMORY_BYTES) -> None:
    """Take from this process what it does not need; for good."""
    wanted = {
        resource.RLIMIT_AS: memory_bytes,
        resource.RLIMIT_CPU: cpu_s,
        resource.RLIMIT_FSIZE: ANSWER_BYTES,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 64,
    }
    for what, size in wanted.items():
        hard = resource.getrlimit(what)[1]
        most = size if hard == resource.RLIM_INFINITY else min(size, hard)
        resource.setrlimit(what, (most, most))


def refuse_outside() -> None:
    """Refuse what Python code of this process would do outside itself: connect, start, write, delete."""
    sys.addaudithook(_judge)


def _judge(event: str, about: tuple[object, ...]) -> None:
    if event.startswith(_REFUSED):
        raise PermissionError(event)
    if event == "open" and isinstance(about[2], int) and about[2] & _WRITING:
        raise PermissionError("open for writing")
