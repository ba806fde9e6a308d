"""The call list: emergencies that nobody of their lead has seen, and whom to telephone."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from marshmallow import Schema, fields

from app.core import clock
from app.core.guards import SIGNED_IN
from app.core.http import Area, Call
from app.core.schemas import TelephoneSchema
from app.identity.models import Person
from app.identity.queries import organisations_named, people_named
from app.notifications import queries_calls, setting
from app.notifications.models_calls import EmergencyCall
from app.notifications.rules.calling import Outcome
from app.notifications.service import calling
from app.tickets import catalogue
from app.tickets.models import Ticket

area = Area("calls", url_prefix="/calls", title="应急电话")


class CalledSchema(Schema):
    """The latest call to somebody."""

    outcome = fields.Enum(Outcome, by_value=True, required=True)
    at = fields.AwareDateTime(required=True)
    by = fields.String(required=True)


class ToCallSchema(Schema):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    phone_masked = fields.String(required=True)
    on_duty = fields.Boolean(required=True)
    called = fields.Nested(CalledSchema, required=True, allow_none=True)


class UnseenSchema(Schema):
    """An emergency that nobody has seen."""

    ticket_id = fields.UUID(required=True)
    number = fields.String(required=True)
    category_name = fields.String(required=True)
    lead_name = fields.String(required=True)
    since = fields.AwareDateTime(required=True)
    people = fields.List(fields.Nested(ToCallSchema), required=True)


class CallListSchema(Schema):
    items = fields.List(fields.Nested(UnseenSchema), required=True)


class CallWhomSchema(Schema):
    person_id = fields.UUID(required=True)


class NoteCallSchema(CallWhomSchema):
    outcome = fields.Enum(Outcome, by_value=True, required=True)


@area.get(
    "",
    guard=SIGNED_IN,
    answer=CallListSchema,
    summary="Emergencies that nobody has seen, with whom to call",
)
def list_calls(call: Call) -> object:
    before = clock.now() - setting.times().call
    found = call.session.scalars(
        queries_calls.unseen(call.actor, before).order_by(Ticket.moved_at).limit(20)
    ).all()
    calls = queries_calls.calls_about(call.session, [ticket.id for ticket in found])
    by = people_named(call.session, {one.by_id for one in calls})
    names = organisations_named(call.session, {one.lead_org_id for one in found if one.lead_org_id})
    last = {(one.ticket_id, one.person_id): (one, by[one.by_id]) for one in calls}
    return {"items": [_present(call, one, names, last) for one in found]}


Last = Mapping[tuple[UUID, UUID], tuple[EmergencyCall, str]]


def _present(call: Call, ticket: Ticket, names: Mapping[UUID, Any], last: Last) -> dict[str, Any]:
    people, duty = queries_calls.whom_to_call(call.session, ticket)
    return {
        "ticket_id": ticket.id,
        "number": ticket.number,
        "category_name": catalogue.name_of(ticket),
        "lead_name": names[ticket.lead_org_id].name if ticket.lead_org_id else "",
        "since": ticket.moved_at,
        "people": [
            _person(one, on_duty=one.id in duty, called=last.get((ticket.id, one.id)))
            for one in people
        ],
    }


def _person(
    person: Person, *, on_duty: bool, called: tuple[EmergencyCall, str] | None
) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "phone_masked": person.phone_masked,
        "on_duty": on_duty,
        "called": called and {"outcome": called[0].outcome, "at": called[0].at, "by": called[1]},
    }


@area.post(
    "/<uuid:ticket_id>/phone",
    guard=SIGNED_IN,
    body=CallWhomSchema,
    answer=TelephoneSchema,
    summary="Show the number of somebody on the call list, which is logged",
)
def show_phone(call: Call, ticket_id: UUID) -> object:
    person_id = call.body["person_id"]
    return {"phone": calling.show_phone(call.session, call.actor, ticket_id, person_id)}


@area.post(
    "/<uuid:ticket_id>",
    guard=SIGNED_IN,
    body=NoteCallSchema,
    status=204,
    summary="Write down how a call went",
)
def note_call(call: Call, ticket_id: UUID) -> None:
    calling.note(call.session, call.actor, ticket_id, call.body["person_id"], call.body["outcome"])
