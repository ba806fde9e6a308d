"""Where hours come from: each source says, of one of its records, who was there and how long.

A source registers one function. It reads the record as it stands now, so that a record which was
corrected or taken back is simply asked again.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock, outbox
from app.core.db import uuid7
from app.hours.models import ServiceHours
from app.hours.rules import Kind
from app.teams.models import Team, TeamMember

FOLLOW = "hours.follow"
BREATH = timedelta(milliseconds=200)


@dataclass(frozen=True)
class Stint:
    """One person's part in one record, in the team in which they did it."""

    person_id: UUID
    community_id: UUID
    team_id: UUID
    on: date
    minutes: int


Source = Callable[[Session, UUID], list[Stint]]
SOURCES: dict[Kind, Source] = {}


def source(kind: Kind) -> Callable[[Source], Source]:
    """Have a function say who was there; an empty list for a record that counts no more."""

    def add(tells: Source) -> Source:
        SOURCES[kind] = tells
        return tells

    return add


def changed(session: Session, kind: Kind, source_id: UUID, *, turn: int = 0) -> None:
    """A record was made, corrected or taken back: the worker counts it anew. Whoever writes the
    record does not wait for it. Of many at once each has its `turn`: between them what others wait
    for gets through."""
    payload = {"kind": kind.value, "source_id": str(source_id)}
    due = clock.now() + turn * BREATH
    outbox.enqueue(session, FOLLOW, payload, f"{FOLLOW}:{source_id}:{uuid7()}", due)


def teams_on(
    session: Session, community_id: UUID, people: Collection[UUID], day: date
) -> dict[UUID, list[UUID]]:
    """The teams of a community in which these people were on a day, longest first. Who was in
    none did it as their work, not as a volunteer."""
    rows = session.execute(
        select(TeamMember.person_id, TeamMember.team_id)
        .join(Team, Team.id == TeamMember.team_id)
        .where(
            Team.community_id == community_id,
            TeamMember.person_id.in_(people),
            TeamMember.standing(day),
        )
        .order_by(TeamMember.from_date, TeamMember.id)
    )
    found: dict[UUID, list[UUID]] = {}
    for person_id, team_id in rows:
        found.setdefault(person_id, []).append(team_id)
    return found


def facts(hours: ServiceHours, actor_id: UUID | None) -> dict[str, Any]:
    """What every event of a record of hours says."""
    return {
        "subject_id": hours.id,
        "actor_id": actor_id,
        "person_id": hours.person_id,
        "on": hours.on,
        "kind": hours.kind,
        "minutes": hours.minutes,
    }
