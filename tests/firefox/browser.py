"""A headless Firefox that believes our push service, driven through Marionette."""

import os
import shutil
import socket
import subprocess
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

with warnings.catch_warnings():  # its libraries ask the machine its name in an old way
    warnings.simplefilter("ignore", DeprecationWarning)
    from marionette_driver.marionette import Marionette

__all__ = ["Marionette", "firefox", "found"]

NAMES = ("firefox-esr", "firefox")


def found() -> str | None:
    """The Firefox of this machine, or None."""
    named = os.environ.get("FIREFOX")
    return named or next((path for path in map(shutil.which, NAMES) if path), None)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _preferences(push_socket_url: str, port: int) -> dict[str, object]:
    return {
        "marionette.port": port,
        "remote.prefs.recommended": False,  # the recommended ones switch push off
        "dom.push.enabled": True,
        "dom.push.connection.enabled": True,
        "dom.push.serverURL": push_socket_url,
        "dom.push.testing.allowInsecureServerURL": True,
        "dom.webnotifications.requireuserinteraction": False,
        "permissions.default.desktop-notification": 1,
        "alerts.useSystemBackend": False,  # a machine of tests has no desktop to show them
        "network.manage-offline-status": False,
        "browser.shell.checkDefaultBrowser": False,
        "browser.startup.homepage": "about:blank",
        "browser.startup.page": 0,
        "browser.aboutwelcome.enabled": False,
        "datareporting.policy.dataSubmissionEnabled": False,
        "toolkit.telemetry.server": "",
        "app.update.enabled": False,
        "app.normandy.enabled": False,
        "services.settings.server": "data:,#remote-settings-dummy/v1",
        "network.captive-portal-service.enabled": False,
        "network.connectivity-service.enabled": False,
        "browser.safebrowsing.update.enabled": False,
        "extensions.update.enabled": False,
        "browser.topsites.contile.enabled": False,
        "dom.disable_open_during_load": False,
    }


def _written(profile: Path, preferences: dict[str, object]) -> None:
    def shown(value: object) -> str:
        if isinstance(value, bool):
            return "true" if value else "false"
        return str(value) if isinstance(value, int) else f'"{value}"'

    lines = [f'user_pref("{name}", {shown(value)});' for name, value in preferences.items()]
    (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")


@contextmanager
def firefox(profile: Path, push_socket_url: str) -> Iterator[Marionette]:
    """One Firefox with a fresh profile; gone again afterwards, whatever happened."""
    port = free_port()
    _written(profile, _preferences(push_socket_url, port))
    command = [found() or "firefox", "--headless", "--marionette", "--no-remote"]
    command += ["--remote-allow-system-access"]  # to click what the browser itself shows
    command += ["--profile", str(profile)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, env=os.environ | {"HOME": str(profile)}, **quiet) as process:
        try:
            client = _connected(port)
            yield client
            client.cleanup()
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def _connected(port: int, seconds: float = 60) -> Marionette:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            time.sleep(0.2)
    client = Marionette(host="127.0.0.1", port=port)
    client.start_session({"acceptInsecureCerts": True})
    client.timeout.script = 60
    return client
