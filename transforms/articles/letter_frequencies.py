"""How often letters stand in running text, by script and language: what tells one charset's reading from another's.

Letters in order of frequency, from general knowledge of the languages (Zipf's rank is all that is used). The lists
of Han characters are the most frequent ones of modern news prose.
"""

from math import exp

# Small letters by falling frequency.
_ALPHABETS = {
    "russian": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
    "ukrainian": "оаинівертслкдмпуязьбгчйхцжїюшєщфґыэъ",
    "bulgarian": "аиоентрсвлдпкмзягъубчщжцхшюйьф",
    "belarusian": "анеіыорсцудякмлпвтзбгйчьшўхжфюэё",
    "serbian": "аоиенртсјкудпмлвзгбчцшжхљњћђфџ",
    "macedonian": "аоитенрсвкдлпмузјгбшцчжхњфќѓљџѕ",
    "kazakh": "аеынтірлдсмқуошкгбйпжзғәңөүұхяһвифэцчюёщьъ",
    "greek": "αοιετνςσηρπκμυλίόάέωδγήχθύφβώξζψϊϋΐΰ",
    "hebrew": "יוהלאתרבמשנדםחקעפטגכסזןצךףץ",
    "arabic": "اليمونرتبةعدسفهكقأحجشصطىخإذضزءثآئغظؤگچپژیکۀہھےٹڈڑںە",
    "thai": "านรกเงมยลอวตสดททคจพปบชหแขไโใซผธศถภณญษฐฉฝฟฬฎฏฑฒฆฌฮั่้ิีืึุู็์ำะฯๆ๊๋",
}
# Letters beyond ASCII of languages in Latin script, by falling frequency, as ISO 639-1.
LATIN_LETTERS = {
    "fr": "éèàêçôùûâîïëœæÿü", "de": "üäößéà", "es": "óíáéñúü", "pt": "ãçáéíóõâêôúàü", "it": "èàùòìéîú", "nl": "ëéïüöèçá",
    "sv": "äåöé", "da": "åøæéü", "nb": "åøæéòô", "nn": "åøæé", "fi": "äöåšžé", "is": "áíðéóþúöæý", "et": "äõüöšž",
    "pl": "łęąóśćżźń", "cs": "íáéěřčžýšůúťďóň", "sk": "áíéýčžšúľťóôňďŕäĺ", "hu": "áéöóíüőúű", "ro": "ăîâșțşţáé",
    "hr": "čšžćđ", "sl": "čšžćđ", "bs": "čšžćđ", "sr": "čšžćđ", "sq": "ëçéâ", "tr": "ıiğüşçöİâîû", "az": "əıöüğşçİ",
    "lt": "ėšųįąūčęž", "lv": "āīēšūņļžčķģ", "ca": "àèéóòíçúïü", "gl": "óíáéñúü", "eu": "ñüç", "ga": "áéíóú", "cy": "ŵŷâôêîûïöëä",
    "mt": "ħżġċàèìòù", "eo": "ĉĝĥĵŝŭ", "af": "ëêéïôûüèö", "vi": "đêôươâăáàảãạấầậếềệốồộớờợứừựíìịóòọúùụéèẹýỳỵ", "en": "éèçñöüïàáó",
    "id": "éè", "ms": "éè", "tl": "ñé", "sw": "é", "la": "āēīōū",
}  # fmt: skip
_HAN = {
    "simplified": "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多"
    "经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业"
    "外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比"
    "员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队"
    "形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切"
    "院让识候带导争运报道称总统部长会议政府经济发展记者星期周京州省县",
    "traditional": "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多"
    "經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業"
    "外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比"
    "員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件計管期市直德資命山金指克許統區保至隊"
    "形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王象完設式色路記南品住告類求據程北邊死張該交規萬取拉格望覺術領共確傳師觀清今切"
    "院讓識候帶導爭運台灣總統立法委員會記者報導週縣",
    "japanese": "日一国会人年大十二本中長出三同時政事自行社見月分議後前民生連五発間対上部東者党地合市業内相方四定今回新場金員九入選立開手米力学問高代"
    "明実円関決子動京全目表戦経通外最言氏現理調体化田当八六約主題下首意法不来作性的要用制治度務強気小七成期公野協取都和統以機平総加山思家話世受区"
    "領多県続進正安設保改数記院女初北午指権心界支第産結百派点教報済書府活原先共得解名交資予川向際査勝面委告軍文反元重近千考判認画海参売利組知案道"
    "信策集在件団別物側任引使求所次水半品昨論計死官増係感特情投示変打男基私各始島直両朝革価式確村提運終挙果西勢減台広容必応演電歳住争談能無再位置"
    "企真流格有疑口過局少放税検藤町常校料沢裁状工建語球営空職証土与急止送援供可役構木割聞身費付施切由説転食比難防補車優夫研収断井何南石足違消境神"
    "番規術護展態導鮮備宅害配副算視条幹独警宮究育席輸訪楽起万着乗店述残想線率病農州武声質念待試族象銀域助労例衛然早張映限親額監環験追審商葉義伝働形",
}
_KANA = "".join(map(chr, (*range(0x3041, 0x3097), *range(0x30A1, 0x30FB)))) + "ー、。「」・"
_HANGUL_COMMON = (
    "이다는을의에하고가한지로은도기사서대리를시정어자인해그나장국일전부수보원아라있상것했들제으주과성공스동구과신세만무경조위여관해민계치화"
    "트용문생당면개소진중선방업우마안의관미회비연통산행까년월말단북오모내요러체현실차및유외결재발연식회강분았거적와본히명교학드레법각던또"
    "금약했습니오물밝혔부터때문된되며할등후전앞최며"
)
# Typographic signs that belong to text in any language; they say nothing for or against a charset.
NEUTRAL = frozenset("“”‘’„‚–—…«»‹›•·€£¥§©®°№±¿¡\xa0\u200e\u200f\xad‐‑†‡™¼½¾ªº²³，。、；：？！（）《》「」『』・％\u3000؟،؛ـ־״׳")


def _ranked(letters: str) -> dict[str, float]:
    """Weights that fall with the rank as frequencies do, so that running text of the language weighs 0.85 on average.

    Capitals count less than half: a reading that turns small letters into capitals is a wrong one.
    """
    weights: dict[str, float] = {}
    falling = [exp(-3.4 * rank / len(letters)) for rank in range(len(letters))]
    mean = sum(weight * weight for weight in falling) / sum(falling)
    for weight, letter in zip(falling, letters, strict=True):
        weight = 0.15 + 0.7 * weight / mean
        weights.setdefault(letter, weight)
        capital = letter.upper()
        if len(capital) == 1 and capital != letter:
            weights.setdefault(capital, 0.45 * weight)
    return weights


SCRIPT_WEIGHTS = {script: _ranked(letters) for script, letters in _ALPHABETS.items()}
HAN_WEIGHTS = {
    "simplified": dict.fromkeys(_HAN["simplified"], 1.0),
    "traditional": dict.fromkeys(_HAN["traditional"], 1.0),
    "japanese": {**dict.fromkeys(_HAN["japanese"], 1.0), **dict.fromkeys(_KANA, 1.0)},
    "korean": dict.fromkeys(_HANGUL_COMMON, 1.0),
}
