"""The example queries for analysts, read from examples.sql."""

import re
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A question and the query that answers it."""

    number: int
    question: str
    sql: str


def examples() -> tuple[Example, ...]:
    """All of them, in order."""
    content = files("warehouse").joinpath("examples.sql").read_text("utf-8")
    found = re.findall(r"^-- (\d+)\. (.+)\n((?:(?!-- \d+\.).*\n)+)", content, re.MULTILINE)
    return tuple(Example(number=int(n), question=question, sql=sql.strip()) for n, question, sql in found)
