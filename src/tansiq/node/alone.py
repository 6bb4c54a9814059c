"""One process at a time over a folder: two over one store would number the same feeds twice."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from tansiq.base.errors import SetupError


class FolderInUse(SetupError):
    """Another program runs over the folder."""

    code = "node.in-use"


class Alone:
    """A folder held by this process; the system lets go of it when the process ends, however it ends."""

    def __init__(self, folder: Path) -> None:
        """Hold the folder. Raises FolderInUse."""
        self._file = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._file)
            raise FolderInUse(f"{folder.name} is in use by another program") from None

    def release(self) -> None:
        """Let go of the folder."""
        os.close(self._file)
