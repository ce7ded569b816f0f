"""`status`, `doctor`, `reap` and `quarantine` at the prompt: what they print and the exit codes that cron sees."""

import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, insert, select, text

from flows.cli import EXIT_CONFIGURATION, EXIT_QUARANTINED, EXIT_USAGE, cli
from transforms.failures import ConfigurationError
from transforms.publishers import Publisher
from warehouse.core.publishers import load_publishers
from warehouse.ops.quarantine import Failure, put
from warehouse.raw.captures import Capture, load_captures
from warehouse.tables.operations import quarantine, runs, work


@pytest.fixture
def dateline(warehouse_url, monkeypatch):
    monkeypatch.setenv("DATELINE_WAREHOUSE_URL", warehouse_url)
    monkeypatch.delenv("PREFECT_API_URL", raising=False)

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(cli, arguments)

    return run


@pytest.fixture
def poisoned(engine: Engine) -> list[str]:
    """Two captures in quarantine."""
    now = datetime.now(UTC)
    with engine.begin() as connection:
        load_publishers(connection, [Publisher(code="meridian", name="Meridian")])
        given = [Capture(kind="file", path=f"{name}.html", content=name.encode(), fetched_at=now) for name in ("a", "b")]
        loaded = load_captures(connection, given)
        for capture_id, reason in zip(loaded.new_ids, ("RecursionError", "WorkerDied"), strict=True):
            connection.execute(
                insert(work).values(stage="extract", subject_id=capture_id, stage_version="1", state="quarantined")
            )
            failure = Failure(reason=reason, detail=f"{reason} while reading", traceback="Traceback: ...\n  boom")
            put(connection, "extract", capture_id, "1", failure, 1, None)
        return [str(one) for one in connection.scalars(select(quarantine.c.quarantine_id).order_by(quarantine.c.reason))]


class TestStatus:
    def test_an_empty_warehouse_is_well(self, dateline):
        answer = dateline("status")
        assert answer.exit_code == 0
        assert "All is well." in answer.output

    def test_what_is_in_quarantine_is_exit_code_3(self, dateline, poisoned):
        answer = dateline("status")
        assert answer.exit_code == EXIT_QUARANTINED
        assert "2 rows are in quarantine: `dateline quarantine ls`" in answer.output

    def test_what_is_wrong_is_exit_code_1_and_one_line_each(self, dateline, engine):
        with engine.begin() as connection:
            connection.execute(
                insert(runs).values(run_id=uuid4(), kind="run", state="failed", finished_at=datetime.now(UTC),
                                    worker="a:1", code_version="1", parameters={}, detail="the disk is full")
            )
        answer = dateline("status")
        assert answer.exit_code == 1
        assert "run_failed The last run failed: the disk is full" in answer.output

    def test_as_json(self, dateline, poisoned):
        status = json.loads(dateline("status", "--json").output)
        assert status["quarantined"] == 2
        assert status["stages"][0]["stage"] == "extract"
        assert status["alarms"] == []

    def test_as_metrics(self, dateline, poisoned):
        assert 'dateline_quarantine_rows{stage="extract"} 2' in dateline("status", "--metrics").output

    def test_a_warehouse_that_was_never_migrated_is_told(self, empty_engine, monkeypatch):
        url = empty_engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        monkeypatch.setenv("DATELINE_WAREHOUSE_URL", url)
        answer = CliRunner().invoke(cli, ["status"])
        assert isinstance(answer.exception, ConfigurationError)
        assert "dateline migrate" in str(answer.exception)
        assert EXIT_CONFIGURATION == 5


    def test_an_alert_without_an_address_is_told(self, dateline, monkeypatch):
        monkeypatch.delenv("DATELINE_ALERT_URLS", raising=False)
        answer = dateline("status", "--alert")
        assert isinstance(answer.exception, ConfigurationError)
        assert "set DATELINE_ALERT_URLS" in str(answer.exception)


