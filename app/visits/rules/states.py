"""Who may do what to a visit and to a round: two tables, and one function that walks each."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from app.core.errors import Refusal
from app.visits.rules.words import RoundState, VisitState

P, A, T, D, C = (
    VisitState.PROPOSED,
    VisitState.ACCEPTED,
    VisitState.TURNED_DOWN,
    VisitState.DONE,
    VisitState.CANCELLED,
)
OPEN = frozenset({P, A})


class Verb(StrEnum):
    """What can be done to a visit."""

    ACCEPT = "accept"
    DECLINE = "decline"
    MOVE = "move"
    RECORD = "record"
    TELL = "tell"
    CANCEL = "cancel"
    CORRECT = "correct"
    VOID = "void"


class Seat(StrEnum):
    """How a person is placed towards a visit; one may hold several."""

    ASKED = "asked"
    PARTNER = "partner"
    OFFICE = "office"
    MAKER = "maker"
    LEADER = "leader"


class NotYourProposal(Refusal):
    status, code = 403, "visit_not_your_proposal"
    title = "这次走访请的不是您，答应、婉拒和改天要由被请的人自己说。"


class NotYourVisit(Refusal):
    status, code = 403, "visit_not_yours"
    title = "这一步要由社区或去走访的人来做。"


class AlreadyRecorded(Refusal):
    status, code = 409, "visit_already_recorded"
    title = "这次走访已经有人记好了，不用再记。"


class VisitIsOver(Refusal):
    status, code = 409, "visit_is_over"
    title = "这次走访已经取消或婉拒了。要是去过了，请另记一次走访。"


class AlreadyAnswered(Refusal):
    status, code = 409, "visit_already_answered"
    title = "这次走访已经答复过了。"


class NotRecorded(Refusal):
    status, code, with_current = 409, "visit_not_recorded", True
    title = "这次走访没有记录，或者已经作废了，请刷新后再看。"


class DayHasPassed(Refusal):
    status, code = 409, "visit_day_has_passed"
    title = "这次走访的日子已经过去了。愿意去的话，请改一天。"


@dataclass(frozen=True)
class Step:
    """One row of the table."""

    verb: Verb
    sources: frozenset[VisitState]
    target: VisitState
    by: frozenset[Seat]


# A volunteer is asked, not ordered: only the person asked answers. Who went may record without
# having tapped "accept" first, for going is the clearer answer.
STEPS: tuple[Step, ...] = (
    Step(Verb.ACCEPT, frozenset({P}), A, frozenset({Seat.ASKED})),
    Step(Verb.DECLINE, OPEN, T, frozenset({Seat.ASKED})),
    Step(Verb.MOVE, OPEN, A, frozenset({Seat.ASKED})),
    Step(Verb.RECORD, OPEN, D, frozenset({Seat.ASKED, Seat.PARTNER, Seat.OFFICE})),
    Step(Verb.TELL, frozenset({D}), D, frozenset({Seat.ASKED, Seat.PARTNER})),
    Step(Verb.CANCEL, OPEN, C, frozenset({Seat.OFFICE})),
    Step(Verb.CORRECT, frozenset({D}), D, frozenset({Seat.MAKER, Seat.LEADER})),
    Step(Verb.VOID, frozenset({D}), A, frozenset({Seat.MAKER, Seat.LEADER})),
)


def next_state(state: VisitState, verb: Verb, seats: AbstractSet[Seat]) -> VisitState:
    """The state after a verb, or the refusal that says why not."""
    step = next(step for step in STEPS if step.verb is verb)
    if not step.by & seats:
        raise NotYourProposal if step.by == {Seat.ASKED} else NotYourVisit
    if state in step.sources:
        return step.target
    if verb in {Verb.CORRECT, Verb.VOID}:
        raise NotRecorded
    if state is D:
        raise AlreadyRecorded
    if state is A:
        raise AlreadyAnswered
    raise VisitIsOver


def fits(state: VisitState, verb: Verb, seats: AbstractSet[Seat]) -> bool:
    """Whether a verb can be done now from one of these seats."""
    step = next(step for step in STEPS if step.verb is verb)
    return state in step.sources and bool(step.by & seats)


class RoundVerb(StrEnum):
    """What the committee can do to a round, and the calendar (`end`)."""

    EDIT = "edit"
    PUBLISH = "publish"
    CANCEL = "cancel"
    END = "end"


class RoundNotDraft(Refusal):
    status, code = 409, "round_not_draft"
    title = "这一轮已经发出去了，不能再改。需要调整时请取消后另建一轮。"


class RoundIsOver(Refusal):
    status, code = 409, "round_is_over"
    title = "这一轮已经结束或取消了。"


ROUND_STEPS: dict[tuple[RoundState, RoundVerb], RoundState] = {
    (RoundState.DRAFT, RoundVerb.EDIT): RoundState.DRAFT,
    (RoundState.DRAFT, RoundVerb.PUBLISH): RoundState.PUBLISHED,
    (RoundState.DRAFT, RoundVerb.CANCEL): RoundState.CANCELLED,
    (RoundState.PUBLISHED, RoundVerb.CANCEL): RoundState.CANCELLED,
    (RoundState.PUBLISHED, RoundVerb.END): RoundState.ENDED,
}


def next_round_state(state: RoundState, verb: RoundVerb) -> RoundState:
    """The state of a round after a verb, or the refusal that says why not."""
    after = ROUND_STEPS.get((state, verb))
    if after is not None:
        return after
    raise RoundNotDraft if state is RoundState.PUBLISHED else RoundIsOver
