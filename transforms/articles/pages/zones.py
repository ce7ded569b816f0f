"""The time zone of a page that prints none: its country's by the address, else its language's where that has one.

Only countries with one civil time, or with nearly all newsrooms in one. Source: IANA zone.tab (public domain).
"""

from urllib.parse import urlsplit

_BY_DOMAIN = {
    "ad": "Europe/Andorra", "ae": "Asia/Dubai", "af": "Asia/Kabul", "al": "Europe/Tirane", "am": "Asia/Yerevan", "ar": "America/Argentina/Buenos_Aires",
    "at": "Europe/Vienna", "az": "Asia/Baku", "ba": "Europe/Sarajevo", "bd": "Asia/Dhaka", "be": "Europe/Brussels", "bg": "Europe/Sofia",
    "bh": "Asia/Bahrain", "bo": "America/La_Paz", "br": "America/Sao_Paulo", "bw": "Africa/Gaborone", "by": "Europe/Minsk", "ch": "Europe/Zurich",
    "ci": "Africa/Abidjan", "cl": "America/Santiago", "cm": "Africa/Douala", "cn": "Asia/Shanghai", "cr": "America/Costa_Rica", "cu": "America/Havana",
    "cy": "Asia/Nicosia", "cz": "Europe/Prague", "de": "Europe/Berlin", "dk": "Europe/Copenhagen", "do": "America/Santo_Domingo", "dz": "Africa/Algiers",
    "ec": "America/Guayaquil", "ee": "Europe/Tallinn", "eg": "Africa/Cairo", "es": "Europe/Madrid", "et": "Africa/Addis_Ababa", "fi": "Europe/Helsinki",
    "fr": "Europe/Paris", "gb": "Europe/London", "ge": "Asia/Tbilisi", "gh": "Africa/Accra", "gr": "Europe/Athens", "gt": "America/Guatemala",
    "hk": "Asia/Hong_Kong", "hn": "America/Tegucigalpa", "hr": "Europe/Zagreb", "hu": "Europe/Budapest", "ie": "Europe/Dublin", "il": "Asia/Jerusalem",
    "in": "Asia/Kolkata", "iq": "Asia/Baghdad", "ir": "Asia/Tehran", "is": "Atlantic/Reykjavik", "it": "Europe/Rome", "jm": "America/Jamaica",
    "jo": "Asia/Amman", "jp": "Asia/Tokyo", "ke": "Africa/Nairobi", "kg": "Asia/Bishkek", "kh": "Asia/Phnom_Penh", "kr": "Asia/Seoul", "kw": "Asia/Kuwait",
    "kz": "Asia/Almaty", "lb": "Asia/Beirut", "li": "Europe/Vaduz", "lk": "Asia/Colombo", "ls": "Africa/Maseru", "lt": "Europe/Vilnius",
    "lu": "Europe/Luxembourg", "lv": "Europe/Riga", "ly": "Africa/Tripoli", "ma": "Africa/Casablanca", "md": "Europe/Chisinau", "mk": "Europe/Skopje",
    "mm": "Asia/Yangon", "mt": "Europe/Malta", "mw": "Africa/Blantyre", "my": "Asia/Kuala_Lumpur", "mz": "Africa/Maputo", "na": "Africa/Windhoek",
    "ng": "Africa/Lagos", "ni": "America/Managua", "nl": "Europe/Amsterdam", "no": "Europe/Oslo", "np": "Asia/Kathmandu", "nz": "Pacific/Auckland",
    "om": "Asia/Muscat", "pa": "America/Panama", "pe": "America/Lima", "ph": "Asia/Manila", "pk": "Asia/Karachi", "pl": "Europe/Warsaw",
    "pt": "Europe/Lisbon", "py": "America/Asuncion", "qa": "Asia/Qatar", "ro": "Europe/Bucharest", "rs": "Europe/Belgrade", "ru": "Europe/Moscow",
    "rw": "Africa/Kigali", "sa": "Asia/Riyadh", "se": "Europe/Stockholm", "sg": "Asia/Singapore", "si": "Europe/Ljubljana", "sk": "Europe/Bratislava",
    "sn": "Africa/Dakar", "su": "Europe/Moscow", "sv": "America/El_Salvador", "sy": "Asia/Damascus", "th": "Asia/Bangkok", "tj": "Asia/Dushanbe",
    "tm": "Asia/Ashgabat", "tn": "Africa/Tunis", "tr": "Europe/Istanbul", "tw": "Asia/Taipei", "tz": "Africa/Dar_es_Salaam", "ua": "Europe/Kyiv",
    "ug": "Africa/Kampala", "uk": "Europe/London", "uy": "America/Montevideo", "uz": "Asia/Tashkent", "va": "Europe/Vatican", "ve": "America/Caracas",
    "vn": "Asia/Ho_Chi_Minh", "ye": "Asia/Aden", "za": "Africa/Johannesburg", "zm": "Africa/Lusaka", "zw": "Africa/Harare",
}  # fmt: skip
_BY_LANGUAGE = {
    "bg": "Europe/Sofia", "cs": "Europe/Prague", "da": "Europe/Copenhagen", "de": "Europe/Berlin", "el": "Europe/Athens", "et": "Europe/Tallinn",
    "fi": "Europe/Helsinki", "he": "Asia/Jerusalem", "hr": "Europe/Zagreb", "hu": "Europe/Budapest", "is": "Atlantic/Reykjavik", "it": "Europe/Rome",
    "ja": "Asia/Tokyo", "ka": "Asia/Tbilisi", "kk": "Asia/Almaty", "ko": "Asia/Seoul", "lt": "Europe/Vilnius", "lv": "Europe/Riga", "nb": "Europe/Oslo",
    "no": "Europe/Oslo", "pl": "Europe/Warsaw", "ro": "Europe/Bucharest", "sk": "Europe/Bratislava", "sl": "Europe/Ljubljana", "sv": "Europe/Stockholm",
    "th": "Asia/Bangkok", "tr": "Europe/Istanbul", "uk": "Europe/Kyiv", "uz": "Asia/Tashkent", "vi": "Asia/Ho_Chi_Minh", "hy": "Asia/Yerevan",
    "az": "Asia/Baku", "fa": "Asia/Tehran", "id": "Asia/Jakarta", "zu": "Africa/Johannesburg",
}  # fmt: skip


def zone_of(url: str | None, language: str | None) -> str | None:
    """The IANA zone to assume for a page at `url` in `language` (ISO 639-1), or None."""
    if url:
        try:
            host = urlsplit(url).hostname or ""
        except ValueError:
            host = ""
        zone = _BY_DOMAIN.get(host.rsplit(".", 1)[-1])
        if zone:
            return zone
    return _BY_LANGUAGE.get(language or "")
