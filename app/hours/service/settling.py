"""What people say of hours: entered by hand, confirmed, sent back, corrected, voided."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import uuid7
from app.core.errors import Invalid, Refusal, Stale
from app.core.events import publish
from app.hours.events import HoursEntered, HoursMoved
from app.hours.models import ServiceHours
from app.hours.queries import visible
from app.hours.rules import BY_HAND, HoursState, Kind
from app.hours.rules.minutes import LATE_BY_DAYS, minutes_problem
from app.hours.rules.states import BY_VERB, Seat, Verb, next_state
from app.hours.service import certificates
from app.hours.service.stints import facts
from app.identity.actor import Actor
from app.teams.models import Team, TeamMember
from app.visits.rules.record import looks_like_identity_number

NEEDED = {"reason": "请写一句原因。", "minutes": "请填时长。"}


class InNoTeam(Refusal):
    status, code = 409, "hours_in_no_team"
    title = "那一天您不在队伍里，记不了时长。请先和社区说一声。"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What somebody enters by hand."""

    on: date
    kind: Kind
    content: str
    minutes: int
    team_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Said:
    """What is said with a move."""

    minutes: int | None = None
    reason: str | None = None


def enter(session: Session, actor: Actor, entry: Entry) -> ServiceHours:
    """Something that no record tells of: a meeting, an hour at the event. It waits for the
    leader."""
    if errors := _entry_problems(entry):
        raise Invalid(errors=errors)
    team = _team(session, actor, entry)
    made = ServiceHours(
        id=uuid7(),
        community_id=team.community_id,
        team_id=team.id,
        person_id=actor.id,
        on=entry.on,
        kind=entry.kind,
        content=entry.content,
        minutes=entry.minutes,
        said=True,
        created_at=clock.now(),
    )
    session.add(made)
    session.flush()
    publish(
        session,
        HoursEntered(**facts(made, actor.id)),
    )
    return made


def _entry_problems(entry: Entry) -> dict[str, list[str]]:
    today = clock.today()
    found = {
        "kind": None if entry.kind in BY_HAND else "走访和巡查会自己记，不用再填。",
        "minutes": minutes_problem(entry.minutes),
        "content": "这里不要写身份证号。" if looks_like_identity_number(entry.content) else None,
        "on": None,
    }
    if entry.on > today:
        found["on"] = "日期不能晚于今天。"
    elif entry.on < today - timedelta(days=LATE_BY_DAYS):
        found["on"] = f"只能补记最近 {LATE_BY_DAYS} 天的服务。"
    return {field: [sentence] for field, sentence in found.items() if sentence}


def _team(session: Session, actor: Actor, entry: Entry) -> Team:
    """The team named, else the one they have been in longest; as it was on that day."""
    theirs = (
        select(Team)
        .join(TeamMember, TeamMember.team_id == Team.id)
        .where(TeamMember.person_id == actor.id, TeamMember.standing(entry.on))
        .order_by(TeamMember.from_date, TeamMember.id)
    )
    if entry.team_id is not None:
        theirs = theirs.where(Team.id == entry.team_id)
    found = session.scalars(theirs.limit(1)).one_or_none()
    if found is None:
        raise InNoTeam
    return found


def move(
    session: Session, actor: Actor, hours_id: UUID, version: int, verb: Verb, said: Said
) -> ServiceHours:
    """Do something to one record, and say why where the table asks for it."""
    hours = visible.get(session, actor, hours_id, lock=True)
    after = next_state(hours.state, verb, visible.seats(session, actor, [hours])[hours.id])
    if hours.version != version:
        raise Stale
    _check(verb, said)
    _move(session, actor, hours, verb, after, said)
    return hours


def _check(verb: Verb, said: Said) -> None:
    errors = {
        field: [sentence]
        for field, sentence in NEEDED.items()
        if field in BY_VERB[verb].needs and not getattr(said, field)
    }
    if said.minutes is not None and (problem := minutes_problem(said.minutes)):
        errors["minutes"] = [problem]
    if errors:
        raise Invalid(errors=errors)


def _move(
    session: Session, actor: Actor, hours: ServiceHours, verb: Verb, after: HoursState, said: Said
) -> None:
    was = hours.minutes
    if "minutes" in BY_VERB[verb].needs and said.minutes is not None:
        hours.minutes, hours.said = said.minutes, True
    hours.state, hours.reason = after, said.reason
    if Seat.OWN not in BY_VERB[verb].by:
        hours.settled_by, hours.settled_at = actor.id, clock.now()
    session.flush()
    certificates.hours_changed(session, hours, actor.id)
    publish(
        session,
        HoursMoved(**facts(hours, actor.id), move=verb, was=was, reason=said.reason),
    )


def confirm_all(session: Session, actor: Actor, seen: Iterable[tuple[UUID, int]]) -> int:
    """Confirm these records as they were seen; how many those were. What has changed since, or is
    settled already, stays as it is."""
    versions = dict(seen)
    rows = session.scalars(
        visible.to_confirm(actor)
        .where(ServiceHours.id.in_(versions))
        .order_by(ServiceHours.id)
        .with_for_update(of=ServiceHours)
    ).all()
    same = [row for row in rows if row.version == versions[row.id]]
    for row in same:
        _move(session, actor, row, Verb.CONFIRM, HoursState.CONFIRMED, Said())
    return len(same)
