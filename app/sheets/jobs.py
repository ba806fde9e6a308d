"""What the worker's slow lane does for this area: it writes the export of a list."""

from contextlib import closing
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.core import clock, jobs
from app.core.db import reading
from app.core.engines import few_pages
from app.core.errors import Refusal
from app.identity.actor import Actor
from app.identity.loading import standing_in
from app.sheets import book
from app.sheets.events import TicketsExported
from app.sheets.queries import described, exported
from app.sheets.rules.export import columns_for
from app.sheets.service.exporting import EXPORT
from app.tickets import catalogue
from app.tickets.schemas_lists import TicketFilterSchema

MOST_ROWS = 1_000_000  # a sheet ends at 1,048,576
SHEET, ABOUT = "工单", "说明"
NOTES = (
    "这份表格只有导出的人当时看得到的工单，和列表里一条不差。",
    "时间都是北京时间。表格里没有电话号码，也没有走访的记录。",
    "里面有居民反映的事，请只在工作中使用，用完删掉。",
)


class TooManyToExport(Refusal):
    status, code = 422, "too_many_to_export"
    title = "超过 100 万条，一张表格放不下。请先缩小范围再导。"


@jobs.does(EXPORT)
def export(order: jobs.Order, progress: jobs.Progress) -> jobs.Result:
    """Write what the maker sees now, as they filtered it then."""
    query = TicketFilterSchema().load(order.asked["filter"])
    with reading() as session, few_pages(session.connection()):
        actor = standing_in(session, order.made_by)
        total = exported.count(session, actor, query)
        if total > MOST_ROWS:
            raise TooManyToExport
        progress.tell(0, total)
        rows = _write(session, actor, query, order, progress)
    event = TicketsExported(
        subject_id=order.job_id,
        actor_id=order.made_by,
        filter=order.asked["filter"],
        tickets=rows,
    )
    size = order.draft.stat().st_size
    return jobs.Result({"rows": rows, "bytes": size, "filename": filename(clock.now())}, event)


def filename(now: datetime) -> str:
    """The name under which the file is saved."""
    return f"工单-{now.astimezone(clock.LOCAL):%Y%m%d-%H%M}.xlsx"


def _write(
    session: Session,
    actor: Actor,
    query: dict[str, Any],
    order: jobs.Order,
    progress: jobs.Progress,
) -> int:
    columns = columns_for(community=bool(actor.committee_communities))
    rows = 0
    with book.book_at(order.draft) as made:
        sheet = book.LongSheet(made, SHEET, [column.width for column in columns])
        sheet.head([column.title for column in columns])
        with closing(exported.lines(session, actor, query)) as lines:
            for rows, told in enumerate(lines, start=1):
                sheet.add([column.value(told) for column in columns])
                if rows % exported.AT_ONCE == 0:
                    progress.tell(rows)
        sheet.filter_by_heading(len(columns))
        about = book.Sheet(made, ABOUT, (14, 80))
        about.add(("导出时间", clock.now()))
        about.add(("导出人", actor.name))
        about.add(("件数", rows))
        for line in described.in_words(session, catalogue.of_actor(actor), query):
            about.add(line)
        for note in NOTES:
            about.add(("说明", note))
    progress.tell(rows, rows)
    return rows
