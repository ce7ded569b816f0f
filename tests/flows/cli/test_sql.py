"""`dateline sql`: a query's rows as a table, CSV or JSON."""

import os
import subprocess
import sys


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


def test_a_percent_sign_is_the_querys_own(warehouse_url: str) -> None:
    done = sql(warehouse_url, "-c", "select 'foreign minister' like '%foreign%' as found, 7 % 4 as rest", "--format", "csv")
    assert (done.returncode, done.stdout) == (0, "found,rest\nTrue,3\n")


def test_a_refused_query_is_one_sentence_in_the_words_of_the_server(warehouse_url: str) -> None:
    done = sql(warehouse_url, "-c", "select nothing from nowhere")
    assert done.returncode == 1
    assert 'relation "nowhere" does not exist' in done.stderr
    assert "Traceback" not in done.stderr
