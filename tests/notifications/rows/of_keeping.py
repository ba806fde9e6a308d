"""Plans of a month, patrols, wishes left at doors, service hours, and other systems: done by the
services themselves."""

from datetime import date
from typing import Any

from sqlalchemy import select

from app.core import clock
from app.core.db import uuid7
from app.hours.models import ServiceHours
from app.hours.rules import Kind
from app.hours.rules.states import Verb
from app.hours.service import counting, settling
from app.hours.service.settling import Said
from app.places.rules import CareLevel
from app.residents import visitor
from app.residents.models import DoorWish
from app.residents.rules import WishKind
from app.residents.service import doors, wishes
from app.visits.models import Visit
from app.visits.models_months import MonthPlan, MonthPlanGrid, MonthPlanStop
from app.visits.models_patrols import PatrolPerson
from app.visits.rules.months import Put
from app.visits.rules.patrols import PatrolAnswer
from app.visits.service import correcting, patrols
from app.visits.service.months import editing, problems, sending
from app.webhooks.rules import Told
from app.webhooks.service import keeping
from app.webhooks.service import sending as delivering
from tests.auditing import unwatched
from tests.factories import identity, places, visits
from tests.notifications.rows.doors import Stair
from tests.notifications.rows.of_records import OF_DOORS, OFFICE, asked, went
from tests.visits.walking import patrol, point, route

tells = OF_DOORS.tells
DECEMBER = date(2026, 12, 1)


def planned(stair: Stair) -> MonthPlan:
    """December of one grid: what is owed to the door is put with Chen, and Li goes along."""
    session, home = stair.session, stair.door
    grid = places.grid(session, stair.here.community)
    with unwatched():
        stair.here.building.grid_id = home.grid_id = grid.id
        home.care_level, home.care_confirmed_on = CareLevel.FOCUS, clock.today()
        session.commit()
    made = MonthPlan(
        community_id=stair.here.community.id,
        month=DECEMBER,
        created_by=stair.who("committee").id,
        created_at=clock.now(),
        changed_at=clock.now(),
    )
    identity.stored(session, made)
    part = MonthPlanGrid(plan_id=made.id, grid_id=grid.id)
    identity.stored(session, part)
    problem = problems.problem_of(session, made, part)
    [owed, *_] = problem.owed
    slot = next(
        one for one in problem.doors[0].windows if one.date.month == 12 and one.date <= owed.latest
    )
    put = Put((stair.who("chen").id, stair.who("li").id), slot)
    stop = MonthPlanStop(
        part_id=part.id,
        key=owed.key,
        household_id=home.id,
        level=home.care_level,
        purposes=[one.value for one in owed.purposes],
        due=owed.due,
        place=put.kept(),
    )
    identity.stored(session, stop)
    return made


def sent(stair: Stair, plan: MonthPlan) -> None:
    by = stair.here.actors["committee"]
    sending.publish(stair.session, by, plan.id, plan.version)


@tells("MonthVisitsAsked.month_asked", visitor="chen")
def month_sent(stair: Stair) -> None:
    sent(stair, planned(stair))


@tells("MonthVisitsAsked.month_withdrawn", visitor="chen")
def month_withdrawn(stair: Stair) -> None:
    plan, session = planned(stair), stair.session
    sent(stair, plan)
    stair.quiet()
    [part] = session.scalars(select(MonthPlanGrid).where(MonthPlanGrid.plan_id == plan.id))
    [stop] = session.scalars(select(MonthPlanStop).where(MonthPlanStop.part_id == part.id))
    editing.take_out(session, stair.here.actors["committee"], part.id, part.version, [stop.id])
    sent(stair, plan)


def walk(stair: Stair) -> Any:
    """A round of the estate that Chen and Li have said they would walk."""
    known = stair.scene
    people = [stair.who("chen"), stair.who("li")]
    return route(stair.session, known, point(stair.session, known), people=people)


@tells("PatrolsAsked.patrols_asked", visitor="chen li")
def patrols_asked(stair: Stair) -> None:
    patrols.propose(stair.session, None, walk(stair), clock.today())


