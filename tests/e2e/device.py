"""A phone whose browser may be closed, killed and opened again: its profile stays on the disk."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Error, Page, Playwright, expect

from tests.e2e.phone import PHONE, Kind, heed, settle, sign_in
from tests.e2e.road import Road
from tests.e2e.street import Walker
from tests.services import lacking

DEAD_WITHIN = 10


class Device:
    """One phone of one person, and the road that it has to the server."""

    def __init__(self, playwright: Playwright, profile: Path, road: Road, kind: Kind) -> None:
        if not kind.path.exists():
            lacking(kind.path.name, "the stories of a phone without a network")
        self.profile = profile
        self.road = road
        self._kind = kind
        self._playwright = playwright
        self._context: BrowserContext | None = None
        self._air = True

    @property
    def context(self) -> BrowserContext:
        assert self._context is not None, "the browser is closed"
        return self._context

    def start(self) -> Page:
        """Open the browser. It comes back with what the disk kept, and with no page of ours."""
        self._context = self._playwright.chromium.launch_persistent_context(
            str(self.profile),
            executable_path=str(self._kind.path),
            args=self._kind.flags,
            viewport=PHONE,
            locale="zh-CN",
            base_url=self.road.address,
        )
        heed(self._context)
        self._context.set_offline(not self._air)
        self._context.add_init_script(HEAR_THE_BAR)
        return self._context.pages[0]

    def open(self, path: str = "/app/") -> Page:
        """Open the browser and our app in it."""
        page = self.start()
        page.on("pageerror", _fail)
        page.goto(path)
        return page

    def air(self, there: bool) -> None:
        """Whether there is a network. The pages know it; their worker only finds out."""
        self._air = self.road.open = there
        if self._context is not None:
            self._context.set_offline(not there)

    def close(self) -> None:
        if self._context is not None:
            with suppress(Error):
                self._context.close()
        self._context = None

    def kill(self) -> None:
        """The battery dies: SIGKILL for the browser and everything that it started."""
        groups = {os.getpgid(pid) for pid in self._processes()}
        assert groups, "there is no browser to be killed"
        for group in groups:
            os.killpg(group, signal.SIGKILL)
        last = time.monotonic() + DEAD_WITHIN
        while any(self._processes()):
            assert time.monotonic() < last, "the browser outlived its SIGKILL"
            time.sleep(0.02)
        self.close()

    def _processes(self) -> Iterator[int]:
        mark = f"--user-data-dir={self.profile}".encode()
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if mark in (folder / "cmdline").read_bytes().split(b"\0"):
                    yield int(folder.name)

    def talk(self, page: Page) -> CDPSession:
        """Chromium's own protocol, for what no page can do."""
        return self.context.new_cdp_session(page)


def _fail(error: Exception) -> None:
    raise AssertionError(f"the page broke: {error}")


def stored(page: Page) -> dict[str, list[Any]]:
    """Every value of every table of this phone, whatever lies in it spelt out as letters."""
    found: dict[str, list[Any]] = page.evaluate(EVERYTHING)
    return found


def bar_words(page: Page) -> list[str]:
    """All that the bar of what waits has said since this page was opened, however shortly."""
    said: list[str] = page.evaluate("[...window.barWords]")
    return said


HEAR_THE_BAR = """
  window.barWords = new Set();
  new MutationObserver(() => {
    const bar = document.querySelector('a.sync');
    if (bar) window.barWords.add(bar.innerText);
  }).observe(document, { childList: true, subtree: true, characterData: true });
"""

EVERYTHING = """async () => {
  async function spelt(value) {
    if (value instanceof Blob) return spelt(await value.arrayBuffer());
    if (value instanceof ArrayBuffer) return spelt(new Uint8Array(value));
    if (ArrayBuffer.isView(value)) return new TextDecoder().decode(value);
    if (value instanceof CryptoKey) return `key, extractable: ${value.extractable}`;
    if (Array.isArray(value)) return Promise.all(value.map(spelt));
    if (value === null || typeof value !== 'object') return value;
    const fields = Object.entries(value).map(async ([name, one]) => [name, await spelt(one)]);
    return Object.fromEntries(await Promise.all(fields));
  }
  const asked = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const store = await asked(indexedDB.open('honglin'));
  const found = {};
  for (const name of store.objectStoreNames) {
    const values = await asked(store.transaction(name).objectStore(name).getAll());
    found[name] = await spelt(values);
  }
  store.close();
  return found;
}"""


def settled_in(device: Device, who: Walker) -> None:
    """Signed in once, the app and the day on the phone, and the browser closed again."""
    page = device.open("/app/sign-in")
    sign_in(page, who.phone)
    page.evaluate("navigator.serviceWorker.ready.then((ready) => ready.scope)")
    expect(page.get_by_role("heading", name="户")).to_be_visible()
    settle(page)
    device.close()


def out_of_reach(device: Device, who: Walker) -> Page:
    """The person has come to a stairwell without a network, and looks at today's list there."""
    settled_in(device, who)
    device.air(False)
    return device.open("/app/today")