class TestWrongWords:
    """What is asked for by mistake is answered before anything is done."""

    @pytest.mark.parametrize("url", ["example.com/news/1", "news-1", "https://"])
    def test_only_a_whole_address_is_forgotten(self, dateline, engine, url):
        answer = dateline("forget", url, "--reason", "asked", "--yes")
        assert answer.exit_code == EXIT_USAGE
        assert "is no whole address: write it as it was published" in answer.output
        with engine.connect() as connection:
            assert connection.scalar(text("SELECT count(*) FROM ops.tombstones")) == 0

    def test_a_revision_that_there_is_none_of(self, dateline):
        answer = dateline("migrate", "--down", "9999")
        assert isinstance(answer.exception, ConfigurationError)
        assert "There is no revision '9999' to go back to: it is one of base, 0001, 0002" in str(answer.exception)

    def test_a_path_that_is_not_there_stops_before_the_first_is_read(self, dateline, engine, tmp_path):
        (tmp_path / "a.txt").write_text("PORT ELSEWHERE. MERIDIAN - A ferry ran aground on Monday.\n" * 5)
        answer = dateline("ingest", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), "--stages", "extract", "--processes", "0")
        assert isinstance(answer.exception, ConfigurationError)
        assert "b.txt does not exist" in str(answer.exception)
        with engine.connect() as connection:
            assert connection.scalar(text("SELECT count(*) FROM raw.captures")) == 0

    def test_a_publisher_without_a_file_is_read_and_a_likely_slip_is_asked_about(self, dateline, tmp_path):
        (tmp_path / "a.txt").write_text("PORT ELSEWHERE. MERIDIAN - A ferry ran aground on Monday.\n" * 5)
        answer = dateline("ingest", str(tmp_path), "--publisher", "kazinfrom", "--stages", "extract", "--processes", "0")
        assert answer.exit_code == 0
        assert "kazinfrom has no file of its own (is kazinform meant?)" in answer.output

    def test_nothing_of_that_is_in_quarantine(self, dateline):
        assert dateline("quarantine", "replay", "--reason", "Nonsense").output == "Nothing of that is in quarantine.\n"


class TestDoctor:
    def findings(self, answer: Result) -> dict[str, dict[str, str]]:
        return {finding["check"]: finding for finding in map(json.loads, answer.output.splitlines())}

    def test_a_healthy_installation(self, dateline):
        answer = dateline("doctor", "--json")
        found = self.findings(answer)
        for check in ("python", "prefect", "fastapi", "publishers", "server", "encoding", "zone", "clock", "schema",
                      "privileges", "pooler", "leases"):
            assert found[check]["state"] == "good", found[check]

    def test_each_thing_wrong_comes_with_its_remedy(self, dateline, engine, monkeypatch):
        monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
        with engine.begin() as connection:
            connection.execute(
                insert(work).values(stage="extract", subject_id=uuid4(), stage_version="1", state="claimed",
                                    lease_until=datetime.now(UTC) - timedelta(hours=1))
            )
            connection.execute(text("UPDATE public.alembic_version SET version_num = 'ffff_from_the_future'"))
        answer = dateline("doctor", "--json")

        found = self.findings(answer)
        assert answer.exit_code == 1
        assert "--no-prefect" in found["prefect"]["remedy"]
        assert "install the newer Dateline" in found["schema"]["sentence"]
        assert found["leases"]["remedy"] == "run `dateline reap`"
        assert all(finding["remedy"] for finding in found.values() if finding["state"] != "good")

    def test_a_warehouse_that_does_not_answer_is_one_finding(self, monkeypatch):
        monkeypatch.setenv("DATELINE_WAREHOUSE_URL", "postgresql://127.0.0.1:9/dateline")
        answer = CliRunner().invoke(cli, ["doctor"])
        assert answer.exit_code == 1
        assert "warehouse: The warehouse at 127.0.0.1:9/dateline does not answer" in answer.output


class TestReap:
    def test_it_says_what_it_did(self, dateline, engine):
        with engine.begin() as connection:
            connection.execute(
                insert(work).values(stage="extract", subject_id=uuid4(), stage_version="1", state="claimed",
                                    attempts=1, lease_until=datetime.now(UTC) - timedelta(seconds=1))
            )
        assert dateline("reap").output.startswith("1 rows of work and 0 windows are back to work")
        assert json.loads(dateline("reap", "--json").output)["work_pending"] == 0


class TestQuarantine:
    def test_nothing(self, dateline):
        answer = dateline("quarantine", "ls")
        assert (answer.exit_code, answer.output) == (0, "Nothing is in quarantine.\n")

    def test_rows_with_their_reasons(self, dateline, poisoned):
        answer = dateline("quarantine", "ls")
        assert answer.exit_code == EXIT_QUARANTINED
        assert "2 rows: 1 extract RecursionError, 1 extract WorkerDied" in answer.output
        (only,) = dateline("quarantine", "ls", "--reason", "WorkerDied", "--json").output.splitlines()
        assert json.loads(only)["quarantine_id"] == poisoned[1]

    def test_one_row_with_its_traceback_by_the_first_digits_of_its_id(self, dateline, poisoned):
        answer = dateline("quarantine", "show", poisoned[0][:8])
        assert "reason: RecursionError" in answer.output
        assert "boom" in answer.output

    def test_what_is_put_back_is_pending_again(self, dateline, engine, poisoned):
        assert "1 rows are back to work" in dateline("quarantine", "replay", "--reason", "WorkerDied").output
        with engine.connect() as connection:
            assert sorted(connection.scalars(select(work.c.state))) == ["pending", "quarantined"]

    def test_everything_has_to_be_said(self, dateline, poisoned):
        assert dateline("quarantine", "replay").exit_code == 2
        assert "2 rows are back" in dateline("quarantine", "replay", "--all").output
