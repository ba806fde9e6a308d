"""What every event of a visit says."""

from typing import Any
from uuid import UUID

from app.visits.models import Visit


def facts(visit: Visit, actor_id: UUID | None) -> dict[str, Any]:
    """The fields of `VisitEvent`."""
    return {
        "subject_id": visit.id,
        "actor_id": actor_id,
        "community_id": visit.community_id,
        "household_id": visit.household_id,
        "round_id": visit.round_id,
        "person_id": visit.person_id,
    }
