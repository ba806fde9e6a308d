"""Does what `rules.following` says of a record: another try, the date the household asked for, a
wellness check the same day, word to the building head, or that nobody comes any more."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import calendar, clock
from app.core.calendar import DayKind
from app.core.events import publish
from app.identity.actor import Actor
from app.places.models import Household
from app.places.rules import CareLevel, VisitWish
from app.visits.events import FollowUpMade, NobodyAnswers, WellnessCheckNeeded, WishHeard
from app.visits.models import Round, Visit, VisitPartner, VisitRecord
from app.visits.queries.visible import open_for, partners_of
from app.visits.rules import NextStep, Purpose, VisitState
from app.visits.rules.following import Coming, Hears, follows
from app.visits.rules.record import WISHES
from app.visits.rules.states import OPEN
from app.visits.rules.windows import DEFAULT_WINDOWS, Slot, other_band_slots
from app.visits.service.answers import call_off, call_off_door, facts
from app.visits.service.reports import said_of
from app.visits.service.rounds import offered

LOOK_AHEAD_DAYS = 21
NO_MORE = "住户说过不再上门。"
NOT_NEEDED = "这一户的走访结果已经核对，不用再去。"
TOLD = {Hears.ALL_TODAY: WellnessCheckNeeded, Hears.BUILDING_HEAD: NobodyAnswers}


def after(
    session: Session, actor: Actor, visit: Visit, record: VisitRecord, *, again: bool = True
) -> Visit | None:
    """Do all that a record asks for; the further visit, if there is one. `again` is false where
    the person of the visit does not go there any more."""
    household = session.get_one(Household, visit.household_id)
    row = follows(said_of(record), visit.attempt, household.care_level)
    before = household.wish
    wish = hear_wish(session, actor, visit, record.next_step)
    if wish is not before:
        record.wish_before = before
    if row.hears is not Hears.NOBODY:
        fact = TOLD[row.hears]
        publish(session, fact(**facts(visit, actor.id), on=record.on))
    if wish is VisitWish.NO_MORE_VISITS or not again:
        return None
    further = _further(session, visit, household, record, row.coming)
    if further is not None:
        _make(session, actor, visit, further)
    return further


def mend(session: Session, actor: Actor, visit: Visit, record: VisitRecord) -> None:
    """The record says something else now. What only its former words asked for is called off while
    it is open; what these ask for is done."""
    call_off_further(session, actor, visit)
    after(session, actor, visit, record)


def call_off_further(session: Session, actor: Actor, visit: Visit) -> None:
    """Call off the open visits that follow from a record that does not stand any more."""
    unneeded = select(Visit).where(Visit.follows_id == visit.id, Visit.state.in_(OPEN))
    call_off(session, actor.id, session.scalars(unneeded).all(), NOT_NEEDED)


def take_back_wish(session: Session, actor: Actor, visit: Visit, record: VisitRecord) -> None:
    """The household never said what the record had heard: it wishes what it wished before."""
    household = session.get_one(Household, visit.household_id)
    heard = WISHES.get(record.next_step) if record.next_step else None
    if record.wish_before is not None and household.wish is heard:
        _wish(session, actor, visit, household, record.wish_before)
    record.wish_before = None


def hear_wish(session: Session, actor: Actor, visit: Visit, said: NextStep | None) -> VisitWish:
    """Keep the wish that a household has spoken, if it did; how it wishes to be visited now.
    Where nobody is to come any more, every open visit is called off."""
    household = session.get_one(Household, visit.household_id)
    wish = WISHES.get(said) if said else None
    if wish and household.wish is not wish:
        _wish(session, actor, visit, household, wish)
    if household.wish is VisitWish.NO_MORE_VISITS:
        call_off_door(session, actor.id, household.id, NO_MORE)
    return household.wish


def _wish(
    session: Session, actor: Actor, visit: Visit, household: Household, wish: VisitWish
) -> None:
    household.wish = wish
    session.flush()
    publish(
        session,
        WishHeard(
            subject_id=household.id,
            actor_id=actor.id,
            community_id=household.community_id,
            visit_id=visit.id,
            wish=wish,
        ),
    )


def _further(
    session: Session, visit: Visit, household: Household, record: VisitRecord, coming: Coming
) -> Visit | None:
    said = said_of(record)
    if coming is Coming.APPOINTED and said.reschedule_to:
        return _copy(visit, said.reschedule_to, VisitState.ACCEPTED)
    if coming is not Coming.AGAIN:
        return None
    slot = _other_time(session, visit, household, record)
    if slot is None or _merged(session, visit, slot.date):
        return None
    further = _copy(visit, slot, VisitState.PROPOSED)
    further.attempt = visit.attempt + 1
    further.hint = record.next_step
    if household.care_level is CareLevel.HIGH:
        further.purpose = Purpose.WELLNESS
    return further


def _copy(visit: Visit, slot: Slot, state: VisitState) -> Visit:
    return Visit(
        community_id=visit.community_id,
        household_id=visit.household_id,
        round_id=visit.round_id,
        follows_id=visit.id,
        person_id=visit.person_id,
        purpose=visit.purpose,
        state=state,
        on=slot.date,
        window_from=slot.window.start,
        window_to=slot.window.end,
        attempt=visit.attempt,
        created_at=clock.now(),
    )


def _other_time(
    session: Session, visit: Visit, household: Household, record: VisitRecord
) -> Slot | None:
    """The next slot in another time band: of the round's windows, else of the default ones."""
    now = clock.local_now()
    same_day = household.care_level is CareLevel.HIGH
    first = max(record.on if same_day else record.on + timedelta(days=1), now.date())
    round_ = session.get(Round, visit.round_id) if visit.round_id else None
    for windows in (offered(round_) if round_ else [], DEFAULT_WINDOWS):
        for slot in other_band_slots(_days(first), windows, household.care_level, record.slot):
            if (slot.date, slot.window.start) > (now.date(), now.time()):
                return slot
    return None


def _days(first: date) -> Iterator[tuple[date, DayKind]]:
    for day in calendar.days_between(first, first + timedelta(days=LOOK_AHEAD_DAYS)):
        yield day.date, day.kind


def _merged(session: Session, visit: Visit, by: date) -> bool:
    """Whether somebody goes there before anyway: the two are one stop."""
    others = open_for(visit.household_id).where(
        Visit.id != visit.id, Visit.on.between(clock.today(), by)
    )
    return session.scalar(others.limit(1)) is not None


def _make(session: Session, actor: Actor, visit: Visit, further: Visit) -> None:
    session.add(further)
    session.flush()
    for person_id in partners_of(session, [visit.id])[visit.id]:
        session.add(VisitPartner(visit_id=further.id, person_id=person_id))
    session.flush()
    publish(
        session,
        FollowUpMade(
            **facts(further, actor.id),
            follows_id=visit.id,
            on=further.on,
            attempt=further.attempt,
            state=further.state,
        ),
    )
