"""A lamp that fails again and again in one building, and two neighbours who met the latest failure:
what the committee joins, and a topic with what is to be done for good."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.demo.people import Crowd
from app.demo.places import Town
from app.demo.stories import daytime
from app.demo.tickets import LEADERS
from app.identity.models import Person
from app.tickets.models import Ticket
from app.tickets.models_doubles import Topic
from app.tickets.rules import Verb
from app.tickets.service import doubles, move, open_ticket, topics
from app.tickets.service.topics import Cure

CATEGORY = "facility.power_lighting"
AGAIN = (
    (71, "二楼到四楼楼道灯全灭了", "换了一只镇流器。"),
    (44, "楼道灯又灭了，跳闸", "合上了闸，换了灯泡。"),
    (20, "楼道灯一闪一闪，后来灭了", "换了灯泡。"),
)
LATEST = "楼道灯又不亮了，二楼往上都黑"
ALSO = "四楼这边也黑，楼道里的灯都不亮了"
CURE = "这栋楼的楼道线路老化，整条换新，不再一只一只修。"
OFTEN = 3


def build(session: Session, town: Town, crowd: Crowd) -> None:
    """In the building of the first household that somebody looks after."""
    homes = [one for one in town.households if one["id"] in crowd.mains]
    building = homes[0]["building_id"]
    first, second = (session.get_one(Person, one) for one in crowd.mains[homes[0]["id"]])
    third = crowd.people["李姐"]
    for days, text, done in AGAIN:
        _whole(session, crowd, _reported(session, crowd, first, building, text, days), done)
    head = _reported(session, crowd, first, building, LATEST, 2)
    double = _reported(session, crowd, second, building, ALSO, 1)
    if third.id not in (first.id, second.id):
        doubles.follow(session, crowd.actor(session, third), head.id, "五楼也是。", [])
    _by(session, crowd, "王干事", double, Verb.JOIN, into_id=head.id)
    topics.gather(session, town.community.id, OFTEN)
    _cure(session, crowd, building)


def _reported(
    session: Session, crowd: Crowd, by: Person, building: UUID, text: str, days: int
) -> Ticket:
    with clock.frozen(daytime(clock.now() - timedelta(days=days))):
        return open_ticket(
            session,
            crowd.actor(session, by),
            category=CATEGORY,
            text=text,
            place_id=building,
            public_area=True,
            spot="楼道",
        )


def _whole(session: Session, crowd: Crowd, ticket: Ticket, done: str) -> None:
    """From the desk to the end, within a day."""
    lead = crowd.organisations["property"].id
    work = LEADERS["property"]
    steps: tuple[tuple[str, Verb, dict[str, object]], ...] = (
        ("王干事", Verb.ACCEPT, {}),
        ("王干事", Verb.DISPATCH, {"lead_org_id": lead}),
        (work, Verb.START, {}),
        (work, Verb.RESOLVE, {"what_was_done": done, "nothing_to_see": True}),
        ("王干事", Verb.REVIEW, {}),
        (
            "王干事",
            Verb.CLOSE,
            {"solved": "yes", "satisfied": "fairly", "call_back_note": "电话里说亮了。"},
        ),
    )
    for nth, (name, verb, said) in enumerate(steps, start=1):
        with clock.frozen(daytime(ticket.created_at + timedelta(hours=2 * nth))):
            _by(session, crowd, name, ticket, verb, **said)


def _by(
    session: Session, crowd: Crowd, name: str, ticket: Ticket, verb: Verb, **said: object
) -> None:
    actor = crowd.actor(session, crowd.people[name])
    move(session, actor, ticket.id, ticket.version, verb, said)


def _cure(session: Session, crowd: Crowd, building: UUID) -> None:
    found = select(Topic).where(Topic.building_id == building, Topic.category == CATEGORY)
    topic = session.scalars(found).one()
    on = clock.today() + timedelta(days=26)
    cure = Cure(CURE, crowd.organisations["property"].id, on)
    desk = crowd.actor(session, crowd.people["王干事"])
    topics.set_cure(session, desk, topic.id, topic.version, cure)
