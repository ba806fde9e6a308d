"""Two months of tickets, carried by the real services with the clock turned back: every state,
every queue, with timelines, numbers and messages as they would have come about."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.core import clock
from app.demo.people import Crowd
from app.demo.places import Town
from app.demo.texts import MATTERS, Matter
from app.identity.models import Person
from app.notifications.models import InboxItem
from app.tickets.models import Ticket
from app.tickets.rules import TicketStatus, Verb
from app.tickets.service.moving import move
from app.tickets.service.opening import open_ticket

CLOSED, OTHERS = 110, 3
S = TicketStatus
# The way to each state, by verb; what is not closed has begun in the last days.
WAYS: dict[TicketStatus, tuple[Verb, ...]] = {
    S.SUBMITTED: (),
    S.ACCEPTED: (Verb.ACCEPT,),
    S.DISPATCHED: (Verb.ACCEPT, Verb.DISPATCH),
    S.IN_PROGRESS: (Verb.ACCEPT, Verb.DISPATCH, Verb.START),
    S.SUSPENDED: (Verb.ACCEPT, Verb.DISPATCH, Verb.START, Verb.SUSPEND),
    S.RESOLVED: (Verb.ACCEPT, Verb.DISPATCH, Verb.START, Verb.RESOLVE),
    S.REVIEWED: (Verb.ACCEPT, Verb.DISPATCH, Verb.START, Verb.RESOLVE, Verb.REVIEW),
    S.CLOSED: (Verb.ACCEPT, Verb.DISPATCH, Verb.START, Verb.RESOLVE, Verb.REVIEW, Verb.CLOSE),
    S.REJECTED: (Verb.REJECT,),
    S.WITHDRAWN: (Verb.WITHDRAW,),
    S.DELIBERATING: (Verb.ACCEPT, Verb.DELIBERATE),
    S.ESCALATED: (Verb.ACCEPT, Verb.ESCALATE),
}
LEADERS = {
    "property": "周工",
    "committee": "王干事",
    "social": "钱社工",
    "owners0": "孙主任",
}


@dataclass(frozen=True)
class _Story:
    """One ticket to be: when, what, where, and how far it comes."""

    at: datetime
    matter: Matter
    goal: TicketStatus


def build(session: Session, dice: Random, town: Town, crowd: Crowd) -> None:
    """Tickets in the order in which they were reported."""
    now = clock.now()
    stories = [_story(dice, now, S.CLOSED, 14, 60) for _ in range(CLOSED)]
    for goal in S:
        count = OTHERS * 3 if goal in (S.DISPATCHED, S.IN_PROGRESS, S.RESOLVED) else OTHERS
        stories += [_story(dice, now, goal, 1, 5) for _ in range(count)]
    for story in sorted(stories, key=lambda each: each.at):
        _tell(session, dice, town, crowd, story)
    session.execute(
        update(InboxItem).where(InboxItem.created_at < now - timedelta(days=2)).values(read_at=now)
    )


def _story(dice: Random, now: datetime, goal: TicketStatus, nearest: int, far: int) -> _Story:
    day = now - timedelta(days=dice.randint(nearest, far))
    morning = day.astimezone(clock.LOCAL).replace(hour=9, minute=0, second=0, microsecond=0)
    at = morning + timedelta(minutes=dice.randint(0, 600))
    return _Story(at, dice.choice(MATTERS), goal)


def _tell(session: Session, dice: Random, town: Town, crowd: Crowd, story: _Story) -> None:
    home = dice.choice([each for each in town.households if each["id"] in crowd.mains])
    if story.matter.lead in ("owners0", "committee"):  # the first estate's owners do or review it
        home = next(each for each in town.households if each["estate_id"] == town.estates[0].id)
    reporter = session.get_one(Person, crowd.mains[home["id"]][0])
    with clock.frozen(story.at):
        ticket = open_ticket(
            session,
            crowd.actor(session, reporter),
            category=story.matter.category,
            text=story.matter.text,
            place_id=home["building_id"],
            public_area=True,
            spot=story.matter.spot,
        )
    at = story.at
    for verb in WAYS[story.goal]:
        at = min(at + timedelta(minutes=dice.randint(20, 300)), clock.now())
        with clock.frozen(at):
            _move(session, dice, crowd, ticket, story, verb, reporter)


def _move(  # noqa: PLR0913 - who does what to which ticket of which story
    session: Session,
    dice: Random,
    crowd: Crowd,
    ticket: Ticket,
    story: _Story,
    verb: Verb,
    reporter: Person,
) -> None:
    who = crowd.people[_hand(story, verb)] if _hand(story, verb) else reporter
    said = _said(dice, crowd, story, verb)
    move(session, crowd.actor(session, who), ticket.id, ticket.version, verb, said)


def _hand(story: _Story, verb: Verb) -> str:
    """Whose hand makes the move; empty for the reporter."""
    if verb in (Verb.WITHDRAW, Verb.CLOSE):
        return ""
    if verb in (Verb.START, Verb.SUSPEND, Verb.RESOLVE):
        return LEADERS[story.matter.lead]
    if verb is Verb.REVIEW and story.matter.lead == "committee":
        return "孙主任"
    return "王干事"


def _said(dice: Random, crowd: Crowd, story: _Story, verb: Verb) -> dict[str, Any]:
    today = clock.today()
    answers: dict[Verb, dict[str, Any]] = {
        Verb.REJECT: {"reason": "这件事不归小区管。", "where_to": "请打 12345 转城管。"},
        Verb.DISPATCH: {"lead_org_id": crowd.organisations[story.matter.lead].id},
        Verb.SUSPEND: {"reason_code": "parts", "until": today + timedelta(days=2)},
        Verb.RESOLVE: {"what_was_done": story.matter.done, "nothing_to_see": True},
        Verb.CLOSE: {
            "solved": dice.choices(("yes", "partly", "no"), weights=(88, 9, 3))[0],
            "satisfied": dice.choices(("yes", "fairly", "no"), weights=(70, 25, 5))[0],
        },
        Verb.DELIBERATE: {"topic": "怎么办、谁出钱，请各方来商量。"},
        Verb.ESCALATE: {"what_was_done": "社区上门看过两次，需要街道牵头。"},
    }
    return answers.get(verb, {})
