"""The codes at patrol points: signed links that any phone's camera opens.

A code says which point it hangs at and how often it has been replaced. It opens nothing that its
reader may not see anyway, and scanning is never compulsory: the signature keeps a foreign code from
leading anywhere. Codes on walls outlive a change of the installation's secret, as long as the old
one is kept beside it.
"""

from uuid import UUID

from itsdangerous import BadData, URLSafeSerializer

from app.core.keys import keys
from app.visits.models_patrols import PatrolPoint


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer([*keys().older, keys().secret], salt="patrol-point")


def mark_of(point: PatrolPoint) -> str:
    """What the code of a point says, signed with today's secret."""
    return str(_signer().dumps([point.id.hex, point.serial]))


def unsigned(mark: str) -> str:
    """The part before the signature: the same whatever the secret is, so that a phone without a
    network knows a code of its own points."""
    return mark.partition(".")[0]


def read(mark: str) -> tuple[UUID, int] | None:
    """The point and the serial of a code; None for one that is not ours."""
    try:
        point_id, serial = _signer().loads(mark)
        return UUID(hex=point_id), int(serial)
    except (BadData, ValueError, TypeError, AttributeError):
        return None
