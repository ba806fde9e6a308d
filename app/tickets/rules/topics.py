"""What is gathered into a topic, and when one is over. Pure."""

from datetime import datetime, timedelta

WITHIN = timedelta(days=90)
# About a person, a wish or a question, each its own: their repeats say nothing of a building.
APART = frozenset({"care", "neighbour", "volunteer", "inquiry", "suggestion", "owners"})
# The company reads the topics it can cure; who complained of it, and of what, is not among them.
NOT_FOR_THE_COMPANY = "property_service."


def is_gathered(code: str) -> bool:
    """Told by the group, so that it holds for what a district has added too."""
    return code.partition(".")[0] not in APART


def is_quiet(last_at: datetime, still_open: int, now: datetime) -> bool:
    """Whether a topic is over: everything ended, and nothing new for as long as is counted."""
    return still_open == 0 and now - last_at >= WITHIN
