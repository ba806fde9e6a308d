"""Guards of routes: who may call an operation at all; what they see is the queries' business."""

from typing import Any

from app.core.guards import PUBLIC, SIGNED_IN, Guard
from app.identity.actor import COMMITTEE_KINDS
from app.identity.rules import OrganisationKind, Role

__all__ = [
    "ADMIN",
    "COMMITTEE",
    "OFFICE",
    "PROPERTY",
    "PUBLIC",
    "SIGNED_IN",
    "VOLUNTEER",
    "Guard",
    "any_of",
]


def _posts(name: str, *kinds: OrganisationKind, roles: tuple[Role, ...] | None = None) -> Guard:
    def holds(actor: Any) -> bool:
        return bool(actor.is_authenticated and actor.holds(*kinds, roles=roles))

    return Guard(name, holds)


COMMITTEE = _posts("committee", *COMMITTEE_KINDS)
PROPERTY = _posts("property", OrganisationKind.PROPERTY)
VOLUNTEER = _posts("volunteer", OrganisationKind.VOLUNTEER_TEAM)
ADMIN = _posts("admin", roles=(Role.ADMIN,))
OFFICE = Guard("office", lambda actor: bool(actor.is_authenticated and actor.office))


def any_of(*guards: Guard) -> Guard:
    """A guard that any of these opens."""
    names = "|".join(guard.name for guard in guards)
    return Guard(names, lambda actor: any(guard.allows(actor) for guard in guards))
