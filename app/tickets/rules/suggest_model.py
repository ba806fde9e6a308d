"""A small naive Bayes over characters and pairs of them, learnt from texts whose category is known.

What is kept are counts: in how many texts of a category a piece stands. A piece that fewer than two
texts hold is not kept, so that nothing said once can be read back.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import exp, log
from zlib import compress, decompress

from app.tickets.rules.suggest_text import pieces

FEWEST_TEXTS = 2  # that hold a piece, for it to be kept
MOST_PIECES = 20_000
SMOOTH = 0.3
CALM = 0.3  # pieces are no independent witnesses: what they say together counts for less

Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Learnt:
    """`texts`: how many texts there were of each category; `counts`: per piece and category, in how
    many of them it stood."""

    texts: Mapping[str, int]
    counts: Counts

    @property
    def size(self) -> int:
        """From how many texts it was learnt."""
        return sum(self.texts.values())

    @cached_property
    def _totals(self) -> Mapping[str, int]:
        totals: Counter[str] = Counter()
        for per in self.counts.values():
            totals.update(per)
        return totals

    def shares(self, text: str) -> dict[str, float]:
        """How likely each known category is, together 1; empty for a text without a known piece."""
        known = [self.counts[piece] for piece in sorted(pieces(text)) if piece in self.counts]
        if not known:
            return {}
        scores = {category: self._score(category, known) for category in self.texts}
        best = max(scores.values())
        weights = {category: exp(score - best) for category, score in scores.items()}
        whole = sum(weights.values())
        return {category: weight / whole for category, weight in weights.items()}

    def _score(self, category: str, known: list[Mapping[str, int]]) -> float:
        floor = self._totals.get(category, 0) + SMOOTH * len(self.counts)
        said = sum(log((per.get(category, 0) + SMOOTH) / floor) for per in known)
        return CALM * (log(self.texts[category]) + said)


def learn(examples: Iterable[tuple[str, str]]) -> Learnt:
    """Learn from (text, category); the same examples give the same, in whatever order."""
    texts: Counter[str] = Counter()
    seen: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text, category in examples:
        texts[category] += 1
        for piece in pieces(text):
            seen[piece][category] += 1
    often = [(piece, per) for piece, per in seen.items() if per.total() >= FEWEST_TEXTS]
    often.sort(key=lambda each: (-each[1].total(), each[0]))
    kept = {piece: dict(sorted(per.items())) for piece, per in sorted(often[:MOST_PIECES])}
    return Learnt(dict(sorted(texts.items())), kept)


def packed(learnt: Learnt) -> bytes:
    """As it is stored; the same counts give the same bytes."""
    said = {"texts": learnt.texts, "counts": learnt.counts}
    return compress(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode())


def opened(content: bytes) -> Learnt:
    """What `packed` made."""
    return Learnt(**json.loads(decompress(content)))
