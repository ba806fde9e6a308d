"""A call goes out: everybody concerned is written down and told, regular visits wait. Thousands of
people are as many rows of a few statements."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.calls.events import CallOpened
from app.calls.models import CalledPerson, Summons
from app.calls.queries import reach, visible
from app.calls.queries.reach import Reach
from app.calls.rules import CallKind, Seat
from app.calls.rules.states import AlreadyCalled, NobodyToCall, problems
from app.core import clock
from app.core.errors import Invalid
from app.core.events import publish
from app.identity.actor import Actor
from app.places.queries import place_texts
from app.visits.rules.record import looks_like_identity_number
from app.visits.service import aside

NO_NUMBERS = "里面像是有身份证号，请删掉。"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is called for. `danger`: a life is in danger, so that everybody may be woken."""

    place_id: UUID
    team_id: UUID | None
    kind: CallKind
    words: str
    until: date
    danger: bool
    danger_reason: str


def open_call(session: Session, actor: Actor, wanted: Wanted) -> Summons:
    """Call everybody concerned. Raises NotFound, Invalid, AlreadyCalled, NobodyToCall."""
    target = reach.target(session, actor, wanted.place_id, wanted.team_id)
    _check(wanted)
    if visible.open_in(session, target.place.id, wanted.team_id):
        raise AlreadyCalled
    called = reach.of(session, target)
    if not called.people:
        raise NobodyToCall
    waiting = aside.waiting(session, reach.put_off(target), clock.today(), wanted.until)
    call = Summons(
        community_id=target.community_id,
        place_id=target.place.id,
        team_id=wanted.team_id,
        kind=wanted.kind,
        words=wanted.words,
        until=wanted.until,
        danger_reason=wanted.danger_reason if wanted.danger else None,
        asked=len(called.people),
        set_aside=len(waiting),
        opened_by=actor.id,
        opened_at=clock.now(),
    )
    session.add(call)
    session.flush()
    session.execute(insert(CalledPerson), _rows(call.id, called))
    publish(
        session,
        CallOpened(
            **facts(session, call, actor.id),
            asked=call.asked,
            danger=wanted.danger,
            danger_reason=wanted.danger_reason,
        ),
    )
    aside.set_aside(session, actor.id, call.id, waiting)
    return call


def _check(wanted: Wanted) -> None:
    wrong = problems(clock.today(), wanted.until, danger=wanted.danger, reason=wanted.danger_reason)
    if looks_like_identity_number(wanted.words):
        wrong["words"] = [NO_NUMBERS]
    if looks_like_identity_number(wanted.danger_reason):
        wrong["danger_reason"] = [NO_NUMBERS]
    if wrong:
        raise Invalid(errors=wrong)


def _rows(call_id: UUID, called: Reach) -> list[dict[str, Any]]:
    """Who is on duty is called as that, whatever team they are in besides."""
    return [
        {
            "call_id": call_id,
            "person_id": person_id,
            "seat": Seat.DUTY if person_id in called.duty else Seat.MEMBER,
            "organisation_id": called.duty.get(person_id),
        }
        for person_id in sorted(called.people)
    ]


def facts(session: Session, call: Summons, actor_id: UUID) -> dict[str, Any]:
    """The fields of `CallEvent`."""
    return {
        "subject_id": call.id,
        "actor_id": actor_id,
        "community_id": call.community_id,
        "kind": call.kind,
        "place_text": place_texts(session, [call.place_id])[call.place_id],
    }
