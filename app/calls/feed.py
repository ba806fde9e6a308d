"""What phones may hold of calls: an open one with whoever was called and their own answer; and for
the office that leads it a sign that something about it has changed."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.calls.models import CalledPerson, Summons
from app.calls.queries.visible import led_communities, open_calls
from app.calls.rules import KIND_NAMES, CallState
from app.calls.rules.states import FITTING
from app.core import changes, clock
from app.core.changes import Held, Lies, Shown
from app.core.numbering import Scope
from app.identity.actor import Actor
from app.identity.feed import PERSON
from app.places.queries import place_texts

KIND, DESK, BOARD = "call", "call_desk", "call_board"


def my_desks(_session: Session, actor: Actor) -> Iterable[UUID]:
    """The communities whose calls the actor leads; a whole subdistrict is not kept on a phone."""
    return actor.committee_communities


def until(state: CallState) -> date | None:
    """The last day on which a phone holds a call."""
    return None if state is CallState.OPEN else clock.today()


def where(session: Session, ids: Collection[UUID]) -> Iterator[Lies]:
    """A call lies with everybody who was called."""
    rows = session.execute(
        select(Summons.id, Summons.state, CalledPerson.person_id)
        .join(CalledPerson, CalledPerson.call_id == Summons.id)
        .where(Summons.id.in_(ids))
    )
    for call_id, state, person_id in rows:
        yield Lies(call_id, Scope(PERSON, person_id), until(state))


def show(
    session: Session, _actor: Actor, scope: Scope, ids: Collection[UUID]
) -> Mapping[UUID, Shown]:
    """Those of these calls that are open and for which this person was called."""
    rows = session.execute(
        select(Summons, CalledPerson)
        .join(CalledPerson, CalledPerson.call_id == Summons.id)
        .where(
            Summons.id.in_(ids),
            Summons.state == CallState.OPEN,
            CalledPerson.person_id == scope.key,
        )
    ).all()
    texts = place_texts(session, {call.place_id for call, _ in rows})
    return {
        call.id: Shown(_row(call, called, texts[call.place_id]), until(call.state))
        for call, called in rows
    }


def _row(call: Summons, called: CalledPerson, place_text: str) -> dict[str, Any]:
    return {
        "id": str(call.id),
        "kind": call.kind.value,
        "kind_name": KIND_NAMES[call.kind],
        "words": call.words,
        "place_text": place_text,
        "opened_at": call.opened_at.isoformat(),
        "answer": called.answer.value if called.answer else None,
        "answers": [one.value for one in FITTING[called.seat]],
    }


def desks(session: Session, ids: Collection[UUID]) -> Iterator[Lies]:
    """The sign lies with the community that is called."""
    for call in session.scalars(select(Summons).where(Summons.id.in_(ids))):
        yield Lies(call.id, Scope(DESK, call.community_id), until(call.state))


def signs(
    session: Session, actor: Actor, scope: Scope, ids: Collection[UUID]
) -> Mapping[UUID, Shown]:
    """Open calls of a desk: their ids, and when somebody last did something, as the feed says."""
    if scope.key not in led_communities(actor):
        return {}
    found = session.scalars(open_calls(scope.key).where(Summons.id.in_(ids)))
    at = clock.now().isoformat()
    return {one: Shown({"id": str(one), "at": at}, None) for one in found}


def answered(session: Session, call: Summons, person_id: UUID) -> None:
    """One of those called has answered: their phones hear of it, and the desk."""
    changes.lies(session, KIND, Lies(call.id, Scope(PERSON, person_id), until(call.state)))
    changes.note(session, BOARD, [call.id])


@changes.watch(Summons)
def call_changed(session: Session, row: Summons) -> None:
    """A call went out or is over: everybody who was called hears of it."""
    changes.note(session, KIND, [row.id])
    changes.note(session, BOARD, [row.id])


changes.hold(Held(KIND, where, show))
changes.hold(Held(BOARD, desks, signs))
changes.scope_kind(DESK, my_desks)
