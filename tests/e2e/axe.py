"""Axe looks at a page: whatever it finds serious or worse fails the test."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.services import lacking

AXE = Path(__file__).resolve().parents[2] / "static/pwa/node_modules/axe-core/axe.min.js"
GRAVE = ("serious", "critical")


def look(page: Page) -> None:
    """AssertionError, naming the rules and the elements, where the page shuts somebody out."""
    if not AXE.exists():
        lacking("axe-core (static/pwa/node_modules)", "whether pages are open to everybody")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    found: list[dict[str, Any]] = page.evaluate(
        "axe.run(document, {resultTypes: ['violations']}).then((all) => all.violations)"
    )
    grave = [
        f"{one['id']}: {one['help']} {[node['target'] for node in one['nodes']][:3]}"
        for one in found
        if one["impact"] in GRAVE
    ]
    assert not grave, f"{page.url}\n" + "\n".join(grave)
