"""Tables of teams: members, pairings with buildings or units, the persons of a household."""

from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, Index, String, UniqueConstraint, or_
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, Versioned, enum_type, uuid7
from app.identity.models import Person
from app.places.models import Household, Place
from app.teams.rules import TeamKind


class Team(Versioned, Base):
    """One of the three kinds of team, working in a community or one of its estates."""

    __tablename__ = "team"
    __table_args__ = (UniqueConstraint("community_id", "name"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    kind: Mapped[TeamKind] = mapped_column(enum_type(TeamKind, "team_kind"))
    name: Mapped[str] = mapped_column(String(40))
    place_id: Mapped[UUID] = mapped_column(ForeignKey(Place.id))
    community_id: Mapped[UUID] = mapped_column(ForeignKey(Place.id))


class TeamMember(Base):
    """A person in a team; `until_date` is the last day, None is open."""

    __tablename__ = "team_member"
    __table_args__ = (Index(None, "team_id", "person_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    team_id: Mapped[UUID] = mapped_column(ForeignKey(Team.id))
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    leader: Mapped[bool] = mapped_column(default=False)
    from_date: Mapped[date]
    until_date: Mapped[date | None]

    @classmethod
    def standing(cls, day: date) -> ColumnElement[bool]:
        """The condition: the membership stands on this day."""
        return (cls.from_date <= day) & or_(cls.until_date.is_(None), cls.until_date >= day)


class Pairing(Base):
    """定点结对: a member of a team looks after a building or a unit; `until` is the last day."""

    __tablename__ = "pairing"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    team_id: Mapped[UUID] = mapped_column(ForeignKey(Team.id), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    place_id: Mapped[UUID] = mapped_column(ForeignKey(Place.id), index=True)
    since: Mapped[date]
    until: Mapped[date | None]

    @classmethod
    def standing(cls, day: date) -> ColumnElement[bool]:
        """The condition: the pairing stands on this day."""
        return (cls.since <= day) & cls.lasting(day)

    @classmethod
    def lasting(cls, day: date) -> ColumnElement[bool]:
        """The condition: it stands on this day or is still to begin."""
        return or_(cls.until.is_(None), cls.until >= day)


class HouseholdAssignment(Versioned, Base):
    """定户到人: the main and the backup person of a household."""

    __tablename__ = "household_assignment"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    household_id: Mapped[UUID] = mapped_column(ForeignKey(Household.id), unique=True)
    main_person_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id), index=True)
    backup_person_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id), index=True)
    since: Mapped[date]
