"""Articles as plain JSON values and back, field by field: nothing is lost, and nothing wrong is taken for an article."""

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from transforms.articles.article import Article

_Record = TypeVar("_Record")


def to_values(record: object) -> dict[str, Any]:
    """A record as JSON values; fields that have their default are left out."""
    values: dict[str, Any] = {}
    for field in fields(record):  # type: ignore[arg-type]
        value = getattr(record, field.name)
        if field.default is MISSING or value != field.default:
            values[field.name] = _plain(value)
    return values


def article_of_values(values: Mapping[str, Any]) -> Article | None:
    """The article that `to_values` wrote, or None where the values are not such an article's."""
    try:
        return _record(Article, values)
    except (ValueError, TypeError, KeyError):
        # Whatever does not fit the record's own types was not written by `to_values`.
        return None


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return to_values(value) if is_dataclass(value) else value


def _record(kind: type[_Record], values: Mapping[str, Any]) -> _Record:
    hints = get_type_hints(kind)
    unknown = values.keys() - hints.keys()
    if unknown:
        raise ValueError(f"unknown fields: {unknown}")
    return kind(**{name: _typed(hints[name], value) for name, value in values.items()})


def _typed(hint: Any, value: Any) -> Any:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is UnionType or str(origin) == "typing.Union":
        if value is None and NoneType in arguments:
            return None
        return _typed(next(part for part in arguments if part is not NoneType), value)
    if origin is tuple:
        if not isinstance(value, list):
            raise ValueError("not a list")
        return tuple(_typed(arguments[0], item) for item in value)
    if origin is Literal:
        if value not in arguments:
            raise ValueError(f"not one of {arguments}")
        return value
    if hint is datetime:
        return datetime.fromisoformat(value)
    if hint is date:
        return date.fromisoformat(value)
    if isinstance(hint, type) and is_dataclass(hint):
        return _record(hint, value)
    if hint is float and isinstance(value, int):
        return float(value)
    if not isinstance(value, hint) or (hint is int and isinstance(value, bool)):
        raise ValueError(f"not of type {hint}")
    return value
