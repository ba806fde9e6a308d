"""The people: organisations of all parties, 60 members of the three teams, who looks after whom."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import uuid7
from app.core.keys import keys
from app.demo.accounts import ACCOUNTS, PASSWORD
from app.demo.places import FAMILY_NAMES, Town
from app.identity.actor import Actor
from app.identity.models import Membership, Organisation, Person
from app.identity.place_scope import Place
from app.identity.queries import posts_of
from app.identity.rules import OrganisationKind, Role
from app.identity.sign_in import hasher
from app.teams.models import HouseholdAssignment, Pairing, Team, TeamMember
from app.teams.rules import TeamKind

K = OrganisationKind
FLAGS, ARMBANDS, STEWARDS = 8, 8, 12  # per estate, per estate, for the whole community: 60
WITHOUT_A_PERSON = 0.03
VOLUNTEERS = ("师傅", "姐", "阿姨", "叔", "老师")


@dataclass
class Crowd:
    """Who was made, as the later steps need them."""

    people: dict[str, Person] = field(default_factory=dict)  # the accounts, by name
    organisations: dict[str, Organisation] = field(default_factory=dict)
    flag_team: Team | None = None
    mains: dict[UUID, tuple[UUID, UUID]] = field(default_factory=dict)  # household: main, backup
    actors: dict[UUID, Actor] = field(default_factory=dict)

    @property
    def flags(self) -> Team:
        """The red flags of the first estate, who go on today's round."""
        if self.flag_team is None:
            raise ValueError("the teams come first")
        return self.flag_team

    def actor(self, session: Session, person: Person) -> Actor:
        """The person as an actor, as if signed in."""
        if person.id not in self.actors:
            posts = posts_of(session, person.id)
            self.actors[person.id] = Actor(
                person.id, person.name, person.elder_mode, uuid7(), "", posts
            )
        return self.actors[person.id]


class _Maker:
    """Adds people with running numbers and one password hash for all."""

    def __init__(self, session: Session, dice: Random) -> None:
        self.session = session
        self.dice = dice
        self.hash = hasher.hash(PASSWORD)
        self.next = 1000
        self.since = clock.today() - timedelta(days=120)

    def person(self, phone: str, name: str) -> Person:
        made = Person(
            name=name, phone=phone, phone_blind=keys().blind(phone), password_hash=self.hash
        )
        self.session.add(made)
        self.session.flush()
        return made

    def somebody(self, called: tuple[str, ...]) -> Person:
        self.next += 1
        name = self.dice.choice(FAMILY_NAMES) + self.dice.choice(called)
        return self.person(f"1990000{self.next}", name)

    def organisation(self, kind: K, name: str, at: Place) -> Organisation:
        made = Organisation(kind=kind, name=f"演示·{name}", place_id=at.id)
        made.place = at
        self.session.add(made)
        self.session.flush()
        return made

    def post(self, who: Person, of: Organisation, role: Role) -> None:
        self.session.add(
            Membership(
                person_id=who.id,
                organisation_id=of.id,
                role=role,
                place_id=of.place_id,
                from_date=self.since,
            )
        )


def build(session: Session, dice: Random, town: Town) -> Crowd:
    """Organisations, accounts, teams, pairings and assignments of the full community."""
    maker, crowd = _Maker(session, dice), Crowd()
    _organisations(maker, town, crowd)
    _accounts(maker, crowd)
    _teams(maker, town, crowd)
    session.flush()
    return crowd


def _organisations(maker: _Maker, town: Town, crowd: Crowd) -> None:
    here = town.community
    crowd.organisations = {
        "district": maker.organisation(K.DISTRICT, "栖霞区", town.district),
        "subdistrict": maker.organisation(K.SUBDISTRICT, "仙林街道", town.street),
        "committee": maker.organisation(K.RESIDENTS_COMMITTEE, f"{here.name}居委会", here),
        "party": maker.organisation(K.COMMUNITY_PARTY, f"{here.name}党委", here),
        "property": maker.organisation(K.PROPERTY, "和园物业", here),
        "volunteers": maker.organisation(K.VOLUNTEER_TEAM, "和园志愿服务队", here),
        "social": maker.organisation(K.SOCIAL_ORG, "暖邻社工站", here),
    }
    for nth, estate in enumerate(town.estates):
        owners = maker.organisation(K.OWNERS_COMMITTEE, f"{estate.name}业委会", estate)
        crowd.organisations[f"owners{nth}"] = owners
    for street in town.streets:
        if street is not town.street:
            maker.organisation(K.SUBDISTRICT, street.name, street)
    for other in town.communities:
        if other is not here:
            maker.organisation(K.RESIDENTS_COMMITTEE, f"{other.name}居委会", other)


