"""Month names as datelines print them, in the languages of the wires that Dateline reads.

Source of the names: Unicode CLDR, calendars/gregorian/months, genitive and abbreviated forms.
"""

from functools import lru_cache

_NAMES = """
en January February March April May June July August September October November December
en Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec
en Jan Feb Mar Apr May June July Aug Sep Oct Nov Dec
fr janvier février mars avril mai juin juillet août septembre octobre novembre décembre
fr janv févr mars avr mai juin juil août sept oct nov déc
fr jan fév mar avr mai juin juil aou sep oct nov dec
de Januar Februar März April Mai Juni Juli August September Oktober November Dezember
de Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez
de Jänner Feber Mrz Apr Mai Juni Juli Aug Sept Okt Nov Dez
es enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
es ene feb mar abr may jun jul ago sep oct nov dic
pt janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
pt jan fev mar abr mai jun jul ago set out nov dez
it gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
it gen feb mar apr mag giu lug ago set ott nov dic
nl januari februari maart april mei juni juli augustus september oktober november december
nl jan feb mrt apr mei jun jul aug sep okt nov dec
ru января февраля марта апреля мая июня июля августа сентября октября ноября декабря
ru янв фев мар апр май июн июл авг сен окт ноя дек
ru январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
ru янв февр мар апр мая июн июл авг сент окт нояб дек
uk січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
kk қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан
tr Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık
pl stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
cs ledna února března dubna května června července srpna září října listopadu prosince
sv januari februari mars april maj juni juli augusti september oktober november december
da januar februar marts april maj juni juli august september oktober november december
fi tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta
hu január február március április május június július augusztus szeptember október november december
ro ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie
id Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember
el Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου Δεκεμβρίου
ar يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
"""


def _table() -> dict[str, int]:
    months: dict[str, int] = {}
    for line in _NAMES.split("\n"):
        for number, name in enumerate(line.split()[1:], 1):
            # The first language to claim an abbreviation keeps it: `mar` is March everywhere.
            months.setdefault(name.casefold(), number)
    return months


MONTHS = _table()
_ENGLISH = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip


def month_number(name: str) -> int | None:
    """1 to 12 for a month name or abbreviation in any known language, case and a final stop aside."""
    return MONTHS.get(name.casefold().rstrip("."))


@lru_cache(maxsize=512)
def misspelt_month(name: str) -> int | None:
    """The month whose English name is one typing error away from `name` ("Narch", "Marc"), or None."""
    word = name.casefold().rstrip(".")
    if len(word) < 4:
        return None
    near = {number for number, month in enumerate(_ENGLISH, 1) if _one_edit_apart(word, month)}
    return near.pop() if len(near) == 1 else None


def _one_edit_apart(left: str, right: str) -> bool:
    """Whether one insertion, deletion, substitution or swap of neighbours makes `left` into `right`."""
    if abs(len(left) - len(right)) > 1:
        return False
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    a, b = left[start:], right[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
