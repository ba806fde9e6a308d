"""When people may be asked in a grid: their own times, less where they are already and what they
have said no to. Whoever turns down all they are asked to at some time is not asked for that time
again; whoever comes to another door then is only not asked to the same one."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from app.visits.models import Visit
from app.visits.planner.finding import overlap
from app.visits.planner.shapes import PER_PERIOD, Person, Slot, Window
from app.visits.queries.owing import VisitRow
from app.visits.rules import VisitState
from app.visits.rules.windows import DEFAULT_WINDOWS

SOME_EVENING = DEFAULT_WINDOWS[0].window
COMES = (VisitState.ACCEPTED, VisitState.DONE)


class Able:
    """Made of visits that are open or done, and of those that were turned down."""

    def __init__(self, visits: Sequence[VisitRow], no: Sequence[VisitRow]) -> None:
        self._visits, self._no = visits, no
        self._coming = _times(one for one in visits if one.state in COMES)
        self._refused: dict[UUID, list[tuple[UUID, Slot]]] = defaultdict(list)
        for one in no:
            self._refused[one.household_id].append((one.person_id, slot_of(one)))

    def people(
        self, free: Mapping[UUID, Sequence[Slot]], doors: Collection[UUID]
    ) -> tuple[Person, ...]:
        """These people. What they did counts; where they are asked to doors elsewhere they cannot
        be at these too."""
        here = set(doors)
        done = Counter(
            who for one in self._visits if one.state is VisitState.DONE for who in one.people
        )
        elsewhere = _times(
            one
            for one in self._visits
            if one.state is not VisitState.DONE and one.household_id not in here
        )
        return tuple(
            Person(
                id=who,
                available=without(slots, [*elsewhere[who], *(no := self.said_no(who))]),
                said_no=no,
                per_period=max(PER_PERIOD - done[who], 0),
            )
            for who, slots in free.items()
        )

    def said_no(self, person_id: UUID) -> tuple[Slot, ...]:
        """The times for which somebody has said no and comes nowhere."""
        said = (slot_of(one) for one in self._no if one.person_id == person_id)
        coming = self._coming[person_id]
        return tuple(
            slot for slot in dict.fromkeys(said) if not any(overlap(slot, one) for one in coming)
        )

    def refused(self, household_id: UUID) -> tuple[tuple[UUID, Slot], ...]:
        """Who has said no to this door, and when."""
        return tuple(self._refused[household_id])


def slot_of(visit: VisitRow | Visit) -> Slot:
    """When a visit is; one without hours is taken to be in the evening."""
    if visit.window_from is None or visit.window_to is None:
        return Slot(visit.on, SOME_EVENING)
    return Slot(visit.on, Window(visit.window_from, visit.window_to))


def _times(visits: Iterable[VisitRow]) -> dict[UUID, list[Slot]]:
    found: dict[UUID, list[Slot]] = defaultdict(list)
    for visit in visits:
        for who in visit.people:
            found[who].append(slot_of(visit))
    return found


def without(slots: Iterable[Slot], taken: Sequence[Slot]) -> tuple[Slot, ...]:
    """Those of these times that share no moment with what is taken."""
    return tuple(slot for slot in slots if not any(overlap(slot, other) for other in taken))
