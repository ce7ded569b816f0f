"""Month names by language, as wires, feeds and pages print them: wide and abbreviated, in both grammatical forms.

Source: Unicode CLDR, Gregorian calendar (Unicode Licence v3, https://www.unicode.org/license.txt), with the
Levantine month names of Arabic, the Austrian ones of German and wires' own abbreviations besides.
"""

from collections.abc import Iterator
from functools import cache, lru_cache

# Twelve months a language, the wide form first; an underscore stands for a space. Where languages disagree and
# none is stated, the first one here is believed.
_NAMES = {
    "en": "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sep sept|october oct|november nov|december dec",
    "fr": "janvier janv jan|février févr fév|mars mar|avril avr|mai|juin|juillet juil|août aou|septembre sept sep|octobre oct|novembre nov|décembre déc dec",
    "de": "januar jan jänner jän|februar feb feber|märz mär mrz maerz|april apr|mai|juni jun|juli jul|august aug|september sept sep|oktober okt|november nov|dezember dez",
    "es": "enero ene|febrero feb|marzo mar|abril abr|mayo may|junio jun|julio jul|agosto ago|septiembre sept setiembre sep|octubre oct|noviembre nov|diciembre dic",
    "pt": "janeiro jan|fevereiro fev|março mar|abril abr|maio mai|junho jun|julho jul|agosto ago|setembro set|outubro out|novembro nov|dezembro dez",
    "it": "gennaio gen|febbraio feb|marzo mar|aprile apr|maggio mag|giugno giu|luglio lug|agosto ago|settembre set sett|ottobre ott|novembre nov|dicembre dic",
    "nl": "januari jan|februari feb|maart mrt|april apr|mei|juni jun|juli jul|augustus aug|september sep|oktober okt|november nov|december dec",
    "ru": "января январь янв|февраля февраль февр фев|марта март мар|апреля апрель апр|мая май|июня июнь июн|июля июль июл|августа август авг|сентября сентябрь сент сен|октября октябрь окт|ноября ноябрь нояб ноя|декабря декабрь дек",
    "pl": "stycznia styczeń sty|lutego luty lut|marca marzec mar|kwietnia kwiecień kwi|maja maj|czerwca czerwiec cze|lipca lipiec lip|sierpnia sierpień sie|września wrzesień wrz|października październik paź|listopada listopad lis|grudnia grudzień gru",
    "af": "januarie jan|februarie feb|maart mrt|april apr|mei|junie jun|julie jul|augustus aug|september sep|oktober okt|november nov|desember des",
    "am": "ጃንዋሪ ጃን|ፌብሩዋሪ ፌብ|ማርች|ኤፕሪል ኤፕሪ|ሜይ|ጁን|ጁላይ|ኦገስት ኦገስ|ሴፕቴምበር ሴፕቴ|ኦክቶበር ኦክቶ|ኖቬምበር ኖቬም|ዲሴምበር ዲሴም",
    "ar": "يناير كانون_الثاني|فبراير شباط|مارس آذار|أبريل نيسان|مايو أيار|يونيو حزيران|يوليو تموز|أغسطس آب|سبتمبر أيلول|أكتوبر تشرين_الأول|نوفمبر تشرين_الثاني|ديسمبر كانون_الأول",
    "az": "yanvar yan|fevral fev|mart mar|aprel apr|may|iyun iyn|iyul iyl|avqust avq|sentyabr sen|oktyabr okt|noyabr noy|dekabr dek",
    "be": "студзеня студзень сту|лютага люты лют|сакавіка сакавік сак|красавіка красавік кра|мая май|чэрвеня чэрвень чэр|ліпеня ліпень ліп|жніўня жнівень жні|верасня верасень вер|кастрычніка кастрычнік кас|лістапада лістапад ліс|снежня снежань сне",
    "bg": "януари яну|февруари фев|март|април апр|май|юни|юли|август авг|септември сеп|октомври окт|ноември ное|декември дек",
    "bn": "জানুয়ারী জানু|ফেব্রুয়ারী ফেব|মার্চ|এপ্রিল এপ্রি|মে|জুন|জুলাই জুল|আগস্ট আগ|সেপ্টেম্বর সেপ|অক্টোবর অক্টো|নভেম্বর নভে|ডিসেম্বর ডিসে",
    "bs": "januar jan|februar feb|mart mar|april apr|maj|juni jun|juli jul|august aug|septembar sep|oktobar okt|novembar nov|decembar dec",
    "ca": "de_gener gener de_gen gen|de_febrer febrer de_febr febr|de_març març|d’abril abril d’abr abr|de_maig maig|de_juny juny|de_juliol juliol de_jul jul|d’agost agost d’ag ag|de_setembre setembre de_set set|d’octubre octubre d’oct oct|de_novembre novembre de_nov nov|de_desembre desembre de_des des",
    "cs": "ledna leden led|února únor úno|března březen bře|dubna duben dub|května květen kvě|června červen čvn|července červenec čvc|srpna srpen srp|září zář|října říjen říj|listopadu listopad lis|prosince prosinec pro",
    "da": "januar jan|februar feb|marts mar|april apr|maj|juni jun|juli jul|august aug|september sep|oktober okt|november nov|december dec",
    "el": "ιανουαρίου ιανουάριοσ ιαν|φεβρουαρίου φεβρουάριοσ φεβ|μαρτίου μάρτιοσ μαρ μάρ|απριλίου απρίλιοσ απρ|μαΐου μάιοσ μαΐ μάι|ιουνίου ιούνιοσ ιουν ιούν|ιουλίου ιούλιοσ ιουλ ιούλ|αυγούστου αύγουστοσ αυγ αύγ|σεπτεμβρίου σεπτέμβριοσ σεπ|οκτωβρίου οκτώβριοσ οκτ|νοεμβρίου νοέμβριοσ νοε νοέ|δεκεμβρίου δεκέμβριοσ δεκ",
    "et": "jaanuar jaan|veebruar veebr|märts|aprill apr|mai|juuni|juuli|august aug|september sept|oktoober okt|november nov|detsember dets",
    "eu": "urtarrila urt|otsaila ots|martxoa mar|apirila api|maiatza mai|ekaina eka|uztaila uzt|abuztua abu|iraila ira|urria urr|azaroa aza|abendua abe",
    "fa": "ژانویهٔ ژانویه|فوریهٔ فوریه|مارس|آوریل|مهٔ مه|ژوئن|ژوئیهٔ ژوئیه|اوت|سپتامبر|اکتبر|نوامبر|دسامبر",
    "fi": "tammikuuta tammikuu tammi|helmikuuta helmikuu helmi|maaliskuuta maaliskuu maalis|huhtikuuta huhtikuu huhti|toukokuuta toukokuu touko|kesäkuuta kesäkuu kesä|heinäkuuta heinäkuu heinä|elokuuta elokuu elo|syyskuuta syyskuu syys|lokakuuta lokakuu loka|marraskuuta marraskuu marras|joulukuuta joulukuu joulu",
    "fil": "enero ene|pebrero peb|marso mar|abril abr|mayo may|hunyo hun|hulyo hul|agosto ago|setyembre set|oktubre okt|nobyembre nob|disyembre dis",
    "ga": "eanáir ean|feabhra feabh|márta|aibreán aib|bealtaine beal|meitheamh meith|iúil|lúnasa lún|meán_fómhair mfómh|deireadh_fómhair dfómh|samhain samh|nollaig noll",
    "gl": "xaneiro xan|febreiro feb|marzo mar|abril abr|maio|xuño|xullo xul|agosto ago|setembro set|outubro out|novembro nov|decembro dec",
    "he": "ינואר ינו׳|פברואר פבר׳|מרץ|אפריל אפר׳|מאי|יוני|יולי|אוגוסט אוג׳|ספטמבר ספט׳|אוקטובר אוק׳|נובמבר נוב׳|דצמבר דצמ׳",
    "hi": "जनवरी जन॰|फ़रवरी फ़र॰|मार्च|अप्रैल|मई|जून|जुलाई जुल॰|अगस्त अग॰|सितंबर सित॰|अक्टूबर अक्टू॰|नवंबर नव॰|दिसंबर दिस॰",
    "hr": "siječnja siječanj sij|veljače veljača velj|ožujka ožujak ožu|travnja travanj tra|svibnja svibanj svi|lipnja lipanj lip|srpnja srpanj srp|kolovoza kolovoz kol|rujna rujan ruj|listopada listopad lis|studenoga studeni stu|prosinca prosinac pro",
    "hu": "január jan|február febr|március márc|április ápr|május máj|június jún|július júl|augusztus aug|szeptember szept|október okt|november nov|december dec",
    "hy": "հունվարի հունվար հնվ|փետրվարի փետրվար փտվ|մարտի մարտ մրտ|ապրիլի ապրիլ ապր|մայիսի մայիս մյս|հունիսի հունիս հնս|հուլիսի հուլիս հլս|օգոստոսի օգոստոս օգս|սեպտեմբերի սեպտեմբեր սեպ|հոկտեմբերի հոկտեմբեր հոկ|նոյեմբերի նոյեմբեր նոյ|դեկտեմբերի դեկտեմբեր դեկ",
    "id": "januari jan|februari feb|maret mar|april apr|mei|juni jun|juli jul|agustus agu agt agust|september sep|oktober okt|november nov|desember des",
    "is": "janúar jan|febrúar feb|mars mar|apríl apr|maí|júní jún|júlí júl|ágúst ágú|september sep|október okt|nóvember nóv|desember des",
    "ka": "იანვარი იან|თებერვალი თებ|მარტი მარ|აპრილი აპრ|მაისი მაი|ივნისი ივნ|ივლისი ივლ|აგვისტო აგვ|სექტემბერი სექ|ოქტომბერი ოქტ|ნოემბერი ნოე|დეკემბერი დეკ",
    "kk": "қаңтар қаң|ақпан ақп|наурыз нау|сәуір сәу|мамыр мам|маусым мау|шілде шіл|тамыз там|қыркүйек қыр|қазан қаз|қараша қар|желтоқсан жел",
    "ky": "январь янв|февраль фев|март мар|апрель апр|май|июнь июн|июль июл|август авг|сентябрь сен|октябрь окт|ноябрь ноя|декабрь дек",
    "lt": "sausio sausis saus|vasario vasaris vas|kovo kovas kov|balandžio balandis bal|gegužės gegužė geg|birželio birželis birž|liepos liepa liep|rugpjūčio rugpjūtis rugp|rugsėjo rugsėjis rugs|spalio spalis spal|lapkričio lapkritis lapkr|gruodžio gruodis gruod",
    "lv": "janvāris janv|februāris febr|marts|aprīlis apr|maijs|jūnijs jūn|jūlijs jūl|augusts aug|septembris sept|oktobris okt|novembris nov|decembris dec",
    "mk": "јануари јан|февруари фев|март мар|април апр|мај|јуни јун|јули јул|август авг|септември сеп|октомври окт|ноември ное|декември дек",
    "mn": "нэгдүгээр_сар|хоёрдугаар_сар|гуравдугаар_сар|дөрөвдүгээр_сар|тавдугаар_сар|зургаадугаар_сар|долоодугаар_сар|наймдугаар_сар|есдүгээр_сар|аравдугаар_сар|арван_нэгдүгээр_сар|арван_хоёрдугаар_сар",
    "ms": "januari jan|februari feb|mac|april apr|mei|jun|julai jul|ogos ogo|september sep|oktober okt|november nov|disember dis",
    "mt": "jannar jan|frar fra|marzu mar|april apr|mejju mej|ġunju ġun|lulju lul|awwissu aww|settembru set|ottubru ott|novembru nov|diċembru diċ",
    "nb": "januar jan|februar feb|mars mar|april apr|mai|juni jun|juli jul|august aug|september sep|oktober okt|november nov|desember des",
    "nn": "januar jan|februar feb|mars mar|april apr|mai|juni jun|juli jul|august aug|september sep|oktober okt|november nov|desember des",
    "ro": "ianuarie ian|februarie feb|martie mar|aprilie apr|mai|iunie iun|iulie iul|august aug|septembrie sept|octombrie oct|noiembrie nov|decembrie dec",
    "sk": "januára január jan|februára február feb|marca marec mar|apríla apríl apr|mája máj|júna jún|júla júl|augusta august aug|septembra september sep|októbra október okt|novembra november nov|decembra december dec",
    "sl": "januar jan|februar feb|marec mar|april apr|maj|junij jun|julij jul|avgust avg|september sep|oktober okt|november nov|december dec",
    "sq": "janar jan|shkurt shk|mars mar|prill pri|maj|qershor qer|korrik korr|gusht gush|shtator sht|tetor tet|nëntor nën|dhjetor dhj",
    "sr": "јануар јан|фебруар феб|март мар|април апр|мај|јун|јул|август авг|септембар сеп|октобар окт|новембар нов|децембар дец",
    "sv": "januari jan|februari feb|mars|april apr|maj|juni|juli|augusti aug|september sep|oktober okt|november nov|december dec",
    "sw": "januari jan|februari feb|machi mac|aprili apr|mei|juni jun|julai jul|agosti ago|septemba sep|oktoba okt|novemba nov|desemba des",
    "ta": "ஜனவரி ஜன|பிப்ரவரி பிப்|மார்ச் மார்|ஏப்ரல் ஏப்|மே|ஜூன்|ஜூலை|ஆகஸ்ட் ஆக|செப்டம்பர் செப்|அக்டோபர் அக்|நவம்பர் நவ|டிசம்பர் டிச",
    "te": "జనవరి జన|ఫిబ్రవరి ఫిబ్ర|మార్చి|ఏప్రిల్ ఏప్రి|మే|జూన్|జులై|ఆగస్టు ఆగ|సెప్టెంబర్ సెప్టెం|అక్టోబర్ అక్టో|నవంబర్ నవం|డిసెంబర్ డిసెం",
    "tg": "январ янв|феврал фев|март мар|апрел апр|май|июн|июл|август авг|сентябр сен|октябр окт|ноябр ноя|декабр дек",
    "th": "มกราคม ม.ค|กุมภาพันธ์ ก.พ|มีนาคม มี.ค|เมษายน เม.ย|พฤษภาคม พ.ค|มิถุนายน มิ.ย|กรกฎาคม ก.ค|สิงหาคม ส.ค|กันยายน ก.ย|ตุลาคม ต.ค|พฤศจิกายน พ.ย|ธันวาคม ธ.ค",
    "tr": "ocak oca|şubat şub|mart mar|nisan nis|mayıs mayis may|haziran haz|temmuz tem|ağustos ağu|eylül eyl|ekim eki|kasım kasim kas|aralık aralik ara",
    "uk": "січня січень січ|лютого лютий лют|березня березень бер|квітня квітень квіт|травня травень трав|червня червень черв|липня липень лип|серпня серпень серп|вересня вересень вер|жовтня жовтень жовт|листопада листопад лист|грудня грудень груд",
    "ur": "جنوری|فروری|مارچ|اپریل|مئی|جون|جولائی|اگست|ستمبر|اکتوبر|نومبر|دسمبر",
    "uz": "yanvar yan|fevral fev|mart mar|aprel apr|may|iyun iyn|iyul iyl|avgust avg|sentabr sen|oktabr okt|noyabr noy|dekabr dek",
    "zu": "januwari jan|februwari feb|mashi mas|ephreli eph|meyi mey|juni jun|julayi jul|agasti aga|septhemba sep|okthoba okt|novemba nov|disemba dis",
}
# Their wires abbreviate months. Elsewhere a short form is too often another language's word: "led" is a Czech January.
_ABBREVIATING = ("en", "fr", "de", "es", "pt", "it", "nl", "ru")
_OTHER_CODES = {"no": "nb", "tl": "fil", "iw": "he"}
_ENGLISH = tuple(month.split()[0] for month in _NAMES["en"].split("|"))


