"""Security headers on every answer."""

from flask import Flask, Response, request

POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' blob: data:",
        "style-src 'self' 'unsafe-inline'",  # Vue sets element styles (a progress bar's width)
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
# What is no document opens nothing at all; a phone fetches a hundred such answers a day.
DATA = (
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("Cache-Control", "no-store"),
)


def register(app: Flask) -> None:
    """Have the headers set on all answers of this application."""
    secure = str(app.config["PUBLIC_URL"]).startswith("https:")

    @app.after_request
    def harden(response: Response) -> Response:
        headers = response.headers
        headers["X-Content-Type-Options"] = "nosniff"
        if secure:
            headers["Strict-Transport-Security"] = "max-age=31536000"
        if request.path.startswith(("/api/", "/open311/")):
            said = {name.lower() for name, _ in headers}
            for name, value in DATA:
                if name.lower() not in said:
                    headers.add(name, value)
            return response
        headers.setdefault("Content-Security-Policy", POLICY)
        headers["Referrer-Policy"] = "same-origin"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=(self)"
        return response
