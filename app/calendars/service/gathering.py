"""What is to come for a person: an entry for each building and part of a day that they visit, for
each stretch of duty, for each patrol. By keys that stay when the entry changes."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.calendars import queries
from app.calendars.rules.entries import Said, Standing
from app.calendars.rules.hours import stints
from app.core import clock
from app.core.clock import LOCAL
from app.identity.actor import Actor
from app.identity.queries import organisations_named
from app.places.queries import place_texts
from app.tickets import routing
from app.visits.queries.visible import shut_out
from app.visits.rules import VisitState
from app.visits.rules.patrols import PatrolAnswer
from app.visits.rules.windows import band_of

WHOLE_DAY = "day"


def coming(session: Session, actor: Actor) -> dict[str, Said]:
    """All that is not over yet."""
    now = clock.now()
    found = _visits(session, actor) | _patrols(session, actor) | _duty(session, actor)
    return {key: said for key, said in found.items() if said.end > now}


@dataclass(frozen=True)
class Outing:
    """Where somebody visits, and in which part of a day."""

    on: date
    building_id: UUID
    part: str

    @property
    def key(self) -> str:
        return f"visits:{self.on}:{self.building_id.hex}:{self.part}"


def _visits(session: Session, actor: Actor) -> dict[str, Said]:
    """One entry for all doors of a building: nobody wants ten of them for one evening."""
    if shut_out(actor):
        return {}
    outings: defaultdict[Outing, list[Any]] = defaultdict(list)
    for row in queries.visits_from(session, actor.id, clock.today()):
        part = band_of(row.window_from).value if _timed(row) else WHOLE_DAY
        outings[Outing(row.on, row.building_id, part)].append(row)
    texts = place_texts(session, {outing.building_id for outing in outings})
    return {
        outing.key: _outing(outing, doors, texts[outing.building_id])
        for outing, doors in outings.items()
    }


def _timed(row: Any) -> bool:
    return row.window_from is not None and row.window_to is not None


def _outing(outing: Outing, doors: Sequence[Any], where: str) -> Said:
    asked = sum(row.state is VisitState.PROPOSED for row in doors)
    agreed = len(doors) - asked
    summary = f"走访 {where}（{len(doors)} 户）"
    whole = outing.part == WHOLE_DAY
    start = time() if whole else min(row.window_from for row in doors)
    end = time() if whole else max(row.window_to for row in doors)
    return Said(
        summary=summary if agreed else f"待答复：{summary}",
        where=where,
        text=_counted(agreed, asked),
        link="/today" if agreed else "/proposals",
        start=datetime.combine(outing.on, start, LOCAL),
        end=datetime.combine(outing.on + timedelta(days=whole), end, LOCAL),
        standing=Standing.CONFIRMED if agreed else Standing.TENTATIVE,
        whole_day=whole,
    )


def _counted(agreed: int, asked: int) -> str:
    """No name and no door: which doors they are, the app says."""
    if not asked:
        return f"答应了 {agreed} 户。是哪几户，点开红邻看。"
    if not agreed:
        return f"请您去 {asked} 户，去不去都行，点开红邻答复。"
    return f"答应了 {agreed} 户，还有 {asked} 户没答复。是哪几户，点开红邻看。"


def _patrols(session: Session, actor: Actor) -> dict[str, Said]:
    return {
        f"patrol:{row.id.hex}": _patrol(row)
        for row in queries.patrols_from(session, actor.id, clock.today())
    }


def _patrol(row: Any) -> Said:
    agreed = row.answer is PatrolAnswer.ACCEPTED
    summary = f"巡查 {row.name}"
    return Said(
        summary=summary if agreed else f"待答复：{summary}",
        where=row.name,
        text="要看哪些点，点开红邻看。" if agreed else "去不去都行，点开红邻答复。",
        link=f"/patrols/{row.id}",
        start=datetime.combine(row.on, row.window_from, LOCAL),
        end=datetime.combine(row.on, row.window_to, LOCAL),
        standing=Standing.CONFIRMED if agreed else Standing.TENTATIVE,
    )


def _duty(session: Session, actor: Actor) -> dict[str, Said]:
    lists = {key: routing.duty_list(key) for key in sorted(actor.organisations)}
    kept = {key: duty for key, duty in lists.items() if duty}
    names = organisations_named(session, kept) if kept else {}
    return {
        f"duty:{key.hex}:{stint.on}:{stint.number}": Said(
            summary=f"值班 {names[key].name}",
            where="",
            text="和谁一起、怎么换班，点开红邻看。",
            link="/duty",
            start=stint.start,
            end=stint.end,
            standing=Standing.CONFIRMED,
        )
        for key, duty in kept.items()
        for stint in stints(duty, actor.id, clock.now())
    }
