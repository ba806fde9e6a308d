"""How words are sought in Chinese, which writes no spaces: by pairs of neighbouring signs.

A text falls into runs (spaces and punctuation part them), a run into atoms: one Chinese sign, a
whole Latin word, a whole number ("3栋" is not found in "13栋", but in "03栋"). What is indexed are
the pairs of neighbouring atoms in their order, the last atom of each run, and words and numbers
alone. A word sought is held where its atoms stand one after the other; several must all be held.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

RUN = re.compile(r"[^\W_]+(?:-[^\W_]+)*")  # "2611-0342" is one
ATOM = re.compile(r"[0-9]+|[a-z]+|[^\W_]")
MOST_TOKENS = 1500  # more than the longest report makes


@dataclass(frozen=True, slots=True)
class Needle:
    """One word that is sought, as tokens that follow each other. `opens`: the one token is the
    beginning of what is indexed (a single Chinese sign)."""

    tokens: tuple[str, ...]
    opens: bool = False


def runs_of(text: str) -> Iterator[list[str]]:
    """The runs of a text, each as its atoms: half-width, small letters, numbers without zeros in
    front."""
    for run in RUN.findall(unicodedata.normalize("NFKC", text).lower()):
        atoms = ATOM.findall(run)
        yield [atom if not "0" <= atom[0] <= "9" else atom.lstrip("0") or "0" for atom in atoms]


def tokens_of(texts: Iterable[str]) -> list[str]:
    """What is indexed of these texts, in an order in which pairs of a run are neighbours."""
    found: list[str] = []
    alone: dict[str, None] = {}
    for text in texts:
        for atoms in runs_of(text):
            found += _pairs(atoms)
            found.append(atoms[-1])
            alone |= dict.fromkeys(atom for atom in atoms[:-1] if atom.isascii())
    return [*found, *alone][:MOST_TOKENS]


def needles_of(words: str) -> tuple[Needle, ...]:
    """What is sought by these words, each once."""
    return tuple(dict.fromkeys(_needle(atoms) for atoms in runs_of(words)))


def stretch_of(text: str, words: str, around: int = 12) -> str | None:
    """The piece of a text in which the first of these words stands; None if none does."""
    folded = _folded(text)
    for word in words.split():
        at = folded.find(_folded(word))
        if at >= 0:
            start, end = max(at - around, 0), at + len(word) + around
            return f"{'…' * (start > 0)}{text[start:end].strip()}{'…' * (end < len(text))}"
    return None


def _needle(atoms: Sequence[str]) -> Needle:
    if len(atoms) == 1:
        return Needle((atoms[0],), opens=not atoms[0].isascii())
    return Needle(tuple(_pairs(atoms)))


def _pairs(atoms: Sequence[str]) -> list[str]:
    return [
        f"{first}_{second}" if first.isascii() and second.isascii() else first + second
        for first, second in pairwise(atoms)
    ]


def _folded(text: str) -> str:
    """The same signs at the same places: each one half-width and small, where it stays one."""
    return "".join(map(_small, text))


@lru_cache(maxsize=8192)  # a page of what was found folds a thousand signs
def _small(sign: str) -> str:
    small = unicodedata.normalize("NFKC", sign).lower()
    return small if len(small) == 1 else sign
