"""What a line of the tables is made of: seats, kinds, urgency; and the words on a device."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from uuid import UUID


class Seat(StrEnum):
    """Where somebody sits towards the thing that a fact is about."""

    REPORTER = "reporter"
    FOLLOWER = "follower"
    LEAD = "lead"
    DUTY = "duty"
    FORMER_LEAD = "former_lead"
    CO = "co"
    COMMITTEE = "committee"
    REVIEWER = "reviewer"
    SUBDISTRICT = "subdistrict"
    VISITOR = "visitor"
    PARTNER = "partner"
    TEAM_LEADER = "team_leader"
    BUILDING_HEAD = "building_head"
    SENDER = "sender"
    CALLED = "called"
    CALLED_DUTY = "called_duty"


class Kind(StrEnum):
    """What an inbox item asks of its owner. One unread item per person, subject and kind."""

    TICKET_TODO = "ticket_todo"
    TICKET_HELP = "ticket_help"
    TICKET_NEWS = "ticket_news"
    VISIT_TODO = "visit_todo"
    VISIT_NEWS = "visit_news"
    VISIT_DISPUTE = "visit_dispute"
    VISIT_STRAY = "visit_stray"
    CARE_TODO = "care_todo"
    SYSTEM_TODO = "system_todo"
    DUTY_TODO = "duty_todo"
    HOURS_NEWS = "hours_news"
    CALL_TODO = "call_todo"
    CALL_NEWS = "call_news"


KIND_NAMES: Mapping[Kind, str] = {
    Kind.TICKET_TODO: "工单待办",
    Kind.TICKET_HELP: "工单协办",
    Kind.TICKET_NEWS: "工单进展",
    Kind.VISIT_TODO: "走访待办",
    Kind.VISIT_NEWS: "走访消息",
    Kind.VISIT_DISPUTE: "走访核对",
    Kind.VISIT_STRAY: "走访补记",
    Kind.CARE_TODO: "关心一下",
    Kind.SYSTEM_TODO: "对接系统",
    Kind.DUTY_TODO: "值班",
    Kind.HOURS_NEWS: "服务时长",
    Kind.CALL_TODO: "紧急召集",
    Kind.CALL_NEWS: "召集消息",
}


class Pressing(StrEnum):
    """How pressing a line is: `emergency` rings at once, `today` at once in waking hours, `digest`
    waits for the morning or the evening, `inbox` rings nobody."""

    EMERGENCY = "emergency"
    TODAY = "today"
    DIGEST = "digest"
    INBOX = "inbox"


SEAT_NAMES: Mapping[Seat, str] = {
    Seat.REPORTER: "报事人",
    Seat.FOLLOWER: "也遇到这件事的人",
    Seat.LEAD: "主办的一方",
    Seat.DUTY: "主办方值班的人",
    Seat.FORMER_LEAD: "原来主办的一方",
    Seat.CO: "协办的一方",
    Seat.COMMITTEE: "社区",
    Seat.REVIEWER: "审核的一方",
    Seat.SUBDISTRICT: "街道",
    Seat.VISITOR: "被请去的人",
    Seat.PARTNER: "一起去的人",
    Seat.TEAM_LEADER: "队长",
    Seat.BUILDING_HEAD: "楼栋长",
    Seat.SENDER: "交记录的人",
    Seat.CALLED: "被召集的人",
    Seat.CALLED_DUTY: "值班被召集的人",
}

PRESSING_NAMES: Mapping[Pressing, str] = {
    Pressing.EMERGENCY: "应急，当时就响",
    Pressing.TODAY: "当天，当时就响",
    Pressing.DIGEST: "早晚汇总",
    Pressing.INBOX: "只放消息里",
}


class Urgency(StrEnum):
    """The `Urgency` of RFC 8030: what a phone on low battery may put off."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


TTL_SECONDS: Mapping[Urgency, int] = {
    Urgency.LOW: 12 * 3600,
    Urgency.NORMAL: 24 * 3600,
    Urgency.HIGH: 4 * 3600,
}


URGENCY: Mapping[Pressing, Urgency] = {
    Pressing.EMERGENCY: Urgency.HIGH,
    Pressing.TODAY: Urgency.NORMAL,
    Pressing.DIGEST: Urgency.NORMAL,  # nobody's morning digest may come at noon
}


@dataclass(frozen=True)
class Tell:
    """One line: a seat is told in these words, this pressingly.

    `at_any_hour` is never written in a table: an emergency sets it for who has to go.
    """

    seat: Seat
    kind: Kind
    title: str
    pressing: Pressing = Pressing.INBOX
    at_any_hour: bool = False

    @property
    def rings(self) -> bool:
        """Whether more than the inbox tells of it."""
        return self.pressing is not Pressing.INBOX


# People, and the organisation for which each of them sits where they sit, if it is for one.
People = Mapping[UUID, UUID | None]
Seated = Mapping[Seat, Collection[UUID]]  # some of them as `People`


def each_once(lines: Sequence[Tell], seated: Seated, actor_id: UUID | None) -> dict[Tell, People]:
    """Who hears which line: never the one who did it, and nobody twice (the first line wins)."""
    told = {actor_id}
    heard: dict[Tell, People] = {}
    for line in lines:
        sitting = seated.get(line.seat, ())
        people: People = sitting if isinstance(sitting, Mapping) else dict.fromkeys(sitting)
        heard_now = {one: people[one] for one in people if one not in told}
        told.update(heard_now)
        if heard_now:
            heard[line] = heard_now
    return heard


GENERIC_LINE = "点开红邻看看。"


def on_device(title: str, link: str, body: str = GENERIC_LINE) -> dict[str, str]:
    """All that leaves for a push service: nothing of it says who, where or what was written."""
    return {"title": title, "body": body, "link": link, "tag": topic_of(link)}


def topic_of(name: str) -> str:
    """A short name (RFC 8030 `Topic`, at most 32) under which a newer message replaces an older."""
    return sha256(name.encode()).hexdigest()[:32]
