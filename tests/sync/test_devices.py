"""Random phones against the server: they write, go away, crash, resend, change hands, and the
server comes back from a backup. In the end every received write is there once, and every phone
holds just what its person may see.
"""

from flask import Flask
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from app import cli
from app.core import clock
from app.core.db import Database
from app.core.known import forget
from tests.clients import Client
from tests.emptying import empty
from tests.factories.visits import TUESDAY, scene
from tests.sync import truth
from tests.sync.device import Device, State
from tests.sync.township import ACTIONS, VOLUNTEERS, Township, ask, settle

# Most of a day is going, writing and looking; the rest happens now and then.
OFTEN = ["ask", "ask", "record", "record", "pull", "pull", "pull", "send", "send", "report"]
DAYS = st.lists(st.sampled_from([*OFTEN, *sorted(ACTIONS)]), min_size=10, max_size=50)
BACKUP_DAY = [
    "ask",
    "pull",
    "pull",
    "pull",
    "pull",
    "back_up",
    "record",
    "record",
    "report",
    "send",
]


def begun(app: Flask, seed: int) -> Township:
    """An empty database with one community in it; Chen has two phones."""
    database: Database = app.extensions["database"]
    empty(database)
    forget(app)
    with database.session(write=True) as session:
        known = scene(session)
        session.commit()
        hands = (*VOLUNTEERS, "chen")
        phones = [Device(Client(app, getattr(known, who)), person=who) for who in hands]
        town = settle(session, database, known, seed, phones)
    for _ in range(4):
        ask(town)
    for phone in town.devices:
        phone.pull()
    return town


@settings(
    max_examples=25,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a day is read as it was, not shrunk
    suppress_health_check=list(HealthCheck),
)
@given(day=DAYS, seed=st.integers(0, 2**32))
@example(day=[*BACKUP_DAY, "restore", "pull", "send", "ask"], seed=1)
@example(day=["ask", *["pull"] * 6, "record", "record", "send", "send", "crash", "send"], seed=7)
@example(day=["pair", "pull", "pull", "unplanned", "tempt", "send", "tempt", "unpair"], seed=3)
def test_every_received_write_is_there_once_and_every_phone_holds_just_what_is_its_persons(
    app: Flask, day: list[str], seed: int
) -> None:
    cli.register(app)
    with clock.frozen(TUESDAY):
        town = begun(app, seed)
        for name in day:
            ACTIONS[name](town)
        for _ in range(2):  # what one phone sends may concern another
            for phone in town.devices:
                phone.settle(town.dice)
        for phone in town.devices:
            phone.pull()
            check_written(town, phone)
            check_shelf(town, phone)


def check_written(town: Township, phone: Device) -> None:
    """What the phone knows to be received is on the server, once."""
    person = getattr(town.scene, phone.person)
    with town.database.reading() as session:
        for entry in phone.outbox:
            if entry.state is State.RECEIVED:
                found = truth.times(session, entry.proof, person.id)
                assert found == 1, f"{entry.path} of {phone.person} is there {found} times"


def check_shelf(town: Township, phone: Device) -> None:
    """The phone holds these rows and no others, each as its own page shows it."""
    person = getattr(town.scene, phone.person)
    with town.database.reading() as session:
        should = truth.held_by(session, person.id, clock.today())
    assert {kind: phone.names(kind) for kind in should} == should
    for visit_id, row in phone.shelf("visit").items():
        page = phone.client.get(f"/visits/{visit_id}").json
        assert {name: row[name] for name in row if row[name] != page[name]} == {}
    if should["inbox"]:
        items = phone.client.get("/inbox", limit=200).json["items"]
        assert {one["id"]: one for one in items} == phone.shelf("inbox")
