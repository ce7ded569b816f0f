"""What of a text counts when two versions are compared."""

import pytest

from transforms.articles.article import PubStatus
from transforms.articles.normalisation import content_sha256, normalised_paragraphs

BODY = "The dam at Orlu held overnight.\n\nEngineers said the crest was 14 metres."


@pytest.mark.parametrize("body", [
    BODY + "\n",
    BODY.replace(" ", "  "),
    BODY.replace(" held", "\u00a0held").replace("crest", "cre\u00adst"),
    "Advertisement\n\n" + BODY,
    BODY.replace("\n\n", "\n\nADVERTISEMENT\n\n") + "\n\nRead more: The dams of Orlu",
    BODY + "\n\nUpdated on 12 May 2022, 09:30 GMT",
    BODY + "\n\nОбновлено: 12.05.2022 09:30",
    "2022-05-12 09:30\n\n" + BODY,
    BODY.replace("\n\n", "\n \t\n\n"),
    BODY.replace("\n\n", "\n"),
])
def test_spaces_advertisements_and_dates_are_no_change(body: str) -> None:
    assert content_sha256("Dam holds", body, "usable") == content_sha256("Dam  holds", BODY, "usable")


def test_quotation_marks_and_dashes_are_typography() -> None:
    assert content_sha256("“Dam” – holds", "It’s safe.", "usable") == content_sha256('"Dam" - holds', "It's safe.", "usable")


@pytest.mark.parametrize(("headline", "body", "status"), [
    ("Dam fails", BODY, "usable"),
    (None, BODY, "usable"),
    ("Dam holds", BODY.replace("14", "40"), "usable"),
    ("Dam holds", BODY.replace("The dam", "THE DAM"), "usable"),
    ("Dam holds", BODY, "canceled"),
    ("Dam holds", BODY + "\n\nThe river rose on 12 May 2022 to its highest level in nine years.", "usable"),
])
def test_words_figures_and_status_are_a_change(headline: str | None, body: str, status: PubStatus) -> None:
    assert content_sha256(headline, body, status) != content_sha256("Dam holds", BODY, "usable")


def test_headline_and_body_do_not_run_into_each_other() -> None:
    assert content_sha256("A", "B C", "usable") != content_sha256("A B", "C", "usable")


def test_a_text_of_nothing_but_noise_keeps_it() -> None:
    assert normalised_paragraphs("Advertisement") == ("Advertisement",)
    assert normalised_paragraphs(" \n\n ") == ()
