"""Countries, cities and leaders in other languages than English: by tables, without a model."""

from itertools import pairwise

import pytest

from transforms.annotations.annotation import Text
from transforms.annotations.annotator import annotate, language_of
from transforms.annotations.reference import AnnotationReference
from transforms.annotations.tokens import tokenise


@pytest.mark.parametrize(
    ("language", "body", "country"),
    [
        ("ru", "Казахстан и Турция подписали соглашение.", {"KAZ", "TUR"}),
        ("ru", "Президент Казахстана прибыл в Турцию.", {"KAZ", "TUR"}),
        ("tr", "Kazakistan ile Türkiye anlaşma imzaladı.", {"KAZ", "TUR"}),
        ("kk", "Қазақстан мен Түркия келісімге қол қойды.", {"KAZ", "TUR"}),
        ("fr", "Le Kazakhstan et la Turquie ont signé un accord.", {"KAZ", "TUR"}),
        ("de", "Kasachstan und die Türkei unterzeichneten ein Abkommen.", {"KAZ", "TUR"}),
        ("es", "Kazajistán y Turquía firmaron un acuerdo.", {"KAZ", "TUR"}),
    ],
)
def test_countries_are_known_by_their_names(rules: AnnotationReference, language: str, body: str, country: set[str]) -> None:
    found = annotate(Text(id="l", body=body, language=language), rules).mentions
    assert {mention.country_code for mention in found if mention.kind == "country"} == country


@pytest.mark.parametrize(
    ("language", "body", "names"),
    [
        (
            "ru",
            "НОРДИНФОРМ — Касым-Жомарт Токаев прилетел из Анкары в Москву. С Токаевым беседовал Владимир Путин, затем он встретился с Хаканом Фиданом и "
            "Генсеком ООН. Между Стамбулом, Берлином и Парижем в Германии и Соединённых Штатах откроются рейсы.",
            {"Касым-Жомарт Токаев": "KAZ", "Анкары": "TUR", "Москву": "RUS", "Токаевым": "KAZ", "Владимир Путин": "RUS", "Хаканом Фиданом": "TUR",
             "Стамбулом": "TUR", "Берлином": "DEU", "Парижем": "FRA", "Германии": "DEU", "Соединённых Штатах": "USA", "ООН": None},
        ),
        (
            "kk",
            "Қасым-Жомарт Тоқаев Мәскеуге барды. Режеп Тайып Ердоған бүгін Анкарада кеше келген Тоқаевты қарсы алды. Қазақстанның ұшағы Түркиядан Германияға ұшты.",
            {"Қасым-Жомарт Тоқаев": "KAZ", "Мәскеуге": "RUS", "Режеп Тайып Ердоған": "TUR", "Анкарада": "TUR", "Тоқаевты": "KAZ", "Қазақстанның": "KAZ",
             "Түркиядан": "TUR", "Германияға": "DEU"},
        ),
        (
            "tr",
            "Kasım Cömert Tokayev, Moskova'dan Ankara'ya geçti. Emmanuel Macron'un Almanya'daki toplantısı ertelendi. Yunanistan’ın önerisi kabul edildi.",
            {"Kasım Cömert Tokayev": "KAZ", "Moskova": "RUS", "Ankara": "TUR", "Emmanuel Macron": "FRA", "Almanya": "DEU", "Yunanistan": "GRC"},
        ),
        (
            "fr",
            "Le président du Kazakhstan, Kassym-Jomart Tokaïev, a quitté Moscou. L'Espagne et l'Égypte saluent Vladimir Poutine et l'ONU. Tokaïev ira à Pékin.",
            {"Kazakhstan": "KAZ", "Kassym-Jomart Tokaïev": "KAZ", "Moscou": "RUS", "Espagne": "ESP", "Égypte": "EGY", "Vladimir Poutine": "RUS", "ONU": None,
             "Tokaïev": "KAZ", "Pékin": "CHN"},
        ),
        (
            "de",
            "Der Präsident Kasachstans, Kassym-Schomart Tokajew, flog aus Moskau in die Vereinigten Staaten. Tokajew traf dort Polens Vertreter und Wladimir Putin.",
            {"Kasachstans": "KAZ", "Kassym-Schomart Tokajew": "KAZ", "Moskau": "RUS", "Vereinigten Staaten": "USA", "Tokajew": "KAZ", "Polens": "POL",
             "Wladimir Putin": "RUS"},
        ),
        (
            "es",
            "El presidente de Kazajistán, Kasim-Yomart Tokáyev, viajó de Moscú a Pekín. El secretario general de la ONU celebró el acuerdo entre Grecia y Alemania.",
            {"Kazajistán": "KAZ", "Kasim-Yomart Tokáyev": "KAZ", "Moscú": "RUS", "Pekín": "CHN", "ONU": None, "Grecia": "GRC", "Alemania": "DEU"},
        ),
    ],
)  # fmt: skip
def test_names_are_known_in_the_cases_and_spellings_of_their_language(rules: AnnotationReference, language: str, body: str, names: dict[str, str | None]) -> None:
    found = annotate(Text(id="l", body=body, language=language), rules).mentions
    known = {mention.text: mention.entity.country_code for mention in found if mention.entity and mention.entity.is_known and mention.form == "name"}
    assert known == names


