"""How many doors are right for one person, and who should look after which door of an estate: shown
as a difference first, then taken in one go. Never commits.
"""

from collections import Counter
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import NotFound, Refusal, Stale
from app.core.events import publish
from app.identity.actor import Actor
from app.places.models import Household
from app.teams import keeping
from app.teams.care_changes import Proposal, apply, differing, facts, new_change
from app.teams.events_keeping import CareChanged, CareLimitSet
from app.teams.models_keeping import CareChange, CareLimit, ChangeKind
from app.teams.rules.keeping import suggest


class SuggestionChanged(Refusal):
    status, code = 409, "care_suggestion_changed"
    title = "这段时间里有人改过，请再看一遍新的建议。"


def set_limit(
    session: Session, actor: Actor, community_id: UUID, version: int, households: int
) -> None:
    """The committee says how many doors are right for one person."""
    if community_id not in actor.committee_communities:
        raise NotFound
    row = session.get(CareLimit, community_id)
    if (row.version if row else 0) != version:
        raise Stale
    if row is None:
        row = CareLimit(community_id=community_id)
        session.add(row)
    row.households = households
    session.flush()
    publish(
        session, CareLimitSet(subject_id=community_id, actor_id=actor.id, households=households)
    )


def suggestion(session: Session, actor: Actor, estate_id: UUID) -> Proposal:
    """Who should look after each door of an estate, where it differs from now."""
    estate = keeping.kept_estate(session, actor, estate_id)
    community_id = _community(estate.community_id)
    limit, _ = keeping.limit_of(session, community_id)
    doors = keeping.doors_of(session, select(Household.id).where(Household.estate_id == estate.id))
    people = keeping.people_for(session, estate)
    here = Counter(door.main for door in doors)
    everywhere = keeping.mains(session, community_id)
    room = {person: limit - (everywhere[person] - here[person]) for person in people}
    after = suggest(doors, keeping.keepers_of(session, people, doors, room))
    return differing(doors, after)


def take_suggestion(session: Session, actor: Actor, estate_id: UUID, digest: str) -> CareChange:
    """Apply the suggestion that was shown. SuggestionChanged when it is another one by now."""
    proposal = suggestion(session, actor, estate_id)
    if proposal.digest != digest:
        raise SuggestionChanged
    estate = keeping.kept_estate(session, actor, estate_id)
    change = new_change(actor, _community(estate.community_id), ChangeKind.SUGGESTION)
    change.estate_id, change.begun_at = estate.id, change.made_at
    session.add(change)
    session.flush()
    apply(session, actor.id, change, proposal)
    publish(session, CareChanged(**facts(change, actor.id)))
    return change


def _community(community_id: UUID | None) -> UUID:
    if community_id is None:
        raise NotFound
    return community_id
