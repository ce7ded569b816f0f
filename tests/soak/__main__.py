"""`make soak`: what takes minutes. Each experiment prints its figures and fails loudly.

    python -m tests.soak                    all of them, small
    python -m tests.soak matrix kills=200 documents=5000
"""

import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path

from tests.soak import (
    connection_cuts,
    crash_matrix,
    disk_full,
    poison,
    prefect_kills,
    punctuality,
    race,
    random_kills,
    schedules,
    server_stops,
    vanished,
    year,
)

EXPERIMENTS: dict[str, Callable[[Path, dict[str, int]], str]] = {
    "matrix": crash_matrix.run,
    "kills": random_kills.run,
    "stops": server_stops.run,
    "disk": disk_full.run,
    "cuts": connection_cuts.run,
    "vanish": vanished.run,
    "race": race.run,
    "year": year.run,
    "poison": poison.run,
    "prefect": schedules.run,
    "prefect_kills": prefect_kills.run,
    "punctuality": punctuality.run,
}


def main(arguments: list[str]) -> int:
    """Run the experiments that are named, or all; `name=number` sets their sizes."""
    settings = {name: int(value) for name, _, value in (one.partition("=") for one in arguments) if value}
    chosen = [one for one in arguments if "=" not in one] or list(EXPERIMENTS)
    failed = 0
    for name in chosen:
        with tempfile.TemporaryDirectory(prefix=f"dateline-soak-{name}-") as folder:
            try:
                print(f"{name}: {EXPERIMENTS[name](Path(folder), settings)}", flush=True)
            except AssertionError as failure:
                failed += 1
                place = traceback.extract_tb(failure.__traceback__)[-1]
                print(f"{name}: FAILED: {failure or place.line} ({Path(place.filename).name}:{place.lineno})", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
