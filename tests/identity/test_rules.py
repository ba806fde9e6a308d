"""The pure rules of identity, by table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.identity.rules import (
    KIND_NAMES,
    PARTY_NAMES,
    PLACE_KIND_NAMES,
    ROLE_NAMES,
    Home,
    OrganisationKind,
    Party,
    PlaceKind,
    Role,
    clean_phone,
    home_of,
    idle_limit,
    is_office,
    mask_phone,
    may_invite,
    party_of,
    weak_password,
)

K = OrganisationKind


def test_the_residents_committee_acts_for_the_community_party_and_is_no_sixth_party() -> None:
    assert party_of(K.RESIDENTS_COMMITTEE) is Party.COMMUNITY_PARTY
    assert {party_of(kind) for kind in K} == {*Party, None}
    assert party_of(K.SUBDISTRICT) is None
    assert party_of(K.DISTRICT) is None


@pytest.mark.parametrize(
    ("kinds", "home"),
    [
        ([], Home.VOLUNTEER),
        ([K.VOLUNTEER_TEAM], Home.VOLUNTEER),
        ([K.PROPERTY], Home.PROPERTY),
        ([K.VOLUNTEER_TEAM, K.RESIDENTS_COMMITTEE], Home.COMMITTEE),
        ([K.COMMUNITY_PARTY], Home.COMMITTEE),
        ([K.OWNERS_COMMITTEE], Home.OWNERS),
        ([K.SOCIAL_ORG], Home.SOCIAL),
        ([K.SUBDISTRICT], Home.SUBDISTRICT),
        ([K.DISTRICT], Home.SUBDISTRICT),
        ([K.PROPERTY, K.SUBDISTRICT], Home.PROPERTY),
    ],
)
def test_the_first_screen_follows_from_the_posts(kinds: list[K], home: Home) -> None:
    assert home_of(kinds) is home


def test_only_volunteers_keep_a_long_session() -> None:
    assert [kind for kind in K if not is_office(kind)] == [K.VOLUNTEER_TEAM]
    assert idle_limit(office=True).total_seconds() == 30 * 60
    assert idle_limit(office=False).days == 30


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("199 0000 0001", "19900000001"),
        ("+86 199-0000-0001", "19900000001"),
        ("8619900000001", "19900000001"),
        ("86190000000", "86190000000"),  # eleven digits that only begin like a country code
        ("12345", "12345"),
    ],
)
def test_a_number_is_read_as_people_write_it(written: str, clean: str) -> None:
    assert clean_phone(written) == clean


def test_a_masked_number_hides_the_middle() -> None:
    assert mask_phone("19900000001") == "199****0001"


@pytest.mark.parametrize(
    ("password", "weak"),
    [
        ("1234567", True),
        ("aaaaaaaa", True),
        ("19900000001", True),
        ("my19900000001x", True),
        ("99000000", True),
        ("honglin-demo", False),
        ("红红火火过大年", True),
        ("楼道灯亮了真好看", False),
    ],
)
def test_weak_passwords_are_named(password: str, weak: bool) -> None:
    assert bool(weak_password(password, "19900000001")) is weak


@given(st.text(max_size=60))
def test_no_password_makes_the_rule_fail(password: str) -> None:
    said = weak_password(password, "19900000001")
    assert said is None or said.endswith("。")


@pytest.mark.parametrize("kind", K)
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("committee", [True, False])
def test_who_may_invite_whom(kind: K, role: Role, own: bool, committee: bool) -> None:
    upper = kind in (K.SUBDISTRICT, K.DISTRICT)
    expected = role is not Role.ADMIN and (own or (committee and not upper))
    assert may_invite(kind, role, own=own, committee=committee) is expected


def test_everything_shown_to_people_has_a_chinese_name() -> None:
    assert set(PARTY_NAMES) == set(Party)
    assert set(KIND_NAMES) == set(K)
    assert set(ROLE_NAMES) == set(Role)
    assert set(PLACE_KIND_NAMES) == set(PlaceKind)
