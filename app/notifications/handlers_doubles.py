"""What people hear who met the same thing as a reporter: that it moves, and how it ends.

They are told under the ticket that goes on, and open what neighbours may see of it.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.events import Event, subscribe
from app.notifications import queries
from app.notifications.rules import followers as table
from app.notifications.rules import others
from app.notifications.rules.telling import Seat, Seated, Tell, each_once
from app.notifications.service.telling import Subject, tell
from app.tickets import catalogue
from app.tickets.events import TicketEvent, TicketMoved
from app.tickets.events_doubles import TicketFollowed, TicketTookIn
from app.tickets.events_topics import TopicCureSet, TopicGathered
from app.tickets.queries.doubles import followers


def register() -> None:
    """Listen to the facts; called once, with the application at hand."""
    subscribe(TicketMoved)(ticket_moved)
    subscribe(TicketTookIn)(one_more)
    subscribe(TicketFollowed)(one_more)
    subscribe(TopicGathered)(topic_gathered)
    subscribe(TopicCureSet)(cure_set)


def ticket_moved(session: Session, event: TicketMoved) -> None:
    line = table.MOVED.get(event.move)
    people = followers(session, event.subject_id) if line else []
    if line is None or not people:
        return
    link = f"/followed/{event.subject_id}"
    told = each_once([line], {Seat.FOLLOWER: _others(event, people)}, event.actor_id)
    tell(session, told, _subject(event, link, catalogue.name_of(event)))


def _others(event: TicketEvent, people: Sequence[UUID]) -> list[UUID]:
    """Without who reported this one too, and is told as its reporter."""
    return [one for one in people if one != event.reporter_id]


def one_more(session: Session, event: TicketTookIn | TicketFollowed) -> None:
    lead = [event.lead_org_id] if event.lead_org_id else []
    seated = {Seat.LEAD: queries.on_duty(session, lead), Seat.REPORTER: [event.reporter_id]}
    body = f"{event.number} {catalogue.name_of(event)}"
    subject = _subject(event, f"/tickets/{event.subject_id}", body)
    tell(session, each_once(table.TOOK_IN, seated, event.actor_id), subject)


def topic_gathered(session: Session, event: TopicGathered) -> None:
    if event.first:
        seated = {Seat.COMMITTEE: queries.committee_of(session, event.community_id)}
        _tell_of_topic(session, event, others.GATHERED, seated)


def cure_set(session: Session, event: TopicCureSet) -> None:
    if event.organisation_id:
        seated = {Seat.LEAD: queries.on_duty(session, [event.organisation_id])}
        _tell_of_topic(session, event, others.CURE, seated)


def _tell_of_topic(
    session: Session,
    event: TopicGathered | TopicCureSet,
    lines: Sequence[Tell],
    seated: Seated,
) -> None:
    subject = _subject(
        event,
        f"/office/topics/{event.subject_id}",
        catalogue.name_of(event),
    )
    tell(session, each_once(lines, seated, event.actor_id), subject)


def _subject(event: Event, link: str, body: str) -> Subject:
    return Subject(id=event.subject_id, link=link, body=body)
