"""Serving the built PWA at /app/: hashed files for ever, the shell and the service worker never
from a stale cache."""

import re
from pathlib import Path

from flask import Flask, Response, redirect, send_from_directory
from werkzeug.wrappers import Response as BaseResponse
from whitenoise import WhiteNoise

HASHED = re.compile(r"/app/(?:door/)?assets/.+-[\w-]{8,}\.\w+$")


def register(app: Flask, dist: Path) -> None:
    """Serve the files of `dist`; a path without a file is a screen of the PWA."""

    @app.get("/")
    def front() -> BaseResponse:
        return redirect("/app/")

    @app.get("/app/")
    @app.get("/app/<path:screen>")
    def shell(screen: str = "") -> Response:
        response = send_from_directory(dist, "index.html")
        response.headers["Cache-Control"] = "no-cache"
        return response

    @app.get("/d/<token>")
    @app.get("/f/<token>")
    def resident_page(token: str) -> Response:
        """What a code on a door and a link to a report open: a small page of its own."""
        response = send_from_directory(dist / "door", "index.html")
        response.headers["Cache-Control"] = "no-cache"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    @app.get("/healthz")
    def healthy() -> Response:
        return Response("ok\n", content_type="text/plain")

    if dist.is_dir():
        noise = WhiteNoise(
            app.wsgi_app,
            max_age=0,
            immutable_file_test=lambda path, url: bool(HASHED.search(url)),
            mimetypes={".webmanifest": "application/manifest+json"},
        )
        noise.add_files(str(dist), prefix="app/")
        app.wsgi_app = noise  # type: ignore[method-assign]
