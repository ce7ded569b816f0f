"""Load the rules of a ninjs version from seeds/reference/ninjs."""

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from transforms.failures import ConfigurationError

_FOLDER = Path(__file__).resolve().parents[2] / "seeds" / "reference" / "ninjs"


def ninjs_versions() -> list[str]:
    """The versions whose rules are known, sorted."""
    return sorted(path.stem.removeprefix("ninjs-") for path in _FOLDER.glob("ninjs-*.json"))


@lru_cache(maxsize=16)
def load_ninjs_rules(version: str) -> dict[str, Any]:
    """The rules of one version ("1.3"). Raises ConfigurationError for an unknown one."""
    if not re.fullmatch(r"[\w.]+", version) or version not in ninjs_versions():
        raise ConfigurationError(f"there are no rules for ninjs {version}; give one of {', '.join(ninjs_versions())}")
    rules: dict[str, Any] = json.loads((_FOLDER / f"ninjs-{version}.json").read_text(encoding="utf-8"))
    return rules
