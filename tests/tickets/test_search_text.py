"""How texts are taken to pieces for the search: the pieces say what the signs say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tickets.rules.search_text import needles_of, runs_of, stretch_of, tokens_of

SIGNS = "灯亮不楼道门坏3栋单元a1 ，-0Ｂ三"
TEXTS = st.text(SIGNS, min_size=1, max_size=14)
WORDS = st.text(SIGNS, min_size=1, max_size=4)


def holds(texts: list[str], words: str) -> bool:
    """What a person would do: look for each word, sign by sign, in each text."""
    runs = [run for text in texts for run in runs_of(text)]
    return all(
        any(
            run[at : at + len(word)] == word
            for run in runs
            for at in range(len(run) - len(word) + 1)
        )
        for word in runs_of(words)
    )


def found_in(tokens: list[str], words: str) -> bool:
    """What both databases do with the tokens."""
    line = f" {' '.join(tokens)} "
    return all(
        f" {' '.join(one.tokens)}{'' if one.opens else ' '}" in line for one in needles_of(words)
    )


@given(texts=st.lists(TEXTS, max_size=3), words=WORDS)
def test_tokens_hold_exactly_what_the_signs_hold(texts: list[str], words: str) -> None:
    assert found_in(tokens_of(texts), words) == holds(texts, words)


@pytest.mark.parametrize(
    ("text", "words", "is_found"),
    [
        ("楼道灯不亮", "灯不", True),
        ("楼道灯不亮", "灯", True),
        ("楼道灯不亮", "亮", True),
        ("楼道灯不亮", "道不", False),
        ("楼道灯，不亮", "灯不", False),
        ("13栋 2 单元", "3栋", False),
        ("03栋 2 单元", "3栋", True),
        ("LED 灯坏了", "ｌｅｄ", True),
        ("LED灯坏了", "led灯", True),
        ("LED灯坏了", "le", False),
        ("单号 2611-0342", "2611-0342", True),
        ("单号 2611-0342", "342", True),
        ("单号 2611-0342", "2611-034", False),
        ("灯不够亮，不亮不灯", "灯不亮", False),
        ("楼道灯不亮", "亮 楼道", True),
        ("楼道灯不亮", "！", True),
    ],
)
def test_what_is_found_in_what(text: str, words: str, is_found: bool) -> None:
    assert found_in(tokens_of([text]), words) is is_found
    assert holds([text], words) is is_found


def test_the_piece_that_holds_the_words_is_shown() -> None:
    text = "三楼到五楼的楼道灯从上个星期开始就一直不亮，晚上看不清台阶，请尽快来修。"
    assert stretch_of(text, "台阶", around=4) == "…上看不清台阶，请尽快…"
    assert stretch_of("Ａ栋门坏", "a栋") == "Ａ栋门坏"
    assert stretch_of(text, "电梯") is None
    assert stretch_of(text, " ") is None
