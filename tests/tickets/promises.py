"""What is promised of every move, in words of its own: who must hear of it, and what must be so. It
reads the rows that are there, and takes nothing from the tables that it checks."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.audit import AuditRow
from app.notifications.models import InboxItem
from app.tickets.models import Ticket, TicketEntry
from app.tickets.models_recheck import TicketCallback, TicketRecheck
from app.tickets.rules import Clock
from app.tickets.service import clocks
from tests.factories.tickets import Neighbourhood

ZONE = ZoneInfo("Asia/Shanghai")
OFFICES = {"committee": ("committee", "secretary"), "subdistrict": ("subdistrict",)}
PARTY = {
    "property": "property",
    "owners": "owners_committee",
    "volunteer": "volunteer_team",
    "social": "social_org",
    "committee": "community_party",
    "secretary": "community_party",
}

# verb: who has to hear of it, unless it was their own doing
MUST_HEAR = {
    "accept": "reporter",
    "reject": "reporter",
    "withdraw": "lead co committee",
    "dispatch": "lead co reporter",
    "arbitrate": "lead co former reporter",
    "start": "reporter",
    "return": "committee",
    "suspend": "committee reporter",
    "approve_suspension": "lead",
    "resume": "reporter",
    "arrive": "reporter",
    "contain": "committee reporter",
    "hand_on": "duty",
    "finish_part": "lead",
    "resolve": "reviewer reporter",
    "review": "reporter lead",
    "send_back": "lead",
    "close": "lead co reporter",
    "reopen": "lead committee reporter",
    "propose": "committee",
    "deliberate": "lead co reviewer reporter",
    "conclude": "lead former reporter",
    "escalate": "subdistrict lead reporter",
    "answer": "committee lead reporter",
    "supervise": "lead committee subdistrict",
    "call_tried": "",
    "recheck": "lead",
    "recheck_untrue": "lead committee",
}
# state: what may follow, whatever is done; a move that is no step stays where it is
MAY_FOLLOW = {
    "submitted": "accepted dispatched rejected withdrawn",
    "accepted": "dispatched withdrawn deliberating escalated",
    "dispatched": "in_progress accepted dispatched withdrawn deliberating escalated",
    "in_progress": "suspended resolved dispatched deliberating escalated",
    "suspended": "in_progress dispatched deliberating escalated",
    "resolved": "reviewed in_progress",
    "reviewed": "closed",
    "closed": "in_progress deliberating",
    "rejected": "accepted",
    "withdrawn": "",
    "deliberating": "dispatched escalated",
    "escalated": "accepted dispatched in_progress suspended deliberating",
}
STAYS = {
    "approve_suspension", "arrive", "contain", "hand_on", "finish_part", "propose", "supervise",
    "call_tried", "recheck", "recheck_untrue",
}  # fmt: skip


@dataclass
class Before:
    """A ticket as it was before something was done."""

    status: str
    lead: UUID | None
    audits: int
    entries: int
    used: dict[int, timedelta]
    stopped: datetime | None


@dataclass
class Watch:
    """Follows one ticket through what is done to it."""

    session: Session
    here: Neighbourhood
    ticket: Ticket
    used: dict[int, timedelta] = field(default_factory=dict)
    at: datetime | None = None
    stopped_until: datetime | None = None

    def before(self) -> Before:
        """Time has gone: no clock runs backwards, and none ran while it was stopped."""
        now, ticket = clock.now(), self.ticket
        used = {one.no: one.used(now) for one in self.told()}
        for no, time_used in self.used.items():
            assert used[no] >= time_used, "a clock ran backwards"
        if self.stopped_until and now <= self.stopped_until:
            for one in self.told():
                if one.holder != "community" and one.no in self.used:
                    assert used[one.no] == self.used[one.no], "a clock ran while it was stopped"
        return Before(
            ticket.status, ticket.lead_org_id, self.audits(), self.entries(), used,
            self.stopped_until,
        )  # fmt: skip

    def after(self, before: Before, by: str, verb: str) -> None:
        """Something was done: hold it against every promise."""
        self.session.flush()
        self._follows(before, verb)
        self._is_written(before, by, verb)
        self._is_told(before, by, verb)
        self._is_not_own(by, verb)
        now = clock.now()
        self.used = {one.no: one.used(now) for one in self.told()}
        for no, time_used in before.used.items():
            assert self.used[no] == time_used, "a move changed what had gone of a clock"
        self.stopped_until = self._rest()

    def told(self) -> list[Clock]:
        return clocks.clocks_of(self.session, self.ticket)

    def audits(self) -> int:
        return self._count(AuditRow.id, AuditRow.subject_id == self.ticket.id)

    def entries(self) -> int:
        return self._count(TicketEntry.id, TicketEntry.ticket_id == self.ticket.id)

    def _count(self, column: object, where: object) -> int:
        statement = select(func.count(column)).where(where)  # type: ignore[arg-type]
        return self.session.scalar(statement) or 0

    def _rest(self) -> datetime | None:
        """Until when the clocks of the parties stand still: only while an approved suspension
        does."""
        ticket = self.ticket
        if ticket.status != "suspended" or ticket.suspension_pending or not ticket.suspended_until:
            return None
        return datetime.combine(ticket.suspended_until + timedelta(days=1), time(), ZONE)

    def _follows(self, before: Before, verb: str) -> None:
        if verb in STAYS:
            assert self.ticket.status == before.status, "it should have stayed"
        else:
            assert self.ticket.status in MAY_FOLLOW[before.status].split(), "it left the table"

    def _is_written(self, before: Before, by: str, verb: str) -> None:
        assert self.audits() == before.audits + 1, "a move has one audit row"
        assert self.entries() == before.entries + 1, "a move has one line in the timeline"
        newest = select(AuditRow).where(AuditRow.subject_id == self.ticket.id)
        row = self.session.scalars(newest.order_by(AuditRow.id.desc())).first()
        assert row is not None
        assert row.actor_id == self.here.people[by].id
        if verb not in ("call_tried", "recheck", "recheck_untrue"):
            said = (row.details["move"], row.details["before"], row.details["after"])
            assert said == (verb, before.status, self.ticket.status)

    def _is_told(self, before: Before, by: str, verb: str) -> None:
        found = set(
            self.session.scalars(
                select(InboxItem.person_id).where(
                    InboxItem.about == self.ticket.id, InboxItem.created_at == clock.now()
                )
            )
        )
        for seat in MUST_HEAR[verb].split():
            for word in self._who(seat, before):
                if word != by:
                    assert self.here.people[word].id in found, f"{word} did not hear of {verb}"

    def _who(self, seat: str, before: Before) -> Iterable[str]:
        ticket = self.ticket
        if seat == "reporter":
            return self._people(ticket.reporter_id)
        if seat in OFFICES:
            return OFFICES[seat]
        if seat == "reviewer":
            return {
                "community_party": OFFICES["committee"],
                "owners_committee": ("owners",),
                "subdistrict": ("subdistrict",),
                "None": (),
            }[str(ticket.review_by)]
        if seat == "co":
            return [one for part in ticket.helpers for one in self._of(part.organisation_id)]
        if seat == "duty":
            return self._people(ticket.duty_person_id) if ticket.duty_person_id else ()
        if seat == "former":
            return self._of(before.lead) if before.lead != ticket.lead_org_id else ()
        return self._of(ticket.lead_org_id)

    def _of(self, organisation_id: UUID | None) -> list[str]:
        return [w for w, one in self.here.organisations.items() if one.id == organisation_id]

    def _people(self, person_id: UUID) -> list[str]:
        return [word for word, one in self.here.people.items() if one.id == person_id]

    def _is_not_own(self, by: str, verb: str) -> None:
        """Who looks at work, calls about it or looks again had no hand in it."""
        actor, ticket = self.here.actors[by], self.ticket
        looks = verb in ("review", "send_back", "call_tried", "recheck", "recheck_untrue")
        if not looks and not (verb == "close" and self._called()):
            return
        assert ticket.resolved_by_id != actor.id, "they did it themselves"
        assert ticket.lead_org_id not in actor.organisations, "their organisation led it"
        assert str(ticket.lead_party) not in set(map(str, actor.parties)), "their party led it"
        if verb.startswith("recheck"):
            row = self.session.scalars(
                select(TicketRecheck).where(TicketRecheck.ticket_id == ticket.id)
            ).one()
            reviews = [one for one in ticket.entries if one.verb == "review"]
            assert row.by_person_id == actor.id
            assert reviews[-1].by_person_id != actor.id, "they had reviewed it"

    def _called(self) -> bool:
        made = select(TicketCallback).where(
            TicketCallback.ticket_id == self.ticket.id, TicketCallback.at == clock.now()
        )
        return self.session.scalar(made) is not None


def some_time(dice: Random) -> timedelta:
    """Minutes, hours, or days."""
    return timedelta(minutes=dice.choice((1, 7, 50, 200, 900, 3000, 9000)))
