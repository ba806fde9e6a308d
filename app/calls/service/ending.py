"""A call is closed and summed up, or called off as a mistake within its first day."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.calls.events import CallCalledOff, CallClosed
from app.calls.models import Summons
from app.calls.queries import standing, visible
from app.calls.rules import Answer
from app.calls.rules.states import Verb, next_state
from app.calls.service.opening import facts
from app.core import clock
from app.core.errors import Stale
from app.core.events import publish
from app.identity.actor import Actor
from app.visits.service import aside


def close(
    session: Session, actor: Actor, call_id: UUID, version: int, words: str | None
) -> Summons:
    """Close a call: how the buildings stand is kept, and visits that waited are asked anew."""
    call = _end(session, actor, call_id, version, Verb.CLOSE)
    call.ending = words
    asked = aside.ask_anew(session, actor.id, call.id, call.opened_at)
    call.summed_up = _sum(session, call) | {"asked_anew": asked}
    session.flush()
    publish(session, CallClosed(**facts(session, call, actor.id), asked_anew=asked))
    return call


def call_off(session: Session, actor: Actor, call_id: UUID, version: int, reason: str) -> Summons:
    """Take a call back; what it had put off stands as it stood."""
    call = _end(session, actor, call_id, version, Verb.CALL_OFF)
    call.ending = reason
    back = aside.bring_back(session, actor.id, call.id, call.opened_at)
    session.flush()
    publish(session, CallCalledOff(**facts(session, call, actor.id), brought_back=back))
    return call


def _end(session: Session, actor: Actor, call_id: UUID, version: int, verb: Verb) -> Summons:
    call = visible.led(session, actor, call_id)
    after = next_state(call.state, verb, clock.now() - call.opened_at)
    if call.version != version:
        raise Stale
    call.state, call.ended_at, call.ended_by = after, clock.now(), actor.id
    return call


def _sum(session: Session, call: Summons) -> dict[str, Any]:
    """Counts only: nobody's name, and nobody who said nothing."""
    said = visible.answers(session, call.id)
    return {
        "answers": {one.value: said.get(one, 0) for one in Answer},
        "tickets": [str(one) for one in standing.tickets_of(session, call)],
        "buildings": [
            {
                "id": str(one.place.id),
                "coming": one.building.coming,
                "doors": one.building.doors,
                "seen": one.building.seen,
                "help": one.building.help,
            }
            for one in standing.buildings(session, call)
        ],
    }
