"""Every category against dates worked out by hand, across the Spring Festival and the National Day
of 2026, with their makeup days; and a year whose calendar nobody knows yet."""

from datetime import datetime

import pytest

from app.core.clock import LOCAL
from app.tickets.rules import CATEGORIES, ClockKind, Holder, Step, Verb, replay
from app.tickets.rules.explain import explain, is_certain
from app.tickets.rules.times import TIMES
from tests.factories.clocks import COMPANY, at

# Given out on Friday 13 February 2026 at 16:00. The Saturday is worked; 15 to 23 February are off;
# work begins again on Tuesday the 24th, and Saturday the 28th is worked too.
# category, accept, arrive, contained, resolve ("-": no time)
SPRING = """
emergency.lift_entrapment   02-13T16:05 02-13T16:15 -           02-13T18:00
emergency.gas_fire          02-13T16:05 02-13T16:05 -           -
emergency.burst_flood       02-13T16:05 02-13T16:15 02-13T18:00 02-14T16:00
emergency.falling_hazard    02-13T16:10 02-13T16:15 02-13T18:00 03-02T16:00
emergency.person_safety     02-13T16:05 02-13T16:15 -           -
facility.lift               02-13T17:00 02-13T17:00 -           02-14T16:00
facility.water_drain        02-13T17:00 02-13T18:00 -           02-14T16:00
facility.power_lighting     02-14T11:00 02-14T16:00 -           02-15T16:00
facility.access_gate        02-14T11:00 02-14T16:00 -           02-24T16:00
facility.fire_equipment     02-13T17:00 02-13T18:00 -           02-24T16:00
facility.building_fabric    02-14T16:00 02-24T16:00 -           02-27T16:00
facility.road_site          02-14T11:00 02-14T16:00 -           02-25T16:00
home.repair                 02-13T16:30 -           -           02-24T16:00
environment.cleaning        02-14T11:00 -           -           02-14T16:00
environment.waste           02-14T11:00 -           -           02-14T16:00
environment.green           02-14T11:00 -           -           02-25T16:00
environment.pest            02-14T11:00 -           -           02-25T16:00
order.fire_lane             02-13T18:00 02-14T11:00 -           02-14T16:00
order.ebike_wire            02-13T18:00 02-14T11:00 -           02-14T16:00
order.clutter               02-13T18:00 02-14T11:00 -           02-14T16:00
order.parking               02-14T11:00 -           -           02-25T16:00
order.noise                 02-14T11:00 -           -           02-25T16:00
order.pet                   02-14T11:00 -           -           02-25T16:00
violation.illegal_build     02-14T11:00 02-14T16:00 -           02-14T16:00
violation.group_rent        02-14T11:00 02-14T16:00 -           02-14T16:00
violation.load_wall         02-14T11:00 02-14T16:00 -           02-14T16:00
property_service.attitude   02-14T16:00 -           -           02-27T16:00
property_service.fee        02-14T16:00 -           -           02-27T16:00
property_service.disclosure 02-14T16:00 -           -           02-27T16:00
owners.fund                 02-14T16:00 -           -           02-27T16:00
owners.committee            02-14T16:00 -           -           02-27T16:00
owners.contract             02-14T16:00 -           -           02-27T16:00
neighbour.mediation         02-14T16:00 -           -           02-27T16:00
care.need                   02-14T11:00 -           -           02-25T16:00
volunteer.help              -           -           -           -
inquiry                     02-14T16:00 -           -           02-25T16:00
suggestion                  02-14T16:00 -           -           02-27T16:00
"""

