"""The cursor of a phone: how far it has read each of its scopes, in which generation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

MOST_CHANGES = 500
TOMBSTONES_KEPT_DAYS = 90  # a phone that was away longer starts from nothing
OFFER_AGAIN_DAYS = 30
SKEW_SHOWN_SECONDS = 300


@dataclass(frozen=True)
class Place:
    """How far a scope was read. `base` is what the scope's floor was when reading began: pointers
    below it that are gone are not missed by who began above them."""

    seq: int
    base: int = 0

    def covers(self, floor: int) -> bool:
        """Whether nothing that this phone has not seen was dropped from the scope."""
        return floor <= max(self.seq, self.base)


@dataclass(frozen=True)
class Cursor:
    """Where a phone stands in each of its scopes, by the scope's number."""

    generation: UUID
    places: Mapping[int, Place] = field(default_factory=dict)

    def text(self) -> str:
        """`generation|7:123,9:55:40`; scopes in order, so that the same cursor is the same text."""
        places = ",".join(
            _place_text(number, self.places[number]) for number in sorted(self.places)
        )
        return f"{self.generation.hex}|{places}"

    @classmethod
    def read(cls, text: str) -> "Cursor":
        """The cursor in such a text. ValueError for anything else."""
        generation, bar, places = text.partition("|")
        if not bar:
            raise ValueError("no cursor")
        parts = (part.split(":") for part in places.split(",") if part)
        return cls(UUID(generation), {int(number): _place(*rest) for number, *rest in parts})


def _place_text(number: int, place: Place) -> str:
    base = f":{place.base}" if place.base > place.seq else ""
    return f"{number}:{place.seq}{base}"


def _place(seq: str, base: str = "0") -> Place:
    return Place(int(seq), int(base))
