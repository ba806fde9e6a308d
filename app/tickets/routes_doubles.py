"""Routes about what is reported more than once: asking while typing, "I met that too", comparing.
To join and to take apart are moves: see `routes`."""

from typing import Any
from uuid import UUID

from app.core.http import Area, Call, page_of
from app.identity.guards import COMMITTEE, SIGNED_IN
from app.places.models import Place
from app.tickets import present_doubles, schemas_doubles
from app.tickets.models import Ticket
from app.tickets.models_doubles import TicketFollower
from app.tickets.queries import doubles as asked
from app.tickets.service import doubles

area = Area("doubles", url_prefix="/tickets", title="重复的报事")


@area.post(
    "/alike",
    guard=SIGNED_IN,
    body=schemas_doubles.AskAlikeSchema,
    answer=schemas_doubles.AlikeListSchema,
    asks=True,
    summary="What was reported here in like words",
)
def list_alike(call: Call) -> object:
    body = call.body
    found = doubles.alike(
        call.session, call.actor, body["place_id"], body["text"], body.get("category")
    )
    place = call.session.get_one(Place, body["place_id"])
    text = present_doubles.building_text(call.session, place)
    return {"items": [present_doubles.hint(one, call.actor, text) for one in found]}


@area.post(
    "/<uuid:ticket_id>/also",
    guard=SIGNED_IN,
    body=schemas_doubles.AlsoMetSchema,
    answer=schemas_doubles.FollowedSchema,
    status=201,
    summary="Say that one met the same, in place of another report",
)
def follow_ticket(call: Call, ticket_id: UUID) -> object:
    text, media = call.body["text"], call.body["media"]
    ticket = doubles.follow(call.session, call.actor, ticket_id, text, media)
    return present_doubles.followed(call.session, call.actor, ticket)


@area.delete("/<uuid:ticket_id>/also", guard=SIGNED_IN, status=204, summary="Hear no more of it")
def unfollow_ticket(call: Call, ticket_id: UUID) -> object:
    doubles.unfollow(call.session, call.actor, ticket_id)
    return None


@area.get(
    "/followed",
    guard=SIGNED_IN,
    query=schemas_doubles.FollowedQuery,
    answer=schemas_doubles.FollowedListSchema,
    summary="Neighbours' reports of what I met too",
)
def list_followed(call: Call) -> object:
    def line(followed: TicketFollower) -> dict[str, Any]:
        ticket = call.session.get_one(Ticket, followed.ticket_id)
        head = call.session.get_one(Ticket, ticket.duplicate_of or ticket.id)
        return present_doubles.followed_row(
            head, present_doubles.building_text(call.session, head.place)
        )

    return page_of(
        call.session,
        asked.followed_by(call.actor),
        order=(TicketFollower.since.desc(), TicketFollower.ticket_id.desc()),
        query=call.query,
        present=line,
    )


@area.get(
    "/followed/<uuid:ticket_id>",
    guard=SIGNED_IN,
    answer=schemas_doubles.FollowedSchema,
    summary="A neighbour's report of what I met too",
)
def get_followed(call: Call, ticket_id: UUID) -> object:
    ticket = asked.heard_of(call.session, call.actor, ticket_id)
    return present_doubles.followed(call.session, call.actor, ticket)


@area.get(
    "/<uuid:ticket_id>/doubles",
    guard=COMMITTEE,
    query=schemas_doubles.CandidatesQuery,
    answer=schemas_doubles.CandidatesSchema,
    summary="Which tickets may be the same matter",
)
def list_candidates(call: Call, ticket_id: UUID) -> object:
    found = doubles.candidates(call.session, call.actor, ticket_id, call.query.get("number"))
    return {"items": present_doubles.candidates(call.session, found)}
