"""Draws the app's icons. Run once with the project's Python; the pictures are kept in public/icons."""

from pathlib import Path

from PIL import Image, ImageDraw

RED, PAPER = (184, 35, 43), (255, 250, 244)
OUT = Path(__file__).parent.parent / "public" / "icons"
SIZE = 512
# Two neighbouring doors under one roof, in hundredths of the side.
ROOF = [(50, 18), (84, 44), (77, 50), (50, 29.5), (23, 50), (16, 44)]
DOORS = [(27, 53, 47, 82), (53, 53, 73, 82)]
KNOBS = [(41.5, 66, 44.5, 69), (55.5, 66, 58.5, 69)]


def draw(scale: float, round_corners: bool) -> Image.Image:
    """One picture; `scale` shrinks the shape into the safe middle of a maskable icon."""
    side = SIZE * 4
    image = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((0, 0, side - 1, side - 1), side * 0.2 if round_corners else 0, RED)

    def at(value: float) -> float:
        return side * (0.5 + (value / 100 - 0.5) * scale)

    pen.polygon([(at(x), at(y)) for x, y in ROOF], PAPER)
    for left, top, right, bottom in DOORS:
        pen.rounded_rectangle((at(left), at(top), at(right), at(bottom)), side * 0.015, PAPER)
    for left, top, right, bottom in KNOBS:
        pen.ellipse((at(left), at(top), at(right), at(bottom)), RED)
    return image


def main() -> None:
    """Write every size."""
    OUT.mkdir(parents=True, exist_ok=True)
    for name, size, scale, rounded in (
        ("icon-192", 192, 1, True),
        ("icon-512", 512, 1, True),
        ("maskable-192", 192, 0.72, False),
        ("maskable-512", 512, 0.72, False),
        ("apple-touch-icon", 180, 0.86, False),
    ):
        draw(scale, rounded).resize((size, size), Image.Resampling.LANCZOS).save(OUT / f"{name}.png")
    points = " ".join(f"{x},{y}" for x, y in ROOF)
    doors = "".join(
        f'<rect x="{a}" y="{b}" width="{c - a}" height="{d - b}" rx="1.5" fill="#fffaf4"/>'
        for a, b, c, d in DOORS
    )
    knobs = "".join(
        f'<circle cx="{(a + c) / 2}" cy="{(b + d) / 2}" r="1.5" fill="#b8232b"/>'
        for a, b, c, d in KNOBS
    )
    (OUT / "icon.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">'
        '<rect width="100" height="100" rx="20" fill="#b8232b"/>'
        f'<polygon points="{points}" fill="#fffaf4"/>{doors}{knobs}</svg>\n'
    )


main()
