"""What the demo's district has changed in the table of categories, and what the contract with its
property company says. In force since a while before today, so that what is open goes by it."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.core import clock
from app.demo.people import Crowd
from app.demo.stories import daytime
from app.tickets.catalogue import as_said
from app.tickets.rules.times import ClockKind, Limit, Times, hours, wd, wh
from app.tickets.service import catalogue

BEFORE = timedelta(days=90)
KINDS = tuple(kind.value for kind in ClockKind)


def build(session: Session, crowd: Crowd) -> None:
    """Each change by whoever makes it there."""
    with clock.frozen(daytime(clock.now() - BEFORE)):
        administrator = crowd.actor(session, crowd.people["系统管理员"])
        catalogue.change_category(session, administrator, THROWING)
        clerk = crowd.actor(session, crowd.people["王干事"])
        catalogue.change_contract(session, clerk, _lift(crowd))


def _said(limits: dict[ClockKind, Limit]) -> dict[str, Any]:
    return dict.fromkeys(KINDS) | as_said(limits.items())


THROWING: dict[str, Any] = {
    "code": None,
    "group": "order",
    "version": 0,
    "name": "高空抛物劝导",
    "lead_party": "property",
    "off": False,
    "times": _said(Times(wh(2), wh(4), wd(2)).limits()),
}


def _lift(crowd: Crowd) -> dict[str, Any]:
    """A lift that stands still is mended in half the time, says the contract."""
    return {
        "organisation_id": crowd.organisations["property"].id,
        "code": "facility.lift",
        "version": 0,
        "times": _said({ClockKind.RESOLVE: hours(12)}),
    }
