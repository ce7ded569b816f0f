"""What is on a page but not of the article: by element, by class name, by wording. The words are facts of the
web at large (schema.org, WordPress, the big content systems, a dozen languages), never of one site."""

import re

DROPPED_TAGS = frozenset({
    "script", "style", "noscript", "template", "iframe", "svg", "canvas", "object", "embed", "applet", "map", "audio", "video",
    "button", "input", "select", "option", "textarea", "nav", "dialog", "menu", "datalist", "link", "meta", "img", "picture",
    "source", "track", "figcaption", "head", "frameset", "frame", "hr", "progress", "meter", "base", "param", "math", "fieldset",
    "amp-ad", "amp-embed", "amp-social-share", "amp-analytics", "amp-consent", "amp-sidebar", "amp-iframe", "gu-island-ad",
})  # fmt: skip
SHORT_OR_DROPPED_TAGS = frozenset({"footer", "aside", "form", "figure"})
"""Dropped unless they hold a good share of the page's text (ASP.NET wraps everything in a form)."""

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_STRONG = re.compile(
    r"(?:^|[\s_-])(?:comments?(?:list|section|area|box|s?-?wrap\w*|form|count)?|commentaires?|kommentare?|comentarios|disqus\w*|"
    r"respond|livefyre|coral|viafoura|"
    r"shar(?:e|ing|es|ebar|etools|e-?tools|edaddy)|social(?:s|-?\w+)?|addthis\w*|addtoany\w*|sharethis\w*|a2a\w*|follow(?:-?us)?|"
    r"related(?:-?\w+)?|recommend(?:ed|ation|ations|s)?|recirc\w*|read-?(?:more|next|also|on)|see-?also|more-?(?:on|from|stories|news|articles|in|like)|"
    r"also-?(?:read|on)|you-?(?:may|might)(?:-?also)?(?:-?like)?|up-?next|next-?(?:article|post|story|up)|prev(?:ious)?-?(?:article|post|story)|"
    r"newsletters?(?:-?\w+)?|sign-?up|subscri(?:be|ption|ptions|bers?)|subscribe-?\w+|"
    r"promos?(?:-?\w+)?|promotions?|promoted|sponsor(?:ed|s|ship)?|ad|ads|advert|adverts|advertisement|advertorial|advertising|adslot|ad-?\w*(?:slot|unit|"
    r"container|wrapper|box|label|banner)|dfp|gpt|outbrain|taboola|revcontent|mgid|zergnet|nativo|plista|teads|"
    r"banners?|werbung|anzeige|publicidad|publicite|pubblicita|reklama?|"
    r"cookies?(?:-?\w+)?|consent|gdpr|cmp-(?:banner|box|popup|modal|overlay|consent|root)|onetrust|popups?|pop-?up|modals?|lightbox|overlay|interstitial|"
    r"bread-?crumbs?|pagination|pager|page-?nav\w*|post-?nav\w*|navigation|navbar|menus?|sub-?nav|sidebar|side-?bar|masthead|"
    r"footer|site-?footer|copyright|legal|"
    r"tags|tag-?(?:list|cloud|links|s)|taglist|post-?tags|entry-?tags|article-?tags|topics|topic-?(?:list|links)|keywords|categories|"
    r"author-?(?:bio|box|info|card|profile|about|details?|description|block)|about-?(?:the-?)?author|bio(?:graphy)?|biobox|post-?author-?\w+|"
    r"captions?(?:-?text)?|legends?|légendes?|image-?caption|wp-?caption-?text|img-?caption|photo-?(?:caption|credit)s?|image-?(?:credit|source|copyright|meta)|"
    r"credits?|bildunterschrift|bildnachweis|copyright-?\w*|"
    r"(?:most|top)-?(?:read|popular|viewed|shared|commented|recent)|popular(?:-?\w+)?|trending|latest(?:-?\w+)?|hot-?news|"
    r"toolbar|tool-?bar|tools|article-?tools|print(?:-?\w+)?|tooltip|toast|dropdown|"
    r"sr-?only|visually-?hidden|visuallyhidden|screen-?reader(?:-?\w+)?|hidden|hide|is-?hidden|invisible|no-?display|a11y|off-?screen|assistive|"
    r"donat(?:e|ion|ions)|fundrais\w*|membership|crowdfund\w*|support-?us|"
    r"video-?(?:player|js|container|wrapper|embed|promo|caption|description)|jw-?player\w*|jwplayer|brightcove\w*|vjs-?\w*|player|media-?player|"
    r"carousels?|slick-?\w+|swiper(?:-?\w+)?|slideshow|gallery-?(?:caption|nav|thumbs?)|"
    r"polls?|quiz(?:zes)?|survey|rating(?:s|-?\w+)?|votes?|voting|likes?|reactions?|"
    r"widget-?(?:area|title)|sidebar-?widget|(?<![^\s])widgets?(?![^\s])|rail|right-?rail|skip-?(?:link|to)\w*|back-?to-?top|"
    r"teaser(?:s|-?\w+)?|tout|card-?(?:list|grid)|article-?(?:list|teasers?|footer|nav|recirculation|related|share|sharing|social|meta-?info)|"
    r"related-?\w*|see-?more|load-?more|expand-?btn|toc|table-?of-?contents|ez-?toc\w*|inhaltsverzeichnis|"
    r"login|log-?in|register|registration|user-?(?:menu|nav)|search-?(?:form|box|bar)|correction-?form|feedback|report-?(?:error|typo)|"
    r"affiliate-?(?:disclaimer|disclosure|notice)|disclosure|trust-?(?:project|badge|mark)|google-?news|add-?to-?google|preferred-?source|"
    r"app-?(?:download|banner|promo)|whats-?app-?\w*|telegram-?\w*|audio-?player|listen(?:-?\w+)?|text-?to-?speech|speechify|trinity\w*|"
    r"attachment-?\w*|infobox-?ad|offers?-?box|coupon\w*|ticker|weather|stock-?(?:ticker|quotes?)|market-?data)(?:$|[\s_-])"
)
_WEAK = re.compile(
    r"(?:^|[\s_-])(?:by-?line|bylines|dateline|timestamp|time-?stamp|date|datetime|published?|pub-?date|post-?date|meta|post-?meta|entry-?meta|"
    r"article-?meta|meta-?data|meta-?info|info|author|authors|autor|autoren|author-?name|kicker|eyebrow|overline|rubric|section-?(?:name|label|title)|"
    r"category|label|source|tag|topic|header|headline|title|actions?|controls?|buttons?|btn|icon|reading-?time|read-?time|views?|counter|"
    r"embed(?:ded)?|twitter-?\w*|tweet|instagram-?\w*|facebook-?\w*|gallery|galleries|photo-?gallery|image-?gallery|slides?|"
    r"fact-?box|factbox|info-?box|infobox|box|side-?note|pull-?quote|pullquote|cta|callout|notice|note|disclaimer|inline-?(?:link|related|promo)|"
    r"link-?(?:list|box)|links|list-?links|extra|additional|supplement|bottom|bottomline|end-?(?:note|mark)|correction|paywall-?(?:cta|offer|"
    r"banner|message|prompt|overlay|teaser)|premium-?\w+|abo-?\w+|contact|phone|address|figure|image|picture|photo|media)(?:$|[\s_-])"
)
_BODY = re.compile(
    r"(?:^|[\s_-])(?:article-?(?:body|content|text|main|copy|inner|detail|paragraphs?|container|page)|articlebody|articletext|articlecontent|"
    r"story-?(?:body|content|text|main|copy)|storytext|storybody|"
    r"(?:entry|post|news|page|single|text|detail|blog|content|main|body|rich|rte|td|cms|story|wysiwyg)-?(?:body|content|text|detail|main|copy)|"
    r"body-?(?:text|copy|content)|field-?name-?body|field-?body|field--name-body|paragraphs?|wysiwyg|prose|rich-?text|richtext|"
    r"mw-?parser-?output|caas-?body|zn-?body-?\w*|article__?(?:body|content|text)|content__?(?:body|article-?body)|story__?(?:body|content|text)|"
    r"available-?content|markdown|e-?content|itemfulltext|artikel-?(?:text|inhalt|body)|news-?(?:text|detail|content)|texte?-?article|cuerpo|corpo|"
    r"nota-?(?:cuerpo|contenido)|testo|artikeltext|article|haber-?(?:metni|icerik|detay)|read-?content|post)(?:$|[\s_-])"
)

