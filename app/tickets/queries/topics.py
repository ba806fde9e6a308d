"""Topics that an actor may see, what is in one, and what repeats and is not gathered yet."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.orm import Session, selectinload

from app.core.errors import NotFound
from app.identity.actor import Actor
from app.identity.rules import OrganisationKind
from app.tickets.models import Ticket
from app.tickets.models_doubles import Topic, TopicTicket
from app.tickets.rules import OVER, TicketStatus
from app.tickets.rules.topics import NOT_FOR_THE_COMPANY

DROPPED = (TicketStatus.WITHDRAWN, TicketStatus.REJECTED)


def visible_to(actor: Actor) -> Select[Topic]:
    """The committee sees those of its communities, a property company those of its estates that it
    can cure, and whoever is to cure one sees that."""
    here = Topic.community_id.in_(actor.committee_communities)
    theirs = and_(
        Topic.estate_id.in_(actor.estates(OrganisationKind.PROPERTY)),
        ~Topic.category.startswith(NOT_FOR_THE_COMPANY, autoescape=True),
    )
    grounds: list[ColumnElement[bool]] = [Topic.cure_org_id.in_(actor.organisations)]
    if actor.committee_communities:
        grounds.append(here)
    if actor.estates(OrganisationKind.PROPERTY):
        grounds.append(theirs)
    return select(Topic).where(or_(*grounds))


def get(session: Session, actor: Actor, topic_id: UUID) -> Topic:
    """One topic that the actor may see. NotFound otherwise."""
    found = session.scalar(visible_to(actor).where(Topic.id == topic_id))
    if found is None:
        raise NotFound
    return found


def open_counts(session: Session, topic_ids: Collection[UUID]) -> dict[UUID, int]:
    """How many tickets of each topic are not over."""
    rows = session.execute(
        select(TopicTicket.topic_id, func.count())
        .join(Ticket, Ticket.id == TopicTicket.ticket_id)
        .where(TopicTicket.topic_id.in_(topic_ids), Ticket.status.not_in(OVER))
        .group_by(TopicTicket.topic_id)
    )
    return dict(rows.all())


def tickets_of(session: Session, topic_id: UUID) -> Sequence[Ticket]:
    """The tickets of a topic that was allowed, the latest first."""
    return session.scalars(
        select(Ticket)
        .join(TopicTicket, TopicTicket.ticket_id == Ticket.id)
        .where(TopicTicket.topic_id == topic_id)
        .order_by(Ticket.created_at.desc(), Ticket.id)
        .options(selectinload(Ticket.entries))
    ).all()


def communities_reporting(session: Session, since: datetime) -> list[UUID]:
    """Where anything was reported since a moment, or where a topic is open."""
    return list(
        session.scalars(
            select(Ticket.community_id)
            .where(Ticket.created_at >= since)
            .union(select(Topic.community_id).where(Topic.closed_at.is_(None)))
        )
    )


def repeats(
    session: Session, community_id: UUID, since: datetime, at_least: int
) -> Sequence[Row[UUID | None, str]]:
    """Building and category of what was reported so often since a moment, doubles counted once;
    also of what is about a person, a wish or a question."""
    return session.execute(
        select(Ticket.building_id, Ticket.category)
        .where(*_repeating(community_id, since))
        .group_by(Ticket.building_id, Ticket.category)
        .having(func.count() >= at_least)
        .order_by(Ticket.building_id, Ticket.category)
    ).all()


def repeating(session: Session, topic: Topic, since: datetime) -> Sequence[Ticket]:
    """The tickets that belong into a topic and are in none yet, the oldest first."""
    return session.scalars(
        select(Ticket)
        .join(TopicTicket, TopicTicket.ticket_id == Ticket.id, isouter=True)
        .where(
            *_repeating(topic.community_id, since),
            Ticket.building_id == topic.building_id,
            Ticket.category == topic.category,
            TopicTicket.ticket_id.is_(None),
        )
        .order_by(Ticket.created_at, Ticket.id)
    ).all()


def open_topics(session: Session, community_id: UUID) -> dict[tuple[UUID, str], Topic]:
    """The topics of a community that are not over, by building and category."""
    found = session.scalars(
        select(Topic).where(Topic.community_id == community_id, Topic.closed_at.is_(None))
    )
    return {(one.building_id, one.category): one for one in found}


def _repeating(community_id: UUID, since: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Ticket.community_id == community_id,
        Ticket.created_at >= since,
        Ticket.building_id.is_not(None),
        Ticket.duplicate_of.is_(None),
        Ticket.status.not_in(DROPPED),
    )
