"""Another system that is told: it keeps what arrives and answers as it is bidden."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Receiver:
    """What has arrived: headers in small letters, and the raw body."""

    port: int = 0
    answers: list[int] = field(default_factory=list)  # the next ones; 200 when there is none
    arrived: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    held: threading.Event | None = None  # no answer before it is set, though it has arrived

    def url(self) -> str:
        return f"http://localhost:{self.port}/hook"


@contextmanager
def receiving() -> Iterator[Receiver]:
    """The receiver, while it runs."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            receiver.arrived.append((headers, body))
            if receiver.held:
                receiver.held.wait(30)
            self.send_response(receiver.answers.pop(0) if receiver.answers else 200)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Silence."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
