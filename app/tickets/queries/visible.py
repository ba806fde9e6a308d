"""What an actor may see of tickets, and on which ground. Every other query starts here.

A ground is a column and the values of it that open a ticket to the actor: their own reports, their
communities, their organisations as lead or helper, their estates. Lists walk ground by ground.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    exists,
    false,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.core.errors import NotFound
from app.identity.actor import COMMITTEE_KINDS, Actor
from app.identity.rules import OrganisationKind, Party, Role
from app.tickets.models import Ticket, TicketCo, TicketPhoto
from app.tickets.rules import Reviewer, Scope, Standing

Column = InstrumentedAttribute[UUID] | InstrumentedAttribute[UUID | None]
Value = UUID | BindParameter[UUID]

UPPER = (OrganisationKind.SUBDISTRICT, OrganisationKind.DISTRICT)
OWNERS = OrganisationKind.OWNERS_COMMITTEE


PUBLIC = Ticket.public_area.is_(True)
# A private matter opens to the owners' committee once there is finished work to look at.
REVIEWED_BY_OWNERS = and_(
    Ticket.review_by == Reviewer.OWNERS_COMMITTEE, Ticket.resolved_by_id.is_not(None)
)


@dataclass(frozen=True)
class Ground:
    """Why tickets are open to an actor: a column, its values, and a further condition, one of the
    constants above (so that the same ground is equal to itself and statements can be kept)."""

    scope: Scope
    column: Column
    values: Collection[Value]
    also: ColumnElement[bool] | None = None

    def one(self, value: Value) -> ColumnElement[bool]:
        """The tickets of one value, as an equality that an index answers; for lists."""
        condition = self.column == value
        if self.scope is Scope.CO:
            condition = Ticket.id.in_(select(TicketCo.ticket_id).where(condition))
        return condition if self.also is None else and_(condition, self.also)

    def all(self) -> ColumnElement[bool]:
        """The tickets of all values, as a question to one ticket."""
        condition: ColumnElement[bool] = self.column.in_(self.values)
        if self.scope is Scope.CO:
            condition = exists().where(TicketCo.ticket_id == Ticket.id, condition)
        return condition if self.also is None else and_(condition, self.also)


def grounds(actor: Actor) -> list[Ground]:
    """Every ground on which the actor sees tickets; empty ones are left out."""
    estates = actor.estates(OWNERS)
    found = (
        Ground(Scope.REPORTER, Ticket.reporter_id, frozenset({actor.id})),
        Ground(Scope.COMMUNITY, Ticket.community_id, actor.committee_communities),
        Ground(Scope.SUBDISTRICT, Ticket.community_id, actor.communities(*UPPER)),
        Ground(Scope.LEAD, Ticket.lead_org_id, actor.organisations),
        Ground(Scope.CO, TicketCo.organisation_id, actor.organisations),
        Ground(Scope.OWNERS_ESTATE, Ticket.estate_id, estates, PUBLIC),
        Ground(Scope.OWNERS_REVIEW, Ticket.estate_id, estates, REVIEWED_BY_OWNERS),
    )
    return [ground for ground in found if ground.values]


def shared(mine: Iterable[Ground]) -> tuple[tuple[Ground, ...], dict[str, Any]]:
    """The same grounds with parameters instead of values, and the values: so one statement serves
    all who have grounds of the same kinds."""
    found: list[Ground] = []
    values: dict[str, Any] = {}
    for ground in mine:
        slots = [_slot(ground.scope, no) for no in range(len(ground.values))]
        found.append(replace(ground, values=tuple(slots)))
        values |= dict(zip((one.key for one in slots), sorted(ground.values), strict=True))
    return tuple(found), values


@cache
def _slot(scope: Scope, no: int) -> BindParameter[UUID]:
    """Always the same one, so that a ground is equal to itself."""
    return bindparam(f"{scope}_{no}", type_=Ticket.id.type)


def condition(actor: Actor) -> ColumnElement[bool]:
    """The condition "the actor may see this ticket"."""
    return or_(false(), *(ground.all() for ground in grounds(actor)))


def visible_to(actor: Actor) -> Select[Ticket]:
    """The tickets an actor may see, to be narrowed."""
    return select(Ticket).where(condition(actor))


def get(session: Session, actor: Actor, ticket_id: UUID) -> Ticket:
    """One ticket the actor may see. NotFound otherwise."""
    found = session.scalar(visible_to(actor).where(Ticket.id == ticket_id))
    if found is None:
        raise NotFound
    return found


def may_see_photo(session: Session, actor: Actor, digest: str) -> bool:
    """Whether a ticket that the actor may see cites this picture."""
    cites = select(TicketPhoto.ticket_id).where(TicketPhoto.hash == digest)
    return session.scalar(visible_to(actor).where(Ticket.id.in_(cites)).limit(1)) is not None


def standing(actor: Actor, ticket: Ticket) -> Standing:
    """Who the actor is in the place of a ticket."""
    place = ticket.place
    parties = {
        post.party
        for post in actor.posts
        if post.party
        and (place.path.startswith(post.place_path) or post.place_path.startswith(place.path))
    }
    parties -= {Party.COMMUNITY_PARTY, Party.OWNERS_COMMITTEE}  # these are exact about their place
    if ticket.community_id in actor.committee_communities:
        parties.add(Party.COMMUNITY_PARTY)
    if ticket.estate_id in actor.estates(OWNERS):
        parties.add(Party.OWNERS_COMMITTEE)
    return Standing(
        person_id=actor.id,
        organisations=actor.organisations,
        parties=frozenset(parties),
        secretary=any(
            post.kind in COMMITTEE_KINDS
            and post.role is Role.SECRETARY
            and ticket.community_id in post.community_ids
            for post in actor.posts
        ),
        subdistrict=ticket.community_id in actor.communities(OrganisationKind.SUBDISTRICT),
    )
