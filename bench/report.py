"""How a figure is printed."""

import json
from typing import Any


def percentile(values: list[float], share: float) -> float:
    """The value that this share of the values does not pass."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def figure(name: str, value: float, unit: str, **more: Any) -> None:
    """One line for machines: `{"figure": "http.list_p95", "value": 12.3, "unit": "ms", ...}`."""
    print(json.dumps({"figure": name, "value": round(value, 2), "unit": unit, **more}), flush=True)
