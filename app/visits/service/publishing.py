"""A round goes out: what would be proposed to whom, and the proposals themselves."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.core import calendar, clock
from app.core.events import publish as tell
from app.identity.actor import Actor
from app.identity.queries import people_named
from app.visits.events import RoundPublished, VisitsProposed
from app.visits.models import Round, RoundGap
from app.visits.queries import planning
from app.visits.queries import rounds as queries
from app.visits.rules import Gap, RoundState
from app.visits.rules.spread import Plan, Planned, plan
from app.visits.rules.states import RoundIsOver, RoundVerb, next_round_state
from app.visits.service.proposing import Proposal, propose
from app.visits.service.rounds import current, facts, offered


def planned(session: Session, round_: Round) -> Plan:
    """Who would be asked to which door and when, if the round went out now."""
    days = [
        (day.date, day.kind)
        for day in calendar.days_between(max(round_.starts_on, clock.today()), round_.ends_on)
    ]
    doors = planning.doors(session, round_, clock.today())
    return plan(doors, offered(round_), days, clock.local_now().replace(tzinfo=None))


def preview(session: Session, actor: Actor, round_id: UUID) -> dict[str, Any]:
    """What publishing would do; nothing is written."""
    round_ = queries.get(session, actor, round_id)
    if round_.state is not RoundState.DRAFT:
        next_round_state(round_.state, RoundVerb.PUBLISH)
        raise RoundIsOver
    made = planned(session, round_)
    doors = queries.by_reason(session, made.gaps)
    theirs = _by_person(made.visits)
    names = people_named(session, theirs)
    return {
        "households": len(made.visits) + len(made.gaps),
        "visits": len(made.visits),
        "by_person": [
            {"person": {"id": person, "name": names[person]}, "households": len(some)}
            for person, some in sorted(theirs.items(), key=lambda one: (names[one[0]], one[0]))
        ],
        "without_person": [one["place_text"] for one in doors[Gap.NOBODY]],
        "blocked": queries.blocked(doors),
        "calendar_warning": calendar.warning(round_.starts_on, round_.ends_on),
    }


def publish(session: Session, actor: Actor, round_id: UUID, version: int) -> Round:
    """Propose the visits of a draft to their people; the doors left over stay listed."""
    round_ = current(queries.get(session, actor, round_id), version)
    after = next_round_state(round_.state, RoundVerb.PUBLISH)
    made = planned(session, round_)
    _write(session, round_, made)
    round_.state = after
    round_.published_at = clock.now()
    round_.households = len(made.visits) + len(made.gaps)
    session.flush()
    _tell(session, actor, round_, made)
    return round_


def _write(session: Session, round_: Round, made: Plan) -> None:
    propose(session, round_.community_id, [_asked(round_, one) for one in made.visits])
    gaps = [
        {"round_id": round_.id, "household_id": household_id, "reason": reason}
        for household_id, reason in made.gaps
    ]
    if gaps:
        session.execute(insert(RoundGap), gaps)


def _asked(round_: Round, one: Planned) -> Proposal:
    along = () if one.partner_id is None else (one.partner_id,)
    return Proposal(
        household_id=one.household_id,
        people=(one.person_id, *along),
        slot=one.slot,
        purposes=(round_.purpose,),
        round_id=round_.id,
    )


def _by_person(visits: list[Planned]) -> dict[UUID, list[Planned]]:
    theirs: dict[UUID, list[Planned]] = defaultdict(list)
    for one in visits:
        theirs[one.person_id].append(one)
    return theirs


def _tell(session: Session, actor: Actor, round_: Round, made: Plan) -> None:
    theirs = _by_person(made.visits)
    nobody = sum(reason is Gap.NOBODY for _, reason in made.gaps)
    tell(
        session,
        RoundPublished(
            **facts(round_, actor), visits=len(made.visits), people=len(theirs), nobody=nobody
        ),
    )
    for person_id, some in theirs.items():
        dates = [one.slot.date for one in some]
        tell(
            session,
            VisitsProposed(
                subject_id=round_.id,
                actor_id=actor.id,
                round_id=round_.id,
                person_id=person_id,
                count=len(some),
                first_on=min(dates),
                last_on=max(dates),
            ),
        )