@tells("PatrolCancelled.patrol_cancelled", visitor="chen")
def patrol_off(stair: Stair) -> None:
    """Li had said no to it."""
    session, out = stair.session, patrol(stair.session, walk(stair), stair.who("chen"))
    said_no = PatrolPerson(
        patrol_id=out.id, person_id=stair.who("li").id, answer=PatrolAnswer.DECLINED
    )
    identity.stored(session, said_no)
    by = stair.here.actors["committee"]
    patrols.cancel(session, by, out.id, out.version, "下雪")


def wished(stair: Stair, kind: WishKind, door: str = "202") -> DoorWish:
    """Somebody on the stairs, without an account."""
    [code] = doors.give_out(stair.session, stair.here.actors["committee"], [stair.here.unit.id])
    passer = visitor.of_form(code, visitor.new_form(code))
    assert passer is not None
    return wishes.wish(stair.session, passer, {"kind": kind, "door": door}, read_for=0)


@tells("DoorWished.wished_visit", visitor="chen leader", committee=OFFICE)
def please_come(stair: Stair) -> None:
    wished(stair, WishKind.PLEASE_COME)


@tells("DoorWished.wished_none", visitor="chen leader", committee=OFFICE)
def no_more(stair: Stair) -> None:
    wished(stair, WishKind.NO_MORE_VISITS)


@tells("DoorWished.wished_none", "at a door that nobody knows", visitor="", committee=OFFICE)
def unknown_door(stair: Stair) -> None:
    wished(stair, WishKind.NO_MORE_VISITS, "909")


def hours_of(stair: Stair, *, confirmed: bool) -> ServiceHours:
    """Chen's, of one visit."""
    made = asked(stair, "chen")
    went(stair, made, "chen")
    counting.follow(stair.session, Kind.VISIT, made.id)
    [row] = stair.session.scalars(select(ServiceHours)).all()
    if confirmed:
        settled(stair, row, Verb.CONFIRM)
    stair.quiet()
    return row


def settled(stair: Stair, row: ServiceHours, verb: Verb, **said: Any) -> None:
    by = stair.here.actors["leader"]
    settling.move(stair.session, by, row.id, row.version, verb, Said(**said))


@tells("HoursMoved.send_back", sender="chen")
def sent_back(stair: Stair) -> None:
    settled(stair, hours_of(stair, confirmed=False), Verb.SEND_BACK, reason="那天没有去")


@tells("HoursMoved.correct", sender="chen")
def hours_corrected(stair: Stair) -> None:
    row = hours_of(stair, confirmed=True)
    settled(stair, row, Verb.CORRECT, reason="只去了半小时", minutes=30)


@tells("HoursMoved.void", sender="chen")
def hours_voided(stair: Stair) -> None:
    settled(stair, hours_of(stair, confirmed=True), Verb.VOID, reason="那天没有去")


def taken_back(stair: Stair, *others: str) -> None:
    """After the hours of the day were confirmed Chen takes one record of it back; Chen had also
    been to these other doors."""
    session, row = stair.session, hours_of(stair, confirmed=False)
    for door in others:
        home = places.household(session, stair.here.unit, door)
        done = visits.done(session, home, stair.who("chen"))
        counting.follow(session, Kind.VISIT, done.visit_id)
    settled(stair, row, Verb.CONFIRM)
    [first] = session.scalars(select(Visit).where(Visit.household_id == stair.door.id))
    by = stair.here.actors["chen"]
    correcting.void(session, by, (first.id, first.version), None)
    counting.follow(session, Kind.VISIT, first.id)


@tells("HoursCounted.fell", sender="chen")
def hours_fell(stair: Stair) -> None:
    taken_back(stair, "301")


@tells("HoursCounted.gone", sender="chen")
def hours_gone(stair: Stair) -> None:
    taken_back(stair)


@tells("WebhookStopped.stopped", committee=OFFICE)
def stopped(stair: Stair) -> None:
    hook = keeping.add(
        stair.session,
        stair.here.actors["committee"],
        name="市民热线",
        url="https://hotline.example.test/",
        kinds=list(Told),
        place_id=stair.here.community.id,
    )
    tried = {"id": str(uuid7()), "kind": Told.OPENED.value, "status": 410}
    delivering.failed(stair.session, hook.id, tried, gone=True)
