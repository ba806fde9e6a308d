"""The table of categories against the domain's, and the words that lists show."""

from app.identity.rules import Party
from app.tickets.rules import CATEGORIES, GROUP_NAMES, QUEUES, QUEUES_BY_KEY, TicketStatus, title_of

LED_BY = {
    "property": """emergency.lift_entrapment emergency.gas_fire emergency.burst_flood
        emergency.falling_hazard facility.lift facility.water_drain facility.power_lighting
        facility.access_gate facility.fire_equipment facility.building_fabric facility.road_site
        home.repair environment.cleaning environment.waste environment.green environment.pest
        order.fire_lane order.ebike_wire order.clutter order.parking order.noise order.pet
        violation.illegal_build violation.group_rent violation.load_wall
        property_service.attitude property_service.fee property_service.disclosure""",
    "community_party": """emergency.person_safety neighbour.mediation care.need
        inquiry suggestion""",
    "owners_committee": "owners.fund owners.committee owners.contract",
    "volunteer_team": "volunteer.help",
}


def test_every_category_is_led_by_the_party_of_the_domain() -> None:
    expected = {code: party for party, codes in LED_BY.items() for code in codes.split()}
    assert {code: one.lead.value for code, one in CATEGORIES.items()} == expected


def test_every_emergency_shows_whom_to_telephone_first() -> None:
    for one in CATEGORIES.values():
        assert bool(one.phones) is one.emergency
    assert CATEGORIES["emergency.lift_entrapment"].phones[0].number == "96333"
    assert CATEGORIES["emergency.gas_fire"].phones[0].number == "119"


def test_every_group_has_a_name_and_a_category() -> None:
    assert {one.group for one in CATEGORIES.values()} == set(GROUP_NAMES)


def test_only_complaints_about_the_company_are_about_the_company() -> None:
    about = {code for code, one in CATEGORIES.items() if one.about_the_company}
    assert about == {
        "property_service.attitude",
        "property_service.fee",
        "property_service.disclosure",
    }


def test_red_armbands_are_suggested_for_order_in_the_estate() -> None:
    assert CATEGORIES["order.fire_lane"].also == (Party.VOLUNTEER_TEAM,)


def test_a_title_is_the_first_sentence_and_fits_a_line() -> None:
    assert title_of("楼道灯不亮。三楼到五楼都不亮") == "楼道灯不亮"
    assert title_of("  灯坏了\n请来看") == "灯坏了"
    assert title_of("长" * 24) == "长" * 24
    assert title_of("长" * 25) == "长" * 23 + "…"


def test_the_keys_of_queues_are_unique_and_every_open_state_waits_somewhere() -> None:
    assert len(QUEUES_BY_KEY) == len(QUEUES)
    community = {
        state for queue in QUEUES if queue.scope == "community" for state in queue.statuses
    }
    ended = {TicketStatus.REJECTED, TicketStatus.WITHDRAWN}
    assert community == set(TicketStatus) - ended
