"""Visits over HTTP: what is mine today, proposals and answers, records. Rounds: `routes_rounds`."""

from uuid import UUID

from sqlalchemy import func, select

from app.core import clock
from app.core.http import Area, Call, list_of, page_of
from app.identity.guards import COMMITTEE, SIGNED_IN
from app.visits import queries
from app.visits.models import Visit
from app.visits.queries import cards, visible
from app.visits.rules import VisitState
from app.visits.rules.states import OPEN, Verb
from app.visits.schemas.visits import (
    AcceptedSchema,
    AcceptManySchema,
    AnswerSchema,
    CallOffSchema,
    EveningsSchema,
    RecordedSchema,
    RecordVisitSchema,
    TodayQuery,
    TodaySchema,
    UnplannedVisitSchema,
    VisitQuery,
    VisitSchema,
)
from app.visits.service import answers, evenings, records
from app.visits.service.reports import report_of

area = Area("visits", url_prefix="", title="走访")


@area.get(
    "/today",
    guard=SIGNED_IN,
    query=TodayQuery,
    answer=TodaySchema,
    summary="What is mine on one day, in walking order",
)
def show_today(call: Call) -> object:
    day = call.query["date"] or clock.today()
    mine = call.session.scalars(visible.on_day(call.actor, day)).all()
    return {
        "date": day,
        "visits": cards.cards(call.session, call.actor, mine),
        "proposals": call.session.scalar(
            select(func.count()).select_from(visible.proposed_to(call.actor).subquery())
        ),
        "done": sum(visit.state is VisitState.DONE for visit in mine),
    }


@area.get(
    "/visits",
    guard=SIGNED_IN,
    query=VisitQuery,
    answer=list_of(VisitSchema),
    summary="Visits the actor may see; open ones soonest first, others latest first",
)
def list_visits(call: Call) -> object:
    soonest = call.query["state"] in OPEN
    order = (Visit.on, Visit.id) if soonest else (Visit.on.desc(), Visit.id.desc())
    page = page_of(
        call.session,
        visible.listed(call.session, call.actor, call.query),
        order=order,
        query=call.query,
        present=lambda visit: visit,
    )
    return page | {"items": cards.cards(call.session, call.actor, page["items"])}


@area.get("/visits/<uuid:visit_id>", guard=SIGNED_IN, answer=VisitSchema, summary="One visit")
def show_visit(call: Call, visit_id: UUID) -> object:
    return cards.card(call.session, call.actor, queries.get(call.session, call.actor, visit_id))


@area.post(
    "/visits/<uuid:visit_id>/answer",
    guard=SIGNED_IN,
    body=AnswerSchema,
    answer=VisitSchema,
    versioned=True,
    summary="Accept, decline or move a proposed visit",
)
def answer_visit(call: Call, visit_id: UUID) -> object:
    body = call.body
    said = answers.Answer(
        verb=Verb(body["answer"]),
        moved_to=body["date"],
        window=body["window"],
        reason=body["reason"],
        emergency_reason=body["emergency_reason"],
    )
    visit = answers.answer(call.session, call.actor, visit_id, call.version, said)
    return cards.card(call.session, call.actor, visit)


@area.get(
    "/visits/<uuid:visit_id>/evenings",
    guard=SIGNED_IN,
    answer=EveningsSchema,
    summary="To when I could move a visit I was asked to: my own times that suit the door",
)
def list_evenings(call: Call, visit_id: UUID) -> object:
    slots = evenings.evenings(call.session, call.actor, visit_id)
    return {
        "items": [
            {"date": slot.date, "window": cards.hours(slot.window.start, slot.window.end)}
            for slot in slots
        ]
    }


@area.post(
    "/visits/accept",
    guard=SIGNED_IN,
    body=AcceptManySchema,
    answer=AcceptedSchema,
    summary="Accept several proposed visits",
)
def accept_visits(call: Call) -> object:
    return {"accepted": answers.accept_many(call.session, call.actor, call.body["ids"])}


@area.post(
    "/visits/<uuid:visit_id>/cancel",
    guard=COMMITTEE,
    body=CallOffSchema,
    answer=VisitSchema,
    versioned=True,
    summary="Call one visit off",
)
def cancel_visit(call: Call, visit_id: UUID) -> object:
    visit = answers.cancel(call.session, call.actor, visit_id, call.version, call.body["reason"])
    return cards.card(call.session, call.actor, visit)


@area.put(
    "/visits/<uuid:visit_id>/record",
    guard=SIGNED_IN,
    body=RecordVisitSchema,
    answer=RecordedSchema,
    versioned=True,
    summary="Record what came of a visit",
)
def record_visit(call: Call, visit_id: UUID) -> object:
    report = report_of(call.body)
    return _recorded(call, records.record(call.session, call.actor, visit_id, call.version, report))


@area.post(
    "/visits",
    guard=SIGNED_IN,
    body=UnplannedVisitSchema,
    answer=RecordedSchema,
    status=201,
    summary="Record a visit that nobody had planned",
)
def record_unplanned_visit(call: Call) -> object:
    place = (call.body["household_id"], call.body["id"])
    report = report_of(call.body)
    done = records.record_unplanned(call.session, call.actor, place, call.body["purpose"], report)
    return _recorded(call, done)


def _recorded(call: Call, done: records.Recorded) -> object:
    shown = [visit for visit in (done.visit, done.follow_up) if visit]
    drawn = cards.cards(call.session, call.actor, shown)
    ticket = done.ticket
    return {
        "visit": drawn[0],
        "ticket": {"id": ticket.id, "number": ticket.number} if ticket else None,
        "follow_up": drawn[1] if done.follow_up else None,
    }
