"""The brief as a page and a file: for a day with news, for one without, and for one that is still to come."""

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from flows.brief import make_page, read_zone, write_page
from tests.flows.loaded_samples import load_samples
from transforms.failures import ConfigurationError, PermanentError

UTC_ZONE = read_zone("UTC")


def test_the_page_of_a_day_with_news(engine: Engine) -> None:
    load_samples(engine)
    made = make_page(engine, date(2022, 5, 11), UTC_ZONE)
    assert "Wednesday, 11 May 2022" in made.html
    assert len(made.html.encode()) < 500_000
    assert not re.search(r"<script|\son[a-z]+=|\sstyle=", made.html)
    links = set(re.findall(r'href="#([^"]+)"', made.html))
    ids = re.findall(r'\sid="([^"]+)"', made.html)
    assert links <= set(ids)
    assert len(ids) == len(set(ids))
    assert made.html.count("<svg") == made.html.count("<desc") == made.html.count('role="img"') > 10
    assert not re.findall(r'(?:src|href|url)\s*[=(]\s*"?(?!#|https?://)[^"\s>]', made.html)


def test_a_day_without_articles_says_so_and_where_there_are_some(engine: Engine) -> None:
    load_samples(engine)
    html = make_page(engine, date(2022, 5, 1), UTC_ZONE).html
    assert "There are no articles of 1 May 2022 in this warehouse." in html
    assert "The nearest with articles: 11 May 2022" in html


def test_an_empty_warehouse_says_how_to_fill_it(engine: Engine) -> None:
    assert "dateline ingest" in make_page(engine, date(2022, 5, 11), UTC_ZONE).html


def test_the_future_is_still_to_come(engine: Engine) -> None:
    made = make_page(engine, date(2999, 1, 1), UTC_ZONE)
    assert "1 January 2999 is still to come." in made.html
    assert "still to come" in made.summary


@pytest.mark.parametrize("name", ["Mars/Base", "../etc/passwd", "", "x" * 300, "'; DROP TABLE x; --", "a\0b"])
def test_a_zone_that_there_is_not_is_one_sentence(name: str) -> None:
    with pytest.raises(ConfigurationError, match="no time zone"):
        read_zone(name)


def test_a_page_that_cannot_be_written_leaves_the_one_of_before(tmp_path: Path) -> None:
    write_page("before", tmp_path / "brief.html")
    with pytest.raises(PermanentError, match="cannot be written"):
        write_page("after", tmp_path / "nowhere" / "brief.html")
    with pytest.raises(PermanentError, match="No space left"):
        write_page("after", full_disk(tmp_path))
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["brief.html"]
    assert (tmp_path / "brief.html").read_text() == "before"


def full_disk(folder: Path) -> Path:
    """A file whose part-file is the device that is always full."""
    inner = folder / "full"
    inner.mkdir()
    (inner / ".brief.html.part").symlink_to("/dev/full")
    return inner / "brief.html"


def report(warehouse_url: str, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder."""
    root = str(Path(__file__).resolve().parents[2])
    return subprocess.run(
        [sys.executable, "-m", "flows.cli", "report", *arguments], capture_output=True, text=True, check=False,
        cwd=folder, env=os.environ | {"DATELINE_WAREHOUSE_URL": warehouse_url, "PYTHONPATH": root},
    )  # fmt: skip


def test_the_command_writes_the_page_beside_you(warehouse_url: str, tmp_path: Path) -> None:
    done = report(warehouse_url, "--date", "2022-05-11", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "11 May 2022 (UTC): 0 articles. The page is brief-2022-05-11.html.\n"
    assert (tmp_path / "brief-2022-05-11.html").read_text().startswith("<!DOCTYPE html>")


def test_the_command_refuses_what_is_no_date_or_zone(warehouse_url: str, tmp_path: Path) -> None:
    assert report(warehouse_url, "--date", "2022-13-45", folder=tmp_path).returncode == 2
    done = report(warehouse_url, "--zone", "Mars/Base", folder=tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (5, 1)
    assert list(tmp_path.iterdir()) == []
