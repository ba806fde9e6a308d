"""Categories, contracts and the calendar as plain data for the wire."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import chinese_calendar
from sqlalchemy.orm import Session

from app.core import calendar, clock
from app.core.calendar import Almanac, DayKind
from app.core.calendar_years import CalendarYear, days_of
from app.core.errors import NotAllowed
from app.core.jobs import JobRow
from app.identity.actor import Actor
from app.tickets import catalogue
from app.tickets.catalogue import as_said
from app.tickets.queries import catalogue as queries
from app.tickets.rules import CATEGORIES, GROUP_NAMES, Category
from app.tickets.rules.catalogue import NATIONAL, Catalogue
from app.tickets.rules.yearfile import Line
from app.tickets.service.calendar_years import YearPlan, days_of_year
from app.tickets.service.catalogue import district_of, edited_by

NOT_TIMED: dict[str, Any] = dict.fromkeys(("accept", "arrive", "contain", "resolve"))
FEASTS = {feast.value: feast.chinese for feast in chinese_calendar.Holiday}


def offered(held: Catalogue) -> list[dict[str, Any]]:
    """What may be reported, for the picker."""
    return [
        {
            "code": one.code,
            "name": one.name,
            "group": one.group,
            "group_name": GROUP_NAMES[one.group],
            "lead_party": one.lead,
            "emergency": one.emergency,
            "phones": one.phones,
        }
        for one in held.offered()
    ]


def tree(session: Session, actor: Actor) -> dict[str, Any]:
    """The whole table of the actor's district, by groups, as it is written: who has just changed it
    may ask a process that has not heard of it yet."""
    held = catalogue.fresh(session).of_district(district_of(actor))
    groups: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for one, is_offered in held.all():
        groups[one.group].append(_item(held, one, is_offered))
    return {
        "may_edit": _may_edit(actor),
        "groups": [
            {"code": code, "name": name, "items": groups[code]}
            for code, name in GROUP_NAMES.items()
        ],
    }


def _item(held: Catalogue, one: Category, is_offered: bool) -> dict[str, Any]:
    national = CATEGORIES.get(one.code)
    return {
        "code": one.code,
        "name": one.name,
        "national_name": national.name if national else None,
        "lead_party": one.lead,
        "off": not is_offered,
        "own": national is None,
        "version": len(held.kept.get(one.code, ())),
        "times": NOT_TIMED | as_said(held.times(one.code).limits().items()),
    }


def _may_edit(actor: Actor) -> bool:
    try:
        edited_by(actor)
    except NotAllowed:
        return False
    return True


def history(session: Session, actor: Actor, code: str) -> dict[str, Any]:
    """What the actor's district has changed in a category, newest first."""
    changes = queries.changes_of_category(session, district_of(actor), code)
    items = [
        {
            "version": row.version,
            "since": row.since,
            "by_name": name,
            "name": row.name,
            "lead_party": row.lead,
            "off": row.off,
            "times": NOT_TIMED | row.times,
        }
        for row, name in changes
    ]
    return {"items": [*items, *_national(code)]}


def _national(code: str) -> list[dict[str, Any]]:
    """A category as it was before any district changed it; none for a district's own."""
    one = CATEGORIES.get(code)
    if one is None:
        return []
    return [
        {
            "version": 0,
            "since": None,
            "by_name": "",
            "name": one.name,
            "lead_party": one.lead,
            "off": False,
            "times": NOT_TIMED | as_said(NATIONAL.times(code).limits().items()),
        }
    ]


def retiming(row: JobRow | None) -> dict[str, Any] | None:
    """How far the moving of running clocks is."""
    if row is None:
        return None
    return {
        "id": row.id,
        "state": row.state,
        "done": row.done,
        "total": row.total,
        "moved": row.result.get("moved"),
        "why": row.why,
    }


def applied(row: JobRow | None) -> dict[str, Any]:
    """A change that has been kept."""
    return {"retiming": retiming(row)}


def contracts(session: Session, actor: Actor) -> dict[str, Any]:
    """The companies of the actor's communities with what their contracts say."""
    companies = queries.companies(session, actor)
    held = catalogue.fresh(session).of_district(district_of(actor))
    newest: dict[tuple[Any, str], dict[str, Any]] = {}
    for row, name in queries.contracts_of(session, [one.id for one in companies]):
        newest.setdefault(
            (row.organisation_id, row.code),
            {
                "code": row.code,
                "name": held.name(row.code),
                "version": row.version,
                "since": row.since,
                "by_name": name,
                "times": NOT_TIMED | row.limits,
            },
        )
    return {
        "items": [
            {
                "id": one.id,
                "name": one.name,
                "items": [said for (owner, _), said in newest.items() if owner == one.id],
            }
            for one in companies
        ]
    }


def contract_history(session: Session, actor: Actor, owner: UUID, code: str) -> dict[str, Any]:
    """What the contract with a company has said of a category, newest first. NotFound for a
    company of somebody else's."""
    company = queries.company(session, actor, owner)
    return {
        "items": [
            {
                "version": row.version,
                "since": row.since,
                "by_name": name,
                "times": NOT_TIMED | row.limits,
            }
            for row, name in queries.contracts_of(session, [company.id])
            if row.code == code
        ]
    }


def year(session: Session, actor: Actor, number: int) -> dict[str, Any]:
    """The days of a year that are not as the day of the week says."""
    row = session.get(CalendarYear, number)  # this process may not have heard of it yet
    names = {on: name for on, (_, name) in row.days.items()} if row else {}
    almanac = Almanac({number: days_of(row)} if row else {})
    days = [almanac.day_of(on) for on in days_of_year(number)]
    return {
        "year": number,
        "certain": all(day.certain for day in days),
        "may_import": actor.is_admin,
        "imported_at": row.imported_at if row else None,
        "days": [
            {"date": day.date, "kind": day.kind, "name": names.get(day.date.isoformat()) or feast}
            for day, feast in ((day, _feast(day.date)) for day in days)
            if day.kind is not calendar.ordinary(day.date) or feast
        ],
    }


def _feast(on: date) -> str:
    """The name that the program's own calendar gives a day off or a day made up."""
    try:
        _, name = chinese_calendar.get_holiday_detail(on)
    except NotImplementedError:
        return ""
    return FEASTS.get(name, "") if name else ""


def year_plan(planned: YearPlan, moves: dict[str, Any]) -> dict[str, Any]:
    """What a file says line by line, and what it would move."""
    tomorrow = clock.today() + timedelta(days=1)
    return {
        "wrong": sum(1 for line in planned.lines if line.wrong),
        "lines": [_line(line, tomorrow) for line in planned.lines],
        "moves": moves,
    }


def _line(line: Line, tomorrow: date) -> dict[str, Any]:
    kind: DayKind | None = line.kind
    return {
        "number": line.number,
        "said": line.said,
        "date": line.on,
        "kind": kind,
        "name": line.name,
        "wrong": line.wrong,
        "passed": line.on is not None and line.on < tomorrow,
    }
