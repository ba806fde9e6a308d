"""Which files are ours to look at."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PICTURES = {".png", ".jpg", ".ico", ".webp", ".woff2"}
MADE_BY_TOOLS = (
    "static/pwa/package-lock.json",
    "static/pwa/src/generated/",
    "requirements",
    "migrations/versions/",
)


@cache
def ours() -> tuple[Path, ...]:
    """Every text file that is, or is about to be, in version control and is written by hand."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = sorted(ROOT / name for name in listed.split("\0") if name)
    return tuple(
        path
        for path in paths
        if path.is_file() and path.suffix not in PICTURES and not _named(path, MADE_BY_TOOLS)
    )


def _named(path: Path, starts: tuple[str, ...]) -> bool:
    return shown(path).startswith(starts)


def shown(path: Path) -> str:
    """The path as a person would type it."""
    return path.relative_to(ROOT).as_posix()


def python() -> tuple[Path, ...]:
    return tuple(path for path in ours() if path.suffix == ".py")


def client() -> tuple[Path, ...]:
    wanted = {".ts", ".vue", ".css"}
    inside = tuple(path for path in ours() if path.is_relative_to(ROOT / "static" / "pwa"))
    return tuple(path for path in inside if path.suffix in wanted)