# Given out on Wednesday 30 September 2026 at 17:00. 1 to 7 October are off; Thursday the 8th is
# worked, and so is Saturday the 10th.
AUTUMN = """
emergency.lift_entrapment   09-30T17:05 09-30T17:15 -           09-30T19:00
emergency.gas_fire          09-30T17:05 09-30T17:05 -           -
emergency.burst_flood       09-30T17:05 09-30T17:15 09-30T19:00 10-01T17:00
emergency.falling_hazard    09-30T17:10 09-30T17:15 09-30T19:00 10-15T17:00
emergency.person_safety     09-30T17:05 09-30T17:15 -           -
facility.lift               09-30T18:00 09-30T18:00 -           10-01T17:00
facility.water_drain        09-30T18:00 09-30T19:00 -           10-01T17:00
facility.power_lighting     10-08T12:00 10-08T17:00 -           10-02T17:00
facility.access_gate        10-08T12:00 10-08T17:00 -           10-09T17:00
facility.fire_equipment     09-30T18:00 09-30T19:00 -           10-09T17:00
facility.building_fabric    10-08T17:00 10-09T17:00 -           10-13T17:00
facility.road_site          10-08T12:00 10-08T17:00 -           10-10T17:00
home.repair                 09-30T17:30 -           -           10-09T17:00
environment.cleaning        10-08T12:00 -           -           10-08T17:00
environment.waste           10-08T12:00 -           -           10-08T17:00
environment.green           10-08T12:00 -           -           10-10T17:00
environment.pest            10-08T12:00 -           -           10-10T17:00
order.fire_lane             10-08T10:00 10-08T12:00 -           10-08T17:00
order.ebike_wire            10-08T10:00 10-08T12:00 -           10-08T17:00
order.clutter               10-08T10:00 10-08T12:00 -           10-08T17:00
order.parking               10-08T12:00 -           -           10-10T17:00
order.noise                 10-08T12:00 -           -           10-10T17:00
order.pet                   10-08T12:00 -           -           10-10T17:00
violation.illegal_build     10-08T12:00 10-08T17:00 -           10-01T17:00
violation.group_rent        10-08T12:00 10-08T17:00 -           10-01T17:00
violation.load_wall         10-08T12:00 10-08T17:00 -           10-01T17:00
property_service.attitude   10-08T17:00 -           -           10-13T17:00
property_service.fee        10-08T17:00 -           -           10-13T17:00
property_service.disclosure 10-08T17:00 -           -           10-13T17:00
owners.fund                 10-08T17:00 -           -           10-13T17:00
owners.committee            10-08T17:00 -           -           10-13T17:00
owners.contract             10-08T17:00 -           -           10-13T17:00
neighbour.mediation         10-08T17:00 -           -           10-13T17:00
care.need                   10-08T12:00 -           -           10-10T17:00
volunteer.help              -           -           -           -
inquiry                     10-08T17:00 -           -           10-10T17:00
suggestion                  10-08T17:00 -           -           10-13T17:00
"""
KINDS = (ClockKind.ACCEPT, ClockKind.ARRIVE, ClockKind.CONTAIN, ClockKind.RESOLVE)


def expected(table: str) -> dict[str, dict[ClockKind, str]]:
    found = {}
    for line in table.strip().splitlines():
        category, *dues = line.split()
        found[category] = {kind: due for kind, due in zip(KINDS, dues, strict=True) if due != "-"}
    return found


def given_out(category: str, moment: datetime) -> dict[ClockKind, str]:
    """When each clock of the lead is due, as month, day and local time."""
    clocks = replay([Step(Verb.DISPATCH, moment, to=COMPANY, category=category)], category)
    return {
        one.kind: f"{one.due_at.astimezone(LOCAL):%m-%dT%H:%M}"
        for one in clocks
        if one.limit.unit and one.holder is Holder.LEAD
    }


@pytest.mark.parametrize("category", CATEGORIES)
def test_across_the_spring_festival_every_category_is_due_as_worked_out_by_hand(
    category: str,
) -> None:
    assert given_out(category, at("2026-02-13T16:00")) == expected(SPRING)[category]


@pytest.mark.parametrize("category", CATEGORIES)
def test_across_the_national_day_every_category_is_due_as_worked_out_by_hand(
    category: str,
) -> None:
    assert given_out(category, at("2026-09-30T17:00")) == expected(AUTUMN)[category]


def test_every_category_has_its_times() -> None:
    assert set(TIMES) == set(CATEGORIES)


# when reported, category, until when the community's desk has passed it on
DESK = """
2026-02-13T17:50 home.repair             2026-02-14T09:20
2026-02-21T03:00 facility.lift           2026-02-24T10:00
2026-02-21T03:00 emergency.burst_flood   2026-02-21T03:05
2026-02-13T12:30 order.noise             2026-02-13T18:00
2026-10-10T20:00 inquiry                 2026-10-12T18:00
2026-11-24T10:30 volunteer.help          2026-11-25T10:30
2026-11-24T08:00 care.need               2026-11-24T15:00
"""


@pytest.mark.parametrize("line", DESK.strip().splitlines())
def test_the_communitys_desk_keeps_office_hours_except_for_emergencies(line: str) -> None:
    reported, category, due = line.split()
    desk = replay([Step(Verb.SUBMIT, at(reported))], category)
    assert [(one.holder, one.due_at) for one in desk] == [(Holder.COMMUNITY, at(due))]


def test_in_a_year_nobody_knows_yet_only_weekends_are_off_and_it_says_so() -> None:
    """The Spring Festival of 2027 will be from 6 February on; no calendar says so yet."""
    moment = at("2027-02-05T17:00")
    resolve = replay([Step(Verb.DISPATCH, moment, to=COMPANY)], "order.noise")[-1]
    assert resolve.due_at == at("2027-02-10T17:00")
    assert not is_certain(resolve)
    assert "2027 年的放假安排还没有公布，先按周末推算，公布后请再看一遍。" in explain(resolve)


def test_what_runs_day_and_night_needs_no_calendar() -> None:
    lift = replay([Step(Verb.DISPATCH, at("2027-02-05T17:00"), to=COMPANY)], "facility.lift")
    assert all(is_certain(one) for one in lift)
