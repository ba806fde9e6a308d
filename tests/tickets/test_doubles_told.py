"""Who met the same hears what becomes of it, and of a topic hears who is to cure it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.notifications.models import InboxItem
from app.tickets.models import Ticket
from app.tickets.queries.topics import open_topics
from app.tickets.rules import Verb
from app.tickets.service import doubles, topics
from app.tickets.service.topics import Cure
from tests.factories import tickets
from tests.factories.tickets import Neighbourhood, act


def inbox(session: Session, here: Neighbourhood, word: str) -> dict[str, str]:
    """Title by link, of what somebody has not read."""
    session.flush()
    found = session.scalars(
        select(InboxItem).where(
            InboxItem.person_id == here.people[word].id, InboxItem.read_at.is_(None)
        )
    )
    return {item.link: item.title for item in found}


def close(session: Session, here: Neighbourhood, ticket: Ticket) -> None:
    done = {"what_was_done": "换了灯", "nothing_to_see": True}
    act(session, here, ticket, "property", Verb.RESOLVE, **done)
    act(session, here, ticket, "committee", Verb.REVIEW)
    act(session, here, ticket, "volunteer", Verb.CLOSE, solved="yes", satisfied="yes")


def test_all_who_met_it_hear_how_it_ends(session: Session, here: Neighbourhood) -> None:
    ticket = tickets.started(session, here)
    session.flush()
    doubles.follow(session, here.actors["social"], ticket.id, "", [])
    other = tickets.report(session, here, "owners")
    act(session, here, other, "committee", Verb.JOIN, into_id=ticket.id)
    assert inbox(session, here, "owners") == {f"/tickets/{other.id}": "您报的事，和邻居报的一起办"}
    assert inbox(session, here, "volunteer")[f"/tickets/{ticket.id}"] == "邻居也报了您报的这件事"
    close(session, here, ticket)
    for word in ("social", "owners"):
        assert inbox(session, here, word)[f"/followed/{ticket.id}"] == "您也遇到的事结单了"


def test_who_does_it_hears_nothing_of_it_and_who_left_neither(
    session: Session, here: Neighbourhood
) -> None:
    ticket = tickets.dispatched(session, here)
    session.flush()
    doubles.follow(session, here.actors["property"], ticket.id, "", [])
    doubles.follow(session, here.actors["social"], ticket.id, "", [])
    doubles.unfollow(session, here.actors["social"], ticket.id)
    act(session, here, ticket, "property", Verb.START)
    for word in ("property", "social"):
        assert f"/followed/{ticket.id}" not in inbox(session, here, word)


def test_what_was_taken_apart_hears_of_itself_alone(session: Session, here: Neighbourhood) -> None:
    ticket, other = tickets.started(session, here), tickets.report(session, here, "owners")
    act(session, here, other, "committee", Verb.JOIN, into_id=ticket.id)
    act(session, here, other, "committee", Verb.TAKE_APART, reason="不是同一盏灯")
    close(session, here, ticket)
    assert inbox(session, here, "owners") == {f"/tickets/{other.id}": "您报的事，改成单独来办"}


def test_of_a_topic_the_committee_hears_and_then_who_is_to_cure_it(
    session: Session, here: Neighbourhood
) -> None:
    for _ in range(3):
        tickets.report(session, here)
    session.flush()
    topics.gather(session, here.community.id, 3)
    titles = list(inbox(session, here, "committee").values())
    assert titles.count("有一类事在同一栋楼反复出现") == 1
    [link] = [one for one in inbox(session, here, "committee") if "topics" in one]
    [topic] = open_topics(session, here.community.id).values()
    cure = Cure("换线路", here.organisations["owners"].id)
    topics.set_cure(session, here.actors["committee"], topic.id, topic.version, cure)
    assert inbox(session, here, "owners")[link] == "有反复出现的事，请你们来根治"
