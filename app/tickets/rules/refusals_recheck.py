"""The refusals of calling back and of looking again, each with what to do instead."""

from app.core.errors import Refusal


class TriedOften(Refusal):
    status, code, with_current = 409, "ticket_tried_often", True
    title = "已经打过三次，不用再打。报事人可以自己评价；没有评价的，到时按“未评价”结单。"


class NoTelephone(Refusal):
    status, code = 422, "ticket_no_telephone"
    title = "这位报事人没有账号，留下的电话请由社区在工单里查看。"


class OwnRecheck(Refusal):
    status, code = 403, "recheck_own_work"
    title = "自己主办、审核或者回访过的事，不能自己抽查，请换一个人来看。"


class RecheckDone(Refusal):
    status, code, with_current = 409, "recheck_done", True
    title = "这一件已经抽查过了，请刷新后再看。"


class RecheckReason(Refusal):
    status, code = 422, "recheck_reason_missing"
    title = "不属实的，请写明看到了什么。"
