"""What phones may hold of a person's own: the scope that every signed-in actor has."""

from app.core import changes

PERSON = "person"

changes.scope_kind(PERSON, lambda _session, actor: [actor.id])
