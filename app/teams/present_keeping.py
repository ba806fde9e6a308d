"""How changes of many doors are told: by unit and by person, never door by door."""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.identity.queries import people_named
from app.places.queries import place_names, place_texts
from app.teams import keeping
from app.teams.care_changes import Proposal, may_undo
from app.teams.models_keeping import CareChange


def overview(session: Session, community_id: UUID) -> dict[str, Any]:
    """Doors without a person, and people with more than is right here."""
    limit, version = keeping.limit_of(session, community_id)
    lonely = dict(keeping.without_person(session, community_id))
    texts, names = place_texts(session, lonely), place_names(session, lonely)
    much = {who: held for who, held in keeping.mains(session, community_id).items() if held > limit}
    people = people_named(session, much)
    return {
        "limit": limit,
        "limit_version": version,
        "without_person": [
            {
                "building": {"id": place, "name": names[place]},
                "place_text": texts[place],
                "households": lonely[place],
            }
            for place in sorted(lonely, key=lambda one: texts[one])
        ],
        "too_much": [
            {"person": {"id": who, "name": people[who]}, "households": much[who]}
            for who in sorted(much, key=lambda one: (people[one], one))
        ],
    }


def proposal(session: Session, made: Proposal, community_id: UUID) -> dict[str, Any]:
    """A difference, by unit and by person."""
    people = {who for door, after in made.lines for who in (door.main, door.backup, *after) if who}
    names = people_named(session, people)
    texts = place_texts(session, {door.unit for door, _ in made.lines})
    groups: Counter[tuple[UUID, UUID | None, UUID | None, UUID | None, UUID | None]] = Counter()
    more: Counter[UUID] = Counter()
    for door, (main, backup) in made.lines:
        groups[door.unit, door.main, main, door.backup, backup] += 1
        for who, step in ((door.main, -1), (main, 1)):
            if who:
                more[who] += step
    now = keeping.mains(session, community_id)
    moved = sorted((who for who in more if more[who]), key=lambda one: (names[one], one))
    return {
        "digest": made.digest,
        "households": len(made.lines),
        "still_without": sum(after[0] is None for _, after in made.lines),
        "limit": keeping.limit_of(session, community_id)[0],
        "groups": [
            {
                "place_text": texts[unit],
                "households": count,
                "main_before": _name(names, a),
                "main_after": _name(names, b),
                "backup_before": _name(names, c),
                "backup_after": _name(names, d),
            }
            for (unit, a, b, c, d), count in groups.items()
        ],
        "people": [
            {
                "person": {"id": who, "name": names[who]},
                "before": now[who],
                "after": now[who] + more[who],
            }
            for who in moved
        ],
    }


def _name(names: dict[UUID, str], who: UUID | None) -> str | None:
    return names.get(who) if who else None


def changes(session: Session, listed: Sequence[CareChange]) -> list[dict[str, Any]]:
    """Changes as the office reads them."""
    receivers = {one.id: [UUID(who) for who in one.receivers] for one in listed}
    people = {who for some in receivers.values() for who in some}
    people |= {who for one in listed for who in (one.person_id, one.made_by) if who}
    names = people_named(session, people)
    estates = place_names(session, [one.estate_id for one in listed if one.estate_id])
    return [
        {
            "id": one.id,
            "kind": one.kind,
            "estate": named(estates, one.estate_id),
            "person": named(names, one.person_id),
            "receivers": [named(names, who) for who in receivers[one.id]],
            "first": one.first,
            "last": one.last,
            "note": one.note,
            "households": one.doors,
            "made_by": named(names, one.made_by),
            "made_at": one.made_at,
            "state": state_of(one),
            "may_undo": may_undo(one),
            "version": one.version,
        }
        for one in listed
    ]


def named(names: dict[UUID, str], who: UUID | None) -> dict[str, Any] | None:
    """Somebody or some place with their name."""
    return {"id": who, "name": names[who]} if who else None


def state_of(change: CareChange) -> str:
    """In a word: how a change stands."""
    if change.undone_at:
        return "undone"
    if change.ended_at:
        return "over"
    return "standing" if change.begun_at else "coming"
