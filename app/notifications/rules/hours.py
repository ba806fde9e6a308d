"""Who is told of what becomes of service hours: whose they are, where others changed them.

That hours were confirmed is told to nobody: it is what everybody expects, and they see it.
"""

from collections.abc import Mapping

from app.hours.rules.states import Verb
from app.notifications.rules.telling import Kind, Pressing, Seat, Tell

NEWS, OWN = Kind.HOURS_NEWS, Seat.SENDER

MOVED: Mapping[Verb, tuple[Tell, ...]] = {
    Verb.SEND_BACK: (Tell(OWN, NEWS, "有一条服务时长退回给您，请看看", Pressing.DIGEST),),
    Verb.CORRECT: (Tell(OWN, NEWS, "您的一条服务时长更正了"),),
    Verb.VOID: (Tell(OWN, NEWS, "您的一条服务时长作废了，原因写在里面", Pressing.DIGEST),),
}
# The visits behind confirmed hours were set right: they wait again, or count no more.
FELL = (Tell(OWN, NEWS, "您的一条服务时长要重新确认"),)
GONE = (Tell(OWN, NEWS, "您的一条服务时长不再算了，原因写在里面", Pressing.DIGEST),)
# After these nothing is left to look at.
SETTLED_BY = frozenset({Verb.SAY, Verb.WITHDRAW, Verb.CONFIRM})
