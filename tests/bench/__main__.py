"""`python -m tests.bench [NAME…]`: every `bench_NAME` module in turn; each has a function `run()`."""

import importlib
import sys
from pathlib import Path


def main(wanted: list[str]) -> None:
    """Run the named benches, all where none is named."""
    for file in sorted(Path(__file__).parent.glob("bench_*.py")):
        name = file.stem.removeprefix("bench_")
        if wanted and name not in wanted:
            continue
        print(f"== {name}", flush=True)
        importlib.import_module(f"tests.bench.{file.stem}").run()


main(sys.argv[1:])
