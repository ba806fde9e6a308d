"""Rounds: drafted, edited and called off by the committee."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, time, timedelta
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import Versioned
from app.core.errors import Invalid, NotFound, Stale
from app.core.events import publish
from app.identity.actor import Actor
from app.teams import rosters
from app.teams.models import Team
from app.teams.rules import TeamKind
from app.visits.events import RoundCancelled, RoundDrafted, RoundEdited
from app.visits.models import Round, Visit
from app.visits.queries import planning
from app.visits.queries import rounds as queries
from app.visits.queries.visible import partners_of
from app.visits.rules import Days, Purpose, VisitState
from app.visits.rules.states import OPEN, RoundVerb, next_round_state
from app.visits.rules.windows import OpenWindow, Window, window_problem

Row = TypeVar("Row", bound=Versioned)
LONGEST_ROUND = timedelta(days=184)
NO_ARMBAND = "红袖章只巡公共部位，不进家门，请换一支队伍。"
NO_ONE = "请选要看望谁：关心级别、楼栋或住户，至少选一样。"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the committee asks of a round."""

    title: str
    purpose: Purpose
    team_id: UUID
    whom: planning.Whom
    starts_on: date
    ends_on: date
    windows: Sequence[OpenWindow]


def draft(session: Session, actor: Actor, wanted: Wanted) -> Round:
    """A new round, which nobody is asked about yet."""
    team = _team(session, actor, wanted.team_id)
    check(session, team, wanted)
    round_ = Round(
        community_id=team.community_id,
        created_by=actor.id,
        created_at=clock.now(),
        **_columns(wanted),
    )
    round_.households = planning.count(session, team.community_id, wanted.whom)
    session.add(round_)
    session.flush()
    publish(session, RoundDrafted(**facts(round_, actor)))
    return round_


def edit(
    session: Session, actor: Actor, round_id: UUID, version: int, changes: Mapping[str, Any]
) -> Round:
    """Change a draft; what was sent out is not changed any more."""
    round_ = current(queries.get(session, actor, round_id), version)
    next_round_state(round_.state, RoundVerb.EDIT)
    wanted = Wanted(**(_wanted(round_) | dict(changes)))
    team = _team(session, actor, wanted.team_id)
    check(session, team, wanted)
    for column, value in _columns(wanted).items():
        setattr(round_, column, value)
    round_.community_id = team.community_id
    round_.households = planning.count(session, team.community_id, wanted.whom)
    session.flush()
    publish(session, RoundEdited(**facts(round_, actor)))
    return round_


def cancel(session: Session, actor: Actor, round_id: UUID, version: int, reason: str) -> Round:
    """Call a round off, and with it every visit of it that is still open."""
    round_ = current(queries.get(session, actor, round_id), version)
    round_.state = next_round_state(round_.state, RoundVerb.CANCEL)
    round_.cancel_reason = reason
    still_open = session.scalars(
        select(Visit).where(Visit.round_id == round_.id, Visit.state.in_(OPEN))
    ).all()
    along = partners_of(session, [visit.id for visit in still_open])
    for visit in still_open:
        visit.state = VisitState.CANCELLED
        visit.answer_reason = reason
    session.flush()
    people = {visit.person_id for visit in still_open}.union(*along.values())
    publish(
        session,
        RoundCancelled(
            **facts(round_, actor), person_ids=frozenset(people), visits=len(still_open)
        ),
    )
    return round_


def current(row: Row, version: int) -> Row:
    """The row itself, if it is still as the caller saw it. Stale otherwise."""
    if row.version != version:
        raise Stale
    return row


def facts(round_: Round, actor: Actor | None) -> dict[str, Any]:
    """What every event of a round says."""
    return {
        "subject_id": round_.id,
        "actor_id": actor.id if actor else None,
        "community_id": round_.community_id,
        "title": round_.title,
    }


def offered(round_: Round) -> list[OpenWindow]:
    """The windows of a round, from the form in which they are kept."""
    return [
        OpenWindow(
            Days(one["days"]),
            Window(time.fromisoformat(one["from"]), time.fromisoformat(one["to"])),
        )
        for one in round_.windows
    ]


def check(session: Session, team: Team, wanted: Wanted) -> None:
    """Everything that keeps a round from being kept. Invalid says what, field by field."""
    found: dict[str, str | None] = {
        "team_id": NO_ARMBAND if team.kind is TeamKind.RED_ARMBAND else None,
        "ends_on": _span_problem(wanted),
        "whom": None if any(asdict(wanted.whom).values()) else NO_ONE,
    }
    for place, one in enumerate(wanted.windows):
        found[f"windows.{place}"] = window_problem(one.window)
    for field in planning.outside(session, team.community_id, wanted.whom):
        found[f"whom.{field}"] = "里面有不属于本社区的楼栋或住户。"
    errors = {field: [sentence] for field, sentence in sorted(found.items()) if sentence}
    if errors:
        raise Invalid(errors=errors)


def _span_problem(wanted: Wanted) -> str | None:
    if wanted.ends_on < wanted.starts_on:
        return "结束日期不能早于开始日期。"
    if wanted.ends_on - wanted.starts_on > LONGEST_ROUND:
        return "一轮最多排半年，请分成几轮。"
    if wanted.ends_on < clock.today():
        return "结束日期已经过去了。"
    return None


def _team(session: Session, actor: Actor, team_id: UUID) -> Team:
    try:
        return rosters.kept_team(session, actor, team_id)
    except NotFound as unknown:
        raise Invalid(errors={"team_id": ["没有找到这支队伍。"]}) from unknown


def _columns(wanted: Wanted) -> dict[str, Any]:
    return {
        "title": wanted.title,
        "purpose": wanted.purpose,
        "team_id": wanted.team_id,
        "starts_on": wanted.starts_on,
        "ends_on": wanted.ends_on,
        "whom": {
            "care_levels": [level.value for level in wanted.whom.care_levels],
            "building_ids": [str(one) for one in wanted.whom.building_ids],
            "household_ids": [str(one) for one in wanted.whom.household_ids],
        },
        "windows": [
            {"days": one.days.value, "from": _text(one.window.start), "to": _text(one.window.end)}
            for one in wanted.windows
        ],
    }


def _wanted(round_: Round) -> dict[str, Any]:
    return {
        "title": round_.title,
        "purpose": round_.purpose,
        "team_id": round_.team_id,
        "whom": planning.whom_of(round_),
        "starts_on": round_.starts_on,
        "ends_on": round_.ends_on,
        "windows": offered(round_),
    }


def _text(moment: time) -> str:
    return moment.strftime("%H:%M")
