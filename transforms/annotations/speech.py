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
        "подчеркнули добавил добавила добавили сообщил сообщила сообщили рассказал рассказала рассказали "
        "пояснил пояснила пояснили уточнил уточнила говорит говорится говорил говорила считает считают "
        "напомнил напомнила объяснил объяснила указал указала указали написал написала ответил ответила "
        "признал признала признался призналась передает передаёт цитирует пишет полагает утверждает "
        "утверждал обещал пообещал предупредил предупредила заметил заметила заключил заключила "
        "процитировал прокомментировал прокомментировала высказался выразил выразила резюмировал "
        "констатировал сообщает отмечает подчеркивает подчёркивает заявляет добавляет поясняет рассказывает "
    ),
    "kk": (
        "деді дейді айтты мәлімдеді деп атап хабарлады түсіндірді жазды қосты білдірді баяндады "
    ),
    "tr": (
        "dedi söyledi belirtti kaydetti vurguladı açıkladı bildirdi konuştu aktardı ifade diyen kullandı "
        "bulundu belirten vurgulayan kaydeden söyleyen anlatan ekledi savundu anlattı konuşan aktaran "
        "bildiren açıklayan dile yazdı duyurdu uyardı hatırlattı "
    ),
    "fr": (
        "déclaré dit affirmé expliqué ajouté indiqué souligné précisé estimé assuré annoncé déclare "
        "affirme explique ajoute indique souligne précise estime assure annonce confié confie raconté raconte "
        "poursuit lancé lance rappelé rappelle écrit conclu conclut juge jugé argumente insiste insisté "
        "martèle martelé détaille témoigne résume regrette déplore dénonce réagit réagi commente commenté "
        "admet reconnaît prévient plaide répond répondu reconnu dénoncé regretté soutient glisse "
    ),
    "de": (
        "sagte sagt sagten gesagt erklärte erklärt erklärten betonte betont teilte mitteilte kündigte warnte warnt fügte "
        "berichtete berichtet forderte meinte meint schrieb schreibt geschrieben bekräftigte kritisierte zitierte zitiert "
        "behauptete behauptet ergänzte ergänzt antwortete versicherte unterstrich äußerte räumte "
        "urteilte resümierte mahnte erzählt erzählte findet lobte würdigte erläuterte erläutert verkündete "
        "schrieben rief riefen sprachen meinten betonten forderten warnten berichteten kritisierten twitterte "
        "beteuerte beklagte antwortet fügt fordert kritisiert bekräftigt versichert mahnt urteilt räumt gesteht beschreibt "
    ),
    "es": (
        "dijo dice dicho declaró declara declarado afirmó afirma afirmado explicó explica explicado señaló "
        "señala señalado añadió añade añadido indicó indica indicado aseguró asegura asegurado subrayó subraya "
        "subrayado destacó destaca destacado agregó anunció anunciado manifestó manifestado comentó comentado "
        "apuntó apunta apuntado sostuvo sostiene advirtió advierte advertido recordó recuerda recordado insistió "
        "insiste insistido precisó precisa expresó expresado escribió escrito lamentó lamentado resumido descrito reconoció "
        "respondió contestó concluyó reiteró detalló relató espetó tuiteó "
    ),
    "pt": (
        "disse diz afirmou afirma declarou declara explicou explica acrescentou acrescenta destacou ressaltou "
        "informou escreveu contou conta comentou completou alertou garantiu lembrou avaliou defendeu sublinhou "
        "referiu frisou salientou concluiu revelou adiantou criticou respondeu "
    ),
    "it": (
        "detto dice dichiarato dichiara affermato afferma spiegato spiega aggiunto aggiunge sottolineato "
        "sottolinea annunciato scritto scrive scrivono commentato commenta ricordato ribadito osservato conclude "
        "concluso raccontato racconta twittato "
    ),
    "id": (
        "kata ujar ucap tutur ungkap jelas "
    ),
    "nl": (
        "zei zegt aldus vertelde vertelt "
    ),
    "sv": (
        "säger skriver sade uppger berättar menar "
    ),
    "pl": (
        "powiedział powiedziała mówi dodał dodała stwierdził stwierdziła podkreślił podkreśliła napisał "
    ),
    "uk": (
        "сказав заявив зазначив повідомив наголосив додав розповів написав "
    ),
}
OTHERS = frozenset(verb for verbs in _BY_LANGUAGE.values() for verb in verbs.split())
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
)
