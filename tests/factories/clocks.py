"""Moments as a wall clock shows them, and organisations, for histories of clocks."""

from datetime import datetime
from uuid import UUID

from app.core.clock import LOCAL

COMPANY, HELPER, OTHER, VOLUNTEERS = (UUID(int=number) for number in range(1, 5))


def at(text: str) -> datetime:
    """A local moment, `2026-02-13T16:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL)
