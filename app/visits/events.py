"""Facts about rounds and visits. Details carry codes and counts, never names, doors or notes."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from app.core.events import Event
from app.places.rules import VisitWish
from app.visits.rules import Method, Outcome, VisitState


@dataclass(frozen=True, kw_only=True)
class RoundEvent(Event):
    """Something that happened to a round."""

    subject_kind: ClassVar[str] = "round"
    community_id: UUID
    title: str


@dataclass(frozen=True, kw_only=True)
class RoundDrafted(RoundEvent):
    verb: ClassVar[str] = "drafted"


@dataclass(frozen=True, kw_only=True)
class RoundEdited(RoundEvent):
    verb: ClassVar[str] = "edited"


@dataclass(frozen=True, kw_only=True)
class RoundPublished(RoundEvent):
    """A round went out; `nobody` counts the households that have no person yet."""

    verb: ClassVar[str] = "published"
    visits: int
    people: int
    nobody: int

    def details(self) -> dict[str, Any]:
        return {"visits": self.visits, "people": self.people, "nobody": self.nobody}


@dataclass(frozen=True, kw_only=True)
class RoundCancelled(RoundEvent):
    """A round was called off; `person_ids` are those who had open visits of it."""

    verb: ClassVar[str] = "cancelled"
    person_ids: frozenset[UUID]
    visits: int

    def details(self) -> dict[str, Any]:
        return {"visits": self.visits}


@dataclass(frozen=True, kw_only=True)
class RoundEnded(RoundEvent):
    """The last date of a round passed; `lapsed` proposals were let go, counted against nobody."""

    verb: ClassVar[str] = "ended"
    lapsed: int

    def details(self) -> dict[str, Any]:
        return {"lapsed": self.lapsed}


@dataclass(frozen=True, kw_only=True)
class VisitsProposed(Event):
    """One person is asked to some visits of a round: one message, however many doors."""

    subject_kind: ClassVar[str] = "round"
    verb: ClassVar[str] = "asked"
    round_id: UUID
    person_id: UUID
    count: int
    first_on: date
    last_on: date

    def details(self) -> dict[str, Any]:
        return {"person_id": str(self.person_id), "count": self.count}


@dataclass(frozen=True, kw_only=True)
class VisitEvent(Event):
    """Something that happened to a visit."""

    subject_kind: ClassVar[str] = "visit"
    community_id: UUID
    household_id: UUID
    round_id: UUID | None
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class VisitAnswered(VisitEvent):
    """The person asked accepted, declined or moved; `partner_ids` go along. `passed_on` when
    somebody else is asked by itself."""

    verb: ClassVar[str] = "answered"
    answer: str
    state: VisitState
    on: date
    partner_ids: tuple[UUID, ...]
    passed_on: bool = False

    def details(self) -> dict[str, Any]:
        return {"answer": self.answer, "on": self.on.isoformat()}


@dataclass(frozen=True, kw_only=True)
class VisitRecorded(VisitEvent):
    """A visit is done. `wants_call` when the household wants the community to call."""

    verb: ClassVar[str] = "recorded"
    on: date
    method: Method
    outcome: Outcome
    wants_call: bool
    ticket_id: UUID | None
    partner_ids: tuple[UUID, ...]

    def details(self) -> dict[str, Any]:
        ticket = str(self.ticket_id) if self.ticket_id else None
        return {"method": self.method.value, "outcome": self.outcome.value, "ticket_id": ticket}


@dataclass(frozen=True, kw_only=True)
class VisitAccountAdded(VisitEvent):
    """Another visitor told of a visit that is done. `differs` when the record says otherwise."""

    verb: ClassVar[str] = "account_added"
    method: Method
    outcome: Outcome
    differs: bool
    wants_call: bool
    ticket_id: UUID | None

    def details(self) -> dict[str, Any]:
        ticket = str(self.ticket_id) if self.ticket_id else None
        return {
            "method": self.method.value,
            "outcome": self.outcome.value,
            "differs": self.differs,
            "ticket_id": ticket,
        }


@dataclass(frozen=True, kw_only=True)
class VisitPicked(VisitEvent):
    """It was said which visitor's words count; `people` are all who were there or spoke."""

    verb: ClassVar[str] = "picked"
    outcome: Outcome
    was: Outcome
    people: frozenset[UUID]

    def details(self) -> dict[str, Any]:
        return {"outcome": self.outcome.value, "was": self.was.value}


