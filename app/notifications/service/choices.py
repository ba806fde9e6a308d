"""How people wish to be told. Whoever tells asks with each fact, so all choices are known to every
process (`core/known.py`); most people have made none, and have no row."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock, known
from app.core.errors import Invalid
from app.core.events import publish
from app.identity.actor import Actor
from app.identity.rules import OrganisationKind
from app.notifications.events import TellingChosen
from app.notifications.models import TellingChoice
from app.notifications.rules.choosing import LONGEST_PAUSE, UNCHOSEN, Choice, kinds_for
from app.notifications.rules.telling import Kind, Pressing

KNOWN = "telling"

known.follows(KNOWN, TellingChoice)


@known.loads(KNOWN)
def load(session: Session) -> dict[UUID, Choice]:
    """Everybody's choices, by person."""
    return {row.person_id: choice_of(row) for row in session.scalars(select(TellingChoice))}


def choice_of(row: TellingChoice) -> Choice:
    """A row as the rules take it."""
    most = {Kind(kind): Pressing(pressing) for kind, pressing in row.most.items()}
    return Choice(most, row.paused_until)


def everybodys(session: Session) -> Mapping[UUID, Choice]:
    """What everybody has chosen; whoever is missing has chosen nothing."""
    found: Mapping[UUID, Choice] = load(session) if known.changes_now(session) else known.get(KNOWN)
    return found


def of(session: Session, actor: Actor) -> Choice:
    """What the actor has chosen; a pause that is over is none."""
    row = session.get(TellingChoice, actor.id)
    found = choice_of(row) if row else UNCHOSEN
    over = found.paused_until is not None and found.paused_until < clock.today()
    return Choice(found.most) if over else found


def kinds_of(actor: Actor) -> tuple[Kind, ...]:
    """What the actor can be told of and have quieter."""
    posts = {post.kind for post in actor.posts}
    return kinds_for(
        property_only=posts == {OrganisationKind.PROPERTY},
        committee=bool(actor.committee_communities),
    )


def choose(
    session: Session, actor: Actor, most: Mapping[Kind, Pressing], paused_until: date | None
) -> Choice:
    """Be told like this from now on. Raises Invalid for a pause that is over or endless."""
    _check(paused_until)
    row = session.get(TellingChoice, actor.id) or TellingChoice(person_id=actor.id)
    kept = {kind: pressing for kind, pressing in most.items() if pressing is not Pressing.TODAY}
    row.most = {kind.value: pressing.value for kind, pressing in kept.items()}
    row.paused_until = paused_until
    session.add(row)
    session.flush()
    publish(
        session,
        TellingChosen(
            subject_id=actor.id,
            actor_id=actor.id,
            softened=len(kept),
            paused=paused_until is not None,
        ),
    )
    return choice_of(row)


def _check(paused_until: date | None) -> None:
    today = clock.today()
    if paused_until is not None and not today <= paused_until <= today + LONGEST_PAUSE:
        raise Invalid(errors={"paused_until": ["请选今天起三个月里的一天。"]})
