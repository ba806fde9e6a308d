"""A small community on a real server: its places, and a signed-in visitor for each role."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from app.core.db import transaction
from app.factory import create_app
from app.identity import sign_in
from app.identity.loading import cookie_name
from app.identity.rules import PlaceKind
from tests.server import Server, Visitor
from tests.shape import people


@dataclass(frozen=True)
class World:
    """The server is not started yet."""

    server: Server
    url: str
    visitors: dict[str, Visitor]
    places: dict[PlaceKind, UUID]


def build(var: Path, url: str) -> World:
    """Fill an empty database and sign everybody in, without asking the server."""
    app = create_app({"VAR_DIR": var, "DATABASE_URL": url, "PUBLIC_URL": "http://localhost"})
    server = Server(var, url)
    visitors = {}
    with app.app_context():
        settled = people.settle()
        for role, person in settled.people.items():
            with transaction() as session:
                device, token = sign_in.start(session, person.id, "测试")
                cookie = f"{cookie_name()}={token}"
                visitors[role] = Visitor(server.port).use(cookie, device.csrf_token)
    app.extensions["database"].engine.dispose()
    places = {kind: place.id for kind, place in settled.places.items()}
    return World(server, url, visitors, places)
