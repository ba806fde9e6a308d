"""Who is told of what happens to a ticket: one table, from the verb to lines of seat and words.

Within a verb the order counts: somebody in two seats hears the first of their lines only.
A to-do is what the ticket now waits for; the next move settles it, whoever made that move.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.notifications.rules.telling import Kind, Pressing, Seat, Tell
from app.tickets.rules import Holder, TicketStatus, Verb

TODO, HELP, NEWS = Kind.TICKET_TODO, Kind.TICKET_HELP, Kind.TICKET_NEWS
DIGEST, TODAY = Pressing.DIGEST, Pressing.TODAY
REPORTER, LEAD, FORMER_LEAD, CO = Seat.REPORTER, Seat.LEAD, Seat.FORMER_LEAD, Seat.CO
COMMITTEE, REVIEWER, SUBDISTRICT = Seat.COMMITTEE, Seat.REVIEWER, Seat.SUBDISTRICT

MOVED: Mapping[Verb, tuple[Tell, ...]] = {
    Verb.SUBMIT: (Tell(COMMITTEE, TODO, "有一件新报事，请受理", TODAY),),
    Verb.ACCEPT: (Tell(REPORTER, NEWS, "您报的事，社区受理了"),),
    Verb.REJECT: (Tell(REPORTER, NEWS, "您报的事没有受理，请看看该找哪里", TODAY),),
    Verb.WITHDRAW: (
        Tell(LEAD, NEWS, "报事人撤回了一件工单，不用办了", DIGEST),
        Tell(CO, NEWS, "报事人撤回了一件工单，不用办了"),
        Tell(COMMITTEE, NEWS, "报事人撤回了一件工单"),
    ),
    Verb.DISPATCH: (
        Tell(LEAD, TODO, "有一件工单派给你们，请接单", TODAY),
        Tell(CO, HELP, "有一件工单请你们协办", TODAY),
        Tell(FORMER_LEAD, NEWS, "有一件工单改由别家来办"),
        Tell(REPORTER, NEWS, "您报的事，已经派给负责的一方"),
    ),
    Verb.ARBITRATE: (
        Tell(LEAD, TODO, "社区定了，有一件工单由你们来办", TODAY),
        Tell(CO, HELP, "社区定了，有一件工单请你们协办", TODAY),
        Tell(FORMER_LEAD, NEWS, "社区定了，有一件工单由别家来办", DIGEST),
        Tell(REPORTER, NEWS, "您报的事，社区定了由谁来办"),
    ),
    Verb.START: (Tell(REPORTER, NEWS, "您报的事，有人接手在办了"),),
    Verb.RETURN: (Tell(COMMITTEE, TODO, "有一件工单被退回，请重新派单", TODAY),),
    Verb.SUSPEND: (
        Tell(COMMITTEE, TODO, "有一件工单要先挂起，请看看", TODAY),
        Tell(REPORTER, NEWS, "您报的事暂时挂起，请看看原因", DIGEST),
    ),
    Verb.APPROVE_SUSPENSION: (Tell(LEAD, NEWS, "社区同意了这次挂起", DIGEST),),
    Verb.RESUME: (
        Tell(LEAD, TODO, "挂起的工单到了接着办的时候", TODAY),
        Tell(REPORTER, NEWS, "您报的事，又接着办了"),
    ),
    Verb.ARRIVE: (Tell(REPORTER, NEWS, "您报的事，有人到现场了"),),
    Verb.CONTAIN: (
        Tell(COMMITTEE, NEWS, "有一件险情控制住了", DIGEST),
        Tell(REPORTER, NEWS, "您报的事，险情控制住了", DIGEST),
    ),
    Verb.HAND_ON: (Tell(Seat.DUTY, TODO, "有一件工单交给您来办", TODAY),),
    Verb.FINISH_PART: (Tell(LEAD, NEWS, "协办的一方办完了他们那部分", DIGEST),),
    Verb.RESOLVE: (
        Tell(REVIEWER, TODO, "有一件工单办完了，请审核", TODAY),
        Tell(REPORTER, NEWS, "您报的事办完了，正在审核"),
    ),
    Verb.REVIEW: (
        Tell(REPORTER, TODO, "您报的事审核过了，请看看解决没有", TODAY),
        Tell(LEAD, NEWS, "你们办的工单审核通过了"),
    ),
    Verb.SEND_BACK: (Tell(LEAD, TODO, "有一件工单审核没通过，请再办", TODAY),),
    Verb.CLOSE: (
        Tell(LEAD, NEWS, "你们办的工单结单了"),
        Tell(CO, NEWS, "你们协办的工单结单了"),
        Tell(REPORTER, NEWS, "您报的事结单了"),
    ),
    Verb.REOPEN: (
        Tell(LEAD, TODO, "有一件工单没解决，请再办", TODAY),
        Tell(COMMITTEE, NEWS, "有一件工单没解决，又重新办了", DIGEST),
        Tell(REPORTER, NEWS, "您报的事重新办了", DIGEST),
    ),
    Verb.PROPOSE: (Tell(COMMITTEE, NEWS, "有一件工单，有人提议协商", TODAY),),
    Verb.DELIBERATE: (
        Tell(LEAD, NEWS, "有一件工单要协商，请看看议题", TODAY),
        Tell(CO, NEWS, "有一件工单要协商，请看看议题", TODAY),
        Tell(REVIEWER, NEWS, "有一件工单要协商，请看看议题", TODAY),
        Tell(REPORTER, NEWS, "您报的事要由几方一起协商", DIGEST),
    ),
    Verb.CONCLUDE: (
        Tell(LEAD, TODO, "协商有了结论，这件由你们来办", TODAY),
        Tell(FORMER_LEAD, NEWS, "协商有了结论，改由别家来办", DIGEST),
        Tell(REPORTER, NEWS, "您报的事，协商有了结论", DIGEST),
    ),
    Verb.ESCALATE: (
        Tell(SUBDISTRICT, TODO, "社区吹哨，有一件工单请街道答复", TODAY),
        Tell(LEAD, NEWS, "有一件工单已经上报街道"),
        Tell(REPORTER, NEWS, "您报的事已经上报街道", DIGEST),
    ),
    Verb.ANSWER: (
        Tell(COMMITTEE, TODO, "街道答复了一件工单，请接着办", TODAY),
        Tell(LEAD, NEWS, "街道答复了一件工单", DIGEST),
        Tell(REPORTER, NEWS, "您报的事，街道有了答复", DIGEST),
    ),
    Verb.SUPERVISE: (
        Tell(LEAD, TODO, "有一件工单被挂牌督办", TODAY),
        Tell(COMMITTEE, NEWS, "有一件工单被挂牌督办", TODAY),
        Tell(SUBDISTRICT, NEWS, "有一件工单被挂牌督办"),
    ),
    Verb.JOIN: (
        Tell(LEAD, NEWS, "有一件工单并到别的事里，不用单独办"),
        Tell(CO, NEWS, "有一件工单并到别的事里，不用协办了"),
        Tell(REPORTER, NEWS, "您报的事，和邻居报的一起办", DIGEST),
    ),
    Verb.TAKE_APART: (
        Tell(LEAD, TODO, "有一件工单拆开单独办，请接着办", TODAY),
        Tell(REPORTER, NEWS, "您报的事，改成单独来办", DIGEST),
    ),
}

# An emergency is dispatched at once; the committee hears of it and need not accept it first.
SENT_AT_ONCE: tuple[Tell, ...] = (
    *(line for line in MOVED[Verb.DISPATCH] if line.seat in (LEAD, CO)),
    Tell(COMMITTEE, NEWS, "有一件新报事，已经直接派出", TODAY),
)
# So is what turns out to be one when the committee accepts it.
ACCEPTED_AND_SENT: tuple[Tell, ...] = tuple(
    line for line in MOVED[Verb.DISPATCH] if line.seat is not FORMER_LEAD
)

NOTED: tuple[Tell, ...] = (
    Tell(LEAD, NEWS, "有一件工单补充了情况", DIGEST),
    Tell(CO, NEWS, "有一件工单补充了情况"),
    Tell(REPORTER, NEWS, "您报的事补充了情况", DIGEST),
    Tell(COMMITTEE, NEWS, "有一件工单补充了情况"),
)

# Four fifths of a time have gone; a time is over. By whose time it is.
NEARLY_DUE: Mapping[Holder, tuple[Tell, ...]] = {
    Holder.COMMUNITY: (Tell(COMMITTEE, TODO, "有一件报事快到受理时限", TODAY),),
    Holder.LEAD: (Tell(LEAD, TODO, "有一件工单快到时限", TODAY),),
    Holder.CO: (Tell(CO, HELP, "请你们协办的工单快到时限", TODAY),),
}
OVERDUE: Mapping[Holder, tuple[Tell, ...]] = {
    Holder.COMMUNITY: (Tell(COMMITTEE, TODO, "有一件报事过了受理时限", TODAY),),
    Holder.LEAD: (
        Tell(LEAD, TODO, "有一件工单超时了，请看看", TODAY),
        Tell(COMMITTEE, NEWS, "有一件各方在办的工单超时了", TODAY),
    ),
    Holder.CO: (
        Tell(CO, HELP, "请你们协办的工单超时了", TODAY),
        Tell(LEAD, NEWS, "协办的一方超时了", DIGEST),
    ),
}

# The moves that leave everybody's to-do as it is: they change nothing about whose turn it is.
SETTLES_NOTHING = frozenset(
    {Verb.ARRIVE, Verb.CONTAIN, Verb.HAND_ON, Verb.FINISH_PART, Verb.PROPOSE, Verb.SUPERVISE}
)
# After these nobody needs to help any more either.
ENDS_HELP = frozenset({Verb.WITHDRAW, Verb.CLOSE, Verb.REJECT, Verb.RETURN, Verb.JOIN})

URGENT_TITLE = "【应急】"
PRESSED = frozenset({LEAD, COMMITTEE, SUBDISTRICT})


def moved(verb: Verb, after: TicketStatus) -> tuple[Tell, ...]:
    """The lines of a move; what is accepted as an emergency is with its lead already."""
    sent = verb is Verb.ACCEPT and after is TicketStatus.DISPATCHED
    return ACCEPTED_AND_SENT if sent else MOVED[verb]


def settled_by(verb: Verb) -> tuple[Kind, ...]:
    """The kinds of unread items about a ticket that this move makes needless."""
    if verb in SETTLES_NOTHING:
        return ()
    return (TODO, HELP) if verb in ENDS_HELP else (TODO,)


def watched(lines: Sequence[Tell]) -> tuple[Tell, ...]:
    """The lines as they are told where somebody of the lead is on duty: they hear them first, and
    at night nobody else is rung."""
    told: list[Tell] = []
    for line in lines:
        if line.seat is LEAD:
            told += [replace(line, seat=Seat.DUTY), replace(line, at_any_hour=False)]
        else:
            told.append(line)
    return tuple(told)


def pressed(lines: Sequence[Tell]) -> tuple[Tell, ...]:
    """The lines as they are told of an emergency: marked, and its lead is rung at any hour."""
    return tuple(
        replace(
            line,
            title=f"{URGENT_TITLE}{line.title}",
            pressing=Pressing.EMERGENCY,
            at_any_hour=line.seat is LEAD,
        )
        if line.kind is TODO and line.seat in PRESSED
        else line
        for line in lines
    )