_UTILITY = re.compile(r"[:\[\]!@]|^(?:no|not|has|is|js|with|without|can|u|hide|show|overflow|opacity)-|label-(?:visually_)?hidden$|(?:^|-)hidden-(?:xs|sm?|phone|mobile|print)\b|--(?:with|without|has|no)-|(?:^|-)(?:left|right|top)-?sidebar$", re.IGNORECASE)
_HASH = re.compile(r"\b[0-9a-f]{6,}(?:-[0-9a-f]{2,})+|(?<=[_-])[0-9a-f]*[0-9]{3,}[0-9a-f]*")
NAME_LIMIT = 600
"""Characters of a class or id that are looked at and remembered: the memory for verdicts stays below 100 MB."""
_VERDICTS: dict[str, str] = {}


_CONTAINER = re.compile(
    r"(?:^|[\s_-])(?:article-?(?:body|text|copy|paragraphs?)|articlebody|articletext|story-?(?:body|text|copy)|storytext|storybody|"
    r"(?:entry|post|single|blog|detail|news|article|story|node)-?content|(?:entry|post|news|detail|page)-?(?:body|text)|body-?(?:text|copy|content)|"
    r"field-?name-?body|field-?body|mw-?parser-?output|caas-?body|artikel-?text|artikeltext|texte?-?article|e-?content|itemfulltext|"
    r"content-?(?:body|article-?body)|post-?article|single-?post-?content|rich-?text-?article-?body|rich-?text-?body|zn-?body-?text)(?:$|[\s_-])"
)
_PICTURE = re.compile(r"(?:^|[\s_-])(?:images?|img|photos?|pictures?|figures?|bild|bilder|foto|fotos|imagen|thumbnail|media-?asset)(?:$|[\s_-])")
_CERTAIN = re.compile(r"(?:^|[\s_-])(?:cookies?|consent|gdpr|cmp-(?:banner|box|popup|modal|overlay|consent|root)|onetrust|ot-sdk|comments?|comment-?list|disqus\w*|kommentare?|comentarios)(?:$|[\s_-])")


