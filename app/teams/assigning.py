"""定户到人: who is the main and the backup person of a household. Never commits."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import Invalid, NotFound, Refusal, Stale
from app.core.events import publish
from app.identity.actor import Actor
from app.places import service as places
from app.places.events import HouseholdPhoneShown
from app.places.models import Household
from app.teams import keeping, queries, rosters, rules
from app.teams.events import HouseholdAssigned
from app.teams.models import HouseholdAssignment


class NoPhone(Refusal):
    status, code = 409, "household_has_no_phone"
    title = "这一户没有留电话。"


def assign(
    session: Session,
    actor: Actor,
    household_id: UUID,
    version: int,
    persons: queries.Persons,
) -> Household:
    """The committee says who is the main and the backup person of one household."""
    household = queries.kept_household(session, actor, household_id)
    if household.version != version:
        raise Stale
    _check(session, {household.community_id}, persons)
    if _put(session, actor, [household], persons):
        places.touch_one(session, household)
    return household


def assign_many(
    session: Session, actor: Actor, household_ids: Sequence[UUID], persons: queries.Persons
) -> int:
    """The same for many households at once; how many of them changed. All or none."""
    households = queries.kept_households(session, actor, household_ids)
    if len(households) != len(set(household_ids)):
        raise NotFound
    _check(session, {household.community_id for household in households}, persons)
    changed = _put(session, actor, households, persons)
    places.touch(session, changed)
    return len(changed)


def show_phone(session: Session, actor: Actor, household_id: UUID, reason: str) -> str:
    """The telephone number of a household the actor may see; who asked and why is logged."""
    household = queries.household(session, actor, household_id)
    if household.contact_phone is None:
        raise NoPhone
    publish(
        session,
        HouseholdPhoneShown(subject_id=household.id, actor_id=actor.id, reason=reason),
    )
    return household.contact_phone


def _check(session: Session, community_ids: set[UUID], persons: queries.Persons) -> None:
    """Both are in a team there, they are two people, neither works for the property company."""
    main_id, backup_id = persons
    if rules.same_person_twice(main_id, backup_id):
        raise Invalid(errors={"backup_id": ["备用的人要和主要的人不同。"]})
    if rules.backup_without_main(main_id, backup_id):
        raise Invalid(errors={"backup_id": ["请先定主要的人，再定备用的人。"]})
    asked = {"main_id": main_id, "backup_id": backup_id}
    wanted = {person_id for person_id in persons if person_id is not None}
    members = [rosters.team_people(session, community_id) for community_id in community_ids]
    strangers = {person for person in wanted if any(person not in team for team in members)}
    if strangers:
        raise Invalid(errors=_said_of(asked, strangers, "这个人不在本社区的队伍里。"))
    barred = rosters.people_of_property(session, wanted)
    if barred:
        raise Invalid(errors=_said_of(asked, set(barred), "物业人员不做住户的联系人。"))


def _said_of(
    asked: dict[str, UUID | None], people: set[UUID], sentence: str
) -> dict[str, list[str]]:
    return {field: [sentence] for field, person_id in asked.items() if person_id in people}


def _put(
    session: Session, actor: Actor, households: Sequence[Household], persons: queries.Persons
) -> list[UUID]:
    return put_each(session, actor.id, [(household, persons) for household in households])


def put_each(
    session: Session,
    actor_id: UUID | None,
    wanted: Sequence[tuple[Household, queries.Persons]],
) -> list[UUID]:
    """Write the persons of each household where they differ, and keep who stood there before; the
    households that changed. Their version is the caller's business."""
    present = queries.assignments(session, [household.id for household, _ in wanted])
    changed = []
    for household, persons in wanted:
        row = present.get(household.id)
        if persons == ((row.main_person_id, row.backup_person_id) if row else (None, None)):
            continue
        if row is None:
            row = HouseholdAssignment(household_id=household.id, since=clock.today())
            session.add(row)
        else:
            keeping.keep_past(session, row, persons)
        row.main_person_id, row.backup_person_id = persons
        changed.append((household, persons))
    session.flush()
    for household, (main_id, backup_id) in changed:
        publish(
            session,
            HouseholdAssigned(
                subject_id=household.id,
                actor_id=actor_id,
                community_id=household.community_id,
                main_person_id=main_id,
                backup_person_id=backup_id,
            ),
        )
    return [household.id for household, _ in changed]
