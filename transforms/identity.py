"""Identity: derived ids, and what makes two documents the same article."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import Literal, TypeAlias
from uuid import NAMESPACE_URL, UUID, uuid5

from transforms.articles.article import Article
from transforms.canonical_urls import canonical_url, external_id_in_url
from transforms.publishers import Publisher

NAMESPACE = uuid5(NAMESPACE_URL, "https://dateline.example/ids")

_BETWEEN_WORDS = re.compile(r"[\W_]+")
_ASCII_SPACES = {code: " " for code in range(128) if not chr(code).isalnum()}

IdentityKind: TypeAlias = Literal["external_id", "canonical_url", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What identifies an article within its publisher: the strongest kind of key that the document gives.

    `key` is the agency's own id, the canonical URL, or the hash of the folded text in hexadecimal digits.
    """

    publisher_code: str
    kind: IdentityKind
    key: str

    @property
    def article_id(self) -> UUID:
        """The id of the article's row."""
        return derived_id("article", self.publisher_code, self.kind, self.key)


def derived_id(kind: str, *parts: object) -> UUID:
    """The id of a row of `kind` (a table's name in the singular) with the natural key `parts`.

    Parts are joined by U+001F, which scrubbed text never holds; None is told apart from "".
    """
    key = "\x1f".join([kind, *("\x00" if part is None else str(part) for part in parts)])
    return uuid5(NAMESPACE, key)


def publisher_id(code: str) -> UUID:
    """The id of a publisher's row."""
    return derived_id("publisher", code)


def identify(article: Article, publisher_code: str, publisher: Publisher | None = None) -> Identity:
    """What `article` is: its publisher's own id, else its canonical URL, else its text. Never its title.

    The id that a document states stands before the one in its URL. A message that kills one other article,
    by id or URL, is that article's last version, not an article of its own.
    """
    killed = [link for link in article.links if link.relation == "kills"] if article.change_hint == "kill" else []
    external_id, urls = article.external_id, (article.canonical_url, article.url)
    if len(killed) == 1:
        external_id, urls = killed[0].external_id, (killed[0].url, None)
    key = unicodedata.normalize("NFC", external_id or "").strip()
    addresses = [address for url in urls if url and (address := canonical_url(url, publisher))]
    if key.lower().startswith(("http://", "https://")) and (address := canonical_url(key, publisher)):
        # A guid that is a permanent link names the page, as the page itself does.
        key, addresses = "", [address, *addresses]
    if key:
        return Identity(publisher_code=publisher_code, kind="external_id", key=key)
    for address in addresses:
        if found := external_id_in_url(address, publisher):
            return Identity(publisher_code=publisher_code, kind="external_id", key=found)
    if addresses:
        return Identity(publisher_code=publisher_code, kind="canonical_url", key=addresses[0])
    return Identity(publisher_code=publisher_code, kind="text", key=folded_sha256(article.body).hex())


def folded_sha256(text: str) -> bytes:
    """The 32 bytes that two texts share when they differ only in case, spaces, punctuation or width."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    # Two ways to the same words: that for ASCII alone takes a third of the time.
    spaced = folded.translate(_ASCII_SPACES) if folded.isascii() else _BETWEEN_WORDS.sub(" ", folded)
    return hashlib.sha256(" ".join(spaced.split()).encode("utf-8", "replace")).digest()
