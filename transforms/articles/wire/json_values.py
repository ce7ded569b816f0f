"""JSON read with care: duplicate keys are told, lone surrogates scrubbed, depth bounded, types checked."""

import json
import re
from typing import Any, TypeAlias

from transforms.articles.charset import scrub

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None

MAX_JSON_CHARACTERS = 8_000_000
_MAX_COUNTS = ((":", 150_000), ("{", 100_000), ("[", 100_000), (",", 400_000))
_MAX_DEPTH = 200
_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.S)
_SURROGATE = re.compile(r"\\u(?:[dD][89a-fA-F]|0000)")


class UnreadableJson(Exception):
    """JSON that is refused. `reason` is a stable code, `offset` a character offset where one is known."""

    def __init__(self, reason: str, detail: str, offset: int | None = None) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
        self.offset = offset


def parse_json(text: str) -> tuple[Json, tuple[str, ...]]:
    """The value that `text` holds, and warnings (duplicate keys: the last one counts). Raises UnreadableJson."""
    if len(text) > MAX_JSON_CHARACTERS:
        raise UnreadableJson("too_large", f"{len(text)} characters of JSON, more than {MAX_JSON_CHARACTERS}")
    if _depth(text) > _MAX_DEPTH:
        raise UnreadableJson("too_deep", f"JSON nested deeper than {_MAX_DEPTH} levels")
    # A long body is one value; as many keys, containers or items as these take more time and memory than any article.
    if any(text.count(mark) > most for mark, most in _MAX_COUNTS):
        raise UnreadableJson("too_large", "more values than any article has")
    duplicates: list[str] = []

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        value = dict(found)
        if len(value) != len(found):
            seen: set[str] = set()
            duplicates.extend(key for key, _ in found if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        return value

    try:
        value = json.loads(text, object_pairs_hook=pairs, parse_int=_bounded_int)
    except json.JSONDecodeError as error:
        raise UnreadableJson("malformed", f"no JSON: {error.msg} at character {error.pos}", error.pos) from error
    except RecursionError as error:
        raise UnreadableJson("too_deep", "JSON nested too deeply") from error
    if _SURROGATE.search(text):
        value = _scrubbed(value)
    return value, tuple(f"duplicate key {scrub(key)[:60]!r}, the last one counts" for key in dict.fromkeys(duplicates))


def key_before(text: str, offset: int | None) -> str:
    """The key that stands last before an error in broken JSON, as the field to name; empty where none does."""
    keys = re.findall(r'"((?:[^"\\\n]|\\.){1,80})"\s*:', text[: offset or 0])
    return keys[-1] if keys else ""


def _bounded_int(digits: str) -> int | float:
    """Integers of thousands of digits cost seconds; beyond what a column holds they are floats."""
    return int(digits) if len(digits) <= 20 else float(digits[:400])


def _depth(text: str) -> int:
    """How deep brackets nest, strings aside; stops counting beyond the limit."""
    if text.count("[") + text.count("{") <= _MAX_DEPTH:
        return 0
    depth = deepest = 0
    for token in _BRACKETS.finditer(text):
        mark = token[0]
        if mark in "[{":
            depth += 1
            deepest = max(deepest, depth)
            if deepest > _MAX_DEPTH:
                return deepest
        elif mark in "]}":
            depth -= 1
    return deepest


def _scrubbed(value: Json) -> Json:
    if isinstance(value, str):
        return scrub(value)
    if isinstance(value, list):
        return [_scrubbed(item) for item in value]
    if isinstance(value, dict):
        return {scrub(key): _scrubbed(item) for key, item in value.items()}
    return value


def as_text(value: Json) -> str | None:
    """A string, or a number as one; None for anything else and for white space."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return str(value)
    return (value.strip() or None) if isinstance(value, str) else None


def as_objects(value: Json) -> list[dict[str, Json]]:
    """The objects of a list; one object alone is a list of one; what is no object is left out."""
    if isinstance(value, dict):
        return [value]
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def as_texts(value: Json) -> list[str]:
    """The strings of a list; one string alone is a list of one."""
    if isinstance(value, str):
        value = [value]
    return [text for item in value if (text := as_text(item))] if isinstance(value, list) else []
