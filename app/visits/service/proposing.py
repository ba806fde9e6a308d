"""People are asked to visits: the rows of it, for rounds and for plans of a month alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import uuid7
from app.visits.models import Visit, VisitPartner
from app.visits.rules import Purpose, VisitState
from app.visits.rules.windows import Slot


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """One visit to ask for. The first of `people` is asked, the others go along; what several
    purposes owe one door is one visit."""

    household_id: UUID
    people: tuple[UUID, ...]
    slot: Slot
    purposes: tuple[Purpose, ...]
    round_id: UUID | None = None


def propose(session: Session, community_id: UUID, proposals: Sequence[Proposal]) -> list[UUID]:
    """Write these proposals; the visits, in their order."""
    rows = [_row(community_id, one) for one in proposals]
    along = [
        {"visit_id": row["id"], "person_id": person_id}
        for row, one in zip(rows, proposals, strict=True)
        for person_id in one.people[1:]
    ]
    for table, some in ((Visit, rows), (VisitPartner, along)):
        if some:
            session.execute(insert(table), some)
    return [row["id"] for row in rows]


def _row(community_id: UUID, one: Proposal) -> dict[str, Any]:
    purpose, *also = one.purposes or (Purpose.ROUTINE,)
    return {
        "id": uuid7(),
        "version": 1,
        "community_id": community_id,
        "household_id": one.household_id,
        "round_id": one.round_id,
        "person_id": one.people[0],
        "purpose": purpose,
        "also": [each.value for each in also] or None,
        "state": VisitState.PROPOSED,
        "on": one.slot.date,
        "window_from": one.slot.window.start,
        "window_to": one.slot.window.end,
        "created_at": clock.now(),
    }
