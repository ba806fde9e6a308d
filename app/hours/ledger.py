"""The ledger as a file: one line for each record, as the official ledger asks for it. No sums: what
one person did is on their certificate, and nobody stands beside anybody."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlalchemy.orm import Session

from app.core.errors import Refusal
from app.core.events import publish
from app.hours.events import LedgerFetched
from app.hours.models import ServiceHours
from app.hours.queries import visible
from app.hours.rules import KIND_NAMES, STATE_NAMES
from app.hours.rules.minutes import hours, quarters
from app.identity.actor import Actor
from app.identity.queries import people_named
from app.sheets.book import Value, as_xlsx

SHEET = "服务时长"
HEAD = (
    "日期",
    "姓名",
    "队伍",
    "服务内容",
    "说明",
    "时长（小时）",
    "状态",
    "确认人",
    "确认时间",
    "原因",
)
MOST_ROWS = 20_000


class LedgerTooLong(Refusal):
    status, code = 422, "hours_ledger_too_long"
    title = "超过 2 万条，请把日期选短一些再导。"


def fetched(session: Session, actor: Actor, query: dict[str, Any]) -> bytes:
    """What the filter finds in the actor's communities, the earliest day first. That it leaves the
    house is logged for each community."""
    rows = session.scalars(
        visible.narrowed(visible.ledger(actor), query)
        .order_by(ServiceHours.on, ServiceHours.id)
        .limit(MOST_ROWS + 1)
    ).all()
    if len(rows) > MOST_ROWS:
        raise LedgerTooLong
    lines = Counter(row.community_id for row in rows)
    said = {name: str(value) for name, value in query.items() if value is not None}
    for community_id in sorted(actor.committee_communities):
        publish(
            session,
            LedgerFetched(
                subject_id=community_id,
                actor_id=actor.id,
                rows=lines[community_id],
                filter=said,
            ),
        )
    return as_xlsx(SHEET, HEAD, _lines(session, list(rows)))


def _lines(session: Session, rows: list[ServiceHours]) -> Iterator[list[Value]]:
    people = {row.person_id for row in rows} | {row.settled_by for row in rows if row.settled_by}
    names = people_named(session, people)
    teams = visible.teams_named(session, {row.team_id for row in rows})
    for row in rows:
        yield [
            row.on.isoformat(),
            names[row.person_id],
            teams[row.team_id],
            KIND_NAMES[row.kind],
            row.content,
            hours(quarters(row.minutes)),
            STATE_NAMES[row.state],
            names[row.settled_by] if row.settled_by else None,
            row.settled_at,
            row.reason,
        ]
