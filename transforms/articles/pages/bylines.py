"""Names out of what bylines print: without "By", job titles, dates, addresses, photographers and repetitions."""

import re
from collections.abc import Iterable

from transforms.articles.agencies import is_agency as is_known_agency
from transforms.articles.months import months_of
from transforms.articles.pages.date_lines import WEEKDAYS

AUTHOR_LIMIT = 30
NAME_LIMIT = 90

AGENCY_NAMES = (
    "The Associated Press", "Associated Press", "Agence France-Presse", "Agence France Presse", "Deutsche Presse-Agentur", "Press Association", "PA Media",
    "Europa Press", "Thomson Reuters", "Anadolu Agency", "Anadolu Ajansı", "RIA Novosti", "The Canadian Press", "Australian Associated Press",
    "Press Trust of India", "Agencia EFE", "Agenzia ANSA", "Keystone-SDA", "Keystone SDA", "Prensa Latina", "Agencia Brasil", "Agência Brasil", "Bloomberg News",
    "AP News", "Austria Presse Agentur", "Xinhua News Agency", "Kyodo News", "Jiji Press", "Yonhap News Agency",
)  # fmt: skip
"""Agencies by the names that bylines spell out."""

_SOURCE_WORDS = "source|quelle|fuente|fonte|источник|kaynak|with|mit|avec|con"
"""Before the names of those who helped, or from whom a text or picture is taken."""
_SOURCE = re.compile(rf"(?:{_SOURCE_WORDS})\b", re.IGNORECASE)
_PREFIX = re.compile(
    r"^(?:(?:(?:view|see|read|show|more|all|zeige|alle|mehr|weitere|ver|todas|todos|más|voir|tous|plus)\s+){0,3}(?:the\s+|las?\s+|los\s+|les\s+)?"
    r"(?:posts|stories|articles?|beiträge|artikel|autorenseite|entradas|artículos|artigos|articoli|artikelen)\s+(?:by|from|von|de|par|di|van)|"
    r"(?:alles|beitrag|bericht|pressemitteilung|rezept|eingestellt|erstellt|gespeichert|geschrieben|veröffentlicht|verfasst|publiziert|gepostet)\s+von|"
    r"(?:publicad[oa]|postado|enviado)\s+por|(?:pubblicato|scritto|inserito)\s+da|(?:geplaatst|geschreven|gepubliceerd)\s+door|"
    r"(?:written|posted|submitted|reported|published|story|words|text|compiled|edited|updated|analysis|opinion|review|article|"
    r"an?\s+article|report|reporting|interview|commentary|column|essay|guest\s+post)\s+by|by|von|vom|por|par|di|da|av|af|"
    r"door|autore?n?|autor[aek]s?|autorka|auteurs?|authors?|redakteur(?:in)?|te(?:x|ks)t[eoi]?s?|reporter|correspondent|"
    r"te(?:x|ks)to?s?\s+(?:de|di|von|av|af)|oleh|penulis|laporan|pewarta|yazan|haber|автор(?:ка|[ыи])?|текст|подготовил[аи]?|pengarang|tác\s+giả|"
    r"(?:scritto|a\s+cura|redazione)\s+di|di\s+redazione|(?:escrito|redactado)\s+por|reportagem\s+de|(?:rédigé|publié|écrit)\s+par|"
    r"skrevet\s+a[fv]|scris\s+de|írta|kirjoittanut|teksti|napsala?|napisala?|napisao|piše|oprac(?:\.|ował[ao]?)|propos\s+recueillis\s+par|"
    r"(?:van|de)\s+onze\s+(?:correspondent|verslaggever|redacteur)(?:\s+in\s+\w+)?|von\s+unsere[mr]\s+\w+|ein\s+\w+\s+von|"
    r"interview|(?:ein|eine)\s+(?:analyse|kommentar|interview|gastbeitrag|essay)\s+von|" + _SOURCE_WORDS + "|"
    r"бір|тәуелсіз|εκ|του|της|γρ[άα]φει\s+[οη]|από\s+τ(?:ον|ην|η)|문|글|文|由|撰文|作者|"
    r"取材・文|بقلم|كتبت?|إعداد|כתב|מאת|โดย)"
    r"(?:\s*[:：/]\s*|\s+|$)",
    re.IGNORECASE,
)  # fmt: skip
_PREFIX_DATED = re.compile(r"^(?:[^\W\d_]+\.?\s){0,3}\d[\w\s.,:/|–-]{4,30}?\s(?:by|von|por|par|di|door|av|af)\s+(?=\S)", re.IGNORECASE)
"""What stands before a name behind its date: "Posted on 5 March 2024 by"."""
_LABELLED = re.compile(
    r"(?<=\s)(?:autor(?:in|en)?|authors?|auteurs?|autore|redaktion)\s*:\s*(.+?)(?:\s+[^\W\d_]{3,}\s*:.*)?$", re.IGNORECASE
)
"""The names in a row of labels: "Date: 5 March 2024 Author: Ana Velk Source: Harbour Courier"."""
_PREFIX_GLUED = re.compile(r"^(?:作者|文/|文／|文｜|撰文|글|By:|Von:)\s*[:：／/]?\s*")
_CHINESE = re.compile(r"^[\u4e00-\u9fff]{0,8}?(?:记者|記者|通讯员)\s*[:：]?\s*(?=[\u4e00-\u9fff])")
_CHINESE_NAMES = re.compile(r"[\u4e00-\u9fff]{2,4}(?:\s+[\u4e00-\u9fff]{2,4})+")
_PICTURED_BY = re.compile(
    r"(?i)(?:^|[\s,;|/]+)(?:fotos?|photos?|photograph(?:s|y|ies)?|photographers?|bild(?:er)?|фото|kuvat?|zdjęcia|images?|fotografie|illustration(?:s|en)?|fotoğraf|写真|사진|图片|摄影)"
    r"(?:\s*[:：/|©]|\s+(?:by|de|di|von|par|por|av|af|автора)\b).*$"
)
_EDITED_BY = re.compile(r"^(?:责任编辑|编辑|责编|校对|編輯|editor|editing|editors|edited\s+by|redigering|bearbeitung)\s*(?:[:：]|by\b)", re.IGNORECASE)
_SPLIT = re.compile(
    r"\s*[,;，、；]\s*(?:and|und|y|e|et|och|og|en|и)\s+|\s*[,;，、；|•·\n\t]\s*|"
    r"\s+(?:and|und|y|e|et|och|og|ja|i|и|та|ve|dan|en|és|și|oraz|&|και|with|mit|avec|con|med|met|và|וְ|و)\s+|\s+/\s+|/(?=[^\W\d_])"
)
_TITLE = re.compile(
    r"(?i)\b(?:reporters?|correspondents?|editors?|editor-in-chief|journalists?|writers?|columnists?|contributors?|producers?|"
    r"redakteur(?:in)?|redaktion(?:sleiter)?|chefredakteur|korrespondent(?:in)?|volontär(?:in)?|autorin|journalist|reporterin|"
    r"redactor[a]?|periodista|corresponsal|enviad[oa]|giornalista|inviat[oa]|journaliste|correspondante?|rédact\w+|"
    r"staff|newsroom|news\s+desk|bureau|desk|photographer|fotograf\w*|chief|director|ressortleit\w+|leiter(?:in)?|head\s+of|"
    r"professor|muhabir\w*|корреспондент|журналист\w*|редактор|обозреватель|specialist|analyst|freelance\w*|author|lead|"
    r"engineers?|managers?|scientists?|officer|ceo|cto|(?:co-?)?founders?|researchers?|team\s+lead|deputy|senior|junior|"
    r"assistant|associate\s+editor|gastautor\w*|experten?|expertin|stand|update\w*|published|"
    r"aktualisiert|updated|min(?:ute)?s?\s+read|uhr|am|pm)\b"
)
_JUNK = re.compile(
    r"(?i)^(?:.*\b(?:my|mon|mein|mi|mio)\s+(?:\w+\s+)?(?:profile?|perfil|profilo)\b.*|über|\w*admin|administrator|no\s+author|.*\[at\].*|editor|editorial|.*\bcommented(?:\s+on)?|webmaster|author|authors|by|published|updated|posted|staff|none|null|undefined|unknown|anonymous|"
    r"guest|follow|share|email|twitter|facebook|view\s+profile|see\s+more|more|https?:.*|www\..*|@\w+|\d+|photo|image|user|root|"
    r"print|comments?|\d+\s+\w+|(?:view\s+|see\s+)?(?:full\s+)?(?:bio|profile)|view\s+all|(?:view|see|show|read|load)\s+more\b.*|special\s+to\b.*|sign\s+(?:in|out|up)|autor|autoren|redakcja|about|contact|agencies|agenturen|agencias|agences|agenzie|wires?|wire\s+(?:services?|reports?)|staff\s+and\s+agencies|jr|sr|"
    r"ph\.?d|m\.?d|ms|msc|mba|mph|rdn?|rn|jd|esq|cpa|cfa|dds|гость|админ|редакция|redacción|redaction|rédaction|redazione)$"
)
_AFTER_SENTENCE = re.compile(r"(?<=[^\W\d_]{4})\.\s+(?=[^\W\d_]).*$")
_WITH_OTHERS = re.compile(r"(?i)\s+(?:u\.\s?a\.?|et\s+al\.?|i\s+in\.|im\s+(?:gespräch|interview)|in\s+conversation)$")
_TRAILING_AGENCY = re.compile(r"(?<=[^\W\d_])\s+(?:" + "|".join(re.escape(name) for name in AGENCY_NAMES) + r")$", re.IGNORECASE)
_LONG_WEEKDAYS = frozenset(day for day in WEEKDAYS if len(day) > 5)
_AGENCIES = frozenset(name.casefold() for name in AGENCY_NAMES)
_SPACED = re.compile("[\u0590-\u0dff]")
"""Letters of scripts without capitals that part given from family names by a space, from Hebrew to Sinhala."""
_AUTHOR_PAGE = re.compile(
    r"(?i)/(?:authors?|editors|autor(?:e[ns]?|i|in)?|auteurs?|profiles?|staff|journalists?|contributors?|columnists?|by|redakteure?|"
    r"skribent|forfatter|penulis|yazar(?:lar)?|reporters?|writers?|team|meet-the-team|firmas?|signature|avtor|автор)/[^/?#]"
)
_DATE = re.compile(r"\d{1,2}[:.]\d{2}|\b(?:19|20)\d{2}\b|\d{4,}")
_MAIL = re.compile(r"\(?\s*\S+@\S+\.\w+\s*\)?")
_HANDLE = re.compile(r"\s*\(?@\w+\)?\s*$")
_ROLE_IN_BRACKETS = re.compile(r"\s*[(（\[][^()（）\[\]]{0,60}[)）\]]\s*$")
_KOREAN = re.compile(r"\s*(?:인턴\s?|수습\s?|선임\s?)?(?:기자|특파원|논설위원|칼럼니스트|에디터)$")
_AFTER_NAME = re.compile(r"(?i)\s+(?:for|of|in|on|at|from|aus|reports?|berichtet|special\s+to|para|pour)\s+.*$|\s+(?:am|le|el|il|den|op)\s+\d.*$|\s+[-–—|]\s+.*$|\s*\|.*$")


