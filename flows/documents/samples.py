"""The sample dispatches under seeds/dispatches/, with the publishers that they come from."""

import tomllib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from transforms.documents import Document
from transforms.failures import ConfigurationError
from transforms.publishers import Publisher

# Not importlib.resources: `seeds` holds no code, and a folder without __init__ is merged with any other of its
# name on the path.
PACKAGED = Path(__file__).resolve().parents[2] / "seeds" / "dispatches"


class SamplePublisher(BaseModel):
    """A `[[publishers]]` table of index.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    code: str
    name: str
    agency: str | None = None
    country_code: str
    language: str
    time_zone: str


class SampleDispatch(BaseModel):
    """A `[[dispatches]]` table of index.toml; `fetched_at` dates the capture, so that dumps are equal."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    path: str
    publisher: str
    fetched_at: AwareDatetime
    url: str | None = None
    media_type: str | None = None


class SampleIndex(BaseModel):
    """The whole of index.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    publishers: tuple[SamplePublisher, ...]
    dispatches: tuple[SampleDispatch, ...]


class Samples:
    """The samples of one folder: publishers by code, and the documents in the order of their arrival.

    Raises `ConfigurationError` naming the file where the folder or its index.toml cannot be read.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or PACKAGED
        index_file = self._folder / "index.toml"
        try:
            index = SampleIndex.model_validate(tomllib.loads(index_file.read_text(encoding="utf-8")))
        except OSError as error:
            raise ConfigurationError(
                f"The sample dispatches cannot be read: {index_file}: {error.strerror}. Restore the folder from the repository."
            ) from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ConfigurationError(f"{index_file} is no valid TOML: {error}") from None
        except ValidationError as error:
            problems = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
            raise ConfigurationError(f"{index_file}: {problems}") from None
        self._dispatches = index.dispatches
        self.publishers = {
            sample.code: Publisher(
                code=sample.code,
                name=sample.name,
                agency=sample.agency,
                country_code=sample.country_code,
                language=sample.language,
                time_zone=sample.time_zone,
            )
            for sample in index.publishers
        }
        unknown = {dispatch.publisher for dispatch in index.dispatches} - self.publishers.keys()
        if unknown:
            raise ConfigurationError(f"{index_file}: no [[publishers]] table for {', '.join(sorted(unknown))}")

    def __len__(self) -> int:
        return len(self._dispatches)

    def documents(self) -> Iterator[Document]:
        """One `Document` per dispatch; its id is its path under `seeds/dispatches/`.

        Raises `ConfigurationError` naming a file that the index lists and that cannot be read.
        """
        for dispatch in self._dispatches:
            file = self._folder / dispatch.path
            try:
                content = file.read_bytes()
            except OSError as error:
                raise ConfigurationError(f"{file}: {error.strerror}") from None
            fetched_at: datetime = dispatch.fetched_at
            yield Document(
                id=f"seeds/dispatches/{dispatch.path}",
                content=content,
                url=dispatch.url,
                media_type=dispatch.media_type,
                filename=dispatch.path,
                fetched_at=fetched_at,
                publisher_code=dispatch.publisher,
            )
