"""Signed links to pictures: given to the system that reported the matter, good for a day."""

from itsdangerous import BadSignature, URLSafeTimedSerializer

from app.core.keys import keys

SECONDS = 24 * 3600


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(keys().secret, salt="open311-media")


def link(root: str, digest: str) -> str:
    """The address of a picture below the root of the interface."""
    return f"{root}/media/{_signer().dumps(digest)}.jpg"


def digest_in(token: str) -> str | None:
    """Which picture a link is for; None when it is not ours, or too old."""
    try:
        return str(_signer().loads(token, max_age=SECONDS))
    except BadSignature:
        return None
