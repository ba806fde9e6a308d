"""How a text is read before it is compared: its plain form, and the pieces it is made of."""

import re
import unicodedata

RUN = re.compile(r"[^\W_]+")
NUMBER = re.compile(r"\d+")


def plain(text: str) -> str:
    """Half-width, small letters, without spaces: "Ａ 栋" and "a栋" are the same."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def pieces(text: str) -> frozenset[str]:
    """Its characters and pairs of neighbouring characters; a number is one character, whichever it
    is, and a sign parts what stands on its sides."""
    runs = RUN.findall(NUMBER.sub("0", plain(text)))
    couples = {run[at : at + 2] for run in runs for at in range(len(run) - 1)}
    return frozenset(couples.union(*runs))
