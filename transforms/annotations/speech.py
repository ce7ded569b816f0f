"""Verbs of saying in seven languages: who stands next to one speaks."""

from transforms.annotations.folding import word_set

ENGLISH = word_set(
    """
    said says say saying told tells tell added adds add noted notes stressed stresses announced
    announces stated states wrote writes asked asks replied replies explained explains declared declares
    emphasized emphasised insisted insists argued argues warned warns claimed claims confirmed confirms
    acknowledged admitted admits continued concluded recalled remarked commented suggested suggests
    urged urges highlighted underlined underscored pointed predicted vowed believes believed thinks
    tweeted posted quipped shouted joked responded responds answered agreed complained observed denied
    denies pledged testified estimated cautioned boasted lamented maintained reiterated conceded
    contended asserted quoted praised described called dubbed hailed informed revealed disclosed
    recounted mused demanded exclaimed yelled cried whispered opined proclaimed reckons reckoned hoped
    shared comments highlights emphasizes emphasises muses jokes quips recalls shares reflects concludes
    remarks
    """
)
_BY_LANGUAGE = {
    "ru": (
        "сказал сказала сказали заявил заявила заявили отметил отметила отметили подчеркнул подчеркнула "
        "добавил добавила сообщил сообщила сообщили рассказал рассказала пояснил пояснила уточнил "
        "уточнила говорит говорится считает напомнил напомнила объяснил объяснила указал указала написал "
        "написала ответил ответила признал признала передает цитирует пишет "
    ),
    "kk": (
        "деді дейді айтты мәлімдеді деп атап хабарлады "
    ),
    "tr": (
        "dedi söyledi belirtti kaydetti vurguladı açıkladı bildirdi konuştu aktardı ifade diyen "
    ),
    "fr": (
        "déclaré dit affirmé expliqué ajouté indiqué souligné précisé estimé assuré annoncé déclare "
        "affirme explique ajoute indique souligne précise estime assure annonce confié raconté raconte "
        "poursuit lancé rappelé rappelle écrit conclu conclut "
    ),
    "de": (
        "sagte sagt erklärte erklärt betonte betont teilte mitteilte kündigte warnte warnt fügte "
        "berichtete berichtet forderte meinte meint schrieb schreibt bekräftigte kritisierte so zitierte "
    ),
    "es": (
        "dijo dice declaró declara afirmó afirma explicó explica señaló señala añadió añade indicó "
        "indica aseguró asegura subrayó destacó agregó anunció manifestó comentó apuntó sostuvo advirtió "
        "recordó insistió "
    ),
}
OTHERS = frozenset(verb for verbs in _BY_LANGUAGE.values() for verb in verbs.split())
VERBS = ENGLISH | OTHERS
# Verbs that report also without a content clause: too common otherwise to carry an indirect quote.
CONTENT = word_set(
    """
    said says noted stressed announced stated added explained declared emphasized emphasised insisted
    argued warned claimed confirmed acknowledged admitted recalled remarked reported reports suggested
    highlighted underlined underscored believes believed predicted complained observed denied pledged
    testified estimated cautioned maintained reiterated conceded asserted revealed disclosed hoped hopes
    told informed
    """
)
STRONG = word_set(
    """
    said says told added noted stressed stated replied explained declared asked wrote tweeted continued
    """
) | OTHERS
PRONOUNS = word_set(
    """
    he she they i we он она они ол o elle il ils elles er sie él ella ellos
    """
)
