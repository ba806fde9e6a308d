"""The facts that this area publishes."""

from dataclasses import dataclass
from typing import Any, ClassVar

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class CoverageTaken(Event):
    """Somebody took the coverage of a community's months away as a file."""

    subject_kind: ClassVar[str] = "place"
    verb: ClassVar[str] = "coverage_taken"

    months: tuple[str, ...]

    def details(self) -> dict[str, Any]:
        return {"months": list(self.months)}
