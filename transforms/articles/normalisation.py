"""What of a text counts when two versions are compared: not spaces, quotation marks, advertisements or dates."""

import hashlib
import re
import unicodedata

from transforms.articles.article import PubStatus

# Characters that typesetting changes without changing the text. NFKC has already joined widths and ligatures.
_TYPOGRAPHY = str.maketrans({
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
    "\u00ad": None, "\u200b": None, "\u200c": None, "\u200d": None, "\u2060": None, "\ufeff": None,
})
# Whole paragraphs that a page puts in and takes out by itself.
_NOISE = re.compile(
    r"""(?:
      advertisements? | advertising | sponsored(?:\scontent)? | ad | реклама | publicité | publicidad | anzeige
    | (?:story\scontinues|continue\sreading|article\scontinues)(?:\sbelow)?(?:\sthis\sad(?:vertisement)?)?
    | read\s(?:more|also)\b.{0,120} | see\salso\b.{0,120} | читайте\sтакже\b.{0,160} | lire\saussi\b.{0,120}
    | share(?:\sthis)?(?:\sarticle|\sstory)?
    | (?:(?:last\s)?updated|published|posted|modified|опубликовано|обновлено|aktualisiert|publié|actualizado)
      \s*(?:on|at|:)?\s*[^a-zа-я]{0,6}[\w\s.,:/+()-]{0,48}\d[\w\s.,:/+()-]{0,24}
    | \d{1,4}[-./]\d{1,2}[-./]\d{1,4}(?:[\s,T|]+\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)?(?:\s?(?:gmt|utc|[ap]\.?m\.?|z))?
    )[\s.!:»>]*""", re.I | re.X)
_NOISE_LONGEST = 240


def normalised_paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of `text` that count, each with single spaces, plain quotation marks and dashes.

    A paragraph ends at a blank line. Advertisements, links to other stories, and lines that only date the page
    are left out, unless nothing else is there.
    """
    folded = unicodedata.normalize("NFKC", text).translate(_TYPOGRAPHY)
    paragraphs = [" ".join(paragraph.split()) for paragraph in re.split(r"\n[^\S\n]*\n", folded)]
    paragraphs = [paragraph for paragraph in paragraphs if paragraph]
    kept = [paragraph for paragraph in paragraphs
            if len(paragraph) > _NOISE_LONGEST or not _NOISE.fullmatch(paragraph)]
    return tuple(kept or paragraphs)


def content_sha256(headline: str | None, body: str, pub_status: PubStatus) -> bytes:
    """The 32 bytes that tell one version of an article from another: of headline, body and status alone.

    Where paragraphs break does not count: pages and wires break the same text differently.
    """
    parts = (" ".join(normalised_paragraphs(headline or "")), " ".join(normalised_paragraphs(body)), pub_status)
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).digest()
