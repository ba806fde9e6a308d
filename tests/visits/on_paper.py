"""Visits that go on paper, and rows that come back ticked."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from app.identity.models import Person
from app.visits.models import Visit
from tests.clients import Client
from tests.factories import places
from tests.factories.visits import Scene, visit

Clients = Callable[[Person], Client]
DAYS = {"first": "2026-11-24", "last": "2026-11-24"}
TICKED = {"on": "2026-11-24", "method": "door", "outcome": "ok"}


def asked(session: Session, known: Scene, *doors: str, **given: Any) -> list[Visit]:
    """Chen is asked to these doors."""
    return [
        visit(session, places.household(session, known.unit, door), known.chen, **given)
        for door in doors
    ]


def make(who: Client, kind: str = "outing", **more: Any) -> Any:
    return who.post("/paper-sheets", {"kind": kind, **DAYS} | more)


def made(who: Client, kind: str = "outing", **more: Any) -> dict[str, Any]:
    """The one sheet that was made."""
    answer = make(who, kind, **more)
    assert answer.status_code == 201, answer.json
    [sheet] = answer.json["items"]
    return dict(sheet)


def enter(who: Client, sheet: dict[str, Any], *rows: dict[str, Any]) -> Any:
    body = {"entries": [TICKED | row for row in rows]}
    return who.post(f"/paper-sheets/{sheet['id']}/entries", body, version=sheet["version"])
