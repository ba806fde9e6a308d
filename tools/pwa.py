"""Builds the phone and office app (static/pwa): finds Node, installs what it needs, runs its build.

Each step is skipped when what it works from has not changed. `--install` stops before the build.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PWA = ROOT / "static" / "pwa"
MODULES = PWA / "node_modules"
MADE_HERE = {"node_modules", "dist", "coverage"}


def fits(version: str) -> bool:
    """Whether this Node runs our build tool: 20.19 and later of 20, or 22.12 and later."""
    found = re.match(r"v(\d+)\.(\d+)", version)
    if not found:
        return False
    major, minor = int(found[1]), int(found[2])
    return (major == 20 and minor >= 19) or (major, minor) >= (22, 12)


def node_is_here() -> bool:
    if not (shutil.which("node") and shutil.which("npm")):
        return False
    asked = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False)
    return asked.returncode == 0 and fits(asked.stdout)


def find_node() -> None:
    """The machine's own Node where it is new enough, else the one that PyPI carries."""
    os.environ["PATH"] = f"{ROOT / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    if node_is_here():
        return
    print("No Node.js 20.19 or newer on this machine: installing one into .venv ...", flush=True)
    wanted = str(ROOT / "requirements-node.txt")
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "-r", wanted], check=True)
    if not node_is_here():
        sys.exit("Node.js 20.19 or newer is needed and could not be installed.")


def npm(*words: str) -> None:
    """Run npm in the client's folder. It is heard only when it fails; a download is tried twice."""
    for attempt in (1, 2):
        done = subprocess.run(
            ["npm", *words], cwd=PWA, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
        )
        if done.returncode == 0:
            return
        if words[0] != "ci" or attempt == 2:
            print(done.stdout.decode(errors="replace"))
            sys.exit(f"npm {' '.join(words)} failed; the reason is above.")


def digest(paths: list[Path]) -> str:
    total = hashlib.sha256()
    for path in paths:
        total.update(f"{path.relative_to(PWA)}\0".encode() + path.read_bytes())
    return total.hexdigest()


def sources() -> list[Path]:
    """Every file that the build may read."""
    return sorted(
        path
        for entry in PWA.iterdir()
        if entry.name not in MADE_HERE
        for path in ([entry] if entry.is_file() else entry.rglob("*"))
        if path.is_file()
    )


def unless_fresh(stamp: Path, state: str) -> bool:
    """True when the step behind this stamp has to run; its caller writes the stamp afterwards."""
    return not stamp.exists() or stamp.read_text() != state


def compress() -> None:
    """Lay a packed copy beside each file that gains by it; the server hands that out."""
    command = [sys.executable, "-m", "whitenoise.compress", "--quiet", str(PWA / "dist")]
    subprocess.run(command, check=True)


def main() -> None:
    find_node()
    stamp, state = MODULES / ".installed", digest([PWA / "package-lock.json"])
    if unless_fresh(stamp, state):
        print("Installing the app's packages ...", flush=True)
        npm("ci", "--no-audit", "--no-fund", "--loglevel=error")
        stamp.write_text(state)
    if "--install" in sys.argv:
        return
    stamp, state = MODULES / ".built", digest(sources())
    if unless_fresh(stamp, state) or not (PWA / "dist" / "index.html").exists():
        print("Building the app ...", flush=True)
        npm("run", "--silent", "build")
        compress()
        stamp.write_text(state)


if __name__ == "__main__":
    main()
