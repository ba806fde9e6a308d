"""A neighbourhood with somebody of every party in it, tickets there, and pictures."""

from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from app.core import clock
from app.core.media import Media
from app.identity.actor import Actor
from app.identity.models import Organisation, Person
from app.identity.place_scope import Place
from app.identity.queries import posts_of
from app.identity.rules import OrganisationKind, Role
from app.tickets.models import Ticket
from app.tickets.rules import Verb
from app.tickets.service import move, open_ticket
from tests.factories import identity, places

Kind = OrganisationKind


@dataclass
class Neighbourhood:
    """Places, organisations by a short word, and people by the same word."""

    community: Place
    estate: Place
    building: Place
    unit: Place
    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)


# word → kind, role, level; a second person of the same organisation is added by `join`
PARTIES = {
    "committee": (Kind.RESIDENTS_COMMITTEE, Role.CLERK, "community"),
    "secretary": (Kind.COMMUNITY_PARTY, Role.SECRETARY, "community"),
    "property": (Kind.PROPERTY, Role.DISPATCHER, "estate"),
    "owners": (Kind.OWNERS_COMMITTEE, Role.MEMBER, "estate"),
    "volunteer": (Kind.VOLUNTEER_TEAM, Role.MEMBER, "community"),
    "social": (Kind.SOCIAL_ORG, Role.MEMBER, "community"),
}
UPPER = {
    "subdistrict": (Kind.SUBDISTRICT, Role.OFFICER),
    "district": (Kind.DISTRICT, Role.ADMIN),
}


@identity.at_once
def neighbourhood(session: Session, *, without: tuple[str, ...] = ()) -> Neighbourhood:
    """A community with one unit and one person in one organisation of every kind."""
    community = identity.community(session)
    unit = places.unit(session, community)
    building = session.get_one(Place, unit.parent_id)
    estate = session.get_one(Place, building.parent_id)
    made = Neighbourhood(community, estate, building, unit)
    levels = {"community": community, "estate": estate}
    above = {"subdistrict": session.get_one(Place, community.parent_id)}
    above["district"] = session.get_one(Place, above["subdistrict"].parent_id)
    for word, (kind, role, level) in PARTIES.items():
        if word not in without:
            settle(session, made, word, kind, role, levels[level])
    for word, (kind, role) in UPPER.items():
        settle(session, made, word, kind, role, above[word])
    made.actors |= {word: as_actor(session, who) for word, who in made.people.items()}
    return made


def settle(
    session: Session, here: Neighbourhood, word: str, kind: Kind, role: Role, at: Place
) -> None:
    """A new organisation with one person in it."""
    here.organisations[word] = identity.organisation(session, kind, at)
    _enter(session, here, word, (word,), role)


def _enter(
    session: Session, here: Neighbourhood, word: str, organisations: tuple[str, ...], role: Role
) -> None:
    here.people[word] = identity.person(session, f"{word}的人")
    for organisation in organisations:
        identity.post(session, here.people[word], here.organisations[organisation], role)


@identity.at_once
def join(
    session: Session,
    here: Neighbourhood,
    word: str,
    *organisations: str,
    role: Role = Role.MEMBER,
) -> Actor:
    """Somebody new, with a post in each of these organisations."""
    _enter(session, here, word, organisations, role)
    here.actors[word] = as_actor(session, here.people[word])
    return here.actors[word]


def as_actor(session: Session, person: Person) -> Actor:
    """The actor that a request of this person would have."""
    return Actor(
        id=person.id,
        name=person.name,
        elder_mode=False,
        device_id=uuid4(),
        csrf_token="",
        posts=posts_of(session, person.id),
    )


def report(session: Session, here: Neighbourhood, by: str = "volunteer", **said: Any) -> Ticket:
    """A ticket about a lamp in the stairs, or about what is said otherwise."""
    words = {
        "category": "facility.power_lighting",
        "text": "楼道灯不亮。三楼到五楼",
        "place_id": here.unit.id,
        "public_area": True,
    }
    return open_ticket(session, here.actors[by], **(words | said))  # type: ignore[typeddict-item]


def act(
    session: Session, here: Neighbourhood, ticket: Ticket, by: str, verb: Verb, **said: Any
) -> Ticket:
    """One move by one of the people."""
    return move(session, here.actors[by], ticket.id, ticket.version, verb, said)


def dispatched(
    session: Session,
    here: Neighbourhood,
    to: str = "property",
    co: tuple[str, ...] = (),
    **said: Any,
) -> Ticket:
    """A ticket that was accepted and given to somebody."""
    ticket = report(session, here, **said)
    act(session, here, ticket, "committee", Verb.ACCEPT)
    return dispatch(session, here, ticket, to, co)


def dispatch(
    session: Session, here: Neighbourhood, ticket: Ticket, to: str, co: tuple[str, ...] = ()
) -> Ticket:
    """Give an accepted ticket to somebody."""
    return act(
        session,
        here,
        ticket,
        "committee",
        Verb.DISPATCH,
        lead_org_id=here.organisations[to].id,
        co_org_ids=[here.organisations[one].id for one in co],
    )


def started(session: Session, here: Neighbourhood, to: str = "property", **said: Any) -> Ticket:
    """A ticket that its lead has taken on; `co` names helpers."""
    ticket = dispatched(session, here, to, **said)
    return act(session, here, ticket, to, Verb.START)


def resolved(session: Session, here: Neighbourhood, to: str = "property", **said: Any) -> Ticket:
    """A ticket whose lead says that it is done; there was nothing to see."""
    ticket = started(session, here, to, **said)
    return act(
        session, here, ticket, to, Verb.RESOLVE, what_was_done="换了灯管", nothing_to_see=True
    )


def reviewed(session: Session, here: Neighbourhood, **said: Any) -> Ticket:
    """Work of the property company that the community has looked at."""
    ticket = resolved(session, here, **said)
    return act(session, here, ticket, "committee", Verb.REVIEW)


def closed(session: Session, here: Neighbourhood, **said: Any) -> Ticket:
    """A ticket whose reporter has answered the two questions."""
    ticket = reviewed(session, here, **said)
    return act(session, here, ticket, "volunteer", Verb.CLOSE, solved="yes", satisfied="yes")


def picture(session: Session, by: Actor, name: str = "before") -> str:
    """The hash of a picture that somebody sent (without the file)."""
    digest = sha256(f"{name}{uuid4()}".encode()).hexdigest()
    row = Media(hash=digest, stored=digest, width=4, height=3, bytes=9, uploaded_by=by.id)
    session.add(row)
    session.flush()
    return digest


def later(**span: float) -> Any:
    """The clock, so much later than now, as a context."""
    return clock.frozen(clock.now() + timedelta(**span))
