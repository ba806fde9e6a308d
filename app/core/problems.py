"""Problem documents: how a refusal, an HTTP error and a defect are answered."""

import logging
from collections.abc import Callable

from flask import Flask, Response, current_app, request
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.routing import RequestRedirect

from app.core.edge import encode
from app.core.errors import (
    BadRequest,
    Broken,
    Busy,
    MethodNotAllowed,
    NotFound,
    Refusal,
    TooLarge,
)

PROBLEM_JSON = "application/problem+json; charset=utf-8"
KNOWN = {404: NotFound, 405: MethodNotAllowed, 413: TooLarge}

log = logging.getLogger(__name__)


def speak(app: Flask, prefix: str, dialect: Callable[[Refusal], Response]) -> None:
    """Have refusals below a path answered as a standard of others wants them."""
    app.extensions["dialects"][prefix] = dialect


def answer(refusal: Refusal) -> Response:
    """A refusal as an RFC 9457 document, or in the dialect of the path."""
    for prefix, dialect in current_app.extensions["dialects"].items():
        if request.path.startswith(prefix):
            answered: Response = dialect(refusal)
            return answered
    response = Response(encode(refusal.problem()), refusal.status, content_type=PROBLEM_JSON)
    if "retry_after" in refusal.extra:
        response.headers["Retry-After"] = str(refusal.extra["retry_after"])
    return response


def register(app: Flask) -> None:
    """Have every error of this application answered as a problem document."""
    app.register_error_handler(Refusal, answer)

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response | HTTPException:
        if isinstance(error, RequestRedirect):
            return error
        if isinstance(error, RequestEntityTooLarge):
            return answer(TooLarge())
        return answer(KNOWN.get(error.code or 400, BadRequest)())

    @app.errorhandler(OperationalError)
    def database_error(error: OperationalError) -> Response:
        log.error("the database refused: %s", error, exc_info=error)
        return answer(Busy())

    @app.errorhandler(Exception)
    def defect(error: Exception) -> Response:
        log.error("a defect", exc_info=error)
        if app.testing and isinstance(error, AssertionError):
            raise error
        return answer(Broken())