@dataclass(frozen=True, kw_only=True)
class FollowUpMade(VisitEvent):
    """A further visit came out of a record: another try, or the date the household asked for."""

    verb: ClassVar[str] = "follow_up_made"
    follows_id: UUID
    on: date
    attempt: int
    state: VisitState

    def details(self) -> dict[str, Any]:
        return {"follows_id": str(self.follows_id), "attempt": self.attempt}


@dataclass(frozen=True, kw_only=True)
class VisitCancelled(VisitEvent):
    """An open visit was called off, with the reason to tell those who would have gone."""

    verb: ClassVar[str] = "cancelled"
    reason: str
    partner_ids: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class VisitLapsed(VisitEvent):
    """A proposal nobody answered was let go after its day; nobody needs to be told."""

    verb: ClassVar[str] = "lapsed"


@dataclass(frozen=True, kw_only=True)
class WellnessCheckNeeded(VisitEvent):
    """A household of the highest care level did not answer: somebody looks the same day."""

    verb: ClassVar[str] = "wellness_check"
    on: date

    def details(self) -> dict[str, Any]:
        return {"on": self.on.isoformat()}


@dataclass(frozen=True, kw_only=True)
class NobodyAnswers(VisitEvent):
    """Several tries, also by telephone, found nobody: who is near keeps an eye on the door."""

    verb: ClassVar[str] = "nobody_answers"
    on: date

    def details(self) -> dict[str, Any]:
        return {"on": self.on.isoformat()}


@dataclass(frozen=True, kw_only=True)
class NoteBlanked(Event):
    """The note of a record was removed after 180 days; the rest of the record stays."""

    subject_kind: ClassVar[str] = "visit"
    verb: ClassVar[str] = "note_blanked"


@dataclass(frozen=True, kw_only=True)
class WishHeard(Event):
    """A household said how it wishes to be visited from now on."""

    subject_kind: ClassVar[str] = "household"
    verb: ClassVar[str] = "wish_heard"
    community_id: UUID
    visit_id: UUID
    wish: VisitWish

    def details(self) -> dict[str, Any]:
        return {"wish": self.wish.value, "visit_id": str(self.visit_id)}


@dataclass(frozen=True, kw_only=True)
class StrayEvent(Event):
    """Something that happened to a record whose assignment went away; `person_id` sent it."""

    subject_kind: ClassVar[str] = "visit_stray"
    community_id: UUID
    household_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class StrayHandedIn(StrayEvent):
    """A phone handed in a record that had been refused with this code."""

    verb: ClassVar[str] = "handed_in"
    code: str

    def details(self) -> dict[str, Any]:
        return {"code": self.code}


@dataclass(frozen=True, kw_only=True)
class StrayEntered(StrayEvent):
    """It is a record of its sender now, of this visit."""

    verb: ClassVar[str] = "entered"
    visit_id: UUID

    def details(self) -> dict[str, Any]:
        return {"visit_id": str(self.visit_id), "person_id": str(self.person_id)}


@dataclass(frozen=True, kw_only=True)
class StrayDropped(StrayEvent):
    """It did not become a record; the reason is for its sender."""

    verb: ClassVar[str] = "dropped"


@dataclass(frozen=True, kw_only=True)
class StrayNoteBlanked(StrayEvent):
    """The note of a settled stray was removed after 180 days."""

    verb: ClassVar[str] = "note_blanked"


@dataclass(frozen=True, kw_only=True)
class StrayForgotten(StrayEvent):
    """A stray was removed 180 days after it came."""

    verb: ClassVar[str] = "forgotten"
