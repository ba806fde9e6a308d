"""A stair of doors whom volunteers look after, in this community and in another one."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.identity.models import Person
from app.identity.rules import PlaceKind
from app.places.models import Household
from app.teams.models import Team
from app.teams.rules import TeamKind
from tests.factories import identity, places, teams
from tests.factories.tickets import Neighbourhood, join
from tests.factories.visits import Scene
from tests.notifications.rows.watching import Street, street


@dataclass
class Stair(Street):
    """Chen looks after the door, and the team's leader in Chen's stead. Li is paired with the
    stair, Zhou with nothing. Near to it, and never to be told: the leader of other doors, an
    armband of the same stair, and a steward of the company who leads a team and is paired here."""

    home: Household | None = None
    team: Team | None = None

    @property
    def door(self) -> Household:
        assert self.home is not None
        return self.home

    @property
    def flag(self) -> Team:
        assert self.team is not None
        return self.team

    @property
    def scene(self) -> Scene:
        """The same, as the factories of visits know it."""
        people = [self.who(one) for one in ("committee", "steward", "chen", "li", "zhou")]
        return Scene(self.here.community, self.here.unit, *people, self.flag)

    def who(self, word: str) -> Person:
        return self.here.people[word]


VOLUNTEERS = ("chen", "li", "zhou", "leader", "other_leader")


def stair(session: Session) -> Stair:
    """Everybody around the doors of both communities."""
    around = street(session)
    made = Stair(session, around.here, around.there, around.names)
    made.team, made.home = _looked_after(session, made.here)
    _looked_after(session, made.there)
    made.meet_all()
    return made


def _looked_after(session: Session, here: Neighbourhood) -> tuple[Team, Household]:
    for word in VOLUNTEERS:
        join(session, here, word, "volunteer")
    join(session, here, "armband", "volunteer")
    join(session, here, "steward", "property")
    of = here.people
    flag = teams.team(session, here.community, *(of[one] for one in ("chen", "li", "zhou")))
    for word in ("leader", "other_leader"):
        teams.member(session, flag, of[word], leader=True)
    for kind, word in ((TeamKind.RED_ARMBAND, "armband"), (TeamKind.RED_STEWARD, "steward")):
        team = teams.team(session, here.community, kind=kind)
        teams.member(session, team, of[word], leader=word == "steward")
        teams.pairing(session, team, of[word], here.unit)
    for word in ("chen", "li"):
        teams.pairing(session, flag, of[word], here.unit)
    next_door = identity.place(session, PlaceKind.BUILDING, here.estate, "5栋")
    teams.pairing(session, flag, of["other_leader"], next_door)
    home = places.household(session, here.unit)
    teams.assignment(session, home, of["chen"].id, of["leader"].id)
    return flag, home
