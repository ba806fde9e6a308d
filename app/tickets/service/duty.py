"""An organisation writes its duty list; its heads hear of hours in which nobody would be there; a
number on it is shown for a reason that is logged."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.core import clock, known
from app.core.errors import Invalid, NotAllowed, NotFound, Stale
from app.core.events import publish
from app.identity.actor import Actor
from app.identity.events import PhoneShown
from app.identity.models import Person
from app.tickets import queries as tickets
from app.tickets import routing
from app.tickets.events_routing import DutyChanged, DutyHole
from app.tickets.models import Ticket
from app.tickets.models_routing import DutyRow
from app.tickets.queries import routing as queries
from app.tickets.rules import OVER, Seat, seats_of
from app.tickets.rules.duty import DutyList, Watch, holes, now
from app.tickets.service.facts import work_of

Said = Mapping[str, Any]
KEPT = timedelta(days=31)  # exceptions that are over
WARNED_AHEAD = timedelta(days=2)
SHOWN_AHEAD = timedelta(days=14)
AT_WORK = frozenset({Seat.COMMUNITY, Seat.LEAD, Seat.CO})


def save(
    session: Session, actor: Actor, organisation_id: UUID, version: int, said: Said
) -> DutyRow:
    """Write the list of an organisation of which one is a head. Version 0 is that of one without a
    list. Raises NotFound, NotAllowed, Stale, Invalid."""
    queries.with_list(session, actor, organisation_id)
    staff = queries.staff(session, organisation_id)
    if not may_edit(actor, staff):
        raise NotAllowed
    row = session.get(DutyRow, organisation_id)
    if version != (row.version if row else 0):
        raise Stale
    values = {
        "week": [{"days": sorted(set(one["days"])), **_hours(one)} for one in said["week"]],
        "instead": _exceptions(said["instead"]),
        "always": said["always"],
        "hotline": said["hotline"].strip(),
        "changed_at": clock.now(),
        "changed_by": actor.id,
    }
    _check_people(values, staff)
    if row is None:
        row = DutyRow(organisation_id=organisation_id, **values)
        session.add(row)
    for name, value in values.items():
        setattr(row, name, value)
    session.flush()
    known.changed(session, routing.KNOWN)
    publish(
        session,
        DutyChanged(
            subject_id=organisation_id,
            actor_id=actor.id,
            shifts=len(row.week),
            exceptions=len(row.instead),
            holes=len(holes_of(routing.fresh(session).lists[organisation_id])),
        ),
    )
    return row


def may_edit(actor: Actor, staff: Mapping[UUID, tuple[Person, bool]]) -> bool:
    """Its heads write a list; where there are none, anybody of the organisation."""
    if actor.id not in staff:
        return False
    heads = {key for key, (_, head) in staff.items() if head}
    return actor.id in heads or not heads


def holes_of(duty: DutyList, ahead: timedelta = SHOWN_AHEAD) -> list[Watch]:
    """When nobody will be there although somebody should be."""
    return holes(duty, clock.now(), clock.now() + ahead)


def tell_of_holes(session: Session) -> int:
    """Tell the heads of each organisation whose list has a hole soon; how many were told."""
    told = 0
    for organisation_id, duty in routing.fresh(session).lists.items():
        found = holes_of(duty, WARNED_AHEAD)
        if found:
            first = found[0]
            hole = DutyHole(
                subject_id=organisation_id, actor_id=None, start=first.start, end=first.end
            )
            publish(session, hole)
            told += 1
    return told


def show_phone(
    session: Session, actor: Actor, organisation_id: UUID, person_id: UUID, reason: str
) -> str:
    """The number of somebody on a list that one may read. NotFound otherwise."""
    queries.with_list(session, actor, organisation_id)
    return _shown(session, actor, organisation_id, person_id, reason)


def show_ticket_phone(
    session: Session, actor: Actor, ticket_id: UUID, person_id: UUID, reason: str
) -> str:
    """The number of who is on duty for a ticket, to those at work on it; of an emergency to
    everybody who sees it. NotFound otherwise."""
    ticket = tickets.get(session, actor, ticket_id)
    if ticket.lead_org_id is None or not may_see(actor, ticket):
        raise NotFound
    return _shown(session, actor, ticket.lead_org_id, person_id, reason)


def may_see(actor: Actor, ticket: Ticket) -> bool:
    """Whether the actor sees who is on duty for a ticket that they see."""
    seats = seats_of(work_of(ticket), tickets.standing(actor, ticket))
    return ticket.status not in OVER and bool(ticket.emergency or seats & AT_WORK)


def _shown(
    session: Session, actor: Actor, organisation_id: UUID, person_id: UUID, reason: str
) -> str:
    """Only who is on duty now or next has a number that is shown."""
    duty = routing.duty_list(organisation_id)
    held = now(duty, clock.now()) if duty else None
    shown = {*held.people, *(held.then.people if held.then else ())} if held else set()
    if person_id not in shown:
        raise NotFound
    person = session.get_one(Person, person_id)
    publish(session, PhoneShown(subject_id=person.id, actor_id=actor.id, reason=reason))
    return person.phone


def _hours(said: Said) -> dict[str, Any]:
    return {
        "from": f"{said['start']:%H:%M}",
        "to": f"{said['end']:%H:%M}",
        "people": [str(one) for one in dict.fromkeys(said["people"])],
    }


def _exceptions(said: list[Said]) -> list[dict[str, Any]]:
    """Those that are not long over."""
    found = []
    for one in said:
        first: date = one["first"]
        last: date = one["last"]
        if last < first:
            raise Invalid(errors={"instead": ["结束的日子要在开始以后。"]})
        if last >= clock.today() - KEPT:
            days = {"first": first.isoformat(), "last": last.isoformat()}
            found.append(days | _hours(one))
    return found


def _check_people(values: Said, staff: Mapping[UUID, Any]) -> None:
    known_ids = {str(one) for one in staff}
    for part in ("week", "instead"):
        if any(not known_ids.issuperset(one["people"]) for one in values[part]):
            raise Invalid(errors={part: ["有人已经不在这家单位了，请换一位。"]})
