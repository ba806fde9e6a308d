"""A link as a picture that a phone reads also where a quarter of it is scratched away."""

import segno


def picture_of(link: str) -> str:
    """A data address of an SVG that scales to any size."""
    code = segno.make(link, error="q", micro=False)
    return str(code.svg_data_uri(border=2, dark="#000", light="#fff"))
