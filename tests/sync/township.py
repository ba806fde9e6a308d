"""What may happen in a community while phones are away: one function for each kind of thing."""

from dataclasses import dataclass
from datetime import timedelta
from random import Random
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock, known
from app.core.db import Database, transaction
from app.identity.models import Membership, Organisation, Person
from app.identity.rules import OrganisationKind, Role
from app.places.models import Household
from app.teams.models import Pairing
from app.visits.models import Visit
from app.visits.rules import VisitState
from app.visits.rules.states import OPEN
from tests.auditing import unwatched
from tests.clients import Client
from tests.factories import identity, places
from tests.factories.visits import Scene, neighbour, visit
from tests.sync.backup import Backup, played_back, taken
from tests.sync.device import Device, Entry, State

VOLUNTEERS = ("chen", "li", "zhou")


@dataclass
class Township:
    """The people, the doors, the phones, and the last backup."""

    database: Database
    dice: Random
    scene: Scene
    doors: list[UUID]
    committee: Client
    company: Organisation
    devices: list[Device]
    backup: Backup | None = None

    def person(self) -> Person:
        found: Person = getattr(self.scene, self.dice.choice(VOLUNTEERS))
        return found

    def device(self, state: State | None = None) -> Device:
        """Any phone; or one with an entry in this state, if there is one."""
        some = [one for one in self.devices if any(e.state is state for e in one.outbox)]
        return self.dice.choice(some or self.devices)


def settle(
    session: Session, database: Database, known: Scene, seed: int, phones: list[Device]
) -> Township:
    """Five doors in two units, a property company that may tempt people."""
    doors = [home.id for home in places.households(session, known.unit, 3)]
    doors += [home.id for home in places.households(session, neighbour(session, known), 2)]
    company = identity.organisation(session, OrganisationKind.PROPERTY, known.community)
    session.commit()
    committee = Client(phones[0].client.app, known.committee)
    return Township(database, Random(seed), known, doors, committee, company, phones)


def ask(town: Township) -> None:
    """Somebody is asked to a door, sometimes with another."""
    with database_session(town) as session:
        home = session.get_one(Household, town.dice.choice(town.doors))
        who, other = town.person(), town.person()
        partners = [other] if other.id != who.id and town.dice.random() < 0.5 else []
        state = town.dice.choice((VisitState.PROPOSED, VisitState.ACCEPTED))
        visit(session, home, who, *partners, state=state)


def database_session(town: Township) -> Session:
    return town.database.session(write=True)


def some_visit(town: Township) -> Visit | None:
    with town.database.reading() as session:
        found = session.scalars(select(Visit).where(Visit.state.in_(OPEN)).order_by(Visit.id)).all()
    return town.dice.choice(found) if found else None


def call_off(town: Township) -> None:
    found = some_visit(town)
    if found:
        path = f"/visits/{found.id}/cancel"
        town.committee.post(path, {"reason": "住户来电改期"}, version=found.version)


def give_away(town: Township) -> None:
    """A visit goes to somebody else."""
    found = some_visit(town)
    if found:
        with unwatched(), transaction() as session:
            session.get_one(Visit, found.id).person_id = town.person().id


def pair(town: Township) -> None:
    with town.database.reading() as session:
        home = session.get_one(Household, town.dice.choice(town.doors))
    body = {
        "team_id": str(town.scene.team.id),
        "person_id": str(town.person().id),
        "place_id": str(town.dice.choice((home.unit_id, home.building_id))),
    }
    town.committee.post("/pairings", body)


def unpair(town: Township) -> None:
    with town.database.reading() as session:
        standing = select(Pairing.id).where(Pairing.until.is_(None)).order_by(Pairing.id)
        found = session.scalars(standing).all()
    if found:
        town.committee.delete(f"/pairings/{town.dice.choice(found)}")


def assign(town: Township) -> None:
    home = town.dice.choice(town.doors)
    version = town.committee.get(f"/households/{home}").json["version"]
    main, backup = town.dice.sample(VOLUNTEERS, 2)
    body = {
        "main_id": str(getattr(town.scene, main).id) if town.dice.random() < 0.8 else None,
        "backup_id": None,
    }
    if body["main_id"] and town.dice.random() < 0.5:
        body["backup_id"] = str(getattr(town.scene, backup).id)
    town.committee.put(f"/households/{home}/assignment", body, version=version)


def rename(town: Township) -> None:
    home = town.dice.choice(town.doors)
    version = town.committee.get(f"/households/{home}").json["version"]
    body = {"contact_name": f"王阿姨{town.dice.randint(1, 99)}"}
    answer = town.committee.patch(f"/places/households/{home}", body, version=version)
    assert answer.status_code == 200, answer.text


