"""The kind of change between two versions, and its summary."""

import time

import pytest

from transforms.articles.changes import Content, change_kind, change_summary

FIRST = Content(headline="Dam holds", body="The dam at Orlu held.\n\nIts crest is 14 metres.")


@pytest.mark.parametrize(("previous", "current", "kind"), [
    (None, FIRST, "initial"),
    (FIRST, Content(headline="Dam holds", body="The dam at Orlu held on Monday."), "update"),
    (FIRST, Content(headline="CORRECTED - Dam holds", body=FIRST.body), "correction"),
    (FIRST, Content(headline="Dam holds", body="14", ed_note="Corrects height in second paragraph"), "correction"),
    (FIRST, Content(headline="Dam holds", body="14", change_hint="correction"), "correction"),
    (FIRST, Content(headline="(ПОПРАВКА) Плотина", body="14"), "correction"),
    (FIRST, Content(headline="Minister corrected by court", body="14"), "update"),
    (FIRST, Content(headline="Dam holds", body=FIRST.body, pub_status="canceled"), "kill"),
    (None, Content(headline=None, body="", pub_status="canceled"), "kill"),
    (Content(headline=None, body="", pub_status="canceled"), FIRST, "revival"),
    (Content(headline=None, body="a", pub_status="canceled"), Content(headline=None, body="b", pub_status="canceled"), "update"),
])
def test_the_kind_of_a_change(previous: Content | None, current: Content, kind: str) -> None:
    assert change_kind(previous, current) == kind


def test_a_summary_says_what_changed() -> None:
    after = Content(headline="Dam fails", body="The dam at Orlu held.\n\nIts crest is 40 metres.\n\nNobody was hurt.")
    assert change_summary(FIRST, after) == (
        'headline: "Dam holds" → "Dam fails"; 1 paragraph changed: "14" → "40"; 1 paragraph added: "Nobody was hurt."')
    killed = Content(headline=FIRST.headline, body="The dam at Orlu held.", pub_status="canceled")
    assert change_summary(FIRST, killed) == (
        'status: usable → canceled; 1 paragraph removed: "Its crest is 14 metres."')
    assert change_summary(FIRST, FIRST) == "nothing that counts"


def test_a_summary_tells_words_added_and_removed_also_in_a_body_of_one_long_paragraph() -> None:
    many = " ".join(f"w{number}" for number in range(900))
    before, after = Content(headline=None, body=f"Early take. {many} end."), Content(headline="Dam", body=f"{many} of it end.")
    assert change_summary(before, after) == (
        'headline: added "Dam"; 1 paragraph changed: ' + f'"Early take. {many[:48].rstrip()}…" → "{many[:60].rstrip()}…"')
    assert change_summary(before, Content(headline=None, body=f"Early take. {many} at last end.")) == (
        '1 paragraph changed: added "at last"')
    assert change_summary(before, Content(headline=None, body=f"{many} end.")) == (
        '1 paragraph changed: removed "Early take."')


def test_a_summary_of_five_megabytes_takes_no_time() -> None:
    long = "\n\n".join(f"Row {number} of the table: {number * 7}" for number in range(150_000))
    wall = "word " * 1_000_000
    started = time.process_time()
    summary = change_summary(Content(headline=None, body=long), Content(headline=None, body=long.replace("77", "78")))
    assert "paragraphs removed" in summary
    assert len(change_summary(Content(headline=None, body=wall), Content(headline=None, body=wall + "end"))) < 200
    assert time.process_time() - started < 10
