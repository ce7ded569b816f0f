"""`dateline report` as a Prefect flow: every morning the brief of the day before, as a file and an artifact."""

from datetime import date
from pathlib import Path
from typing import Any

from prefect import flow
from prefect.artifacts import create_markdown_artifact

from flows.brief import ZONE, default_day, make_page, read_zone, write_page
from flows.orchestration.flow_warehouse import flow_warehouse
from flows.orchestration.prefect_artifacts import shown
from transforms.failures import ConfigurationError
from warehouse.embedded.folder import state_folder


@flow(name="dateline-report", flow_run_name="report", persist_result=False)
def report(day: str | None = None, zone: str = ZONE, folder: str | None = None) -> dict[str, Any]:
    """Write the brief of `day` (YYYY-MM-DD; None: yesterday in `zone`) to `folder`, by default `briefs` in Dateline's own.

    The artifact says where the page is; what publishers wrote stands in the page alone.
    """
    known = read_zone(zone)
    try:
        chosen = date.fromisoformat(day) if day else default_day(known)
    except ValueError:
        raise ConfigurationError(f"{day!r} is no day: it must look like 2024-05-31.") from None
    target = Path(folder) if folder else state_folder() / "briefs"
    target.mkdir(parents=True, exist_ok=True)
    with flow_warehouse("report") as engine:
        made = make_page(engine, chosen, known)
    file = target / f"brief-{chosen}.html"
    write_page(made.html, file)
    with shown():
        create_markdown_artifact(
            key="dateline-brief", markdown=f"# The brief of {chosen}\n\n{made.summary}\n\nThe page: `{file}`",
            description="The brief of a day.",
        )  # fmt: skip
    return {"day": str(chosen), "file": str(file), "summary": made.summary}
