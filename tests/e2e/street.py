"""One street on a real server: a small team, its doors, and what the database says afterwards."""

import shutil
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.core.db import Base, database, transaction
from app.factory import create_app
from app.identity.models import Person
from app.identity.rules import OrganisationKind
from app.identity.sign_in import hasher
from tests.auditing import unwatched
from tests.e2e.phone import PASSWORD
from tests.factories import identity, places, teams
from tests.factories.visits import Scene, scene, visit
from tests.server import Server, Visitor

RESIDENT = "欧阳桂枝"  # lives behind every door: a name that stands nowhere else


@dataclass(frozen=True)
class Walker:
    """Somebody who signs in here."""

    id: UUID
    name: str
    phone: str


class Street:
    """A server of its own; its clocks are real, its people and doors invented."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.file = var / "street.sqlite3"
        url = f"sqlite:///{self.file}"
        self.server = Server(var, url, workers=2)
        settings = {"VAR_DIR": var, "DATABASE_URL": url, "PUBLIC_URL": self.address}
        self._app = create_app(settings)
        with self._app.app_context():
            Base.metadata.create_all(database().engine)
            with transaction() as session:
                self._settle(session)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"

    def _settle(self, session: Session) -> None:
        known = scene(session)
        leader = identity.member(session, OrganisationKind.VOLUNTEER_TEAM, known.community)
        teams.member(session, known.team, leader, leader=True)
        teams.pairing(session, known.team, leader, known.unit)
        self._known: Scene = known
        self.chen = _named(session, known.chen, "陈师傅")
        self.li = _named(session, known.li, "李姐")
        self.leader = _named(session, leader, "组长老赵")
        self.committee = _named(session, known.committee, "王干事")

    def place(self, kind: str) -> str:
        """The id of the one place of a kind, as JSON has it."""
        [[found]] = self.rows("SELECT id FROM place WHERE kind = ? LIMIT 1", kind)
        return str(UUID(found))

    def ask(self, doors: int, *partners: Walker) -> list[str]:
        """Chen is asked to so many doors today; the ids of the visits, in walking order."""
        with self._app.app_context(), transaction() as session:
            people = [session.get_one(Person, one.id) for one in (self.chen, *partners)]
            asked = []
            for number in range(doors):
                door = f"{1 + number // 4}{1 + number % 4:02}"
                home = places.household(session, self._known.unit, door, contact_name=RESIDENT)
                asked.append(str(visit(session, home, *people).id))
        return asked

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What the database itself says."""
        with sqlite3.connect(f"file:{self.file}?mode=ro", uri=True) as connection:
            found = connection.execute(query, values).fetchall()
        connection.close()
        return found

    def visitor(self, who: Walker) -> Visitor:
        """Somebody who comes without a browser."""
        return Visitor(self.server.port).sign_in(who.phone, PASSWORD)

    def back_up(self, to: Path) -> None:
        """As docs/running.md says: the server stands still, and its whole folder is copied."""
        shutil.copytree(self.var, to)

    def restore(self, backup: Path) -> None:
        shutil.rmtree(self.var)
        shutil.copytree(backup, self.var)
        self.server.flask("restored")

    def close(self) -> None:
        self.server.stop()
        self._app.extensions["database"].engine.dispose()


def _named(session: Session, who: Person, name: str) -> Walker:
    with unwatched():
        who.name, who.password_hash = name, hasher.hash(PASSWORD)
        session.commit()
    return Walker(who.id, name, who.phone)


def doors(numbers: Sequence[int]) -> list[str]:
    """How the doors of `Street.ask` are called."""
    return [f"{1 + number // 4}{1 + number % 4:02}" for number in numbers]
