"""A visit that was turned down goes on to the backup, and residents who asked for somebody are
proposed to their person at once. Both are questions: whoever is asked may say no."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import calendar, clock
from app.core.db import uuid7
from app.core.events import publish
from app.identity.actor import Actor
from app.places.models import Household
from app.teams import callers
from app.teams.queries import persons_for
from app.visits.events_owing import StopAskedFor, VisitAsked
from app.visits.models import Visit, VisitPartner
from app.visits.models_owing import StopAsked
from app.visits.planner.finding import overlap
from app.visits.queries import asked
from app.visits.queries import owing as owing_rows
from app.visits.queries.visible import open_for
from app.visits.rules import Purpose, VisitState
from app.visits.rules.owing import WITHIN_DAYS, Period
from app.visits.rules.passing import asked_instead, first_meeting
from app.visits.rules.windows import Slot, door_slots
from app.visits.service import owing
from app.visits.service.able import Able, slot_of, without
from app.visits.service.facts import facts


def instead_of(session: Session, visit: Visit) -> UUID | None:
    """Who is asked when the person of a visit cannot come."""
    if visit.on < clock.today():
        return None
    main, backup = persons_for(session, [visit.household_id]).get(visit.household_id, (None, None))
    known = callers.callers(session, visit.community_id, visit.on, visit.on)
    able = {person for person, caller in known.items() if caller.there(visit.on)}
    to = asked_instead(visit.person_id, main, backup, able)
    if to is None:
        return None
    no = _able(session, visit.household_id, [to], visit.on, visit.on).said_no(to)
    return None if any(overlap(slot_of(visit), one) for one in no) else to


def _able(
    session: Session, household_id: UUID, people: Sequence[UUID], first: date, last: date
) -> Able:
    door = select(Household.id).where(Household.id == household_id)
    return Able(
        owing_rows.visit_rows(session, door, people, first, last),
        owing_rows.turned_down(session, people, first, last),
    )


def pass_on(
    session: Session, actor: Actor, visit: Visit, to: UUID, partners: Iterable[UUID]
) -> Visit:
    """Ask somebody else to the same door, day and window; who went along goes along."""
    visit_asked = Visit(
        id=uuid7(),
        community_id=visit.community_id,
        household_id=visit.household_id,
        round_id=visit.round_id,
        follows_id=visit.id,
        person_id=to,
        purpose=visit.purpose,
        also=visit.also,
        state=VisitState.PROPOSED,
        on=visit.on,
        window_from=visit.window_from,
        window_to=visit.window_to,
        attempt=visit.attempt,
        hint=visit.hint,
        created_at=clock.now(),
    )
    return _ask(session, actor, visit_asked, [one for one in partners if one != to])


def ask_for(session: Session, actor: Actor, household: Household, purpose: Purpose) -> StopAsked:
    """A door is owed a stop of its own, but not twice; where that is soon, somebody is asked to it
    at once."""
    today = clock.today()
    last = asked.last_full(session, household.id)
    for owed_already in asked.open_stops(session, household.id, last):
        if owed_already.purpose is purpose:
            return owed_already
    made = StopAsked(
        id=uuid7(),
        household_id=household.id,
        purpose=purpose,
        asked_on=today,
        due_on=today + timedelta(days=WITHIN_DAYS[purpose]),
        made_by=actor.id,
    )
    session.add(made)
    session.flush()
    publish(
        session,
        StopAskedFor(
            subject_id=household.id,
            actor_id=actor.id,
            community_id=household.community_id,
            purpose=purpose,
            due_on=made.due_on,
        ),
    )
    if made.due_on - today <= timedelta(days=WITHIN_DAYS[Purpose.ASKED]):
        _propose(session, actor, household, made)
    return made


def _propose(session: Session, actor: Actor, household: Household, stop: StopAsked) -> None:
    """Ask the nearest person who has time before it is due, unless somebody comes anyway."""
    coming = open_for(household.id).where(Visit.on.between(clock.today(), stop.due_on))
    if session.scalar(coming.limit(1)) is not None:
        return
    found = _meeting(session, household, stop.due_on)
    if found is None:
        return
    person, other, slot = found
    visit_asked = Visit(
        id=uuid7(),
        community_id=household.community_id,
        household_id=household.id,
        person_id=person,
        purpose=stop.purpose,
        state=VisitState.PROPOSED,
        on=slot.date,
        window_from=slot.window.start,
        window_to=slot.window.end,
        created_at=clock.now(),
    )
    _ask(session, actor, visit_asked, [other] if other else [])


def _meeting(
    session: Session, household: Household, by: date
) -> tuple[UUID, UUID | None, Slot] | None:
    period = Period(clock.today(), by)
    doors = select(Household.id).where(Household.id == household.id)
    (door,) = owing.standing_of(session, household.community_id, doors, period)
    known = callers.callers(session, household.community_id, period.first, by)
    paired = callers.paired_in(session, household.community_id, period.first, period.first)
    near = owing.near(paired, [door], known)[household.id]
    able = _able(session, household.id, near, period.first, by)
    times = callers.slots_of(session, [known[one] for one in near], period.first, by)
    free = {who: without(slots, able.said_no(who)) for who, slots in times.items()}
    now = clock.local_now()
    slots = [
        slot
        for slot in door_slots(
            calendar.days_between(period.first, by), door.facts.level, door.liked
        )
        if (slot.date, slot.window.start) > (now.date(), now.time())
    ]
    return first_meeting(near, slots, free)


def _ask(session: Session, actor: Actor, visit: Visit, partners: Iterable[UUID]) -> Visit:
    session.add(visit)
    session.flush()
    session.add_all(VisitPartner(visit_id=visit.id, person_id=one) for one in partners)
    session.flush()
    publish(session, VisitAsked(**facts(visit, actor.id), on=visit.on))
    return visit
