"""What is asked while somebody types, and saying "I met that too"."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.core.errors import Conflict, Invalid, NotFound
from app.tickets import present, present_doubles
from app.tickets.models import Ticket
from app.tickets.queries import doubles as asked
from app.tickets.rules import Verb
from app.tickets.rules.refusals import TicketOver
from app.tickets.service import doubles
from tests.factories import places, tickets
from tests.factories.tickets import Neighbourhood, act

LAMP = "三楼楼道灯不亮，老人摔了一跤"
ALIKE = "3楼楼道的灯坏了"


def hints(
    session: Session, here: Neighbourhood, by: str, text: str = ALIKE, **said: Any
) -> list[dict[str, Any]]:
    session.flush()
    actor, place = here.actors[by], said.get("place", here.unit)
    found = doubles.alike(session, actor, place.id, text, said.get("category"))
    where = present_doubles.building_text(session, place)
    return [present_doubles.hint(one, actor, where) for one in found]


def test_a_neighbour_hears_that_it_was_reported_and_nothing_of_whom_or_how(
    session: Session, here: Neighbourhood
) -> None:
    ticket = tickets.started(session, here, text=LAMP)
    [hint] = hints(session, here, "social")
    assert hint["id"] == ticket.id
    assert (hint["number"], hint["title"], hint["seen"]) == (None, None, False)
    assert (hint["category_name"], hint["standing_name"]) == ("公共照明用电", "正在处理")
    assert hint["place_text"].endswith(here.building.name)
    assert here.unit.name not in hint["place_text"]
    for secret in (ticket.number, "老人", here.actors["volunteer"].name):
        assert secret not in str(hint)


def test_who_may_see_it_is_told_its_number(session: Session, here: Neighbourhood) -> None:
    ticket = tickets.report(session, here, text=LAMP)
    for word in ("volunteer", "committee", "owners"):
        [hint] = hints(session, here, word)
        assert (hint["number"], hint["seen"]) == (ticket.number, True)
        assert hint["mine"] is (word == "volunteer")
        assert hint["joinable"] is (word != "volunteer")


@pytest.mark.parametrize(
    "said",
    [
        {"category": "home.repair", "public_area": False, "agreed_by": "本人"},
        {"category": "property_service.attitude"},
        {"category": "care.need"},
        {"category": "order.noise"},
        {"public_area": False, "agreed_by": "本人"},
    ],
)
def test_of_people_homes_and_complaints_nobody_hears(
    session: Session, here: Neighbourhood, said: dict[str, Any]
) -> None:
    tickets.report(session, here, text=LAMP, **said)
    assert hints(session, here, "social", category=said.get("category")) == []
    assert len(hints(session, here, "committee")) == 1


def test_only_what_is_alike_and_here_and_not_long_over_is_shown(
    session: Session, here: Neighbourhood
) -> None:
    tickets.report(session, here, text="垃圾桶满了", category="environment.waste")
    tickets.report(session, here, text=LAMP, place_id=here.estate.id)
    gone = tickets.report(session, here, text=LAMP)
    act(session, here, gone, "volunteer", Verb.WITHDRAW)
    assert hints(session, here, "social") == []
    assert len(hints(session, here, "social", place=here.estate)) == 1
    ticket = tickets.closed(session, here, text=LAMP)
    [hint] = hints(session, here, "social")
    assert (hint["id"], hint["standing_name"], hint["joinable"]) == (ticket.id, "刚办完", False)
    with tickets.later(days=8):
        assert hints(session, here, "social") == []


def test_of_another_community_nobody_asks(session: Session, here: Neighbourhood) -> None:
    elsewhere = tickets.neighbourhood(session)
    for place in (elsewhere.unit, places.unit(session, elsewhere.community)):
        with pytest.raises(Invalid):
            hints(session, here, "volunteer", place=place)


def follow(session: Session, here: Neighbourhood, ticket: Ticket, by: str = "social") -> Ticket:
    session.flush()
    return doubles.follow(session, here.actors[by], ticket.id, "五楼也不亮", [])


def test_who_met_it_too_follows_it_and_reads_only_that_it_moves(
    session: Session, here: Neighbourhood
) -> None:
    ticket = tickets.started(session, here, text=LAMP)
    follow(session, here, ticket)
    actor = here.actors["social"]
    heard = present_doubles.followed(session, actor, asked.heard_of(session, actor, ticket.id))
    assert [step["name"] for step in heard["steps"]] == ["接单", "派单", "受理", "报事"]
    assert (heard["following"], heard["own_words"]) == (True, ["五楼也不亮"])
    for secret in (ticket.number, "老人", here.actors["volunteer"].name):
        assert secret not in str(heard)
    act(
        session, here, ticket, "property", Verb.RESOLVE, what_was_done="换了灯", nothing_to_see=True
    )
    assert present_doubles.followed(session, actor, ticket)["result"] == "换了灯"


def test_what_they_add_is_for_who_works_on_it_and_their_name_for_the_community(
    session: Session, here: Neighbourhood
) -> None:
    ticket = tickets.started(session, here, text=LAMP)
    follow(session, here, ticket)

    def line(to: str) -> tuple[str, str]:
        told = present.detail(session, here.actors[to], ticket)["timeline"]
        entry = next(one for one in told if one["verb"] == "also_met")
        return entry["by_name"], entry["text"]

    name = here.actors["social"].name
    assert line("volunteer") == ("邻居", "")
    assert line("property") == ("邻居", "五楼也不亮")
    assert line("committee") == (name, "五楼也不亮")


def test_a_photo_of_a_public_part_may_come_with_it(session: Session, here: Neighbourhood) -> None:
    ticket = tickets.started(session, here, text=LAMP)
    photo = tickets.picture(session, here.actors["social"])
    session.flush()
    doubles.follow(session, here.actors["social"], ticket.id, "", [photo])
    assert [one.hash for one in ticket.photos] == [photo]


def test_saying_it_twice_follows_once_and_leaving_ends_it(
    session: Session, here: Neighbourhood
) -> None:
    ticket = tickets.started(session, here)
    follow(session, here, ticket)
    follow(session, here, ticket)
    assert asked.followers(session, ticket.id) == [here.actors["social"].id]
    doubles.unfollow(session, here.actors["social"], ticket.id)
    assert asked.followers(session, ticket.id) == []
    for ask in (doubles.unfollow, asked.heard_of):
        with pytest.raises(NotFound):
            ask(session, here.actors["social"], ticket.id)


def test_nobody_follows_what_neighbours_do_not_hear_of(
    session: Session, here: Neighbourhood
) -> None:
    care = tickets.report(session, here, category="care.need")
    elsewhere = tickets.neighbourhood(session)
    far = tickets.report(session, elsewhere)
    for ticket in (care, far):
        with pytest.raises(NotFound):
            follow(session, here, ticket)
    with pytest.raises(TicketOver):
        follow(session, here, tickets.closed(session, here))
    with pytest.raises(Conflict):
        follow(session, here, tickets.report(session, here), "volunteer")


def test_of_what_was_joined_one_follows_the_other(session: Session, here: Neighbourhood) -> None:
    head, double = tickets.report(session, here, text=LAMP), tickets.report(session, here, "owners")
    act(session, here, double, "committee", Verb.JOIN, into_id=head.id)
    assert follow(session, here, double) is head
    owners, social = here.actors["owners"], here.actors["social"]
    assert set(asked.followers(session, head.id)) == {owners.id, social.id}
    assert asked.heard_of(session, owners, head.id) is head
