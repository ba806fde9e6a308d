"""Routes of the offices: people, organisations, invitations, memberships."""

from typing import Any
from uuid import UUID

import segno
from flask import current_app
from sqlalchemy import Select, select

from app.core.http import Area, Call, PageQuery, list_of, page_of
from app.core.schemas import TelephoneSchema, WhySchema
from app.identity import invite, queries
from app.identity.guards import ADMIN, COMMITTEE, OFFICE, any_of
from app.identity.invite import NewPost
from app.identity.models import Invitation, Membership, Organisation, Person
from app.identity.rules import mask_phone, party_of
from app.identity.schemas import (
    InvitationMadeSchema,
    InvitationSchema,
    MembershipSchema,
    NewInvitationSchema,
    NewMembershipSchema,
    NewOrganisationSchema,
    OrganisationSchema,
    OrganisationsQuery,
    PeopleQuery,
    PersonSchema,
)

area = Area("people", url_prefix="", title="人员")


def _organisation(organisation: Organisation) -> dict[str, Any]:
    place = organisation.place
    return {
        "id": organisation.id,
        "name": organisation.name,
        "kind": organisation.kind,
        "party": party_of(organisation.kind),
        "place": {"id": place.id, "name": place.name, "kind": place.kind},
    }


@area.get(
    "/people", guard=OFFICE, query=PeopleQuery, answer=list_of(PersonSchema), summary="People"
)
def list_people(call: Call) -> object:
    statement = queries.people_visible(call.actor)
    if call.query["q"]:
        statement = statement.where(Person.name.contains(call.query["q"], autoescape=True))
    if call.query["organisation_id"] or call.query["kind"]:
        statement = statement.where(Person.id.in_(_members(call.query)))
    page = page_of(
        call.session,
        statement,
        order=(Person.name, Person.id),
        query=call.query,
        present=lambda person: {
            "id": person.id,
            "name": person.name,
            "phone_masked": person.phone_masked,
            "posts": [],
        },
    )
    people = {person["id"]: person for person in page["items"]}
    for held in queries.memberships_of(call.session, people):
        people[held.person_id]["posts"].append(
            {
                "id": held.id,
                "organisation_id": held.organisation_id,
                "organisation_name": held.organisation.name,
                "kind": held.organisation.kind,
                "role": held.role,
            }
        )
    return page


def _members(query: dict[str, Any]) -> Select[UUID]:
    statement = select(Membership.person_id).where(queries.current())
    if query["organisation_id"]:
        statement = statement.where(Membership.organisation_id == query["organisation_id"])
    if query["kind"]:
        statement = statement.join(
            Organisation, Membership.organisation_id == Organisation.id
        ).where(Organisation.kind == query["kind"])
    return statement


@area.post(
    "/people/<uuid:person_id>/phone",
    guard=OFFICE,
    body=WhySchema,
    answer=TelephoneSchema,
    summary="Show a telephone number, with a reason that is logged",
)
def show_phone(call: Call, person_id: UUID) -> object:
    return {"phone": invite.show_phone(call.session, call.actor, person_id, call.body["reason"])}


@area.get(
    "/organisations",
    guard=OFFICE,
    query=OrganisationsQuery,
    answer=list_of(OrganisationSchema),
    summary="Organisations",
)
def list_organisations(call: Call) -> object:
    statement = queries.organisations_visible(call.actor)
    if call.query["kind"]:
        statement = statement.where(Organisation.kind == call.query["kind"])
    return page_of(
        call.session,
        statement,
        order=(Organisation.name, Organisation.id),
        query=call.query,
        present=_organisation,
    )


@area.post(
    "/organisations",
    guard=any_of(COMMITTEE, ADMIN),
    body=NewOrganisationSchema,
    answer=OrganisationSchema,
    status=201,
    summary="New organisation",
)
def post_organisation(call: Call) -> object:
    return _organisation(invite.create_organisation(call.session, call.actor, **call.body))


@area.get(
    "/invitations",
    guard=OFFICE,
    query=PageQuery,
    answer=list_of(InvitationSchema),
    summary="Invitations",
)
def list_invitations(call: Call) -> object:
    return page_of(
        call.session,
        queries.invitations_visible(call.actor),
        order=(Invitation.created_at.desc(), Invitation.id.desc()),
        query=call.query,
        present=lambda invitation: {
            "id": invitation.id,
            "name": invitation.name,
            "phone_masked": mask_phone(invitation.phone),
            "organisation_name": invitation.organisation.name,
            "role": invitation.role,
            "expires_at": invitation.expires_at,
            "state": invite.state_of(invitation),
        },
    )


@area.post(
    "/invitations",
    guard=OFFICE,
    body=NewInvitationSchema,
    answer=InvitationMadeSchema,
    status=201,
    summary="Invite somebody by link or QR code",
)
def post_invitation(call: Call) -> object:
    body = call.body
    post = NewPost(body["organisation_id"], body["role"], body["place_id"])
    invitation, token = invite.invite(call.session, call.actor, body["name"], body["phone"], post)
    url = f"{str(current_app.config['PUBLIC_URL']).rstrip('/')}/app/join/{token}"
    return {
        "id": invitation.id,
        "url": url,
        "qr_svg": segno.make(url, error="m").svg_inline(scale=5, border=2),
        "expires_at": invitation.expires_at,
    }


@area.delete("/invitations/<uuid:invitation_id>", guard=OFFICE, status=204, summary="Take it back")
def delete_invitation(call: Call, invitation_id: UUID) -> object:
    invite.withdraw(call.session, call.actor, invitation_id)
    return None


@area.post(
    "/memberships",
    guard=OFFICE,
    body=NewMembershipSchema,
    answer=MembershipSchema,
    status=201,
    summary="Give a person a further post",
)
def post_membership(call: Call) -> object:
    body = call.body
    post = NewPost(body["organisation_id"], body["role"], body["place_id"])
    membership = invite.add_membership(
        call.session, call.actor, body["person_id"], post, body["until"]
    )
    return {
        "id": membership.id,
        "person_id": membership.person_id,
        "organisation_id": membership.organisation_id,
        "role": membership.role,
    }


@area.delete("/memberships/<uuid:membership_id>", guard=OFFICE, status=204, summary="End a post")
def delete_membership(call: Call, membership_id: UUID) -> object:
    invite.end_membership(call.session, call.actor, membership_id)
    return None
