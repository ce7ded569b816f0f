"""Who speaks in languages that no tagger reads: names told by what stands beside them, speakers without a name."""

import pytest

from transforms.annotations.annotation import Quote, Text
from transforms.annotations.annotator import annotate
from transforms.annotations.reference import AnnotationReference


def direct(body: str, reference: AnnotationReference) -> list[Quote]:
    return [quote for quote in annotate(Text(id="q", body=body), reference).quotes if quote.is_direct]


@pytest.mark.parametrize(
    ("body", "said_by"),
    [
        ("Omoro Bekele, Generalsekretär der Nordpartei, sagte dazu: „Die Brücke ist nicht zu halten und das Geld ist weg.“", "Omoro Bekele"),
        ("Auf die Lage blickte auch Omoro Bekele, Vorsitzender der Nordpartei, in seiner Rede auf dem Fest: „Die Brücke ist nicht zu halten.“", "Omoro Bekele"),
        ("Die Brücke ist nicht zu halten.\n\nNordwerk-Präsident Hermann Olden: „Die Bauzeit liegt nach den Plänen im Rat bei fünf Jahren.“", "Hermann Olden"),
        ("„Die Brücke ist nicht zu halten“, sagte der Nordener Gesundheits-, Sozial- und Finanzdirektor Omoro Bekele im Rat.", "Omoro Bekele"),
        ("El puente es viejo. Por su parte Omoro Bekele, de la empresa Nordia, indicó a los vecinos que presentó en la sala “una lista de las obras”.", "Omoro Bekele"),
        ("Le pont est vieux. Le maire Omoro Bekele se dit prêt à tout : « Le pont sera fermé dans les jours qui viennent. »", "Omoro Bekele"),
        ("Most je starý a není tu nic. „Most se letos neopraví a to je škoda,“ uzavřel téma Bekele.", "Bekele"),
        ("Köprü çok eski ve bu yol kapalı. Köyün muhtarı Omoro Bekele, gazetecilere bilgi vererek, \"Köprü bugün için kapalı, yarın açılır.\" dedi.", "Omoro Bekele"),
        ("„Die Brücke ist nicht zu halten und das Geld ist weg“, erzählt Rosmarie Olden den Nachbarn im Rat.", "Rosmarie Olden"),
        ("El puente es viejo y no hay dinero para la obra. “El puente no se puede usar en este año”, comentó Yurena Mora, directora de la empresa.", "Yurena Mora"),
        ("Omoro Bekele kritisierte Rosmarie Olden, die Leiterin der Werft, wegen der Brücke und sagte: „Die Brücke ist nicht zu halten.“", "Omoro Bekele"),
        ("Mit der Lage ist nicht zu spaßen. Gegen die Pläne für die Brücke sprach Omoro Bekele (NPD): „Die Brücke ist nicht zu halten.“", "Omoro Bekele"),
    ],
)
def test_an_office_a_colon_or_the_clause_tells_a_name(rules: AnnotationReference, body: str, said_by: str) -> None:
    (quote,) = direct(body, rules)
    assert quote.speaker and quote.speaker.text == said_by


@pytest.mark.parametrize(
    ("body", "phrase"),
    [
        ("Die Brücke ist alt. Ein älterer Mann, der bisher geschwiegen hat, sagt ruhig: „Die Brücke ist nicht zu halten und das Geld ist weg.“", "Ein älterer Mann"),
        ("„Die Brücke ist nicht zu halten“, schrieb der 35 Jahre alte Baumeister und Gründer von Nordwerk im Netz.", "der 35 Jahre alte Baumeister"),
        ("Die Brücke ist alt und das Geld ist weg. „Die Brücke ist nicht zu halten“, sagte ein hoher Vertreter der Werft zu Rosmarie Olden.", "ein hoher Vertreter der Werft"),
        ("El puente es viejo. “Son daños que perduran todo el verano en la calle”, afirma el portavoz de la Asociación del Norte.", "el portavoz"),
        ("El puente es viejo. Consultada por los costos, una fuente del gobierno lo resumió así: “La obra costará el doble de lo que se dijo”.", "una fuente"),
        ("Le pont est vieux. « Le pont sera fermé », a rapporté sur Facebook le porte-parole du président.", "le porte-parole"),
        ("« Le pont sera fermé dans les jours qui viennent », a poursuivi cette source gouvernementale.", "cette source"),
        ("Most je starý. „Most se letos neopraví a to je škoda,“ napsala soudkyně do verdiktu.", "soudkyně"),
        ("Bron är gammal och det är för dyrt. ”Varje natt utan den är dyr för oss”, skriver presidenten på nätet.", "presidenten"),
    ],
)
def test_a_noun_for_a_person_speaks(rules: AnnotationReference, body: str, phrase: str) -> None:
    (quote,) = direct(body, rules)
    assert quote.speaker and quote.speaker.form == "nominal"
    assert quote.speaker.text == phrase


def test_a_colon_gives_nobody_else_the_floor(rules: AnnotationReference) -> None:
    body = "„Die Brücke ist nicht zu halten“, sagte Omoro Bekele im Rat.\n\nAuf dem Schild an der Tür steht in roter Schrift: „Der Zutritt ist für alle verboten und wird bestraft.“"
    assert [quote.speaker and quote.speaker.text for quote in direct(body, rules)] == ["Omoro Bekele", None]


def test_a_genitive_before_a_noun_does_not_speak(rules: AnnotationReference) -> None:
    body = "Rosmarie Olden sprach gestern im Rat. Auf Oldens Rede antwortete die Werft: „Die Brücke ist nicht zu halten und das Geld ist weg.“"
    (quote,) = direct(body, rules)
    assert quote.speaker is None or "Olden" not in quote.speaker.text


def test_what_stands_behind_a_preposition_is_no_source(rules: AnnotationReference) -> None:
    (quote,) = direct("La fuente habló ayer en la sala. Según su análisis, Israel actuó así “para darle la vuelta a la situación de la guerra”, dijo.", rules)
    assert quote.speaker is None or quote.speaker.text != "Israel"


def test_a_title_in_capitals_is_none(rules: AnnotationReference) -> None:
    found = annotate(Text(id="s", body="The cargo ship MS Borealis left the harbour on Monday."), rules)
    assert not [mention for mention in found.mentions if mention.kind == "person"]


def test_first_names_of_other_languages_tell_who_she_is(rules: AnnotationReference) -> None:
    body = "Hannes Olden und Annekathrin Bekele sind im Rat. „Die Brücke ist nicht zu halten und das Geld ist weg“, sagte sie."
    (quote,) = direct(body, rules)
    assert quote.speaker and quote.speaker.entity and quote.speaker.entity.name == "Annekathrin Bekele"


def test_an_adverb_before_a_verb_without_subject_is_no_name(rules: AnnotationReference) -> None:
    body = "Los vecinos hablaron ayer en la sala. Finalmente, indicaron que “mientras se hace la obra el puente no se puede usar en la ciudad”."
    assert not any(quote.speaker and quote.speaker.text == "Finalmente" for quote in direct(body, rules))


def test_a_verb_without_subject_goes_on_with_the_one_person_of_the_sentence_before(rules: AnnotationReference) -> None:
    body = (
        "“El puente es viejo y no se puede usar”, dijo Omoro Bekele en la sala.\n\nLa candidata Rosmarie Olden pidió a los vecinos que no pasen por el puente."
        "\n\n“La obra tiene que empezar en este mes”, dijo en una de sus respuestas."
    )
    assert [quote.speaker and quote.speaker.text for quote in direct(body, rules)] == ["Omoro Bekele", "Rosmarie Olden"]
