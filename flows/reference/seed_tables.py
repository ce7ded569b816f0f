"""Reading the tables and lists of seeds/reference."""

import csv
from collections.abc import Iterator
from importlib import resources

from transforms.failures import ConfigurationError


def seed_rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a table of seeds/reference by its columns; lines that begin with # are left out.

    Raises ConfigurationError when the table is missing.
    """
    path = resources.files("seeds") / "reference" / name
    try:
        with path.open("r", encoding="utf-8") as lines:
            yield from csv.DictReader(line for line in lines if not line.startswith("#"))
    except FileNotFoundError as error:
        raise ConfigurationError(f"seeds/reference/{name} is missing: reinstall Dateline") from error


def seed_lines(name: str) -> list[str]:
    """The lines of a word list of seeds/reference, comments and empty ones left out."""
    path = resources.files("seeds") / "reference" / name
    return [line for line in path.read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")]


def cell_parts(cell: str) -> list[str]:
    """The parts of a cell that holds several values between bars."""
    return [part for part in cell.split("|") if part]


def is_acronym(surface: str) -> bool:
    """Whether a spelling is at most five capitals, full stops aside."""
    return surface.replace(".", "").isupper() and len(surface.replace(".", "")) <= 5
