"""The tables, one module per area of the schema. Every table and column carries its comment.

`metadata` knows all of them: importing this package imports each module.
"""

from warehouse.tables import (
    articles,
    clusters,
    day_counts,
    entities,
    events,
    feeds,
    mentions,
    operations,
    raw,
    windows,
)
from warehouse.tables.columns import SCHEMAS, metadata

__all__ = [
    "SCHEMAS",
    "articles",
    "clusters",
    "day_counts",
    "entities",
    "events",
    "feeds",
    "mentions",
    "metadata",
    "operations",
    "raw",
    "windows",
]