def is_label(name: str) -> bool:
    """Whether a class or id names a label: byline, date, kicker, source, link box."""
    return _WEAK.search(kebab(name)) is not None


def is_certain(name: str) -> bool:
    """Whether a class or id names what is never the article, however long: consent dialogues and comments."""
    return _CERTAIN.search(kebab(name)) is not None


def kebab(name: str) -> str:
    """The class names in kebab case, without those that steer the layout (`md:hidden`, `no-sidebar`, `mb-4`)."""
    tokens = [token for token in _HASH.sub("", name[:NAME_LIMIT]).split() if token.count("-") < 6 and not _UTILITY.search(token)]
    return _CAMEL.sub("-", " ".join(tokens)).casefold().replace("__", "-").replace("/", "-")


def class_verdict(name: str) -> str:
    """What a class or id says of its element: `strong` or `weak` furniture, `picture`, `container` (of the body and nothing
    else), `body` (maybe with its surroundings), or nothing (``)."""
    name = name[:NAME_LIMIT]
    found = _VERDICTS.get(name)
    if found is None:
        if len(_VERDICTS) > 50_000:
            _VERDICTS.clear()
        words = kebab(name)
        is_body = _BODY.search(words) is not None
        if _STRONG.search(words):
            found = "container" if is_body and _CONTAINER.search(words) else "strong"
        elif is_body:
            found = "container" if _CONTAINER.search(words) else "body"
        elif _PICTURE.search(words):
            found = "picture"
        elif _WEAK.search(words):
            found = "weak"
        else:
            found = ""
        _VERDICTS[name] = found
    return found


