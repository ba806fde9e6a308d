"""Two months of tickets, carried by the real services with the clock turned back: every state,
every queue, with timelines, numbers and messages as they would have come about."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.core import changes, clock
from app.demo.people import Crowd
from app.demo.places import Town
from app.demo.stories import Story, daytime, invent
from app.identity.models import Person
from app.notifications.models import InboxItem
from app.tickets.models import Ticket
from app.tickets.rules import TicketStatus, Verb
from app.tickets.service import move, move_by_system, open_ticket

LEADERS = {
    "property": "周工",
    "committee": "王干事",
    "social": "钱社工",
    "owners0": "孙主任",
}
HELPERS = {
    "property": "committee",
    "committee": "property",
    "social": "committee",
    "owners0": "property",
}
RATINGS = (
    ("yes", "yes"),
    ("yes", "fairly"),
    ("yes", "wont_say"),
    ("partly", "fairly"),
    ("partly", "no"),
    ("no", "no"),
)
SILENCE = timedelta(days=7, hours=12)
URGED = (("赵书记", "已经过了约定的时间，请盯到办好。"), ("吴科长", "居民反映多，街道跟进。"))


@dataclass(frozen=True)
class _Stage:
    """What every step of every story needs."""

    session: Session
    dice: Random
    town: Town
    crowd: Crowd
    now: datetime


def build(session: Session, dice: Random, town: Town, crowd: Crowd) -> None:
    """Tickets in the order in which they were reported; what is old has been read."""
    stage = _Stage(session, dice, town, crowd, clock.now())
    for story in invent(dice, stage.now):
        _tell(stage, story)
    _supervise(stage)
    read = session.scalars(
        update(InboxItem)
        .where(InboxItem.created_at < stage.now - timedelta(days=2))
        .values(read_at=stage.now)
        .returning(InboxItem.id),
        execution_options=changes.NOTED,
    )
    changes.note(session, "inbox", read)


def _tell(stage: _Stage, story: Story) -> None:
    reporter, building_id = _from_where(stage, story)
    with clock.frozen(story.at):
        ticket = open_ticket(
            stage.session,
            stage.crowd.actor(stage.session, reporter),
            category=story.matter.category,
            text=story.matter.text,
            place_id=building_id,
            public_area=True,
            spot=story.matter.spot,
        )
    at = story.at
    for verb in story.way:
        at = min(daytime(at + timedelta(minutes=stage.dice.randint(20, 300))), stage.now)
        with clock.frozen(at):
            _move(stage, story, ticket, verb, reporter)
    if story.unrated:
        with clock.frozen(daytime(at + SILENCE)):
            move_by_system(stage.session, ticket, Verb.CLOSE)


def _from_where(stage: _Stage, story: Story) -> tuple[Person, Any]:
    """Who reports, and about which building. What the first estate's owners do or review has
    happened there."""
    here = story.matter.lead in ("owners0", "committee")
    homes = [
        home
        for home in stage.town.households
        if home["id"] in stage.crowd.mains
        and (not here or home["estate_id"] == stage.town.estates[0].id)
    ]
    home = stage.dice.choice(homes)
    reporter = stage.session.get_one(Person, stage.crowd.mains[home["id"]][0])
    return reporter, home["building_id"]


def _move(stage: _Stage, story: Story, ticket: Ticket, verb: Verb, reporter: Person) -> None:
    name = _hand(story, verb)
    who = stage.crowd.people[name] if name else reporter
    said = _said(stage, story, verb)
    actor = stage.crowd.actor(stage.session, who)
    move(stage.session, actor, ticket.id, ticket.version, verb, said)


def _hand(story: Story, verb: Verb) -> str:
    """Whose hand makes the move; empty for the reporter."""
    if verb in (Verb.WITHDRAW, Verb.CLOSE, Verb.REOPEN):
        return ""
    if verb in (Verb.START, Verb.RETURN, Verb.SUSPEND, Verb.RESOLVE):
        return LEADERS[story.matter.lead]
    if verb in (Verb.REVIEW, Verb.SEND_BACK) and story.matter.lead == "committee":
        return "孙主任"
    return "王干事"


def _said(stage: _Stage, story: Story, verb: Verb) -> dict[str, Any]:
    dice, organisations = stage.dice, stage.crowd.organisations
    until = clock.today() + timedelta(days=12 if story.rests_long else 2)
    helpers = [organisations[HELPERS[story.matter.lead]].id] if story.helped else []
    answers: dict[Verb, dict[str, Any]] = {
        Verb.REJECT: {"reason": "这件事不归小区管。", "where_to": "请打 12345 转城管。"},
        Verb.DISPATCH: {
            "lead_org_id": organisations[story.matter.lead].id,
            "co_org_ids": helpers,
        },
        Verb.RETURN: {"reason": "现场找不到报的地方，请再问清楚。"},
        Verb.SUSPEND: {"reason_code": "parts", "until": until},
        Verb.RESOLVE: {"what_was_done": story.matter.done, "nothing_to_see": True},
        Verb.SEND_BACK: {"reason": "去看过，还没有完全弄好。"},
        Verb.REOPEN: {"reason": "过了两天又这样了。"},
        Verb.DELIBERATE: {"topic": "怎么办、谁出钱，请各方来商量。"},
        Verb.ESCALATE: {"what_was_done": "社区上门看过两次，需要街道牵头。"},
    }
    if verb is Verb.CLOSE:
        solved, satisfied = dice.choices(RATINGS, weights=(66, 20, 4, 6, 2, 2))[0]
        return {"solved": solved, "satisfied": satisfied}
    return answers.get(verb, {})


def _supervise(stage: _Stage) -> None:
    """The oldest that are still being worked on are supervised, by the secretary and above."""
    oldest = stage.session.scalars(
        select(Ticket)
        .where(Ticket.status == TicketStatus.IN_PROGRESS)
        .order_by(Ticket.created_at, Ticket.number)
        .limit(len(URGED))
    ).all()
    for ticket, (name, reason) in zip(oldest, URGED, strict=True):
        actor = stage.crowd.actor(stage.session, stage.crowd.people[name])
        move(stage.session, actor, ticket.id, ticket.version, Verb.SUPERVISE, {"reason": reason})
