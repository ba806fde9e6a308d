"""Climbing the ladder: each step is one outbox row, and a step that is done writes the next.

What an item's steps are called keeps it to one chain for each way of pressing. Nothing is written
of a step that was not needed.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.channels.queries import in_use
from app.channels.service import sending
from app.core import clock, outbox
from app.core.outbox import OutboxRow
from app.core.upsert import Upsert
from app.notifications import queries, setting
from app.notifications.models import InboxItem
from app.notifications.models_ladder import SmsCount
from app.notifications.queries import UnreadItem
from app.notifications.queries_calls import was_reached
from app.notifications.rules.choosing import UNCHOSEN, Due, hushed, pause_ends
from app.notifications.rules.ladder import LADDER, Chain, Next, Step, next_step
from app.notifications.rules.telling import Pressing, Tell
from app.notifications.service.choices import everybodys

KIND, SMS = "ladder", "sms"
ALL = UUID(int=0)
COUNT = Upsert(
    SmsCount.__table__,
    lambda insert: insert.on_conflict_do_update(
        index_elements=["day", "whose"], set_={"count": SmsCount.count + 1}
    ).returning(SmsCount.count),
)
KEPT = timedelta(days=30)


def begin(session: Session, line: Tell, pressing: Pressing, items: Mapping[UUID, UUID]) -> None:
    """Put the first step of each of these items (by person) into the outbox."""
    if pressing not in LADDER or not items:
        return
    chain = Chain(pressing, clock.local_now(), line.at_any_hour)
    own = in_use(session, items.keys())
    times = setting.times()
    firsts = {has: next_step(chain, _ways(has), (), None, times) for has in (False, True)}
    rows: dict[datetime, dict[str, dict[str, Any]]] = {}
    for person_id, item_id in items.items():
        if first := firsts[bool(own.get(person_id))]:
            key, payload = _row(chain, item_id, first)
            rows.setdefault(first.at, {})[key] = payload
    for at, payloads in rows.items():
        outbox.enqueue_all(session, KIND, payloads, at)


def climb(session: Session, payload: Mapping[str, Any]) -> None:
    """Take one step and write down the next: unless the item has been read meanwhile, is no longer
    true for who was told, or they have chosen not to be rung."""
    item = session.get(InboxItem, UUID(payload["item_id"]), with_for_update=True)
    chain = Chain(
        Pressing(payload["pressing"]),
        datetime.fromisoformat(payload["begun"]).astimezone(clock.LOCAL),
        payload["at_any_hour"],
    )
    if item is None or item.read_at is not None or _overtaken(session, chain, item.id):
        return
    if was_reached(session, item.about, item.created_at):
        return
    if not chain.at_any_hour and (how := _hushed(session, item, chain.pressing)):
        item.digest_at = how.digest_at
        return
    if not queries.unread_items(session, [item.id]):
        return
    own = in_use(session, [item.person_id]).get(item.person_id, ())
    _take(session, payload, item, own)
    taken = {*map(Step, payload["taken"]), Step(payload["step"])}
    following = next_step(chain, _ways(bool(own)), taken, item.read_at, setting.times())
    if following:
        key, more = _row(chain, item.id, following, taken)
        outbox.enqueue(session, KIND, more, key, following.at)


def may_ring(session: Session, asked: Mapping[UUID, bool]) -> dict[UUID, UnreadItem]:
    """Those of these items (at any hour or not) for which a step that is on its way may still ring:
    unread, still true, and no pause has begun."""
    choices, now = everybodys(session), clock.local_now()
    return {
        item.id: item
        for item in queries.unread_items(session, asked.keys()).values()
        if asked[item.id] or not pause_ends(choices.get(item.person_id, UNCHOSEN), now)
    }


def _hushed(session: Session, item: InboxItem, pressing: Pressing) -> Due | None:
    """How the owner of an item is told instead, if they have since chosen not to be rung."""
    choice = everybodys(session).get(item.person_id, UNCHOSEN)
    return hushed(item.kind, pressing, choice, clock.local_now())


def _ways(own: bool) -> set[Step]:
    """Which steps there are for somebody now."""
    ways = {Step.OWN} if own else set()
    return ways | {Step.SMS} if setting.gateway() else ways


def _row(
    chain: Chain, item_id: UUID, following: Next, taken: Collection[Step] = ()
) -> tuple[str, dict[str, Any]]:
    """A step as a row of the outbox: what it is called, and what it says."""
    return _name(chain.pressing, item_id, following.step), {
        "item_id": str(item_id),
        "pressing": chain.pressing,
        "begun": chain.begun.isoformat(),
        "at_any_hour": chain.at_any_hour,
        "step": following.step,
        "taken": sorted(taken),
        "until": following.until.isoformat(),
    }


def _name(pressing: Pressing, item_id: UUID, step: Step) -> str:
    return f"ladder:{item_id}:{pressing}:{step}"


def _overtaken(session: Session, chain: Chain, item_id: UUID) -> bool:
    """Whether the same item has become an emergency since: then that chain alone goes on."""
    if chain.pressing is Pressing.EMERGENCY:
        return False
    names = [_name(Pressing.EMERGENCY, item_id, step) for step in Step]
    found = select(OutboxRow.id).where(OutboxRow.dedup_key.in_(names)).limit(1)
    return session.scalar(found) is not None


def _take(
    session: Session, payload: Mapping[str, Any], item: InboxItem, own: Collection[UUID]
) -> None:
    until, at_any_hour = datetime.fromisoformat(payload["until"]), payload["at_any_hour"]
    if clock.now() >= until:
        return
    if Step(payload["step"]) is Step.OWN:
        said = {"item_id": str(item.id), "step": payload["pressing"]}
        words = said | {"title": item.title, "link": item.link, "at_any_hour": at_any_hour}
        sending.send(session, dict.fromkeys(own, words), until)
    elif _may_text(session, item.person_id):
        said = {"item_id": str(item.id), "until": until.isoformat(), "at_any_hour": at_any_hour}
        outbox.enqueue(session, SMS, said, f"sms:{item.id}")


def _may_text(session: Session, person_id: UUID) -> bool:
    """Count one more text message, if the limits of the day allow it."""
    gateway = setting.gateway()
    if gateway is None:
        return False
    day = clock.today()
    limits = {person_id: gateway.most_for_one, ALL: gateway.most_a_day}
    for whose, most in limits.items():
        so_far = session.get(SmsCount, (day, whose), with_for_update=True)
        if so_far is not None and so_far.count >= most:
            return False
    for whose in limits:
        COUNT.run(session, [{"day": day, "whose": whose, "count": 1}])
    return True
