"""A backfill reads each window once, says what it did, and does nothing when asked again."""

import json
from datetime import date

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from flows.backfills.job import BackfillJob, check_job, plan_job
from flows.cli import cli
from tests.crashes.verdicts import touched
from tests.flows.archive_folder import write_archive, write_publisher
from transforms.failures import ConfigurationError, PermanentError
from warehouse.ops.backfill_plans import OverlapError


@pytest.fixture
def backfill(warehouse_url, monkeypatch, tmp_path):
    write_publisher(tmp_path / "publishers")
    archive = write_archive(tmp_path / "archive", date(2023, 3, 24), days=6, per_day=3)
    monkeypatch.setenv("DATELINE_WAREHOUSE_URL", warehouse_url)
    monkeypatch.setenv("DATELINE_PUBLISHERS", str(tmp_path / "publishers"))

    def run(*arguments: str, since: str = "2023-03-24", until: str = "2023-03-30") -> Result:
        bounds = ["--publisher", "quay", "--since", since, "--until", until, "--from", str(archive)]
        given = arguments if {"--list", "--pause", "--cancel", "--resume"} & set(arguments) else (*bounds, *arguments)
        return CliRunner(catch_exceptions=False).invoke(cli, ["backfill", "--no-prefect", "--rules-only", *given])

    return run


@pytest.fixture
def planned(backfill, engine, tmp_path) -> str:
    """The first digits of a backfill that is planned and not yet begun."""
    job = BackfillJob(publisher="quay", since="2023-03-24", until="2023-03-30", paths=(str(tmp_path / "archive"),), rules_only=True)
    plan = plan_job(engine, check_job(job))
    assert plan.backfill is not None
    return str(plan.backfill.backfill_id)[:8]


def test_six_days_are_read_a_window_each(backfill, engine):
    answer = backfill()
    assert answer.exit_code == 0, answer.output
    assert "Reading 6 of 6 windows of quay from 2023-03-23 23:00 to 2023-03-29 22:00 UTC." in answer.output
    assert "is done: 6 windows done." in answer.output
    assert "capture: 18 read, 18 seen" in answer.output
    with engine.connect() as connection:
        counts = connection.execute(text("SELECT item_count FROM ops.windows ORDER BY window_start")).scalars().all()
        assert counts == [3] * 6
        assert connection.scalar(text("SELECT count(*) FROM core.articles")) == 18
        assert connection.scalar(text("SELECT count(*) FROM core.offices")) > 100, "a fresh warehouse gets the reference tables"
        assert connection.execute(text("SELECT DISTINCT priority FROM ops.work")).scalars().all() == [10]


def test_the_same_command_again_does_nothing_and_says_so(backfill, engine):
    backfill()
    before = touched(engine)
    answer = backfill()
    assert answer.exit_code == 0
    assert answer.output.startswith("Nothing to do: 6 windows of quay") and "6 read before. --reprocess all" in answer.output
    assert touched(engine) == before


def test_reading_everything_again_touches_no_row(backfill, engine):
    backfill()
    before = touched(engine)
    for _ in range(2):
        answer = backfill("--reprocess", "all")
        assert "is done: 6 windows done." in answer.output
    assert touched(engine) == before
    assert before["core.article_versions"] and before["core.mentions"]


@pytest.mark.parametrize(
    ("source", "refusal"),
    [((), "quay lists neither an archive nor a sitemap"), (("--from", "gone/archive"), "gone/archive does not exist")],
)
def test_what_cannot_be_read_is_refused_before_it_is_planned(backfill, engine, source, refusal):
    with pytest.raises(ConfigurationError, match=refusal):
        CliRunner(catch_exceptions=False).invoke(cli, [
            "backfill", "--publisher", "quay", "--since", "2023-03-24", "--until", "2023-03-30", "--dry-run", *source])
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM core.publishers")) == 0


def test_a_dry_run_writes_nothing(backfill, engine):
    answer = backfill("--dry-run", "--json")
    assert json.loads(answer.output)["to_read"] == 6
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM ops.backfills")) == 0


def test_a_part_that_was_read_before_is_left_out(backfill):
    backfill(until="2023-03-26")
    assert "Reading 4 of 6 windows" in backfill().output


def test_the_ends_of_a_backfill_as_json(backfill):
    answer = json.loads(backfill("--json").output.splitlines()[-1])
    assert (answer["state"], answer["windows"], answer["new_captures"]) == ("done", {"done": 6}, 18)
    listed = json.loads(backfill("--list", "--json").output)
    assert (listed["publisher"], listed["state"]) == ("quay", "done")


