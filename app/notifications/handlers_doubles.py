"""What people hear who met the same thing as a reporter: that it moves, and how it ends.

They are told under the ticket that goes on, and open what neighbours may see of it.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.events import Event, subscribe
from app.notifications import queries
from app.notifications.rules.telling import Kind, Pressing, Seat, Tell, each_once
from app.notifications.service.telling import Subject, tell
from app.tickets import catalogue
from app.tickets.events import TicketEvent, TicketMoved
from app.tickets.events_doubles import TicketFollowed, TicketTookIn
from app.tickets.events_topics import TopicCureSet, TopicGathered
from app.tickets.queries.doubles import followers
from app.tickets.rules import Verb

FOLLOWER, LEAD, REPORTER, NEWS = Seat.FOLLOWER, Seat.LEAD, Seat.REPORTER, Kind.TICKET_NEWS
DIGEST, TODAY = Pressing.DIGEST, Pressing.TODAY

MOVED: Mapping[Verb, Tell] = {
    Verb.ACCEPT: Tell(FOLLOWER, NEWS, "您也遇到的事，社区受理了"),
    Verb.REJECT: Tell(FOLLOWER, NEWS, "您也遇到的事没有受理", TODAY),
    Verb.WITHDRAW: Tell(FOLLOWER, NEWS, "先报的人撤回了，还没好请您报", TODAY),
    Verb.DISPATCH: Tell(FOLLOWER, NEWS, "您也遇到的事，派给负责的一方了"),
    Verb.ARBITRATE: Tell(FOLLOWER, NEWS, "您也遇到的事，社区定了由谁来办"),
    Verb.START: Tell(FOLLOWER, NEWS, "您也遇到的事，有人接手在办了"),
    Verb.SUSPEND: Tell(FOLLOWER, NEWS, "您也遇到的事暂时挂起"),
    Verb.RESOLVE: Tell(FOLLOWER, NEWS, "您也遇到的事办完了，正在审核", DIGEST),
    Verb.SEND_BACK: Tell(FOLLOWER, NEWS, "您也遇到的事还没办好，再办一次"),
    Verb.CLOSE: Tell(FOLLOWER, NEWS, "您也遇到的事结单了", DIGEST),
    Verb.REOPEN: Tell(FOLLOWER, NEWS, "您也遇到的事重新办了", DIGEST),
    Verb.DELIBERATE: Tell(FOLLOWER, NEWS, "您也遇到的事要由几方一起协商"),
    Verb.CONCLUDE: Tell(FOLLOWER, NEWS, "您也遇到的事，协商有了结论"),
    Verb.ESCALATE: Tell(FOLLOWER, NEWS, "您也遇到的事已经上报街道"),
    Verb.ANSWER: Tell(FOLLOWER, NEWS, "您也遇到的事，街道有了答复"),
}
TOOK_IN: Sequence[Tell] = (
    Tell(LEAD, NEWS, "又有人报了同一件事，请看看"),
    Tell(REPORTER, NEWS, "邻居也报了您报的这件事"),
)

GATHERED: Sequence[Tell] = (Tell(Seat.COMMITTEE, NEWS, "有一类事在同一栋楼反复出现"),)
CURE: Sequence[Tell] = (Tell(LEAD, NEWS, "有反复出现的事，请你们来根治", DIGEST),)


def register() -> None:
    """Listen to the facts; called once, with the application at hand."""
    subscribe(TicketMoved)(ticket_moved)
    subscribe(TicketTookIn)(one_more)
    subscribe(TicketFollowed)(one_more)
    subscribe(TopicGathered)(topic_gathered)
    subscribe(TopicCureSet)(cure_set)


def ticket_moved(session: Session, event: TicketMoved) -> None:
    line = MOVED.get(event.move)
    people = followers(session, event.subject_id) if line else []
    if line is None or not people:
        return
    link = f"/followed/{event.subject_id}"
    told = each_once([line], {FOLLOWER: _others(event, people)}, event.actor_id)
    tell(session, told, _subject(event, link, catalogue.name_of(event)))


def _others(event: TicketEvent, people: Sequence[UUID]) -> list[UUID]:
    """Without who reported this one too, and is told as its reporter."""
    return [one for one in people if one != event.reporter_id]


def one_more(session: Session, event: TicketTookIn | TicketFollowed) -> None:
    lead = [event.lead_org_id] if event.lead_org_id else []
    seated = {LEAD: queries.on_duty(session, lead), REPORTER: [event.reporter_id]}
    body = f"{event.number} {catalogue.name_of(event)}"
    subject = _subject(event, f"/tickets/{event.subject_id}", body)
    tell(session, each_once(TOOK_IN, seated, event.actor_id), subject)


def topic_gathered(session: Session, event: TopicGathered) -> None:
    if event.first:
        seated = {Seat.COMMITTEE: queries.committee_of(session, event.community_id)}
        _tell_of_topic(session, event, GATHERED, seated)


def cure_set(session: Session, event: TopicCureSet) -> None:
    if event.organisation_id:
        seated = {LEAD: queries.on_duty(session, [event.organisation_id])}
        _tell_of_topic(session, event, CURE, seated)


def _tell_of_topic(
    session: Session,
    event: TopicGathered | TopicCureSet,
    lines: Sequence[Tell],
    seated: Mapping[Seat, Sequence[UUID]],
) -> None:
    subject = _subject(
        event,
        f"/office/topics/{event.subject_id}",
        catalogue.name_of(event),
    )
    tell(session, each_once(lines, seated, event.actor_id), subject)


def _subject(event: Event, link: str, body: str) -> Subject:
    return Subject(id=event.subject_id, link=link, body=body)