_FURNITURE_TEXT = re.compile(
    r"^\s*(?:advertise?ments?|anzeige|werbung|publicidad|publicité|pubblicità|реклама|reklama?|reklam|annonse?|annons|広告|광고|ad|sponsored(?:\s+content)?|"
    r"share(?:\s+(?:this|on|via)\b.{0,60})?|teilen|compartir|partager|condividi|поделиться|paylaş|del|dela|シェア|공유|"
    r"(?:read|see|learn|know)\s+more|read\s+also|also\s+read|more\s+(?:on|from|about)\s+.{0,80}|weiterlesen|mehr\s+(?:lesen|dazu|zum\s+thema)|"
    r"lesen\s+sie\s+(?:auch|mehr|hier).{0,200}|(?:auch|zum)\s+(?:interessant|lesen|thema).{0,150}|leer\s+más|ver\s+más|lea\s+(?:también|además).{0,200}|lire\s+(?:aussi|la\s+suite|plus).{0,200}|"
    r"leggi\s+(?:anche|tutto).{0,200}|leia\s+(?:também|mais).{0,200}|читайте\s+(?:также|ещё|еще).{0,200}|читайте\s+також.{0,200}|baca\s+juga.{0,200}|"
    r"les\s+(?:også|mer).{0,200}|läs\s+(?:också|även|mer).{0,200}|læs\s+også.{0,200}|lees\s+ook.{0,200}|přečtěte\s+si.{0,200}|czytaj\s+(?:także|też|więcej).{0,200}|ayrıca\s+bak.{0,120}|"
    r"關連|相關(?:新聞|報導|文章)?|관련\s*기사|あわせて読みたい|関連(?:記事|ニュース)?|اقرأ\s+أيض.{0,200}|"
    r"(?:read|related|recommended|see\s+also|also\s+read|read\s+also|watch|listen|read\s+more|more|next|previous|up\s+next|don['’]t\s+miss|related\s+(?:stories|articles?|posts?|content|coverage|news|topics|links|video)|trending|"
    r"must[\s-]read|editor['’]?s\s+(?:pick|choice)s?|recommended\s+for\s+you|you\s+(?:may|might)\s+(?:also\s+)?(?:like|be\s+interested).{0,60}|most\s+read|top\s+stories|latest\s+news|in\s+other\s+news)\s*[:：]?(?:\s.{0,5})?|"
    r"(?:read|related|recommended|see\s+also|also\s+read|read\s+also|watch|listen|read\s+more|more|don['’]t\s+miss|related\s+(?:stories|articles?|story|coverage|news|video)|must[\s-]read)\s*[:：|]\s.{0,250}|"
    r"(?:sign\s+up|subscribe|join)\s+(?:now|here|today|for|to|our)\b.{0,250}|(?:get|follow)\s+(?:us|our|the\s+latest)\b.{0,250}|follow\s+\S+(?:\s+\S+){0,6}\s+on\s+(?:twitter|x|facebook|instagram|google|whatsapp|telegram|threads|tiktok|youtube).{0,150}|"
    r"click\s+here\b.{0,200}|(?:download|install)\s+(?:the|our)\s+.{0,60}app.{0,100}|tap\s+here.{0,150}|"
    r"this\s+(?:video|content)\s+(?:is|can|could)\s*(?:not|n['’]t).{0,150}|video\s+(?:unavailable|player).{0,80}|loading.{0,20}|please\s+enable\s+javascript.{0,200}|"
    r"(?:image|photo|picture|foto|bild|imagen|photograph|video|image\s+source|image\s+credit|photo\s+(?:credit|by)|image\s+by|bildquelle|crédit\s+photo)\s*[:：©].{0,200}|©.{0,200}|copyright\b.{0,200}|all\s+rights\s+reserved.{0,100}|"
    r"(?:updated|update\s*:|published|posted|last\s+updated|aktualisiert|veröffentlicht|stand|erstellt|publicado|actualizado|publié|pubblicato|aggiornato|опубликовано|обновлено|güncelleme|yayınlanma)\s*(?:on|at|am|le|il|el|:)?\s*[:：]?\s*.{0,15}\d.{0,60}|"
    r"\d{1,2}\s?(?:min(?:ute)?s?|мин)\s?(?:read|reading|lesezeit|de\s+lectura|de\s+lecture|lästid)?|"
    r"comments?(?:\s*\(?\d*\)?)?|leave\s+a\s+(?:comment|reply).{0,40}|\d+\s+(?:comments?|kommentare?|shares?|views?)|kommentare?(?:\s+\d+)?|post\s+a\s+comment.{0,60}|view\s+(?:all\s+)?comments.{0,40}|"
    r"tags?\s*[:：].{0,300}|tags|topics?\s*[:：].{0,300}|filed\s+under\b.{0,200}|categor(?:y|ies)\s*[:：].{0,200}|schlagw[oö]rte?r?.{0,100}|themen\s*[:：].{0,200}|etiquetas\s*[:：].{0,200}|"
    r"(?:newsletter|abonnieren|jetzt\s+(?:abonnieren|testen|anmelden).{0,150}|suscríbete.{0,200}|abonnez-vous.{0,200}|iscriviti.{0,200}|подпис(?:ывайтесь|аться).{0,200}|підпис(?:уйтесь|атися).{0,200}|abone\s+ol.{0,100})|"
    r"print(?:\s+this)?(?:\s+article)?|drucken|email|e-mail|facebook|twitter|whatsapp|linkedin|pinterest|reddit|telegram|copy\s+link|link\s+kopieren|close|schließen|menu|home|back\s+to\s+top|skip\s+to\s+(?:main\s+)?content|"
    r"play|pause|listen(?:\s+to\s+(?:this\s+)?article)?.{0,40}|artikel\s+(?:anhören|vorlesen).{0,60}|open\s+(?:image|gallery).{0,80}|(?:view|see)\s+(?:gallery|photos?|image|all).{0,60}|show\s+more|show\s+less|load\s+more|more|continue\s+reading.{0,80}|story\s+continues(?:\s+below)?.{0,40}|article\s+continues(?:\s+(?:below|after))?.{0,40}|"
    r"[【\[(（]?(?:责任编辑|责编|编辑|编审|校对|審核|審校|編輯)\s*[:：].{0,40}|swipe.{0,60}|recommended\s+stories|list\s+of\s+\d+\s+items|end\s+of\s+list)\s*[.!:>»→…]*\s*$",
    re.IGNORECASE,
)


