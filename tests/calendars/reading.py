"""Reads a calendar as two programs of others do: `icalendar` with `recurring_ical_events`, and
`ical.js` in a process of its own."""

import json
import shutil
import subprocess
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

import recurring_ical_events
from icalendar import Calendar
from werkzeug.test import TestResponse

from app.core import clock
from app.core.clock import LOCAL
from tests.clients import Client
from tests.services import lacking
from tests.shape.files import ROOT

PWA = ROOT / "static" / "pwa"
SCRIPT = ROOT / "tests" / "calendars" / "read.mjs"
AHEAD = timedelta(days=90)


@dataclass
class Feed:
    """Somebody's program with the address of a calendar; nobody is signed in there."""

    client: Client
    url: str
    address_id: str
    headers: dict[str, str] = field(default_factory=dict)

    def answer(self, **headers: str) -> TestResponse:
        with self.client.app.app_context():
            sent = {name.replace("_", "-"): said for name, said in headers.items()}
            return self.client.http.get(self.url.removeprefix("http://localhost"), headers=sent)

    def text(self) -> str:
        answer = self.answer()
        assert answer.status_code == 200, answer.text
        return answer.text

    def events(self) -> list[Any]:
        """As they stand in the text."""
        return list(Calendar.from_ical(self.text()).walk("VEVENT"))

    def one(self) -> Any:
        [event] = self.events()
        return event


def by_icalendar(text: str) -> list[dict[str, Any]]:
    """The occurrences of the coming ninety days, as the first reader tells them."""
    start = datetime.combine(clock.today(), time(), LOCAL)
    query = recurring_ical_events.of(Calendar.from_ical(text), skip_bad_series=False)
    return _sorted(_told(event) for event in query.between(start, start + AHEAD))


def _told(event: Any) -> dict[str, Any]:
    return {
        "uid": str(event["UID"]),
        "start": _moment(event.start),
        "end": _moment(event.end),
        "status": str(event["STATUS"]),
        "sequence": int(event["SEQUENCE"]),
        "summary": str(event["SUMMARY"]),
        "where": str(event.get("LOCATION", "")),
        "text": str(event["DESCRIPTION"]),
    }


def _moment(said: date | datetime) -> str:
    """A moment in UTC; a whole day as a date."""
    if isinstance(said, datetime):
        return said.astimezone(clock.now().tzinfo).strftime("%Y-%m-%dT%H:%M:%SZ")
    return said.isoformat()


def by_ical_js(text: str) -> list[dict[str, Any]]:
    """The same, as the second reader tells them, which runs in UTC."""
    node = shutil.which("node")
    if node is None or not (PWA / "node_modules" / "ical.js").exists():
        lacking("node with ical.js", "whether a second reader understands the calendar")
    start = datetime.combine(clock.today(), time(), LOCAL)
    asked = json.dumps(
        {"text": text, "from": start.timestamp(), "until": (start + AHEAD).timestamp()}
    )
    done = subprocess.run(
        [str(node), str(SCRIPT)],
        input=asked,
        capture_output=True,
        text=True,
        check=False,
        env={
            "TZ": "UTC",
            "PATH": "/usr/bin",
            "LIBRARY": str(PWA / "node_modules/ical.js/dist/ical.js"),
        },
    )
    assert done.returncode == 0, done.stderr
    return _sorted(json.loads(done.stdout))


def _sorted(found: Any) -> list[dict[str, Any]]:
    return sorted(found, key=lambda one: (one["start"], one["uid"]))
