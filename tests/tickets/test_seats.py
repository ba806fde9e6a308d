"""Who sits where, and that nobody ever reviews their own work."""

from dataclasses import replace
from itertools import product
from uuid import UUID, uuid4

import pytest

from app.identity.rules import Party
from app.tickets.rules import Reviewer, Seat, Standing, Work, reviewer_of, seats_of

ME, OTHER, MINE, THEIRS = uuid4(), uuid4(), uuid4(), uuid4()
WORK = Work(
    reporter_id=OTHER,
    lead_org_id=THEIRS,
    lead_party=Party.PROPERTY,
    co_org_ids=frozenset(),
    review_by=Reviewer.COMMUNITY_PARTY,
    resolved_by_id=OTHER,
)


def who(*parties: Party, orgs: tuple[UUID, ...] = (), **more: bool) -> Standing:
    return Standing(ME, frozenset(orgs), frozenset(parties), **more)


@pytest.mark.parametrize(
    ("lead", "category", "owners_here", "reviewer"),
    [
        (Party.PROPERTY, "facility.lift", True, Reviewer.COMMUNITY_PARTY),
        (Party.PROPERTY, "facility.lift", False, Reviewer.COMMUNITY_PARTY),
        (Party.PROPERTY, "owners.fund", True, Reviewer.OWNERS_COMMITTEE),
        (Party.PROPERTY, "owners.fund", False, Reviewer.COMMUNITY_PARTY),
        (Party.COMMUNITY_PARTY, "care.need", True, Reviewer.OWNERS_COMMITTEE),
        (Party.COMMUNITY_PARTY, "owners.fund", False, Reviewer.SUBDISTRICT),
        (Party.OWNERS_COMMITTEE, "owners.fund", True, Reviewer.COMMUNITY_PARTY),
        (Party.VOLUNTEER_TEAM, "volunteer.help", True, Reviewer.COMMUNITY_PARTY),
        (Party.SOCIAL_ORG, "care.need", False, Reviewer.COMMUNITY_PARTY),
    ],
)
def test_finished_work_is_looked_at_by_the_other_side(
    lead: Party, category: str, owners_here: bool, reviewer: Reviewer
) -> None:
    assert reviewer_of(lead, category, owners_here=owners_here) is reviewer


@pytest.mark.parametrize("lead", list(Party))
def test_no_party_is_its_own_reviewer(lead: Party) -> None:
    for category, owners_here in product(("owners.fund", "care.need"), (True, False)):
        assert reviewer_of(lead, category, owners_here=owners_here) != lead


def everybody() -> list[Standing]:
    """Every mixture of parties, own organisation, secretary's and subdistrict's post."""
    mixtures = product((False, True), repeat=len(Party) + 3)
    return [
        who(
            *(party for party, holds in zip(Party, parties, strict=False) if holds),
            orgs=(THEIRS,) if parties[-3] else (MINE,),
            secretary=parties[-2],
            subdistrict=parties[-1],
        )
        for parties in mixtures
    ]


@pytest.mark.parametrize("lead", list(Party))
@pytest.mark.parametrize("resolver", [ME, OTHER])
def test_nobody_reviews_their_own_work(lead: Party, resolver: UUID) -> None:
    for reviewer, standing in product(Reviewer, everybody()):
        work = replace(WORK, lead_party=lead, review_by=reviewer, resolved_by_id=resolver)
        own = resolver == ME or lead in standing.parties or THEIRS in standing.organisations
        if own:
            assert Seat.REVIEWER not in seats_of(work, standing)


@pytest.mark.parametrize(
    ("reviewer", "lead", "standing"),
    [
        (Reviewer.COMMUNITY_PARTY, Party.PROPERTY, who(Party.COMMUNITY_PARTY)),
        (Reviewer.OWNERS_COMMITTEE, Party.COMMUNITY_PARTY, who(Party.OWNERS_COMMITTEE)),
        (Reviewer.SUBDISTRICT, Party.COMMUNITY_PARTY, who(subdistrict=True)),
    ],
)
def test_the_other_side_does_review(reviewer: Reviewer, lead: Party, standing: Standing) -> None:
    work = replace(WORK, review_by=reviewer, lead_party=lead)
    assert Seat.REVIEWER in seats_of(work, standing)
    assert Seat.REVIEWER not in seats_of(work, who(Party.SOCIAL_ORG))


def test_nobody_reviews_what_nobody_leads() -> None:
    work = replace(WORK, lead_org_id=None, lead_party=None, review_by=None, resolved_by_id=None)
    assert seats_of(work, who(Party.COMMUNITY_PARTY)) == {Seat.COMMUNITY, Seat.ANY_PARTY}


def test_each_seat_comes_from_one_thing() -> None:
    cases = {
        Seat.REPORTER: (replace(WORK, reporter_id=ME), who()),
        Seat.COMMUNITY: (replace(WORK, review_by=None), who(Party.COMMUNITY_PARTY)),
        Seat.LEAD: (WORK, who(orgs=(THEIRS,))),
        Seat.CO: (replace(WORK, co_org_ids=frozenset({MINE})), who(orgs=(MINE,))),
        Seat.SECRETARY: (WORK, who(secretary=True)),
        Seat.SUBDISTRICT: (WORK, who(subdistrict=True)),
        Seat.ANY_PARTY: (WORK, who(Party.SOCIAL_ORG)),
    }
    for seat, (work, standing) in cases.items():
        assert seats_of(work, standing) - {Seat.ANY_PARTY} == {seat} - {Seat.ANY_PARTY}
        assert seat in seats_of(work, standing)


def test_a_stranger_has_no_seat_and_nobody_is_the_system() -> None:
    assert seats_of(WORK, who()) == frozenset()
    assert all(Seat.SYSTEM not in seats_of(WORK, standing) for standing in everybody())
