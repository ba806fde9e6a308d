"""What the worker does for service hours: it counts a record anew, and each day what was missed."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from app.core import duties, outbox
from app.core.db import transaction
from app.hours.rules import Kind
from app.hours.service import counting, patrols, visits
from app.hours.service.stints import FOLLOW


@outbox.handles(FOLLOW)
def follow(job: outbox.Job) -> None:
    """Count one visit or patrol as it stands now."""
    with transaction() as session:
        kind, source_id = Kind(job.payload["kind"]), UUID(job.payload["source_id"])
        counting.follow(session, kind, source_id)


@duties.daily("hours.missed")
def missed(session: Session, day: date) -> None:
    """Have counted what nobody told of."""
    visits.missed(session, day)
    patrols.missed(session, day)
