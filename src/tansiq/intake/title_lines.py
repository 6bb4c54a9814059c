"""Where the lines over a text end: its title, what stands over and under that, a dateline of its own."""

from __future__ import annotations

from typing import Final

LONGEST: Final = 140  # letters of a line
MOST: Final = 5  # lines
ENDS: Final = (".", ":", "؛")


def title_end(text: str) -> int:
    """Return the offset at which the lines over a text end; 0 if its first line is of the text itself."""
    end = lines = 0
    while lines < MOST and (stop := text.find("\n", end)) >= 0:
        line = text[end:stop].strip()
        if len(line) > LONGEST or line.endswith(ENDS):
            break
        lines += bool(line)
        end = stop + 1
    return end
