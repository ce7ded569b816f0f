"""Quotes of the wire: marks of many languages, speakers before, behind and between."""

import pytest

from transforms.annotations.annotation import Quote, Text
from transforms.annotations.annotator import annotate
from transforms.annotations.reference import AnnotationReference


def quotes(body: str, reference: AnnotationReference) -> list[Quote]:
    return [quote for quote in annotate(Text(id="q", body=body), reference).quotes if quote.is_direct]


def speaker(quote: Quote) -> str | None:
    return quote.speaker.entity.name if quote.speaker and quote.speaker.entity else None


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('"We will build the bridge this year," Minister Aidar Omarov said.', "We will build the bridge this year,"),
        ("“We will build the bridge this year,” said Minister Aidar Omarov.", "We will build the bridge this year,"),
        ("Minister Aidar Omarov said: «We will build the bridge this year».", "We will build the bridge this year"),
        ("„We will build the bridge this year“, said Minister Aidar Omarov.", "We will build the bridge this year"),
        ("According to Minister Aidar Omarov, “the bridge will be built this year.”", "the bridge will be built this year."),
        ("Minister Aidar Omarov told reporters the bridge was “a matter of this year” and no more.", "a matter of this year"),
    ],
)
def test_a_quote_has_its_words_and_its_speaker(rules: AnnotationReference, body: str, words: str) -> None:
    (quote,) = quotes(body, rules)
    assert quote.text == words
    assert speaker(quote) == "Aidar Omarov"


@pytest.mark.parametrize(
    "body",
    [
        'The so-called "green corridor" was closed.',
        'The ship "Northern Star" left the harbour.',
        "The rock ‘n’ roll of the 1950s is back.",
        "The ministers' meeting and the nations' leaders' dinner were put off.",
        "Minister Aidar Omarov told reporters that he had read “The Long Road to the North” twice.",
    ],
)
def test_scare_quotes_and_apostrophes_are_no_quotes(rules: AnnotationReference, body: str) -> None:
    assert quotes(body, rules) == []


def test_a_floating_quote_takes_the_speaker_before(rules: AnnotationReference) -> None:
    found = quotes('"The road is open now," Minister Aidar Omarov said.\n\n"It will stay open for good."', rules)
    assert [speaker(quote) for quote in found] == ["Aidar Omarov", "Aidar Omarov"]


def test_a_speaker_whom_nothing_names_stays_open(rules: AnnotationReference) -> None:
    (quote,) = quotes('Minister Aidar Omarov left. "The road is not open at all," said a driver.', rules)
    assert speaker(quote) is None
    assert quote.verb == "said"


@pytest.mark.parametrize(
    ("body", "speakers"),
    [
        ("The World Bank raised its forecast. “Growth will return in the second half,” it added. “Inflation will ease,” it said.", ["World Bank", "World Bank"]),
        ("Minister Aidar Omarov left. “The port is open,” he said. “The road is not,” it said.", ["Aidar Omarov", None]),
        ("Trade grew in spite of the World Bank. “Growth will return in the second half,” it said.", [None]),
    ],
)
def test_it_beside_a_verb_of_saying_is_the_body_that_spoke(rules: AnnotationReference, body: str, speakers: list[str | None]) -> None:
    assert [speaker(quote) for quote in quotes(body, rules)] == speakers


def test_an_office_with_an_adjective_speaks(rules: AnnotationReference) -> None:
    (quote,) = quotes("“It is a great budget for everybody,” the Republican governor said.", rules)
    assert quote.speaker is not None
    assert quote.speaker.text == "the Republican governor"


def test_a_pronoun_beside_a_verb_of_saying_speaks(rules: AnnotationReference) -> None:
    found = quotes('Minister Aidar Omarov came late. "The road was closed this morning," he said.', rules)
    assert [speaker(quote) for quote in found] == ["Aidar Omarov"]


