"""A server of another system, with its pictures, on loopback."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from app.core import media
from tests.core.pictures import picture

PHOTO = picture(size=(64, 48))
PAGES: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/photo.jpg": (200, {"Content-Type": "image/jpeg"}, PHOTO),
    "/page.html": (200, {"Content-Type": "image/jpeg"}, b"<html>not a picture</html>"),
    "/moved.jpg": (302, {"Location": "/photo.jpg"}, b""),
    "/large.jpg": (200, {}, b"\0" * (media.MOST_BYTES + 1)),
    "/busy.jpg": (503, {}, b""),
    "/gone.jpg": (410, {}, b""),
}


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, headers, body = PAGES.get(self.path, (404, {}, b""))
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:  # the large one is not read to its end
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Silence."""


class Pictures:
    """Where they are, and which were asked for. The name leads to loopback."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.asked: list[str] = server.asked  # type: ignore[attr-defined]
        self._port = server.server_port

    def url(self, path: str = "/photo.jpg") -> str:
        return f"http://localhost:{self._port}{path}"


@contextmanager
def serving() -> Iterator[Pictures]:
    """The server, while it runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.asked = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Pictures(server)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
