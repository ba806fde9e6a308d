"""Subscribed devices, the cast of a ticket with everybody in their seat, and facts about it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.db import uuid7
from app.identity.models import Person
from app.identity.place_scope import Place
from app.identity.rules import OrganisationKind, Party, PlaceKind, Role
from app.notifications.models import PushSubscription
from app.tickets.events import TicketMoved, TicketNoted, TicketOpened
from app.tickets.rules import Reviewer, TicketStatus, Verb
from tests.factories.identity import (
    at_once,
    community,
    organisation,
    person,
    place,
    post,
    stored,
)
from tests.push_receiver.keys import BrowserKeys


def subscription(
    session: Session,
    who: Person,
    endpoint: str | None = None,
    keys: BrowserKeys | None = None,
    device_id: UUID | None = None,
) -> PushSubscription:
    """A browser of this person that may be rung."""
    made = PushSubscription(
        person_id=who.id,
        device_id=device_id,
        endpoint=endpoint or f"https://push.example.test/{uuid7()}",
        device_name="测试机",
        **(keys or BrowserKeys()).as_json(),
    )
    stored(session, made)
    return made


@dataclass
class Cast:
    """Everybody around one ticket. `repairer` and `bystander` sit in no seat of it."""

    community: Place
    estate: Place
    reporter: Person
    clerk: Person
    dispatcher: Person
    repairer: Person
    helper: Person
    owner: Person
    officer: Person
    bystander: Person
    lead_id: UUID
    co_id: UUID

    def names(self) -> dict[UUID, str]:
        """Who is who, for an assertion that a person can read."""
        return {who.id: name for name, who in vars(self).items() if isinstance(who, Person)}


@at_once
def cast(session: Session) -> Cast:
    """A community with one person or two in every seat, and one in a neighbouring community."""
    here = community(session)
    estate = place(session, PlaceKind.ESTATE, here)
    subdistrict = session.get_one(Place, here.parent_id)
    company = organisation(session, OrganisationKind.PROPERTY, estate)
    social = organisation(session, OrganisationKind.SOCIAL_ORG, here)
    seats = {
        "reporter": (organisation(session, OrganisationKind.VOLUNTEER_TEAM, here), Role.MEMBER),
        "clerk": (organisation(session, OrganisationKind.RESIDENTS_COMMITTEE, here), Role.CLERK),
        "dispatcher": (company, Role.DISPATCHER),
        "repairer": (company, Role.MEMBER),
        "helper": (social, Role.MEMBER),
        "owner": (organisation(session, OrganisationKind.OWNERS_COMMITTEE, estate), Role.LEADER),
        "officer": (organisation(session, OrganisationKind.SUBDISTRICT, subdistrict), Role.OFFICER),
        "bystander": (
            organisation(session, OrganisationKind.RESIDENTS_COMMITTEE, community(session)),
            Role.CLERK,
        ),
    }
    people = {name: person(session) for name in seats}
    for name, (of, role) in seats.items():
        post(session, people[name], of, role)
    return Cast(community=here, estate=estate, lead_id=company.id, co_id=social.id, **people)


def _around(cast: Cast, more: dict[str, Any]) -> dict[str, Any]:
    return {
        "subject_id": uuid7(),
        "actor_id": None,
        "number": "2026-0001",
        "category": "facility.lift",
        "emergency": False,
        "community_id": cast.community.id,
        "estate_id": cast.estate.id,
        "building_id": None,
        "reporter_id": cast.reporter.id,
        "lead_org_id": cast.lead_id,
        "lead_party": Party.PROPERTY,
        "co_org_ids": (cast.co_id,),
        "review_by": Reviewer.COMMUNITY_PARTY,
    } | more


def opened(cast: Cast, **more: Any) -> TicketOpened:
    """The fact that a ticket was reported."""
    said = {"status": TicketStatus.SUBMITTED, "lead_org_id": None, "co_org_ids": ()}
    return TicketOpened(**_around(cast, said | more))


def moved(cast: Cast, move: Verb, **more: Any) -> TicketMoved:
    """The fact that a move was made."""
    after = TicketStatus.ACCEPTED if move is Verb.ACCEPT else TicketStatus.DISPATCHED
    said = {
        "move": move,
        "before": TicketStatus.ACCEPTED,
        "after": after,
        "lead_org_before": cast.lead_id,
        "supervised": False,
    }
    return TicketMoved(**_around(cast, said | more))


def noted(cast: Cast, **more: Any) -> TicketNoted:
    """The fact that somebody added to the timeline."""
    return TicketNoted(**_around(cast, {"status": TicketStatus.IN_PROGRESS, "photos": 0} | more))
