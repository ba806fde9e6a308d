"""Who should lead a ticket, by its place and what it is about: the rules that a committee has made.
Pure.

The nearest place speaks first, and at one place a single category before its group. A rule only
suggests, unless the committee says that it decides.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from app.tickets.rules.words import Verb

RETURNED_IT = "按规则该由{name}来办，但他们退过这件，请另选一家。"
NOT_HERE = "按规则该由{name}来办，但他们现在不在这里服务，请另选一家。"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as it holds now. `about` is a category or a group of them."""

    id: UUID
    place_id: UUID
    about: str
    lead_org_id: UUID
    co_org_ids: tuple[UUID, ...] = ()
    decides: bool = False


@dataclass(frozen=True, slots=True)
class Advice:
    """What a rule says of one ticket; `objection` says why it cannot be followed."""

    rule: Rule
    objection: str = ""

    @property
    def decides(self) -> bool:
        return self.rule.decides and not self.objection


class Step(Protocol):
    """A line of a timeline."""

    @property
    def verb(self) -> str: ...
    @property
    def said(self) -> Mapping[str, Any]: ...


def covers(rule: Rule, path: str, category: str) -> bool:
    """Whether a rule is about a place with this path and this category."""
    return f"/{rule.place_id}/" in path and rule.about in (category, group_of(category))


def best(rules: Iterable[Rule], path: str, category: str) -> Rule | None:
    """The rule that speaks first."""
    places = path.split("/")

    def rank(rule: Rule) -> tuple[int, bool]:
        return places.index(str(rule.place_id)), rule.about == category

    return max((one for one in rules if covers(one, path, category)), key=rank, default=None)


def group_of(category: str) -> str:
    return category.partition(".")[0]


def last_lead(steps: Iterable[Step]) -> UUID | None:
    """Who was the last to lead a ticket, by its timeline, oldest line first."""
    named = [lead for step in steps if (lead := step.said.get("lead_org_id"))]
    return UUID(named[-1]) if named else None


def returned_by(steps: Iterable[Step]) -> frozenset[UUID]:
    """The organisations that have returned a ticket, by its timeline, oldest line first."""
    lead: str | None = None
    found = set()
    for step in steps:
        if step.verb == Verb.RETURN and lead:
            found.add(UUID(lead))
        lead = step.said.get("lead_org_id") or lead
    return frozenset(found)
