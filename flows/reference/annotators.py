"""Installed annotators: packages that offer one under the entry point group `dateline.annotators`."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points

from transforms.annotations.annotators import Annotator
from transforms.failures import ConfigurationError

GROUP = "dateline.annotators"
VARIABLE = "DATELINE_ANNOTATOR"


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalledAnnotator:
    """An annotator that is installed, not yet loaded. `name` has its distribution's version in it."""

    name: str
    entry_point: EntryPoint

    def load(self) -> Annotator:
        """Make it: the entry point names a function or class that takes nothing.

        Raises ConfigurationError where it cannot be imported or made, or makes no annotator.
        """
        try:
            annotator: Annotator = self.entry_point.load()()
        except (ImportError, AttributeError, TypeError, ValueError, OSError) as error:
            raise ConfigurationError(f"{VARIABLE}: {self.name} cannot be loaded: {type(error).__name__}: {error}") from error
        if not callable(getattr(annotator, "find_names", None)):
            raise ConfigurationError(f"{VARIABLE}: what {self.name} makes has no method find_names.")
        return annotator


def configured_annotator(environment: Mapping[str, str] | None = None) -> InstalledAnnotator | None:
    """The annotator that DATELINE_ANNOTATOR names; None without it.

    Raises ConfigurationError where none, or more than one, is installed under that name.
    """
    wanted = (os.environ if environment is None else environment).get(VARIABLE, "")
    if not wanted:
        return None
    installed = entry_points(group=GROUP)
    found = [point for point in installed if point.name == wanted]
    if len(found) != 1:
        known = ", ".join(sorted({point.name for point in installed})) or "none"
        raise ConfigurationError(f"{VARIABLE}={wanted} names {len(found)} annotators. Installed: {known}.")
    version = found[0].dist.version if found[0].dist else "0"
    return InstalledAnnotator(name=f"{wanted}-{version}", entry_point=found[0])


def model_name(packaged: str) -> str:
    """What annotations with models are called: by the configured annotator before the packaged models, if any."""
    annotator = configured_annotator()
    return packaged if annotator is None else f"{annotator.name}+{packaged}"
