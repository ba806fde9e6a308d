"""Saying different things of one visit, and picking one of them."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from app.identity.models import Person
from app.places.models import Household
from app.visits.models import Visit
from tests.clients import Client
from tests.factories import places
from tests.factories.visits import Scene, found, visit

Clients = Callable[[Person], Client]
TAPS = {"on": "2026-11-24", "method": "door"}


def told(client: Clients, known: Scene, home: Household, *words: dict[str, Any]) -> dict[str, Any]:
    """The card after Chen, Li (and Zhou) have said their words over the wire."""
    asked = found(Visit, Visit.household_id == home.id, Visit.follows_id.is_(None))[0]
    for who, said in zip((known.chen, known.li, known.zhou), words, strict=False):
        answer = client(who).put(f"/visits/{asked.id}/record", TAPS | said, version=1)
        assert answer.status_code == 200, answer.json
    return dict(client(known.committee).get(f"/visits/{asked.id}").json or {})


def pick(who: Client, card: dict[str, Any], which: int | None = 0) -> Any:
    account_id = None if which is None else card["accounts"][which]["id"]
    path = f"/visits/{card['id']}/pick"
    return who.post(path, {"account_id": account_id}, version=card["version"])


def picked(who: Client, card: dict[str, Any], which: int | None = 0) -> dict[str, Any]:
    answer = pick(who, card, which)
    assert answer.status_code == 200, answer.json
    return dict(answer.json or {})


def asked_together(session: Session, known: Scene, **given: Any) -> Household:
    home = places.household(session, known.unit, **given)
    visit(session, home, known.chen, known.li, known.zhou)
    return home
