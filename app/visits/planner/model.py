"""The integer model: how many stops of each kind go to each of its places.

Columns are counts of stops of a kind in a place or nowhere; whether a crew is out in a slot, and
whether it goes to a building then; visits above a person's share.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import ceil
from uuid import UUID

from app.visits.planner.alike import Household, Kind
from app.visits.planner.costs import overdue, standing
from app.visits.planner.finding import Crew
from app.visits.planner.ledger import Ledger
from app.visits.planner.prepared import Prepared

Terms = dict[int, float]  # column -> coefficient
INFINITY = float("inf")


@dataclass
class Model:
    """Columns are whole numbers from 0 to `upper`; a row says between which bounds its terms lie.

    `costs` has the terms of each part of the cost; `choices` are the columns that are 0 or 1;
    `places` says for each kind which column counts its stops in a slot with a crew.
    """

    upper: list[float] = field(default_factory=list)
    rows: list[tuple[float, Terms, float]] = field(default_factory=list)
    costs: dict[str, Terms] = field(default_factory=lambda: defaultdict(dict))
    choices: list[int] = field(default_factory=list)
    places: list[dict[tuple[int, Crew], int]] = field(default_factory=list)

    def column(self, upper: float) -> int:
        self.upper.append(upper)
        return len(self.upper) - 1

    def choice(self) -> int:
        self.choices.append(self.column(1))
        return self.choices[-1]

    def at_most(self, terms: Mapping[int, float], high: float) -> None:
        self.rows.append((-INFINITY, dict(terms), high))

    def at_least(self, terms: Mapping[int, float], low: float) -> None:
        self.rows.append((low, dict(terms), INFINITY))


class Builder:
    """Writes the model of one prepared problem."""

    def __init__(self, prepared: Prepared, ledger: Ledger, kinds: tuple[Kind, ...]) -> None:
        self.prepared, self.ledger, self.kinds = prepared, ledger, kinds
        self.model = Model()
        self.missing: list[int] = []
        self.outings: dict[tuple[int, Crew], list[tuple[Kind, int]]] = defaultdict(list)
        self.going: dict[tuple[int, Crew], int] = {}
        self.arrivals: dict[UUID, list[tuple[int, int]]] = defaultdict(list)
        self.standing = standing(prepared)

    def build(self, households: Iterable[Household]) -> Model:
        for kind in self.kinds:
            self._kind(kind)
        for household in households:
            self._rest(household)
        for (slot, crew), inside in self.outings.items():
            self._outing(slot, crew, inside)
        for person in range(len(self.prepared.people)):
            self._person(person)
        for building, arrivals in self.arrivals.items():
            self._enough_arrivals(building, arrivals)
        return self.model

    def _kind(self, kind: Kind) -> None:
        """Each stop is somewhere, or unplanned."""
        model, columns = self.model, {}
        missing = model.column(kind.number)
        self.missing.append(missing)
        for option in kind.options:
            column = model.column(kind.number)
            columns[option.slot, option.crew] = column
            self.outings[option.slot, option.crew].append((kind, column))
            if option.not_own:
                model.costs["not_own"][column] = option.not_own
            if option.late:
                model.costs[overdue(kind.first)][column] = 1
        model.places.append(columns)
        model.costs["unplanned"][missing] = 1
        if kind.first.strict:
            model.costs[overdue(kind.first)][missing] = 1
        self._moved(kind, columns, missing)
        every = dict.fromkeys([missing, *columns.values()], 1.0)
        model.rows.append((kind.number, every, kind.number))

    def _moved(self, kind: Kind, columns: Mapping[tuple[int, Crew], int], missing: int) -> None:
        task = kind.first
        if not task.was:
            return
        stays = None if task.stay is None else columns.get(task.stay[:2])
        part = "moved_accepted" if task.accepted else "moved"
        for column in (missing, *columns.values()):
            if column != stays:
                self.model.costs[part][column] = 1

    def _rest(self, household: Household) -> None:
        """In as many days as a door rests, it is called at once: a set of doors once each."""
        of_day: dict[int, list[int]] = defaultdict(list)
        for kind in household.kinds:
            for (slot, _), column in self.model.places[kind].items():
                of_day[self.prepared.days[slot]].append(column)
        for first in sorted(of_day):
            days = range(first, first + household.rest)
            terms = {column: 1.0 for day in days for column in of_day.get(day, ())}
            self.model.at_most(terms, household.doors)

    def _outing(self, slot: int, crew: Crew, inside: list[tuple[Kind, int]]) -> None:
        """A crew's capacity in a slot, and that it goes out at all."""
        model, most, length = self.model, self._most(slot, crew), self._length(slot, crew)
        buildings = list(dict.fromkeys(kind.building for kind, _ in inside))
        going = self.going[slot, crew] = model.choice()
        for building in buildings:
            there = [(kind, column) for kind, column in inside if kind.building == building]
            arrival = going
            if len(buildings) > 1:
                arrival = model.choice()
                model.at_most({arrival: 1.0, going: -1.0}, 0)
            self._arrival(arrival, there, most)
            if building is not None:
                self.arrivals[building].append((arrival, most))
                if (slot, crew, building) not in self.standing:
                    model.costs["arrivals"][arrival] = 1
        if len(buildings) > 1:
            model.at_most({column: 1.0 for _, column in inside} | {going: -most}, 0)
        minutes = {column: float(kind.first.owed.minutes) for kind, column in inside}
        if max(minutes.values()) * most > length:
            model.at_most(minutes | {going: -length}, 0)

    def _arrival(self, arrival: int, there: list[tuple[Kind, int]], most: int) -> None:
        """Only who goes to a building calls at its doors."""
        self.model.at_most({column: 1.0 for _, column in there} | {arrival: -most}, 0)
        for kind, column in there:
            if kind.number < most:
                self.model.at_most({column: 1.0, arrival: -kind.number}, 0)

    def _enough_arrivals(self, building: UUID, arrivals: list[tuple[int, int]]) -> None:
        """As many stops as a building has need so many arrivals, rounded up: what is true without
        it of whole arrivals is said to be true of parts of them too."""
        most = max(room for _, room in arrivals)
        here = [n for n, kind in enumerate(self.kinds) if kind.building == building]
        stops = sum(self.kinds[n].number for n in here)
        needed = ceil(stops / most)
        over = stops - most * (needed - 1)
        terms = {arrival: 1.0 for arrival, _ in arrivals}
        self.model.at_least(terms | {self.missing[n]: 1 / over for n in here}, needed)

    def _most(self, slot: int, crew: Crew) -> int:
        """Visits that a crew has time and capacity for."""
        people, ledger = self.prepared.people, self.ledger
        room = min(people[one].per_window - ledger.visits.get((one, slot), 0) for one in crew)
        shortest = min(kind.first.owed.minutes for kind, _ in self.outings[slot, crew])
        return min(room, self._length(slot, crew) // shortest)

    def _length(self, slot: int, crew: Crew) -> int:
        used = max(self.ledger.minutes.get((one, slot), 0) for one in crew)
        return self.prepared.lengths[slot] - used

    def _person(self, person: int) -> None:
        """One crew of two in a slot, nowhere else at that time, and no more than can be asked."""
        who, load = self.prepared.people[person], self.ledger.load[person]
        crews: dict[int, list[Crew]] = defaultdict(list)
        for slot, crew in self.outings:
            if person in crew:
                crews[slot].append(crew)
        for slot, theirs in crews.items():
            self._one_crew(person, slot, theirs)
            for other in self.prepared.overlaps[slot]:
                if other > slot and other in crews:
                    self._not_both(slot, theirs, other, crews[other])
        visits = {
            column: 1.0
            for slot, theirs in crews.items()
            for crew in theirs
            for _, column in self.outings[slot, crew]
        }
        if visits:
            self.model.at_most(visits, who.per_period - load)
        for share in (self.prepared.fair, self.prepared.much):
            above = self.model.column(INFINITY)
            self.model.costs["uneven"][above] = 1
            self.model.at_most(visits | {above: -1.0}, share - load)

    def _one_crew(self, person: int, slot: int, crews: list[Crew]) -> None:
        pairs = [crew for crew in crews if len(crew) > 1]
        if len(pairs) > 1:
            self.model.at_most({self.going[slot, crew]: 1.0 for crew in pairs}, 1)
        if not pairs or len(pairs) == len(crews):
            return
        inside = [one for crew in crews for one in self.outings[slot, crew]]
        room = self.prepared.people[person].per_window - self.ledger.visits.get((person, slot), 0)
        self.model.at_most({column: 1.0 for _, column in inside}, room)
        minutes = {column: float(kind.first.owed.minutes) for kind, column in inside}
        self.model.at_most(minutes, self._length(slot, (person,)))

    def _not_both(self, slot: int, crews: list[Crew], other: int, theirs: list[Crew]) -> None:
        pairs = [self.going[slot, crew] for crew in crews if len(crew) > 1]
        alone = [self.going[slot, crew] for crew in crews if len(crew) == 1]
        there = [self.going[other, crew] for crew in theirs if len(crew) > 1]
        alone_there = [self.going[other, crew] for crew in theirs if len(crew) == 1]
        for here in (pairs, alone):
            for elsewhere in (there, alone_there):
                if here and elsewhere:
                    self.model.at_most(dict.fromkeys([*here, *elsewhere], 1.0), 1)
