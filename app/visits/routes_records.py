"""Records that are set right, over HTTP: by who wrote them within a day, or by the leader."""

from uuid import UUID

from app.core.http import Area, Call
from app.identity.guards import SIGNED_IN
from app.visits.queries import cards
from app.visits.schemas.visits import CorrectionSchema, VisitSchema, VoidSchema
from app.visits.service import correcting
from app.visits.service.reports import report_of

area = Area("visit_records", url_prefix="/visits", title="走访记录")


@area.post(
    "/<uuid:visit_id>/correct",
    guard=SIGNED_IN,
    body=CorrectionSchema,
    answer=VisitSchema,
    versioned=True,
    summary="Set a record right; what it said before stays",
)
def correct_record(call: Call, visit_id: UUID) -> object:
    at, reason = (visit_id, call.version), call.body["reason"]
    visit = correcting.correct(call.session, call.actor, at, report_of(call.body), reason)
    return cards.card(call.session, call.actor, visit)


@area.post(
    "/<uuid:visit_id>/void",
    guard=SIGNED_IN,
    body=VoidSchema,
    answer=VisitSchema,
    versioned=True,
    summary="Take a record out of what counts; it is not erased",
)
def void_record(call: Call, visit_id: UUID) -> object:
    at = (visit_id, call.version)
    visit = correcting.void(call.session, call.actor, at, call.body["reason"])
    return cards.card(call.session, call.actor, visit)
