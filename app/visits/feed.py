"""What phones may hold of visits: those to which a person was asked or goes along, while they are
open, and for a month after they were done.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from app.core import changes, clock
from app.core.changes import Held, Lies, Shown
from app.core.numbering import Scope, in_lots
from app.identity.actor import Actor
from app.teams.feed import KIND as HOUSEHOLD
from app.visits.models import Visit, VisitAccount, VisitPartner, VisitRecord
from app.visits.queries import cards
from app.visits.queries.visible import goes, partners_of, shut_out
from app.visits.rules import VisitState
from app.visits.rules.states import OPEN

KIND = "visit"
VISITS = "visits"
HELD_WHEN_DONE = timedelta(days=30)


def mine(_session: Session, actor: Actor) -> list[UUID]:
    """The scope of the actor's own visits; a property company has none."""
    return [] if shut_out(actor) else [actor.id]


def until(visit: Visit) -> date | None:
    """The last day on which a phone holds a visit."""
    if visit.state in OPEN:
        return None
    if visit.state is VisitState.DONE:
        return visit.on + HELD_WHEN_DONE
    return clock.today()


def where(session: Session, ids: Collection[UUID]) -> Iterator[Lies]:
    """A visit lies with who was asked and with who goes along."""
    visits = session.scalars(select(Visit).where(Visit.id.in_(ids))).all()
    along = partners_of(session, [visit.id for visit in visits])
    for visit in visits:
        for person_id in {visit.person_id, *along[visit.id]}:
            yield Lies(visit.id, Scope(VISITS, person_id), until(visit))


def show(
    session: Session, actor: Actor, scope: Scope, ids: Collection[UUID]
) -> Mapping[UUID, Shown]:
    """Those of these visits to which the person goes; what was called off or declined is gone."""
    visits = session.scalars(
        select(Visit).where(
            Visit.id.in_(ids),
            goes(scope.key),
            Visit.state.in_((*OPEN, VisitState.DONE)),
        )
    ).all()
    drawn = cards.cards(session, actor, visits)
    return {visit.id: Shown(card, until(visit)) for visit, card in zip(visits, drawn, strict=True)}


def at_doors(session: Session, household_ids: Collection[UUID]) -> list[UUID]:
    """The visits whose cards show one of these doors, as far as phones hold them."""
    found: list[UUID] = []
    lately = clock.today() - HELD_WHEN_DONE
    for batch in in_lots(household_ids):
        held = or_(Visit.state.in_(OPEN), and_(Visit.state == VisitState.DONE, Visit.on >= lately))
        found += session.scalars(select(Visit.id).where(Visit.household_id.in_(batch), held))
    return found


@changes.watch(Visit)
def visit_changed(session: Session, row: Visit) -> None:
    """A visit was made, answered, moved, recorded; somebody else may go than before."""
    changes.note(session, KIND, [row.id])
    for person_id in changes.before(row, "person_id"):
        changes.leave(session, KIND, row.id, Scope(VISITS, person_id))


@changes.watch(VisitPartner)
def partner_changed(session: Session, row: VisitPartner) -> None:
    """Somebody goes along, or no more."""
    changes.note(session, KIND, [row.visit_id])
    changes.leave(session, KIND, row.visit_id, Scope(VISITS, row.person_id))


@changes.watch(VisitAccount)
def account_changed(session: Session, row: VisitAccount) -> None:
    """Another visitor said something, or a leader chose between the two."""
    changes.note(session, KIND, [row.visit_id])


@changes.watch(VisitRecord)
def record_changed(session: Session, row: VisitRecord) -> None:
    """A record was written: every card of that door shows when somebody was there last."""
    changes.note(session, KIND, [row.visit_id])
    changes.note(session, HOUSEHOLD, [row.household_id])


changes.hold(Held(KIND, where, show, also={HOUSEHOLD: at_doors}))
changes.scope_kind(VISITS, mine)
