"""Who may be asked to call at the doors of a community, and on which days. Red armbands never enter
homes: that one of them is paired with a building sends nobody to its doors, and only who is named
for a household (定户到人) is asked there. Whoever works for a property company learns nothing of
visits."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from app.core import clock
from app.identity.models import Membership, Organisation
from app.identity.rules import OrganisationKind
from app.teams.availability import windows_of
from app.teams.models import Pairing, Team, TeamMember
from app.teams.models_keeping import CareChange
from app.teams.rules import TeamKind
from app.teams.rules.windows import Slot


@dataclass(frozen=True)
class Days:
    """From the first through the last day; None is open."""

    first: date
    last: date | None

    def covers(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Leave(Days):
    """Days on which somebody's doors are with others."""

    receivers: tuple[UUID, ...]


@dataclass(frozen=True)
class Caller:
    """Somebody who may be asked: on which days they are in a team, and when they are on leave."""

    id: UUID
    member: tuple[Days, ...]
    leaves: tuple[Leave, ...]

    def there(self, day: date) -> bool:
        """Whether they may be asked to go on this day."""
        if any(leave.covers(day) for leave in self.leaves):
            return False
        return any(days.covers(day) for days in self.member)


def callers(session: Session, community_id: UUID, first: date, last: date) -> dict[UUID, Caller]:
    """Everybody who may be asked on some of these days."""
    spans: dict[UUID, list[Days]] = defaultdict(list)
    rows = session.execute(
        select(TeamMember.person_id, TeamMember.from_date, TeamMember.until_date)
        .join(Team, Team.id == TeamMember.team_id)
        .where(
            Team.community_id == community_id,
            TeamMember.from_date <= last,
            or_(TeamMember.until_date.is_(None), TeamMember.until_date >= first),
            TeamMember.person_id.not_in(_of_property()),
        )
        .order_by(TeamMember.person_id, TeamMember.from_date, TeamMember.id)
    )
    for person, since, until in rows:
        spans[person].append(Days(since, until))
    leaves = _leaves(session, community_id, first, last)
    return {
        person: Caller(person, tuple(days), tuple(leaves.get(person, ())))
        for person, days in spans.items()
    }


def slots_of(
    session: Session, people: Iterable[Caller], first: date, last: date
) -> dict[UUID, tuple[Slot, ...]]:
    """When each of these people may be asked: their own windows, on days when they are there."""
    asked = {caller.id: caller for caller in people}
    windows = windows_of(session, asked, first, last)
    return {
        person: tuple(slot for slot in windows[person] if caller.there(slot.date))
        for person, caller in asked.items()
    }


@dataclass(frozen=True)
class Paired(Days):
    """On which days somebody is paired with a place."""

    person_id: UUID


def paired_in(
    session: Session, community_id: UUID, first: date, last: date
) -> dict[UUID, list[Paired]]:
    """Who is paired on some of these days with each building or unit of a community, longest first;
    those of teams that visit."""
    found: dict[UUID, list[Paired]] = defaultdict(list)
    rows = session.execute(
        select(Pairing.place_id, Pairing.person_id, Pairing.since, Pairing.until)
        .join(Team, Team.id == Pairing.team_id)
        .where(
            Team.community_id == community_id,
            Team.kind != TeamKind.RED_ARMBAND,
            Pairing.since <= last,
            or_(Pairing.until.is_(None), Pairing.until >= first),
        )
        .order_by(Pairing.since, Pairing.id)
    )
    for place, person, since, until in rows:
        found[place].append(Paired(since, until, person))
    return found


def _of_property() -> Select[UUID]:
    day = clock.today()
    return (
        select(Membership.person_id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(
            Organisation.kind == OrganisationKind.PROPERTY,
            Membership.from_date <= day,
            or_(Membership.until_date.is_(None), Membership.until_date >= day),
        )
    )


def _leaves(
    session: Session, community_id: UUID, first: date, last: date
) -> dict[UUID, list[Leave]]:
    rows = session.execute(
        select(CareChange.person_id, CareChange.first, CareChange.last, CareChange.receivers)
        .where(
            CareChange.community_id == community_id,
            CareChange.person_id.is_not(None),
            CareChange.undone_at.is_(None),
            CareChange.ended_at.is_(None),
            CareChange.first <= last,
            or_(CareChange.last.is_(None), CareChange.last >= first),
        )
        .order_by(CareChange.first, CareChange.id)
    )
    found: dict[UUID, list[Leave]] = defaultdict(list)
    for person, since, until, receivers in rows:
        if person is not None:
            found[person].append(Leave(since, until, tuple(UUID(one) for one in receivers)))
    return found
