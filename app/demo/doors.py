"""What residents left at the doors: codes on the first estate's doors, the public numbers, a few
reports without an account and two wishes that wait for somebody who asks there."""

from datetime import timedelta
from secrets import token_urlsafe
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.demo.people import Crowd
from app.demo.places import Town
from app.identity.rules import PlaceKind
from app.places.models import Household, Place
from app.residents.models import DoorCode
from app.residents.service import doors, reporting, wishes
from app.residents.visitor import new_form, of_form

NUMBERS = (("社区办公室", "025-55500001"), ("物业值班", "025-55500002"))
REPORTS: tuple[dict[str, Any], ...] = (
    {"category": "environment.waste", "text": "楼下垃圾桶满了，味道大", "spot": "西侧投放点"},
    {"category": "facility.access_gate", "text": "单元门关不严，风一吹就响", "name": "王阿姨"},
    {"category": "order.clutter", "text": "二楼楼道堆了纸箱，走路要侧身", "spot": "二楼"},
)
PAST = timedelta(hours=5)


def build(session: Session, town: Town, crowd: Crowd) -> None:
    """Codes, numbers, reports and wishes."""
    office = crowd.actor(session, crowd.people["王干事"])
    estate = town.estates[0]
    for (name, number), place in zip(NUMBERS, (town.community, estate), strict=True):
        doors.add_number(session, office, place.id, name, number)
    places = session.scalars(
        select(Place)
        .where(Place.estate_id == estate.id)
        .where(Place.kind.in_((PlaceKind.BUILDING, PlaceKind.UNIT)))
        .order_by(Place.path)
    ).all()
    codes = doors.give_out(session, office, [place.id for place in places])
    units = {place.id for place in places if place.kind is PlaceKind.UNIT}
    at = [code for code in codes if code.place_id in units]
    for code, said in zip(at, REPORTS, strict=False):
        with clock.frozen(clock.now() - PAST):
            _report(session, code, said)
    _wish(session, at[0], {"kind": "please_come", "said": "一个人住，想有人来说说话。"})
    _wish(session, at[1], {"kind": "no_more_visits", "said": "上夜班，白天要睡觉。"})


def _report(session: Session, code: DoorCode, said: dict[str, Any]) -> None:
    visitor = of_form(code, new_form(code))
    if visitor is not None:
        whole = {"place_id": code.place_id, "public_area": True, "secret": token_urlsafe(32)}
        reporting.report(session, visitor, whole | said, read_for=0)


def _wish(session: Session, code: DoorCode, said: dict[str, Any]) -> None:
    """At the first door of the unit, so that somebody who looks after it hears of it."""
    visitor = of_form(code, new_form(code))
    door = session.scalar(
        select(Household.door).where(Household.unit_id == code.place_id).order_by(Household.door)
    )
    if visitor is not None and door is not None:
        wishes.wish(session, visitor, said | {"door": door}, read_for=0)
