"""Pages that are no article, though they answered 200: told apart by several signs at once, so that no article is lost."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from transforms.articles.pages.blocks import SENTENCE_END, width
from transforms.articles.pages.body import Body
from transforms.articles.pages.cleaning import CUT_OFF
from transforms.articles.pages.metadata import Metadata

SHORTEST_ARTICLE = 60
"""Characters of a body that the page itself calls an article: flashes are one sentence."""
SHORTEST_PAGE = 140
"""Characters of a body on a page that calls itself nothing."""
TOLD = 600
"""Characters of short paragraphs from which a page with many linked titles tells something of its own."""
STUB = 220
"""Characters below which the body of a paywalled page is only its stub."""

_LISTS = frozenset({"CollectionPage", "SearchResultsPage", "ItemList", "ProfilePage", "ContactPage", "AboutPage", "CheckoutPage", "FAQPage"})
_LIST_PATH = re.compile(
    r"^/(?:[a-z]{2}(?:-[a-z]{2})?/)?(?:tags?|topics?|thema|themen|temas?|categor(?:y|ies)|kategorie|categoria|sections?|rubriques?|rubrik|authors?|autor(?:en|es)?|"
    r"auteurs?|schlagworte?|archive[s]?|suche|search|recherche|buscar|ricerca|etiquetas?|label|page)(?:/|$)",
    re.IGNORECASE,
)
_SEARCH_PATH = re.compile(r"/(?:search|suche|recherche|buscar|busca|ricerca|zoeken|sok|haku|szukaj|hledani|arama|поиск)(?:/|\.\w+$|$)", re.IGNORECASE)
_QUERY_KEYS = frozenset({"q", "s", "query", "search", "keyword", "keywords", "suche", "searchterm", "wd"})
_ERROR_TITLE = re.compile(
    r"^\W*(?:(?:error|fehler|erreur|errore?)?\W*(?:404|403|410|500|502|503)\b.{0,60}|(?:.{0,40}\W)?(?:page|seite|página|pagina|strona|sidan?|siden|article|artikel)\s+"
    r"(?:(?:was|is|could|can)\s*(?:not|n['’]t)(?:\s+be)?\s+found|not\s+found|(?:konnte\s+)?(?:wurde\s+)?nicht\s+(?:gefunden|verfügbar).{0,30}|no\s+(?:encontrada|existe|disponible).{0,20}|"
    r"não\s+encontrada|non\s+trovata|niet\s+gevonden|ikke\s+funnet|hittades\s+inte|nie\s+znaleziono|introuvable|no\s+longer\s+(?:exists|available))(?:\W.{0,60})?|"
    r"not\s+found\b.{0,40}|page\s+introuvable.{0,40}|страница\s+не\s+найдена.{0,40}|сторінк\w+\s+не\s+знайдено.{0,40}|ページが見つかりません.{0,40}|페이지를\s*찾을\s*수\s*없.{0,40}|"
    r"找不到.{0,40}|الصفحة\s+غير\s+موجودة.{0,40}|access\s+(?:to\s+this\s+page\s+(?:has\s+been|is)\s+)?denied.{0,60}|forbidden.{0,40}|"
    r"just\s+a\s+moment\W.{0,20}|attention\s+required\W.{0,40}|are\s+you\s+a\s+(?:robot|human)\W.{0,40}|(?:security|bot|human)\s+(?:check|verification).{0,40}|"
    r"please\s+(?:verify|enable\s+(?:cookies|javascript)).{0,60}|(?:service|site)\s+(?:temporarily\s+)?unavailable.{0,40}|(?:site\s+)?(?:under\s+)?maintenance.{0,30}|"
    r"oops\W.{0,60}|something\s+went\s+wrong.{0,40}|robot\s+or\s+human.{0,20}|redirecting.{0,20}|pardon\s+our\s+interruption.{0,20})$",
    re.IGNORECASE,
)
_ERROR_TEXT = re.compile(
    r"(?i)page\s+(?:you\s+(?:are|were)\s+looking\s+for|you\s+requested|cannot\s+be\s+found|could\s+not\s+be\s+found|not\s+found|does\s+n[o']t\s+exist)|error\s+(?:404|403|500|503)|"
    r"seite\s+(?:wurde\s+|konnte\s+)?nicht\s+gefunden|página\s+(?:que\s+busca|no\s+(?:existe|encontrada))|page\s+(?:demandée|que\s+vous\s+cherchez)|pagina\s+(?:richiesta|non\s+trovata)|"
    r"enable\s+(?:javascript|cookies)|unusual\s+(?:traffic|activity)|verif(?:y|ying)\s+(?:that\s+)?you\s+are\s+(?:a\s+)?human|ray\s+id|checking\s+your\s+browser|access\s+denied|"
    r"страниц\w+\s+не\s+(?:найдена|существует)|ページ(?:は|が)?見つかりません|no\s+longer\s+available"
)
_CONSENT = re.compile(
    r"(?i)\bcookies?\b|\bconsent\b|\bpartners?\b|\bpersonal(?:ised|ized)?\s+(?:data|ads|advertis\w+)|\bprivacy\b|\bdatenschutz\w*|\beinwilligung\w*|\bzustimm\w+|\btracking\b|\bwerbung\b|"
    r"\bconsentement\w*|\bdonnées\b|\bfinalités\b|\bconsentimiento\w*|\bpublicidad\b|\bvendors?\b|\blegitimate\s+interests?\b|\bpur-abo\w*|\bfingerprint\w*|\bendgerät\w*|\bgdpr\b|\bdsgvo\b|\brgpd\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a page is no article: a stable `reason` and a sentence for a person."""

    reason: str
    detail: str