def _accounts(maker: _Maker, crowd: Crowd) -> None:
    posts = {
        "陈师傅": ("volunteers", Role.MEMBER),
        "李姐": ("volunteers", Role.MEMBER),
        "周工": ("property", Role.DISPATCHER),
        "王干事": ("committee", Role.CLERK),
        "赵书记": ("party", Role.SECRETARY),
        "孙主任": ("owners0", Role.LEADER),
        "钱社工": ("social", Role.LEADER),
        "吴科长": ("subdistrict", Role.OFFICER),
        "系统管理员": ("district", Role.ADMIN),
    }
    for account in ACCOUNTS:
        who = maker.person(account.phone, account.name)
        organisation, role = posts[account.name]
        maker.post(who, crowd.organisations[organisation], role)
        crowd.people[account.name] = who
    for nth in (1, 2):
        maker.post(maker.somebody(("主任",)), crowd.organisations[f"owners{nth}"], Role.LEADER)


def _teams(maker: _Maker, town: Town, crowd: Crowd) -> None:
    stewards = _team(maker, TeamKind.RED_STEWARD, "红管家队", town.community)
    staff = [crowd.people["周工"], *(maker.somebody(("工", "师傅")) for _ in range(STEWARDS - 1))]
    for nth, who in enumerate(staff):
        _join(maker, stewards, who, leader=nth == 0)
        if nth:
            maker.post(who, crowd.organisations["property"], Role.MEMBER)
    for nth, estate in enumerate(town.estates):
        first = nth == 0
        flags = _members(maker, crowd, FLAGS, crowd.people["陈师傅"] if first else None)
        bands = _members(maker, crowd, ARMBANDS, crowd.people["李姐"] if first else None)
        flag_team = _team(maker, TeamKind.RED_FLAG, f"{estate.name}红旗手队", estate)
        band_team = _team(maker, TeamKind.RED_ARMBAND, f"{estate.name}红袖章队", estate)
        for team, members in ((flag_team, flags), (band_team, bands)):
            for place, who in enumerate(members):
                _join(maker, team, who, leader=place == 0)
        if first:
            crowd.flag_team = flag_team
        for place, building in enumerate(town.buildings[estate.id]):
            pair = flags[place % FLAGS], bands[place % ARMBANDS]
            _pair(maker, flag_team, pair[0], building)
            _pair(maker, flag_team, flags[(place + 1) % FLAGS], building)  # two go together
            _pair(maker, band_team, pair[1], building)
            _pair(maker, stewards, staff[(nth * 4 + place // 3) % STEWARDS], building)
            _assign(maker, town, crowd, building, pair)


def _members(maker: _Maker, crowd: Crowd, count: int, first: Person | None) -> list[Person]:
    members = [first] if first else []
    while len(members) < count:
        who = maker.somebody(VOLUNTEERS)
        maker.post(who, crowd.organisations["volunteers"], Role.MEMBER)
        members.append(who)
    return members


def _team(maker: _Maker, kind: TeamKind, name: str, at: Place) -> Team:
    team = Team(kind=kind, name=name, place_id=at.id, community_id=at.community_id)
    maker.session.add(team)
    maker.session.flush()
    return team


def _join(maker: _Maker, team: Team, who: Person, *, leader: bool) -> None:
    maker.session.add(
        TeamMember(team_id=team.id, person_id=who.id, leader=leader, from_date=maker.since)
    )


def _pair(maker: _Maker, team: Team, who: Person, building: Place) -> None:
    maker.session.add(
        Pairing(team_id=team.id, person_id=who.id, place_id=building.id, since=maker.since)
    )


def _assign(
    maker: _Maker, town: Town, crowd: Crowd, building: Place, pair: tuple[Person, Person]
) -> None:
    doors = [home["id"] for home in town.households if home["building_id"] == building.id]
    kept = [door for door in doors if maker.dice.random() >= WITHOUT_A_PERSON]
    crowd.mains |= dict.fromkeys(kept, (pair[0].id, pair[1].id))
    maker.session.execute(insert(HouseholdAssignment), [_row(d, pair, maker.since) for d in kept])


def _row(door: UUID, pair: tuple[Person, Person], since: date) -> dict[str, object]:
    return {
        "id": uuid7(),
        "household_id": door,
        "main_person_id": pair[0].id,
        "backup_person_id": pair[1].id,
        "since": since,
        "version": 1,
    }
