"""Routes of teams, their members and pairings; households are in `routes_households.py`."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core import clock
from app.core.guards import SIGNED_IN
from app.core.http import Area, Call, PageQuery, list_of, page_of
from app.identity.guards import COMMITTEE
from app.identity.queries import people_named
from app.places.models import Place
from app.places.queries import place_texts, places_by_id
from app.teams import rosters, service
from app.teams.models import Pairing, Team
from app.teams.schemas import (
    NewMemberSchema,
    NewPairingSchema,
    NewTeamSchema,
    PairingSchema,
    PairingsQuery,
    RenameTeamSchema,
    TeamSchema,
)

teams_area = Area("teams", url_prefix="/teams", title="队伍")
pairings_area = Area("pairings", url_prefix="/pairings", title="结对")


@teams_area.get(
    "",
    guard=SIGNED_IN,
    query=PageQuery,
    answer=list_of(TeamSchema),
    summary="Teams of my community, and those I am in",
)
def list_teams(call: Call) -> object:
    page = page_of(
        call.session,
        rosters.visible_teams(call.actor),
        order=(Team.name, Team.id),
        query=call.query,
        present=lambda team: team,
    )
    return page | {"items": _teams(call, page["items"])}


@teams_area.get("/<uuid:team_id>", guard=SIGNED_IN, answer=TeamSchema, summary="One team")
def get_team(call: Call, team_id: UUID) -> object:
    return _team(call, rosters.visible_team(call.session, call.actor, team_id))


@teams_area.post(
    "", guard=COMMITTEE, body=NewTeamSchema, answer=TeamSchema, status=201, summary="New team"
)
def post_team(call: Call) -> object:
    return _team(call, service.make_team(call.session, call.actor, **call.body))


@teams_area.patch(
    "/<uuid:team_id>",
    guard=COMMITTEE,
    body=RenameTeamSchema,
    answer=TeamSchema,
    versioned=True,
    summary="Rename a team",
)
def patch_team(call: Call, team_id: UUID) -> object:
    name = call.body["name"]
    return _team(call, service.rename_team(call.session, call.actor, team_id, call.version, name))


@teams_area.post(
    "/<uuid:team_id>/members",
    guard=COMMITTEE,
    body=NewMemberSchema,
    answer=TeamSchema,
    status=201,
    summary="Take a person into a team, or make them its leader",
)
def post_member(call: Call, team_id: UUID) -> object:
    return _team(call, service.add_member(call.session, call.actor, team_id, **call.body))


@teams_area.delete(
    "/<uuid:team_id>/members/<uuid:person_id>",
    guard=COMMITTEE,
    status=204,
    summary="A person leaves a team; refused while they are the person of households",
)
def delete_member(call: Call, team_id: UUID, person_id: UUID) -> None:
    service.remove_member(call.session, call.actor, team_id, person_id)


def _team(call: Call, team: Team) -> dict[str, Any]:
    return _teams(call, [team])[0]


def _teams(call: Call, teams: Sequence[Team]) -> list[dict[str, Any]]:
    members = rosters.members_of(call.session, [team.id for team in teams])
    people = {member.person_id for team in members.values() for member in team}
    names = people_named(call.session, people)
    places = places_by_id(call.session, [team.place_id for team in teams])
    return [
        {
            "id": team.id,
            "kind": team.kind,
            "name": team.name,
            "place": _place(places[team.place_id]),
            "members": [
                {
                    "person": {"id": member.person_id, "name": names[member.person_id]},
                    "leader": member.leader,
                }
                for member in members.get(team.id, [])
            ],
            "version": team.version,
        }
        for team in teams
    ]


def _place(place: Place) -> dict[str, Any]:
    return {"id": place.id, "name": place.name, "kind": place.kind}


@pairings_area.get(
    "",
    guard=SIGNED_IN,
    query=PairingsQuery,
    answer=list_of(PairingSchema),
    summary="Pairings of my community, and my own",
)
def list_pairings(call: Call) -> object:
    page = page_of(
        call.session,
        rosters.narrowed_pairings(rosters.visible_pairings(call.actor), call.query),
        order=(Pairing.since.desc(), Pairing.id.desc()),
        query=call.query,
        present=lambda pairing: pairing,
    )
    return page | {"items": _pairings(call, page["items"])}


@pairings_area.post(
    "",
    guard=COMMITTEE,
    body=NewPairingSchema,
    answer=PairingSchema,
    status=201,
    summary="Pair a member of a team with a building or unit",
)
def post_pairing(call: Call) -> object:
    return _pairings(call, [service.pair(call.session, call.actor, **call.body)])[0]


@pairings_area.delete("/<uuid:pairing_id>", guard=COMMITTEE, status=204, summary="End a pairing")
def delete_pairing(call: Call, pairing_id: UUID) -> None:
    service.unpair(call.session, call.actor, pairing_id)


def _pairings(call: Call, pairings: Sequence[Pairing]) -> list[dict[str, Any]]:
    team_ids = {pairing.team_id for pairing in pairings}
    teams = {
        team.id: team for team in call.session.scalars(select(Team).where(Team.id.in_(team_ids)))
    }
    names = people_named(call.session, {pairing.person_id for pairing in pairings})
    places = places_by_id(call.session, [pairing.place_id for pairing in pairings])
    texts = place_texts(call.session, places)
    return [
        {
            "id": pairing.id,
            "team": {
                "id": pairing.team_id,
                "name": teams[pairing.team_id].name,
                "kind": teams[pairing.team_id].kind,
            },
            "person": {"id": pairing.person_id, "name": names[pairing.person_id]},
            "place": _place(places[pairing.place_id]),
            "place_text": texts[pairing.place_id],
            "since": pairing.since,
            "coming": pairing.since > clock.today(),
        }
        for pairing in pairings
    ]
