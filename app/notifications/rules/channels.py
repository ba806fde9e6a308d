"""Ways by which an item reaches somebody, beside the inbox. Pure."""

from datetime import timedelta
from enum import StrEnum


class Channel(StrEnum):
    """Web Push to a browser, or a channel of the person's own."""

    PUSH = "push"
    OWN = "own"


class Sign(StrEnum):
    """What a device says of an item: it was shown, or somebody tapped it."""

    SHOWN = "shown"
    OPENED = "opened"


SIGNS_KEPT = timedelta(days=90)
