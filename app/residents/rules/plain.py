"""A ticket retold for who reported it: no office words, no names of people, nothing they may not
see. A line of the timeline that stands in no table here is not shown. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.tickets.rules import SUSPEND_REASON_NAMES, SuspendReason, TicketStatus, Verb

S, V = TicketStatus, Verb

# state → (a word, a shape, what happens next)
STATES: dict[TicketStatus, tuple[str, str, str]] = {
    S.SUBMITTED: ("已收到", "○", "社区会先看一看，再安排人办。"),
    S.ACCEPTED: ("已受理", "○", "社区正在安排谁来办。"),
    S.DISPATCHED: ("已安排", "○", "已经交给负责的一方，等他们开始办。"),
    S.IN_PROGRESS: ("正在办", "▶", "有人在办了。"),
    S.SUSPENDED: ("先等一等", "❙❙", "暂时办不下去，原因写在下面。"),
    S.RESOLVED: ("办完了，在核对", "◑", "由另一方去核对，核对好了请您来看。"),
    S.REVIEWED: ("请您看看", "☎", "办完了，也核对过了。解决没有，请您说一句。"),
    S.CLOSED: ("已结束", "✓", "这件事结束了。十五天内又出问题，可以请他们再办。"),
    S.REJECTED: ("没有受理", "×", "原因和该找哪里，写在下面。"),
    S.WITHDRAWN: ("您撤回了", "×", "这件事不办了。"),
    S.DELIBERATING: ("正在商量", "◇", "一方办不了，几方要坐下来商量。"),
    S.ESCALATED: ("已报街道", "↑", "社区办不了，已经报到街道。"),
}


@dataclass(frozen=True)
class Line:
    """How one kind of entry is told; `aloud`: what was written with it may be read too."""

    words: str
    aloud: bool = True


LINES: dict[str, Line] = {
    V.SUBMIT: Line("报上来了"),
    V.ACCEPT: Line("社区受理了"),
    V.REJECT: Line("社区没有受理"),
    V.WITHDRAW: Line("您撤回了"),
    V.DISPATCH: Line("安排{lead}来办", aloud=False),
    V.ARBITRATE: Line("社区定了，由{lead}来办"),
    V.START: Line("{party}开始办了"),
    V.RETURN: Line("{party}办不了，社区再另外安排", aloud=False),
    V.SUSPEND: Line("{party}说要先等一等"),
    V.RESUME: Line("{party}又接着办了"),
    V.ARRIVE: Line("{party}到现场了"),
    V.CONTAIN: Line("险情控制住了"),
    V.FINISH_PART: Line("{party}办完了他们那部分"),
    V.RESOLVE: Line("{party}说办完了"),
    V.REVIEW: Line("{party}核对过了"),
    V.SEND_BACK: Line("{party}核对没通过，要再办"),
    V.CLOSE: Line("结束了"),
    V.REOPEN: Line("没有解决，再办一次"),
    V.DELIBERATE: Line("几方要一起商量"),
    V.CONCLUDE: Line("商量出了结果，由{lead}来办"),
    V.ESCALATE: Line("社区报到了街道", aloud=False),
    V.ANSWER: Line("街道答复了"),
    V.SUPERVISE: Line("这件事有人盯着办", aloud=False),
    V.JOIN: Line("和邻居报的同一件事一起办", aloud=False),
    V.TAKE_APART: Line("改成单独来办", aloud=False),
    "also_met": Line("有邻居也遇到了", aloud=False),
    "took_in": Line("邻居报的同一件，并到这里一起办", aloud=False),
    "note": Line("{party}补充说"),
    "photos": Line("{party}传了照片"),
}
VERBS = (V.WITHDRAW, V.CLOSE, V.REOPEN)  # what a link does
NOBODY = "有人"
OURS = "您"


def told(entry: Mapping[str, Any], *, party: str | None, own: bool) -> dict[str, Any] | None:
    """One line of the timeline in plain words; None for what is not told."""
    line = LINES.get(entry["verb"])
    if line is None:
        return None
    said = entry["said"] or {}
    words = line.words.format(
        party=OURS if own else party or NOBODY, lead=said.get("lead_name") or "负责的一方"
    )
    text = entry["text"] if line.aloud else ""
    return {"at": entry["at"], "words": words, "text": _more(text, said), "own": own}


def _more(text: str, said: Mapping[str, Any]) -> str:
    """What was written, with where to go, why it rests and until when."""
    reason = said.get("reason_code")
    rest = [
        said.get("where_to"),
        SUSPEND_REASON_NAMES[SuspendReason(reason)] + "。" if reason else None,
        f"大约到 {said['until']}。" if said.get("until") else None,
    ]
    return "\n".join(str(part) for part in (text, *rest) if part)
