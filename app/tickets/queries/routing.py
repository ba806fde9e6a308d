"""Rules and duty lists, each read from what the actor may see: a committee the rules of its
communities; everybody the lists of their own organisations, and a committee those that serve its
communities."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session, contains_eager

from app.core.errors import NotFound
from app.identity.actor import Actor
from app.identity.models import Membership, Organisation, Person
from app.identity.queries import current
from app.identity.rules import PARTY_OF, Role
from app.places.models import Place, PlaceKind
from app.tickets.models import Ticket
from app.tickets.models_routing import RoutingRule
from app.tickets.rules.queues import STILL_OPEN

RULED = (PlaceKind.COMMUNITY, PlaceKind.ESTATE, PlaceKind.BUILDING)


def rules(actor: Actor) -> Select[RoutingRule]:
    """The rules of the actor's committee."""
    return select(RoutingRule).where(RoutingRule.community_id.in_(actor.committee_communities))


def rule(session: Session, actor: Actor, rule_id: UUID) -> RoutingRule:
    """One of them. NotFound otherwise."""
    found = session.scalar(rules(actor).where(RoutingRule.id == rule_id))
    if found is None:
        raise NotFound
    return found


def ruled_place(session: Session, actor: Actor, place_id: UUID) -> Place:
    """A place for which the actor's committee may make rules. NotFound otherwise."""
    found = session.scalar(
        select(Place).where(
            Place.id == place_id,
            Place.kind.in_(RULED),
            Place.community_id.in_(actor.committee_communities),
        )
    )
    if found is None:
        raise NotFound
    return found


def touched(session: Session, place: Place, about: str) -> Sequence[Ticket]:
    """The open tickets at a place and below it that are about this category or group."""
    return session.scalars(
        select(Ticket)
        .join(Ticket.place)
        .options(contains_eager(Ticket.place))
        .where(
            Ticket.community_id == place.community_id,
            Ticket.status.in_(STILL_OPEN),
            Place.below(place.path),
            or_(Ticket.category == about, Ticket.category.startswith(f"{about}.", autoescape=True)),
        )
        .order_by(Ticket.moved_at.desc(), Ticket.id)
    ).all()


def with_lists(actor: Actor) -> Select[Organisation]:
    """The organisations whose duty lists the actor may read."""
    served = and_(
        Place.community_id.in_(actor.committee_communities), Organisation.kind.in_(PARTY_OF)
    )
    return (
        select(Organisation)
        .join(Place, Place.id == Organisation.place_id)
        .where(or_(Organisation.id.in_(actor.organisations), served))
    )


def with_list(session: Session, actor: Actor, organisation_id: UUID) -> Organisation:
    """One of them. NotFound otherwise."""
    found = session.scalar(with_lists(actor).where(Organisation.id == organisation_id))
    if found is None:
        raise NotFound
    return found


def staff(session: Session, organisation_id: UUID) -> dict[UUID, tuple[Person, bool]]:
    """Who works today for an organisation that was already allowed, and whether as a head."""
    rows = session.execute(
        select(Person, Membership.role)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.organisation_id == organisation_id, current())
        .order_by(Person.name, Person.id)
    )
    found: dict[UUID, tuple[Person, bool]] = {}
    for person, role in rows:
        head = role is not Role.MEMBER or found.get(person.id, (person, False))[1]
        found[person.id] = (person, head)
    return found
