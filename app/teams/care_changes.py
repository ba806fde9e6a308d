"""The persons of many doors change in one go: written, kept line by line, and taken back within a
day. Why they change is said in `service_keeping.py` and `handing.py`. Never commits.
"""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import uuid7
from app.core.errors import NotFound, Refusal, Stale
from app.core.events import publish
from app.identity.actor import Actor
from app.places import service as places
from app.teams import assigning, keeping
from app.teams.events_keeping import CareRestored
from app.teams.models_keeping import CareChange, CareChangeLine, ChangeKind
from app.teams.pairing_over import restore_pairings
from app.teams.rules.keeping import Door, Persons

UNDO = timedelta(hours=24)


class TooLateToUndo(Refusal):
    status, code = 409, "care_too_late_to_undo"
    title = "过了 24 小时，或者已经撤回过，不能再撤回。可以重新办一次交接。"


@dataclass(frozen=True)
class Proposal:
    """Doors whose persons would change: each with who looks after it now and who would."""

    lines: list[tuple[Door, Persons]]

    @property
    def digest(self) -> str:
        """The same proposal has the same digest."""
        text = "".join(f"{door.id}{door.main}{door.backup}{after}" for door, after in self.lines)
        return sha256(text.encode()).hexdigest()


def differing(doors: list[Door], after: dict[UUID, Persons]) -> Proposal:
    ordered = sorted(doors, key=lambda door: (door.order, door.id))
    return Proposal(
        [(door, after[door.id]) for door in ordered if after[door.id] != (door.main, door.backup)]
    )


def new_change(actor: Actor, community_id: UUID, kind: ChangeKind) -> CareChange:
    return CareChange(
        id=uuid7(),
        community_id=community_id,
        kind=kind,
        receivers=[],
        first=clock.today(),
        made_by=actor.id,
        made_at=clock.now(),
        pairings_made=[],
        pairings_ended=[],
    )


def facts(change: CareChange, actor_id: UUID) -> dict[str, Any]:
    return {
        "subject_id": change.id,
        "actor_id": actor_id,
        "community_id": change.community_id,
        "doors": change.doors,
    }


def apply(session: Session, actor_id: UUID, change: CareChange, proposal: Proposal) -> None:
    change.doors = len(proposal.lines)
    if not proposal.lines:
        return
    rows = [
        {
            "change_id": change.id,
            "household_id": door.id,
            "main_before": door.main,
            "backup_before": door.backup,
            "main_after": after[0],
            "backup_after": after[1],
        }
        for door, after in proposal.lines
    ]
    session.execute(insert(CareChangeLine), rows)
    _put(session, actor_id, {door.id: after for door, after in proposal.lines})


def undo(session: Session, actor: Actor, change_id: UUID, version: int) -> CareChange:
    """Take a change back within a day. Doors that somebody has changed since stay as they are."""
    change = session.scalar(keeping.visible_changes(actor).where(CareChange.id == change_id))
    if change is None:
        raise NotFound
    if change.version != version:
        raise Stale
    if not may_undo(change):
        raise TooLateToUndo
    change.undone_at = clock.now()
    restore(session, change, actor.id, undone=True)
    return change


def may_undo(change: CareChange) -> bool:
    """Within 24 hours, once."""
    over = change.undone_at or change.ended_at
    return over is None and clock.now() < change.made_at + UNDO


def restore(session: Session, change: CareChange, actor_id: UUID, *, undone: bool) -> None:
    lines = keeping.lines_of(session, change.id)
    now = keeping.persons_now(session, [line.household_id for line in lines])
    back = {
        line.household_id: (line.main_before, line.backup_before)
        for line in lines
        if now.get(line.household_id) == (line.main_after, line.backup_after)
    }
    if back:
        _put(session, actor_id, back)
    restore_pairings(session, change)
    session.flush()
    publish(
        session,
        CareRestored(**facts(change, actor_id), undone=undone, left_alone=len(lines) - len(back)),
    )


def _put(session: Session, actor_id: UUID, wanted: dict[UUID, Persons]) -> None:
    found = keeping.households(session, wanted)
    changed = assigning.put_each(session, actor_id, [(one, wanted[one.id]) for one in found])
    places.touch(session, changed)
