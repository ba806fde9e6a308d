"""Handing in a record whose assignment went away."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from app.identity.models import Person
from app.places.models import Household
from app.visits.models import Visit, VisitStray
from app.visits.rules import VisitState
from tests.clients import Client
from tests.factories import places
from tests.factories.visits import Scene, found, visit

Clients = Callable[[Person], Client]
SAID = {"on": "2026-11-24", "method": "door", "outcome": "ok"}
HEARD = {"category": "facility.power_lighting", "text": "楼道灯不亮", "public_area": True}


def body(asked: Visit | None = None, home: Household | None = None, **said: Any) -> dict[str, Any]:
    """What a phone hands in: the body that was refused, and where it was."""
    return {
        "visit_id": str(asked.id) if asked else None,
        "household_id": str(home.id) if home else None,
        "code": "visit_is_over",
        "said": SAID | said,
    }


def called_off(session: Session, known: Scene, *partners: Person, **given: Any) -> Visit:
    """A visit of Chen's that does not take place."""
    home = places.household(session, known.unit)
    over = {"state": VisitState.CANCELLED} | given
    return visit(session, home, known.chen, *partners, **over)


def handed_in(who: Client, asked: Visit | None = None, **more: Any) -> VisitStray:
    """The stray, once it has been taken."""
    answer = who.post("/visits/strays", body(asked, **more))
    assert answer.status_code == 201, answer.json
    return next(one for one in found(VisitStray) if str(one.id) == answer.json["id"])


def enter(who: Client, stray: VisitStray) -> Any:
    return who.post(f"/visits/strays/{stray.id}/enter")


def drop(who: Client, stray: VisitStray, reason: str = "当天没有去") -> Any:
    return who.post(f"/visits/strays/{stray.id}/drop", {"reason": reason})
