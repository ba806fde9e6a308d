"""Counts the lines of a month, or lists them. A month that is over is counted once and kept."""

from collections.abc import Callable, Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, func, select
from sqlalchemy.orm import Session

from app.core import clock
from app.identity.actor import Actor
from app.reports.models import RateMonth
from app.reports.queries.lines import lines
from app.reports.queries.scope import Scope
from app.reports.rules import Measure, Outcome, Tally
from app.tickets.models import Ticket
from app.tickets.queries.visible import condition

Key = tuple[UUID | None, str, Measure]
Count = tuple[UUID | None, Measure, Outcome, int]
Counting = Callable[[Session, UUID, str, Collection[UUID]], list[Count]]


def counted(
    session: Session, scope: Scope, months: Sequence[str], count: Counting | None = None
) -> dict[Key, Tally]:
    """The tallies of an actor's organisations, by organisation, month and measure. `count` counts
    a month that is not kept; as it stands, if nothing else is named."""
    count = count or counts_of
    kept = _kept(session, scope.community.id, months)
    mine = set(scope.organisations) | ({None} if scope.all else set())
    found: dict[Key, Tally] = {}
    for month in months:
        counts = kept.get(month)
        if counts is None:
            counts = count(session, scope.community.id, month, scope.organisations)
        for organisation_id, measure, outcome, number in counts:
            if organisation_id in mine:
                tally = found.setdefault((organisation_id, month, measure), Tally())
                tally.outcomes[outcome] += number
    return found


def counts_of(
    session: Session, community_id: UUID, month: str, organisations: Collection[UUID]
) -> list[Count]:
    """One month counted from its lines."""
    found: list[Count] = []
    for measure in Measure:
        each = lines(measure, community_id, month, organisations, clock.now()).subquery()
        grouped = select(each.c.organisation_id, each.c.outcome, func.count()).group_by(
            each.c.organisation_id, each.c.outcome
        )
        found += [
            (organisation_id, measure, Outcome(outcome), number)
            for organisation_id, outcome, number in session.execute(grouped)
        ]
    return found


def _kept(session: Session, community_id: UUID, months: Sequence[str]) -> dict[str, list[Count]]:
    rows = session.execute(
        select(RateMonth.month, RateMonth.counts).where(
            RateMonth.community_id == community_id, RateMonth.month.in_(months)
        )
    )
    return {month: [_count(one) for one in counts] for month, counts in rows}


def _count(one: Sequence[Any]) -> Count:
    organisation_id, measure, outcome, number = one
    return (
        UUID(organisation_id) if organisation_id else None,
        Measure(measure),
        Outcome(outcome),
        number,
    )


def listed(
    session: Session, actor: Actor, scope: Scope, query: dict[str, Any]
) -> tuple[list[Row[Any]], int | None]:
    """A page of the lines behind a figure. `shown`: the actor may open the ticket today."""
    measure = Measure(query["measure"])
    each = lines(
        measure, scope.community.id, query["month"], scope.organisations, clock.now()
    ).subquery()
    start, most = query["offset"], query["limit"]
    statement: Select[Any] = (
        select(
            Ticket.id,
            Ticket.number,
            Ticket.category,
            Ticket.community_id,
            Ticket.place_text,
            each.c.outcome,
            each.c.due_at,
            each.c.done_at,
            condition(actor).label("shown"),
        )
        .select_from(each)
        .join(Ticket, Ticket.id == each.c.ticket_id)
        .where(_of(each, query))
        .order_by(Ticket.number, each.c.due_at)
        .offset(start)
        .limit(most + 1)
    )
    rows = list(session.execute(statement))
    return rows[:most], start + most if len(rows) > most else None


def _of(each: Any, query: dict[str, Any]) -> Any:
    organisation_id = query.get("organisation_id")
    conditions = [
        each.c.organisation_id == organisation_id
        if organisation_id
        else each.c.organisation_id.is_(None)
    ]
    if query.get("outcomes"):
        conditions.append(each.c.outcome.in_(query["outcomes"]))
    return and_(*conditions)
