"""What must be true before a move: each guard is one question about the facts, with the refusal
that answers "no". The table in `moves.py` names them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.core.clock import LOCAL
from app.core.errors import Refusal
from app.identity.rules import Party
from app.tickets.rules import refusals
from app.tickets.rules.words import TicketStatus
from app.tickets.rules.workdays import one_workday_later, workdays_after

Said = Mapping[str, object]

SILENCE = timedelta(days=7)
REOPEN_WITHIN = timedelta(days=15)
REOPENED_AT_MOST = 2
FARTHEST = timedelta(days=731)  # nobody sets a date further ahead
SUSPENDED_AT_MOST = 3  # working days; longer needs the community's approval


@dataclass(frozen=True, slots=True)
class Facts:
    """What the guards ask about: the ticket, the moment, and whether the actor did the work."""

    now: datetime
    stage_at: datetime  # since when the present state stands
    lead_party: Party | None = None
    emergency: bool = False  # and an organisation is there that takes it
    supervised: bool = False
    returned: bool = False  # by a lead, at least once
    bound: bool = False  # dispatched a second time, by a resolution, or named for good
    reopened: int = 0
    came_from: TicketStatus | None = None
    suspension_pending: bool = False
    evidence_due: bool = False  # the property company's work on public parts
    has_before: bool = False
    has_after: bool = False
    arrival_due: bool = True  # a clock runs for being there
    containment_due: bool = True  # a clock runs for a first step
    part_open: bool = True  # the actor's own part, as a helping party
    own_work: bool = False
    joined: bool = False  # into another ticket


@dataclass(frozen=True, slots=True)
class Guard:
    """A question and its refusal. `of_said`: it can be asked only when the form is filled in."""

    holds: Callable[[Facts, Said], bool]
    refusal: type[Refusal]
    of_said: bool = False
    field: str | None = None

    def check(self, facts: Facts, said: Said) -> None:
        """Raises the guard's refusal unless it holds."""
        if not self.holds(facts, said):
            errors = {self.field: [self.refusal.title]} if self.field else None
            raise self.refusal(errors=errors)


def needs_approval(today: date, until: date) -> bool:
    """A rest of more than three working days stands only when the community approves it."""
    return workdays_after(today, until, SUSPENDED_AT_MOST + 1) > SUSPENDED_AT_MOST


def _is_volunteer(facts: Facts) -> bool:
    return facts.lead_party is Party.VOLUNTEER_TEAM  # asked, not ordered: may always decline


def _proven(facts: Facts, said: Said) -> bool:
    shown = facts.has_before and facts.has_after
    return not facts.evidence_due or shown or said.get("nothing_to_see") is True


def _ahead(field: str) -> Guard:
    def holds(facts: Facts, said: Said) -> bool:
        day, today = said.get(field), facts.now.astimezone(LOCAL).date()
        return isinstance(day, date) and timedelta(0) < day - today <= FARTHEST

    return Guard(holds, refusals.DateGone, of_said=True, field=field)


NOT_OWN_WORK = Guard(lambda facts, _: not facts.own_work, refusals.OwnWork)
NOT_OWN_RATING = Guard(lambda facts, _: not facts.own_work, refusals.OwnRating)
NOT_OWN_CALL = Guard(lambda facts, _: not facts.own_work, refusals.OwnCallback)
NOT_BOUND = Guard(lambda facts, _: not facts.bound or _is_volunteer(facts), refusals.ReturnBinding)
NOT_VOLUNTEERS = Guard(lambda facts, _: not _is_volunteer(facts), refusals.VolunteersAreAsked)
WAS_RETURNED = Guard(lambda facts, _: facts.returned, refusals.NothingToArbitrate)
IN_TIME_TO_RETURN = Guard(
    lambda facts, _: _is_volunteer(facts) or facts.now <= one_workday_later(facts.stage_at),
    refusals.ReturnTooLate,
)
SUSPENSION_PENDING = Guard(lambda facts, _: facts.suspension_pending, refusals.SuspensionNotPending)
ARRIVAL_DUE = Guard(lambda facts, _: facts.arrival_due, refusals.NotToBeSaid)
CONTAINMENT_DUE = Guard(lambda facts, _: facts.containment_due, refusals.NotToBeSaid)
PART_OPEN = Guard(lambda facts, _: facts.part_open, refusals.PartFinished)
WITH_EVIDENCE = Guard(_proven, refusals.EvidenceMissing, of_said=True, field="media_after")
SEVEN_DAYS_SILENT = Guard(
    lambda facts, _: facts.now - facts.stage_at >= SILENCE, refusals.NotSilentYet
)
IN_TIME_TO_REOPEN = Guard(
    lambda facts, _: facts.now - facts.stage_at <= REOPEN_WITHIN, refusals.ReopenTooLate
)
NOT_SUPERVISED_YET = Guard(lambda facts, _: not facts.supervised, refusals.AlreadySupervised)
JOINED = Guard(lambda facts, _: facts.joined, refusals.NotJoined)
NOT_JOINED = Guard(lambda facts, _: not facts.joined, refusals.JoinedElsewhere)
UNTIL_AHEAD = _ahead("until")
DUE_AHEAD = _ahead("due_on")
