"""Everybody else on the server: the feed's rows of thousands of people, and some hundred of them
with a phone in their hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, Engine, create_engine, insert, select, text
from sqlalchemy.orm import Session

from app.core.keys import keys
from app.core.numbering import FeedScope
from app.identity import sign_in
from app.identity.loading import cookie_name
from app.identity.models import Membership, Person
from app.identity.rules import Role
from app.teams.models import Pairing
from bench.grid import GRID, Grid, person_of, writing
from tests.factories.teams import LONG_AGO
from tests.world import World

IN_A_SCOPE = 50  # rows of the feed; a person has about five scopes
OWN = ("person", "visits", "homes")

SCOPES = {
    "sqlite": """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :number)
        INSERT INTO feed_scope (kind, "key", seq, floor)
        SELECT 'visits', lower(hex(randomblob(16))), :each, 0 FROM n""",
    "postgresql": """
        INSERT INTO feed_scope (kind, key, seq, floor)
        SELECT 'visits', gen_random_uuid(), :each, 0 FROM generate_series(1, :number)""",
}
CHANGES = {
    "sqlite": """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :each)
        INSERT INTO feed_change (scope_id, kind, row_id, seq, until, at)
        SELECT id, CASE WHEN i % 3 THEN 'household' ELSE 'visit' END, lower(hex(randomblob(16))), i,
               CASE WHEN i % 3 THEN NULL ELSE date('now', (i - 20) || ' days') END, :now
        FROM (SELECT id FROM feed_scope WHERE id > :after ORDER BY id) CROSS JOIN n""",
    "postgresql": """
        INSERT INTO feed_change (scope_id, kind, row_id, seq, until, at)
        SELECT id, CASE WHEN i % 3 > 0 THEN 'household' ELSE 'visit' END, gen_random_uuid(), i,
               CASE WHEN i % 3 > 0 THEN NULL ELSE current_date + i - 20 END, now()
        FROM feed_scope CROSS JOIN generate_series(1, :each) AS i
        WHERE id > :after ORDER BY id, i""",
}
AFTERWARDS = {
    "sqlite": ("PRAGMA wal_checkpoint(TRUNCATE)", "ANALYZE"),
    "postgresql": ("VACUUM ANALYZE",),
}
NOW_ON_SQLITE = "2026-11-24 02:00:00.000000"


@dataclass(frozen=True)
class Holder:
    """Somebody with a phone: their cookie."""

    person_id: UUID
    cookie: str


def gather(world: World, grid: Grid, number: int) -> list[Holder]:
    """So many volunteers who are signed in and look after two buildings each."""
    with writing(world) as session:
        post = session.scalars(
            select(Membership).where(
                Membership.person_id == person_of(session, world.visitors["volunteer"]).id
            )
        ).one()
        return [_holder(session, post, grid, n) for n in range(number)]


def _holder(session: Session, post: Membership, grid: Grid, number: int) -> Holder:
    phone = f"1990009{number:04d}"
    who = Person(name="邻居", phone=phone, phone_blind=keys().blind(phone), password_hash="-")
    session.add(who)
    session.flush()
    session.add(
        Membership(
            person_id=who.id,
            organisation_id=post.organisation_id,
            role=Role.MEMBER,
            place_id=post.place_id,
        )
    )
    others = grid.buildings[GRID:]
    for nth in (number, number + 7):
        place_id = others[nth % len(others)]
        session.add(
            Pairing(team_id=grid.team_id, person_id=who.id, place_id=place_id, since=LONG_AGO)
        )
    _, token = sign_in.start(session, who.id, "手机")
    return Holder(who.id, f"{cookie_name()}={token}")


def fill(world: World, grid: Grid, holders: Sequence[Holder], rows: int) -> None:
    """Bring the feed to so many rows: the holders' scopes first, then those of strangers."""
    engine = create_engine(world.url)
    with engine.begin() as connection:
        _fill(connection, grid, holders, rows)
    _look(engine)
    engine.dispose()


def _fill(connection: Connection, grid: Grid, holders: Sequence[Holder], rows: int) -> None:
    after = connection.scalar(text("SELECT max(id) FROM feed_scope"))
    there = connection.scalar(text("SELECT count(*) FROM feed_change")) or 0
    known = [(kind, one.person_id) for one in holders for kind in OWN]
    known += [("place", building) for building in grid.buildings[GRID:]]
    connection.execute(
        insert(FeedScope),
        [{"kind": kind, "key": key, "seq": IN_A_SCOPE, "floor": 0} for kind, key in known],
    )
    name = connection.dialect.name
    number = (rows - there) // IN_A_SCOPE - len(known)
    connection.execute(text(SCOPES[name]), {"number": number, "each": IN_A_SCOPE})
    given = {"each": IN_A_SCOPE, "after": after, "now": NOW_ON_SQLITE}
    if name == "postgresql":
        del given["now"]
    connection.execute(text(CHANGES[name]), given)


def _look(engine: Engine) -> None:
    """Let the database look at what it has now."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in AFTERWARDS[engine.dialect.name]:
            connection.execute(text(statement))
