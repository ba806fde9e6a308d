"""Rounds: which a committee sees, what became of their visits, and how they are shown."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.identity.actor import Actor
from app.places.models import Household
from app.places.queries import household_texts
from app.teams.models import Team
from app.visits.models import Round, RoundGap, Visit
from app.visits.queries.visible import shut_out
from app.visits.rules import GAP_NAMES, Gap, VisitState


def visible_to(actor: Actor) -> Select[Round]:
    """The rounds of the communities whose committee the actor sits in."""
    communities = frozenset() if shut_out(actor) else actor.committee_communities
    return select(Round).where(Round.community_id.in_(communities))


def get(session: Session, actor: Actor, round_id: UUID) -> Round:
    """One round the actor's committee keeps. NotFound otherwise."""
    found = session.scalar(visible_to(actor).where(Round.id == round_id))
    if found is None:
        raise NotFound
    return found


def counts(session: Session, rounds: Sequence[Round]) -> dict[UUID, dict[str, int]]:
    """How many visits of each round stand where, and how many doors have nobody."""
    ids = [one.id for one in rounds]
    found = {
        one.id: {"households": one.households, "nobody": 0} | dict.fromkeys(VisitState, 0)
        for one in rounds
    }
    for round_id, state, number in session.execute(
        select(Visit.round_id, Visit.state, func.count())
        .where(Visit.round_id.in_(ids))
        .group_by(Visit.round_id, Visit.state)
    ):
        if round_id is not None:
            found[round_id][state] = number
    for round_id, number in session.execute(
        select(RoundGap.round_id, func.count())
        .where(RoundGap.round_id.in_(ids), RoundGap.reason == Gap.NOBODY)
        .group_by(RoundGap.round_id)
    ):
        found[round_id]["nobody"] = number
    return found


def rows(session: Session, rounds: Sequence[Round]) -> list[dict[str, Any]]:
    """Rounds as a list shows them."""
    numbers = counts(session, rounds)
    teams = {
        team.id: team
        for team in session.scalars(
            select(Team).where(Team.id.in_({one.team_id for one in rounds}))
        )
    }
    return [
        {
            "id": one.id,
            "title": one.title,
            "purpose": one.purpose,
            "team": {
                "id": one.team_id,
                "name": teams[one.team_id].name,
                "kind": teams[one.team_id].kind,
            },
            "starts_on": one.starts_on,
            "ends_on": one.ends_on,
            "state": one.state,
            "counts": numbers[one.id],
            "version": one.version,
        }
        for one in rounds
    ]


def detail(session: Session, round_: Round) -> dict[str, Any]:
    """One round with what was asked for and the doors it could not serve."""
    doors = gaps(session, round_.id)
    return rows(session, [round_])[0] | {
        "whom": round_.whom,
        "windows": round_.windows,
        "without_person": [one["place_text"] for one in doors[Gap.NOBODY]],
        "blocked": blocked(doors),
        "cancel_reason": round_.cancel_reason,
    }


def gaps(session: Session, round_id: UUID) -> dict[Gap, list[dict[str, Any]]]:
    """The doors a published round could not serve, by reason."""
    found = session.execute(
        select(RoundGap.household_id, RoundGap.reason)
        .join(Household, Household.id == RoundGap.household_id)
        .where(RoundGap.round_id == round_id)
        .order_by(Household.walk_order, Household.id)
    )
    return by_reason(session, found.all())


def by_reason(
    session: Session, found: Sequence[tuple[UUID, Gap]]
) -> dict[Gap, list[dict[str, Any]]]:
    """Doors without a visit, by reason, each as people say it."""
    texts = household_texts(session, [household_id for household_id, _ in found])
    doors: dict[Gap, list[dict[str, Any]]] = defaultdict(list)
    for household_id, reason in found:
        doors[reason].append({"id": household_id, "place_text": texts[household_id]})
    return doors


def blocked(doors: dict[Gap, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Doors left alone for another reason than that nobody looks after them."""
    return [
        {"place_text": one["place_text"], "reason": GAP_NAMES[reason]}
        for reason, some in doors.items()
        if reason is not Gap.NOBODY
        for one in some
    ]
