"""The lines that rates are counted from: one for each ticket that a measure has in a month, with
its outcome. What is counted and what a list shows are the same SELECT."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)

from app.reports.rules import Measure, Outcome, span_of
from app.tickets.models import Ticket, TicketClock, TicketEntry
from app.tickets.models_recheck import TicketRecheck
from app.tickets.rules import ClockKind, Holder, Satisfied, Solved, TicketStatus, Verb
from app.tickets.rules.rechecks import RecheckResult

Lines = Select[*tuple[Any, ...]]
S = TicketStatus

RATED = {
    Satisfied.YES: Outcome.SATISFIED,
    Satisfied.FAIRLY: Outcome.FAIRLY,
    Satisfied.NO: Outcome.UNSATISFIED,
    Satisfied.WONT_SAY: Outcome.WONT_SAY,
}
CAME_BACK = exists().where(
    TicketEntry.ticket_id == Ticket.id, TicketEntry.verb.in_((Verb.SEND_BACK, Verb.REOPEN))
)
FOUND_UNTRUE = exists().where(
    TicketRecheck.ticket_id == Ticket.id, TicketRecheck.result == RecheckResult.UNTRUE
)
GONE = (
    (Ticket.duplicate_of.is_not(None), Outcome.JOINED),
    (Ticket.status == S.WITHDRAWN, Outcome.WITHDRAWN),
    (Ticket.status == S.REJECTED, Outcome.REJECTED),
)


def lines(
    measure: Measure,
    community_id: UUID,
    month: str,
    organisations: Collection[UUID],
    now: datetime,
) -> Lines:
    """The lines of one measure in one community and month: of these organisations, and of the
    community's desk (organisation NULL)."""
    span = span_of(month)
    here = Ticket.community_id == community_id
    if measure is Measure.SATISFACTION:
        return _rated(here, organisations, span)
    kind = ClockKind.ACCEPT if measure is Measure.RESPONSE else ClockKind.RESOLVE
    of_leads = _clocks(
        and_(
            TicketClock.organisation_id.in_(organisations),
            TicketClock.kind == kind,
            TicketClock.holder == Holder.LEAD,
        ),
        here,
        span,
        _outcome(measure, now),
    )
    of_desk = (
        _clocks(
            and_(TicketClock.organisation_id.is_(None), TicketClock.kind == ClockKind.ACCEPT),
            here,
            span,
            _outcome(measure, now),
        )
        if measure is Measure.RESPONSE
        else _ended_at_the_desk(here, span)
    )
    both = union_all(of_leads, of_desk).subquery()
    return select(both)


def _line(
    organisation: Any, outcome: ColumnElement[str], due_at: Any, done_at: Any
) -> tuple[ColumnElement[Any], ...]:
    return (
        organisation.label("organisation_id"),
        outcome.label("outcome"),
        Ticket.id.label("ticket_id"),
        due_at.label("due_at"),
        done_at.label("done_at"),
    )


def _clocks(
    which: ColumnElement[bool],
    here: ColumnElement[bool],
    span: tuple[datetime, datetime],
    outcome: ColumnElement[str],
) -> Lines:
    """Each clock that ran out in the span, with the ticket that it belongs to."""
    columns = _line(TicketClock.organisation_id, outcome, TicketClock.due_at, TicketClock.ended_at)
    return (
        select(*columns)
        .select_from(TicketClock)
        .join(Ticket, Ticket.id == TicketClock.ticket_id)
        .where(which, TicketClock.due_at >= span[0], TicketClock.due_at < span[1], here)
    )


def _outcome(measure: Measure, now: datetime) -> ColumnElement[str]:
    """What was late when it ended, when it was passed up, or is late now, is late; then what
    stands with others; then how it ended."""
    escalated = and_(TicketClock.ended_at.is_(None), Ticket.status == S.ESCALATED)
    until = case((escalated, Ticket.stage_at), else_=literal(now, Ticket.stage_at.type))
    late = func.coalesce(TicketClock.ended_at, until) > TicketClock.due_at
    rests = and_(Ticket.status == S.SUSPENDED, Ticket.suspension_pending.is_(False))
    running = TicketClock.ended_at.is_(None)
    unmet = and_(TicketClock.ended_at.is_not(None), TicketClock.met.is_(False))
    cases = [
        (late, Outcome.LATE),
        (escalated, Outcome.ESCALATED),
        (and_(running, rests), Outcome.SUSPENDED),
        (running, Outcome.OPEN),
        *((and_(unmet, why), outcome) for why, outcome in GONE),
        (unmet, Outcome.PASSED_ON),
    ]
    if measure is Measure.RESOLUTION:
        cases += [
            (or_(Ticket.reopened > 0, CAME_BACK), Outcome.CAME_BACK),
            (FOUND_UNTRUE, Outcome.UNTRUE),
            (Ticket.solved == Solved.NO, Outcome.UNSOLVED),
        ]
    return _cases(cases, Outcome.IN_TIME)


def _rated(
    here: ColumnElement[bool], organisations: Collection[UUID], span: tuple[datetime, datetime]
) -> Lines:
    """What was closed in the span, by what its reporter answered."""
    said = [
        (Ticket.duplicate_of.is_not(None), Outcome.JOINED),
        *((Ticket.satisfied == answer, outcome) for answer, outcome in RATED.items()),
    ]
    columns = _line(
        Ticket.lead_org_id, _cases(said, Outcome.UNRATED), _no_moment(), Ticket.closed_at
    )
    return select(*columns).where(
        here,
        Ticket.status == S.CLOSED,
        Ticket.closed_at >= span[0],
        Ticket.closed_at < span[1],
        Ticket.lead_org_id.in_(organisations),
    )


def _ended_at_the_desk(here: ColumnElement[bool], span: tuple[datetime, datetime]) -> Lines:
    """What nobody was ever given: it is nobody's, but it is listed."""
    columns = _line(
        literal(None, Ticket.lead_org_id.type),
        _cases(list(GONE), Outcome.PASSED_ON),
        _no_moment(),
        Ticket.stage_at,
    )
    return select(*columns).where(
        here,
        Ticket.lead_org_id.is_(None),
        Ticket.status.in_((S.REJECTED, S.WITHDRAWN, S.CLOSED)),
        Ticket.stage_at >= span[0],
        Ticket.stage_at < span[1],
    )


def _no_moment() -> ColumnElement[Any]:
    return literal(None, Ticket.stage_at.type)


def _cases(
    cases: list[tuple[ColumnElement[bool], Outcome]], otherwise: Outcome
) -> ColumnElement[str]:
    return case(
        *((condition, _word(outcome)) for condition, outcome in cases), else_=_word(otherwise)
    )


def _word(outcome: Outcome) -> ColumnElement[str]:
    return literal(outcome.value, String(16), literal_execute=True)
