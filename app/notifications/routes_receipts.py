"""Where a device says that it showed a push, or that somebody opened it. The slip is the key: the
sign-in may have run out since."""

from flask import request
from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.core.guards import Guard
from app.core.http import Area, Call
from app.notifications import receipts
from app.notifications.receipts import Slip
from app.notifications.schemas import SignSchema
from app.notifications.service import deliveries

WITH_A_SLIP = Guard("push_slip", lambda actor: isinstance(actor, Slip))

area = Area("push_receipts", url_prefix="/push/receipts", title="推送")


def caller(_session: Session) -> Slip:
    """Who holds this slip. NotFound for one that is not ours."""
    slip = receipts.read(str((request.view_args or {})["token"]))
    if slip is None:
        raise NotFound
    return slip


@area.post(
    "/<token>",
    guard=WITH_A_SLIP,
    caller=caller,
    body=SignSchema,
    idempotent=False,  # the same again says the same
    status=204,
    summary="Say that a push was shown or opened",
)
def sign(call: Call, token: str) -> None:
    deliveries.signed(call.session, call.actor, call.body["sign"])
