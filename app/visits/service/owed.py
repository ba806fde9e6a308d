"""What people keep by hand of what is owed: occasions of the committee, a stop of its own for one
door, and the hours that residents like."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import uuid7
from app.core.errors import Conflict, Invalid, NotFound, Stale
from app.core.events import publish
from app.identity.actor import Actor
from app.places.models import Household
from app.places.rules import CareLevel
from app.teams.rules.windows import Span
from app.visits.events_owing import DoorHoursSet, OccasionKept, StopWithdrawn
from app.visits.models_owing import DoorHours, Occasion, StopAsked
from app.visits.queries import owed as queries
from app.visits.rules import Purpose
from app.visits.service import passing
from app.visits.service.rounds import current

LONGEST = timedelta(days=184)


class StopIsOver(Conflict):
    code = "visit_stop_is_over"
    title = "这一趟已经撤掉了。"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the committee says of an occasion."""

    title: str
    purpose: Purpose
    care_levels: tuple[CareLevel, ...]
    starts_on: date
    ends_on: date


def add(session: Session, actor: Actor, community_id: UUID, wanted: Wanted) -> Occasion:
    """A new occasion. Raises NotFound, Invalid."""
    if community_id not in actor.committee_communities:
        raise NotFound
    made = Occasion(id=uuid7(), community_id=community_id, made_by=actor.id)
    return _keep(session, actor, made, wanted, "made")


def change(
    session: Session, actor: Actor, occasion_id: UUID, version: int, wanted: Wanted
) -> Occasion:
    """Say it otherwise. Raises NotFound, Stale, Invalid."""
    found = current(queries.occasion(session, actor, occasion_id), version)
    return _keep(session, actor, found, wanted, "changed")


def remove(session: Session, actor: Actor, occasion_id: UUID, version: int) -> None:
    """From now on it is owed to nobody. Raises NotFound, Stale."""
    found = current(queries.occasion(session, actor, occasion_id), version)
    session.delete(found)
    session.flush()
    publish(session, OccasionKept(subject_id=found.id, actor_id=actor.id, how="removed"))


def ask(session: Session, actor: Actor, household_id: UUID, purpose: Purpose) -> None:
    """The committee says that a door is owed a stop of its own. Raises NotFound."""
    household = queries.door(session, actor, household_id)
    if household.community_id not in actor.committee_communities:
        raise NotFound
    passing.ask_for(session, actor, household, purpose)


def withdraw(session: Session, actor: Actor, stop_id: UUID) -> StopAsked:
    """It is not owed any more. Raises NotFound, StopIsOver."""
    found = queries.stop(session, actor, stop_id)
    if found.withdrawn_at is not None:
        raise StopIsOver
    found.withdrawn_at = clock.now()
    session.flush()
    publish(
        session,
        StopWithdrawn(subject_id=found.household_id, actor_id=actor.id, purpose=found.purpose),
    )
    return found


def set_hours(
    session: Session, actor: Actor, household_id: UUID, version: int, spans: Iterable[Span]
) -> Household:
    """Keep the windows that residents like; none for all. Raises NotFound, Stale."""
    household = queries.door(session, actor, household_id)
    row = session.get(DoorHours, household_id)
    if (row.version if row else 0) != version:
        raise Stale
    if row is None:
        row = DoorHours(household_id=household_id)
        session.add(row)
    chosen = set(spans)
    row.spans = [span.value for span in Span if span in chosen]
    session.flush()
    publish(
        session,
        DoorHoursSet(
            subject_id=household.id, actor_id=actor.id, community_id=household.community_id
        ),
    )
    return household


def _keep(session: Session, actor: Actor, row: Occasion, wanted: Wanted, how: str) -> Occasion:
    if problem := _problem(wanted):
        raise Invalid(errors={"ends_on": [problem]})
    row.title, row.purpose = wanted.title.strip(), wanted.purpose
    row.care_levels = [level.value for level in CareLevel if level in wanted.care_levels]
    row.starts_on, row.ends_on = wanted.starts_on, wanted.ends_on
    session.add(row)
    session.flush()
    publish(session, OccasionKept(subject_id=row.id, actor_id=actor.id, how=how))
    return row


def _problem(wanted: Wanted) -> str | None:
    if wanted.ends_on < wanted.starts_on:
        return "结束日期不能早于开始日期。"
    if wanted.ends_on - wanted.starts_on > LONGEST:
        return "一件事最多排半年。"
    return "结束日期已经过去了。" if wanted.ends_on < clock.today() else None
