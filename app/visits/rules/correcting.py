"""Who may set a record right, until when, and what they have to say."""

from datetime import datetime, timedelta

from app.core.errors import Refusal

CORRECT_WITHIN = timedelta(hours=24)


class TooLateToCorrect(Refusal):
    status, code = 403, "visit_record_too_late"
    title = "记下超过 24 小时了，要改请找组长或社区。"


class OthersToldToo(Refusal):
    status, code, with_current = 409, "visit_others_told_too", True
    title = "另一位也记了这次走访，不能作废。要改的话，请组长核对。"


def in_time(received_at: datetime, now: datetime) -> bool:
    """Who wrote a record may correct it for a day, by the server's clock."""
    return now - received_at <= CORRECT_WITHIN


def reason_problem(reason: str | None, *, maker: bool) -> str | None:
    """Whoever sets right what somebody else wrote says why; one's own words need no reason."""
    return None if maker or reason else "改别人记的，请写明为什么。"