_WALL = re.compile(
    r"(?i)\b(?:sign\s+(?:in|up)\s+(?:or|to|for|now|here|with)\b|sign\s+in\s*/|log\s+in\s+(?:or|to)\b|create\s+(?:an?|your|free)\s+(?:free\s+)?account|register\s+(?:/|or|to|for|now)\b|"
    r"subscribe\s+(?:now|today|to\s+(?:our|the|read|unlock|continue|get))\b|(?:reserved|exclusive|only)\s+(?:for|to)\s+(?:our\s+)?subscribers|subscribers?\s+only|already\s+a\s+(?:subscriber|member)|"
    r"unlock\s+(?:this|more|the|unlimited)\b|unlimited\s+(?:digital\s+)?access\b|cancel\s+any\s?time|to\s+continue\s+(?:reading|with\s+your\s+reading)|support\s+(?:independent|local|our|quality)\s+journalism|(?:become|be)\s+a\s+(?:member|subscriber)|"
    r"(?:daily|weekly|free|our|morning|evening)\s+(?:\w+\s+)?newsletters?\b|"
    r"jetzt\s+(?:abonnieren|registrieren|anmelden|kostenlos|testen|weiterlesen)|(?:bereits|schon)\s+(?:abonnent|registriert)|newsletter\s+(?:abonnieren|bestellen|anmelden)|abonniere\s+(?:den|jetzt|unseren)|"
    r"déjà\s+abonné|abonnez-vous|créer\s+un\s+compte|identifiez-vous|réservé\s+aux\s+abonnés|inscrivez-vous|"
    r"(?:ya\s+)?eres\s+suscriptor|suscríbete|iniciar\s+sesión|inicia\s+sesión|crear\s+(?:una\s+)?cuenta|tu\s+suscripción|"
    r"abbonati|accedi\s+(?:o|per)|registrati|assine\s+(?:já|agora)|já\s+é\s+assinante|подпишитесь|подписывайтесь|оформите\s+подписку|підписуйтесь|有料会員|会員登録|ログイン|구독|로그인)"
)