def test_said_that_is_an_indirect_quote(rules: AnnotationReference) -> None:
    found = annotate(Text(id="q", body="Minister Aidar Omarov said that the road would be opened in May."), rules).quotes
    assert [(quote.text, quote.is_direct, speaker(quote)) for quote in found] == [("the road would be opened in May", False, "Aidar Omarov")]


@pytest.mark.parametrize(
    ("body", "phrase"),
    [
        ("“The road is not open at all,” said one local driver.", "one local driver"),
        ("“The road is not open at all,” the elderly man said.", "the elderly man"),
        ("A leader of the largest union in Karasay said lawmakers “missed the mark” on roads.", "A leader"),
        ("The authors of the study published in the journal Road Science argued that tolls bring “very little money”.", "The authors"),
        ("“The road is not open at all,” transport officials said.", "transport officials"),
        ("“The road is not open at all,” said somebody in the hall.", "somebody"),
        ("“The road is not open at all,” the mayor's lawyer said.", "lawyer"),
    ],
)
def test_an_unnamed_speaker_is_the_phrase_beside_the_verb(rules: AnnotationReference, body: str, phrase: str) -> None:
    (quote,) = quotes(body, rules)
    assert quote.speaker is not None
    assert (quote.speaker.text, quote.speaker.form, quote.speaker.entity) == (phrase, "nominal", None)


def test_a_pronoun_agrees_with_the_given_name(rules: AnnotationReference) -> None:
    body = "Minister Aidar Omarov met Mayor Anna Weber on Monday.\n\n“The road will be opened soon,” she said."
    assert [speaker(quote) for quote in quotes(body, rules)] == ["Anna Weber"]


def test_he_said_takes_up_who_spoke_last(rules: AnnotationReference) -> None:
    body = "Among Minister Boris Petrov's voters anger had grown, Mayor Aidar Omarov said; the march was a relief. “It all came out at once,” he said."
    assert [speaker(quote) for quote in quotes(body, rules)] == ["Aidar Omarov"]


def test_he_said_behind_a_quote_goes_on_with_the_speaker(rules: AnnotationReference) -> None:
    body = (
        "Mayor Aidar Omarov said the lease was given in 2014.\n\nMinister Boris Petrov then sold it to a firm from the north.\n\n"
        "“Four years have passed without a road,” he said."
    )
    assert [speaker(quote) for quote in quotes(body, rules)] == ["Aidar Omarov"]


def test_who_speaks_behind_an_apposition_goes_on(rules: AnnotationReference) -> None:
    body = (
        "“It was a hard week for us all,” Minister Boris Petrov said.\n\nAidar Omarov, the manager of the port, urged the board to publish its findings.\n\n"
        "“This points to a wider fault,” he said."
    )
    assert [speaker(quote) for quote in quotes(body, rules)] == ["Boris Petrov", "Aidar Omarov"]


def test_joined_verbs_share_their_subject(rules: AnnotationReference) -> None:
    body = "President Boris Petrov met Minister Aidar Omarov on Monday and said the talks had been “open and very useful”."
    assert [speaker(quote) for quote in quotes(body, rules)] == ["Boris Petrov"]


def test_a_curly_mark_may_be_closed_by_a_straight_one(rules: AnnotationReference) -> None:
    (quote,) = quotes('“The bridge was long overdue for us," Mayor Aidar Omarov said on Monday.\n\nThe bridge has four lanes.', rules)
    assert (quote.text, speaker(quote)) == ("The bridge was long overdue for us,", "Aidar Omarov")


def test_paragraphs_of_one_line_part_quotes_from_older_speakers(rules: AnnotationReference) -> None:
    filler = "The plan of the regional board has been cut by a fifth since the spring of last year, and its papers are open to all who ask for them."
    body = f"“The road is open,” Mayor Aidar Omarov said.\n{filler}\n{filler}\n“The funds are to be spent within two years.”"
    assert [speaker(quote) for quote in quotes(body, rules)] == ["Aidar Omarov", None]


