"""Routes of topics: the list, one of them, and what is to be done for good."""

from uuid import UUID

from app.core.http import Area, Call, page_of
from app.identity.guards import COMMITTEE, OFFICE
from app.tickets import present_topics, schemas_topics
from app.tickets.models_doubles import Topic
from app.tickets.queries import topics as asked
from app.tickets.service import topics
from app.tickets.service.topics import Cure

area = Area("topics", url_prefix="/topics", title="反复出现的事")


@area.get(
    "",
    guard=OFFICE,
    query=schemas_topics.TopicQuery,
    answer=schemas_topics.TopicListSchema,
    summary="What keeps coming back, building by building",
)
def list_topics(call: Call) -> object:
    over = Topic.closed_at.is_not(None) if call.query["over"] else Topic.closed_at.is_(None)
    page = page_of(
        call.session,
        asked.visible_to(call.actor).where(over),
        order=(Topic.last_at.desc(), Topic.id.desc()),
        query=call.query,
        present=lambda topic: topic,
    )
    return page | {"items": present_topics.rows(call.session, page["items"])}


@area.get(
    "/<uuid:topic_id>",
    guard=OFFICE,
    answer=schemas_topics.TopicSchema,
    summary="One topic with all its tickets",
)
def get_topic(call: Call, topic_id: UUID) -> object:
    topic = asked.get(call.session, call.actor, topic_id)
    return present_topics.detail(call.session, call.actor, topic)


@area.put(
    "/<uuid:topic_id>/cure",
    guard=COMMITTEE,
    body=schemas_topics.SetCureSchema,
    answer=schemas_topics.TopicSchema,
    versioned=True,
    summary="Say what will be done for good",
)
def set_cure(call: Call, topic_id: UUID) -> object:
    said = call.body
    cure = Cure(said["cure"].strip(), said["organisation_id"], said["on"])
    topic = topics.set_cure(call.session, call.actor, topic_id, call.version, cure)
    return present_topics.detail(call.session, call.actor, topic)
