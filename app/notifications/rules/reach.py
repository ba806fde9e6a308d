"""Why nothing reaches somebody outside the inbox. Pure: what is set up and whether it works, never
what somebody has read."""

from collections.abc import Mapping
from enum import StrEnum


class Gap(StrEnum):
    """One of them for each person who cannot be rung."""

    NOTHING = "nothing"
    DEVICES_FAIL = "devices_fail"
    CHANNELS_FAIL = "channels_fail"
    BOTH_FAIL = "both_fail"


GAP_NAMES: Mapping[Gap, str] = {
    Gap.NOTHING: "还没开提醒",
    Gap.DEVICES_FAIL: "手机提醒送不到",
    Gap.CHANNELS_FAIL: "自己加的方式不通",
    Gap.BOTH_FAIL: "开过的都送不到",
}


def gap_of(*, devices: int, channels: int) -> Gap:
    """Why, for somebody with so many devices and channels of their own of which none works."""
    if devices and channels:
        return Gap.BOTH_FAIL
    if devices:
        return Gap.DEVICES_FAIL
    return Gap.CHANNELS_FAIL if channels else Gap.NOTHING
