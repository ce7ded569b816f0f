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
TTXVN|MONTSAME|Montsame|МОНЦАМЭ|AKIpress|ҚазАқпарат|NIAT Khovar|НИАТ «Ховар»|FoNet|Beta|Angop|ANGOP|INA|AKP|KPL|FNA|UNB|Рейтер|Interfax-Ukraine
Интерфакс-Украина|Trend News Agency|MOLDPRES|Moldpres|IPN|МИА|FOLHAPRESS|Folhapress|Estadão Conteúdo|AIP|AIB|भाषा|वार्ता|اے پی پی|ILNA
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

# Where an agency is at home: of several cities of one name it means its own. The American and British ones name the
# state of such a city, so none is assumed for them.
_HOMES = """
ESP EFE|Europa Press  ARG Télam|Telam|TELAM  ITA ANSA|AGI|Adnkronos|askanews|LaPresse|Italpress  DEU dpa|epd|SID|KNA
AUT APA/dpa  CHE ats|sda|Keystone-ATS|Keystone-SDA  PRT Lusa  BRA Agência Brasil|Agencia Brasil|ABr|Folhapress
MEX Notimex  VEN AVN  COL Colprensa  CUB Prensa Latina  PER Andina  IND PTI|ANI|IANS|UNI|भाषा  PAK APP|PPI  BGD BSS|UNB
RUS TASS|ITAR-TASS|ТАСС|ИТАР-ТАСС|Interfax|Интерфакс|RIA Novosti|РИА Новости  UKR Ukrinform|Укринформ|Укрінформ|UNIAN|УНИАН
KAZ Kazinform|Qazinform|Казинформ  TUR AA|Anadolu|DHA|IHA|İHA  IRQ INA  IRN IRNA|ISNA|Fars|Mehr|Tasnim|MNA  IDN Antara
MYS Bernama  PHL PNA  VNM VNA|TTXVN  CHN Xinhua|新华社|中新社  JPN Kyodo|Jiji|Jiji Press  KOR Yonhap  TWN CNA|中央社
AUS AAP  NZL NZPA  CAN CP|The Canadian Press|La Presse Canadienne  NGA NAN  GHA GNA  KEN KNA  ZAF SAPA  EGY MENA|أ ش أ
"""
AGENCY_HOMES = {
    name.casefold(): country
    for country, names in re.findall(r"([A-Z]{3}) (.+?)(?=  |\n|\Z)", _HOMES)
    for name in names.split("|")
}

# Where agencies print the time of their head office without a zone.
AGENCY_ZONES = {"kyodo": "Asia/Tokyo", "jiji": "Asia/Tokyo", "yonhap": "Asia/Seoul", "pti": "Asia/Kolkata"}
