"""A district changes the table of categories, a contract says its own times, a year is imported:
what holds, what is told of it, and which running clocks move."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.core import calendar, clock
from app.core.calendar import Almanac
from app.core.errors import Invalid, NotAllowed, NotFound, Stale
from app.tickets import catalogue, present, queries
from app.tickets.rules import Verb
from app.tickets.service import catalogue as editing
from tests.factories import tickets
from tests.factories.catalogue import agree, category, change, contract, dues, limit, noise, times
from tests.factories.clocks import at
from tests.factories.tickets import Neighbourhood

V = Verb
LAMP = "facility.power_lighting"  # 4 working hours, 1 working day, 48 hours
NOISE = "order.noise"  # 4 working hours, 3 working days
MORNING = at("2026-11-24T10:00")


@pytest.fixture(autouse=True)
def morning() -> Iterator[None]:
    """A Tuesday at ten, with the calendar that came with the program."""
    with clock.frozen(MORNING):
        yield
    calendar.use(Almanac())


def names(here: Neighbourhood) -> dict[str, str]:
    return {one.code: one.name for one in catalogue.of(here.community.id).offered()}


def test_a_renamed_category_shows_its_new_name_on_old_tickets_too(
    session: Session, here: Neighbourhood
) -> None:
    ticket = noise(session, here)
    change(session, here, category(NOISE, name="噪音扰民"))
    assert names(here)[NOISE] == "噪音扰民"
    shown = present.detail(session, here.actors["committee"], ticket)
    assert (shown["category"], shown["category_name"]) == (NOISE, "噪音扰民")


def test_a_renamed_category_is_found_by_its_new_name_for_old_tickets_too(
    session: Session, here: Neighbourhood
) -> None:
    ticket, other = noise(session, here), tickets.report(session, here)
    session.commit()

    def found(words: str) -> list[str]:
        rows, _ = queries.page(session, here.actors["committee"], {"q": words, "limit": 9})
        return [row.number for row in rows]

    assert found("噪音扰民") == []
    change(session, here, category(NOISE, name="噪音扰民"))
    assert found("噪音扰民") == [ticket.number]
    assert other.number in found("照明")


def test_what_is_switched_off_is_readable_on_old_tickets_and_taken_for_no_new_one(
    session: Session, here: Neighbourhood
) -> None:
    ticket = noise(session, here)
    change(session, here, category(NOISE, off=True))
    assert NOISE not in names(here)
    assert present.detail(session, here.actors["committee"], ticket)["category_name"] == "噪声"
    with pytest.raises(Invalid) as refused:
        tickets.report(session, here, category=NOISE)
    assert "category" in refused.value.errors
    change(session, here, category(NOISE, version=1))
    assert tickets.report(session, here, category=NOISE).category == NOISE


def test_a_district_adds_a_category_of_its_own_inside_a_group(
    session: Session, here: Neighbourhood
) -> None:
    said = category(NOISE, name="高空抛物劝导", code=None, group="order")
    change(session, here, said)
    assert names(here)["order.own1"] == "高空抛物劝导"
    ticket = tickets.dispatched(session, here, category="order.own1")
    assert dues(session, ticket)["lead", "resolve"] == at("2026-11-27T10:00")
    codes = list(names(here))
    assert codes.index("order.own1") == codes.index("order.pet") + 1
    other = category(NOISE, name="楼道打扫", code=None, group="environment")
    change(session, here, other)
    assert {"order.own1", "environment.own1"} <= set(names(here))


def test_an_emergency_of_a_districts_own_shows_whom_to_telephone(
    session: Session, here: Neighbourhood
) -> None:
    lift = "emergency.lift_entrapment"
    change(session, here, category(lift, name="水箱爆裂", code=None, group="emergency"))
    added = catalogue.of(here.community.id).category("emergency.own1")
    assert added.emergency
    assert [phone.number for phone in added.phones] == ["110", "119", "120"]


def test_an_emergency_goes_to_the_party_that_the_district_says(
    session: Session, here: Neighbourhood
) -> None:
    flood = "emergency.burst_flood"
    change(session, here, category(flood, lead_party="community_party"))
    ticket = tickets.report(session, here, category=flood)
    assert ticket.lead_party == "community_party"


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"name": "停车"}, "name"),
    ({"name": " "}, "name"),
    ({"code": "order.nothing"}, "code"),
    ({"code": None, "group": "nothing", "name": "新的"}, "group"),
    ({"times": times(NOISE, resolve=None)}, "times.resolve"),
    ({"times": times(NOISE, accept=None)}, "times.accept"),
]


@pytest.mark.parametrize(("other", "wrong"), WRONG)
def test_what_does_not_fit_is_refused_with_its_field(
    session: Session, here: Neighbourhood, other: dict[str, Any], wrong: str
) -> None:
    with pytest.raises(Invalid) as refused:
        editing.change_category(session, here.actors["district"], category(NOISE) | other)
    assert wrong in refused.value.errors


def test_only_an_administrator_of_the_district_changes_it_and_never_over_a_newer_change(
    session: Session, here: Neighbourhood
) -> None:
    for word in ("committee", "subdistrict", "property"):
        with pytest.raises(NotAllowed):
            editing.change_category(session, here.actors[word], category(NOISE))
    change(session, here, category(NOISE, name="噪音"))
    with pytest.raises(Stale):
        change(session, here, category(NOISE, name="吵闹"))


def test_another_district_keeps_its_own_table(session: Session, here: Neighbourhood) -> None:
    elsewhere = tickets.neighbourhood(session)
    session.commit()
    change(
        session, here, category(NOISE, name="噪音扰民", times=times(NOISE, resolve=limit(1, "wd")))
    )
    assert names(elsewhere)[NOISE] == "噪声"
    assert dues(session, noise(session, elsewhere))["lead", "resolve"] == at("2026-11-27T10:00")
    assert dues(session, noise(session, here))["lead", "resolve"] == at("2026-11-25T10:00")


def test_a_time_that_is_added_later_runs_from_the_same_start_and_one_taken_away_ends(
    session: Session, here: Neighbourhood
) -> None:
    ticket = noise(session, here)
    assert change(session, here, category(NOISE, times=times(NOISE, arrive=limit(1, "wd")))) == 1
    assert dues(session, ticket)["lead", "arrive"] == at("2026-11-25T10:00")
    assert change(session, here, category(NOISE, version=1)) == 1
    assert ("lead", "arrive") not in dues(session, ticket)
    assert dues(session, ticket)["lead", "resolve"] == at("2026-11-27T10:00")


def test_a_contract_has_its_own_times_for_what_its_company_leads_and_says_so(
    session: Session, here: Neighbourhood
) -> None:
    ticket, company = noise(session, here), here.organisations["property"]
    said = contract(company.id, NOISE, arrive=limit(2, "wh"), resolve=limit(1, "wd"))
    assert agree(session, here, said) == 2
    assert dues(session, ticket) == {
        ("lead", "accept"): at("2026-11-24T16:00"),
        ("lead", "arrive"): at("2026-11-24T12:00"),
        ("lead", "resolve"): at("2026-11-25T10:00"),
    }
    shown = present.detail(session, here.actors["property"], ticket)["clocks"]
    why = {one["name"]: one["why"] for one in shown}
    assert why["办结"][1].startswith(f"按与{company.name}的合同，办结的时限是 1 个工作日")
    assert why["接单"][1].startswith("接单的时限是 4 个工作小时")
    led_by_community = tickets.dispatched(session, here, "social", category=NOISE)
    assert dues(session, led_by_community)["lead", "resolve"] == at("2026-11-27T10:00")


def test_a_contract_goes_before_what_the_district_says_and_ends_again(
    session: Session, here: Neighbourhood
) -> None:
    ticket, company = noise(session, here), here.organisations["property"]
    agree(session, here, contract(company.id, NOISE, resolve=limit(1, "wd")))
    assert change(session, here, category(NOISE, times=times(NOISE, resolve=limit(9, "wd")))) == 0
    assert dues(session, ticket)["lead", "resolve"] == at("2026-11-25T10:00")
    assert agree(session, here, contract(company.id, NOISE, version=1)) == 1
    assert dues(session, ticket)["lead", "resolve"] == at("2026-12-07T10:00")


def test_a_committee_enters_contracts_of_its_own_companies_only(
    session: Session, here: Neighbourhood
) -> None:
    stranger = tickets.neighbourhood(session).organisations["property"]
    for company in (stranger, here.organisations["social"]):
        with pytest.raises(NotFound):
            agree(session, here, contract(company.id, NOISE, resolve=limit(1, "wd")))
