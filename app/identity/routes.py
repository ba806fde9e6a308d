"""Routes of the signed-in person: session, devices, password, 长辈版, opening an invitation."""

from uuid import UUID

from flask import Response
from sqlalchemy.orm import Session

from app.core.http import Area, Call
from app.identity import invite, sign_in
from app.identity.actor import Actor
from app.identity.guards import PUBLIC, SIGNED_IN
from app.identity.loading import actor_of, clear_cookie, set_cookie
from app.identity.models import Person
from app.identity.rules import OFFICE_IDLE, mask_phone
from app.identity.schemas import (
    DevicesSchema,
    MeSchema,
    OpenedInvitationSchema,
    OpenInvitationSchema,
    PasswordSchema,
    SessionSchema,
    SignInSchema,
)

area = Area("session", url_prefix="", title="登录")


def present(session: Session, actor: Actor) -> dict[str, object]:
    """The session as the client keeps it."""
    person = session.get_one(Person, actor.id)
    return {
        "person": {
            "id": person.id,
            "name": person.name,
            "phone_masked": person.phone_masked,
            "elder_mode": person.elder_mode,
        },
        "posts": [
            {
                "id": post.id,
                "organisation": {
                    "id": post.organisation_id,
                    "name": post.organisation_name,
                    "kind": post.kind,
                    "party": post.party,
                },
                "role": post.role,
                "place": {"id": post.place_id, "name": post.place_name, "kind": post.place_kind},
            }
            for post in actor.posts
        ],
        "home": actor.home,
        "csrf_token": actor.csrf_token,
        "device_id": actor.device_id,
        "office": actor.office,
        "idle_minutes": int(OFFICE_IDLE.total_seconds() // 60) if actor.office else 0,
    }


def _start(call: Call, session: Session, person_id: UUID) -> dict[str, object]:
    device, token = sign_in.start(session, person_id, call.body["device_name"])
    actor = actor_of(session, device)

    def hand_over(response: Response) -> None:
        set_cookie(response, token, office=actor.office)

    call.after.append(hand_over)
    return present(session, actor)


@area.get(
    "/session",
    guard=SIGNED_IN,
    answer=SessionSchema,
    packed=False,  # the length of what is compressed can give its CSRF token away
    summary="Who is signed in",
)
def get_session(call: Call) -> object:
    return present(call.session, call.actor)


@area.post(
    "/session",
    guard=PUBLIC,
    body=SignInSchema,
    answer=SessionSchema,
    status=201,
    idempotent=False,
    prepare=sign_in.check_password,
    summary="Sign in by telephone number and password",
)
def post_session(call: Call) -> object:
    return _start(call, call.session, call.prepared)


@area.delete("/session", guard=SIGNED_IN, status=204, idempotent=False, summary="Sign out")
def delete_session(call: Call) -> object:
    sign_in.end(call.session, call.actor, call.actor.device_id)
    call.after.append(clear_cookie)
    return None


@area.get("/devices", guard=SIGNED_IN, answer=DevicesSchema, summary="My signed-in devices")
def list_devices(call: Call) -> object:
    return {
        "items": [
            {
                "id": device.id,
                "name": device.name,
                "created_at": device.created_at,
                "last_seen_at": device.last_seen_at,
                "current": device.id == call.actor.device_id,
            }
            for device in sign_in.devices_of(call.session, call.actor)
        ]
    }


@area.delete(
    "/devices/<uuid:device_id>", guard=SIGNED_IN, status=204, summary="Sign one device out"
)
def delete_device(call: Call, device_id: UUID) -> object:
    sign_in.end(call.session, call.actor, device_id)
    return None


@area.delete("/devices", guard=SIGNED_IN, status=204, summary="Sign all my devices out")
def delete_devices(call: Call) -> object:
    sign_in.end_all(call.session, call.actor)
    call.after.append(clear_cookie)
    return None


@area.patch("/me", guard=SIGNED_IN, body=MeSchema, answer=SessionSchema, summary="Large print")
def patch_me(call: Call) -> object:
    sign_in.set_elder_mode(call.session, call.actor, call.body["elder_mode"])
    return present(call.session, call.actor)


@area.post("/me/password", guard=SIGNED_IN, body=PasswordSchema, status=204, summary="New password")
def post_password(call: Call) -> object:
    sign_in.change_password(
        call.session, call.actor, call.body["old_password"], call.body["new_password"]
    )
    return None


@area.get(
    "/invitations/open/<token>",
    guard=PUBLIC,
    answer=OpenedInvitationSchema,
    summary="Whom an invitation is for",
)
def get_opened_invitation(call: Call, token: str) -> object:
    invitation = invite.opened(call.session, token)
    return {
        "name": invitation.name,
        "phone_masked": mask_phone(invitation.phone),
        "organisation_name": invitation.organisation.name,
        "role": invitation.role,
        "has_account": invite.has_account(call.session, invitation),
    }


@area.post(
    "/invitations/open/<token>",
    guard=PUBLIC,
    body=OpenInvitationSchema,
    answer=SessionSchema,
    status=201,
    idempotent=False,
    summary="Use an invitation and sign in",
)
def post_opened_invitation(call: Call, token: str) -> object:
    person_id = invite.accept(call.session, token, call.body["password"])
    return _start(call, call.session, person_id)
