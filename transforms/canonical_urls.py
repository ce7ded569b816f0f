"""Canonical URLs: one address for one page, however it was linked.

A canonical URL is a name, not an address to fetch: the scheme is always https, `www.`, mobile, AMP and print
hosts are the plain host, and parameters that only track the reader are gone.
"""

import re
from urllib.parse import SplitResult, quote, unquote_to_bytes, urlsplit

import idna

from transforms.publishers import Publisher

# Parameters that count readers, campaigns and clicks and never choose a page. Sources: the documentation
# of Google Analytics and Ads, Meta, Microsoft, X, TikTok, Mailchimp, HubSpot, Matomo, Piano and Yandex Metrica.
_TRACKING = frozenset(re.findall(r"\S+", """
    fbclid gclid gclsrc gbraid wbraid dclid msclkid twclid ttclid yclid ysclid igshid igsh li_fat_id mc_cid mc_eid
    mkt_tok oly_anon_id oly_enc_id vero_id vero_conv wickedid _hsenc _hsmi __hstc __hssc __hsfp hsctatracking
    _ga _gl _openstat openstat rb_clickid s_cid s_kwcid sc_cid cmpid cmp campid ncid icid ocid cid_source ito
    smid smtyp partner_id spm scm share_token shareid share sharetype ref_src ref_url referrer referer ref
    source_caller guccounter guce_referrer guce_referrer_sig __twitter_impression at_medium at_campaign
    at_custom1 at_custom2 at_custom3 at_custom4 xtor wt.mc_id wtrid feature_share rss from_rss feedtype cn-reloaded
    """))
_TRACKING_PREFIXES = ("utm_", "mtm_", "pk_", "piwik_", "matomo_", "hsa_", "at_recipient_", "trk_", "ga_")
_SESSION = re.compile(r"^(?:phpsessid|jsessionid|aspsessionid\w*|cfid|cftoken|zenid|oscsid)$", re.I)
# These hold a session in some systems and a story's number in others: the value tells.
_PERHAPS_SESSION = frozenset({"sid", "sessid", "sessionid", "session_id", "session"})
_SESSION_VALUE = re.compile(r"^(?=.*[a-z])(?=.*\d)[a-z\d]{16,}$")
_SESSION_IN_PATH = re.compile(r";(?:jsessionid|phpsessid|sid|sessionid)=[^/;]*", re.I)
# Parameters that choose a rendering of the same page, with the values that do.
_RENDERING = {
    "amp": None, "outputtype": {"amp"}, "print": None, "printable": None, "printview": None,
    "view": {"print", "amp", "mobile"}, "mobile": {"1", "true", "yes"}, "format": {"amp", "print"}, "m": {"1"},
}
_HOST_PREFIXES = frozenset({"www", "m", "mobile", "amp", "wap", "print", "touch", "www1", "www2", "www3"})
# Labels below which a country's registry gives out names: m.co.uk is a name of its own, not m. of co.uk.
_REGISTRY_LABELS = frozenset(
    re.findall(r"\S+", "ac co com edu gen go gob gov gouv in ltd me mil ne net nom or org plc sch web"))
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp|shtml)$", re.I)
_AMP_PATH = re.compile(r"(?:/amp|/amp\.html|\.amp(?:\.html)?)$", re.I)
_PRINT_PATH = re.compile(r"/(?:print|printable)$", re.I)
_ARCHIVE = re.compile(r"^https?://web\.archive\.org/web/\d{4,14}(?:[a-z]{2}_)?/(https?:/?/?.+)$", re.I)
_AMP_CACHE_HOST = ".cdn.ampproject.org"
# RFC 3986: what a path segment and a query may hold besides unreserved characters.
_PATH_SAFE = "!$&'()*+,;=:@/-._~"
_QUERY_SAFE = "!$'()*,;:@/?-._~"
_LONGEST = 4_096


def canonical_url(url: str, publisher: Publisher | None = None) -> str | None:
    """The canonical form of an absolute http(s) URL, or None when `url` is none.

    With a `publisher`, its `query_parameters_kept`, where given, are the only ones that stay, and its
    `url_rewrites` (pattern, replacement) are applied, in order, to the canonical URL. The result is a fixed
    point: canonicalising it again changes nothing (a publisher's own rewrites must see to that themselves).
    """
    text = _unwrapped(url.strip())
    if len(text) > _LONGEST:
        return None
    try:
        parts = urlsplit(text)
        host = _host(parts, publisher)
        port = parts.port
    except ValueError:
        return None
    if host is None:
        return None
    if port not in (None, 80, 443):
        host = f"{host}:{port}"
    query = _query(parts.query, publisher)
    fragment = f"#{_quoted(parts.fragment, _QUERY_SAFE + '&=+')}" if parts.fragment.startswith("!") else ""
    canonical = f"https://{host}{_path(parts.path)}{'?' + query if query else ''}{fragment}"
    for pattern, replacement in publisher.url_rewrites if publisher else ():
        canonical = re.sub(pattern, replacement, canonical)
    return canonical