@cache
def months_of(language: str | None) -> dict[str, int]:
    """Folded name -> month (1-12): the language's own names first, then those that mean one month only.

    `language` is ISO 639-1. Names of several words hold spaces.
    """
    found = _unambiguous()
    own = _OTHER_CODES.get(language or "", language or "")
    return {**found, **_names_of(own)} if own in _NAMES else found


def month_number(name: str) -> int | None:
    """1 to 12 for a month name or abbreviation in any known language, case and a final stop aside."""
    return _of_any_language().get(name.casefold().rstrip("."))


@lru_cache(maxsize=512)
def misspelt_month(name: str) -> int | None:
    """The month whose English name is one typing error away from `name` ("Narch", "Marc"), or None."""
    word = name.casefold().rstrip(".")
    if len(word) < 4:
        return None
    near = {number for number, month in enumerate(_ENGLISH, 1) if _one_edit_apart(word, month)}
    return near.pop() if len(near) == 1 else None


def _names_of(language: str) -> dict[str, int]:
    return {name: number for name, number, _ in _read(language)}


def _read(language: str) -> Iterator[tuple[str, int, bool]]:
    """Each name, its month, and whether it is the wide form."""
    for number, month in enumerate(_NAMES[language].split("|"), 1):
        for position, name in enumerate(month.split()):
            yield name.replace("_", " ").casefold(), number, position == 0


@cache
def _unambiguous() -> dict[str, int]:
    meanings: dict[str, set[int]] = {}
    for language in _NAMES:
        for name, number, _ in _read(language):
            meanings.setdefault(name, set()).add(number)
    found = {name: min(numbers) for name, numbers in meanings.items() if len(numbers) == 1}
    return {**found, **_names_of("en")}


@cache
def _of_any_language() -> dict[str, int]:
    months: dict[str, int] = {}
    for language in _NAMES:
        for name, number, is_wide in _read(language):
            if is_wide or len(name) >= 4 or language in _ABBREVIATING:
                months.setdefault(name, number)
    return months


def _one_edit_apart(left: str, right: str) -> bool:
    """Whether one insertion, deletion, substitution or swap of neighbours makes `left` into `right`."""
    if abs(len(left) - len(right)) > 1:
        return False
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    a, b = left[start:], right[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