def clean_names(values: Iterable[str], *, strict: bool = False) -> tuple[str, ...]:
    """Names out of byline-like strings, in order and once each; `strict` wants them to look like a person's."""
    names: list[str] = []
    seen: set[str] = set()
    for value in values:
        is_behind_person = False
        for place, part in enumerate(_split(value)):
            if place and (_TITLE.search(part) or (is_behind_person and _is_appended(part))):
                continue
            cleaned = _clean_name(part)
            if not cleaned or (strict and not is_person_like(cleaned)):
                continue
            is_behind_person = is_behind_person or " " in cleaned
            folded = cleaned.casefold()
            if folded not in seen:
                seen.add(folded)
                names.append(cleaned)
    return tuple(names[:AUTHOR_LIMIT])


def is_byline(text: str) -> bool:
    """Whether a text says by whom: "By Ana Velk", "Von Ana Velk und Jon Doe"."""
    words = text.split(maxsplit=1)
    if len(words) < 2 or not _PREFIX.match(text) or _SOURCE.match(text):
        return False
    return any(" " in name and is_person_like(name) for name in clean_names([text], strict=True))


def begins_byline(text: str) -> bool:
    """Whether a text is what stands before the names of a byline: "By", "Ein Artikel von"."""
    begin = _PREFIX.match(text + " ")
    return begin is not None and begin.end() > len(text) and not _SOURCE.match(text)


