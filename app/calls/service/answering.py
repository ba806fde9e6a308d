"""Somebody who was called says in one tap whether they come, and may change it while it is open."""

from uuid import UUID

from sqlalchemy.orm import Session

from app.calls import feed
from app.calls.events import CallAnswered
from app.calls.models import Summons
from app.calls.queries import visible
from app.calls.rules import Answer
from app.calls.rules.states import Verb, checked, next_state
from app.calls.service.opening import facts
from app.core import clock
from app.core.errors import NotFound
from app.core.events import publish
from app.identity.actor import Actor


def answer(session: Session, actor: Actor, call_id: UUID, said: Answer) -> Summons:
    """Keep an answer. NotFound for who was not called; CallIsOver, AnswerDoesNotFit."""
    call = visible.get(session, actor, call_id)
    called = visible.called(session, call.id, actor.id)
    if called is None:
        raise NotFound
    next_state(call.state, Verb.ANSWER, clock.now() - call.opened_at)
    if called.answer is checked(called.seat, said):
        return call
    called.answer, called.answered_at = said, clock.now()
    session.flush()
    feed.answered(session, call, actor.id)
    publish(session, CallAnswered(**facts(session, call, actor.id), answer=said))
    return call
