"""`dateline sql`: a query's rows as a table, CSV or JSON."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine

from transforms.publishers import Publisher
from warehouse.core.publishers import load_publishers


def sql(warehouse_url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command on a warehouse."""
    return subprocess.run(
        [sys.executable, "-m", "flows.cli", "sql", *arguments],
        capture_output=True, text=True, check=False, env=os.environ | {"DATELINE_WAREHOUSE_URL": warehouse_url},
    )


def test_a_query_prints_csv_that_a_spreadsheet_does_not_execute(warehouse_url: str) -> None:
    done = sql(warehouse_url, "-c", "select '=1+1' as a, 2 as b, null as c", "--format", "csv")
    assert (done.returncode, done.stdout) == (0, "a,b,c\n'=1+1,2,\n")


def test_a_query_prints_json_lines(warehouse_url: str) -> None:
    done = sql(warehouse_url, "-c", "select 'Türkiye' as name, 1 as n", "--format", "json")
    assert (done.returncode, done.stdout) == (0, '{"name": "Türkiye", "n": 1}\n')


def test_sums_and_means_are_numbers_and_moments_iso_8601(warehouse_url: str) -> None:
    query = "select sum(n) as sum, avg(n) as mean, avg(0 * n) as none, 'NaN'::numeric as unknown from generate_series(1, 2) n"
    assert sql(warehouse_url, "-c", query, "--format", "json").stdout == '{"sum": 3, "mean": 1.5, "none": 0, "unknown": "NaN"}\n'
    moment = "select timestamptz '2024-05-01 09:30+05' as moment, date '2024-05-01' as day"
    assert sql(warehouse_url, "-c", moment, "--format", "json").stdout == '{"moment": "2024-05-01T04:30:00+00:00", "day": "2024-05-01"}\n'
    assert sql(warehouse_url, "-c", "select 0.00000000001 as small", "--format", "csv").stdout == "small\n0.00000000001\n"


def test_a_percent_sign_is_the_querys_own(warehouse_url: str) -> None:
    done = sql(warehouse_url, "-c", "select 'foreign minister' like '%foreign%' as found, 7 % 4 as rest", "--format", "csv")
    assert (done.returncode, done.stdout) == (0, "found,rest\nTrue,3\n")


def test_a_refused_query_is_told_in_the_words_of_the_server_which_point_at_the_fault(warehouse_url: str) -> None:
    done = sql(warehouse_url, "-c", "select nothing from nowhere")
    assert done.returncode == 1
    assert done.stderr == (
        'dateline: PostgreSQL refused the query: relation "nowhere" does not exist\n'
        "LINE 1: select nothing from nowhere\n"
        "                            ^\n"
    )


def test_a_slip_changes_nothing_unless_it_is_asked_to(warehouse_url: str, engine: Engine) -> None:
    with engine.begin() as connection:
        load_publishers(connection, [Publisher(code="meridian", name="Meridian")])
    slip = "update core.publishers set name = 'x'"
    refused = sql(warehouse_url, "-c", slip)
    assert refused.returncode == 1
    assert refused.stderr == "dateline: PostgreSQL refused the query: cannot execute UPDATE in a read-only transaction; --write lets it\n"
    asked = sql(warehouse_url, "--write", "-c", slip)
    assert (asked.returncode, asked.stdout) == (0, "1 rows affected\n")


@pytest.mark.parametrize("query", ["", " ; ", "select 1; select 2"])
def test_nothing_and_more_than_one_statement_are_refused_rather_than_answered_in_part(warehouse_url: str, query: str) -> None:
    done = sql(warehouse_url, "-c", query)
    assert done.returncode != 0
    assert done.stdout == ""
    assert done.stderr.splitlines()[-1] in (
        "Error: -c wants a query",
        "dateline: -c takes one statement at a time: give each its own -c command, or use psql by `dateline sql`.",
    )


def test_many_rows_are_printed_as_they_come(warehouse_url: str) -> None:
    """Held in memory, four million rows of a hundred letters would take gigabytes."""
    command = [sys.executable, "-m", "flows.cli", "sql", "--format", "csv", "-c", "select n, repeat('x', 100) as x from generate_series(1, 4000000) n"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=os.environ | {"DATELINE_WAREHOUSE_URL": warehouse_url}) as process:
        assert process.stdout is not None
        assert [next(process.stdout) for _ in range(2)][1] == b"1," + b"x" * 100 + b"\n"
        used = int(re.findall(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{process.pid}/status").read_text("ascii"))[0])
        process.kill()
    assert used < 300_000


def test_a_table_ends_where_nobody_reads_on(warehouse_url: str) -> None:
    done = sql(warehouse_url, "-c", "select n from generate_series(1, 1500) n")
    assert "the first 1000 rows; --format csv or json prints all" in done.stdout
    assert " 1000 " in done.stdout and " 1001 " not in done.stdout


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("select 1 as n where false", "n\n"),
        ("show server_encoding", "server_encoding\nUTF8\n"),
        ("values (1), (2);", "column1\n1\n2\n"),
        ("create temporary table t (n int)", "0 rows affected\n"),
        ("with gone as (delete from ops.judgements returning 1) select count(*) from gone", "count\n0\n"),
    ],
)
def test_statements_of_every_kind_are_run(warehouse_url: str, query: str, expected: str) -> None:
    done = sql(warehouse_url, "--write", "--format", "csv", "-c", query)
    assert (done.returncode, done.stdout) == (0, expected)


def test_a_query_that_runs_away_is_stopped_by_the_analysts_limit_and_says_so(warehouse_url: str) -> None:
    limited = warehouse_url + ("&" if "?" in warehouse_url else "?") + "options=-c%20statement_timeout%3D3000ms"
    done = sql(limited, "-c", "select count(*) from generate_series(1, 100000) a, generate_series(1, 100000) b")
    assert done.returncode == 1
    assert done.stderr.strip().endswith("PostgreSQL refused the query: canceling statement due to statement timeout")