def test_one_who_holds_two_offices_is_known_by_the_greater(rules: AnnotationReference) -> None:
    (macron,) = annotate(Text(id="l", body="Emmanuel Macron spoke.", language="en"), rules).mentions
    assert macron.entity is not None
    assert macron.entity.office == "President of France"


@pytest.mark.parametrize("word", ["Wetters", "Kantons", "Marcos", "Dramas", "Clintons"])
def test_nouns_of_latin_letters_are_no_towns_in_the_genitive(rules: AnnotationReference, word: str) -> None:
    found = annotate(Text(id="l", body=f"Die Karte des {word} ist neu.", language="de"), rules).mentions
    assert "city" not in {mention.kind for mention in found}


@pytest.mark.parametrize(
    ("language", "body", "words"),
    [
        ("ru", "«Мы построим мост в этом году», — сказал Айдар Омаров.", "Мы построим мост в этом году"),
        ("de", "„Wir bauen die Brücke in diesem Jahr“, sagte Aidar Omarow.", "Wir bauen die Brücke in diesem Jahr"),
        ("fr", "« Nous construirons le pont cette année », a déclaré Aidar Omarov.", "Nous construirons le pont cette année"),
        ("es", "«Construiremos el puente este año», dijo Aidar Omarov.", "Construiremos el puente este año"),
        ("tr", "“Köprüyü bu yıl yapacağız” dedi Aidar Omarov.", "Köprüyü bu yıl yapacağız"),
    ],
)
def test_quotes_are_found_with_the_marks_of_the_language(rules: AnnotationReference, language: str, body: str, words: str) -> None:
    (quote,) = [quote for quote in annotate(Text(id="l", body=body, language=language), rules).quotes if quote.is_direct]
    assert quote.text == words


@pytest.mark.parametrize(
    ("language", "body", "speakers"),
    [
        ("de", "„Der Damm und die Brücke halten das aus“, ereiferte sich der Trainer nach dem Regen.", ["der Trainer"]),
        ("de", "„Ich freue mich auf die Aufgaben“, so der neue Leiter Rainer de Meyer. „Wir bauen weiter“, fügte er hinzu.", ["Rainer de Meyer", "er"]),
        ("de", "Karsten Brinkow von der Hafenbank erklärt dazu: „Die Zinsen sind wieder so hoch wie nie.“", ["Karsten Brinkow"]),
        ("de", "„Die Brücke hält“, teilte eine Sprecherin auf Anfrage mit. „Wir prüfen sie jedes Jahr.“", ["eine Sprecherin", "eine Sprecherin"]),
        ("fr", "« On ne peut pas continuer ainsi », a déclaré le ministre Paul Durand. « Il faut agir vite », confie-t-il.", ["Paul Durand", "il"]),
        ("es", "“Es una tragedia para todos nosotros”, ha insistido el alcalde. “Confiamos en que no aumente”, ha señalado.", ["el alcalde", "el alcalde"]),
        ("pt", "“A ponte será construída este ano”, afirmou o ministro João Pereira. “Não há atrasos nas obras”, disse.", ["João Pereira", "João Pereira"]),
        ("it", "«Il ponte sarà costruito quest’anno», ha detto il ministro Mario Bianchi.", ["Mario Bianchi"]),
        ("ru", "«Мост построят в этом году», — сообщил пресс-секретарь мэра Дмитрий Смирнов. «Работы начнутся этой же весной», — добавил он.", ["Дмитрий Смирнов", "он"]),
        ("de", "Die Demonstranten riefen: „Wir wollen eine neue Brücke für alle.“", ["Die Demonstranten"]),
        ("it", "«Una bella serata, lo ringrazio», ha twittato poi la premier.", ["la premier"]),
        ("es", "“El puente es algo maravilloso”, espetó el ingeniero de pista a Max Duran, ganador de la carrera.", ["el ingeniero"]),
        ("ru", "Омаров заявил: «Дорога будет открыта в мае».", ["Омаров"]),
        ("tr", 'Köprünün önemini anlatan Safi Arpaz, "Bu köprü iki yakayı birleştirecek." dedi.', ["Safi Arpaz"]),
        ("it", "«Questi orologi – scrivono gli attivisti – mostrano il tempo che resta». Sono a Roma.", ["gli attivisti"]),
        ("ru", "«Дорогу, — сказал Айдар Омаров, — откроют в мае этого года». Мост готов.", ["Айдар Омаров"]),
        ("de", "„Das Buch ist ein Rundblick in die digitale Welt.“ – Karl Dorfner", ["Karl Dorfner"]),
        ("fr", "« Le pont sera ouvert au printemps », selon Paul Durand, qui le dirige.", ["Paul Durand"]),
        ("fr", "Paul Durand est parti. « Le pont sera ouvert au printemps », peut-on lire dans la presse.", [None]),
        ("de", "Das Projekt baut auf der sogenannten „öffentlichen Infrastruktur“, also DPI, auf.", []),
        ("es", "“No soluciona nada de lo que pasa”, admitió el delegado UDI e integrante de la comisión, Pablo Toro.", ["Pablo Toro"]),
        ("es", "Juan Toro dijo que espera. “El puente está cerrado hoy”, dijo a la red Karasay.", ["Juan Toro"]),
        ("pt", "“A ponte será construída este ano”, diz a ministra em Brasília, que não espera mais.", ["a ministra"]),
        ("fr", "« Le pont est encore fermé », a martelonné Paul Durand. Il part.", ["Paul Durand"]),
        ("de", "Für uns als der „Botschafter des Sports“, vermittelt Karl Dorfner die Werte.", []),
        ("cs", "„Most bude letos otevřen pro všechny,“ přidává se Petr Novak.", ["Petr Novak"]),
        ("pt", "Ana Duran disse que não. Frisou também que Lucas Pereira espera. “A ponte será construída este ano”.", ["Ana Duran"]),
        ("cs", "„Most bude letos otevřen pro všechny,“ zdůrazňuje Petr Novak.", ["Petr Novak"]),
        ("es", "“El puente está cerrado”, dijo Juan Toro. La vecina Marta Durán llegó. “Nadie lo abrirá este año”, dijo.", ["Juan Toro", None]),
        ("es", "“El puente está cerrado”, dijo Juan Toro. Marta Durán dijo que espera. “Nadie lo abrirá este año”, dijo al salir.", ["Juan Toro", "Marta Durán"]),
        ("tr", 'Arpaz, şunları kaydetti:\n\n"Bu köprü iki yakayı birleştirecek."', ["Arpaz"]),
    ],
)  # fmt: skip
def test_who_speaks_stands_beside_the_verb(rules: AnnotationReference, language: str, body: str, speakers: list[str]) -> None:
    found = [quote for quote in annotate(Text(id="l", body=body, language=language), rules).quotes if quote.is_direct]
    assert [quote.speaker.text if quote.speaker else None for quote in found] == speakers


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("fr", "Marie Durand est arrivée. « Je reste ici avec vous », confie-t-elle."),
        ("de", "Maria Brinkow kam spät. „Ich bleibe hier und warte“, sagte sie."),
        ("es", "María Durán llegó tarde. «Me quedo aquí con todos», dijo ella."),
    ],
)
def test_pronouns_of_other_languages_take_up_a_name(full: AnnotationReference, language: str, body: str) -> None:
    (quote,) = annotate(Text(id="l", body=body, language=language), full).quotes
    assert quote.speaker is not None
    assert quote.speaker.entity is not None
    assert quote.speaker.entity.name.startswith("Mar")


