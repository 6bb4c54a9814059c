"""The table of requirements says what the tests said, and nothing better."""

import re
import subprocess
import sys

from tests.requirements.__main__ import Found, row_of, table


def test_a_row_passes_only_with_a_test_of_its_own_and_without_a_failed_one() -> None:
    found = Found()
    found.passed |= {"R36": 2, "R47": 1}
    found.failed["R47"] = "test_r47_a_break_stops_adoption"
    found.skipped["R09"] = "test_r09_needs_the_articles"
    assert table(found, ["R09", "R36", "R47", "R58"]) == [
        "R09 not_yet skipped: test_r09_needs_the_articles",
        "R36 pass 2 tests",
        "R47 fail test_r47_a_break_stops_adoption",
        "R58 not_yet no test bears its number",
        "1 pass, 1 fail, 2 not_yet",
    ]


def test_a_test_belongs_to_the_row_of_its_file() -> None:
    assert row_of("tests/requirements/test_r36.py::test_r36_a_sentence") == "R36"
    assert row_of("tests/requirements/test_table.py::test_a_row") is None


def test_the_command_runs_the_tests_of_a_row() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.requirements", "R63"], capture_output=True, text=True, check=True
    )
    assert re.search(r"R63 pass \d+ tests\n1 pass, 0 fail, 0 not_yet", done.stdout)
