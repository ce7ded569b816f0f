"""`python -m tests.bench.prefect_pages [FOLDER]`: pictures of Prefect's own pages, by default into deploy/pages.

A real server, the deployments after `dateline deploy` (not ready, for no worker is there), and a backfill of
ten windows with its tasks and its report, seen by headless Chromium.
"""

import base64
import os
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from tests.bench.servers import measured_warehouse
from tests.browser import Browser, browser
from tests.flows.archive_folder import write_archive, write_publisher
from tests.flows.prefect_servers import ask, prefect_server

PAGES = Path(__file__).resolve().parents[2] / "deploy" / "pages"
DRAWN_SECONDS = 6.0


def main(folder: Path) -> None:
    """Draw the deployments, the run and its report."""
    with tempfile.TemporaryDirectory() as given, measured_warehouse() as engine, prefect_server(Path(given) / "prefect") as api:
        home = Path(given)
        environment = os.environ | {
            "PREFECT_API_URL": api, "PREFECT_HOME": str(home / "prefect"), "PREFECT_LOGGING_LEVEL": "INFO",
            "DATELINE_WAREHOUSE_URL": engine.url.set(drivername="postgresql").render_as_string(hide_password=False),
            "DATELINE_PUBLISHERS": str(write_publisher(home / "publishers")),
        }
        archive = write_archive(home / "archive", date(2023, 3, 20), 10, 60)
        backfill = ["backfill", "--publisher", "quay", "--since", "2023-03-20", "--until", "2023-03-30", "--from", str(archive), "--rules-only"]
        for words in (["deploy"], backfill):
            subprocess.run([sys.executable, "-m", "flows.cli", *words], env=environment, check=True)
        run = next(one for one in ask(api, "flow_runs") if one["name"].startswith("quay"))
        report = next(one for one in ask(api, "artifacts") if one["key"] == "dateline-backfill-report")
        pages = api.removesuffix("/api")
        with browser() as seen:
            _draw(seen, f"{pages}/deployments", folder / "prefect-deployments.png")
            _draw(seen, f"{pages}/runs/flow-run/{run['id']}", folder / "prefect-backfill-run.png")
            _draw(seen, f"{pages}/artifacts/artifact/{report['id']}", folder / "prefect-backfill-report.png")


def _draw(seen: Browser, url: str, file: Path) -> None:
    page = seen.open(url)
    page.show(width=1400, scheme="dark")
    page.settle(DRAWN_SECONDS)
    # Not by `screenshot`: the whole length of a page whose ground moves is never drawn to its end.
    file.write_bytes(base64.b64decode(seen.call("Page.captureScreenshot", page)["data"]))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else PAGES)
