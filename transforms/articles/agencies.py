"""News agencies as datelines and sign-offs print them.

Source: the agencies' own datelines; the list is of facts, written for Dateline. A name that is not here
is still read from a dateline of the right shape ("(XYZ) -").
"""

import re

_NAMES = """
AP|AFP|Reuters|Reuter|UPI|dpa|DPA|dpa-AFX|EFE|ANSA|TASS|ITAR-TASS|Itar-Tass|ТАСС|ИТАР-ТАСС|Interfax|INTERFAX|INTERFAX.RU|Интерфакс|ИНТЕРФАКС
RIA Novosti|РИА Новости|RIA|Sputnik|Xinhua|XINHUA|Kyodo|KYODO|Jiji|JIJI|Jiji Press|Yonhap|YONHAP|KCNA|CNA|Bernama|ANTARA|Antara
PTI|ANI|IANS|UNI|APP|PPI|BSS|AA|Anadolu|Anadolu Agency|İHA|IHA|DHA|ANKA|KAZINFORM|QAZINFORM|KazInform|Kazinform|Qazinform
КАЗИНФОРМ|ҚАЗАҚПАРАТ|Казинформ|QAZAQPARAT|KABAR|Kabar|Кабар|AZERTAC|AZERTAG|Azertac|APA|Trend|Turan|UzA|UZA|УзА|Dunyo IA|Khovar|ХОВАР
TDH|Interfax-Kazakhstan|Интерфакс-Казахстан|UKRINFORM|Ukrinform|Укринформ|Укрінформ|УНИАН|УНІАН|UNIAN|BelTA|BELTA|БЕЛТА|БелТА
Interpress|IPRESS|ARMENPRESS|Armenpress|IRNA|ISNA|Fars|Mehr|Tasnim|SANA|MENA|WAM|SPA|QNA|KUNA|BNA|ONA|Petra|NNA|WAFA|MAP|APS|TAP
ANP|Belga|BELGA|STT|NTB|TT|Ritzau|RITZAU|LETA|ELTA|BNS|PAP|ČTK|CTK|ČTK/AP|TASR|SITA|MTI|Agerpres|AGERPRES|BTA|БТА|Tanjug|TANJUG
HINA|Hina|STA|SRNA|FENA|MIA|ATA|ANA|ANA-MPA|ΑΠΕ|ΑΠΕ-ΜΠΕ|APA|ATS|ats|Keystone-ATS|Keystone-SDA|sda|SDA|Lusa|LUSA|Europa Press|AGI|askanews|ITALPRESS|Italpress|Adnkronos|Adnkronos/Labitalia
LaPresse|Notimex|NOTIMEX|Prensa Latina|PL|Télam|TELAM|Telam|Agencia Brasil|Agência Brasil|ABr|Andina|ABI|AVN|Colprensa
AAP|NZPA|PA|PA Media|CP|The Canadian Press|La Presse Canadienne|CNW|PRNewswire|PR Newswire|BUSINESS WIRE|Business Wire|GLOBE NEWSWIRE|GlobeNewswire
NAN|GNA|PANA|ENA|KNA|SAPA|SUNA|ZANIS|NAMPA|Bloomberg|Dow Jones|DJ|AFX|IPS|UN News|CNS|ENS|KNS|VNA|TNA|Lao News Agency|PNA|MNA
Catholic News Service|Zenit|RFE/RL|VOA|BNO|GNS|tca|TNS|KRT|MCT|Deutsche Presse-Agentur|AKI|FIDES|Fides|epd|KNA|SID|sid|AFP/dpa
رويترز|أ ف ب|د ب أ|أ ش أ|وام|قنا|كونا|سانا|واس|سبوتنيك|الأناضول
""".replace("\n", "|")

AGENCIES = frozenset(name for name in _NAMES.split("|") if name)
_FOLDED = frozenset(name.casefold() for name in AGENCIES)
# Agencies that follow the place without brackets: "ANKARA. KAZINFORM", "TOKYO, Dec. 9 Kyodo -".
BARE_AGENCY = re.compile(
    "(?:" + "|".join(re.escape(name) for name in sorted(AGENCIES, key=len, reverse=True) if len(name) > 2) + r")(?!\w)"
)


def is_agency(name: str) -> bool:
    """Whether `name` is a known agency, or known agencies joined by a slash or a dash ("AFP/dpa")."""
    return name.casefold() in _FOLDED or all(
        part.strip().casefold() in _FOLDED for part in re.split(r"[/,–-]| and | und | y ", name)
    )

# Where agencies print the time of their head office without a zone.
AGENCY_ZONES = {"kyodo": "Asia/Tokyo", "jiji": "Asia/Tokyo", "yonhap": "Asia/Seoul", "pti": "Asia/Kolkata"}