def refusal_of(metadata: Metadata, body: Body, text: str, url: str | None) -> Refusal | None:
    """Why the page is no article, or None where it may be one. `text` is the body as it would be loaded."""
    says_article = metadata.is_article
    size = width(text)
    titles = [title for title in (metadata.headline, *metadata.headlines) if title]
    if not says_article and size < 1500 and any(_ERROR_TITLE.match(title) for title in titles):
        return Refusal(reason="error_page", detail=f"The page is titled {titles[0][:80]!r}.")
    everything = " ".join(each.block.text for each in body.judged)[:2000]
    if not says_article and size < 1200 and _ERROR_TEXT.search(everything) and metadata.published_at is None:
        return Refusal(reason="error_page", detail="The page says that there is nothing, or asks who is there.")
    # An article may be about consent; only a wall speaks of nothing else.
    consent = len(_CONSENT.findall(text)) if size < 2500 else 0
    if consent >= 4 and consent * (60 if says_article else 120) > size:
        return Refusal(reason="consent_wall", detail="The page asks for consent and shows no article.")
    is_walled = metadata.is_paywalled or any(each.reason == CUT_OFF for each in body.judged)
    # A flash of a paid page may be whole: the page then counts as many words.
    is_whole = metadata.word_count is not None and len(text.split()) >= 0.8 * metadata.word_count
    if is_walled and size < STUB and not is_whole:
        return Refusal(reason="paywall_stub", detail=f"The page is paywalled and shows {len(text)} characters.")
    if not says_article and (listing := _listing(metadata, body, url)):
        return listing
    if size < (SHORTEST_ARTICLE if says_article else SHORTEST_PAGE):
        if not text:
            return Refusal(reason="no_body", detail=f"No body was found: {body.reason}.")
        return Refusal(reason="too_short", detail=f"The body has {len(text)} characters.")
    return None


def _listing(metadata: Metadata, body: Body, url: str | None) -> Refusal | None:
    """A page of links to articles: by its type or address, and by what its blocks are."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    sentences = sum(1 for each in body.judged if each.is_kept and width(each.block.text) >= 140 and each.block.link_ratio < 0.4)
    listed = sum(1 for note in body.dropped if note.startswith("teaser")) + sum(
        1 for each in body.judged if not each.is_kept and each.reason in _LINK_REASONS
    )
    is_search = bool(_SEARCH_PATH.search(parts.path)) or ("SearchResultsPage" in metadata.page_types) or (
        len(parts.path) <= 1 and any(key.casefold() in _QUERY_KEYS for key, _ in parse_qsl(parts.query)[:20])
    )
    if is_search and sentences < 4 and metadata.published_at is None and (listed >= 3 or sentences <= 1):
        return Refusal(reason="search_page", detail="The page is a list of search results.")
    is_named_list = bool(_LISTS & set(metadata.page_types)) or (listed >= 4 and bool(_LIST_PATH.match(parts.path)))
    if is_named_list and sentences < 4 and metadata.published_at is None:
        return Refusal(reason="tag_page", detail="The page lists articles under a name.")
    is_home = parts.hostname is not None and parts.path.strip("/") in ("", "index.html", "index.php", "home", "en", "de", "fr", "es", "ru")
    if is_home and not parts.query and sentences < 6:
        return Refusal(reason="section_page", detail="The address is a front page.")
    told = sum(width(each.block.text) for each in body.judged if each.is_kept and each.block.link_ratio < 0.4 and SENTENCE_END.search(each.block.text))
    if listed >= 8 and sentences <= 2 and told < TOLD and metadata.published_at is None:
        return Refusal(reason="section_page", detail=f"The page holds {listed} linked titles and {sentences} paragraphs.")
    return None


_LINK_REASONS = frozenset({"nothing but a link", "a linked title", "a list of links", "several links and little else", "a row of links"})
