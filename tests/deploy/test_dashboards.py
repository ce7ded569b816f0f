"""Every query of the dashboards and of the notebook answers an analyst."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import Connection, Engine

from tests.conftest import fresh_engine
from tests.flows.loaded_samples import load_samples
from tests.warehouse.test_mart import as_analyst
from warehouse.embedded.server import EmbeddedServer

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
DASHBOARDS = {file.stem: json.loads(file.read_text("utf-8")) for file in sorted((DEPLOY / "grafana" / "dashboards").glob("*.json"))}
PANELS = [(name, panel) for name, dashboard in DASHBOARDS.items() for panel in dashboard["panels"]]
NOTEBOOK = json.loads((DEPLOY / "notebook" / "first_look.ipynb").read_text("utf-8"))


@pytest.fixture(scope="module")
def samples(server: EmbeddedServer) -> Iterator[Engine]:
    """A warehouse with the sample dispatches."""
    with fresh_engine(server) as engine:
        load_samples(engine)
        yield engine


@pytest.fixture(scope="module")
def analyst(samples: Engine) -> Iterator[Connection]:
    """An analyst's connection to it."""
    with as_analyst(samples) as connection:
        yield connection


def filled(query: str) -> str:
    """A query as Grafana sends it: macros and variables replaced. All samples lie in the time that is asked for."""
    known = {
        "$__timeFrom()": "'2020-01-01T00:00:00Z'", "$__timeTo()": "'2030-01-01T00:00:00Z'",
        "${publisher:sqlstring}": "'kazinform','quay'",
    }  # fmt: skip
    for name, value in known.items():
        query = query.replace(name, value)
    assert "$" not in query
    return query


@pytest.mark.parametrize(("dashboard", "panel"), PANELS, ids=[f"{name} {panel['id']}" for name, panel in PANELS])
def test_every_panel_answers(analyst: Connection, dashboard: str, panel: dict[str, Any]) -> None:
    [target] = panel["targets"]
    result = analyst.exec_driver_sql(filled(target["rawSql"]), execution_options={"no_parameters": True})
    names = list(result.keys())
    rows = result.all()
    if target["format"] == "time_series":
        assert names[0] == "time"
    if panel["type"] == "stat":
        assert len(rows) == 1
    if dashboard == "news" and panel["title"] in {"Articles", "Articles by publisher", "Who was in the news"}:
        assert rows and rows[0][-1]


@pytest.mark.parametrize("name", DASHBOARDS)
def test_a_dashboard_is_whole(analyst: Connection, name: str) -> None:
    dashboard = DASHBOARDS[name]
    [source] = yaml.safe_load((DEPLOY / "grafana/provisioning/datasources/dateline.yaml").read_text())["datasources"]
    assert source["user"] == "dateline_analyst"
    assert dashboard["uid"] == f"dateline-{name}"
    assert len({panel["id"] for panel in dashboard["panels"]}) == len(dashboard["panels"])
    used = set(re.findall(r"\$\{(\w+)", json.dumps(dashboard["panels"])))
    assert used == {variable["name"] for variable in dashboard["templating"]["list"]}
    for variable in dashboard["templating"]["list"]:
        assert analyst.exec_driver_sql(variable["query"]).all()
    taken = set()
    for panel in dashboard["panels"]:
        assert panel["datasource"] == {"type": source["type"], "uid": source["uid"]}
        place = panel["gridPos"]
        cells = {(x, y) for x in range(place["x"], place["x"] + place["w"]) for y in range(place["y"], place["y"] + place["h"])}
        assert max(x for x, _ in cells) < 24 and not cells & taken
        taken |= cells


class TestNotebook:
    """deploy/notebook/first_look.ipynb."""

    def test_it_is_a_notebook_that_has_not_been_run(self) -> None:
        assert (NOTEBOOK["nbformat"], NOTEBOOK["nbformat_minor"]) == (4, 5)
        ids = [cell["id"] for cell in NOTEBOOK["cells"]]
        assert len(set(ids)) == len(ids) and all(re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", one) for one in ids)
        for cell in NOTEBOOK["cells"]:
            if cell["cell_type"] == "code":
                assert (cell["outputs"], cell["execution_count"]) == ([], None)

    def test_every_cell_answers_an_analyst(self, samples: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
        url = samples.url.set(drivername="postgresql", username="dateline_analyst").render_as_string()
        monkeypatch.setitem(os.environ, "DATELINE_WAREHOUSE_URL", url)
        names: dict[str, Any] = {}
        answers = {}
        for cell in NOTEBOOK["cells"]:
            source = "".join(cell["source"])
            if cell["cell_type"] == "code":
                is_question = source.startswith("ask(")
                exec(f"answer = {source}" if is_question else source, names)
                if is_question:
                    answers[cell["id"]] = names["answer"]
        names["engine"].dispose()
        assert [name for name, rows in answers.items() if not rows] == []
        assert all("<table>" in rows._repr_html_() for rows in answers.values())