class TestWrongInput:
    @pytest.mark.parametrize(("bounds", "said"), [
        ({"since": "2023-03-30", "until": "2023-03-30"}, "does not lie before --until"),
        ({"since": "2023-04-30", "until": "2023-03-30"}, "does not lie before --until"),
        ({"until": "2999-01-01"}, "lies in the future: it is now"),
        ({"since": "yesterday"}, "'yesterday' is no date"),
    ])
    def test_bounds_that_make_no_sense_are_refused(self, backfill, bounds, said):
        with pytest.raises(ConfigurationError, match=said):
            backfill(**bounds)

    def test_a_publisher_that_is_not_there_is_refused_with_those_that_are(self, backfill):
        with pytest.raises(ConfigurationError, match="no publisher 'quai': .* kazinform, .*quay"):
            backfill("--publisher", "quai")

    def test_a_publisher_without_archive_needs_files(self, backfill, monkeypatch):
        with pytest.raises(ConfigurationError, match="neither an archive nor a sitemap: name files with --from"):
            CliRunner(catch_exceptions=False).invoke(
                cli, ["backfill", "--publisher", "quay", "--since", "2023-03-24", "--until", "2023-03-25", "--no-prefect"]
            )

    def test_a_part_of_what_another_backfill_reads_is_refused(self, backfill, planned):
        with pytest.raises(OverlapError, match="of quay is running and reads 2023-03-23 23:00 to .* by the day, .*--cancel"):
            backfill(since="2023-03-26", until="2023-03-31")

    def test_the_same_time_in_other_pieces_is_refused(self, backfill, planned):
        with pytest.raises(OverlapError, match="by the day, a part of the same time"):
            backfill("--window", "hour")

    def test_an_id_that_is_not_there(self, backfill):
        with pytest.raises(PermanentError, match="no backfill whose id begins with ffff"):
            backfill("--pause", "ffff")

    @pytest.mark.parametrize("option", ["--pause", "--resume", "--cancel"])
    def test_an_id_left_empty_is_no_backfill_whatever(self, option):
        answer = CliRunner().invoke(cli, ["backfill", option, ""])
        assert answer.exit_code == 2
        assert f"{option} takes the id of a backfill, or how it begins" in answer.output

    def test_what_is_missing_is_named(self, backfill):
        answer = CliRunner().invoke(cli, ["backfill", "--publisher", "quay"])
        assert answer.exit_code == 2
        assert "--since, --until missing" in answer.output


class TestReplay:
    """Stages again from what was captured: what is equal is not touched, what is stale is made anew."""

    def replay(self, *arguments: str) -> dict[str, dict[str, dict[str, int]]]:
        answer = CliRunner(catch_exceptions=False).invoke(cli, ["replay", "--no-prefect", "--rules-only", "--json", *arguments])
        assert answer.exit_code == 0, answer.output
        found: dict[str, dict[str, dict[str, int]]] = json.loads(answer.output.splitlines()[-1])
        return found

    def test_a_replay_with_the_same_parsers_touches_no_row(self, backfill, engine):
        backfill()
        before = touched(engine)
        counts = self.replay()["counts"]
        assert (counts["document"]["seen"], counts["document"]["unchanged"]) == (18, 18)
        assert touched(engine) == before

    def test_stale_finds_what_another_version_made_and_nothing_else(self, backfill, engine):
        backfill()
        assert self.replay("--stale")["counts"]["capture"] == {}
        with engine.begin() as connection:
            connection.execute(text(
                "UPDATE ops.work SET stage_version = 'old' WHERE stage = 'extract' AND subject_id IN"
                " (SELECT subject_id FROM ops.work WHERE stage = 'extract' ORDER BY subject_id LIMIT 5)"
            ))
        assert self.replay("--stale")["counts"]["capture"] == {"read": 5, "seen": 5}

    def test_one_publisher_or_one_stage(self, backfill, engine):
        backfill()
        assert self.replay("--publisher", "quay", "--stage", "annotate")["stages"]["annotate"]["annotated"] == 18
        with pytest.raises(ConfigurationError, match="no publisher 'quai'"):
            self.replay("--publisher", "quai")


def test_documents_that_tell_no_date_are_told_and_not_lost_in_silence(backfill, tmp_path, caplog):
    lines = '{"headline": "Locks", "articleBody": "' + "The locks stay shut. " * 9 + '"}\n'
    (tmp_path / "archive" / "undated.jsonl").write_text(lines + lines.replace("Locks", "Quays"), encoding="utf-8")
    backfill()
    assert "2 documents tell no date and belong to no window: `dateline ingest` reads them" in caplog.text


class TestPauseResumeCancel:
    def test_a_paused_backfill_waits_until_it_is_resumed(self, backfill, planned, tmp_path):
        assert "is paused: 6 windows pending." in backfill("--pause", planned).output
        waiting = backfill()
        assert waiting.exit_code == 1
        assert f"is paused: `dateline backfill --resume {planned}` goes on with it." in waiting.output

        resumed = CliRunner(catch_exceptions=False).invoke(cli, [
            "backfill", "--no-prefect", "--resume", planned, "--from", str(tmp_path / "archive"), "--rules-only"])
        assert "is done: 6 windows done." in resumed.output

    def test_a_cancelled_backfill_is_over_and_its_time_can_be_asked_for_again(self, backfill, planned):
        assert "is canceled: 6 windows canceled." in backfill("--cancel", planned).output
        assert "Reading 6 of 6 windows" in backfill("--dry-run").output.replace("Would read", "Reading")
        with pytest.raises(PermanentError, match="is canceled: it cannot be running"):
            backfill("--resume", planned)


class TestPublisherChangedMeanwhile:
    """Its time zone decides where its days begin: a backfill keeps those that it was planned with."""

    def move_to_tokyo(self, tmp_path) -> None:
        file = tmp_path / "publishers" / "quay.toml"
        file.write_text(file.read_text().replace("Europe/Amsterdam", "Asia/Tokyo"))

    def test_the_same_command_means_other_days_and_is_refused(self, backfill, planned, tmp_path):
        self.move_to_tokyo(tmp_path)
        with pytest.raises(OverlapError, match="is running and reads 2023-03-23 23:00 to 2023-03-29 22:00 UTC"):
            backfill()

    def test_going_on_is_refused_until_it_is_cancelled_and_asked_for_again(self, backfill, planned, tmp_path):
        self.move_to_tokyo(tmp_path)
        with pytest.raises(ConfigurationError, match="had another time zone than Asia/Tokyo, .*--cancel"):
            backfill("--resume", planned)
        backfill("--cancel", planned)
        assert "is done: 6 windows done." in backfill().output
