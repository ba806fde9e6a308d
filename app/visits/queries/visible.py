"""What an actor may see of visits: those they go to, and for the committee its community's. A
leader who looks after the door sees what was done there, for a leader picks and sets right.

A property company sees no visit at all, ever, whatever else its people do.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.identity.actor import Actor
from app.identity.rules import OrganisationKind
from app.places.models import Household
from app.teams import queries as teams
from app.teams import rosters
from app.visits.models import Visit, VisitPartner, VisitStray
from app.visits.rules import VisitState
from app.visits.rules.states import OPEN, Seat


def shut_out(actor: Actor) -> bool:
    """Whether the actor works for a property company."""
    return actor.holds(OrganisationKind.PROPERTY)


def goes(person_id: UUID) -> ColumnElement[bool]:
    """Visits to which a person was asked, or goes along."""
    along = select(VisitPartner.visit_id).where(VisitPartner.person_id == person_id)
    return or_(Visit.person_id == person_id, Visit.id.in_(along))


def settles(actor: Actor, of: type[Visit] | type[VisitStray] = Visit) -> ColumnElement[bool]:
    """What the actor settles where people differ or a record went astray: all of their committee's
    communities, and the doors that they look after where they lead a team."""
    if shut_out(actor):
        return false()
    doors = teams.visible_households(actor).with_only_columns(Household.id)
    led = and_(
        of.community_id.in_(rosters.led_by(actor.id)),
        of.household_id.in_(doors),
    )
    return or_(of.community_id.in_(actor.committee_communities), led)


def settled_by(session: Session, actor: Actor, visit_ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of these visits that the actor settles."""
    if not visit_ids:
        return frozenset()
    return frozenset(
        session.scalars(select(Visit.id).where(Visit.id.in_(visit_ids), settles(actor)))
    )


def visible_to(actor: Actor) -> Select[Visit]:
    """The visits an actor may open."""
    if shut_out(actor):
        return select(Visit).where(false())
    return select(Visit).where(
        or_(
            Visit.community_id.in_(actor.committee_communities),
            goes(actor.id),
            and_(Visit.state == VisitState.DONE, settles(actor)),
        )
    )


def disputed(actor: Actor) -> Select[Visit]:
    """The visits whose visitors differ, where the actor picks."""
    return select(Visit).where(Visit.disputed, settles(actor))


def history_of(session: Session, actor: Actor, household_id: UUID) -> Select[Visit]:
    """The visits to one household: those the actor may open and, for who looks after the
    household now, what was done there before (without the notes of others)."""
    own = visible_to(actor).where(Visit.household_id == household_id)
    if shut_out(actor) or actor.committee_communities:
        return own
    if not teams.household_visible(session, actor, household_id):
        return own
    return select(Visit).where(
        Visit.household_id == household_id,
        or_(goes(actor.id), Visit.state == VisitState.DONE),
    )


def get(session: Session, actor: Actor, visit_id: UUID, *, lock: bool = False) -> Visit:
    """One visit the actor may open. NotFound otherwise. `lock`: whoever else writes waits."""
    wanted = visible_to(actor).where(Visit.id == visit_id)
    found = session.scalar(wanted.with_for_update(of=Visit) if lock else wanted)
    if found is None:
        raise NotFound
    return found


def partners_of(session: Session, visit_ids: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    """Who goes along to each of these visits."""
    wanted = list(visit_ids)
    found: dict[UUID, list[UUID]] = {one: [] for one in wanted}
    rows = session.execute(
        select(VisitPartner.visit_id, VisitPartner.person_id)
        .where(VisitPartner.visit_id.in_(wanted))
        .order_by(VisitPartner.visit_id, VisitPartner.person_id)
    )
    for visit_id, person_id in rows:
        found[visit_id].append(person_id)
    return found


def seats(visit: Visit, partner_ids: Iterable[UUID], actor: Actor) -> frozenset[Seat]:
    """How the actor is placed towards a visit."""
    held = {
        Seat.ASKED: visit.person_id == actor.id,
        Seat.PARTNER: actor.id in set(partner_ids),
        Seat.OFFICE: visit.community_id in actor.committee_communities,
    }
    return frozenset(seat for seat, holds in held.items() if holds)


def on_day(actor: Actor, day: date) -> Select[Visit]:
    """What a person has agreed to do or has done on one day, as one walks past the doors."""
    if shut_out(actor):
        return select(Visit).where(false())
    return (
        select(Visit)
        .join(Household, Household.id == Visit.household_id)
        .where(
            goes(actor.id),
            Visit.on == day,
            Visit.state.in_((VisitState.ACCEPTED, VisitState.DONE)),
        )
        .order_by(Household.walk_order, Visit.id)
    )


def proposed_to(actor: Actor) -> Select[Visit]:
    """The proposals that wait for a person's own answer."""
    if shut_out(actor):
        return select(Visit).where(false())
    return select(Visit).where(Visit.person_id == actor.id, Visit.state == VisitState.PROPOSED)


def listed(session: Session, actor: Actor, query: dict[str, Any]) -> Select[Visit]:
    """The visits of a list request, narrowed as its query says, without order."""
    found = _scope(session, actor, query)
    if query.get("state"):
        found = found.where(Visit.state == query["state"])
    if query.get("round_id"):
        found = found.where(Visit.round_id == query["round_id"])
    return found


def _scope(session: Session, actor: Actor, query: dict[str, Any]) -> Select[Visit]:
    """Where a list starts: one household, one's own, or else the whole community, which is read
    along its index (`visible_to` would have to sort two answers together)."""
    mine = bool(query.get("mine"))
    if query.get("household_id"):
        found = history_of(session, actor, query["household_id"])
        return found.where(goes(actor.id)) if mine else found
    if shut_out(actor):
        return select(Visit).where(false())
    if mine or not actor.committee_communities:
        return select(Visit).where(goes(actor.id))
    return select(Visit).where(Visit.community_id.in_(actor.committee_communities))


def open_for(household_id: UUID) -> Select[Visit]:
    """The open visits to one household, whoever goes: for deciding, not for showing."""
    return select(Visit).where(Visit.household_id == household_id, Visit.state.in_(OPEN))
