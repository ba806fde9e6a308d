"""A light load: some clients, each sending its requests one after the other on new connections.

Raw sockets and requests made beforehand, so that on a small machine the client costs the server as
little as can be. Bounded by the number of requests.
"""

import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

CLIENTS = 8


@dataclass(frozen=True)
class Result:
    """Milliseconds of each request, and what all together took."""

    milliseconds: list[float]
    seconds: float
    refused: int

    @property
    def rate(self) -> float:
        return len(self.milliseconds) / self.seconds


def request(
    method: str, path: str, headers: dict[str, str], body: bytes = b"", *, port: int
) -> bytes:
    """The bytes of one HTTP request."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


def _send(port: int, raw: bytes) -> int:
    """Send, read to the end, return the status."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(raw)
        first = connection.recv(65536)
        while connection.recv(65536):
            pass
    return int(first[9:12])


def run(port: int, requests: Sequence[bytes], clients: int = CLIENTS) -> Result:
    """Deal the requests out to the clients and wait for all of them."""
    times: list[float] = []
    refused: list[int] = []

    def client(mine: Sequence[bytes]) -> None:
        for raw in mine:
            start = time.perf_counter()
            status = _send(port, raw)
            times.append((time.perf_counter() - start) * 1000)
            if not 200 <= status < 300:
                refused.append(status)

    threads = [
        threading.Thread(target=client, args=(requests[place::clients],))
        for place in range(clients)
    ]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Result(times, time.perf_counter() - start, len(refused))
