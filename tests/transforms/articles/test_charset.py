"""Charsets by evidence: ten languages in the charsets that can hold them, declared right, wrong, not at all, by BOM."""

import codecs

import pytest

from transforms.articles.charset import decode
from transforms.articles.reader import read_document
from transforms.documents import Document

TEXTS = {
    "de": "Der Hafen wurde am Dienstagmorgen wegen Nebels geschlossen, wie die Behörde mitteilte. Die Fähren zu den Inseln fielen bis "
    "zum Mittag aus, rund dreihundert Fahrgäste mussten warten. Für die Bürger der Stadt öffnete die Straße später wieder, sagte der "
    "Sprecher der Behörde. Größere Schäden gebe es nach ersten Erkenntnissen nicht.",
    "pl": "Port został zamknięty we wtorek rano z powodu mgły, poinformowały władze portu. Promy na wyspy odwołano do południa, a około "
    "trzystu pasażerów musiało czekać. Według służb ruch ma zostać wznowiony jeszcze dziś, jeśli pogoda się poprawi. Burmistrz "
    "podziękował załogom za ciężką pracę i cierpliwość.",
    "tr": "Liman salı sabahı sis nedeniyle kapatıldı, liman yetkilileri açıkladı. Adalara giden feribotlar öğlene kadar iptal edildi ve "
    "yaklaşık üç yüz yolcu beklemek zorunda kaldı. Yetkililere göre hava düzelirse ulaşım bugün yeniden başlayacak. Belediye başkanı "
    "çalışanlara gösterdikleri sabır için teşekkür etti.",
    "ru": "Порт был закрыт во вторник утром из-за тумана, сообщила администрация порта. Паромы на острова отменили до полудня, около трёхсот "
    "пассажиров были вынуждены ждать в здании вокзала. По словам властей, движение возобновится сегодня, если погода улучшится.",
    "el": "Το λιμάνι έκλεισε το πρωί της Τρίτης λόγω ομίχλης, ανακοίνωσε η λιμενική αρχή. Τα δρομολόγια προς τα νησιά ακυρώθηκαν μέχρι το "
    "μεσημέρι και περίπου τριακόσιοι επιβάτες χρειάστηκε να περιμένουν. Σύμφωνα με τις αρχές, η κίνηση θα αποκατασταθεί σήμερα.",
    "he": "הנמל נסגר ביום שלישי בבוקר בשל ערפל כבד, כך מסרה רשות הנמלים. המעבורות לאיים בוטלו עד הצהריים וכשלוש מאות נוסעים נאלצו להמתין "
    "באולם. לדברי הרשויות התנועה תתחדש היום אם מזג האוויר ישתפר. ראש העיר הודה לצוותים על הסבלנות.",
    "ar": "أغلق الميناء صباح الثلاثاء بسبب الضباب، حسبما أعلنت سلطة الميناء. وألغيت العبارات المتجهة إلى الجزر حتى الظهر واضطر نحو ثلاثمئة "
    "راكب إلى الانتظار في الصالة. ووفقا للسلطات فإن الحركة ستستأنف اليوم إذا تحسن الطقس.",
    "ja": "港湾当局によると、濃い霧のため火曜日の朝に港が閉鎖された。島々へのフェリーは正午まで欠航となり、約三百人の乗客が待たされた。当局は、天候が回復すれば"
    "今日中に運航を再開する見通しだとしている。",
    "zh": "港务局表示，由于大雾，港口于星期二上午关闭。前往各岛屿的渡轮在中午之前全部取消，大约三百名乘客不得不在大厅等待。有关部门称，如果天气好转，今天将恢复通航。",
    "ko": "항만 당국은 짙은 안개로 인해 화요일 오전 항구가 폐쇄되었다고 밝혔다. 섬으로 가는 여객선은 정오까지 취소되었으며 약 삼백 명의 승객이 대합실에서 기다려야 했다.",
}
HOLDS = {
    "de": ["cp1252", "iso8859-15", "mac-roman", "cp850"],
    "pl": ["cp1250", "iso8859-2", "cp852", "iso8859-16"],
    "tr": ["cp1254", "iso8859-9", "cp857"],
    "ru": ["cp1251", "koi8-r", "iso8859-5", "cp866", "mac-cyrillic"],
    "el": ["cp1253", "iso8859-7", "mac-greek"],
    "he": ["cp1255", "iso8859-8"],
    "ar": ["cp1256", "iso8859-6"],
    "ja": ["euc_jp", "shift_jis", "iso2022_jp"],
    "zh": ["gb18030", "gbk", "hz"],
    "ko": ["euc_kr", "johab", "iso2022_kr"],
}
UNICODE = ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]
PAIRS = [(language, charset) for language, charsets in HOLDS.items() for charset in (*charsets, *UNICODE)]
MARKS = {
    "utf-8": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE, "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}  # fmt: skip


def share_exact(found: str, text: str) -> float:
    return sum(a == b for a, b in zip(found, text, strict=False)) / max(len(found), len(text))


@pytest.mark.parametrize(("language", "charset"), PAIRS)
def test_a_text_is_decoded_whatever_is_declared(language: str, charset: str) -> None:
    text = f"{TEXTS[language]}\n\n{TEXTS[language]}"
    content = text.encode(charset)
    assert share_exact(decode(content, declared=charset).text, text) >= 0.99
    for declared in (None, "iso-8859-1", "windows-1251", "utf-8", "no-such-charset"):
        assert share_exact(decode(content, declared=declared).text, text) >= 0.95, declared


@pytest.mark.parametrize("charset", UNICODE)
def test_a_bom_settles_it(charset: str) -> None:
    found = decode(MARKS[charset] + TEXTS["ru"].encode(charset), declared="koi8-r")
    assert (found.text, found.charset, found.source) == (TEXTS["ru"], charset, "bom")


def test_one_letter_beyond_ascii_is_read_as_the_web_reads_it() -> None:
    assert decode("Thomas Müller said so on Tuesday.".encode("latin-1")).text == "Thomas Müller said so on Tuesday."


def test_broken_utf_8_stays_utf_8_and_its_ratio_is_told() -> None:
    found = decode("Größere Schäden gebe es nicht, äußerte der Behördensprecher für Häfen, Flüße, Brücken, Straßen und Züge; die Fähren führen".encode() + b"\xff!")
    assert (found.charset, found.text.count("\ufffd")) == ("utf-8", 1)
    assert 0 < found.replacement_ratio < 0.02


def test_nul_and_lone_surrogates_never_reach_the_text() -> None:
    assert decode(b"a\x00b").text == "ab"
    (found,) = read_document(Document(id="d", content=b'{"uri": "u", "type": "text", "body_text": "a\\ud800b \\u0000c"}'))
    assert getattr(found, "body", None) == "ab c"


def test_a_declared_charset_of_the_document_itself_is_heard() -> None:
    markup = '<?xml version="1.0" encoding="windows-1251"?><nitf><body><body.content><p>Порт был закрыт.</p></body.content></body></nitf>'
    (found,) = read_document(Document(id="d", content=markup.encode("cp1251")))
    assert getattr(found, "body", None) == "Порт был закрыт."
    assert (getattr(found, "charset", None), getattr(found, "charset_source", None)) == ("cp1251", "declared")
