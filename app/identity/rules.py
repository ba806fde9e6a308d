"""Who is who: parties, kinds of organisations, roles, and what follows from them. Pure."""

import re
from collections.abc import Collection
from datetime import timedelta
from enum import StrEnum


class Party(StrEnum):
    """The five parties of co-governance, 五方共治."""

    COMMUNITY_PARTY = "community_party"
    PROPERTY = "property"
    OWNERS_COMMITTEE = "owners_committee"
    VOLUNTEER_TEAM = "volunteer_team"
    SOCIAL_ORG = "social_org"


class OrganisationKind(StrEnum):
    """What an organisation is. The residents' committee acts for `community_party`."""

    COMMUNITY_PARTY = "community_party"
    RESIDENTS_COMMITTEE = "residents_committee"
    PROPERTY = "property"
    OWNERS_COMMITTEE = "owners_committee"
    VOLUNTEER_TEAM = "volunteer_team"
    SOCIAL_ORG = "social_org"
    SUBDISTRICT = "subdistrict"
    DISTRICT = "district"


class Role(StrEnum):
    """What a person is in an organisation."""

    MEMBER = "member"
    LEADER = "leader"
    DISPATCHER = "dispatcher"
    CLERK = "clerk"
    SECRETARY = "secretary"
    OFFICER = "officer"
    ADMIN = "admin"


class PlaceKind(StrEnum):
    """The tree of places, from the district down; households hang under units."""

    DISTRICT = "district"
    SUBDISTRICT = "subdistrict"
    COMMUNITY = "community"
    ESTATE = "estate"
    BUILDING = "building"
    UNIT = "unit"


class Home(StrEnum):
    """The first screen that fits what a person does here."""

    VOLUNTEER = "volunteer"
    PROPERTY = "property"
    COMMITTEE = "committee"
    OWNERS = "owners"
    SOCIAL = "social"
    SUBDISTRICT = "subdistrict"


PARTY_NAMES = {
    Party.COMMUNITY_PARTY: "社区",
    Party.PROPERTY: "物业",
    Party.OWNERS_COMMITTEE: "业委会",
    Party.VOLUNTEER_TEAM: "志愿者队伍",
    Party.SOCIAL_ORG: "社会组织",
}
KIND_NAMES = {
    OrganisationKind.COMMUNITY_PARTY: "社区党组织",
    OrganisationKind.RESIDENTS_COMMITTEE: "居委会",
    OrganisationKind.PROPERTY: "物业公司",
    OrganisationKind.OWNERS_COMMITTEE: "业委会",
    OrganisationKind.VOLUNTEER_TEAM: "志愿者队伍",
    OrganisationKind.SOCIAL_ORG: "社会组织",
    OrganisationKind.SUBDISTRICT: "街道",
    OrganisationKind.DISTRICT: "区",
}
ROLE_NAMES = {
    Role.MEMBER: "成员",
    Role.LEADER: "负责人",
    Role.DISPATCHER: "调度员",
    Role.CLERK: "干事",
    Role.SECRETARY: "书记",
    Role.OFFICER: "科员",
    Role.ADMIN: "管理员",
}
PLACE_KIND_NAMES = {
    PlaceKind.DISTRICT: "区",
    PlaceKind.SUBDISTRICT: "街道",
    PlaceKind.COMMUNITY: "社区",
    PlaceKind.ESTATE: "小区",
    PlaceKind.BUILDING: "楼栋",
    PlaceKind.UNIT: "单元",
}

PARTY_OF = {
    OrganisationKind.COMMUNITY_PARTY: Party.COMMUNITY_PARTY,
    OrganisationKind.RESIDENTS_COMMITTEE: Party.COMMUNITY_PARTY,
    OrganisationKind.PROPERTY: Party.PROPERTY,
    OrganisationKind.OWNERS_COMMITTEE: Party.OWNERS_COMMITTEE,
    OrganisationKind.VOLUNTEER_TEAM: Party.VOLUNTEER_TEAM,
    OrganisationKind.SOCIAL_ORG: Party.SOCIAL_ORG,
}

HOMES = (
    ({OrganisationKind.RESIDENTS_COMMITTEE, OrganisationKind.COMMUNITY_PARTY}, Home.COMMITTEE),
    ({OrganisationKind.PROPERTY}, Home.PROPERTY),
    ({OrganisationKind.OWNERS_COMMITTEE}, Home.OWNERS),
    ({OrganisationKind.SOCIAL_ORG}, Home.SOCIAL),
    ({OrganisationKind.SUBDISTRICT, OrganisationKind.DISTRICT}, Home.SUBDISTRICT),
)

MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=10)
OFFICE_IDLE = timedelta(minutes=30)
FIELD_IDLE = timedelta(days=30)
INVITATION_LASTS = timedelta(days=7)
SHORTEST_PASSWORD = 8

PHONE = re.compile(r"1[3-9]\d{9}")


def party_of(kind: OrganisationKind) -> Party | None:
    """The party an organisation belongs to; None for the subdistrict and the district."""
    return PARTY_OF.get(kind)


def home_of(kinds: Collection[OrganisationKind]) -> Home:
    """Where a person with posts of these kinds starts."""
    return next((home for some, home in HOMES if some & set(kinds)), Home.VOLUNTEER)


def is_office(kind: OrganisationKind) -> bool:
    """True for posts that are held at an office computer, which others may walk up to."""
    return kind is not OrganisationKind.VOLUNTEER_TEAM


def idle_limit(office: bool) -> timedelta:
    """How long a sign-in lasts without use."""
    return OFFICE_IDLE if office else FIELD_IDLE


def clean_phone(text: str) -> str:
    """A mobile number without the spaces, dashes and +86 that people write into it."""
    return re.sub(r"^(\+?86)(?=1\d{10}$)", "", re.sub(r"[\s-]", "", text))


def mask_phone(phone: str) -> str:
    """A telephone number as screens show it: 199****0001."""
    return f"{phone[:3]}****{phone[-4:]}"


def weak_password(password: str, phone: str) -> str | None:
    """Why a password will not do, in a sentence; None if it will."""
    if len(password) < SHORTEST_PASSWORD:
        return f"密码至少 {SHORTEST_PASSWORD} 位。"
    if len(set(password)) < 4:
        return "密码太简单了，请多用几个不同的字。"
    if password in phone or phone in password:
        return "密码不要用手机号。"
    return None


def may_invite(kind: OrganisationKind, role: Role, *, own: bool, committee: bool) -> bool:
    """Whether an actor may bring somebody into an organisation under a role.

    The residents' committee brings in all five parties of its community; an organisation's own
    leader or dispatcher brings in its own people; administrators are made by administrators.
    """
    if role is Role.ADMIN:
        return False
    upper = kind in (OrganisationKind.SUBDISTRICT, OrganisationKind.DISTRICT)
    return own or (committee and not upper)