_CUT_OFF = re.compile(
    r"(?i)il\s+vous\s+reste\s+[\d.,]+\s?%|la\s+suite\s+(?:de\s+cet\s+article\s+)?est\s+réservée|(?:this|the\s+(?:rest\s+of\s+)?(?:this\s+)?)\s*(?:article|story|content)\s+is\s+(?:reserved|available|exclusive|only)\s.{0,30}subscri|"
    r"(?:to\s+)?(?:continue\s+reading|read\s+the\s+(?:full|rest\s+of\s+(?:this|the))\s+(?:story|article)),?\s.{0,40}(?:subscri|sign|log|regist)|(?:weiterlesen|den\s+ganzen\s+artikel).{0,40}(?:abo\b|abonn|plus\b)|"
    r"(?:para\s+seguir\s+leyendo|sigue\s+leyendo).{0,40}(?:suscr|hazte)|per\s+continuare\s+a\s+leggere.{0,40}abbon|полный\s+текст.{0,30}подпис|この記事は(?:有料|会員限定)|残り\s?\d+\s?文字"
)


_WALL_STEMS = (
    "sign", "log in", "account", "regist", "subscri", "member", "unlock", "unlimited", "cancel", "continue", "support", "newsletter",
    "jetzt", "abonn", "inscri", "identifiez", "compte", "suscr", "sesión", "cuenta", "abbon", "accedi", "assin", "подпи", "підпи", "有料", "会員",
    "ログイン", "구독", "로그인",
)  # fmt: skip
_CUT_OFF_STEMS = (
    "vous reste", "la suite", "subscri", "continue reading", "read the", "weiterlesen", "ganzen artikel", "leyendo", "leggere", "полный текст", "この記事", "残り",
)  # fmt: skip
"""Without one of these a pattern cannot match, and they are found many times faster."""


def _holds(text: str, stems: tuple[str, ...]) -> bool:
    return any(map(text.casefold().__contains__, stems))


_CREDIT = re.compile(
    r"(?i)\b(?:(?:imago(?:\s?images)?|picture[\s-]alliance|getty\s+images|shutterstock|i?stock(?:photo)?|adobe\s?stock|afp|dpa|reuters|epa|efe|ansa|keystone)\s?(?:/|via)\s?[^.!?]{1,40}|"
    r"getty\s+images|shutterstock|istock(?:photo)?|adobe\s?stock|picture[\s-]alliance|ap\s+photo)\)?\s*$"
)
_CHANNEL = re.compile(r"(?i)newsletter|whatsapp|telegram|news[\s-]?app\b|facebook|instagram|social\s?media|youtube|tiktok")


def is_credited(text: str) -> bool:
    """Whether a short text ends like a caption, in the agency of its picture: "The quay on Sunday. AFP/Ana Velk"."""
    return len(text) <= 300 and _CREDIT.search(text) is not None


def is_channel_text(text: str) -> bool:
    """Whether a text names a newsletter, an app or a network."""
    return len(text) <= 300 and _CHANNEL.search(text) is not None


def is_cut_off_text(text: str) -> bool:
    """Whether a text says that the article goes on for subscribers alone."""
    return len(text) <= 300 and _holds(text, _CUT_OFF_STEMS) and _CUT_OFF.search(text) is not None


def is_wall_text(text: str) -> bool:
    """Whether a text asks the reader to subscribe, register or sign in: what stands in one box with it is no article."""
    return len(text) <= 300 and _holds(text, _WALL_STEMS) and _WALL.search(text) is not None


def is_furniture_text(text: str) -> bool:
    """Whether the whole text is wording that pages put between paragraphs: "Read more", "Anzeige", "Share this"."""
    return len(text) <= 300 and _FURNITURE_TEXT.match(text) is not None
