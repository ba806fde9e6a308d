"""Gets what the tests need from the machine: PostgreSQL, RabbitMQ, browsers, a reader of PDF,
Chinese letters.

As root on Debian they are installed by name. Elsewhere what lacks is named loudly and its tests are
skipped, except with CI=true, where a test that cannot run is a failure.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path


def has_postgresql() -> bool:
    return bool(shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb")))


def has_rabbitmq() -> bool:
    return Path("/usr/lib/rabbitmq/bin/rabbitmq-server").exists()  # what lies on PATH is for root


def has_headless_chromium() -> bool:
    return bool(shutil.which("chromium-headless-shell"))


def has_chinese_letters() -> bool:
    return any(Path("/usr/share/fonts").rglob("NotoSansCJK*"))


NEEDED: dict[str, tuple[str, Callable[[], bool]]] = {
    "postgresql": ("the services on PostgreSQL", has_postgresql),
    "rabbitmq-server": ("delivery through Celery", has_rabbitmq),
    "chromium": ("pushes in a browser", lambda: bool(shutil.which("chromium"))),
    "chromium-headless-shell": ("the stories in a browser", has_headless_chromium),
    "firefox-esr": ("a real push message", lambda: bool(shutil.which("firefox-esr"))),
    "poppler-utils": ("what stands on printed sheets", lambda: bool(shutil.which("pdftotext"))),
    "fonts-noto-cjk": ("readable screenshots", has_chinese_letters),
}


def lacking() -> list[str]:
    return [package for package, (_, is_here) in NEEDED.items() if not is_here()]


def apt_get(*words: str) -> bool:
    command = ["apt-get", "-qq", "-y", *words]
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL, check=False)
    return done.returncode == 0


def install(packages: list[str]) -> None:
    for _attempt in (1, 2):
        apt_get("update")
        if apt_get("install", "--no-install-recommends", *packages):
            return


def main() -> None:
    packages = lacking()
    if packages and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Installing {', '.join(packages)} ...", flush=True)
        install(packages)
        packages = lacking()
    for package in packages:
        print(f"*** {package} is not installed: {NEEDED[package][0]} will NOT be tested. ***")
    if packages and os.environ.get("CI") == "true":
        sys.exit("CI=true: everything must be tested.")


if __name__ == "__main__":
    main()
