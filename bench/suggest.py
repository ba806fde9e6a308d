"""How often the category that is suggested for a text is the right one.

The texts are ours, written by hand (see the head of the file), and parted by a fixed seed: what is
measured was not looked at when the rules were written, and is not learnt from. Still the same hand
wrote texts and rules; the demo's texts, which are older than both, are measured beside them.
"""

import csv
import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from app.core import outbox
from app.demo.texts import EMERGENCIES, MATTERS
from app.factory import create_app
from app.tickets.jobs import learn_categories
from app.tickets.queries.learning import MOST_TICKETS
from app.tickets.rules.categories import CATEGORIES
from app.tickets.rules.suggest import suggest
from app.tickets.rules.suggest_model import Learnt, learn
from bench import load
from bench.fill import fill
from bench.report import figure, percentile
from bench.worlds import DATABASES, server_on
from tests.server import Visitor

SAMPLE = Path(__file__).parent.parent / "tests" / "tickets" / "data" / "suggest_sample.csv"
SEED = "2026"
HELD_OUT = 0.4
ROUNDS = 3
TICKETS = 25_000

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


def tell_marks(known: list[Example], held: list[Example], learnt: Learnt) -> None:
    """What was held out, by every way of guessing; the demo's texts beside."""
    ways = {
        "both": by_both(learnt),
        "rules": by_both(None),
        "model": by_model(learnt),
        "commonest": by_commonest(known),
    }
    marks = {name: mark(held, guess) for name, guess in ways.items()}
    for name, got in marks.items():
        print(f"{name:10} first {got.first:.3f}  among three {got.among_three:.3f}  {got}")
    for name, field in (("suggest.top1", "first"), ("suggest.top3", "among_three")):
        shares = {way: round(getattr(got, field), 3) for way, got in marks.items()}
        both = shares.pop("both")
        ratio = round(both / shares["commonest"], 1)
        figure(name, both, "share", at=len(held), baseline=shares, ratio=ratio)
    demo = mark([(one.text, one.category) for one in (*MATTERS, *EMERGENCIES)], ways["both"])
    figure("suggest.demo_top1", demo.first, "share", at=demo.texts)
    both_ways = marks["both"]
    figure(
        "suggest.emergencies_missed",
        both_ways.missed,
        "texts",
        at=both_ways.emergencies,
        baseline={way: marks[way].missed for way in ("rules", "model")},
        false_alarms=both_ways.false_alarms,
        of=both_ways.texts - both_ways.emergencies,
    )


def tell_speed(database: str, texts: list[str]) -> None:
    """Learning from many tickets as the nightly job does, then asking over HTTP."""
    with server_on(database) as world, TemporaryDirectory() as var:
        fill(world, TICKETS)
        app = create_app({"VAR_DIR": Path(var), "DATABASE_URL": world.url})
        with app.app_context():
            start = time.perf_counter()
            learn_categories(outbox.Job(uuid4(), "learn_categories", {}, 0))
            took = time.perf_counter() - start
        figure("suggest.learn_seconds", took, "s", at=MOST_TICKETS, db=database)
        world.server.start()
        visitor = world.visitors["volunteer"]
        raw = [_question(visitor, text) for text in texts]
        load.run(visitor.port, raw[:40])  # every process has opened its database
        result = load.run(visitor.port, raw)
        if result.refused:
            raise RuntimeError(f"{result.refused} questions were refused")
        p95 = percentile(result.milliseconds, 0.95)
        figure("suggest.answer_p95", p95, "ms", db=database, clients=load.CLIENTS)


def _question(visitor: Visitor, text: str) -> bytes:
    headers = {"Cookie": visitor.cookie}
    body = json.dumps({"text": text}).encode()
    return load.request("POST", "/api/v1/tickets/suggest", headers, body, port=visitor.port)


def main() -> None:
    known, held = parted(sample())
    print(f"{len(known)} texts to learn from, {len(held)} held out, {len(CATEGORIES)} categories")
    tell_marks(known, held, learn(known))
    for database in DATABASES:
        tell_speed(database, [text for text, _ in held] * ROUNDS)
