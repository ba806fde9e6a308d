"""How often the category that is suggested for a text is the right one.

The texts are ours, written by hand (see the head of the file), and parted by a fixed seed: what is
measured was not looked at when the rules were written, and is not learnt from. Still the same hand
wrote texts and rules; the demo's texts, which are older than both, are measured beside them.
"""

import csv
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from app.tickets.rules.categories import CATEGORIES
from app.tickets.rules.suggest import suggest
from app.tickets.rules.suggest_model import Learnt, learn
from bench.report import figure, percentile

SAMPLE = Path(__file__).parent.parent / "tests" / "tickets" / "data" / "suggest_sample.csv"
SEED = "2026"
HELD_OUT = 0.4
ROUNDS = 20

Example = tuple[str, str]
Guess = Callable[[str], Sequence[str]]


@dataclass(frozen=True)
class Marks:
    """How well guesses do: shares of all texts, of emergencies missed, of false alarms."""

    texts: int
    first: float
    among_three: float
    emergencies: int
    missed: int
    false_alarms: int


def sample() -> list[Example]:
    """Every text with its category."""
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return [(row["text"], row["category"]) for row in rows]


def parted(examples: list[Example]) -> tuple[list[Example], list[Example]]:
    """What may be learnt from, and what is held out: of each category the same share."""
    per_category = defaultdict(list)
    for example in examples:
        per_category[example[1]].append(example)
    known: list[Example] = []
    held: list[Example] = []
    for found in per_category.values():
        found.sort(key=lambda example: sha256((SEED + example[0]).encode()).digest())
        cut = round(len(found) * HELD_OUT)
        held += found[:cut]
        known += found[cut:]
    return known, held


def mark(examples: list[Example], guess: Guess) -> Marks:
    """Hold guesses against what is right."""
    first = three = emergencies = missed = false = 0
    for text, right in examples:
        guessed = guess(text)
        alarm = any(CATEGORIES[code].emergency for code in guessed)
        first += right in guessed[:1]
        three += right in guessed
        emergencies += CATEGORIES[right].emergency
        missed += CATEGORIES[right].emergency and not alarm
        false += alarm and not CATEGORIES[right].emergency
    count = len(examples)
    return Marks(count, first / count, three / count, emergencies, missed, false)


def by_both(learnt: Learnt | None) -> Guess:
    """What the application answers."""
    return lambda text: [one.category for one in suggest(text, learnt)]


def by_model(learnt: Learnt) -> Guess:
    """The three likeliest by what was learnt alone."""

    def guess(text: str) -> list[str]:
        shares = learnt.shares(text)
        return sorted(shares, key=lambda code: -shares[code])[:3]

    return guess


def by_commonest(known: list[Example]) -> Guess:
    """Always the three commonest."""
    ranked = [code for code, _ in Counter(code for _, code in known).most_common(3)]
    return lambda _text: ranked


def main() -> None:
    known, held = parted(sample())
    learnt = learn(known)
    ways = {
        "both": by_both(learnt),
        "rules": by_both(None),
        "model": by_model(learnt),
        "commonest": by_commonest(known),
    }
    marks = {name: mark(held, guess) for name, guess in ways.items()}
    print(f"{len(known)} texts to learn from, {len(held)} held out, {len(CATEGORIES)} categories")
    for name, got in marks.items():
        print(f"{name:10} first {got.first:.3f}  among three {got.among_three:.3f}  {got}")
    for figure_name, field in (("top1", "first"), ("top3", "among_three")):
        shares = {name: round(getattr(got, field), 3) for name, got in marks.items()}
        both = shares.pop("both")
        figure(
            f"suggest.{figure_name}",
            both,
            "share",
            at=len(held),
            baseline=shares,
            ratio=round(both / max(shares["commonest"], 0.001), 1),
        )
    got = marks["both"]
    figure(
        "suggest.emergencies_missed",
        got.missed,
        "texts",
        at=got.emergencies,
        false_alarms=got.false_alarms,
        of=got.texts - got.emergencies,
    )
    _speed(learnt, held)


def _speed(learnt: Learnt, held: list[Example]) -> None:
    took = []
    for text, _ in held * ROUNDS:
        start = time.perf_counter()
        suggest(text, learnt)
        took.append((time.perf_counter() - start) * 1000)
    figure("suggest.think_p95", percentile(took, 0.95), "ms", median=statistics.median(took))
