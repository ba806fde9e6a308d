"""Who leads what in the demo's community, who is on duty, and one matter that nobody wants."""

from datetime import time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.demo.people import Crowd
from app.demo.places import Town
from app.identity.models import Membership
from app.identity.rules import Role
from app.tickets.models import Ticket
from app.tickets.rules import TicketStatus, Verb
from app.tickets.rules.duty import DutyList, Shift, on_duty
from app.tickets.service import duty, move, open_ticket, routing

EVERY_DAY, WORKDAYS = tuple(range(7)), tuple(range(5))
EIGHT, TWENTY, NINE, EIGHTEEN = time(8), time(20), time(9), time(18)
OPEN = (TicketStatus.DISPATCHED, TicketStatus.IN_PROGRESS, TicketStatus.SUSPENDED)
NOBODYS = "地下室和楼道之间的门合不上，装修队说是物业的，物业说是开发商留下的。"


def build(session: Session, town: Town, crowd: Crowd) -> None:
    """The company is there day and night, the committee in office hours."""
    week = _company(session, crowd)
    clerk = crowd.people["王干事"].id
    office = Shift(WORKDAYS, NINE, EIGHTEEN, (clerk,))
    _write(session, crowd, "committee", "王干事", (office,), hotline="025-00000001")
    _name_on_tickets(session, crowd, week)
    _rules(session, town, crowd)
    _nobodys(session, town, crowd)


def _company(session: Session, crowd: Crowd) -> DutyList:
    company = crowd.organisations["property"].id
    fitters = session.scalars(
        select(Membership.person_id)
        .where(Membership.organisation_id == company, Membership.role == Role.MEMBER)
        .order_by(Membership.id)
    ).all()
    day = Shift(EVERY_DAY, EIGHT, TWENTY, (crowd.people["周工"].id, fitters[0]))
    night = Shift(EVERY_DAY, TWENTY, EIGHT, tuple(fitters[1:3]))
    _write(session, crowd, "property", "周工", (day, night), hotline="025-00000000")
    until = dict.fromkeys([*day.people, *night.people])
    return DutyList((day, night), until=until)


def _write(
    session: Session, crowd: Crowd, office: str, who: str, week: tuple[Shift, ...], hotline: str
) -> None:
    said: dict[str, Any] = {
        "week": [
            {"days": one.days, "start": one.start, "end": one.end, "people": one.people}
            for one in week
        ],
        "instead": [],
        "always": office == "property",
        "hotline": hotline,
    }
    head = crowd.actor(session, crowd.people[who])
    duty.save(session, head, crowd.organisations[office].id, 0, said)


def _name_on_tickets(session: Session, crowd: Crowd, week: DutyList) -> None:
    """What the company has in hand went to who was on duty then."""
    held = session.scalars(
        select(Ticket).where(
            Ticket.lead_org_id == crowd.organisations["property"].id, Ticket.status.in_(OPEN)
        )
    )
    for ticket in held:
        ticket.duty_person_id = on_duty(week, ticket.stage_at)[0]
    session.flush()


def _rules(session: Session, town: Town, crowd: Crowd) -> None:
    here, building = town.community, town.buildings[town.estates[0].id][0]
    company, team = crowd.organisations["property"], crowd.organisations["volunteers"]
    clerk = crowd.actor(session, crowd.people["王干事"])
    for place, about, lead, helpers, decides in (
        (here, "order.ebike_wire", company, [team.id], True),
        (here, "care", crowd.organisations["social"], [], False),
        (building, "facility.building_fabric", crowd.organisations["owners0"], [company.id], False),
    ):
        said = {
            "place_id": place.id,
            "about": about,
            "lead_org_id": lead.id,
            "co_org_ids": helpers,
            "decides": decides,
        }
        routing.save(session, clerk, said)


def _nobodys(session: Session, town: Town, crowd: Crowd) -> None:
    """Given to the company, which has returned it: the committee has to say who leads it."""
    actors = {
        name: crowd.actor(session, crowd.people[name]) for name in ("陈师傅", "王干事", "周工")
    }
    with clock.frozen(clock.now() - timedelta(hours=3)):
        ticket = open_ticket(
            session,
            actors["陈师傅"],
            category="facility.access_gate",
            text=NOBODYS,
            place_id=town.buildings[town.estates[0].id][1].id,
            public_area=True,
        )
    lead = {"lead_org_id": crowd.organisations["property"].id}
    why = {"reason": "交房时就这样，不在我们的维修范围里。"}
    steps: tuple[tuple[int, str, Verb, dict[str, Any]], ...] = (
        (2, "王干事", Verb.ACCEPT, {}),
        (2, "王干事", Verb.DISPATCH, lead),
        (1, "周工", Verb.RETURN, why),
    )
    for hours, who, verb, said in steps:
        with clock.frozen(clock.now() - timedelta(hours=hours)):
            move(session, actors[who], ticket.id, ticket.version, verb, said)
