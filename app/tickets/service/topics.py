"""Topics: gathered once a day, kept with what is to be done for good, closed when it is quiet."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import uuid7
from app.core.errors import Invalid, Stale
from app.core.events import publish
from app.identity.actor import Actor
from app.places import queries as places
from app.places.models import Place
from app.tickets.events_topics import TopicClosed, TopicCureSet, TopicGathered
from app.tickets.models_doubles import Topic, TopicTicket
from app.tickets.queries import parties, topics
from app.tickets.rules.topics import WITHIN, is_gathered, is_quiet
from app.tickets.service.leading import NOT_HERE


@dataclass(frozen=True, slots=True)
class Cure:
    """What will be done for good, by whom, until when."""

    words: str
    organisation_id: UUID | None = None
    on: date | None = None


def gather(session: Session, community_id: UUID, at_least: int) -> None:
    """Gather what repeats in a community, and close what has been quiet."""
    since = clock.now() - WITHIN
    known = topics.open_topics(session, community_id)
    for building_id, category in topics.repeats(session, community_id, since, at_least):
        if building_id and is_gathered(category) and (building_id, category) not in known:
            fresh = _begin(session, community_id, building_id, category)
            known[building_id, category] = fresh
    for topic in known.values():
        _take_in(session, topic)
    still = topics.open_counts(session, [topic.id for topic in known.values()])
    for topic in known.values():
        if is_quiet(topic.last_at, still.get(topic.id, 0), clock.now()):
            topic.closed_at = clock.now()
            publish(session, TopicClosed(**_facts(topic, None)))


def set_cure(session: Session, actor: Actor, topic_id: UUID, version: int, cure: Cure) -> Topic:
    """Say what will be done for good. Raises NotFound, Stale, Invalid."""
    topic = topics.get(session, actor, topic_id)
    if topic.version != version:
        raise Stale
    if cure.organisation_id is not None:
        building = session.get_one(Place, topic.building_id)
        if cure.organisation_id not in {one.id for one in parties.at_place(session, building)}:
            raise Invalid(errors={"organisation_id": [NOT_HERE]})
    topic.cure, topic.cure_org_id, topic.cure_on = cure.words, cure.organisation_id, cure.on
    session.flush()
    publish(session, TopicCureSet(organisation_id=cure.organisation_id, **_facts(topic, actor)))
    return topic


def _begin(session: Session, community_id: UUID, building_id: UUID, category: str) -> Topic:
    chain = places.chain(session, session.get_one(Place, building_id))
    now = clock.now()
    topic = Topic(
        id=uuid7(),
        community_id=community_id,
        estate_id=next((one.id for one in chain if one.kind == "estate"), None),
        building_id=building_id,
        place_text=places.text_of(chain),
        category=category,
        count=0,
        first_at=now,
        last_at=now,
        opened_at=now,
    )
    session.add(topic)
    session.flush()
    return topic


def _take_in(session: Session, topic: Topic) -> None:
    """Put into a topic what was reported since it was looked at last."""
    found = topics.repeating(session, topic, clock.now() - WITHIN)
    if not found:
        return
    first = topic.count == 0
    session.add_all(TopicTicket(ticket_id=one.id, topic_id=topic.id) for one in found)
    topic.count += len(found)
    moments = [one.created_at for one in found]
    topic.first_at = min(moments) if first else min(topic.first_at, *moments)
    topic.last_at = max(moments) if first else max(topic.last_at, *moments)
    session.flush()
    publish(session, TopicGathered(fresh=len(found), first=first, **_facts(topic, None)))


def _facts(topic: Topic, actor: Actor | None) -> dict[str, Any]:
    return {
        "subject_id": topic.id,
        "actor_id": actor.id if actor else None,
        "community_id": topic.community_id,
        "building_id": topic.building_id,
        "category": topic.category,
    }
