"""The built assets are named by content and asked for by plain name."""

from pathlib import Path

import pytest

from tansiq.web.assets import AssetsMissing, asset, content_policy


def built(folder: Path) -> Path:
    folder.joinpath("manifest.json").write_text('{"app.css": "app-1A2B.css"}', encoding="utf8")
    return folder


def test_a_plain_name_becomes_a_hashed_address(tmp_path: Path) -> None:
    assert asset("app.css", built(tmp_path)) == "/static/app-1A2B.css"


def test_a_name_that_was_not_built_is_a_coded_fault(tmp_path: Path) -> None:
    with pytest.raises(AssetsMissing) as caught:
        asset("other.css", built(tmp_path))
    assert caught.value.code == "setup.assets-missing"
    assert caught.value.name == "other.css"


def test_without_a_build_the_fault_names_the_folder(tmp_path: Path) -> None:
    with pytest.raises(AssetsMissing) as caught:
        asset("app.css", tmp_path / "nowhere")
    assert caught.value.dist == tmp_path / "nowhere"


def test_the_content_policy_allows_this_host_and_no_other() -> None:
    policy = content_policy("n0nce")
    assert "'nonce-n0nce'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "frame-ancestors 'none'" in policy
