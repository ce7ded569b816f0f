"""Links as feeds print them, made whole or refused."""

import html
import re
from urllib.parse import urldefrag, urljoin, urlsplit

from transforms.feeds.feed_item import Unusable

LINK_CHARACTERS_MAXIMUM = 4096


def absolute_link(link: str | None, base: str | None) -> str | Unusable:
    """The absolute http(s) URL of `link`, without fragment, or why there is none.

    White space around and line breaks inside are dropped, inner spaces escaped, as browsers do. Reasons:
    `no_address`, `too_long`, `unparsable`, `relative` (no base to lean on) or the name of a foreign scheme.
    """
    text = re.sub(r"[\t\r\n]", "", (link or "")).strip(" \x00\x0b\x0c\u00a0\ufeff")
    if not text:
        return Unusable(reason="no_address", detail="")
    if len(text) > LINK_CHARACTERS_MAXIMUM:
        return Unusable(reason="too_long", detail=text[:200])
    if "&amp;" in text:
        text = html.unescape(text)
    text = re.sub(r"\s", "%20", text).replace("\\", "/")
    try:
        joined = urldefrag(urljoin(base or "", text)).url
        parts = urlsplit(joined)
        host = parts.hostname
    except ValueError:
        return Unusable(reason="unparsable", detail=text[:200])
    scheme = parts.scheme.lower()
    if scheme not in ("http", "https"):
        return Unusable(reason=scheme[:20] or "relative", detail=text[:200])
    if not host:
        return Unusable(reason="unparsable", detail=text[:200])
    if len(joined) > LINK_CHARACTERS_MAXIMUM:
        return Unusable(reason="too_long", detail=joined[:200])
    return joined if parts.path else joined.replace(parts.netloc, parts.netloc + "/", 1)
