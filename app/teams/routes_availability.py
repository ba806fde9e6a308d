"""Routes of when people may visit: one's own word, and what planning may see of a team."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from app.core import calendar, clock
from app.core.errors import Invalid
from app.core.guards import SIGNED_IN
from app.core.http import Area, Call
from app.identity.queries import people_named
from app.teams import availability, rosters, service_availability
from app.teams.models_availability import AvailabilityDate
from app.teams.routes import teams_area
from app.teams.rules.windows import DAYS_OF, EVERYTHING, WINDOWS, Differs, Span, WeekDay, slots_of
from app.teams.schemas_availability import (
    AvailabilitySchema,
    AvailableWeekSchema,
    NewAvailabilityDateSchema,
    SpanQuery,
    TeamWindowsSchema,
)

area = Area("availability", url_prefix="/availability", title="方便的时间")

AHEAD = timedelta(days=13)
LONGEST = 62


@area.get("", guard=SIGNED_IN, answer=AvailabilitySchema, summary="When I may be asked to visit")
def get_availability(call: Call) -> object:
    return _mine(call)


@area.put(
    "",
    guard=SIGNED_IN,
    body=AvailableWeekSchema,
    answer=AvailabilitySchema,
    versioned=True,
    summary="Say my week, or take it back",
)
def put_availability(call: Call) -> object:
    service_availability.say_week(call.session, call.actor, call.version, call.body["pattern"])
    return _mine(call)


@area.post(
    "/dates",
    guard=SIGNED_IN,
    body=NewAvailabilityDateSchema,
    answer=AvailabilitySchema,
    status=201,
    summary="Say what differs on a date",
)
def post_availability_date(call: Call) -> object:
    service_availability.say_dates(call.session, call.actor, call.body["said"])
    return _mine(call)


@area.delete(
    "/dates/<uuid:date_id>",
    guard=SIGNED_IN,
    answer=AvailabilitySchema,
    summary="Take back what I said of a date",
)
def delete_availability_date(call: Call, date_id: UUID) -> object:
    service_availability.take_back(call.session, call.actor, date_id)
    return _mine(call)


@teams_area.get(
    "/<uuid:team_id>/windows",
    guard=SIGNED_IN,
    query=SpanQuery,
    answer=TeamWindowsSchema,
    summary="In which windows the people of a team I lead or keep may be asked to visit",
)
def get_team_windows(call: Call, team_id: UUID) -> object:
    team = rosters.planned_team(call.session, call.actor, team_id)
    first, last = call.query["first"], call.query["last"]
    if not 0 <= (last - first).days < LONGEST:
        raise Invalid(errors={"last": [f"一次最多看 {LONGEST} 天。"]})
    members = rosters.members_of(call.session, [team.id]).get(team.id, [])
    people = [member.person_id for member in members]
    said = availability.patterns_of(call.session, people)
    names = people_named(call.session, people)
    windows = availability.windows_of(call.session, people, first, last)
    return {
        "items": [
            {
                "person": {"id": person, "name": names[person]},
                "assumed": person not in said,
                "windows": [
                    {"date": slot.date, **availability.hours(slot.window)}
                    for slot in windows[person]
                ],
            }
            for person in people
        ],
        "calendar_warning": calendar.warning(first, last),
    }


def _mine(call: Call) -> dict[str, Any]:
    row = availability.own(call.session, call.actor.id)
    first = clock.today()
    dates = availability.own_dates(call.session, call.actor.id)
    said = None if row is None or row.pattern is None else row.pattern
    return {
        "pattern": said,
        "version": row.version if row else 0,
        "dates": [_date(one) for one in dates],
        "days": _days(said, dates, first),
        "usual": [
            {
                "span": span,
                "days": [day for day in WeekDay if day in DAYS_OF[span]],
                **availability.hours(WINDOWS[span]),
            }
            for span in Span
        ],
        "calendar_warning": calendar.warning(first, first + AHEAD),
    }


def _date(row: AvailabilityDate) -> dict[str, Any]:
    differing = availability.differing_of(row)
    window = availability.hours(differing.window) if differing.window else None
    shown = {"id": row.id, "kind": row.kind, "first": row.first, "last": row.last}
    return shown | {"window": window}


def _days(
    said: list[dict[str, Any]] | None, dates: list[AvailabilityDate], first: date
) -> list[dict[str, Any]]:
    """The coming two weeks, as they come of all that was said."""
    days = list(calendar.days_between(first, first + AHEAD))
    pattern = EVERYTHING if said is None else availability.pattern_of(said)
    differing = [availability.differing_of(one) for one in dates]
    slots = slots_of(pattern, differing, days)
    return [
        {
            "date": day.date,
            "kind": day.kind,
            "away": any(one.kind is Differs.AWAY and one.covers(day.date) for one in differing),
            "windows": [availability.hours(one.window) for one in slots if one.date == day.date],
        }
        for day in days
    ]
