"""Another release of the whole, as a deploy would put it beside the present one."""

import re
import shutil
from pathlib import Path

from tests.server import ROOT

SHIPPED = ("config.py", "wsgi.py", "gunicorn.conf.py")
HASH = re.compile(r"-([\w-]{8})\.(js|css)\b")
PACKED = shutil.ignore_patterns("*.br", "*.gz")  # copies of what is rewritten here
TEXTS = ("*.js", "*.css", "*.html")


def next_release(folder: Path, says: str) -> Path:
    """The same server with a client of which every file has another name, and whose service worker
    is another one. `says` stands in the new page, for whoever wants to know which one is open."""
    folder.mkdir()
    for name in SHIPPED:
        shutil.copy(ROOT / name, folder)
    (folder / "app").symlink_to(ROOT / "app")
    dist = folder / "static" / "pwa" / "dist"
    shutil.copytree(ROOT / "static" / "pwa" / "dist", dist, ignore=PACKED)
    assets = dist / "assets"
    renamed = {path.name: HASH.sub(_hashed_anew, path.name) for path in assets.iterdir()}
    for before, after in renamed.items():
        (assets / before).rename(assets / after)
    for text in (path for kind in TEXTS for path in dist.rglob(kind)):
        text.write_text(HASH.sub(_hashed_anew, text.read_text()))
    page = dist / "index.html"
    named = f'<head><meta name="release" content="{says}">'
    page.write_text(page.read_text().replace("<head>", named))
    worker = dist / "sw.js"
    revision = re.compile(r'(index\.html[`"\'],\s*revision:\s*[`"\'])(\w+)')
    again, times = revision.subn(rf"\g<1>{says}", worker.read_text())
    assert times == 1, "the service worker does not name the page"
    worker.write_text(again)
    return folder


def _hashed_anew(found: re.Match[str]) -> str:
    return f"-{found[1][::-1]}.{found[2]}"
