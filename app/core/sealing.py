"""Encrypting a message for a browser, and a process of its own that does nothing else: it is the
larger half of the work of sending, so a second core can take it off the worker.

Frames come in and go out over one socket, in the same order. Nothing here is logged, and nothing
is kept; when the worker ends, in whatever way, there is nothing more to read.
"""

import signal
import socket
from collections.abc import Iterator

import msgspec
from py_vapid import VapidException
from pywebpush import WebPusher, WebPushException

SIZE = 4  # octets before each frame, that say how long it is
READ = 256 * 1024

# What the two libraries raise for keys and addresses that nothing can be done with.
UNUSABLE = (WebPushException, VapidException, ValueError, IndexError)

Letter = tuple[str, str, bytes]  # the two keys of a browser, and what it shall read
Sealed = bytes | str  # or the name of what is wrong with the keys


def sealed(p256dh: str, auth: str, raw: bytes) -> bytes:
    """Encrypted by a fresh key, as RFC 8291 wants it. Raises one of UNUSABLE."""
    keys = {"p256dh": p256dh, "auth": auth}
    body: bytes = WebPusher({"endpoint": "", "keys": keys}).encode(raw)["body"]
    return body


def framed(said: object) -> bytes:
    """As it goes over the socket."""
    raw = msgspec.msgpack.encode(said)
    return len(raw).to_bytes(SIZE, "big") + raw


def frames(heard: bytearray) -> Iterator[bytes]:
    """What has come in whole; the rest stays."""
    while len(heard) >= SIZE:
        end = SIZE + int.from_bytes(heard[:SIZE], "big")
        if len(heard) < end:
            return
        yield bytes(heard[SIZE:end])
        del heard[:end]


def _answer(letter: Letter) -> Sealed:
    try:
        return sealed(*letter)
    except UNUSABLE as fault:
        return type(fault).__name__


def main() -> None:
    """Until there is nothing more to read: the worker decides when this ends."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    line, heard = socket.socket(fileno=0), bytearray()
    read = msgspec.msgpack.Decoder(list[Letter])
    line.sendall(framed([]))  # here we are: to load all this takes longer than a thousand letters
    while piece := line.recv(READ):
        heard += piece
        for frame in frames(heard):
            line.sendall(framed([_answer(letter) for letter in read.decode(frame)]))
