"""Many POSTs on their way at once, over connections that libcurl keeps; HTTP/2 where it is spoken.

No redirects, no proxies, five seconds in all, a small part of the answer read, and no connection to
an address that is not public: the address is checked when the socket to it is made, so that a name
which answers differently each time gains nothing.
"""

import os
import select
import socket
import ssl
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import certifi
import pycurl

from app.core.addresses import PrivateAddress
from app.core.outgoing import Policy, sockets
from app.notifications.rules.addresses import origin_of

MILLISECONDS = 5000
ANSWER_READ = 1024
CONNECTIONS_KEPT = 512
LONGEST_WAIT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: a status and how long we are asked to wait, or (status 0) why nothing did.
    `final`: asking again would not help."""

    status: int
    reason: str = ""
    wait: timedelta | None = None
    final: bool = False


class _Lent:
    """A socket of which libcurl makes a copy for itself; this one is closed when it has."""

    def __init__(self, number: int) -> None:
        self._number = number

    def fileno(self) -> int:
        return self._number

    def __del__(self) -> None:
        os.close(self._number)


class _Line:
    """One exchange after another, each over whatever connection is free."""

    def __init__(self, policy: Policy) -> None:
        self.key: Any = None
        self.origin = ""
        self._read = 0
        self._turned_away = False
        self._make_socket = sockets(policy)
        self.curl = curl = pycurl.Curl()
        schemes = "https,http" if policy.allow_private else "https"
        for option, value in (
            (pycurl.POST, 1),
            (pycurl.PROTOCOLS, _PROTOCOLS[schemes]),
            (pycurl.FOLLOWLOCATION, 0),
            (pycurl.NOPROXY, "*"),
            (pycurl.NOSIGNAL, 1),
            (pycurl.TIMEOUT_MS, MILLISECONDS),
            (pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_2TLS),
            (pycurl.CAINFO, policy.ca_file or _trusted()),
            (pycurl.WRITEFUNCTION, self._take),
            (pycurl.OPENSOCKETFUNCTION, self._socket),
        ):
            curl.setopt(option, value)

    def ask(self, key: Any, url: str, headers: dict[str, str], body: bytes) -> None:
        self.key, self._read, self._turned_away = key, 0, False
        self.curl.setopt(pycurl.URL, url)
        lines = [f"{name}: {value}" for name, value in headers.items()]
        self.curl.setopt(pycurl.HTTPHEADER, [*lines, "Expect:", "Accept:"])
        self.curl.setopt(pycurl.POSTFIELDS, body)

    def share(self, *, wanted: bool) -> None:
        """Rather wait for a connection that others use than make one."""
        self.curl.setopt(pycurl.PIPEWAIT, wanted)

    @property
    def shared(self) -> bool:
        """Whether the answer came over a connection that carries many at once."""
        return int(self.curl.getinfo(pycurl.INFO_HTTP_VERSION)) >= pycurl.CURL_HTTP_VERSION_2_0

    def answer(self, fault: str | None) -> Answer:
        status = int(self.curl.getinfo(pycurl.RESPONSE_CODE))
        if self._turned_away:
            return Answer(0, "a private address", final=True)
        if fault is not None and not (status and self._read > ANSWER_READ):
            return Answer(0, fault)
        asked = timedelta(seconds=int(self.curl.getinfo(pycurl.RETRY_AFTER)))
        return Answer(status, wait=min(asked, LONGEST_WAIT) if asked else None)

    def _take(self, piece: bytes) -> int | None:
        """Nobody reads the answer; one that goes on and on is cut off."""
        self._read += len(piece)
        return 0 if self._read > ANSWER_READ else None

    def _socket(self, purpose: int, address: Any) -> "_Lent | int":
        family, kind, protocol, where = address
        try:
            made = self._make_socket((family, kind, protocol, "", where))
        except PrivateAddress:
            self._turned_away = True
            return int(pycurl.SOCKET_BAD)
        return _Lent(made.detach())


class Transport:
    """`begin` exchanges under keys of the caller's, and `turn` until each has its answer."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self._multi = pycurl.CurlMulti()
        self._multi.setopt(pycurl.M_MAXCONNECTS, CONNECTIONS_KEPT)
        self._free: list[_Line] = []
        self._busy: dict[pycurl.Curl, _Line] = {}
        self._sharing: set[str] = set()  # origins that have answered over HTTP/2

    def begin(self, key: Any, url: str, headers: dict[str, str], body: bytes) -> None:
        """POST this; the answer comes from `turn`."""
        line = self._free.pop() if self._free else _Line(self.policy)
        line.ask(key, url, headers, body)
        line.origin = origin_of(url)
        # To one that does not share, libcurl would hold everything back until the first answer.
        line.share(wanted=line.origin in self._sharing)
        self._multi.add_handle(line.curl)
        self._busy[line.curl] = line

    def turn(self, seconds: float, beside: socket.socket | None = None) -> list[tuple[Any, Answer]]:
        """Go on for at most so long; whose answers have come. Ends sooner when there is something
        to be read `beside`."""
        if not self._busy and beside is None:
            return []
        self._multi.perform()
        heard = self._heard()
        if not heard and seconds:
            self._rest(seconds, beside)
            self._multi.perform()
            heard = self._heard()
        return heard

    def _rest(self, seconds: float, beside: socket.socket | None) -> None:
        read, write, broken = self._multi.fdset()
        wanted = self._multi.timeout()  # in milliseconds; -1: nothing is due
        most = seconds if wanted < 0 else min(seconds, wanted / 1000)
        heard: list[Any] = [*read] if beside is None else [*read, beside]
        select.select(heard, write, broken, most)

    def _heard(self) -> list[tuple[Any, Answer]]:
        heard: list[tuple[Any, Answer]] = []
        while True:
            left, well, badly = self._multi.info_read()
            ended = [(curl, None) for curl in well] + [(curl, words) for curl, _, words in badly]
            for curl, fault in ended:
                line = self._busy.pop(curl)
                self._multi.remove_handle(curl)
                self._free.append(line)
                answer = line.answer(fault)
                if answer.status and line.shared:
                    self._sharing.add(line.origin)
                heard.append((line.key, answer))
            if not left:
                return heard

    def close(self) -> None:
        """Hang up."""
        for curl in self._busy:
            self._multi.remove_handle(curl)
        self._busy.clear()
        self._free.clear()
        self._multi.close()


_PROTOCOLS = {
    "https": pycurl.PROTO_HTTPS,
    "https,http": pycurl.PROTO_HTTPS | pycurl.PROTO_HTTP,
}


def _trusted() -> str:
    """The authorities that this machine trusts; where it names none, those of the browsers."""
    return ssl.get_default_verify_paths().cafile or certifi.where()