def external_id_in_url(url: str, publisher: Publisher | None) -> str | None:
    """The agency's own id in a URL, as the publisher's `external_id_pattern` finds it, else None."""
    if publisher is None or publisher.external_id_pattern is None:
        return None
    found = re.search(publisher.external_id_pattern, url)
    if found is None:
        return None
    return next((group for group in found.groups() if group), None)


def _unwrapped(url: str) -> str:
    """The page's own URL where `url` is an archive's or an AMP cache's copy of it."""
    for _ in range(3):
        if found := _ARCHIVE.match(url):
            url = re.sub(r"^(https?):/*", r"\1://", found[1], flags=re.I)
            continue
        try:
            parts = urlsplit(url)
            host = (parts.hostname or "").lower()
        except ValueError:
            return url
        if host.endswith(_AMP_CACHE_HOST):
            found = re.match(r"^/[acv](/s)?/(.+)$", parts.path)
        elif re.fullmatch(r"(?:www\.)?google\.[a-z.]{2,6}", host):
            found = re.match(r"^/amp(/s)?/(.+\..+)$", parts.path)
        else:
            return url
        if found is None:
            return url
        url = f"https://{found[2]}" + (f"?{parts.query}" if parts.query else "")
    return url


def _host(parts: SplitResult, publisher: Publisher | None) -> str | None:
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        return None
    host = parts.hostname.rstrip(".").lower()
    if ":" in host:
        return f"[{host}]"
    if not host.isascii() or "xn--" in host:
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except idna.IDNAError:
            return None
    if not re.fullmatch(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*", host):
        return None
    while True:
        label, _, rest = host.partition(".")
        if publisher is not None and host in publisher.hosts:
            return host
        if label not in _HOST_PREFIXES or not _is_registrable(rest):
            return host
        host = rest


def _is_registrable(host: str) -> bool:
    labels = host.split(".")
    if len(labels) < 2 or labels[-1].isdigit():
        return False
    return not (len(labels) == 2 and labels[0] in _REGISTRY_LABELS and len(labels[1]) == 2)


def _path(path: str) -> str:
    path = _quoted(_SESSION_IN_PATH.sub("", path), _PATH_SAFE)
    while True:  # each rule may uncover another: /amp/index.html
        segments: list[str] = []
        for segment in path.split("/"):
            if segment == "..":
                del segments[-1:]
            elif segment not in ("", "."):
                segments.append(segment)
        shorter = _SESSION_IN_PATH.sub("", "/" + "/".join(segments))
        for pattern in (_INDEX, _AMP_PATH, _PRINT_PATH):
            shorter = pattern.sub("", shorter)
        if shorter == path:
            return path
        path = shorter or "/"


def _query(query: str, publisher: Publisher | None) -> str:
    kept = publisher.query_parameters_kept if publisher else ()
    pairs = set()
    for part in re.split("[&]", query):
        name, equals, value = part.partition("=")
        name, value = _quoted(name, _QUERY_SAFE + "+"), _quoted(value, _QUERY_SAFE + "+=")
        if (name in kept) if kept else (name != "" and not _is_noise(name.lower(), value.lower())):
            pairs.add((name, f"{name}={value}" if equals else name))
    return "&".join(pair for _, pair in sorted(pairs))


def _is_noise(name: str, value: str) -> bool:
    if name in _TRACKING or name.startswith(_TRACKING_PREFIXES) or _SESSION.match(name):
        return True
    if name in _PERHAPS_SESSION:
        return _SESSION_VALUE.match(value) is not None
    if name in _RENDERING:
        values = _RENDERING[name]
        return values is None or value in values
    return False


def _quoted(text: str, safe: str) -> str:
    """Percent-encoded one way: unreserved characters bare, all others as upper-case UTF-8 escapes.

    An escaped delimiter stays escaped (%2F is no slash), a bare one stays bare.
    """
    runs = re.split(r"((?:%[0-9A-Fa-f]{2})+)", text)
    return "".join(
        quote(unquote_to_bytes(run), safe="") if index % 2 else quote(run.encode("utf-8", "replace"), safe=safe)
        for index, run in enumerate(runs)
    )
