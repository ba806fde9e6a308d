"""A community with a committee, a team and a unit of four doors; shared by the tests of teams."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.identity.models import Person
from app.identity.place_scope import Place
from app.identity.rules import OrganisationKind
from app.places.models import Household
from app.teams.models import Team
from tests.clients import Client
from tests.factories import identity, places, teams

Clients = Callable[..., Client]


@dataclass
class World:
    """What stands in the community."""

    community: Place
    unit: Place
    doors: list[Household]
    clerk: Person
    chen: Person
    li: Person
    team: Team


@identity.at_once
def settle(session: Session) -> World:
    """Make it and store it."""
    community = identity.community(session)
    unit = places.unit(session, community)
    chen, li = identity.person(session, "陈师傅"), identity.person(session, "李姐")
    volunteers = identity.organisation(session, OrganisationKind.VOLUNTEER_TEAM, community)
    for who in (chen, li):
        identity.post(session, who, volunteers)
    return World(
        community=community,
        unit=unit,
        doors=places.households(session, unit, 4),
        clerk=person_of(session, OrganisationKind.RESIDENTS_COMMITTEE, community),
        chen=chen,
        li=li,
        team=teams.team(session, community, chen, li),
    )


@identity.at_once
def person_of(session: Session, kind: OrganisationKind, at: Place) -> Person:
    """Somebody with a post in a new organisation of this kind."""
    who = identity.person(session)
    identity.post(session, who, identity.organisation(session, kind, at))
    return who


def doors(answer: Any) -> list[str]:
    """The doors of a list of households."""
    return [item["door"] for item in answer.json["items"]]
