"""Every SELECT of this area. What a token opens starts from its digest; what the office sees starts
from the communities that the actor keeps."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import NotFound
from app.identity.actor import Actor
from app.identity.models import Organisation, Person
from app.identity.rules import OrganisationKind
from app.places.models import Household, Place, PlaceKind
from app.places.queries import kept_communities
from app.places.rules import door_of
from app.residents.models import DoorCode, DoorWish, PublicNumber, ResidentReport
from app.residents.rules import JOINED_WITHIN_HOURS, WishState
from app.residents.visitor import digest
from app.teams.models import Pairing, Team, TeamMember
from app.teams.queries import visible_households
from app.teams.rules import TeamKind
from app.tickets.models import Ticket
from app.tickets.rules import OVER

ON_A_DOOR = (PlaceKind.BUILDING, PlaceKind.UNIT)


def door(session: Session, token: str) -> DoorCode:
    """The door of a code that stands. NotFound for one that was guessed or revoked."""
    found = session.scalar(
        select(DoorCode).where(DoorCode.digest == digest(token), DoorCode.revoked_at.is_(None))
    )
    if found is None:
        raise NotFound
    return found


def report(session: Session, token: str) -> tuple[ResidentReport, Ticket]:
    """What a link follows. NotFound for one that was guessed."""
    row = session.execute(
        select(ResidentReport, Ticket)
        .join(Ticket, Ticket.id == ResidentReport.ticket_id)
        .where(ResidentReport.digest == digest(token))
    ).one_or_none()
    if row is None:
        raise NotFound
    return row[0], row[1]


def known_link(session: Session, token: str) -> bool:
    """Whether there is a link like this already."""
    asked = select(ResidentReport.id).where(ResidentReport.digest == digest(token))
    return session.scalar(asked) is not None


def around(session: Session, at: DoorCode) -> list[Place]:
    """The places that somebody at this door may mean: its own, the building, the estate."""
    place = session.get_one(Place, at.place_id)
    ids = [UUID(part) for part in place.path.split("/") if part]
    chain = session.scalars(select(Place).where(Place.id.in_(ids))).all()
    near = [one for one in chain if one.kind in (*ON_A_DOOR, PlaceKind.ESTATE)]
    return sorted(near, key=lambda one: -len(one.path))


def same_matter(session: Session, place: Place, category: str, text: str) -> UUID | None:
    """A matter that somebody reported here today in the very same words."""
    around_it = place.parent_id if place.kind is PlaceKind.UNIT else place.id
    column = Ticket.estate_id if place.kind is PlaceKind.ESTATE else Ticket.building_id
    since = clock.now() - timedelta(hours=JOINED_WITHIN_HOURS)
    return session.scalar(
        select(Ticket.id)
        .where(column == around_it, Ticket.moved_at >= since, Ticket.created_at >= since)
        .where(Ticket.place_id == place.id, Ticket.category == category, Ticket.text == text)
        .where(Ticket.public_area.is_(True), Ticket.status.not_in(OVER))
        .order_by(Ticket.moved_at)
        .limit(1)
    )


def numbers(session: Session, at: Place) -> list[PublicNumber]:
    """The public numbers for who is at a place: its estate's, then its community's."""
    found = session.scalars(
        select(PublicNumber)
        .where(PublicNumber.community_id == at.community_id)
        .where(or_(*(PublicNumber.place_id == one for one in (at.estate_id, at.community_id))))
        .order_by(PublicNumber.id)
    ).all()
    return sorted(found, key=lambda one: one.place_id == at.community_id)


def carers(session: Session, places: Iterable[Place]) -> list[tuple[TeamKind, str]]:
    """Who is paired with these places today: kind of team and name."""
    day = clock.today()
    rows = session.execute(
        select(Team.kind, Person.name)
        .select_from(Pairing)
        .join(Team, Team.id == Pairing.team_id)
        .join(Person, Person.id == Pairing.person_id)
        .join(TeamMember, (TeamMember.team_id == Team.id) & (TeamMember.person_id == Person.id))
        .where(Pairing.place_id.in_([one.id for one in places]), Pairing.standing(day))
        .where(TeamMember.standing(day))
        .distinct()
    ).all()
    ranks = list(TeamKind)
    return sorted(((kind, name) for kind, name in rows), key=lambda one: ranks.index(one[0]))


def companies(session: Session, place: Place) -> list[str]:
    """The property companies of a place, by name."""
    above = [UUID(part) for part in place.path.split("/") if part]
    return list(
        session.scalars(
            select(Organisation.name)
            .where(Organisation.place_id.in_(above))
            .where(Organisation.kind == OrganisationKind.PROPERTY)
            .order_by(Organisation.name)
        )
    )


def household_at(session: Session, place: Place, said: str) -> UUID | None:
    """The one door below a place that goes by this number; None where there is none, or two."""
    number = door_of(said)
    if number is None:
        return None
    column = Household.unit_id if place.kind is PlaceKind.UNIT else Household.building_id
    found = session.scalars(
        select(Household.id).where(column == place.id, Household.door == number).limit(2)
    ).all()
    return found[0] if len(found) == 1 else None


def doors_kept(actor: Actor) -> Select[DoorCode]:
    """The codes that stand in the communities that the actor keeps."""
    return select(DoorCode).where(
        DoorCode.community_id.in_(kept_communities(actor)), DoorCode.revoked_at.is_(None)
    )


def door_kept(session: Session, actor: Actor, door_id: UUID) -> DoorCode:
    """One code that the actor may revoke. NotFound otherwise."""
    found = session.scalar(doors_kept(actor).where(DoorCode.id == door_id))
    if found is None:
        raise NotFound
    return found


def place_kept(session: Session, actor: Actor, place_id: UUID) -> Place:
    """A place in a community that the actor keeps. NotFound otherwise."""
    place = session.get(Place, place_id)
    if place is None or place.community_id not in kept_communities(actor):
        raise NotFound
    return place


def numbers_kept(actor: Actor) -> Select[PublicNumber]:
    """The public numbers of the communities that the actor keeps."""
    return select(PublicNumber).where(PublicNumber.community_id.in_(kept_communities(actor)))


def wishes_to_settle(actor: Actor) -> Select[DoorWish]:
    """Wishes of the actor's committee, and of the doors that the actor looks after."""
    looked_after = visible_households(actor).with_only_columns(Household.id)
    return select(DoorWish).where(
        or_(
            DoorWish.community_id.in_(actor.committee_communities),
            DoorWish.household_id.in_(looked_after),
        )
    )


def waiting(statement: Select[DoorWish]) -> Select[DoorWish]:
    """Those of them that nobody has settled."""
    return statement.where(DoorWish.state == WishState.WAITING)


def reports_of(session: Session, ticket_id: UUID) -> list[ResidentReport]:
    """Who reported a ticket through a door, in their order."""
    return list(
        session.scalars(
            select(ResidentReport)
            .where(ResidentReport.ticket_id == ticket_id)
            .order_by(ResidentReport.at, ResidentReport.id)
        )
    )


def contacts_over(since_days: int) -> Select[ResidentReport, Person]:
    """Reports whose matter ended so many days ago, with a name or number still there."""
    before = clock.now() - timedelta(days=since_days)
    return (
        select(ResidentReport, Person)
        .join(Ticket, Ticket.id == ResidentReport.ticket_id)
        .join(Person, Person.id == ResidentReport.person_id)
        .where(or_(ResidentReport.phone.is_not(None), ResidentReport.name != ""))
        .where(Ticket.status.in_(OVER), Ticket.stage_at <= before)
    )
