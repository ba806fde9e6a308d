"""How alike two reports are: by the pairs of neighbouring signs that their texts share. Pure.

Words that say the same are read as one, words that any report may say are left out, and numbers are
read only where they say which unit or floor: another unit's lamp is another lamp.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.tickets.rules.suggest_text import RUN, plain

# So alike must be what is said to be of one category, or of two.
SAME_CATEGORY, OTHER_CATEGORY = 0.2, 0.34
OTHER_PLACE = 0.15  # what is left where they name different units or floors
HALF = 0.5

DIGITS = str.maketrans("一二三四五六七八九两", "1234567892")
WHICH = re.compile(r"(\d+)(单元|楼|层|号|栋|幢|室|门)")
LEFT_OUT = re.compile(
    "麻烦|请问|请|尽快|帮忙|帮|希望|处理|解决|一下|看看|有人|好几天|几天|好久|很久|一直|已经|总是|"
    "今天|昨天|早上|晚上|现在|还是|还|又|都|就|也|很|太|了|的|着|在|把|被|那个|那盏|那部|这个|个|"
    "我们|我家|我|家里|小区|整栋|没人管|没有人|没人"
)
# Longer words first: they hold shorter ones.
SAME_WORDS = (
    ("电瓶车|电动自行车", "电动车"),
    ("消火栓", "消防栓"),
    ("照明灯|声控灯|感应灯", "灯"),
    ("下水道|下水管|下水", "下水"),
    ("关不严|关不住|关不上", "关不上"),
    ("不能用|用不了|不亮|没亮|不灵|失灵|没反应|不动|不走|坏掉|坏|停着", "坏"),
    ("堵住|堵塞|不通|堵", "堵"),
    ("爆裂|爆", "爆"),
    ("没水|停水", "停水"),
    ("噪音|噪声|太响|吵", "吵"),
    ("掉下来|脱落|掉", "掉"),
    ("清走|清理|清运|收走|收", "清"),
    ("门禁|单元门", "单元门"),
    ("左侧|左边", "左边"),
    ("右侧|右边", "右边"),
)
MEANING = tuple((re.compile(words), meant) for words, meant in SAME_WORDS)


@dataclass(frozen=True, slots=True)
class Gist:
    """What is compared of a text: its pieces, and which units or floors it names."""

    pieces: frozenset[str]
    where: frozenset[tuple[str, str]]


def gist_of(text: str) -> Gist:
    """Read a text for comparing."""
    said = plain(text).translate(DIGITS)
    where = frozenset((kind.replace("层", "楼"), number) for number, kind in WHICH.findall(said))
    said = WHICH.sub("", said)
    for words, meant in MEANING:
        said = words.sub(meant, said)
    runs = RUN.findall(LEFT_OUT.sub("", said))
    return Gist(frozenset(_pieces(runs)), where)


def alikeness(first: Gist, second: Gist) -> float:
    """From 0 (nothing in common) to 1: pairs that are shared, by the shorter text and by both."""
    shared = len(first.pieces & second.pieces)
    if not shared:
        return 0.0
    sizes = len(first.pieces), len(second.pieces)
    share = HALF * shared / min(sizes) + HALF * 2 * shared / sum(sizes)
    return share * OTHER_PLACE if _elsewhere(first, second) else share


def is_alike(score: float, *, same_category: bool) -> bool:
    """Whether it is worth asking if the same is meant."""
    return score >= (SAME_CATEGORY if same_category else OTHER_CATEGORY)


def _pieces(runs: Iterable[str]) -> Iterator[str]:
    for run in runs:
        yield from (run[at : at + 2] for at in range(len(run) - 1))
        if len(run) == 1:
            yield run


def _elsewhere(first: Gist, second: Gist) -> bool:
    """Whether both name a unit, or both a floor, and none that is the same."""
    kinds = {kind for kind, _ in first.where} & {kind for kind, _ in second.where}
    shared = {kind for kind, _ in first.where & second.where}
    return bool(kinds - shared)