def leads_to_author(address: str) -> bool:
    """Whether an address is that of an author's page: `/author/ana-velk`, `/autoren/17`."""
    return _AUTHOR_PAGE.search(address) is not None


def is_agency(name: str) -> bool:
    """Whether the name is a news agency's, alone or in a row such as `dpa/AFP`."""
    folded = name.casefold().strip(" .")
    return folded in _AGENCIES or is_known_agency(folded)


def is_person_like(name: str) -> bool:
    """Whether the name is built like a person's: two to five words (any number where the script sets no
    spaces), the longer ones with a capital where the script has them."""
    words = name.split()
    if not words[0][:1].isupper() and words[0][:1].lower() != words[0][:1].upper():
        return False
    if words[0] == "The" or any(word[0].islower() for word in words if len(word) > 4):
        return False
    has_case = any(letter.isupper() or letter.islower() for letter in name) or _SPACED.search(name) is not None
    return (not has_case or 2 <= len(words) <= 5) and not _TITLE.search(name)


def _split(value: str) -> list[str]:
    value = " ".join(value.replace("\xa0", " ").replace("\xad", "").split(" ")).strip()
    if not value or len(value) > 400 or value.startswith(("http://", "https://", "/")):
        return []
    value = _PREFIX_DATED.sub("", _PICTURED_BY.sub("", _MAIL.sub(" ", value)).strip())
    if match := _LABELLED.search(value):
        value = match[1]
    if match := _CHINESE.match(value):
        value = value[match.end() :]
        if _CHINESE_NAMES.fullmatch(value):
            return value.split()
    return [part for part in _SPLIT.split(value) if part and part.strip() and not _EDITED_BY.match(part)]


