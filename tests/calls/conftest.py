"""A Tuesday morning in one small community, with an officer of the subdistrict above it."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy.orm import Session

from app.core import clock
from app.identity.place_scope import Place
from app.identity.rules import OrganisationKind
from tests.calls.calling import Calling
from tests.clients import Client
from tests.factories import identity
from tests.factories.visits import TUESDAY, scene


@pytest.fixture(autouse=True)
def tuesday() -> Iterator[None]:
    """Every test here happens on the same morning, unless it says otherwise."""
    with clock.frozen(TUESDAY):
        yield


@pytest.fixture
def here(session: Session, tuesday: None, client: Callable[..., Client]) -> Calling:
    known = scene(session)
    subdistrict = session.get_one(Place, known.community.parent_id)
    elsewhere = identity.community(session)
    return Calling(
        scene=known,
        officer=identity.member(session, OrganisationKind.SUBDISTRICT, subdistrict),
        stranger=identity.member(session, OrganisationKind.RESIDENTS_COMMITTEE, elsewhere),
        clients=client,
    )
