"""`dateline annotate`: one JSON object a line in, one out, offsets into the given text."""

import json
from typing import Any

from click.testing import CliRunner

from flows.cli.annotate import command

TEXT = 'ALMATY. 4 May - Minister of Energy of Kazakhstan Aidar Omarov said: "The new plant opens in June, without delay."'


def run(lines: list[str], *options: str) -> list[dict[str, Any]]:
    result = CliRunner().invoke(command, ["--rules-only", *options], input="\n".join(lines) + "\n", catch_exceptions=False)
    assert result.exit_code == 0
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_output_keeps_the_order_of_the_input() -> None:
    lines = [json.dumps({"id": str(number), "text": f"Kazakhstan signed document {number}."}) for number in range(120)]
    assert [record["id"] for record in run(lines, "--processes", "2")] == [str(number) for number in range(120)]


def test_offsets_are_into_the_given_text_dateline_included() -> None:
    (record,) = run([json.dumps({"id": "a", "text": TEXT})])
    spans = [(mention["start"], mention["end"], mention["text"]) for mention in record["mentions"]]
    assert all(TEXT[start:end] == surface for start, end, surface in spans)
    assert (0, 6, "ALMATY") in spans
    (quote,) = record["quotes"]
    assert TEXT[quote["start"] : quote["end"]] == quote["text"] == "The new plant opens in June, without delay."
    assert quote["speaker"]["entity"]["name"] == "Aidar Omarov"
    assert quote["speaker"]["entity"]["office"] == "Energy Minister of Kazakhstan"


def test_a_line_that_is_no_record_is_answered_in_its_place() -> None:
    found = run([json.dumps({"id": "a", "text": "One."}), "{", json.dumps({"id": "b"}), json.dumps({"id": "c", "text": "Two."})])
    assert [record["id"] for record in found] == ["a", None, None, "c"]
    assert [("error" in record) for record in found] == [False, True, True, False]
