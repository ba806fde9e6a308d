"""Service hours as plain data for the wire."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core import clock
from app.hours.models import ServiceHours
from app.hours.queries import visible
from app.hours.rules import HoursState
from app.hours.rules.minutes import hours, quarters
from app.hours.rules.states import may
from app.identity.actor import Actor
from app.identity.queries import people_named


def rows(session: Session, actor: Actor, found: Sequence[ServiceHours]) -> list[dict[str, Any]]:
    """Records as the actor sees them, with what they may do to each."""
    names = people_named(session, {row.person_id for row in found})
    teams = visible.teams_named(session, {row.team_id for row in found})
    parts = visible.parts_of(session, [row.id for row in found])
    seats = visible.seats(session, actor, found)
    return [
        {
            "id": row.id,
            "on": row.on,
            "kind": row.kind,
            "content": row.content,
            "person": {"id": row.person_id, "name": names[row.person_id]},
            "team": {"id": row.team_id, "name": teams[row.team_id]},
            "minutes": row.minutes,
            "hours": hours(quarters(row.minutes)),
            "records": len(parts[row.id]),
            "counted": row.counted,
            "said": row.said,
            "state": row.state,
            "reason": row.reason,
            "may": may(row.state, seats[row.id]),
            "version": row.version,
        }
        for row in found
    ]


def summary(session: Session, actor: Actor) -> dict[str, Any]:
    """The actor's own figures, and what waits for their word."""
    year = clock.today().year
    own = session.execute(
        select(ServiceHours.state, ServiceHours.on, ServiceHours.minutes).where(
            ServiceHours.person_id == actor.id, ServiceHours.state != HoursState.VOIDED
        )
    ).all()
    confirmed = [row for row in own if row.state is HoursState.CONFIRMED]
    waiting = select(func.count()).select_from(visible.to_confirm(actor).subquery())
    return {
        "year": year,
        "this_year": _hours_of(row.minutes for row in confirmed if row.on.year == year),
        "in_all": _hours_of(row.minutes for row in confirmed),
        "waiting": sum(row.state is HoursState.WAITING for row in own),
        "confirms": bool(actor.committee_communities) or visible.leads(session, actor),
        "to_confirm": session.scalar(waiting) or 0,
    }


def _hours_of(minutes: Any) -> float:
    return hours(sum(quarters(one) for one in minutes))