def _is_appended(part: str) -> bool:
    """Whether one word behind a person's name says where or for whom: "Ana Velk, CNN"."""
    word = part.strip()
    return " " not in word and word[:1].isupper() and not is_agency(word)


def _clean_name(name: str) -> str | None:
    name = _ROLE_IN_BRACKETS.sub("", " ".join(name.split())).strip(" -–—:•*\"'“”|.,()[]【】《》→»©")
    for _ in range(2):
        name = _PREFIX_GLUED.sub("", _PREFIX.sub("", name)).strip(" -–—:")
    name = _HANDLE.sub("", _ROLE_IN_BRACKETS.sub("", name))
    name = _AFTER_SENTENCE.sub("", _WITH_OTHERS.sub("", _KOREAN.sub("", name)))
    name = _without_date(_AFTER_NAME.sub("", name)).strip(" -–—:•,")
    name = _TRAILING_AGENCY.sub("", name)
    if not 2 <= len(name) <= NAME_LIMIT or _JUNK.match(name) or _DATE.search(name) or "http" in name:
        return None
    if len(name.split()) > 8 or not any(letter.isalpha() for letter in name):
        return None
    if _TITLE.search(name) and not _is_capitalised_name(name):
        return None
    return name


def _without_date(name: str) -> str:
    """The name without a day behind it: "Ana Velk Monday", "Ana Velk March 5"."""
    words = name.split()
    plain = [word.strip(".,").casefold() for word in words]
    months = months_of(None)
    for at, word in enumerate(plain):
        if word in months and at and plain[at - 1].isdigit():
            words = words[: at - 1]
            break
        if word in months and (plain[at + 1 : at + 2] or [""])[0][:2].isdigit():
            words = words[:at]
            break
    while words and words[-1].strip(".,").casefold() in _LONG_WEEKDAYS:
        words.pop()
    return " ".join(words)


def _is_capitalised_name(name: str) -> bool:
    """Whether enough is left of the name without its title: "MDR Redaktion" is one, "Senior editor" is not."""
    return bool(_TITLE.sub("", name).strip(" ,.-"))
