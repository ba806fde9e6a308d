"""The way between a phone and the server: it sees every request, lets some not
through, and loses some of what comes back."""

import socket
import socketserver
import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType

PIECE = 65_536


@dataclass(frozen=True)
class Seen:
    """One request that reached the server, and whether its answer reached the phone."""

    method: str
    path: str
    key: str
    lost: bool
    replayed: bool


class Road:
    """`with Road(port) as road:` listens on `road.port`. One connection carries one request, for
    our server closes it after each."""

    def __init__(self, server_port: int) -> None:
        self.open = True
        self.seen: list[Seen] = []
        self.blocks: Callable[[str, str], bool] = lambda method, path: False
        self.loses: Callable[[str, str, str], bool] = lambda method, path, key: False
        self._server_port = server_port
        road = self

        class Carrier(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                road._carry(self.request)

        socketserver.ThreadingTCPServer.daemon_threads = True
        self._listening = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Carrier)
        self.port: int = self._listening.server_address[1]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "Road":
        threading.Thread(target=self._listening.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._listening.shutdown()
        self._listening.server_close()

    def writes(self) -> list[Seen]:
        """What was sent to be kept; what a phone says of itself is not of them."""
        return [one for one in self.seen if one.method != "GET" and "/sync/" not in one.path]

    def _carry(self, phone: socket.socket) -> None:
        request = _whole_request(phone)
        if not request:
            return
        method, path = request.split(b"\r\n", 1)[0].decode().split(" ")[:2]
        if not self.open or self.blocks(method, path):
            return
        try:
            answer = self._ask(request)
        except OSError:
            return  # no server: the phone sees its connection end
        key = _header(request, b"idempotency-key")
        lost = self.loses(method, path, key)
        replayed = _header(answer, b"idempotency-replayed") == "true"
        self.seen.append(Seen(method, path, key, lost, replayed))
        # Every second lost answer breaks off in its middle.
        half = len(answer) // 2 if len(self.seen) % 2 else 0
        phone.sendall(answer[:half] if lost else answer)

    def _ask(self, request: bytes) -> bytes:
        answer = b""
        with socket.create_connection(("127.0.0.1", self._server_port)) as server:
            server.sendall(request)
            while piece := server.recv(PIECE):
                answer += piece
        return answer


def _header(message: bytes, name: bytes) -> str:
    for line in message.split(b"\r\n\r\n", 1)[0].split(b"\r\n")[1:]:
        if line.lower().startswith(name + b":"):
            return line.split(b":", 1)[1].strip().decode()
    return ""


def _whole_request(phone: socket.socket) -> bytes:
    request = b""
    while b"\r\n\r\n" not in request:
        piece = phone.recv(PIECE)
        if not piece:
            return b""
        request += piece
    head, body = request.split(b"\r\n\r\n", 1)
    left = int(_header(request, b"content-length") or 0) - len(body)
    while left > 0 and (piece := phone.recv(PIECE)):
        body += piece
        left -= len(piece)
    return head + b"\r\n\r\n" + body