def test_a_quote_of_many_paragraphs_has_one_speaker(rules: AnnotationReference) -> None:
    filler = "The plan of the regional board has been cut by a fifth since the spring of last year, and its papers are open to all who ask for them."
    body = f"Mayor Aidar Omarov said the road is closed.\n“It makes no sense to us.\n“It never did in those years.\n“So we shall open it soon.”\n{filler}"
    assert [speaker(quote) for quote in quotes(body, rules)] == ["Aidar Omarov"] * 3


@pytest.mark.parametrize(
    ("body", "said_by"),
    [
        ("“The road is open again for all,” Mayor Anna Weber enthused.", "Anna Weber"),
        ("“The road is open again for all,” enthused Mayor Anna Weber.", "Anna Weber"),
        ("“The road is open again for all,” Anna Weber, director of the port.", "Anna Weber"),
        ("“The road is open again for all.” – Anna Weber", "Anna Weber"),
    ],
)
def test_a_name_right_behind_a_quote_speaks_without_a_known_verb(rules: AnnotationReference, body: str, said_by: str) -> None:
    assert [speaker(quote) for quote in quotes(body, rules)] == [said_by]


@pytest.mark.parametrize(
    "body",
    [
        "“The road is open,” Mayor Anna Weber said.\n\nCritics replied at once. “It was never shut to begin with,” one reply to her began.",
        "“The road is open,” Mayor Anna Weber said. Boris Petrov left the hall. “It was never shut to begin with.”",
    ],
)
def test_nobody_goes_on_where_somebody_else_may_speak(rules: AnnotationReference, body: str) -> None:
    assert [speaker(quote) for quote in quotes(body, rules)] == ["Anna Weber", None]


def test_what_the_writer_said_is_nobody_elses(rules: AnnotationReference) -> None:
    (quote,) = quotes("When I met Mayor Anna Weber in May I told her: “The road is not open at all.”", rules)
    assert speaker(quote) is None


@pytest.mark.parametrize(
    ("body", "phrase"),
    [
        ("After a meeting with Mayor Aidar Omarov, the Norden President said: “The road is not open at all.”", "President"),
        ("“The road will not be open at all this year,” the bank said in a note.", "the bank"),
        ("“The road will not be open at all this year,” wrote the center.", "the center"),
        ("According to Norden Radio, one driver on the road, which is old, posted: “The road is not open at all.”", "one driver"),
        ("“The road is not open at all,” according to the expert, so stay at home.", "the expert"),
        ("Ms Omarov’ father, Aidar Bekov, confirmed the news to Norden Radio. “The road is not open at all,” he said.", "he"),
        ("Another reportedly said: “The road is not open at all.”", "Another"),
    ],
)
def test_the_subject_of_the_verb_speaks_and_no_one_in_a_phrase_before_it(rules: AnnotationReference, body: str, phrase: str) -> None:
    (quote,) = quotes(body, rules)
    assert quote.speaker and phrase in quote.speaker.text


def test_a_surname_is_the_namesake_whom_the_article_names_most(rules: AnnotationReference) -> None:
    found = quotes("Mayor Aidar Omarov left. Aidar Omarov met Mayor Aigul Omarov. “The road is not open at all,” Omarov said.", rules)
    assert [speaker(quote) for quote in found] == ["Aidar Omarov"]


def test_a_son_is_not_his_father(rules: AnnotationReference) -> None:
    (quote,) = quotes("Yesterday Donald Trump Jr said: “The road is not open at all.”", rules)
    assert speaker(quote) == "Donald Trump Jr"


def test_who_got_a_copy_did_not_write_it(rules: AnnotationReference) -> None:
    (quote,) = quotes("According to a copy of the filing obtained by the Norden Agency: “The road is not open at all.”", rules)
    assert quote.speaker is None


def test_words_that_end_a_phrase_are_not_what_is_said_after_a_colon(rules: AnnotationReference) -> None:
    found = quotes("By the “old road behind the hill”, Mayor Aidar Omarov said in May: “We can see the sea from here.”", rules)
    assert [quote.text for quote in found if quote.speaker] == ["We can see the sea from here."]
