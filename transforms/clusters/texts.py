"""From a version of an article to its text and signature."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from transforms.clusters.pairs import compared_text
from transforms.clusters.signatures import Signature, sign_texts
from transforms.identity import derived_id, folded_sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionText:
    """A version as it is read for signing. `published_at` is the time of publication, else since when it is valid.

    `boilerplate_patterns` are those of its publisher.
    """

    article_version_id: UUID
    article_id: UUID
    headline: str | None
    body: str
    published_at: datetime
    boilerplate_patterns: tuple[str, ...] = ()

    @property
    def compared(self) -> str | None:
        """What of it is compared; None: too short."""
        return compared_text(self.headline, self.body, self.boilerplate_patterns)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedVersion:
    """A version with its text's id and signature; both None where it is too short to be compared."""

    article_version_id: UUID
    article_id: UUID
    published_at: datetime
    text_id: UUID | None
    signature: Signature | None


def text_id_of(text: str) -> UUID:
    """The id that texts with the same words share."""
    return derived_id("text", folded_sha256(text).hex())


def sign_versions(versions: Iterable[VersionText]) -> list[SignedVersion]:
    """The signed versions, in order. Many at once cost far less than each by itself."""
    given: Sequence[VersionText] = list(versions)
    texts = [version.compared for version in given]
    signatures = iter(sign_texts([text for text in texts if text is not None]))
    return [
        SignedVersion(
            article_version_id=version.article_version_id, article_id=version.article_id,
            published_at=version.published_at, text_id=None if text is None else text_id_of(text),
            signature=None if text is None else next(signatures))
        for version, text in zip(given, texts, strict=True)
    ]
