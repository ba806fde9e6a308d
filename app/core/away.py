"""A process of its own that speaks to foreign servers through apprise, and may do nothing else.

Lines of JSON come in and go out; each message has a thread, so that nobody waits for one who is
slow. From `arm` on no connection is made to an address that is not public (unless our operator
named the server), no process is started, nothing is written and nothing is listened to: Python's
own audit events refuse it, below apprise and whatever it uses. Nothing here is logged.
"""

import ipaddress
import json
import logging
import smtplib
import socket
import sys
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import Any

import apprise
import requests
from requests.adapters import HTTPAdapter

from app.core.addresses import PrivateAddress, is_public

SECONDS = 20.0
STEP_SECONDS = 8.0
ANSWER_READ = 16 * 1024
REFUSED = frozenset(
    {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.forkpty"}
    | {"socket.bind", "socket.sendto", "socket.sendmsg", "ctypes.dlopen"}
)


@dataclass
class Heard:
    """What one message met on its way; `smtp` is the code of a refused recipient or server."""

    inner: bool = False
    until: float = 0.0
    status: int = 0
    answer: dict[str, Any] = field(default_factory=dict)
    smtp: int = 0
    recipient: bool = False
    inside: bool = False


class _Here(threading.local):
    heard: Heard | None = None


_here = _Here()


def send(url: str, title: str, body: str, *, inner: bool) -> dict[str, Any]:
    """Hand one message over; what was heard, and `ok` as apprise sees it."""
    heard = _here.heard = Heard(inner=inner, until=time.monotonic() + SECONDS)
    asset = apprise.AppriseAsset(
        app_id="Honglin", async_mode=False, http_redirects=False, storage_mode="memory"
    )
    try:
        plugin = apprise.Apprise.instantiate(url, asset=asset)
        if plugin is None:
            return {"ok": False, "unusable": True}
        plugin.socket_connect_timeout = plugin.socket_read_timeout = STEP_SECONDS
        plugin.request_rate_per_sec = 0
        ok = bool(plugin.notify(body=body, title=title, body_format=apprise.NotifyFormat.TEXT))
    except Exception:
        ok = False
    finally:
        _here.heard = None
    return {"ok": ok} | {
        name: value for name, value in asdict(heard).items() if name not in {"inner", "until"}
    }


def prepare() -> None:
    """Put our ears between apprise and the libraries that it speaks through."""
    HTTPAdapter.send = _listening(HTTPAdapter.send)  # type: ignore[method-assign]
    smtplib.SMTP.getreply = _noting(smtplib.SMTP.getreply)  # type: ignore[method-assign]
    smtplib.SMTP.rcpt = _of_recipient(smtplib.SMTP.rcpt)  # type: ignore[method-assign]


def _listening(plain: Any) -> Any:
    """Reads a bounded answer in bounded time, and keeps what it said."""

    def send_one(self: HTTPAdapter, request: Any, **options: Any) -> requests.Response:
        options |= {"stream": True, "proxies": {}}
        response: requests.Response = plain(self, request, **options)
        heard = _here.heard
        raw = bytearray()
        for piece in response.iter_content(1024):
            raw += piece
            if len(raw) > ANSWER_READ or (heard and time.monotonic() > heard.until):
                response.close()
                break
        response._content = bytes(raw[:ANSWER_READ])
        response._content_consumed = True
        if heard:
            heard.status = response.status_code
            with suppress(ValueError):
                said = json.loads(response._content)
                heard.answer = _codes(said) if isinstance(said, dict) else {}
        return response

    return send_one


def _codes(said: dict[str, Any]) -> dict[str, int]:
    """Only the numbers of an answer: its words may repeat what we sent."""
    names = ("errcode", "code", "StatusCode", "ok")
    return {name: int(said[name]) for name in names if isinstance(said.get(name), int)}


def _noting(plain: Any) -> Any:
    def getreply(self: smtplib.SMTP) -> tuple[int, bytes]:
        code, words = plain(self)
        if _here.heard and code >= 400:
            _here.heard.smtp = code
        return code, words

    return getreply


def _of_recipient(plain: Any) -> Any:
    def rcpt(self: smtplib.SMTP, *args: Any, **options: Any) -> tuple[int, bytes]:
        code, words = plain(self, *args, **options)
        if _here.heard and code >= 400:
            _here.heard.recipient = True
        return code, words

    return rcpt


def arm() -> None:
    """From here on, for good: see the top of this file."""
    sys.dont_write_bytecode = True
    sys.addaudithook(_watch)


def _watch(event: str, args: tuple[Any, ...]) -> None:
    if event == "socket.connect":
        _check(args[0], args[1])
    elif event in REFUSED:
        raise PermissionError(event)
    elif event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+"):
        raise PermissionError("open")


def _check(made: socket.socket, address: Any) -> None:
    """Only numbers are looked at: a name would be looked up again, after us."""
    heard = _here.heard
    if made.family not in {socket.AF_INET, socket.AF_INET6} or not isinstance(address, tuple):
        raise PrivateAddress
    host = str(address[0])
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError as name:
        raise PrivateAddress from name
    if heard is None or not (heard.inner or is_public(host)):
        if heard:
            heard.inside = True
        raise PrivateAddress


def _answer(line: str, lock: threading.Lock) -> None:
    asked = json.loads(line)
    said = send(asked["url"], asked["title"], asked["body"], inner=asked["inner"])
    with lock:
        sys.stdout.write(json.dumps({"key": asked["key"], **said}) + "\n")
        sys.stdout.flush()


def main() -> None:
    """Until there is nothing more to read."""
    logging.disable(logging.CRITICAL)
    apprise.Apprise.instantiate("jsons://localhost")  # loads the plugins while files may be read
    prepare()
    arm()
    lock = threading.Lock()
    for line in sys.stdin:
        threading.Thread(target=_answer, args=(line, lock), daemon=True).start()
