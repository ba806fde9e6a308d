"""Counts the records of a day into one record of hours for each person, and follows them when they
are corrected or taken back. What was confirmed waits again when its records have changed."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import uuid7
from app.core.events import publish
from app.hours.events import HoursCounted
from app.hours.models import ServiceHours, ServicePart
from app.hours.rules import HoursState, Kind
from app.hours.rules.minutes import capped
from app.hours.service import certificates
from app.hours.service.stints import SOURCES, Stint, facts

CHANGED = "记录后来有改动，请再看一看。"
NONE_LEFT = "走访或巡查的记录没有了，这次不再算。"


def follow(session: Session, kind: Kind, source_id: UUID) -> None:
    """Count one visit or patrol as it stands now. Doing it again changes nothing."""
    stints = {one.person_id: one for one in SOURCES[kind](session, source_id)}
    parts = {
        part.person_id: part
        for part in session.scalars(select(ServicePart).where(ServicePart.source_id == source_id))
    }
    touched: set[UUID] = set()
    for person_id in sorted(stints.keys() | parts.keys()):
        part, stint = parts.get(person_id), stints.get(person_id)
        if part is not None:
            touched.add(part.hours_id)
        if stint is not None:
            touched.add(_keep(session, kind, source_id, stint, part))
        elif part is not None:
            session.delete(part)
    session.flush()
    for hours_id in sorted(touched):
        _recount(session, hours_id)


def _keep(
    session: Session, kind: Kind, source_id: UUID, stint: Stint, part: ServicePart | None
) -> UUID:
    hours_id = _record(session, kind, stint)
    if part is None:
        part = ServicePart(source_id=source_id, person_id=stint.person_id)
        session.add(part)
    part.hours_id, part.minutes = hours_id, stint.minutes
    return hours_id


def _record(session: Session, kind: Kind, stint: Stint) -> UUID:
    """The record of this person, day, team and kind; made where there is none."""
    found = session.scalar(
        select(ServiceHours.id).where(
            ServiceHours.person_id == stint.person_id,
            ServiceHours.on == stint.on,
            ServiceHours.team_id == stint.team_id,
            ServiceHours.kind == kind,
            ServiceHours.counted.is_not(None),
        )
    )
    if found is not None:
        return found
    made = ServiceHours(
        id=uuid7(),
        community_id=stint.community_id,
        team_id=stint.team_id,
        person_id=stint.person_id,
        on=stint.on,
        kind=kind,
        minutes=capped(stint.minutes),
        counted=0,
        created_at=clock.now(),
    )
    session.add(made)
    session.flush()
    return made.id


def _recount(session: Session, hours_id: UUID) -> None:
    hours = session.get_one(ServiceHours, hours_id, with_for_update=True)
    total = session.scalar(
        select(func.coalesce(func.sum(ServicePart.minutes), 0)).where(
            ServicePart.hours_id == hours_id
        )
    )
    if hours.counted == total or total is None:
        return
    hours.counted, hours.said = total, False
    fell = hours.state is HoursState.CONFIRMED
    if total == 0:
        hours.state, hours.reason = HoursState.VOIDED, NONE_LEFT
    else:
        if hours.state in (HoursState.CONFIRMED, HoursState.VOIDED):
            hours.reason = CHANGED
        hours.state, hours.minutes = HoursState.WAITING, capped(total)
    session.flush()
    certificates.hours_changed(session, hours, None)
    told = facts(hours, None) | {"minutes": hours.minutes if total else 0}
    publish(session, HoursCounted(**told, fell=fell))
