"""What was said of visits, as it is shown: the record that counts, and the accounts beside it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.identity.actor import Actor
from app.visits.models import Told, Visit, VisitAccount, VisitRecord


@dataclass(frozen=True)
class Words:
    """The records and accounts of some visits, by visit; accounts in the order of their arrival."""

    records: Mapping[UUID, VisitRecord]
    accounts: Mapping[UUID, Sequence[VisitAccount]]

    def speakers(self) -> set[UUID]:
        """Everybody whose words these are."""
        told: list[Told] = [*self.records.values()]
        told += (one for some in self.accounts.values() for one in some)
        return {one.recorded_by for one in told}


def words_of(session: Session, visit_ids: Iterable[UUID]) -> Words:
    """Everything that was said of these visits."""
    wanted = list(visit_ids)
    records = session.scalars(select(VisitRecord).where(VisitRecord.visit_id.in_(wanted)))
    accounts: dict[UUID, list[VisitAccount]] = {}
    for account in session.scalars(
        select(VisitAccount)
        .where(VisitAccount.visit_id.in_(wanted))
        .order_by(VisitAccount.received_at, VisitAccount.id)
    ):
        accounts.setdefault(account.visit_id, []).append(account)
    return Words({record.visit_id: record for record in records}, accounts)


def may_read_note(visit: Visit, along: Sequence[UUID], told: Told, actor: Actor) -> bool:
    """A note is for those who were at the door, who wrote it down, and the committee."""
    there = {visit.person_id, *along, told.recorded_by}
    return actor.id in there or visit.community_id in actor.committee_communities


def record_shown(record: VisitRecord, by: str, *, with_note: bool) -> dict[str, Any]:
    """The record of a visit as its card shows it."""
    return _shown(record, by, with_note=with_note) | {
        "slot": record.slot,
        "next_step": record.next_step,
        "ticket_id": record.ticket_id,
    }


def account_shown(account: VisitAccount, by: str, *, with_note: bool) -> dict[str, Any]:
    """What another visitor said, beside the record."""
    return _shown(account, by, with_note=with_note) | {"id": account.id}


def _shown(told: Told, by: str, *, with_note: bool) -> dict[str, Any]:
    return {
        "by": {"id": told.recorded_by, "name": by},
        "on": told.on,
        "method": told.method,
        "outcome": told.outcome,
        "needs": told.needs,
        "note": told.note if with_note else None,
        "received_at": told.received_at,
    }
