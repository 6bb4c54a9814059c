"""``python -m tansiq`` is the command line."""

from tansiq.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
