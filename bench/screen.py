"""A phone's browser under measurement: its own folder on disk, closed and opened like an app, with
a slow processor; and the moment at which the first visit of the day can be tapped."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Playwright

from tests.e2e.phone import PHONE, WHOLE

SLOW_DOWN = 4
PATIENCE_MS = 60_000
A_MONTH = 30 * 86_400

# The first card of a visit is on the screen, nothing lies above it, and the frame is painted.
WATCH = """(() => {
  window.__tasks = [];
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) __tasks.push([task.startTime, task.duration]);
  }).observe({ type: 'longtask', buffered: true });
  const visit = /\\/app\\/visits\\/[0-9a-f-]{36}$/;
  const tappable = () => {
    const card = [...document.querySelectorAll('a')].find((a) => visit.test(a.href));
    if (!card) return false;
    const { x, y, width, height } = card.getBoundingClientRect();
    const top = document.elementFromPoint(x + width / 2, y + height / 2);
    return top !== null && card.contains(top);
  };
  const look = () => {
    if (!tappable()) return void requestAnimationFrame(look);
    requestAnimationFrame(() => setTimeout(() => (window.__usable = performance.now())));
  };
  look();
})()"""

TRACE = """() => ({
  paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null,
  tasks: __tasks,
  requests: performance.getEntriesByType('resource').map((one) => [
    one.name.replace(location.origin, ''), one.startTime, one.responseEnd, one.transferSize,
  ]),
})"""

SETTLED = """async () => {
  const worker = await navigator.serviceWorker.ready;
  return worker.active?.state === 'activated';
}"""


@dataclass(frozen=True)
class Owner:
    """Whose phone it is, and where the server is."""

    port: int
    cookie: str

    def as_cookie(self) -> Any:
        name, _, value = self.cookie.partition("=")
        return {
            "name": name,
            "value": value,
            "url": f"http://127.0.0.1:{self.port}",
            "expires": time.time() + A_MONTH,
            "httpOnly": True,
            "sameSite": "Lax",
        }


@contextmanager
def switched_on(playwright: Playwright, folder: Path) -> Iterator[BrowserContext]:
    """The browser of this folder; what it has kept is on disk when it ends."""
    context = playwright.chromium.launch_persistent_context(
        str(folder),
        executable_path=str(WHOLE.path),
        args=WHOLE.flags,
        viewport=PHONE,
        locale="zh-CN",
        service_workers="allow",
    )
    context.set_default_timeout(PATIENCE_MS)
    yield context
    context.close()


def open_app(context: BrowserContext, owner: Owner, slow_down: int = SLOW_DOWN) -> Page:
    """Open the app as its sign on the home screen does, and wait until it can be used."""
    page = context.new_page()
    page.add_init_script(WATCH)
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slow_down})
    page.goto(f"http://127.0.0.1:{owner.port}/app/", wait_until="commit")
    page.wait_for_function("() => window.__usable")
    return page


def seconds(page: Page) -> float:
    """From the tap on the app's sign until the first visit could be tapped."""
    milliseconds: float = page.evaluate("() => window.__usable")
    return milliseconds / 1000


def tap_first_visit(page: Page) -> None:
    """It really opens."""
    page.locator("a[href*='/app/visits/']").first.click()
    page.wait_for_url("**/app/visits/*-*")


def settle(page: Page) -> None:
    """Until the worker has the app's files and the phone has read ahead."""
    page.wait_for_function(SETTLED)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1_000)


def waterfall(page: Page) -> str:
    """Where the time went, for a person to read."""
    trace = page.evaluate(TRACE)
    usable = seconds(page) * 1000
    lines = [f"  usable {usable:6.0f} ms, first paint {trace['paint'] or 0:6.0f} ms"]
    for name, start, end, size in trace["requests"]:
        lines.append(f"  {start:6.0f} - {end:6.0f} {size:7.0f} bytes  {name[:70]}")
    busy = [(round(start), round(took)) for start, took in trace["tasks"] if start < usable]
    lines.append(f"  long tasks (start, length): {json.dumps(busy)}")
    return "\n".join(lines)
