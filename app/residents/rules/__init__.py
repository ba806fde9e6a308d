"""Words of this area and what is pure in it: `plain` retells a ticket, `floods` counts."""

from enum import StrEnum

GUEST = "扫码住户"  # who left no name, and everybody whose name was forgotten
MOST_PHOTOS = 3
CONTACT_KEPT_DAYS = 90
WISH_CONTACT_KEPT_DAYS = 30
JOINED_WITHIN_HOURS = 24


class WishKind(StrEnum):
    """What a stairwell page may ask for a door. Both are only asked: somebody confirms."""

    NO_MORE_VISITS = "no_more_visits"
    PLEASE_COME = "please_come"


WISH_KIND_NAMES: dict[WishKind, str] = {
    WishKind.NO_MORE_VISITS: "请不要上门",
    WishKind.PLEASE_COME: "请来看看我",
}


class WishState(StrEnum):
    """Where such a wish stands."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"


WISH_STATE_NAMES: dict[WishState, str] = {
    WishState.WAITING: "等核实",
    WishState.CONFIRMED: "核实过了",
    WishState.DROPPED: "不成立",
}


def tidy(text: str) -> str:
    """A text with single spaces: two that look alike are alike."""
    return " ".join(text.split())
