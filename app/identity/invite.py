"""Invitations, memberships, organisations: how people come in, and how posts begin and end."""

from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.core import clock
from app.core.errors import Invalid, NotFound
from app.core.events import publish
from app.core.keys import keys
from app.identity import queries
from app.identity.actor import Actor
from app.identity.events import (
    InvitationUsed,
    InvitationWithdrawn,
    Invited,
    MembershipEnded,
    MembershipStarted,
    OrganisationCreated,
    PhoneShown,
)
from app.identity.models import Invitation, Membership, Organisation, Person
from app.identity.place_scope import Place
from app.identity.refusals import (
    AlreadyMember,
    InvitationGone,
    LastAdmin,
    MayNotInvite,
    WrongPassword,
)
from app.identity.rules import (
    INVITATION_LASTS,
    PHONE,
    OrganisationKind,
    Role,
    clean_phone,
    may_invite,
)
from app.identity.sign_in import hash_password, matches

OWN_STAFF_ROLES = (Role.LEADER, Role.DISPATCHER, Role.SECRETARY, Role.CLERK, Role.ADMIN)


@dataclass(frozen=True)
class NewPost:
    """What an invitation or a membership is about."""

    organisation_id: UUID
    role: Role
    place_id: UUID


def _organisation(session: Session, actor: Actor, organisation_id: UUID) -> Organisation:
    found = session.scalars(
        queries.organisations_visible(actor).where(Organisation.id == organisation_id)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def check_post(session: Session, actor: Actor, post: NewPost) -> None:
    """The actor may give this post. Raises NotFound, MayNotInvite, Invalid."""
    organisation = _organisation(session, actor, post.organisation_id)
    if not actor.is_admin:
        own = any(
            held.organisation_id == organisation.id and held.role in OWN_STAFF_ROLES
            for held in actor.posts
        )
        committee = bool(actor.committee_communities)
        if not may_invite(organisation.kind, post.role, own=own, committee=committee):
            raise MayNotInvite
    place = session.get(Place, post.place_id)
    if place is None or not place.path.startswith(organisation.place.path):
        raise Invalid(errors={"place_id": ["这个地方不在这个组织服务的范围里。"]})


def invite(
    session: Session, actor: Actor, name: str, phone: str, post: NewPost
) -> tuple[Invitation, str]:
    """A new invitation and its token, which is shown once and kept only as a digest."""
    check_post(session, actor, post)
    phone = checked_phone(phone)
    token = token_urlsafe(24)
    invitation = Invitation(
        token_hash=_digest(token),
        name=name,
        phone=phone,
        phone_blind=keys().blind(phone),
        organisation_id=post.organisation_id,
        role=post.role,
        place_id=post.place_id,
        invited_by=actor.id,
        expires_at=clock.now() + INVITATION_LASTS,
    )
    session.add(invitation)
    session.flush()
    publish(session, Invited(subject_id=invitation.id, actor_id=actor.id))
    return invitation, token


def checked_phone(phone: str) -> str:
    """A cleaned mobile number. Invalid if it is none."""
    phone = clean_phone(phone)
    if not PHONE.fullmatch(phone):
        raise Invalid(errors={"phone": ["手机号要 11 位，请检查。"]})
    return phone


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def withdraw(session: Session, actor: Actor, invitation_id: UUID) -> None:
    """Take an invitation back; one that was used or withdrawn before is InvitationGone."""
    invitation = session.scalars(
        queries.invitations_visible(actor).where(Invitation.id == invitation_id)
    ).one_or_none()
    if invitation is None:
        raise NotFound
    if invitation.used_at or invitation.withdrawn_at:
        raise InvitationGone
    invitation.withdrawn_at = clock.now()
    publish(session, InvitationWithdrawn(subject_id=invitation.id, actor_id=actor.id))


def opened(session: Session, token: str) -> Invitation:
    """The open invitation behind a token. InvitationGone for any other."""
    invitation = session.scalars(
        select(Invitation)
        .options(joinedload(Invitation.organisation))
        .where(Invitation.token_hash == _digest(token))
        .with_for_update(of=Invitation)
    ).one_or_none()
    if invitation is None or invitation.used_at or invitation.withdrawn_at:
        raise InvitationGone
    if invitation.expires_at <= clock.now():
        raise InvitationGone
    return invitation


def has_account(session: Session, invitation: Invitation) -> bool:
    """Whether the invited number belongs to somebody already."""
    return _person(session, invitation) is not None


def _person(session: Session, invitation: Invitation) -> Person | None:
    return session.scalars(
        select(Person).where(Person.phone_blind == invitation.phone_blind)
    ).one_or_none()


def accept(session: Session, token: str, password: str) -> UUID:
    """Use an invitation: the person it makes, or whom it gives a further post, by their password.

    Raises InvitationGone, Invalid (weak password), WrongPassword (of an existing account).
    """
    invitation = opened(session, token)
    person = _person(session, invitation)
    if person is None:
        person = Person(
            name=invitation.name,
            phone=invitation.phone,
            phone_blind=invitation.phone_blind,
            password_hash=hash_password(password, invitation.phone, "password"),
        )
        session.add(person)
        session.flush()
    elif not matches(person.password_hash, password):
        raise WrongPassword("这个手机号已有账号，请输入原来的密码。")
    invitation.used_at = clock.now()
    publish(session, InvitationUsed(subject_id=invitation.id, actor_id=person.id))
    post = NewPost(invitation.organisation_id, invitation.role, invitation.place_id)
    if not _held(session, person.id, post):
        start(session, person.id, person.id, post)
    return person.id


def _held(session: Session, person_id: UUID, post: NewPost) -> bool:
    return any(
        held.organisation_id == post.organisation_id
        and held.role == post.role
        and held.place_id == post.place_id
        for held in queries.memberships_of(session, [person_id])
    )


def start(
    session: Session, actor_id: UUID, person_id: UUID, post: NewPost, until: date | None = None
) -> Membership:
    membership = Membership(
        person_id=person_id,
        organisation_id=post.organisation_id,
        role=post.role,
        place_id=post.place_id,
        until_date=until,
    )
    session.add(membership)
    session.flush()
    publish(
        session,
        MembershipStarted(
            subject_id=membership.id,
            actor_id=actor_id,
            person_id=person_id,
            organisation_id=post.organisation_id,
        ),
    )
    return membership


def add_membership(
    session: Session, actor: Actor, person_id: UUID, post: NewPost, until: date | None
) -> Membership:
    """Give somebody whom the actor sees a further post. NotFound, MayNotInvite, AlreadyMember."""
    check_post(session, actor, post)
    visible = session.scalars(
        queries.people_visible(actor).where(Person.id == person_id)
    ).one_or_none()
    if visible is None:
        raise NotFound
    if _held(session, person_id, post):
        raise AlreadyMember
    if until and until < clock.today():
        raise Invalid(errors={"until": ["结束的日子要在今天以后。"]})
    return start(session, actor.id, person_id, post, until)


def end_membership(session: Session, actor: Actor, membership_id: UUID) -> None:
    """End a post as of today; the actor must be one who could give it. Not one's own."""
    membership = session.get(Membership, membership_id)
    if membership is None or (membership.until_date and membership.until_date < clock.today()):
        raise NotFound
    check_post(
        session,
        actor,
        NewPost(membership.organisation_id, membership.role, membership.place_id),
    )
    if membership.person_id == actor.id:
        raise LastAdmin
    membership.until_date = clock.today() - timedelta(days=1)
    publish(
        session,
        MembershipEnded(
            subject_id=membership.id,
            actor_id=actor.id,
            person_id=membership.person_id,
            organisation_id=membership.organisation_id,
        ),
    )


def create_organisation(
    session: Session, actor: Actor, kind: OrganisationKind, name: str, place_id: UUID
) -> Organisation:
    """A new organisation inside the places of the actor's posts. NotFound, MayNotInvite."""
    place = session.get(Place, place_id)
    if place is None or not any(place.path.startswith(post.place_path) for post in actor.posts):
        raise NotFound
    if kind in (OrganisationKind.SUBDISTRICT, OrganisationKind.DISTRICT) and not actor.is_admin:
        raise MayNotInvite
    organisation = Organisation(kind=kind, name=name, place_id=place.id)
    organisation.place = place
    session.add(organisation)
    session.flush()
    publish(session, OrganisationCreated(subject_id=organisation.id, actor_id=actor.id))
    return organisation


def show_phone(session: Session, actor: Actor, person_id: UUID, reason: str) -> str:
    """The full number of somebody the actor works with; that it was shown, and why, is logged."""
    person = session.scalars(
        queries.people_visible(actor).where(Person.id == person_id)
    ).one_or_none()
    if person is None:
        raise NotFound
    publish(session, PhoneShown(subject_id=person.id, actor_id=actor.id, reason=reason))
    return person.phone


def state_of(invitation: Invitation) -> str:
    """open, used, withdrawn or expired."""
    states: list[tuple[Any, str]] = [
        (invitation.used_at, "used"),
        (invitation.withdrawn_at, "withdrawn"),
        (invitation.expires_at <= clock.now(), "expired"),
    ]
    return next((state for holds, state in states if holds), "open")
