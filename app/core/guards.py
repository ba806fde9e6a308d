"""The two guards that need no area: anybody, and anybody who is signed in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Guard:
    """Who may call an operation at all."""

    name: str
    test: Callable[[Any], bool]

    def allows(self, actor: Any) -> bool:
        """True if this actor may call the operation."""
        return self.test(actor)


PUBLIC = Guard("public", lambda actor: True)
SIGNED_IN = Guard("signed_in", lambda actor: bool(actor.is_authenticated))