def test_marks_used_backwards_hold_what_they_enclose(rules: AnnotationReference) -> None:
    body = "El alcalde escribió ”que salga el informe de la comisión. No puede ser“. Ante esto “se hacen otras gestiones”, añade el alcalde."
    found = annotate(Text(id="l", body=body, language="es"), rules).quotes
    assert [quote.text for quote in found] == ["que salga el informe de la comisión. No puede ser", "se hacen otras gestiones"]


def test_a_name_met_again_in_another_cut_fails_no_article(rules: AnnotationReference) -> None:
    body = "Die IG Metall Nordhausen rief zu der Kundgebung auf und kritisierte die Politik. Die IG Metall betonte, dass nichts getan wird."
    mentions = annotate(Text(id="1", body=body, language="de"), rules).mentions
    assert all(left.end <= right.start for left, right in pairwise(mentions))
    assert "Metall Nordhausen" in [mention.text for mention in mentions]


@pytest.mark.parametrize(
    ("body", "language"),
    [
        ("The minister of the north left for the capital.", "en"),
        ("Minister jest w stolicy i nie wraca, że to się stanie do jutra.", "pl"),
        ("Der Minister ist in der Stadt und kommt nicht zurück.", "de"),
        ("Karasay", "en"),
        ("Карасай", None),
    ],
)
def test_small_words_tell_a_language(rules: AnnotationReference, body: str, language: str | None) -> None:
    assert language_of(None, tokenise(body), rules.languages) == language


@pytest.mark.parametrize(
    ("language", "body", "places"),
    [
        ("es", "La presidenta habló el martes en Bruselas. Para ella la idea no es nueva para nadie.", ["Brussels"]),
        ("de", "Sind die Zahlen richtig? Dabei waren es nur zwei, sagte der Minister in Berlin.", ["Berlin"]),
        ("fr", "La réunion a eu lieu mardi et la ville de Paris est prête.", ["Paris"]),
        ("en", "Mobile phones rang. He has a mobile and lives in Phoenix.", ["Phoenix"]),
    ],
)
def test_a_small_word_that_opens_a_sentence_is_no_town(rules: AnnotationReference, language: str, body: str, places: list[str]) -> None:
    """"La" was L.A. in every Spanish text, "Dabei" a spelling of Dubai in German ones."""
    found = annotate(Text(id="l", body=body, language=language), rules).mentions
    assert [m.entity.name for m in found if m.kind in ("city", "region") and m.entity] == places
