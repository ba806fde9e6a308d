"""Answers are made smaller on their way: gzip for JSON that is worth it."""

import gzip

from flask import Response, request

WORTH_IT = 1024
LEVEL = 5


def pack(response: Response) -> Response:
    """The same answer, compressed if it is JSON of some size and the client takes gzip."""
    if response.mimetype != "application/json":
        return response
    response.vary.add("Accept-Encoding")
    raw = response.get_data()
    if len(raw) > WORTH_IT and request.accept_encodings.quality("gzip") > 0:
        response.set_data(gzip.compress(raw, LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
