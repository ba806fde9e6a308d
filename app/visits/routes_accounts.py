"""Visits whose visitors differ, over HTTP: which they are, and whose words count."""

from uuid import UUID

from app.core.http import Area, Call, PageQuery, list_of, page_of
from app.identity.guards import SIGNED_IN
from app.visits.models import Visit
from app.visits.queries import cards, visible
from app.visits.schemas.visits import PickSchema, VisitSchema
from app.visits.service import accounts

area = Area("visit_accounts", url_prefix="/visits", title="走访核对")


@area.get(
    "/disputed",
    guard=SIGNED_IN,
    query=PageQuery,
    answer=list_of(VisitSchema),
    summary="Visits whose visitors differ and where I pick, the oldest first",
)
def list_disputed(call: Call) -> object:
    page = page_of(
        call.session,
        visible.disputed(call.actor),
        order=(Visit.on, Visit.id),
        query=call.query,
        present=lambda visit: visit,
    )
    return page | {"items": cards.cards(call.session, call.actor, page["items"])}


@area.post(
    "/<uuid:visit_id>/pick",
    guard=SIGNED_IN,
    body=PickSchema,
    answer=VisitSchema,
    versioned=True,
    summary="Say which visitor's words count",
)
def pick_account(call: Call, visit_id: UUID) -> object:
    account_id = call.body["account_id"]
    visit = accounts.pick(call.session, call.actor, visit_id, call.version, account_id)
    return cards.card(call.session, call.actor, visit)
