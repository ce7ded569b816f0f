"""The dictionary page: an ER diagram drawn from the tables, the mart from the catalog, the example queries.

`python -m warehouse.dictionary` writes warehouse/DICTIONARY.md and deploy/dbt/sources.yml from the warehouse that is
configured; a test says when one is out of date.
"""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Table, make_url, text
from sqlalchemy.types import TypeEngine

from warehouse import dbt_sources
from warehouse.engine import open_warehouse
from warehouse.examples import examples
from warehouse.migrate import migrate
from warehouse.tables import SCHEMAS, metadata

DIALECT = make_url("postgresql+psycopg://").get_dialect()()
PAGE = Path(__file__).parent / "DICTIONARY.md"

# What holds for all views, so that no column has to say it.
READING = """
## How to read it

- **Versions.** `articles` has the current version of each article that may be shown, `all_articles` the killed and
  withheld ones too, `article_versions` every version. Mentions, quotes and events are those of `articles`. The
  `published_at` of an article is its current version's: a correction may bring its own.
- **Copies.** A text that two publishers carry is two articles, and its mentions, quotes and events stand in both. Count
  texts in `unique_articles` or by `unique_count`, what a publisher wrote itself in `original_articles` or with
  `NOT is_wire_copy`, and events of the world, however often they are told, in `event_clusters`.
- **Times** are in UTC, and so are days. Where `published_at_precision` is `day`, `month` or `year`, `published_at` is
  midnight UTC of its first day: it says nothing about the hour and must not be moved to another zone.
- **Null** means that the document does not say, or that more than one could be meant: nothing is guessed. A list
  without members is empty, not null.
- **Codes** of countries are ISO 3166-1 alpha-3, of languages ISO 639-1, of events PLOVER and CAMEO.
- **Offsets** count code points from 0 in the `field` that they name, the end excluded: the words of a mention, with 40
  before and behind, are `substr(body, greatest(start_offset - 39, 1), end_offset - start_offset + 80)`.
- **Speed.** Bound `published_at`, or `day` where a view has it: it decides how much is read."""

# Each diagram shows the tables of some modules, and the names alone of what they point at.
DIAGRAMS = {
    "What came in": ("publishers", "feeds", "feed_polls", "feed_items", "captures", "contents"),
    "Articles and their versions": (
        "publishers", "captures", "articles", "article_versions", "sightings", "version_authors", "version_subjects",
        "subjects", "version_links", "items",
    ),
    "Near-duplicates": (
        "articles", "article_versions", "version_texts", "signatures", "similar_texts", "excerpts", "clusters",
        "cluster_members",
    ),
    "Entities, quotes and events": (
        "article_versions", "entities", "entity_aliases", "offices", "mentions", "quotes", "events", "event_modes",
        "event_contexts", "event_sizes", "event_participants", "event_clusters", "event_cluster_members",
    ),
    "How it went": (
        "runs", "run_counts", "check_results", "rejections", "quarantine", "captures", "backfills", "windows",
        "publishers",
    ),
}  # fmt: skip


def page(connection: Connection) -> str:
    """The whole page, in Markdown."""
    return "\n".join([*_opening(), *_mart(connection), *_examples(), *_diagrams(), *_tables()]) + "\n"


def _opening() -> Iterator[str]:
    yield "# Dictionary\n"
    yield "Written by `python -m warehouse.dictionary` from the tables, views and their comments: do not edit.\n"
    yield "Analysts read the schema `mart` alone; its views and their columns stay what they are until a release"
    yield "says otherwise. Everything else may change without notice.\n"
    yield from (f"- **{name}** {comment}" for name, comment in SCHEMAS.items())
    yield READING


def _mart(connection: Connection) -> Iterator[str]:
    yield "\n## mart\n"
    rows = connection.execute(
        text("SELECT * FROM mart.data_dictionary ORDER BY object_kind DESC, object_name, position")
    ).all()
    for (kind, name), columns in groupby(rows, key=lambda row: (row.object_kind, row.object_name)):
        whole, *listed = columns
        yield f"\n### mart.{name}{'()' if kind == 'function' else ''}\n\n{whole.description}\n"
        if kind == "function":
            yield f"Returns `{whole.data_type}`."
        else:
            yield "| column | type | meaning |\n|---|---|---|"
            yield from (f"| {row.column_name} | {row.data_type} | {_cell(row.description)} |" for row in listed)


def _examples() -> Iterator[str]:
    yield "\n## Questions and the queries that answer them\n"
    for example in examples():
        yield f"{example.number}. {example.question}\n\n```sql\n{example.sql}\n```\n"


def _diagrams() -> Iterator[str]:
    yield "\n## Tables in pictures\n"
    by_name = {table.name: table for table in metadata.tables.values()}
    for title, names in DIAGRAMS.items():
        yield f"### {title}\n\n```mermaid\nerDiagram"
        shown = [by_name[name] for name in names]
        for table in shown:
            yield from _relations(table, {other.name for other in shown})
        for table in shown:
            yield f"  {table.name} {{"
            yield from (f"    {_type(column.type)} {column.name}{_role(column)}" for column in _telling(table))
            yield "  }"
        yield "```\n"


def _relations(table: Table, shown: set[str]) -> Iterator[str]:
    for key in sorted(table.foreign_key_constraints, key=lambda key: sorted(key.column_keys)):
        target = key.referred_table.name
        if target in shown:
            columns = ", ".join(key.column_keys)
            is_whole_key = set(key.column_keys) == {column.name for column in table.primary_key}
            yield f'  {target} ||--o{"|" if is_whole_key else "{"} {table.name} : "{columns}"'


def _telling(table: Table) -> list[Column[Any]]:
    """The columns that a picture needs: keys, references and the first few others."""
    keys = [column for column in table.columns if column.primary_key or column.foreign_keys]
    others = [column for column in table.columns if column not in keys]
    return [*keys, *others[:6]]


def _type(kind: TypeEngine[Any]) -> str:
    """The type in one word, as Mermaid wants it."""
    return _name(kind).replace("timestamp with time zone", "timestamptz").replace(" ", "_").replace("[]", "_list")


def _name(kind: TypeEngine[Any]) -> str:
    return str(kind.compile(dialect=DIALECT)).lower()


def _role(column: Column[Any]) -> str:
    roles = [name for name, held in (("PK", column.primary_key), ("FK", column.foreign_keys)) if held]
    return f" {', '.join(roles)}" if roles else ""


def _tables() -> Iterator[str]:
    for schema in ("core", "raw", "ops"):
        yield f"\n## {schema}\n\n{SCHEMAS[schema]}"
        for table in sorted(metadata.tables.values(), key=lambda table: table.name):
            if table.schema == schema:
                yield f"\n### {table.fullname}\n\n{table.comment}\n\n| column | type | meaning |\n|---|---|---|"
                yield from (
                    f"| {column.name} | {_name(column.type)} | {_cell(column.comment)} |" for column in table.columns
                )


def _cell(comment: str | None) -> str:
    return (comment or "").replace("|", "\\|")


def main() -> None:
    """Write the page, and the mart as a dbt source."""
    with open_warehouse() as engine:
        migrate(engine)
        with engine.connect() as connection:
            PAGE.write_text(page(connection), "utf-8")
            dbt_sources.FILE.write_text(dbt_sources.sources(connection), "utf-8")


if __name__ == "__main__":
    main()
