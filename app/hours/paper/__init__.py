"""The certificate on paper: `certificate.typ` is how it looks. The same certificate gives the same
file, on any machine: its letters come with us and are embedded."""

import json
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import segno

TEMPLATE = Path(__file__).with_name("certificate.typ")
FONTS = Path(pylopdf_fonts_zh_cn.__file__).parent


def certificate(told: dict[str, Any], address: str) -> bytes:
    """A PDF of one page; `address` is where its number and code are checked."""
    import typst  # noqa: PLC0415 - 7 MB for what is made now and then

    code = segno.make(address, error="m").svg_inline(border=0)
    said = json.dumps(told | {"address": address, "picture": code}, default=str)
    made: bytes = typst.compile(
        str(TEMPLATE),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"told": said},
    )
    return made
