"""When the person of a visit could make it instead: their own times that suit the door."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import calendar, clock
from app.identity.actor import Actor
from app.places.models import Household
from app.teams.availability import windows_of
from app.visits import queries
from app.visits.rules.owing import Period
from app.visits.rules.passing import holds
from app.visits.rules.states import OPEN
from app.visits.rules.windows import Slot, door_slots, earliest
from app.visits.service import owing

PICK_DAYS = 28


def evenings(session: Session, actor: Actor, visit_id: UUID) -> list[Slot]:
    """The slots, soonest first; none for who was not asked, or once it is over. NotFound for who
    may not see the visit."""
    visit = queries.get(session, actor, visit_id)
    if visit.person_id != actor.id or visit.state not in OPEN:
        return []
    today, last = clock.today(), clock.today() + timedelta(days=PICK_DAYS)
    doors = select(Household.id).where(Household.id == visit.household_id)
    (door,) = owing.standing_of(session, visit.community_id, doors, Period(today, last))
    mine = windows_of(session, [actor.id], today, last)[actor.id]
    first = max(today + timedelta(days=1), earliest(door.called.rung, door.facts.level) or today)
    days = calendar.days_between(first, last)
    now = (visit.on, visit.window_from)
    return [
        slot
        for slot in door_slots(days, door.facts.level, door.liked)
        if holds(mine, slot) and (slot.date, slot.window.start) != now
    ]
