"""What each move writes on the ticket beside the new state: one small function a verb.
`moving.py` decides whether a move may be made; here only what was chosen is refused, where it does
not exist."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy.orm import Session

from app.core import clock
from app.identity.actor import Actor
from app.identity.rules import Party
from app.tickets import catalogue
from app.tickets.models import Ticket
from app.tickets.queries.parties import Choice
from app.tickets.rules import (
    PhotoPhase,
    Satisfied,
    Solved,
    Standing,
    SuspendReason,
    Verb,
    needs_approval,
)
from app.tickets.rules.categories import is_emergency
from app.tickets.service import calls, joining, leading, timeline
from app.tickets.service.calls import Call
from app.tickets.service.facts import open_parts


@dataclass
class Change:
    """One move as it is being written. `shown` is added to what the timeline keeps."""

    session: Session
    ticket: Ticket
    actor: Actor | None
    who: Standing
    said: Mapping[str, Any]
    takers: list[Choice] = field(default_factory=list)
    emergency: bool = False  # the move gives it to the takers at once
    now: datetime = field(default_factory=clock.now)
    shown: dict[str, Any] = field(default_factory=dict)


def _accept(change: Change) -> None:
    category = change.said.get("category")
    if category:
        change.ticket.category = category
        change.ticket.emergency = is_emergency(category)
        change.shown["category_name"] = catalogue.of(change.ticket.community_id).name(category)
    if change.emergency:
        leading.assign(change.session, change.ticket, change.takers[0], change.takers[1:])
        change.shown |= leading.as_said(change.takers)


def _dispatch(change: Change) -> None:
    _assign_chosen(change, change.said.get("co_org_ids") or [])
    change.ticket.bound = change.ticket.bound or change.ticket.returned > 0


def _arbitrate(change: Change) -> None:
    _end_suspension(change)
    _assign_chosen(change, change.said.get("co_org_ids") or [])
    change.ticket.bound = True


def _conclude(change: Change) -> None:
    _assign_chosen(change, [])
    change.ticket.due_on = change.said["due_on"]
    change.ticket.bound = True


def _assign_chosen(change: Change, co_ids: list[Any]) -> None:
    lead, helpers = leading.choose(
        change.session, change.ticket.place, change.said["lead_org_id"], co_ids
    )
    leading.assign(change.session, change.ticket, lead, helpers)
    change.shown |= {"lead_name": lead.name, "co_names": [one.name for one in helpers]}


def _return(change: Change) -> None:
    if change.ticket.lead_party is not Party.VOLUNTEER_TEAM:  # who was asked may decline
        change.ticket.returned += 1
    leading.relieve(change.ticket)


def _begin_work(change: Change) -> None:
    change.ticket.work_since = change.now


def _suspend(change: Change) -> None:
    until: date = change.said["until"]
    change.ticket.suspend_reason = SuspendReason(change.said["reason_code"])
    change.ticket.suspended_until = until
    change.ticket.suspension_pending = needs_approval(clock.today(), until)
    change.shown["pending"] = change.ticket.suspension_pending  # whatever days are imported later


def _approve_suspension(change: Change) -> None:
    change.ticket.suspension_pending = False


def _end_suspension(change: Change) -> None:
    change.ticket.suspend_reason = None
    change.ticket.suspended_until = None
    change.ticket.suspension_pending = False


def _hand_on(change: Change) -> None:
    leading.hand_on(change.session, change.ticket, change.said["person_id"])


def _finish_part(change: Change) -> None:
    for part in open_parts(change.ticket, change.who):
        part.done_at = change.now


def _resolve(change: Change) -> None:
    change.ticket.resolved_by_id = change.who.person_id
    photographer = cast(Actor, change.actor)  # the table gives this move to people only
    for phase in (PhotoPhase.BEFORE, PhotoPhase.AFTER):
        hashes = change.said.get(f"media_{phase}") or []
        timeline.add_photos(change.session, change.ticket, photographer, phase, hashes)


def _close(change: Change) -> None:
    solved = change.said.get("solved")
    change.ticket.solved = Solved(solved) if solved else None
    change.ticket.satisfied = Satisfied(change.said.get("satisfied") or Satisfied.UNRATED)
    change.ticket.closed_at = change.now
    note = change.said.get("call_back_note")
    if note and change.actor:
        call = Call(reached=True, note=note, solved=solved, satisfied=change.ticket.satisfied)
        calls.add(change.session, change.ticket, change.actor, call)


def _reopen(change: Change) -> None:
    change.ticket.reopened += 1
    change.ticket.solved = change.ticket.satisfied = change.ticket.closed_at = None
    _begin_work(change)


def _escalate(change: Change) -> None:
    change.ticket.came_from = change.ticket.status


def _answer(change: Change) -> None:
    change.ticket.came_from = None


def _supervise(change: Change) -> None:
    change.ticket.supervised = True


def _join(change: Change) -> None:
    by = cast(Actor, change.actor)  # as for who resolves
    head = joining.join(change.session, by, change.ticket, change.said["into_id"])
    change.shown["into_number"] = head.number
    _end_suspension(change)
    change.ticket.closed_at = change.now


def _take_apart(change: Change) -> None:
    by = cast(Actor, change.actor)
    joining.take_apart(change.session, by, change.ticket, change.said["reason"])
    change.ticket.closed_at = None


EFFECTS: dict[Verb, Callable[[Change], None]] = {
    Verb.ACCEPT: _accept,
    Verb.DISPATCH: _dispatch,
    Verb.ARBITRATE: _arbitrate,
    Verb.START: _begin_work,
    Verb.RETURN: _return,
    Verb.SUSPEND: _suspend,
    Verb.APPROVE_SUSPENSION: _approve_suspension,
    Verb.RESUME: _end_suspension,
    Verb.HAND_ON: _hand_on,
    Verb.FINISH_PART: _finish_part,
    Verb.RESOLVE: _resolve,
    Verb.SEND_BACK: _begin_work,
    Verb.CLOSE: _close,
    Verb.REOPEN: _reopen,
    Verb.DELIBERATE: _end_suspension,
    Verb.CONCLUDE: _conclude,
    Verb.ESCALATE: _escalate,
    Verb.ANSWER: _answer,
    Verb.SUPERVISE: _supervise,
    Verb.JOIN: _join,
    Verb.TAKE_APART: _take_apart,
}
