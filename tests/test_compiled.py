"""Stores of one process share what SQLAlchemy compiled for any of them."""

from pathlib import Path

from tansiq.store.engine import Engines, connect
from tests.compiled import compiled_once


def test_what_an_engine_that_has_been_connected_compiled_is_shared_by_later_ones(tmp_path: Path) -> None:
    def opened(name: str) -> Engines:
        return connect(f"sqlite:///{tmp_path / name}", create=True)

    with compiled_once():
        idle, first = opened("idle"), opened("first")
        first.writer.connect().close()
        later = opened("later")
    assert first.writer.dialect is not idle.writer.dialect
    for engine in (later.writer, later.reader):
        assert engine.dialect is first.writer.dialect
        assert engine._compiled_cache is first.writer._compiled_cache
    for each in (idle, first, later):
        each.close()
