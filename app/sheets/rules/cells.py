"""What may stand in a cell that a spreadsheet program opens. Pure."""

import re

LONGEST = 32_767  # characters in one cell
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
FIRST_OF_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")


def plain(text: str) -> str:
    """The text without signs that no cell can hold."""
    if len(text) <= LONGEST and text.isprintable():
        return text
    return UNWRITABLE.sub("", text)[:LONGEST]


def unmarked(text: str) -> str:
    """The text as XlsxWriter takes it for one: what looks like a string it has marked up itself it
    would write into the file as it stands, and no program could open that."""
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text


def is_risky(text: str) -> bool:
    """Whether a program might take this text for a formula once it is edited or saved anew."""
    return text.lstrip(" ").startswith(FIRST_OF_FORMULA)


def defused(text: str) -> str:
    """The text for a file without types (.csv): what looks like a formula gets an apostrophe."""
    held = plain(text)
    return f"'{held}" if is_risky(held) else held
