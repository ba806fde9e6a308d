"""Tables of people, organisations, memberships, invitations, devices and sign-in attempts."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import clock
from app.core.db import Base, Versioned, enum_type, uuid7
from app.core.keys import Encrypted
from app.identity.place_scope import Place
from app.identity.rules import OrganisationKind, Role, mask_phone


class Person(Versioned, Base):
    """Somebody with an account. The telephone number is encrypted and found by its blind index.
    A `guest` has none: somebody who reported one matter at a stairwell door (`app.residents`), with
    no number here and no password that fits."""

    __tablename__ = "person"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    name: Mapped[str] = mapped_column(String(40))
    phone: Mapped[str] = mapped_column(Encrypted)
    phone_blind: Mapped[str] = mapped_column(String(64), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    elder_mode: Mapped[bool] = mapped_column(default=False)
    guest: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    @property
    def phone_masked(self) -> str:
        return mask_phone(self.phone)


class Organisation(Versioned, Base):
    """An organisation and the place that it serves."""

    __tablename__ = "organisation"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    kind: Mapped[OrganisationKind] = mapped_column(enum_type(OrganisationKind, "kind"))
    name: Mapped[str] = mapped_column(String(60))
    place_id: Mapped[UUID] = mapped_column(ForeignKey(Place.id), index=True)

    place: Mapped[Place] = relationship(lazy="raise")


class Membership(Base):
    """A person's post: role, place and dates. `until_date` is the last day; None is open."""

    __tablename__ = "membership"
    __table_args__ = (Index(None, "organisation_id", "until_date"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), index=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    role: Mapped[Role] = mapped_column(enum_type(Role, "role"))
    place_id: Mapped[UUID] = mapped_column(ForeignKey(Place.id))
    from_date: Mapped[date] = mapped_column(default=clock.today)
    until_date: Mapped[date | None]

    person: Mapped[Person] = relationship(lazy="raise")
    organisation: Mapped[Organisation] = relationship(lazy="raise")
    place: Mapped[Place] = relationship(lazy="raise")


class Invitation(Base):
    """An invitation into an organisation. Works once, until it expires or is withdrawn."""

    __tablename__ = "invitation"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(40))
    phone: Mapped[str] = mapped_column(Encrypted)
    phone_blind: Mapped[str] = mapped_column(String(64))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id), index=True)
    role: Mapped[Role] = mapped_column(enum_type(Role, "role"))
    place_id: Mapped[UUID] = mapped_column(ForeignKey(Place.id))
    invited_by: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship(lazy="raise")


class Device(Base):
    """One sign-in on one device; ended by signing out, from near or afar."""

    __tablename__ = "device"
    __table_args__ = (Index(None, "person_id", "ended_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    csrf_token: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(60))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    last_seen_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="raise")


class SignInAttempt(Base):
    """Failures of a telephone number, known to us or not, so that both look alike."""

    __tablename__ = "sign_in_attempt"

    phone_blind: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[datetime] = mapped_column(default=clock.now)
