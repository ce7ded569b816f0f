"""`dateline parse`: paths, manifests, standard input, gzip and order."""

import gzip
import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from flows.cli.parse import command

TEXT = "OSLO (NTB) - The harbour was closed by fog until the afternoon, the port authority said on Tuesday."


def run(*arguments: str, stdin: bytes | str | None = None) -> list[dict[str, Any]]:
    result = CliRunner().invoke(command, arguments, input=stdin)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_file_and_standard_input_give_one_line_each(tmp_path: Path) -> None:
    file = tmp_path / "fog.txt"
    file.write_text(TEXT)
    (from_file,), (from_stdin,) = run(str(file)), run("-", stdin=TEXT)
    assert from_file["id"] == str(file)
    assert from_stdin["id"] == "-"
    assert from_file["dateline"]["country"] == "NOR"
    assert {key: value for key, value in from_file.items() if key != "id"} == {
        key: value for key, value in from_stdin.items() if key != "id"
    }


def test_a_manifest_keeps_its_order_over_many_processes(tmp_path: Path) -> None:
    (tmp_path / "packed.txt.gz").write_bytes(gzip.compress(TEXT.encode()))
    lines = [{"id": f"n{n}", "content": f"{TEXT} {n}"} for n in range(150)]
    lines.append({"id": "packed", "path": "packed.txt.gz"})
    lines.append({"id": "missing", "path": "nowhere.txt"})
    manifest = tmp_path / "manifest.jsonl"
    manifest.write_text("\n".join(map(json.dumps, lines)))
    found = run("--manifest", str(manifest))
    assert [record["id"] for record in found] == [line["id"] for line in lines]
    assert found[-2]["kind"] == "article"
    assert (found[-1]["kind"], found[-1]["reason"]) == ("rejection", "unreadable")


def test_json_lines_in_a_file_are_read_line_by_line(tmp_path: Path) -> None:
    file = tmp_path / "items.jsonl"
    file.write_text("\n".join(json.dumps({"uri": f"u{n}", "type": "text", "body_text": TEXT}) for n in range(3)))
    assert [record["id"].rpartition("#")[2] for record in run(str(file))] == ["1", "2", "3"]


def test_wrong_usage_ends_with_exit_code_two() -> None:
    assert CliRunner().invoke(command, []).exit_code == 2


def test_validation_names_the_field_and_fails(tmp_path: Path) -> None:
    good, bad, broken = tmp_path / "good.json", tmp_path / "bad.json", tmp_path / "broken.json"
    good.write_text('{"uri": "urn:x:1", "type": "text"}')
    bad.write_text('{"uri": "urn:x:1", "headline": 7}')
    broken.write_text('{"uri": "urn:x:1", "genre": [{"name": }]}')
    result = CliRunner().invoke(command, ["--validate", "ninjs@1.3", str(good), str(bad), str(broken)])
    assert result.exit_code == 1
    verdicts = [json.loads(line) for line in result.stdout.splitlines()]
    assert [verdict["is_valid"] for verdict in verdicts] == [True, False, False]
    assert [verdict["violations"][0]["field"] for verdict in verdicts[1:]] == ["headline", "name"]


def test_an_unknown_version_of_ninjs_is_wrong_usage() -> None:
    assert CliRunner().invoke(command, ["--validate", "ninjs@9.9", "-"], input="{}").exit_code == 2


def test_articles_are_written_as_ninjs(tmp_path: Path) -> None:
    (written,) = run("--to", "ninjs", "-", stdin=TEXT)
    assert written["standard"]["version"] == "3.1"
    (back,) = run("-", stdin=json.dumps(written))
    (direct,) = run("-", stdin=TEXT)
    assert back == direct


def test_an_archive_is_read_record_by_record_and_its_end_is_told(tmp_path: Path) -> None:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: %d\r\n\r\n%s" % (len(TEXT), TEXT.encode())
    record = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2023-03-07T09:00:00Z\r\n"
        b"WARC-Target-URI: https://example.com/fog\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
    ) % (len(http), http)
    file = tmp_path / "crawl.warc.gz"
    file.write_bytes(gzip.compress(record) + gzip.compress(record) + gzip.compress(record)[:-40])
    first, second, *rest = run(str(file))
    assert [found["kind"] for found in (first, second)] == ["article", "article"]
    assert (first["id"].endswith("#1"), first["url"]) == (True, "https://example.com/fog")
    assert [found["kind"] for found in rest] == ["rejection"]
