"""What several owe to one door is one stop, with all purposes. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.visits.rules.owing import Because, Due
from app.visits.rules.words import Purpose


@dataclass(frozen=True)
class Together:
    """One stop: everything that is brought to a door with one knock, the cadence's part first."""

    parts: tuple[Due, ...]

    @property
    def key(self) -> str:
        """The name of its first part: what joins later does not change it."""
        return self.parts[0].key

    @property
    def earliest(self) -> date:
        return max(part.earliest for part in self.parts)

    @property
    def due(self) -> date:
        return min(part.due for part in self.parts if part.alone)

    @property
    def by(self) -> date:
        return min(part.by for part in self.parts if part.alone)

    @property
    def latest(self) -> date:
        """As long as it makes sense for one of them."""
        return max(part.latest for part in self.parts if part.alone)

    @property
    def asked(self) -> bool:
        """Whether the residents wait for somebody: then the door needs no rest."""
        return any(part.because is Because.ASKED for part in self.parts)

    @property
    def purposes(self) -> tuple[Purpose, ...]:
        """Each once, in the order of the parts."""
        return tuple(dict.fromkeys(part.purpose for part in self.parts))


def merged(owed: Sequence[Due], last: date) -> tuple[Together, ...]:
    """The stops of one door through the last day of a plan, soonest first. What is due only after
    that, or is not worth a stop, goes along with another one or waits."""
    if not owed:
        return ()
    stops: list[list[Due]] = []
    for part in sorted(owed, key=_rank):
        joined = next((stop for stop in stops if _fits(stop, part)), None)
        if joined is not None:
            joined.append(part)
        elif part.alone and part.by <= last:
            stops.append([part])
    together = (Together(tuple(stop)) for stop in stops)
    return tuple(sorted(together, key=lambda stop: (stop.by, stop.earliest, stop.key)))


def _rank(part: Due) -> tuple[bool, bool, date, str]:
    return part.because is not Because.CADENCE, not part.alone, part.by, part.key


def _fits(stop: Sequence[Due], part: Due) -> bool:
    """Whether there is a day that is right for all. The cadence asks for each of its visits."""
    if part.because is Because.CADENCE:
        return False
    parts = (*stop, part)
    return max(one.earliest for one in parts) <= min(one.by for one in parts)


def settled_by(stops: Sequence[Together], days: Iterable[date]) -> list[str | None]:
    """The stop that each visit which stands anyway settles, by its day; none is settled twice."""
    free = list(stops)
    found: list[str | None] = []
    for day in days:
        fitting = [stop for stop in free if stop.earliest <= day <= stop.latest]
        if fitting:
            free.remove(fitting[0])
        found.append(fitting[0].key if fitting else None)
    return found
