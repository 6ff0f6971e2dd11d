"""What browser tests share: one Chromium, and the example archive built once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sourcebook.build import BuildOptions, build_site

REPOSITORY = Path(__file__).parents[2]
CHROMIUM = Path("/usr/bin/chromium")
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The system's Chromium; Playwright's own is never fetched."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs `pip install playwright`")
    if not CHROMIUM.exists():
        pytest.skip("needs Debian's chromium")
    with playwright.sync_playwright() as started:
        running = started.chromium.launch(executable_path=str(CHROMIUM), args=list(SWITCHES))
        yield running
        running.close()


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built example archive, without its search."""
    folder = tmp_path_factory.mktemp("example") / "site"
    assert build_site(REPOSITORY, BuildOptions(folder, search=False)).output is not None
    return folder
