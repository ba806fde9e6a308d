"""What is told of emergency calls: everybody called, once, in a few statements however many."""

from dataclasses import replace
from uuid import UUID

from sqlalchemy.orm import Session

from app.calls.events import CallAnswered, CallCalledOff, CallClosed, CallEvent, CallOpened
from app.calls.queries.reach import people_of
from app.calls.rules import KIND_NAMES
from app.calls.rules import Seat as CallSeat
from app.core.events import subscribe
from app.notifications import queries
from app.notifications.rules import calls
from app.notifications.rules.telling import Kind, Seat, Seated, each_once
from app.notifications.service.telling import Subject, settle, tell
from app.visits.events_aside import AsideEvent, VisitsAskedAnew, VisitsBroughtBack, VisitsSetAside


def register() -> None:
    """Listen to the facts; called once, with the application at hand."""
    subscribe(CallOpened)(call_opened)
    subscribe(CallAnswered)(call_answered)
    subscribe(CallClosed)(call_closed)
    subscribe(CallCalledOff)(call_called_off)
    subscribe(VisitsSetAside)(visits_set_aside)
    subscribe(VisitsAskedAnew)(visits_asked_anew)
    subscribe(VisitsBroughtBack)(visits_brought_back)


def call_opened(session: Session, event: CallOpened) -> None:
    lines = calls.woken(calls.OPENED, danger=event.danger)
    seated = {
        Seat.CALLED_DUTY: people_of(session, event.subject_id, CallSeat.DUTY),
        Seat.CALLED: people_of(session, event.subject_id, CallSeat.MEMBER),
        Seat.COMMITTEE: queries.committee_of(session, event.community_id),
    }
    tell(session, each_once(lines, seated, event.actor_id), _call(event))


def call_answered(session: Session, event: CallAnswered) -> None:
    settle(session, event.subject_id, [Kind.CALL_TODO], event.actor_id)


def call_closed(session: Session, event: CallClosed) -> None:
    settle(session, event.subject_id, [Kind.CALL_TODO])
    tell(session, each_once(calls.CLOSED, _everybody(session, event), event.actor_id), _call(event))


def call_called_off(session: Session, event: CallCalledOff) -> None:
    settle(session, event.subject_id, [Kind.CALL_TODO])
    told = each_once(calls.CALLED_OFF, _everybody(session, event), event.actor_id)
    tell(session, told, replace(_call(event), body="放下的走访也照旧"))


def visits_set_aside(session: Session, event: VisitsSetAside) -> None:
    subject = _visits(event, "/visits", "过后再问您，不用您做什么")
    tell(session, each_once(calls.SET_ASIDE, _visitors(event), None), subject)


def visits_asked_anew(session: Session, event: VisitsAskedAnew) -> None:
    subject = _visits(event, "/proposals", "紧急召集结束了，方便再答应")
    tell(session, each_once(calls.ASKED_ANEW, _visitors(event), None), subject)


def visits_brought_back(session: Session, event: VisitsBroughtBack) -> None:
    subject = _visits(event, "/visits", "紧急召集撤回了")
    tell(session, each_once(calls.BROUGHT_BACK, _visitors(event), None), subject)


def _everybody(session: Session, event: CallEvent) -> Seated:
    """Whoever was told of the call."""
    return {
        Seat.CALLED: people_of(session, event.subject_id),
        Seat.COMMITTEE: queries.committee_of(session, event.community_id),
    }


def _visitors(event: AsideEvent) -> dict[Seat, list[UUID]]:
    return {Seat.VISITOR: sorted(event.people)}


def _visits(event: AsideEvent, link: str, body: str) -> Subject:
    return Subject(id=event.subject_id, link=link, body=body)


def _call(event: CallEvent) -> Subject:
    body = f"{KIND_NAMES[event.kind]}：{event.place_text}"
    return Subject(id=event.subject_id, link=f"/calls/{event.subject_id}", body=body)
