"""The pieces of a list: each ground and state that a queue or a filter means, as one condition that
one index answers."""

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, Integer, and_, false, func, literal_column, or_, select, true

from app.core.errors import Invalid
from app.tickets.models import Ticket, TicketCo
from app.tickets.queries.asked import Asked, Sort
from app.tickets.queries.narrow import IS_LATE, IS_OVERDUE, NEARLY_DUE
from app.tickets.queries.visible import Ground
from app.tickets.rules import QUEUES_BY_KEY, Only, Queue, Reviewer, Scope, TicketStatus
from app.tickets.rules.queues import STILL_OPEN

MOST_PIECES = 120
# Open whatever else is true of it, and with an index by due.
WHOLE = (Scope.COMMUNITY, Scope.SUBDISTRICT, Scope.LEAD)

Conditions = list[ColumnElement[bool]]

ONLY: dict[Only, ColumnElement[bool]] = {
    Only.REVIEW_BY_COMMUNITY: Ticket.review_by == Reviewer.COMMUNITY_PARTY,
    Only.REVIEW_BY_SUBDISTRICT: Ticket.review_by == Reviewer.SUBDISTRICT,
    Only.SUSPENSION_PENDING: Ticket.suspension_pending.is_(True),
    Only.SUPERVISED: Ticket.supervised == true(),
    Only.RETURNED: Ticket.returned > 0,
    Only.OVERDUE: IS_OVERDUE,
    Only.NEARLY_DUE: NEARLY_DUE,
}


def top(number: int) -> ColumnElement[int]:
    """A limit, or an offset, in the words of the statement: PostgreSQL keeps the plan of one that
    is asked often only when it knows how few rows are wanted."""
    return literal_column(str(number), Integer)


def unseen(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """The same condition, which no index sees: PostgreSQL takes what is open for rarer than it is,
    and would read and sort all of it instead of walking by due. So it takes it for every second."""
    return func.coalesce(condition, false())


def chosen(mine: tuple[Ground, ...], asked: Asked) -> tuple[Ground, ...]:
    """The grounds that a list is gathered from. Invalid for a queue that is not the actor's."""
    if asked.mine:
        mine = tuple(one for one in mine if one.scope is Scope.REPORTER)
    if asked.queue is None:
        return tuple(sorted(mine, key=lambda one: one.scope not in WHOLE))
    queue = QUEUES_BY_KEY.get(asked.queue)
    found = tuple(one for one in mine if queue and one.scope is queue.scope)
    if not found:
        raise Invalid(errors={"queue": ["您没有这个列表。"]})
    return found


def states_of(asked: Asked) -> tuple[TicketStatus, ...]:
    """The states that are asked for: those of the filter that are also in the queue; none: any.

    What is in none of them is not found: then they are those of the filter."""
    if asked.queue is None:
        return asked.states
    states = QUEUES_BY_KEY[asked.queue].statuses
    return tuple(one for one in states if not asked.states or one in asked.states) or asked.states


def pieces(
    mine: Sequence[Ground], asked: Asked, *, by_due: bool = False, apart: bool = False
) -> Iterator[ColumnElement[bool]]:
    """The grounds as conditions that are each one equality of an index, unless they grow too many.

    `by_due`: what has a time to keep, which is walked by its time whatever the state; what one
    reported oneself has no such index. `apart`: no ticket is looked at on two grounds.
    """
    states = states_of(asked)
    seen: Conditions = []
    for ground in mine:
        narrow = [*_queue(ground, asked), *(seen if apart else [])]
        split = _split(ground, states, by_due=by_due)
        if by_due and ground.scope in WHOLE:
            narrow += [
                Ticket.due_at.is_not(None),
                *([unseen(Ticket.status.in_(states))] if states else []),
            ]
            split = [()]
        yield from _of_ground(ground, split, asked, narrow)
        if ground.scope in WHOLE:
            seen.append(or_(ground.column.is_(None), ground.column.not_in(ground.values)))


def _split(
    ground: Ground, states: tuple[TicketStatus, ...], *, by_due: bool
) -> list[tuple[TicketStatus, ...]]:
    """The states, each for itself or some together; a piece for each. Where one helps is found by
    who helps, whatever the state."""
    if ground.scope is Scope.CO:
        return [states]
    if by_due and ground.scope is Scope.REPORTER:
        return [(state,) for state in states or STILL_OPEN if state in STILL_OPEN]
    return [states] if by_due or not states else [(state,) for state in states]


def _of_ground(
    ground: Ground, split: list[tuple[TicketStatus, ...]], asked: Asked, narrow: Conditions
) -> Iterator[ColumnElement[bool]]:
    if len(ground.values) * len(split) > MOST_PIECES:
        yield and_(whole_ground(ground, asked), *narrow)
        return
    for value in ground.values:
        for states in split:
            yield and_(ground.one(value), *narrow, *_in_states(states))


def _in_states(states: tuple[TicketStatus, ...]) -> Conditions:
    if not states:
        return []
    return [Ticket.status == states[0] if len(states) == 1 else Ticket.status.in_(states)]


def any_ground(mine: Sequence[Ground], asked: Asked) -> ColumnElement[bool]:
    """Open on one of these grounds, in a state that is asked for; as a question to one ticket."""
    return or_(*(whole_ground(ground, asked) for ground in mine))


def whole_ground(ground: Ground, asked: Asked) -> ColumnElement[bool]:
    states = states_of(asked)
    narrow = _queue(ground, asked)
    if states:
        narrow.append(Ticket.status.in_(states))
    return and_(ground.all(), *narrow)


def _queue(ground: Ground, asked: Asked) -> Conditions:
    """What the queue asks beside the state."""
    if asked.queue is None:
        return []
    queue = QUEUES_BY_KEY[asked.queue]
    late = queue.only is Only.OVERDUE and asked.sort is not Sort.DUE
    found = [IS_LATE] if late else only(queue, ground)
    if asked.states:
        found.append(Ticket.status.in_(queue.statuses))
    return found


def only(queue: Queue, ground: Ground) -> Conditions:
    """A queue's further condition."""
    if queue.only is None:
        return []
    if queue.only is Only.PART_OPEN:
        unfinished = select(TicketCo.ticket_id).where(
            TicketCo.organisation_id.in_(ground.values), TicketCo.done_at.is_(None)
        )
        return [Ticket.id.in_(unfinished)]
    return [ONLY[queue.only]]
