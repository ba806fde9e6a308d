"""The refusals of this area."""

from app.core.errors import Refusal


class TooManyAddresses(Refusal):
    status, code = 409, "calendar_too_many_addresses"
    title = "日历地址最多五个。不用的先停掉，再要新的。"


class AskedTooOften(Refusal):
    status, code = 429, "calendar_asked_too_often"
    title = "这个日历地址问得太勤了，请过一分钟再来。"
