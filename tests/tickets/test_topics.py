"""What repeats in a building is gathered, kept with what is to be done for good, and closed."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.errors import Invalid, NotFound, Stale
from app.tickets import present_topics
from app.tickets.models import Ticket
from app.tickets.models_doubles import Topic
from app.tickets.queries import topics as asked
from app.tickets.rules import Verb
from app.tickets.rules.topics import WITHIN, is_gathered
from app.tickets.service import topics
from app.tickets.service.topics import Cure
from tests.factories import tickets
from tests.factories.catalogue import category, change
from tests.factories.tickets import Neighbourhood, act

LAMPS = 3


def gathered(session: Session, here: Neighbourhood, at_least: int = LAMPS) -> list[Topic]:
    session.flush()
    topics.gather(session, here.community.id, at_least)
    session.flush()
    return list(session.scalars(select(Topic).order_by(Topic.opened_at)))


def lamps(session: Session, here: Neighbourhood, number: int = LAMPS) -> list[Ticket]:
    return [tickets.closed(session, here) for _ in range(number)]


def test_what_repeats_often_enough_in_one_building_is_one_topic(
    session: Session, here: Neighbourhood
) -> None:
    made = lamps(session, here)
    tickets.report(session, here, category="facility.lift")
    [topic] = gathered(session, here)
    assert (topic.category, topic.count) == ("facility.power_lighting", 3)
    assert topic.building_id == here.building.id
    assert set(asked.tickets_of(session, topic.id)) == set(made)
    assert (topic.first_at, topic.last_at) == (made[0].created_at, made[-1].created_at)


def test_less_is_no_topic_and_how_much_is_enough_can_be_set(
    session: Session, here: Neighbourhood
) -> None:
    lamps(session, here, 2)
    assert gathered(session, here) == []
    assert len(gathered(session, here, at_least=2)) == 1


def test_doubles_withdrawn_and_rejected_reports_and_open_ground_do_not_count(
    session: Session, here: Neighbourhood
) -> None:
    lamps(session, here, 2)
    head, double = tickets.report(session, here), tickets.report(session, here)
    act(session, here, double, "committee", Verb.JOIN, into_id=head.id)
    act(session, here, head, "volunteer", Verb.WITHDRAW)
    tickets.report(session, here, place_id=here.estate.id)
    assert gathered(session, here) == []


def test_gathering_again_adds_what_is_new_and_nothing_twice(
    session: Session, here: Neighbourhood
) -> None:
    lamps(session, here)
    [topic] = gathered(session, here)
    version = topic.version
    assert gathered(session, here) == [topic]
    assert (topic.count, topic.version) == (3, version)
    fourth = tickets.report(session, here)
    gathered(session, here)
    assert (topic.count, topic.last_at) == (4, fourth.created_at)


def test_it_is_over_once_it_was_quiet_and_a_later_run_of_repeats_is_another(
    session: Session, here: Neighbourhood
) -> None:
    lamps(session, here)
    [topic] = gathered(session, here)
    with clock.frozen(clock.now() + WITHIN / 2):
        gathered(session, here)
        assert topic.closed_at is None
    with clock.frozen(clock.now() + WITHIN):
        gathered(session, here)
        assert topic.closed_at == clock.now()
        lamps(session, here)
        found = gathered(session, here)
        assert [one.closed_at is None for one in found] == [False, True]
        assert found[1].count == 3


def test_while_anything_is_open_it_is_not_over(session: Session, here: Neighbourhood) -> None:
    lamps(session, here, 2)
    tickets.started(session, here)
    [topic] = gathered(session, here)
    with clock.frozen(clock.now() + WITHIN):
        gathered(session, here)
        assert topic.closed_at is None


def test_the_committee_and_the_company_see_it_and_others_do_not(
    session: Session, here: Neighbourhood
) -> None:
    lamps(session, here)
    [topic] = gathered(session, here)
    elsewhere = tickets.neighbourhood(session)
    for word in ("committee", "property"):
        assert asked.get(session, here.actors[word], topic.id) is topic
        assert session.scalars(asked.visible_to(here.actors[word])).all() == [topic]
        with pytest.raises(NotFound):
            asked.get(session, elsewhere.actors[word], topic.id)
    for word in ("owners", "social", "volunteer", "subdistrict"):
        with pytest.raises(NotFound):
            asked.get(session, here.actors[word], topic.id)


def test_the_company_sees_of_it_what_it_works_on(session: Session, here: Neighbourhood) -> None:
    lamps(session, here, 2)
    tickets.report(session, here)
    [topic] = gathered(session, here)
    desk = present_topics.detail(session, here.actors["committee"], topic)
    company = present_topics.detail(session, here.actors["property"], topic)
    assert (len(desk["tickets"]), desk["hidden"], desk["still_open"]) == (3, 0, 1)
    assert (len(company["tickets"]), company["hidden"], company["may_cure"]) == (2, 1, False)
    assert desk["tickets"][-1]["result"] == "换了灯管"


def test_complaints_about_the_company_are_gathered_for_the_committee_only(
    session: Session, here: Neighbourhood
) -> None:
    for _ in range(LAMPS):
        tickets.report(session, here, category="property_service.attitude")
    [topic] = gathered(session, here)
    assert asked.get(session, here.actors["committee"], topic.id) is topic
    with pytest.raises(NotFound):
        asked.get(session, here.actors["property"], topic.id)


def test_what_a_district_has_added_is_gathered_too_by_its_group(
    session: Session, here: Neighbourhood
) -> None:
    for group, name in (("order", "高空抛物劝导"), ("care", "陪着看病")):
        said = category("order.noise", name=name, code=None, group=group)
        change(session, here, said)
    for code in ("order.own1", "care.own1"):
        for _ in range(LAMPS):
            tickets.report(session, here, category=code)
    [topic] = gathered(session, here)
    assert (topic.category, topic.count) == ("order.own1", LAMPS)
    assert asked.get(session, here.actors["property"], topic.id) is topic
    assert present_topics.detail(session, here.actors["property"], topic)["category_name"] == (
        "高空抛物劝导"
    )


@pytest.mark.parametrize("code", ["care.need", "inquiry", "suggestion", "owners.fund"])
def test_what_is_about_a_person_a_wish_or_a_question_stays_apart(code: str) -> None:
    assert not is_gathered(code)


def test_what_is_done_for_good_has_an_owner_from_here_and_a_day(
    session: Session, here: Neighbourhood
) -> None:
    lamps(session, here)
    [topic] = gathered(session, here)
    desk, owners = here.actors["committee"], here.organisations["owners"].id
    far = tickets.neighbourhood(session).organisations["property"].id
    cure = Cure("整条线路换新", owners, clock.today())
    with pytest.raises(Invalid):
        topics.set_cure(session, desk, topic.id, topic.version, replace(cure, organisation_id=far))
    with pytest.raises(Stale):
        topics.set_cure(session, desk, topic.id, 99, cure)
    topics.set_cure(session, desk, topic.id, topic.version, cure)
    assert (topic.cure, topic.cure_org_id) == ("整条线路换新", owners)
    assert asked.get(session, here.actors["owners"], topic.id) is topic
