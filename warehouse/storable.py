"""Text that PostgreSQL can store: the one place where what it refuses is taken out."""

import re
from datetime import datetime
from types import NoneType
from typing import Any
from uuid import UUID

# NUL cannot be stored, lone surrogates have no UTF-8; the other controls are no text, and U+001F separates
# the parts of natural keys. Tab and line ends stay.
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")

# Most values of a row: passed by, not looked into.
_TEXTLESS = frozenset({NoneType, bool, int, float, UUID, datetime})


def storable(text: str) -> str:
    """`text` with each code point that cannot be stored replaced by U+FFFD: no offset moves."""
    return _UNSTORABLE.sub("\ufffd", text)


def storable_value(value: Any) -> Any:
    """`value` with every text in it made storable: also inside of lists, tuples and dictionaries."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, list | tuple):
        return [part if type(part) in _TEXTLESS else storable_value(part) for part in value]
    if isinstance(value, dict):
        return {
            storable_value(name): part if type(part) in _TEXTLESS else storable_value(part) for name, part in value.items()
        }
    return value
