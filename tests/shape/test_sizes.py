"""Nothing is longer than a person can hold in mind. What passes its ceiling is split by verb."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.shape import files

FILE = 300
CLIENT_FILE = 250
FUNCTION = 40
CONFTEST = 80
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc"}


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_python_file_is_longer_than_its_ceiling() -> None:
    long = {
        files.shown(path): lines(path)
        for path in files.python()
        if lines(path) > (CONFTEST if path.name == "conftest.py" else FILE)
    }
    assert not long


def test_no_client_file_is_longer_than_its_ceiling() -> None:
    long = {files.shown(p): lines(p) for p in files.client() if lines(p) > CLIENT_FILE}
    assert not long


def test_no_function_is_longer_than_its_ceiling() -> None:
    long = {
        f"{files.shown(path)}:{name}": length
        for path in files.python()
        for name, length in functions(path)
        if length > FUNCTION
    }
    assert not long


def test_no_module_is_named_after_nothing() -> None:
    everything = (*files.python(), *files.client())
    named = [files.shown(path) for path in everything if path.stem in NAMES_THAT_SAY_NOTHING]
    assert not named
