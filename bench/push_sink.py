"""A push service in a process of its own: TLS, kept-alive connections.

It decrypts what it gets, as a browser would, and can let everybody wait as a far network does. At
the end of its input it says how many messages it could read.
"""

import argparse
import asyncio
import json
import re
import ssl
import sys
from pathlib import Path
from typing import cast

from cryptography.hazmat.primitives.asymmetric import ec

from tests.push_receiver.keys import BrowserKeys
from tests.push_receiver.message import opened

HEAD = re.compile(rb"POST /push/(\d+)/.*?content-length: *(\d+)", re.IGNORECASE | re.DOTALL)
HEAD_ENDS = b"\r\n\r\n"
CREATED = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"
CURVE = ec.SECP256R1()


def browsers(number: int) -> list[BrowserKeys]:
    """The same keys whenever they are made: the sender's side makes them for itself."""
    made = []
    for index in range(1, number + 1):
        auth = index.to_bytes(16, "big")
        made.append(BrowserKeys(ec.derive_private_key(index, CURVE), auth))
    return made


class Sink:
    """Takes messages for so many browsers, each answered so many seconds late."""

    def __init__(self, number: int, late: float) -> None:
        self._keys, self.late = browsers(number), late
        self.read = self.unreadable = 0
        self.lines: set[Line] = set()

    def open(self, index: int, body: bytes) -> None:
        """Read one message as its browser would."""
        try:
            json.loads(opened(body, self._keys[index]))
            self.read += 1
        except Exception:
            self.unreadable += 1

    def hang_up(self) -> None:
        """Of those that are still connected nobody waits for an answer."""
        for line in self.lines:
            line.transport.abort()


class Line(asyncio.Protocol):
    """One connection: requests one after another. Streams would cost more than the decrypting."""

    transport: asyncio.Transport

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._heard = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self._sink.lines.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._sink.lines.discard(self)

    def data_received(self, data: bytes) -> None:
        self._heard += data
        while (end := self._heard.find(HEAD_ENDS)) >= 0:
            found = HEAD.match(self._heard)
            assert found is not None
            start = end + len(HEAD_ENDS)
            size = int(found[2])
            if len(self._heard) < start + size:
                return
            index, body = int(found[1]), bytes(self._heard[start : start + size])
            del found, self._heard[: start + size]
            self._sink.open(index, body)
            if self._sink.late:
                asyncio.get_running_loop().call_later(self._sink.late, self._answer)
            else:
                self._answer()

    def _answer(self) -> None:
        self.transport.write(CREATED)


async def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("certificate", type=Path)
    words.add_argument("key", type=Path)
    words.add_argument("--browsers", type=int, default=1)
    words.add_argument("--late", type=float, default=0.0)
    asked = words.parse_args()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(asked.certificate, asked.key)
    sink = Sink(asked.browsers, asked.late)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Line(sink), "127.0.0.1", 0, ssl=context, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    print(json.dumps({"read": sink.read, "unreadable": sink.unreadable}), flush=True)
    server.close()
    sink.hang_up()


if __name__ == "__main__":
    asyncio.run(main())
