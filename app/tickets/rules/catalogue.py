"""What a district's tickets can be about and how long they may take: the national tables, with what
the district has changed, and what contracts with property companies say. Pure.

Nothing is ever overwritten: each change stands beside those before, with the moment from which it
holds. A clock that runs goes by what holds now; one that has ended is judged by what held then.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from app.tickets.rules.categories import (
    AMBULANCE,
    CATEGORIES,
    FIRE,
    GROUP_NAMES,
    POLICE,
    Category,
)
from app.tickets.rules.times import TIMES, ClockKind, Limit, Times, at_the_desk

EMERGENCY = "emergency"
PHONES = {EMERGENCY: (POLICE, FIRE, AMBULANCE)}  # of what a district adds to a group
BY_CONTRACT = "按与{name}的合同"


@dataclass(frozen=True, slots=True)
class Kept:
    """A category as a district has it from a moment on. One that is off is not offered any more."""

    since: datetime
    category: Category
    times: Times
    off: bool = False


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a contract says from a moment on. Times that it does not name are the category's."""

    since: datetime
    company: str
    limits: Mapping[ClockKind, Limit]


@dataclass(frozen=True)
class Catalogue:
    """Everything of one district. The changes of each category and contract are oldest first."""

    kept: Mapping[str, Sequence[Kept]] = field(default_factory=dict)
    agreed: Mapping[tuple[UUID, str], Sequence[Agreed]] = field(default_factory=dict)

    def category(self, code: str) -> Category:
        """A category by its code, also when it is not offered any more."""
        changes = self.kept.get(code)
        return changes[-1].category if changes else CATEGORIES[code]

    def name(self, code: str) -> str:
        """How this district calls it; the code itself if nobody here has ever heard of it."""
        return self.category(code).name if code in self else code

    def __contains__(self, code: str) -> bool:
        return code in self.kept or code in CATEGORIES

    def all(self) -> Iterator[tuple[Category, bool]]:
        """Every category by groups, and whether it is offered; a district's own come last."""
        own = [code for code in self.kept if code not in CATEGORIES]
        codes = sorted([*CATEGORIES, *own], key=lambda code: GROUP_ORDER[code.partition(".")[0]])
        for code in codes:
            yield self.category(code), self.offers(code)

    def names(self) -> dict[str, str]:
        """What may be reported, by code."""
        return {one.code: one.name for one in self.offered()}

    def offers(self, code: str) -> bool:
        """Whether something new may be reported as this."""
        changes = self.kept.get(code)
        return not changes[-1].off if changes else code in CATEGORIES

    def offered(self) -> list[Category]:
        return [category for category, offered in self.all() if offered]

    def times(self, code: str, company: UUID | None = None, at: datetime | None = None) -> Times:
        """How long it may take: a company's contract before the district before the nation. With
        a moment: what held then."""
        changes = [one for one in self.kept.get(code, ()) if at is None or one.since <= at]
        times = changes[-1].times if changes else TIMES.get(code) or self.kept[code][0].times
        agreed = self._agreed(company, code, at)
        return replace(times, **agreed) if agreed else times

    def limit(
        self, code: str, kind: ClockKind, company: UUID | None = None, at: datetime | None = None
    ) -> Limit | None:
        return self.times(code, company, at).limits().get(kind)

    def desk(self, code: str, at: datetime | None = None) -> Limit:
        """How soon the community passes a report on."""
        return at_the_desk(self.times(code, at=at).accept, code.partition(".")[0] == EMERGENCY)

    def kinds(self, code: str, company: UUID | None) -> list[ClockKind]:
        """Whatever is timed now, or ever was: a clock that has ended is still told."""
        if code not in self.kept and (company, code) not in self.agreed:
            return list(TIMES[code].limits())
        ever = [TIMES[code]] if code in TIMES else []
        ever += [one.times for one in self.kept.get(code, ())]
        said = {kind for times in ever for kind in times.limits()}
        if company:
            said |= {kind for one in self.agreed.get((company, code), ()) for kind in one.limits}
        return [kind for kind in ClockKind if kind in said]

    def _agreed(self, company: UUID | None, code: str, at: datetime | None) -> dict[str, Limit]:
        changes = self.agreed.get((company, code), ()) if company else ()
        held = [one for one in changes if at is None or one.since <= at]
        if not held:
            return {}
        by = BY_CONTRACT.format(name=held[-1].company)
        return {kind.value: replace(limit, by=by) for kind, limit in held[-1].limits.items()}


GROUP_ORDER = {group: place for place, group in enumerate(GROUP_NAMES)}
NATIONAL = Catalogue()


def with_category(catalogue: Catalogue, kept: Kept) -> Catalogue:
    """The same with one more change of a category."""
    code = kept.category.code
    changes = (*catalogue.kept.get(code, ()), kept)
    return Catalogue({**catalogue.kept, code: changes}, catalogue.agreed)


def with_contract(catalogue: Catalogue, company: UUID, code: str, agreed: Agreed) -> Catalogue:
    """The same with one more change of a contract."""
    changes = (*catalogue.agreed.get((company, code), ()), agreed)
    return Catalogue(catalogue.kept, {**catalogue.agreed, (company, code): changes})
