"""Who has no way that works, so that somebody calls or helps: never who reads what, or when."""

from typing import Any

from sqlalchemy import Row

from app.core.http import Area, Call, list_of, page_of
from app.identity.guards import COMMITTEE, VOLUNTEER, any_of
from app.identity.models import Person
from app.notifications import queries_reach
from app.notifications.rules.reach import gap_of
from app.notifications.schemas import UnreachableQuery, UnreachableSchema

area = Area("reach", url_prefix="/reach", title="联系得上")


@area.get(
    "/unreachable",
    guard=any_of(COMMITTEE, VOLUNTEER),
    query=UnreachableQuery,
    answer=list_of(UnreachableSchema),
    summary="People of my teams and offices whom nothing reaches outside the app",
)
def list_unreachable(call: Call) -> object:
    return page_of(
        call.session,
        queries_reach.unreachable(call.actor),
        order=(Person.name, Person.id),
        query=call.query,
        present=_present,
    )


def _present(row: Row[*tuple[Any, ...]]) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "organisation_name": row.organisation_name,
        "gap": gap_of(devices=row.devices, channels=row.channels),
    }
