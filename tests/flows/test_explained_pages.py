"""`dateline parse --explain` says of a page why each block was kept or dropped."""

import json
from pathlib import Path

from click.testing import CliRunner

from flows.cli.parse import command

PAGE = """<html><head><title>Ferry sails again</title></head><body><article><h1>Ferry sails again</h1>
<p>The ferry between the mainland and Port Amity sailed again on Tuesday morning after two days in harbour.</p>
<p>Advertisement</p><p>About four hundred passengers had waited on the quay since Sunday, when waves closed the strait.</p></article></body></html>"""


def test_blocks_of_a_page_are_explained(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(PAGE)
    result = CliRunner().invoke(command, ["--explain", str(file)], catch_exceptions=False)
    record = json.loads(result.stdout.splitlines()[0])
    assert "- paragraph <p> (wording of the page, not of the article): Advertisement" in record["explanation"]
    plain = json.loads(CliRunner().invoke(command, [str(file)], catch_exceptions=False).stdout.splitlines()[0])
    assert "explanation" not in plain
