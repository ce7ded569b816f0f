"""Lines that say when and nothing else: what stands below a headline."""

import re

from transforms.articles.months import months_of

_WORD = re.compile(r"[^\W\d_]{2,}")
_DATE_LIKE = re.compile(r"\d{1,2}[:.]\d{2}\b|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\b(?:19|20)\d{2}\b|\d{4}[-/年]\d{1,2}|\d+\s?(?:min|hours?|ago|std)")
WEEKDAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo", "segunda", "feira", "terça", "quarta", "quinta", "sexta", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"])
AROUND_DATES = WEEKDAYS | frozenset(["am", "pm", "at", "on", "uhr", "um", "the", "est", "edt", "cst", "cdt", "mst", "mdt", "pst", "pdt", "gmt", "utc", "cet", "cest", "bst", "ist", "et", "ct", "pt", "updated", "update", "published", "publish", "posted", "last", "modified", "aktualisiert", "veröffentlicht", "stand", "erstellt", "lesedauer", "minuten", "minute", "min", "mins", "read", "time", "reading", "publicado", "publicada", "actualizado", "atualizado", "publié", "mis", "jour", "à", "às", "le", "de", "del", "di", "da", "du", "of", "il", "alle", "ore", "aggiornato", "pubblicato", "опубликовано", "обновлено", "publicerad", "uppdaterad", "publisert", "oppdatert", "udgivet", "opdateret", "ago", "hours", "hour", "days", "day", "first", "von", "by", "zuerst", "güncelleme"])


def is_date_line(text: str) -> bool:
    """Whether a line says when, and nothing else to speak of: "11:00 AM PDT • May 16, 2024"."""
    if not _DATE_LIKE.search(text):
        return False
    months = months_of(None)
    words = [word for word in _WORD.findall(text.casefold()) if word not in AROUND_DATES and word not in months]
    return len(words) <= 2
