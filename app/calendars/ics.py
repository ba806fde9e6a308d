"""A calendar as RFC 5545 text. The same entries give the same bytes, so that a reader which has
them need not fetch them again."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from icalendar import Calendar, Event, Timezone, TimezoneStandard, vDuration

from app.calendars.rules.entries import Entry, Standing

AGAIN_AFTER = timedelta(hours=1)
EAST = timedelta(hours=8)


def written(person_id: UUID, entries: Mapping[str, Entry], app_url: str) -> bytes:
    """The calendar of a person. `app_url` is where paths inside the app begin."""
    calendar = Calendar()
    calendar.add("PRODID", "-//Honglin//Calendar 1//ZH")
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("X-WR-CALNAME", "红邻")
    calendar.add("X-WR-TIMEZONE", "Asia/Shanghai")
    calendar.add("REFRESH-INTERVAL", AGAIN_AFTER, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vDuration(AGAIN_AFTER))
    calendar.add_component(_zone())
    for key in sorted(entries, key=lambda key: (entries[key].said.start, key)):
        calendar.add_component(_event(uuid5(person_id, key), entries[key], app_url))
    return bytes(calendar.to_ical())


def _zone() -> Timezone:
    """China has kept one time without summer time since 1992; nothing here is older."""
    standard = TimezoneStandard()
    standard.add("DTSTART", datetime(1992, 1, 1))  # noqa: DTZ001 - a wall clock, as the RFC wants it
    standard.add("TZOFFSETFROM", EAST)
    standard.add("TZOFFSETTO", EAST)
    standard.add("TZNAME", "CST")
    zone = Timezone()
    zone.add("TZID", "Asia/Shanghai")
    zone.add_component(standard)
    return zone


def _event(uid: UUID, entry: Entry, app_url: str) -> Event:
    said = entry.said
    event = Event()
    event.add("UID", f"{uid}@honglin")
    event.add("SEQUENCE", entry.sequence)
    event.add("DTSTAMP", entry.changed_at)  # without a METHOD: when it last changed
    event.add("LAST-MODIFIED", entry.changed_at)
    event.add("DTSTART", said.start.date() if said.whole_day else said.start)
    event.add("DTEND", said.end.date() if said.whole_day else said.end)
    event.add("SUMMARY", said.summary)
    if said.where:
        event.add("LOCATION", said.where)
    event.add("DESCRIPTION", said.text)
    event.add("URL", app_url + said.link)
    event.add("STATUS", said.standing.value)
    busy = said.standing is Standing.CONFIRMED and not said.whole_day
    event.add("TRANSP", "OPAQUE" if busy else "TRANSPARENT")
    event.add("CLASS", "PRIVATE")
    return event
