"""Who sits where at one ticket, and who looks at the finished work. Pure.

Nobody reviews their own work: neither who resolved it, nor anybody of the leading organisation or
of the leading party in this place. They get no reviewer's seat, whatever else they are.
"""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from app.identity.rules import Party
from app.tickets.rules.categories import FUND
from app.tickets.rules.words import Reviewer, Seat


@dataclass(frozen=True, slots=True)
class Work:
    """Whose ticket it is: all that seats depend on."""

    reporter_id: UUID | None
    lead_org_id: UUID | None
    lead_party: Party | None
    co_org_ids: frozenset[UUID]
    review_by: Reviewer | None
    resolved_by_id: UUID | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Who a person is in the place of one ticket."""

    person_id: UUID
    organisations: frozenset[UUID]
    parties: frozenset[Party]
    secretary: bool = False
    subdistrict: bool = False


def reviewer_of(lead: Party, category: str, *, owners_here: bool) -> Reviewer:
    """The other side. Where there is no owners' committee, the next above stands in for it."""
    if lead is Party.COMMUNITY_PARTY:
        return Reviewer.OWNERS_COMMITTEE if owners_here else Reviewer.SUBDISTRICT
    if lead is Party.PROPERTY and category == FUND and owners_here:
        return Reviewer.OWNERS_COMMITTEE
    return Reviewer.COMMUNITY_PARTY


class Done(Protocol):
    """What tells whose work it is: a ticket, or its `Work`."""

    @property
    def lead_org_id(self) -> UUID | None: ...
    @property
    def lead_party(self) -> Party | None: ...
    @property
    def resolved_by_id(self) -> UUID | None: ...


def is_own_work(work: Done, who: Standing) -> bool:
    """Whether a person did this work or belongs to those who lead it."""
    return (
        work.resolved_by_id == who.person_id
        or work.lead_org_id in who.organisations
        or work.lead_party in who.parties
    )


def seats_of(work: Work, who: Standing) -> frozenset[Seat]:
    """The seats a person has at a ticket."""
    reviews = {
        Reviewer.COMMUNITY_PARTY: Party.COMMUNITY_PARTY in who.parties,
        Reviewer.OWNERS_COMMITTEE: Party.OWNERS_COMMITTEE in who.parties,
        Reviewer.SUBDISTRICT: who.subdistrict,
    }
    held = {
        Seat.REPORTER: work.reporter_id == who.person_id,
        Seat.COMMUNITY: Party.COMMUNITY_PARTY in who.parties,
        Seat.LEAD: work.lead_org_id in who.organisations,
        Seat.CO: bool(work.co_org_ids & who.organisations),
        Seat.REVIEWER: work.review_by is not None
        and reviews[work.review_by]
        and not is_own_work(work, who),
        Seat.SECRETARY: who.secretary,
        Seat.SUBDISTRICT: who.subdistrict,
        Seat.ANY_PARTY: bool(who.parties),
    }
    return frozenset(seat for seat, holds in held.items() if holds)
