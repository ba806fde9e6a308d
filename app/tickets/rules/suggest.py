"""What a text seems to be about: words that were agreed (`suggest_words`) and what was learnt from
closed tickets (`suggest_model`), together. A suggestion: whoever reports decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from app.tickets.rules.categories import CATEGORIES, is_emergency
from app.tickets.rules.suggest_model import Learnt
from app.tickets.rules.suggest_text import plain
from app.tickets.rules.suggest_words import WORDS

MOST = 3
MODEL_POINTS = 6.0  # what a model that is quite sure counts, once it has learnt enough
HALF_TRUSTED = 300  # texts after which a model counts half of that
FEWEST_POINTS = 1.0
NAME_POINTS = 4.0  # of a district's own category whose whole name is said
NAMES = {code: one.name for code, one in CATEGORIES.items()}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One category that a text may be about, and why, in a plain sentence."""

    category: str
    points: float
    why: str

    @property
    def emergency(self) -> bool:
        return is_emergency(self.category)


@dataclass(frozen=True, slots=True)
class _Rule:
    points: int
    groups: tuple[tuple[str, ...], ...]
    without: tuple[str, ...]

    def said(self, text: str) -> tuple[str, ...]:
        """The words of this rule that the text says, or nothing if it does not fit."""
        if any(word in text for word in self.without):
            return ()
        found = [next((word for word in group if word in text), "") for group in self.groups]
        return tuple(found) if all(found) else ()


def _rule(points: int, line: str) -> _Rule:
    said, _, without = line.partition(" -")
    groups = tuple(tuple(group.split("|")) for group in said.split())
    return _Rule(points, groups, tuple(without.split("|")) if without else ())


RULES: dict[str, tuple[_Rule, ...]] = {
    category: tuple(_rule(points, line) for points, line in lines)
    for category, lines in WORDS.items()
}


def suggest(
    text: str, learnt: Learnt | None = None, names: Mapping[str, str] = NAMES
) -> list[Suggestion]:
    """Up to three of the categories that may be reported, with their names, the likeliest first; an
    emergency that a rule names is among them. What a district has added goes by its name, and by
    what was learnt."""
    words = _by_rules(plain(text)) | _by_names(plain(text), names)
    shares = learnt.shares(text) if learnt else {}
    trust = MODEL_POINTS * learnt.size / (learnt.size + HALF_TRUSTED) if learnt else 0.0
    found = []
    for category in names:
        points, said = words.get(category, (0, ()))
        total = points + trust * shares.get(category, 0.0)
        if total >= FEWEST_POINTS:
            found.append(Suggestion(category, total, _why(said)))
    found.sort(key=lambda one: -one.points)
    shown = found[:MOST]
    alarm = next((one for one in found if one.emergency and one.category in words), None)
    return shown if alarm is None or alarm in shown else [*shown[: MOST - 1], alarm]


def _by_rules(text: str) -> dict[str, tuple[float, tuple[str, ...]]]:
    """Per category the points of its lines that fit: all of the strongest, one for each other; and
    the words of the strongest."""
    found: dict[str, tuple[float, tuple[str, ...]]] = {}
    for category, rules in RULES.items():
        fitting = [(rule.points, said) for rule in rules if (said := rule.said(text))]
        if fitting:
            points, said = max(fitting, key=lambda each: each[0])
            found[category] = (points + len(fitting) - 1, tuple(dict.fromkeys(said)))
    return found


def _by_names(text: str, names: Mapping[str, str]) -> dict[str, tuple[float, tuple[str, ...]]]:
    """Points for what a district has added, if the text says at least half of its name."""
    found: dict[str, tuple[float, tuple[str, ...]]] = {}
    for code, name in names.items():
        if code not in CATEGORIES:
            pairs = ["".join(pair) for pair in pairwise(plain(name))] or [name]
            said = [pair for pair in pairs if pair in text]
            if 2 * len(said) >= len(pairs):
                found[code] = (NAME_POINTS * len(said) / len(pairs), (said[0],))
    return found


def _why(said: tuple[str, ...]) -> str:
    if said:
        return "提到了" + "".join(f"“{word}”" for word in said)
    return "和以前办结的这类事说法相近"
