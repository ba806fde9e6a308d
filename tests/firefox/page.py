"""What a person does in the app in Firefox, and what the browser then knows."""

import json
import time
from typing import Any

from tests.firefox.browser import Marionette

PRESS = """
const [words, done] = arguments;
const until = Date.now() + 50000;
(function look() {
  const found = [...document.querySelectorAll('button')]
    .find((each) => each.textContent.trim() === words && !each.disabled);
  if (found) { found.click(); done(true); }
  else if (Date.now() > until) done(false);
  else setTimeout(look, 50);
})();
"""
SEE = """
const [words, done] = arguments;
const until = Date.now() + 50000;
(function look() {
  if (document.body.innerText.includes(words)) done(true);
  else if (Date.now() > until) done(false);
  else setTimeout(look, 50);
})();
"""
SHOWN = """
const [done] = arguments;
navigator.serviceWorker.ready
  .then((registration) => registration.getNotifications())
  .then((all) => done(JSON.stringify(all.map(
    ({ title, body, tag, data }) => ({ title, body, tag, link: data && data.link })))));
"""
FORGET = """
const [done] = arguments;
navigator.serviceWorker.ready
  .then((registration) => registration.pushManager.getSubscription())
  .then((subscription) => subscription.unsubscribe())
  .then(done);
"""


def press(client: Marionette, words: str) -> None:
    """Press the button that says this; AssertionError when there is none after 50 seconds."""
    assert client.execute_async_script(PRESS, script_args=[words]), said(client, words)


def see(client: Marionette, words: str) -> None:
    """Wait until the screen says this; AssertionError when it does not after 50 seconds."""
    assert client.execute_async_script(SEE, script_args=[words]), said(client, words)


def said(client: Marionette, words: str) -> str:
    return f"{words!r} is not on: {client.execute_script('return document.body.innerText')}"


def shown(client: Marionette, count: int, seconds: float = 60) -> list[dict[str, Any]]:
    """The notifications on the screen, once there are this many (or when the time is over)."""
    until = time.monotonic() + seconds
    while True:
        found: list[dict[str, Any]] = json.loads(client.execute_async_script(SHOWN))
        if len(found) == count or time.monotonic() > until:
            return found
        time.sleep(0.1)


def click_notification(client: Marionette) -> None:
    """Click the notification that the browser shows: not the page, the small window itself."""
    with client.using_context("chrome"):
        client.execute_script(
            "const [shown] = [...Services.wm.getEnumerator('alert:alert')];"
            "shown.document.getElementById('alertBox').click();"
        )


def addresses(client: Marionette) -> list[str]:
    """What is open in each of the tabs; the first stays chosen."""
    handles = client.window_handles
    found = []
    for handle in handles:
        client.switch_to_window(handle)
        found.append(str(client.get_url()))
    client.switch_to_window(handles[0])
    return found


def forget_subscription(client: Marionette) -> bool:
    """The browser itself gives the subscription up, and our server is not told."""
    return bool(client.execute_async_script(FORGET))
