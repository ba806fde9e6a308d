"""Who is told of what, line by line, and who is not."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.notifications.rules import tickets, visits
from app.notifications.rules.table import ROWS
from app.notifications.rules.telling import (
    KIND_NAMES,
    TTL_SECONDS,
    Kind,
    Pressing,
    Seat,
    Tell,
    Urgency,
    each_once,
)
from app.tickets.rules import Verb

R, L, F, C = Seat.REPORTER, Seat.LEAD, Seat.FORMER_LEAD, Seat.CO
B, V, S = Seat.COMMITTEE, Seat.REVIEWER, Seat.SUBDISTRICT

# verb: who has something to do now, who is asked to help, who only hears of it, who is rung
TICKETS: dict[Verb, tuple[set[Seat], set[Seat], set[Seat], set[Seat]]] = {
    Verb.SUBMIT: ({B}, set(), set(), {B}),
    Verb.ACCEPT: (set(), set(), {R}, set()),
    Verb.REJECT: (set(), set(), {R}, {R}),
    Verb.WITHDRAW: (set(), set(), {L, C, B}, {L}),
    Verb.DISPATCH: ({L}, {C}, {F, R}, {L, C}),
    Verb.ARBITRATE: ({L}, {C}, {F, R}, {L, C, F}),
    Verb.START: (set(), set(), {R}, set()),
    Verb.RETURN: ({B}, set(), set(), {B}),
    Verb.SUSPEND: ({B}, set(), {R}, {B, R}),
    Verb.APPROVE_SUSPENSION: (set(), set(), {L}, {L}),
    Verb.RESUME: ({L}, set(), {R}, {L}),
    Verb.ARRIVE: (set(), set(), {R}, set()),
    Verb.CONTAIN: (set(), set(), {B, R}, {B, R}),
    Verb.HAND_ON: ({Seat.DUTY}, set(), set(), {Seat.DUTY}),
    Verb.FINISH_PART: (set(), set(), {L}, {L}),
    Verb.RESOLVE: ({V}, set(), {R}, {V}),
    Verb.REVIEW: ({R}, set(), {L}, {R}),
    Verb.SEND_BACK: ({L}, set(), set(), {L}),
    Verb.CLOSE: (set(), set(), {L, C, R}, set()),
    Verb.REOPEN: ({L}, set(), {B, R}, {L, B, R}),
    Verb.PROPOSE: (set(), set(), {B}, {B}),
    Verb.DELIBERATE: (set(), set(), {L, C, V, R}, {L, C, V, R}),
    Verb.CONCLUDE: ({L}, set(), {F, R}, {L, F, R}),
    Verb.ESCALATE: ({S}, set(), {L, R}, {S, R}),
    Verb.ANSWER: ({B}, set(), {L, R}, {B, L, R}),
    Verb.SUPERVISE: ({L}, set(), {B, S}, {L, B}),
    Verb.JOIN: (set(), set(), {L, C, R}, {R}),
    Verb.TAKE_APART: ({L}, set(), {R}, {L, R}),
}
NEAR = {Seat.BUILDING_HEAD, Seat.TEAM_LEADER}
VISITS: dict[visits.Fact, tuple[set[Seat], set[Seat]]] = {
    visits.Fact.ASKED: ({Seat.VISITOR}, {Seat.VISITOR}),
    visits.Fact.HOUSEHOLDS_WITHOUT_PERSON: ({B}, {B}),
    visits.Fact.ROUND_CANCELLED: ({Seat.VISITOR}, {Seat.VISITOR}),
    visits.Fact.VISIT_CANCELLED: ({Seat.VISITOR, Seat.PARTNER}, {Seat.VISITOR, Seat.PARTNER}),
    visits.Fact.TURNED_DOWN: ({B}, set()),
    visits.Fact.GOING_TOGETHER: ({Seat.PARTNER}, {Seat.PARTNER}),
    visits.Fact.GO_AGAIN: ({Seat.VISITOR}, {Seat.VISITOR}),
    visits.Fact.WANTS_CALL: ({B}, {B}),
    visits.Fact.WELLNESS_CHECK: (NEAR | {B}, NEAR | {B}),
    visits.Fact.NOBODY_ANSWERS: ({Seat.BUILDING_HEAD, B}, {Seat.BUILDING_HEAD, B}),
    visits.Fact.DISPUTED: ({Seat.TEAM_LEADER, B}, {Seat.TEAM_LEADER}),
    visits.Fact.PICKED: ({Seat.VISITOR}, set()),
    visits.Fact.SET_RIGHT: ({Seat.SENDER}, set()),
    visits.Fact.STRAY_HANDED_IN: ({Seat.TEAM_LEADER, B}, {Seat.TEAM_LEADER}),
    visits.Fact.STRAY_ENTERED: ({Seat.SENDER}, {Seat.SENDER}),
    visits.Fact.STRAY_DROPPED: ({Seat.SENDER}, {Seat.SENDER}),
    visits.Fact.DOORS_HANDED: ({Seat.VISITOR}, {Seat.VISITOR}),
    visits.Fact.VISITS_HANDED: ({Seat.VISITOR}, {Seat.VISITOR}),
    visits.Fact.ONE_ASKED: ({Seat.VISITOR}, {Seat.VISITOR}),
    visits.Fact.MONTH_ASKED: ({Seat.VISITOR}, {Seat.VISITOR}),
    visits.Fact.MONTH_WITHDRAWN: ({Seat.VISITOR}, set()),
    visits.Fact.PATROLS_ASKED: ({Seat.VISITOR}, {Seat.VISITOR}),
    visits.Fact.PATROL_CANCELLED: ({Seat.VISITOR}, {Seat.VISITOR}),
    visits.Fact.WISHED_VISIT: ({Seat.VISITOR, B}, {Seat.VISITOR, B}),
    visits.Fact.WISHED_NONE: ({Seat.VISITOR, B}, {Seat.VISITOR, B}),
}
EVERY_LINE = list(dict.fromkeys(row.line for row in ROWS))


def test_every_move_of_a_ticket_says_whom_it_tells() -> None:
    assert set(tickets.MOVED) == set(Verb) == set(TICKETS)


@pytest.mark.parametrize("verb", list(Verb))
def test_these_and_no_others_are_told_of_a_move(verb: Verb) -> None:
    lines = tickets.MOVED[verb]
    todo, helping, news, rung = TICKETS[verb]
    assert {line.seat for line in lines if line.kind is Kind.TICKET_TODO} == todo
    assert {line.seat for line in lines if line.kind is Kind.TICKET_HELP} == helping
    assert {line.seat for line in lines if line.kind is Kind.TICKET_NEWS} == news
    assert {line.seat for line in lines if line.rings} == rung
    assert len(lines) == len(todo | helping | news)


@pytest.mark.parametrize("fact", list(visits.Fact))
def test_these_and_no_others_are_told_of_a_visit(fact: visits.Fact) -> None:
    told, rung = VISITS[fact]
    assert {line.seat for line in visits.TABLE[fact]} == told
    assert {line.seat for line in visits.TABLE[fact] if line.rings} == rung


@pytest.mark.parametrize("line", EVERY_LINE, ids=lambda line: f"{line.seat}-{line.title}")
def test_words_are_short_and_hold_no_digits(line: Tell) -> None:
    assert 4 <= len(line.title) <= 20
    assert not any(character.isdigit() for character in line.title)
    assert "立即" not in line.title
    assert "马上" not in line.title


def test_whoever_has_something_to_do_is_rung() -> None:
    assert all(line.rings for line in EVERY_LINE if line.kind.value.endswith("_todo"))


def test_every_kind_has_a_name_and_every_urgency_a_lifetime() -> None:
    assert set(KIND_NAMES) == set(Kind)
    assert set(TTL_SECONDS) == set(Urgency)


@pytest.mark.parametrize("verb", list(Verb))
def test_a_move_settles_what_waited_for_it(verb: Verb) -> None:
    settled = set(tickets.settled_by(verb))
    stays = verb in {
        Verb.ARRIVE, Verb.CONTAIN, Verb.HAND_ON, Verb.FINISH_PART, Verb.PROPOSE, Verb.SUPERVISE,
    }  # fmt: skip
    over = verb in {Verb.WITHDRAW, Verb.CLOSE, Verb.REJECT, Verb.RETURN, Verb.JOIN}
    assert (Kind.TICKET_TODO in settled) is not stays
    assert (Kind.TICKET_HELP in settled) is over
    assert Kind.TICKET_NEWS not in settled


def test_at_any_hour_who_is_on_duty_is_rung_and_all_only_where_a_life_is_in_danger() -> None:
    at_any_hour = [row for row in ROWS if row.line.at_any_hour]
    assert {(row.event, row.case, row.line.seat) for row in at_any_hour} == {
        ("TicketOpened", "sent", Seat.LEAD),
        ("TicketOpened", "watched", Seat.DUTY),
        ("TicketMoved", "accept_sent", Seat.LEAD),
        ("CallOpened", "opened", Seat.CALLED_DUTY),
        ("CallOpened", "danger", Seat.CALLED_DUTY),
        ("CallOpened", "danger", Seat.CALLED),
    }


def test_only_the_lead_of_an_emergency_ticket_is_rung_at_any_hour() -> None:
    ticket_lines = [line for lines in tickets.MOVED.values() for line in lines]
    at_night = [line for line in tickets.pressed(ticket_lines) if line.at_any_hour]
    assert {line.seat for line in at_night} == {Seat.LEAD}
    assert {line.kind for line in at_night} == {Kind.TICKET_TODO}


def test_an_emergency_is_pressing_and_says_so() -> None:
    plain = tickets.MOVED[Verb.DISPATCH]
    pressing = tickets.pressed(plain)
    assert pressing[0].pressing is Pressing.EMERGENCY
    assert pressing[0].title == "【应急】" + plain[0].title
    assert pressing[1:] == plain[1:]


def test_who_reported_an_emergency_is_asked_as_calmly_as_ever() -> None:
    plain = tickets.MOVED[Verb.REVIEW]
    assert tickets.pressed(plain) == plain


def test_who_did_it_is_not_told() -> None:
    me, you = uuid4(), uuid4()
    line = Tell(Seat.LEAD, Kind.TICKET_TODO, "请接单")
    assert each_once([line], {Seat.LEAD: [me, you]}, me) == {line: {you: None}}


def test_nobody_is_told_the_same_fact_twice() -> None:
    both = uuid4()
    first = Tell(Seat.LEAD, Kind.TICKET_TODO, "请接单")
    second = Tell(Seat.REPORTER, Kind.TICKET_NEWS, "派出去了")
    seated = {Seat.LEAD: [both, both], Seat.REPORTER: [both]}
    assert each_once([first, second], seated, None) == {first: {both: None}}


def test_it_is_kept_for_which_organisation_somebody_is_told() -> None:
    me, you, company = uuid4(), uuid4(), uuid4()
    line = Tell(Seat.LEAD, Kind.TICKET_TODO, "请接单")
    seated = {Seat.LEAD: {me: company, you: company}}
    assert each_once([line], seated, me) == {line: {you: company}}


@given(
    st.lists(st.sampled_from(EVERY_LINE), unique=True),
    st.dictionaries(st.sampled_from(list(Seat)), st.lists(st.uuids(), max_size=5)),
    st.uuids() | st.none(),
)
def test_whoever_sits_anywhere_hears_at_most_once(
    lines: list[Tell], seated: dict[Seat, list[UUID]], actor: UUID | None
) -> None:
    heard = [person for people in each_once(lines, seated, actor).values() for person in people]
    assert len(heard) == len(set(heard))
    assert actor not in heard
    seats = {line.seat for line in lines}
    expected = {person for seat in seats for person in seated.get(seat, [])} - {actor}
    assert set(heard) == expected
