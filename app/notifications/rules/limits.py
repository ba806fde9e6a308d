"""Numbers that an installation may want to know of."""

from datetime import timedelta

MOST_DEVICES = 10
ITEMS_KEPT = timedelta(days=180)
