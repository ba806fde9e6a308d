"""The verbs of a spreadsheet import: preview, confirm, drop. Never commits.

Nothing but the preview is written before somebody confirms; confirming plans anew against the
present state, inside the same transaction that writes, and does all of it or nothing.
"""

import json
from datetime import date, timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import uuid7
from app.core.errors import NotFound, Refusal
from app.core.events import publish
from app.identity.actor import Actor
from app.places import queries
from app.places.apply import apply, known_of
from app.places.columns import Line
from app.places.events import ImportConfirmed, ImportDropped, ImportPreviewed
from app.places.models import HouseholdImport, HouseholdImportRow, ImportState
from app.places.plan import Plan, plan

PREVIEW_KEPT = timedelta(days=7)
ROWS_KEPT = timedelta(days=30)


class ImportSettled(Refusal):
    status, code = 409, "import_settled"
    title = "这份导入已经确认过或者放弃了。"


class ImportHasRefusedRows(Refusal):
    status, code = 409, "import_has_refused_rows"
    title = "还有行有问题，不能确认。请改好表格再传一次。"


class ImportOutdated(Refusal):
    status, code = 409, "import_outdated"
    title = "预览之后，这个社区的住户有了变动。请重新上传，看过新的预览再确认。"


def preview(
    session: Session, actor: Actor, community_id: UUID, filename: str, lines: list[Line]
) -> HouseholdImport:
    """Plan the lines for a community and keep the plan for people to look at."""
    if community_id not in queries.kept_communities(actor):
        raise NotFound
    planned = plan(lines, known_of(session, community_id).known)
    kept = HouseholdImport(
        id=uuid7(),
        community_id=community_id,
        created_by=actor.id,
        created_at=clock.now(),
        filename=filename[:120],
        state=ImportState.PREVIEW,
        counts=planned.counts(),
        news=planned.news(),
        digest=_digest(planned),
        lines=json.dumps([[line.row, line.cells] for line in lines], ensure_ascii=False),
    )
    session.add(kept)
    session.flush()
    session.execute(insert(HouseholdImportRow), _row_values(kept.id, planned))
    publish(session, _event(ImportPreviewed, kept, actor))
    return kept


def confirm(session: Session, actor: Actor, import_id: UUID) -> HouseholdImport:
    """Carry the plan out, if it still is what the preview showed."""
    kept = _open(session, actor, import_id)
    if kept.counts["refuse"]:
        raise ImportHasRefusedRows(
            f"有 {kept.counts['refuse']} 行有问题，不能确认。请改好表格再传一次。"
        )
    lines = [Line(row, cells) for row, cells in json.loads(kept.lines or "[]")]
    present = known_of(session, kept.community_id)
    planned = plan(lines, present.known)
    if _digest(planned) != kept.digest:
        raise ImportOutdated
    apply(session, kept.community_id, planned, present)
    kept.state = ImportState.CONFIRMED
    kept.settled_at = clock.now()
    kept.lines = None
    session.flush()
    publish(session, _event(ImportConfirmed, kept, actor))
    return kept


def drop(session: Session, actor: Actor, import_id: UUID) -> None:
    """Throw a preview away, with all that the file said."""
    kept = _open(session, actor, import_id)
    _forget(session, kept)
    publish(session, _event(ImportDropped, kept, actor))


def forget_old(session: Session, day: date) -> None:
    """Previews that nobody confirmed for a week go; rows of settled imports after a month."""
    now = clock.now()
    stale = select(HouseholdImport).where(
        HouseholdImport.state == ImportState.PREVIEW,
        HouseholdImport.created_at < now - PREVIEW_KEPT,
    )
    for kept in session.scalars(stale):
        _forget(session, kept)
        publish(session, _event(ImportDropped, kept, None))
    settled = select(HouseholdImport.id).where(HouseholdImport.settled_at < now - ROWS_KEPT)
    session.execute(delete(HouseholdImportRow).where(HouseholdImportRow.import_id.in_(settled)))


def _open(session: Session, actor: Actor, import_id: UUID) -> HouseholdImport:
    kept = queries.household_import(session, actor, import_id)
    if kept.state is not ImportState.PREVIEW:
        raise ImportSettled
    return kept


def _forget(session: Session, kept: HouseholdImport) -> None:
    kept.state = ImportState.DROPPED
    kept.settled_at = clock.now()
    kept.lines = None
    session.execute(delete(HouseholdImportRow).where(HouseholdImportRow.import_id == kept.id))


def _row_values(import_id: UUID, planned: Plan) -> list[dict[str, object]]:
    return [
        {
            "import_id": import_id,
            "row": row.row,
            "action": row.action,
            "door_text": row.door_text,
            "reasons": list(row.reasons),
            "changes": [change.as_shown() for change in row.changes],
        }
        for row in planned.rows
    ]


def _digest(planned: Plan) -> str:
    """What the preview showed, in short."""
    rows = [
        (row.row, row.action, row.reasons, [change.as_shown() for change in row.changes])
        for row in planned.rows
    ]
    return sha256(json.dumps([rows, planned.news()]).encode()).hexdigest()


def _event(
    kind: type[ImportPreviewed] | type[ImportConfirmed] | type[ImportDropped],
    kept: HouseholdImport,
    actor: Actor | None,
) -> ImportPreviewed | ImportConfirmed | ImportDropped:
    return kind(
        subject_id=kept.id,
        actor_id=actor.id if actor else None,
        community_id=kept.community_id,
        counts=dict(kept.counts),
    )
