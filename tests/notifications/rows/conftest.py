"""A working morning, so that nothing waits for the quiet hours."""

from collections.abc import Iterator

import pytest

from app.core import clock
from tests.factories.visits import TUESDAY


@pytest.fixture
def tuesday() -> Iterator[None]:
    with clock.frozen(TUESDAY):
        yield
