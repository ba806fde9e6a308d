"""Calls as they go over the wire: what each is shown depends on how they are placed towards it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.calls.models import Summons
from app.calls.queries import standing, visible
from app.calls.rules import Answer, CallState
from app.calls.rules.board import Building, shown
from app.calls.rules.seats import Sight, sees_others, sight
from app.calls.rules.states import FITTING, offered
from app.core import clock
from app.core.errors import NotFound
from app.identity.actor import Actor
from app.identity.queries import people_named
from app.places.models import Place
from app.places.queries import place_texts, places_by_id
from app.teams.models import Team
from app.tickets.models import Ticket
from app.tickets.queries import visible_to as tickets_visible


def lines(session: Session, calls: Sequence[Summons]) -> list[dict[str, Any]]:
    """Calls as a list shows them."""
    texts = place_texts(session, {call.place_id for call in calls})
    team_ids = {call.team_id for call in calls if call.team_id}
    teams = {team.id: team for team in session.scalars(select(Team).where(Team.id.in_(team_ids)))}
    return [_line(call, texts, teams) for call in calls]


def _line(call: Summons, texts: Mapping[UUID, str], teams: Mapping[UUID, Team]) -> dict[str, Any]:
    team = teams[call.team_id] if call.team_id else None
    return {
        "id": call.id,
        "version": call.version,
        "kind": call.kind,
        "state": call.state,
        "words": call.words,
        "place": {"id": call.place_id, "name": texts[call.place_id]},
        "team": {"id": team.id, "name": team.name} if team else None,
        "opened_at": call.opened_at,
        "ended_at": call.ended_at,
    }


def detail(session: Session, actor: Actor, call: Summons) -> dict[str, Any]:
    """One call, as the actor is shown it."""
    seen = sight(visible.views(session, actor, call))
    called = visible.called(session, call.id, actor.id)
    age = clock.now() - call.opened_at
    open_ = call.state is CallState.OPEN
    return {
        **lines(session, [call])[0],
        "until": call.until,
        "ending": call.ending,
        "danger_reason": call.danger_reason if seen.leads else None,
        "called": called is not None,
        "answer": called.answer if called else None,
        "answers": list(FITTING[called.seat]) if called and open_ else [],
        "may": list(offered(call.state, age)) if seen.leads else [],
        "board": seen.board,
        "set_aside": call.set_aside if seen.leads else None,
    }


def board(session: Session, actor: Actor, call: Summons) -> dict[str, Any]:
    """The people who come and how the buildings stand, as far as the actor may see it; after the
    end as it was kept then."""
    seen = sight(visible.views(session, actor, call))
    whose = None if seen.names else visible.own_people(actor)
    coming = visible.who_said(session, call.id, Answer.COMING, whose)
    safe = visible.who_said(session, call.id, Answer.SAFE, whose)
    names = people_named(session, {*coming, *safe})
    rows = _kept(session, call) if call.summed_up else _now(session, call)
    return {
        "id": call.id,
        "state": call.state,
        "counts": _counts(session, call, whose),
        "coming": [{"id": one, "name": names[one]} for one in coming],
        "safe": [{"id": one, "name": names[one]} for one in safe],
        "buildings": _buildings(session, rows, seen) if seen.board else [],
        "tickets": _tickets(session, actor, call) if seen.small else [],
        "asked_anew": call.summed_up["asked_anew"] if call.summed_up and seen.leads else None,
    }


def has_board(session: Session, actor: Actor, call: Summons) -> None:
    """NotFound for who sees nothing but their own answer."""
    if not sees_others(visible.views(session, actor, call)):
        raise NotFound


def _counts(session: Session, call: Summons, whose: Any) -> dict[str, int]:
    said = visible.answers(session, call.id, whose)
    if call.summed_up and whose is None:
        return {"asked": call.asked, **call.summed_up["answers"]}
    return {
        "asked": call.asked if whose is None else sum(said.values()),
        **{one.value: said.get(one, 0) for one in Answer},
    }


Row = tuple[Place, Building, Sequence[UUID]]


def _now(session: Session, call: Summons) -> list[Row]:
    return [(one.place, one.building, one.coming) for one in standing.buildings(session, call)]


def _kept(session: Session, call: Summons) -> list[Row]:
    said = call.summed_up["buildings"] if call.summed_up else []
    places = places_by_id(session, [UUID(one["id"]) for one in said])
    return [
        (
            places[UUID(one["id"])],
            Building(one["coming"], one["doors"], one["seen"], one["help"]),
            (),
        )
        for one in said
        if UUID(one["id"]) in places
    ]


def _buildings(session: Session, rows: Sequence[Row], seen: Sight) -> list[dict[str, Any]]:
    texts = place_texts(session, [place.id for place, _, _ in rows])
    names = people_named(session, {one for _, _, people in rows for one in people})
    found = []
    for place, whole, people in rows:
        building = shown(whole, small=seen.small)
        found.append(
            {
                "id": place.id,
                "name": texts[place.id],
                "state": building.state,
                "coming": building.coming,
                "people": [names[one] for one in people] if seen.names else [],
                "doors": building.doors,
                "seen": building.seen,
            }
        )
    return found


def _tickets(session: Session, actor: Actor, call: Summons) -> list[dict[str, Any]]:
    ids = (
        [UUID(one) for one in call.summed_up["tickets"]]
        if call.summed_up
        else standing.tickets_of(session, call)
    )
    tickets = session.scalars(
        tickets_visible(actor).where(Ticket.id.in_(set(ids))).order_by(Ticket.id)
    )
    return [{"id": one.id, "number": one.number, "status": one.status} for one in tickets]
