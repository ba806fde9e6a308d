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

from cryptography.hazmat.primitives.asymmetric import ec

from tests.push_receiver.keys import BrowserKeys
from tests.push_receiver.message import opened

HEAD = re.compile(rb"POST /push/(\d+)/.*?content-length: *(\d+)", re.IGNORECASE | re.DOTALL)
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
        self._keys, self._late = browsers(number), late
        self.read = self.unreadable = 0

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                found = HEAD.search(await reader.readuntil(b"\r\n\r\n"))
                assert found is not None
                body = await reader.readexactly(int(found[2]))
                self._open(int(found[1]), body)
                if self._late:
                    await asyncio.sleep(self._late)
                writer.write(CREATED)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    def _open(self, index: int, body: bytes) -> None:
        try:
            json.loads(opened(body, self._keys[index]))
            self.read += 1
        except Exception:
            self.unreadable += 1


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
    server = await asyncio.start_server(sink.take, "127.0.0.1", 0, ssl=context, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    print(json.dumps({"read": sink.read, "unreadable": sink.unreadable}), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
