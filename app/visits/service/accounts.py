"""Where a visit has several visitors: what each of them says is kept, and where they differ a
leader picks which words count.

Nothing is overwritten: record and account change places. A wish that the household spoke to one of
them stays as it is; the committee sets it right where it was misheard.
"""

from uuid import UUID

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.core import clock
from app.core.errors import Invalid, Refusal
from app.core.events import publish
from app.identity.actor import Actor
from app.tickets.models import Ticket
from app.visits import queries
from app.visits.events import VisitAccountAdded, VisitPicked
from app.visits.models import Told, Visit, VisitAccount, VisitRecord
from app.visits.queries.told import words_of
from app.visits.queries.visible import partners_of, settled_by
from app.visits.rules import Need
from app.visits.rules.record import disagree, problems
from app.visits.rules.states import AlreadyRecorded
from app.visits.service import follow_up
from app.visits.service.answers import facts
from app.visits.service.reports import Report, columns, open_heard
from app.visits.service.rounds import current

WHAT_IS_SAID = tuple(Told.__annotations__)


class NotYoursToPick(Refusal):
    status, code = 403, "visit_not_yours_to_pick"
    title = "两个人记得不一样时，由组长或社区来定。"


class NotDisputed(Refusal):
    status, code, with_current = 409, "visit_not_disputed", True
    title = "这次走访已经核对过了。"


def add(session: Session, actor: Actor, visit: Visit, report: Report) -> Ticket | None:
    """Keep what another visitor says of a visit that is done; the ticket that it opens at once,
    for what was heard is heard. AlreadyRecorded if this person has spoken before."""
    words = words_of(session, [visit.id])
    if actor.id in words.speakers():
        raise AlreadyRecorded
    if errors := problems(report.said, clock.today()):
        raise Invalid(errors=errors)
    ticket = open_heard(session, actor, visit, report.ticket)
    account = VisitAccount(visit_id=visit.id, **columns(visit, report, actor.id, ticket))
    differs = disagree(words.records[visit.id].outcome, account.outcome)
    session.add(account)
    visit.disputed = visit.disputed or differs
    flag_modified(visit, "state")  # the card has changed: who picks must have seen this
    session.flush()
    publish(
        session,
        VisitAccountAdded(
            **facts(visit, actor.id),
            method=account.method,
            outcome=account.outcome,
            differs=differs,
            wants_call=Need.COMMUNITY_CALL in report.said.needs,
            ticket_id=account.ticket_id,
        ),
    )
    if not differs:
        follow_up.hear_wish(session, actor, visit, account.next_step)
    return ticket


def pick(
    session: Session, actor: Actor, visit_id: UUID, version: int, account_id: UUID | None
) -> Visit:
    """Say which words count: an account's, or (None) those of the record as it is."""
    visit = queries.get(session, actor, visit_id, lock=True)
    if not settled_by(session, actor, [visit.id]):
        raise NotYoursToPick
    if not visit.disputed:
        raise NotDisputed
    current(visit, version)
    words = words_of(session, [visit.id])
    record = words.records[visit.id]
    before = record.outcome
    if account_id is not None:
        _swap(record, _account(session, visit, account_id))
    visit.on = record.on
    visit.disputed = False
    session.flush()
    publish(
        session,
        VisitPicked(
            **facts(visit, actor.id),
            outcome=record.outcome,
            was=before,
            people=frozenset(
                {visit.person_id, *partners_of(session, [visit.id])[visit.id], *words.speakers()}
            ),
        ),
    )
    if disagree(before, record.outcome):
        follow_up.mend(session, actor, visit, record)
    return visit


def _account(session: Session, visit: Visit, account_id: UUID) -> VisitAccount:
    found = session.get(VisitAccount, account_id)
    if found is None or found.visit_id != visit.id:
        raise Invalid(errors={"account_id": ["没有这份记录，请刷新后再选。"]})
    return found


def _swap(record: VisitRecord, account: VisitAccount) -> None:
    for name in WHAT_IS_SAID:
        said = getattr(record, name)
        setattr(record, name, getattr(account, name))
        setattr(account, name, said)
