"""Every SELECT of the feed: the actor's scopes, the pointers behind a number, silent phones."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, Subquery, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from app.core import changes, clock
from app.core.numbering import FeedChange, FeedScope, Scope
from app.identity.actor import Actor
from app.identity.models import Device, Person
from app.sync.models import DeviceReport, Generation
from app.sync.rules import SKEW_SHOWN_SECONDS
from app.teams.models import Team, TeamMember
from app.visits.models import Visit
from app.visits.rules import VisitState

# Built once: every phone asks these each minute.
SCOPES = select(FeedScope.id, FeedScope.kind, FeedScope.key, FeedScope.seq, FeedScope.floor).where(
    FeedScope.key.in_(bindparam("keys", expanding=True))
)
POINTERS = (
    select(FeedChange.kind, FeedChange.row_id, FeedChange.seq)
    .where(FeedChange.scope_id == bindparam("scope_id"), FeedChange.seq > bindparam("after"))
    .order_by(FeedChange.seq)
    .limit(bindparam("most"))
)
STILL_HELD = POINTERS.where(
    or_(
        FeedChange.until.is_(None),
        FeedChange.until >= bindparam("today", type_=FeedChange.until.type),
    )
)
GENERATION = select(Generation.value).where(Generation.id == 1)


@dataclass(frozen=True)
class Stand:
    """A scope of the actor: its number, the last change in it, and what was dropped from it."""

    id: int
    scope: Scope
    seq: int
    floor: int


def generation(session: Session) -> UUID | None:
    """The present generation; None in a database that no phone has asked yet."""
    return session.scalar(GENERATION)


def stands(session: Session, actor: Actor) -> list[Stand]:
    """The scopes that the actor has now and in which anything ever was, those of the later areas
    first: a new phone can show today's visits before it knows every door."""
    wanted = {
        Scope(kind, key): -place
        for place, (kind, mine) in enumerate(changes.SCOPES.items())
        for key in mine(session, actor)
    }
    if not wanted:
        return []
    rows = session.execute(SCOPES, {"keys": sorted({scope.key for scope in wanted})})
    found = (Stand(id, Scope(kind, key), seq, floor) for id, kind, key, seq, floor in rows)
    mine = (one for one in found if one.scope in wanted)
    return sorted(mine, key=lambda one: (wanted[one.scope], one.id))


def pointers(
    session: Session, scope_id: int, after: int, most: int, *, fresh: bool
) -> Sequence[Row[str, UUID, int]]:
    """(kind, row, number) of what changed in a scope after a number, oldest first. Who starts from
    nothing is spared what phones have forgotten."""
    asked: dict[str, Any] = {"scope_id": scope_id, "after": after, "most": most}
    if fresh:
        return session.execute(STILL_HELD, asked | {"today": clock.today()}).all()
    return session.execute(POINTERS, asked).all()


def last_numbers(session: Session, scope_ids: Collection[int]) -> dict[int, int]:
    """The last number given out in each of these scopes."""
    rows = session.execute(select(FeedScope.id, FeedScope.seq).where(FeedScope.id.in_(scope_ids)))
    return dict(rows.all())


def silent_devices(actor: Actor, today: date) -> Select[*tuple[Any, ...]]:
    """Devices of the teams of the actor's communities that hold work back, or seem to: nothing
    heard for a day although something waits on them or a visit of a past day is unrecorded; and
    those whose clock is wrong."""
    unrecorded = _unrecorded(actor, today)
    waiting = func.coalesce(DeviceReport.waiting, 0)
    refused = func.coalesce(DeviceReport.refused, 0)
    skew = func.coalesce(DeviceReport.skew_seconds, 0)
    overdue = func.coalesce(unrecorded.c.visits, 0)
    quiet = Device.last_seen_at < clock.now() - timedelta(days=1)
    return (
        select(
            Device.id,
            Device.name,
            Device.last_seen_at,
            Person.id.label("person_id"),
            Person.name.label("person_name"),
            waiting.label("waiting"),
            refused.label("refused"),
            skew.label("skew_seconds"),
            overdue.label("overdue_visits"),
        )
        .join(Person, Person.id == Device.person_id)
        .outerjoin(DeviceReport, DeviceReport.device_id == Device.id)
        .outerjoin(unrecorded, unrecorded.c.person_id == Device.person_id)
        .where(
            Device.ended_at.is_(None),
            Device.person_id.in_(_team_people(actor, today)),
            or_(and_(waiting + refused + overdue > 0, quiet), func.abs(skew) > SKEW_SHOWN_SECONDS),
        )
    )


def _team_people(actor: Actor, today: date) -> Select[UUID]:
    """Who is in a team of the actor's communities today."""
    return (
        select(TeamMember.person_id)
        .join(Team, Team.id == TeamMember.team_id)
        .where(Team.community_id.in_(actor.committee_communities), TeamMember.standing(today))
    )


def _unrecorded(actor: Actor, today: date) -> Subquery:
    """How many visits of past days each person has accepted and not recorded."""
    return (
        select(Visit.person_id, func.count().label("visits"))
        .where(
            Visit.community_id.in_(actor.committee_communities),
            Visit.state == VisitState.ACCEPTED,
            Visit.on < today,
        )
        .group_by(Visit.person_id)
        .subquery()
    )
