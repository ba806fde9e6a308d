"""`python -m bench [name ...]`: runs the named measurements, or all but the longest."""

import sys
from importlib import import_module

MODULES = {
    "http": "bench.http",
    "sync": "bench.sync",
    "pwa": "bench.pwa",
    "push": "bench.push",
    "push_people": "bench.push_people",
    "push_rows": "bench.push_rows",
    "export": "bench.export",
    "import": "bench.importing",
    "recompute": "bench.recompute",
    "suggest": "bench.suggest",
    "planner": "bench.planner",
    "district": "bench.district",
}
ON_REQUEST = {"district", "push_rows"}  # take many minutes


def main() -> None:
    names = sys.argv[1:] or [name for name in MODULES if name not in ON_REQUEST]
    unknown = [name for name in names if name not in MODULES]
    if unknown:
        sys.exit(f"no such measurement: {', '.join(unknown)}; there are {', '.join(MODULES)}")
    for name in names:
        print(f"== {name}", flush=True)
        import_module(MODULES[name]).main()


if __name__ == "__main__":
    main()
