"""DOMAIN.md section 6.7, for older people: sizes and contrast, worked out from the style sheets."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCES = Path(__file__).parents[2] / "static/pwa"
THEME = (SOURCES / "src/ui/theme.css").read_text()
TOKENS = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-fA-F]{3,6}|[\d.]+rem);", THEME))
NAMED = {"white": "#fff", "black": "#000"}
PIXELS = 16
ENOUGH, ENOUGH_FOR_EDGES = 4.5, 3.0
GROUNDS = ("card", "bg")


def elder() -> float:
    """How much larger everything is in elder mode."""
    (percent,) = re.findall(r"html\.elder\s*{\s*font-size:\s*([\d.]+)%", THEME)
    return float(percent) / 100


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(2 * one for one in digits)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def styles() -> Iterator[tuple[str, str]]:
    """Every style sheet, and the styles of every component."""
    for path in sorted(SOURCES.glob("src/**/*.css")):
        yield path.name, path.read_text()
    for path in sorted(SOURCES.glob("src/**/*.vue")):
        for style in re.findall(r"<style[^>]*>(.*?)</style>", path.read_text(), re.DOTALL):
            yield path.name, style


def rules() -> Iterator[tuple[str, str, dict[str, str]]]:
    """Every rule: where it stands, its selector, what it sets."""
    for name, style in styles():
        plain = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
        for selector, body in re.findall(r"([^{}]+){([^{}]*)}", plain):
            pairs = (one.split(":", 1) for one in body.split(";") if ":" in one)
            yield name, selector.strip(), {key.strip(): value.strip() for key, value in pairs}


def colour(value: str) -> str | None:
    """A colour as it is written: a token of ours, a number, or none that can be worked out."""
    if found := re.fullmatch(r"var\(--([\w-]+)\)", value):
        return TOKENS.get(found[1])
    value = NAMED.get(value, value)
    return value if re.fullmatch(r"#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?", value) else None


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("ink", ["ink", "ink-2", "brand", "ok", "warn", "info", "over"])
def test_6_7_every_ink_is_read_on_every_ground(ink: str, ground: str) -> None:
    assert contrast(TOKENS[ink], TOKENS[ground]) >= ENOUGH


@pytest.mark.parametrize("tone", ["brand", "ok", "warn", "info"])
def test_6_7_a_word_of_state_is_read_on_its_own_soft_ground(tone: str) -> None:
    for ink in (tone, "ink", "ink-2"):
        assert contrast(TOKENS[ink], TOKENS[f"{tone}-soft"]) >= ENOUGH, ink


def test_6_7_wherever_a_rule_sets_ink_and_ground_the_one_is_read_on_the_other() -> None:
    looked = 0
    for name, selector, sets in rules():
        ground = colour(sets.get("background", sets.get("background-color", "")))
        ink = colour(sets.get("color", ""))
        if ground and ink:
            looked += 1
            assert contrast(ink, ground) >= ENOUGH, (name, selector)
    assert looked > 20


def test_6_7_the_edge_of_what_is_filled_in_is_seen() -> None:
    for ground in GROUNDS:
        assert contrast(TOKENS["line-strong"], TOKENS[ground]) >= ENOUGH_FOR_EDGES


def test_6_7_targets_are_at_least_44_px_and_60_px_in_elder_mode() -> None:
    touch = float(TOKENS["touch"].removesuffix("rem")) * PIXELS
    assert touch >= 44
    assert touch * elder() >= 60


def test_6_7_text_grows_to_30_px_and_more() -> None:
    """Every size is a share of the page's own, which the reader's phone may set as large as it
    likes; headings pass 30 px in elder mode alone, and with the phone's text at 140 % all does."""
    fixed = [
        (name, selector, sets["font-size"])
        for name, selector, sets in rules()
        if re.search(r"[\d.]+(px|vw|vh)", sets.get("font-size", ""))
    ]
    assert fixed == []
    assert not re.search(r"html\s*{[^}]*font-size:\s*[\d.]+px", THEME)
    heading = max(
        float(sets["font-size"].removesuffix("rem"))
        for name, _, sets in rules()
        if name == "PageShell.vue" and sets.get("font-size", "").endswith("rem")
    )
    assert heading * PIXELS * elder() >= 30
    assert PIXELS * elder() * 1.4 >= 30


@pytest.mark.parametrize("page", ["index.html", "door/index.html"])
def test_6_7_no_page_forbids_to_enlarge_it(page: str) -> None:
    (viewport,) = re.findall(
        r'<meta\s+name="viewport"\s+content="([^"]*)"', (SOURCES / page).read_text()
    )
    assert not re.search(r"user-scalable|maximum-scale", viewport)


def test_6_7_a_state_is_a_word_and_a_shape_and_never_a_colour_alone() -> None:
    """A tag or a notice has a tone, and words in it wherever it stands."""
    uses = 0
    for path in sorted(SOURCES.glob("src/**/*.vue")):
        shown = path.read_text()
        for kind in ("StateTag", "Notice"):
            for inside in re.findall(rf"<{kind}\b[^>]*[^/]>(.*?)</{kind}>", shown, re.DOTALL):
                uses += 1
                assert inside.strip(), path.name
            assert not re.search(rf"<{kind}\b[^>]*/>", shown), path.name
    assert uses > 80
