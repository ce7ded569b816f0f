"""Check a ninjs document against the rules of one version: which fields, of which type, which are required.

The rules are a value (seeds/reference/ninjs) in the subset of JSON Schema that IPTC's schemas use, drafts 3 to 2020-12.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from transforms.articles.wire.json_values import Json

Rules = Mapping[str, Any]

_MAX_DEPTH = 60
# RFC 7946: how deep the positions of each geometry nest.
_GEOMETRIES = {"Point": 1, "MultiPoint": 2, "LineString": 2, "MultiLineString": 3, "Polygon": 3, "MultiPolygon": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """What a rule refuses: the field as a path (`associations/0/name`, empty for the document) and why."""

    field: str
    message: str


def violations(document: Json, rules: Rules) -> tuple[Violation, ...]:
    """Everything in `document` that the rules refuse, in order of the document; none where it is valid."""
    checker = _Checker(rules)
    return tuple(dict.fromkeys(checker.check(document, rules, (), 0)))


class _Checker:
    """Walks a document and its rules together."""

    def __init__(self, rules: Rules) -> None:
        self._root = rules
        self._draft = int(rules.get("draft", 7))

    def check(self, value: Json, rules: Rules, path: tuple[str, ...], depth: int) -> Iterator[Violation]:
        if depth > _MAX_DEPTH:
            yield _violation(path, "nested too deeply")
            return
        reference = rules.get("$ref")
        if isinstance(reference, str):
            yield from self._referred(value, reference, path, depth)
            # Before 2019-09 what stands beside a reference does not count.
            if self._draft <= 7:
                return
        yield from self._type(value, rules, path, depth)
        if "enum" in rules and not any(_same(value, allowed) for allowed in rules["enum"]):
            yield _violation(path, f"must be one of {', '.join(map(str, rules['enum']))}")
        if isinstance(value, str) and "pattern" in rules and not re.search(rules["pattern"], value):
            yield _violation(path, "has the wrong form")
        if isinstance(value, int | float) and not isinstance(value, bool):
            if "minimum" in rules and value < rules["minimum"]:
                yield _violation(path, f"is less than {rules['minimum']}")
            if "maximum" in rules and value > rules["maximum"]:
                yield _violation(path, f"is more than {rules['maximum']}")
        if isinstance(value, dict):
            yield from self._object(value, rules, path, depth)
        if isinstance(value, list) and isinstance(rules.get("items"), Mapping):
            for number, item in enumerate(value):
                yield from self.check(item, rules["items"], (*path, str(number)), depth + 1)
        yield from self._combined(value, rules, path, depth)

    def _referred(self, value: Json, reference: str, path: tuple[str, ...], depth: int) -> Iterator[Violation]:
        if reference == "geojson":
            if not is_geojson(value):
                yield _violation(path, "is no GeoJSON")
            return
        yield from self.check(value, self._resolve(reference), path, depth + 1)

    def _resolve(self, reference: str) -> Rules:
        rules: Any = self._root
        for part in reference.removeprefix("#").strip("/").split("/"):
            rules = rules[part] if part else rules
        resolved: Rules = rules
        return resolved

    def _type(self, value: Json, rules: Rules, path: tuple[str, ...], depth: int) -> Iterator[Violation]:
        types = rules.get("type")
        if types is None:
            return
        allowed = types if isinstance(types, list) else [types]
        fits = any(
            not any(self.check(value, kind, path, depth + 1)) if isinstance(kind, Mapping) else _is_of(value, kind)
            for kind in allowed
        )
        if not fits:
            names = " or ".join(kind for kind in allowed if isinstance(kind, str))
            yield _violation(path, f"must be of type {names}")

    def _object(self, value: dict[str, Json], rules: Rules, path: tuple[str, ...], depth: int) -> Iterator[Violation]:
        required = rules.get("required")
        if isinstance(required, list):
            for name in required:
                if name not in value:
                    yield _violation((*path, name), "is missing")
        properties: Mapping[str, Rules] = rules.get("properties", {})
        patterns: Mapping[str, Rules] = rules.get("patternProperties", {})
        for name, rule in properties.items():
            if name in value:
                yield from self.check(value[name], rule, (*path, name), depth + 1)
            elif rule.get("required") is True:  # draft 3
                yield _violation((*path, name), "is missing")
        for name, item in value.items():
            for pattern, rule in patterns.items():
                if re.search(pattern, name):
                    yield from self.check(item, rule, (*path, name), depth + 1)
        if rules.get("additionalProperties") is False:
            known = properties.keys()
            for name in value:
                if name not in known and not any(re.search(pattern, name) for pattern in patterns):
                    yield _violation((*path, name), "is no property of this version")
        if rules.get("unevaluatedProperties") is False:
            evaluated = self._evaluated(rules)
            for name in value:
                if name not in evaluated:
                    yield _violation((*path, name), "is no property of this version")

    def _evaluated(self, rules: Rules) -> set[str]:
        """The properties that the rules and those that they refer to know."""
        known = set(rules.get("properties", {}))
        reference = rules.get("$ref")
        if isinstance(reference, str) and reference != "geojson":
            known |= self._evaluated(self._resolve(reference))
        for part in rules.get("allOf", ()):
            known |= self._evaluated(part)
        return known

    def _combined(self, value: Json, rules: Rules, path: tuple[str, ...], depth: int) -> Iterator[Violation]:
        for part in rules.get("allOf", ()):
            yield from self.check(value, part, path, depth + 1)
        for keyword in ("anyOf", "oneOf"):
            parts = rules.get(keyword, ())
            if not parts:
                continue
            outcomes = [tuple(self.check(value, part, path, depth + 1)) for part in parts]
            count = sum(not outcome for outcome in outcomes)
            if count == 0 or (keyword == "oneOf" and count > 1):
                closest = min(outcomes, key=len)
                yield from closest if count == 0 and closest else (_violation(path, "fits several alternatives at once"),)


def is_geojson(value: Json) -> bool:
    """Whether a value is a GeoJSON object (RFC 7946)."""
    if not isinstance(value, dict):
        return False
    kind = value.get("type")
    if kind in _GEOMETRIES:
        return _are_positions(value.get("coordinates"), _GEOMETRIES[str(kind)])
    if kind == "GeometryCollection":
        return isinstance(value.get("geometries"), list) and all(map(is_geojson, _listed(value.get("geometries"))))
    if kind == "Feature":
        geometry = value.get("geometry")
        return "properties" in value and "geometry" in value and (geometry is None or is_geojson(geometry))
    if kind == "FeatureCollection":
        return isinstance(value.get("features"), list) and all(map(is_geojson, _listed(value.get("features"))))
    return False


def _listed(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _are_positions(value: Json, depth: int) -> bool:
    if not isinstance(value, list):
        return False
    if depth == 1:
        return len(value) >= 2 and all(_is_of(number, "number") for number in value)
    return all(_are_positions(item, depth - 1) for item in value)


def _is_of(value: Json, kind: str) -> bool:
    match kind:
        case "string":
            return isinstance(value, str)
        case "integer":
            return (isinstance(value, int) and not isinstance(value, bool)) or (isinstance(value, float) and value.is_integer())
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "object":
            return isinstance(value, dict)
        case "array":
            return isinstance(value, list)
        case "boolean":
            return isinstance(value, bool)
        case "null":
            return value is None
    return True


def _same(left: Json, right: object) -> bool:
    return type(left) is type(right) and left == right


def _violation(path: tuple[str, ...], message: str) -> Violation:
    return Violation(field="/".join(path), message=message)
