"""Derived identifiers: UUIDv5 of natural keys, so that the same input gives the same rows on any machine."""

from uuid import NAMESPACE_URL, UUID, uuid5

NAMESPACE = uuid5(NAMESPACE_URL, "https://dateline.example/ids")


def derived_id(kind: str, *parts: object) -> UUID:
    """The id of a row of `kind` (a table's name in the singular) with the natural key `parts`.

    Parts are joined by U+001F, which scrubbed text never holds; None is told apart from "".
    """
    key = "\x1f".join([kind, *("\x00" if part is None else str(part) for part in parts)])
    return uuid5(NAMESPACE, key)
