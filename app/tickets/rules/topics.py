"""What is gathered into a topic, and when one is over. Pure."""

from datetime import datetime, timedelta

from app.tickets.rules.categories import CATEGORIES

WITHIN = timedelta(days=90)
# About a person, a wish or a question, each its own: their repeats say nothing of a building.
APART = frozenset({"care", "neighbour", "volunteer", "inquiry", "suggestion", "owners"})
GATHERED = tuple(code for code, one in CATEGORIES.items() if one.group not in APART)
# The company reads the topics it can cure; who complained of it, and of what, is not among them.
OF_THE_COMPANY = tuple(code for code in GATHERED if not CATEGORIES[code].about_the_company)


def is_quiet(last_at: datetime, still_open: int, now: datetime) -> bool:
    """Whether a topic is over: everything ended, and nothing new for as long as is counted."""
    return still_open == 0 and now - last_at >= WITHIN
