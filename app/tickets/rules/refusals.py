"""Every refusal of tickets, each a class with a stable code and a sentence that says what to do.

Where a move no longer fits, the answer carries the ticket as it now is, with what may be done.
"""

from app.core.errors import Refusal


class WrongState(Refusal):
    status, code, with_current = 409, "ticket_wrong_state", True
    title = "这件工单现在的状态不能这样办，请刷新后再看。"


class NotYourMove(Refusal):
    status, code, with_current = 403, "ticket_not_your_move", True
    title = "这一步不归您来做。"


class OwnWork(Refusal):
    status, code = 403, "ticket_own_work"
    title = "自己办的事不能自己审核，请由对方来审核。"


class OwnRating(Refusal):
    status, code = 403, "ticket_own_rating"
    title = "自己这一方办的事不能自己评价，请等社区回访。"


class OwnCallback(Refusal):
    status, code = 403, "ticket_own_callback"
    title = "自己这一方办的事不能自己回访，请由对方或者楼长来打。"


class ReturnBinding(Refusal):
    status, code, with_current = 409, "ticket_return_binding", True
    title = "这件已经定下由您这边办，不能再退单。办不了的，请联系社区协商。"


class VolunteersAreAsked(Refusal):
    status, code, with_current = 409, "ticket_volunteers_are_asked", True
    title = "志愿者是自愿来办的，不能替别人派。请他自己接。"


class NothingToArbitrate(Refusal):
    status, code, with_current = 409, "ticket_nothing_to_arbitrate", True
    title = "这件没有人退过，照常派单就行。"


class ReturnTooLate(Refusal):
    status, code, with_current = 409, "ticket_return_too_late", True
    title = "派单已经超过一个工作日，不能再退单。请接单，办不了的联系社区协商。"


class SuspensionNotPending(Refusal):
    status, code, with_current = 409, "ticket_suspension_not_pending", True
    title = "这次挂起不用再批，现在就是有效的。"


class NotToBeSaid(Refusal):
    status, code, with_current = 409, "ticket_not_to_be_said", True
    title = "这一步已经记过了，或者这类事不用记。"


class PartFinished(Refusal):
    status, code, with_current = 409, "ticket_part_finished", True
    title = "协办的这部分已经记过完成了。"


class EvidenceMissing(Refusal):
    status, code = 422, "ticket_evidence_missing"
    title = "公共部位的维修要有修之前和修好后的照片；没有可拍的，请勾选“没有可拍的”。"


class NotSilentYet(Refusal):
    status, code, with_current = 409, "ticket_not_silent_yet", True
    title = "审核通过还不到七天，先等报事人评价。"


class ReopenTooLate(Refusal):
    status, code, with_current = 409, "ticket_reopen_too_late", True
    title = "结单已经超过十五天。还没解决的，请重新报一件，或请社区再办。"


class AlreadySupervised(Refusal):
    status, code, with_current = 409, "ticket_already_supervised", True
    title = "这件已经挂牌督办了。"


class JoinedElsewhere(Refusal):
    status, code, with_current = 409, "ticket_joined", True
    title = "这件已经并到另一件里一起办了。要单独办，请先把它拆开。"


class NotJoined(Refusal):
    status, code, with_current = 409, "ticket_not_joined", True
    title = "这件没有并到别的事里，不用拆开。"


class CannotJoin(Refusal):
    status, code = 422, "ticket_cannot_join"
    title = "这两件不能并到一起。请选同一个社区里还在办、没有并到别处的一件。"


class DateGone(Refusal):
    status, code = 422, "ticket_date_gone"
    title = "日期要在今天之后、两年之内。"


class HomesArePrivate(Refusal):
    status, code = 422, "ticket_homes_are_private"
    title = "家里不拍照。照片只拍公共部位，请去掉照片再提交。"


class TicketOver(Refusal):
    status, code, with_current = 409, "ticket_over", True
    title = "这件已经结束，不能再补充。"
