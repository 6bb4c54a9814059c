"""One process at a time over a folder."""

from pathlib import Path

import pytest

from tansiq.node.alone import Alone, FolderInUse


def test_a_second_program_over_a_folder_is_refused_until_the_first_lets_go(tmp_path: Path) -> None:
    first = Alone(tmp_path)
    with pytest.raises(FolderInUse) as refused:
        Alone(tmp_path)
    assert refused.value.code == "node.in-use"
    first.release()
    Alone(tmp_path).release()
