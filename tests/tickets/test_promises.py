"""Random moves by random seats at random times, through the services: no ticket leaves the table,
no clock runs backwards or while it is stopped, nobody reviews, calls back about or re-checks their
own work, and every move has its audit row, its line and its messages."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import Refusal
from app.teams.models import Pairing, Team
from app.tickets.models import Ticket
from app.tickets.models_recheck import TicketRecheck
from app.tickets.queries import visible_to
from app.tickets.rules import TicketStatus, Verb
from app.tickets.rules.rechecks import RecheckResult
from app.tickets.service import callbacks, moves_for, rechecks
from app.tickets.service.calls import Call
from app.tickets.service.rechecks import Found
from tests.auditing import unwatched
from tests.factories import tickets
from tests.factories.tickets import Neighbourhood, act
from tests.tickets.promises import Watch, some_time
from tests.tickets.test_wandering import LEADS, words

STEPS = 45
DEAD_ENDS = (TicketStatus.WITHDRAWN, TicketStatus.REJECTED, TicketStatus.CLOSED)
RESTS = {Verb.SUSPEND, Verb.APPROVE_SUSPENSION}  # seldom reached by chance alone
CALM = "facility.power_lighting"
NOT_WILD = {Verb.SUBMIT, Verb.JOIN, Verb.TAKE_APART}
CATEGORIES = (
    "facility.lift", "facility.power_lighting", "emergency.burst_flood", "owners.fund",
    "neighbour.mediation", "environment.cleaning",
)  # fmt: skip


def peopled(session: Session, here: Neighbourhood) -> None:
    """People with two hats, a second clerk, and the head of the building."""
    tickets.join(session, here, "both", "property", "committee")
    tickets.join(session, here, "two", "owners", "volunteer")
    tickets.join(session, here, "clerk", "committee")
    tickets.join(session, here, "head", "volunteer")
    with unwatched():
        team = Team(
            kind="red_flag", name="红旗手", place_id=here.estate.id, community_id=here.community.id
        )
        session.add(team)
        session.flush()
        since = date(2020, 1, 1)
        session.add(
            Pairing(
                team_id=team.id,
                person_id=here.people["head"].id,
                place_id=here.building.id,
                since=since,
            )
        )
        session.flush()


class Wanderer:
    """One ticket, and all that may be tried with it."""

    def __init__(self, session: Session, here: Neighbourhood, dice: Random, *, done: bool) -> None:
        self.session, self.here, self.dice = session, here, dice
        reporter = dice.choice(("volunteer", "property", "committee", "owners", "two"))
        category = dice.choice(CATEGORIES)
        if done:
            self.ticket = tickets.resolved(
                session, here, dice.choice(LEADS), by=reporter, category=CALM
            )
        else:
            self.ticket = tickets.report(session, here, reporter, category=category)
        self.watch = Watch(session, here, self.ticket)

    def tries(self) -> str | None:
        """Somebody tries something; says what was done, if it was not refused."""
        by = self.dice.choice(list(self.here.actors))
        before = self.watch.before()
        attempt = self._choose()
        with self.session.begin_nested() as trial:
            try:
                done = attempt(by)
            except Refusal:
                trial.rollback()
                return None
        if done:
            self.watch.after(before, by, done)
        return done

    def _choose(self) -> Callable[[str], str | None]:
        state = self.ticket.status
        if state is TicketStatus.REVIEWED and self.dice.random() < 0.5:
            return self._call
        if state is TicketStatus.CLOSED and self.dice.random() < 0.7:
            return self._look_again
        return self._offered if self.dice.random() < 0.75 else self._wild

    def _offered(self, by: str) -> str | None:
        actor = self.here.actors[by]
        seen = self.session.scalar(visible_to(actor).where(Ticket.id == self.ticket.id))
        lines = moves_for(self.session, actor, self.ticket) if seen else []
        if not lines:
            return None
        rests = [one for one in lines if one.verb in RESTS]
        line = self.dice.choice(rests if rests and self.dice.random() < 0.5 else lines)
        asked = (*line.needs, "nothing_to_see") if line.verb is Verb.RESOLVE else line.needs
        return self._move(by, line.verb, asked)

    def _wild(self, by: str) -> str | None:
        """Anything at all, with anything said."""
        verb = self.dice.choice([one for one in Verb if one not in NOT_WILD])
        said = [name for name in words(self.here, self.dice) if self.dice.random() < 0.4]
        return self._move(by, verb, said)

    def _move(self, by: str, verb: Verb, asked: object) -> str:
        until = clock.today() + timedelta(days=self.dice.choice((1, 2, 9)))
        said = words(self.here, self.dice) | {"until": until}
        fields = {name: said[name] for name in said if name in asked}  # type: ignore[operator]
        act(self.session, self.here, self.ticket, by, verb, **fields)
        return verb.value

    def _call(self, by: str) -> str:
        reached = self.dice.random() < 0.4
        answers = {"solved": "yes", "satisfied": "fairly"} if reached else {}
        call = Call(reached=reached, note="打过电话", **answers)
        actor, ticket = self.here.actors[by], self.ticket
        callbacks.record(self.session, actor, ticket.id, ticket.version, call)
        return "close" if reached else "call_tried"

    def _look_again(self, by: str) -> str | None:
        row = self.session.scalar(
            select(TicketRecheck).where(TicketRecheck.ticket_id == self.ticket.id)
        )
        if row is None:
            now = clock.now()
            span = (now - timedelta(days=400), now + timedelta(days=1))
            rechecks.draw_month(self.session, now.strftime("%Y-%m"), span, 100)
            return None
        result = self.dice.choice(list(RecheckResult))
        found = Found(result=result, note="去看过了")
        rechecks.record(self.session, self.here.actors[by], row.id, row.version, found)
        return "recheck_untrue" if result is RecheckResult.UNTRUE else "recheck"


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_tried_by_whomever_and_whenever_every_promise_holds(
    session: Session, here: Neighbourhood, seed: int
) -> None:
    dice = Random(seed)
    peopled(session, here)
    now = clock.now()
    with clock.frozen(now):
        wanderer = Wanderer(session, here, dice, done=seed % 2 == 1)
    done: Counter[str | None] = Counter()
    for _ in range(STEPS):
        now += some_time(dice)
        with clock.frozen(now):
            if wanderer.ticket.status in DEAD_ENDS and dice.random() < 0.2:
                wanderer = Wanderer(session, here, dice, done=True)
            done[wanderer.tries() or wanderer.tries() or wanderer.tries()] += 1
    assert sum(number for what, number in done.items() if what) >= 8
