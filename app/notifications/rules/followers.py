"""What people hear who met the same thing as a reporter: that it moves, and how it ends; and what
its lead and its reporter hear of them."""

from collections.abc import Mapping

from app.notifications.rules.telling import Kind, Pressing, Seat, Tell
from app.tickets.rules import Verb

FOLLOWER, LEAD, REPORTER, NEWS = Seat.FOLLOWER, Seat.LEAD, Seat.REPORTER, Kind.TICKET_NEWS
DIGEST, TODAY = Pressing.DIGEST, Pressing.TODAY

MOVED: Mapping[Verb, Tell] = {
    Verb.ACCEPT: Tell(FOLLOWER, NEWS, "您也遇到的事，社区受理了"),
    Verb.REJECT: Tell(FOLLOWER, NEWS, "您也遇到的事没有受理", TODAY),
    Verb.WITHDRAW: Tell(FOLLOWER, NEWS, "先报的人撤回了，还没好请您报", TODAY),
    Verb.DISPATCH: Tell(FOLLOWER, NEWS, "您也遇到的事，派给负责的一方了"),
    Verb.ARBITRATE: Tell(FOLLOWER, NEWS, "您也遇到的事，社区定了由谁来办"),
    Verb.START: Tell(FOLLOWER, NEWS, "您也遇到的事，有人接手在办了"),
    Verb.SUSPEND: Tell(FOLLOWER, NEWS, "您也遇到的事暂时挂起"),
    Verb.RESOLVE: Tell(FOLLOWER, NEWS, "您也遇到的事办完了，正在审核", DIGEST),
    Verb.SEND_BACK: Tell(FOLLOWER, NEWS, "您也遇到的事还没办好，再办一次"),
    Verb.CLOSE: Tell(FOLLOWER, NEWS, "您也遇到的事结单了", DIGEST),
    Verb.REOPEN: Tell(FOLLOWER, NEWS, "您也遇到的事重新办了", DIGEST),
    Verb.DELIBERATE: Tell(FOLLOWER, NEWS, "您也遇到的事要由几方一起协商"),
    Verb.CONCLUDE: Tell(FOLLOWER, NEWS, "您也遇到的事，协商有了结论"),
    Verb.ESCALATE: Tell(FOLLOWER, NEWS, "您也遇到的事已经上报街道"),
    Verb.ANSWER: Tell(FOLLOWER, NEWS, "您也遇到的事，街道有了答复"),
}
TOOK_IN: tuple[Tell, ...] = (
    Tell(LEAD, NEWS, "又有人报了同一件事，请看看"),
    Tell(REPORTER, NEWS, "邻居也报了您报的这件事"),
)
