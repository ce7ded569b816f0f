"""Publishers from their files: the packaged ones, and those of the folder that DATELINE_PUBLISHERS names."""

import os
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import ValidationError

from flows.publishers.files import PublisherFile
from transforms.failures import ConfigurationError
from transforms.publishers import Publisher

# Not importlib.resources: `seeds` holds no code, and a folder without __init__ is merged with any other
# of its name on the path.
PACKAGED = Path(__file__).resolve().parents[2] / "seeds" / "publishers"


def load_publishers(folder: Path | None = None) -> dict[str, Publisher]:
    """All publishers by code, sorted.

    Without `folder`: the packaged files, then those of the folder that the environment variable
    DATELINE_PUBLISHERS names, where a file of the same code replaces the packaged one. Raises
    ConfigurationError with every fault of every file at once, one a line: `file: key: what is wrong`.
    """
    faults: list[str] = []
    if folder is not None:
        found = _read_folder(folder, faults)
    else:
        found = _read_folder(PACKAGED, faults)
        if extra := os.environ.get("DATELINE_PUBLISHERS"):
            found |= _read_folder(Path(extra), faults)
    faults += _shared_hosts(found.values())
    if faults:
        raise ConfigurationError("publisher files are wrong:\n" + "\n".join(f"  {fault}" for fault in faults))
    return dict(sorted(found.items()))


def read_publisher(text: str, file_name: str) -> Publisher | list[str]:
    """The publisher of one TOML text, or its faults as `file: key: what is wrong`."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return [f"{file_name}: not TOML: {error}"]
    try:
        record = PublisherFile.model_validate(given).record()
    except ValidationError as errors:
        return [f"{file_name}: {_key(error['loc'])}: {_sentence(error['type'], error['msg'])}"
                for error in errors.errors()]
    if record.code != file_name.removesuffix(".toml"):
        return [f"{file_name}: code: the file of {record.code!r} must be named {record.code}.toml"]
    return record


def publisher_of(url: str, publishers: Mapping[str, Publisher]) -> Publisher | None:
    """The publisher whose host the URL is on, the longest host first; None when it is nobody's."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return None
    owners = [(len(own), publisher) for publisher in publishers.values() for own in publisher.hosts
              if host == own or host.endswith("." + own)]
    return max(owners, key=lambda owner: owner[0])[1] if owners else None


def _read_folder(folder: Path, faults: list[str]) -> dict[str, Publisher]:
    if not folder.is_dir():
        faults.append(f"{folder}: no such folder")
        return {}
    found: dict[str, Publisher] = {}
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".toml"):
            continue
        try:
            text = file.read_bytes().decode("utf-8")
        except UnicodeDecodeError as error:
            faults.append(f"{file.name}: not UTF-8: {error.reason} at byte {error.start}")
            continue
        outcome = read_publisher(text, file.name)
        if isinstance(outcome, list):
            faults += outcome
        else:
            found[outcome.code] = outcome
    return found


def _shared_hosts(publishers: Iterable[Publisher]) -> list[str]:
    owners: dict[str, str] = {}
    faults = []
    for publisher in publishers:
        for host in publisher.hosts:
            if host in owners and owners[host] != publisher.code:
                faults.append(f"{publisher.code}.toml: hosts: {host} already belongs to {owners[host]}")
            owners.setdefault(host, publisher.code)
    return faults


def _key(location: tuple[int | str, ...]) -> str:
    """`layouts[0].selectors.body` for the place where an error lies; types that were tried are left out."""
    text = ""
    for part in location:
        if isinstance(part, int):
            text += f"[{part}]"
        elif part.isidentifier() or not text:
            text += f".{part}" if text else part
    return text or "the file"


def _sentence(kind: str, message: str) -> str:
    return "unknown key" if kind == "extra_forbidden" else message.removeprefix("Value error, ")
