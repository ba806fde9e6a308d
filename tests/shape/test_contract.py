"""What the client takes from the server is what the server would write now. `make contract`."""

import shutil
import subprocess
import sys
from pathlib import Path

from flask import Flask

from app import cli
from tests.services import lacking
from tests.shape.files import ROOT

PWA = ROOT / "static" / "pwa"
GENERATED = PWA / "src" / "generated"
STALE = "run `make contract` and look at what changed"


def honglin(app: Flask, *words: str) -> None:
    cli.register(app)
    answer = app.test_cli_runner().invoke(args=["honglin", *words])
    assert answer.exit_code == 0, answer.output


def test_names_and_moves_are_fresh(app: Flask, tmp_path: Path) -> None:
    honglin(app, "export-client", str(tmp_path))
    written = {path.name: path.read_text() for path in tmp_path.iterdir()}
    assert written == {name: (GENERATED / name).read_text() for name in written}, STALE


def test_the_types_of_the_api_are_fresh(app: Flask, tmp_path: Path) -> None:
    tool = PWA / "node_modules" / ".bin" / "openapi-typescript"
    if not tool.exists() or not shutil.which("node"):
        lacking("openapi-typescript", "whether the client's types are fresh")
    honglin(app, "openapi", str(tmp_path / "openapi.json"))
    subprocess.run(
        [str(tool), str(tmp_path / "openapi.json"), "-o", str(tmp_path / "api.d.ts")],
        cwd=PWA,
        check=True,
        stdout=sys.stderr,
    )
    fresh = (tmp_path / "api.d.ts").read_text()
    assert fresh == (GENERATED / "api.d.ts").read_text(), STALE