def tempt(town: Township) -> None:
    """Somebody takes a post of the property company, or gives it up again."""
    who = town.person()
    with unwatched(), transaction() as session:
        post = session.scalar(
            select(Membership).where(
                Membership.person_id == who.id, Membership.organisation_id == town.company.id
            )
        )
        if post is None:
            place_id = town.company.place_id
            session.add(
                Membership(
                    person_id=who.id,
                    organisation_id=town.company.id,
                    role=Role.MEMBER,
                    place_id=place_id,
                )
            )
        else:
            ended = post.until_date is not None
            post.until_date = None if ended else clock.today() - timedelta(days=1)


def back_up(town: Township) -> None:
    town.backup = taken(town.database)


def restore(town: Township) -> None:
    """The backup is played back, and the operator says so."""
    if town.backup is None:
        return
    played_back(town.database, town.backup)
    known.forget(town.committee.app)  # the server stood still meanwhile
    answer = town.committee.app.test_cli_runner().invoke(args=["honglin", "restored"])
    assert answer.exit_code == 0, answer.output


def record(town: Township) -> None:
    phone = town.device()
    going = [
        row for row in phone.shelf("visit").values() if row["state"] in ("proposed", "accepted")
    ]
    if not going:
        return
    chosen = town.dice.choice(sorted(going, key=lambda row: str(row["id"])))
    body: dict[str, object] = {"on": "2026-11-24", "method": "door", "outcome": "ok"}
    body["outcome"] = town.dice.choice(("ok", "not_home", "declined"))
    if town.dice.random() < 0.4:
        body |= {"note": f"说过的话{uuid4().hex[:8]}", "note_agreed": True}
    if town.dice.random() < 0.4:
        body["with_ids"] = [str(town.person().id)] if town.dice.random() < 0.6 else []
    visit_id = str(chosen["id"])
    path = f"/visits/{visit_id}/record"
    proof = ("record", visit_id)
    phone.put(Entry(f"visit:{visit_id}", "put", path, body, proof, chosen["version"]))


def answer(town: Township) -> None:
    phone = town.device()
    asked = [row for row in phone.shelf("visit").values() if row["state"] == "proposed"]
    if asked:
        chosen = town.dice.choice(sorted(asked, key=lambda row: str(row["id"])))
        visit_id = str(chosen["id"])
        body = {"answer": town.dice.choice(("accept", "decline"))}
        path, proof = f"/visits/{visit_id}/answer", ("visit", visit_id)
        phone.put(Entry(f"visit:{visit_id}", "post", path, body, proof, chosen["version"]))


def unplanned(town: Township) -> None:
    phone = town.device()
    doors = sorted(phone.names("household"))
    if doors:
        visit_id = str(uuid4())
        body = {"id": visit_id, "household_id": town.dice.choice(doors), "on": "2026-11-24"}
        body |= {"method": "downstairs", "outcome": "ok"}
        phone.put(Entry(f"visit:{visit_id}", "post", "/visits", body, ("record", visit_id)))


def report(town: Township) -> None:
    """A new ticket and, in the same breath, a note on it: the note follows."""
    phone = town.device()
    ticket_id, words = str(uuid4()), f"补充{uuid4().hex[:8]}"
    body = {"id": ticket_id, "category": "facility.power_lighting", "text": "楼道灯不亮"}
    body |= {"place_id": str(town.scene.unit.id), "public_area": True}
    about = f"ticket:{ticket_id}"
    phone.put(Entry(about, "post", "/tickets", body, ("ticket", ticket_id)))
    phone.put(Entry(about, "post", f"/tickets/{ticket_id}/notes", {"text": words}, ("note", words)))


def send(town: Township) -> None:
    town.device(State.WAITING).send(town.dice, faulty=True)


def crash(town: Township) -> None:
    town.device(State.RECEIVED).resend(town.dice)


def pull(town: Township) -> None:
    phone = town.device()
    phone.pull()
    phone.offer_again()


def glance(town: Township) -> None:
    """An answer or two, then the network is gone."""
    phone = town.device()
    if phone.pull_once(limit=2):
        phone.pull_once(limit=2)
    phone.offer_again()


ACTIONS = {
    act.__name__: act
    for act in (
        ask, call_off, give_away, pair, unpair, assign, rename, tempt, back_up, restore,
        record, answer, unplanned, report, send, crash, pull, glance,
    )
}  # fmt: skip
