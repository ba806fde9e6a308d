"""Puts many tickets into one community, straight into the tables: the hardest case for its office,
since one clerk sees all of them."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, create_engine, insert, select, text

from app.factory import create_app
from app.identity.models import Organisation, Person
from app.identity.place_scope import Place
from app.identity.rules import OrganisationKind, PlaceKind
from app.tickets.models import Ticket, TicketEntry
from app.tickets.models_search import TicketWords
from app.tickets.rules import CATEGORIES, Reviewer, TicketStatus
from app.tickets.rules.queues import TIMED
from app.tickets.search_keeping import words_of
from tests.world import World

BUILDINGS = 36
BATCH = 5000
SPREAD = timedelta(days=730)
GIVEN = timedelta(days=5)
STEPS = ("submit", "accept", "dispatch", "start", "resolve", "review", "close")
# Of a hundred tickets, most are long over.
STATUSES = (
    [TicketStatus.CLOSED] * 90
    + [TicketStatus.SUBMITTED, TicketStatus.ACCEPTED, TicketStatus.DISPATCHED]
    + [TicketStatus.IN_PROGRESS] * 3
    + [TicketStatus.RESOLVED, TicketStatus.REVIEWED, TicketStatus.REJECTED, TicketStatus.WITHDRAWN]
)
MATTERS = (
    "路灯不亮",
    "下水道堵了",
    "电梯停在三楼",
    "楼道里堆着纸箱",
    "单元门关不上",
    "垃圾没有清走",
)
WHERE = ("东门进来第二盏", "地下车库入口", "一楼大厅", "南侧花坛边", "顶楼平台", "快递柜旁边")


class Filler:
    """Knows the community and makes its tickets, always the same ones."""

    def __init__(self, connection: Connection, world: World) -> None:
        self.connection = connection
        self.random = random.Random(20260101)
        self.community = world.places[PlaceKind.COMMUNITY]
        self.estate = world.places[PlaceKind.ESTATE]
        self.reporters = list(connection.scalars(select(Person.id)))
        self.lead = connection.scalar(
            select(Organisation.id).where(Organisation.kind == OrganisationKind.PROPERTY)
        )
        self.buildings = [self._building(number) for number in range(BUILDINGS)]
        self.made = 0

    def _building(self, number: int) -> UUID:
        made = uuid4()
        above = self.connection.scalar(select(Place.path).where(Place.id == self.estate))
        self.connection.execute(
            insert(Place).values(
                id=made,
                kind=PlaceKind.BUILDING,
                parent_id=self.estate,
                name=f"{number + 1}栋",
                path=f"{above}{made}/",
                community_id=self.community,
                estate_id=self.estate,
            )
        )
        return made

    def ticket(self) -> dict[str, Any]:
        self.made += 1
        chosen = self.random.choice
        status = chosen(STATUSES)
        category = chosen(list(CATEGORIES.values()))
        began = datetime.now(UTC) - SPREAD * self.random.random()
        waiting = status in (TicketStatus.SUBMITTED, TicketStatus.ACCEPTED)
        building = self.random.randrange(BUILDINGS)
        return {
            "id": uuid4(),
            "number": f"T{self.made:08d}",
            "category": category.code,
            "text": f"{chosen(WHERE)}，{chosen(MATTERS)}，已经有 {self.made % 9 + 1} 天了。"
            + ("水表井盖也松了。" if self.made % 1000 == 0 else ""),
            "status": status,
            "community_id": self.community,
            "estate_id": self.estate,
            "building_id": self.buildings[building],
            "place_id": self.buildings[building],
            "place_text": f"演示小区 {building + 1}栋",
            "public_area": True,
            "reporter_id": chosen(self.reporters),
            "lead_org_id": None if waiting else self.lead,
            "lead_party": None if waiting else "property",
            "review_by": None if waiting else Reviewer.COMMUNITY_PARTY,
            "created_at": began,
            "moved_at": began + timedelta(hours=self.random.randrange(1, 96)),
            "due_at": began + GIVEN if status in TIMED else None,
            "warn_at": began + GIVEN * 0.8 if status in TIMED else None,
        }

    @staticmethod
    def words(ticket: dict[str, Any]) -> dict[str, Any]:
        return {"ticket_id": ticket["id"], "words": words_of(Ticket(**ticket))}

    def entries(self, ticket: dict[str, Any]) -> Iterator[dict[str, Any]]:
        for place, verb in enumerate(STEPS):
            yield {
                "id": uuid4(),
                "ticket_id": ticket["id"],
                "at": ticket["created_at"] + timedelta(hours=place),
                "verb": verb,
                "said": {},
                "text": "换了灯管，现在亮了。" if verb == "resolve" else "",
                "by_person_id": ticket["reporter_id"],
                "by_org_id": self.lead,
            }

    def add(self, number: int) -> list[UUID]:
        """So many more tickets, each with a whole timeline; returns their ids."""
        tickets = [self.ticket() for _ in range(number)]
        for start in range(0, number, BATCH):
            batch = tickets[start : start + BATCH]
            self.connection.execute(insert(Ticket), batch)
            self.connection.execute(insert(TicketWords), [self.words(one) for one in batch])
            lines = [entry for ticket in batch for entry in self.entries(ticket)]
            self.connection.execute(insert(TicketEntry), lines)
        return [ticket["id"] for ticket in tickets]


def fill(world: World, number: int) -> list[UUID]:
    """Fill a fresh world with tickets, and let the database look at what it has now."""
    engine = create_engine(world.url)
    app = create_app(
        {"VAR_DIR": Path(world.server.environment["HONGLIN_VAR"]), "DATABASE_URL": world.url}
    )
    with app.app_context(), engine.begin() as connection:
        ids = Filler(connection, world).add(number)
    app.extensions["database"].engine.dispose()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        vacuum = engine.dialect.name == "postgresql"  # as a database that runs for a while does
        connection.execute(text("VACUUM ANALYZE" if vacuum else "ANALYZE"))
    engine.dispose()
    return ids
