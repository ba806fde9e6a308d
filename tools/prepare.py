"""Keys, tables and, in an empty database, demo data: `flask honglin keys, migrate, demo` in one
process, since most of the time of each goes into loading the application."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from app.cli import group  # noqa: E402 - the folder above is not on the path before
from wsgi import app  # noqa: E402


def main() -> None:
    with app.app_context():
        for verb in ("keys", "migrate", "demo"):
            group.commands[verb].main([], prog_name=verb, standalone_mode=False)


if __name__ == "__main__":
    main()
