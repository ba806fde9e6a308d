"""Every SELECT on tickets; each starts from what the actor may see. Start at `visible`.

`lists` makes pages (`asked` is the filter, `narrow` and `pieces` its conditions), `counts` counts
queues, `shown` reads one ticket whole, `details` is what stands behind it, `parties` who works at
its place.
"""

from app.tickets.queries.counts import queue_counts
from app.tickets.queries.lists import page
from app.tickets.queries.shown import shown
from app.tickets.queries.visible import get, grounds, may_see_photo, standing, visible_to

__all__ = [
    "get",
    "grounds",
    "may_see_photo",
    "page",
    "queue_counts",
    "shown",
    "standing",
    "visible_to",
]
