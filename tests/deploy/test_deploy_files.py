"""The files under deploy/ say what is so: they load, agree with the code and name what exists."""

import ast
import configparser
import re
from pathlib import Path

import click
import pytest
import yaml

from flows.cli import cli
from flows.orchestration.deployments import DEPLOYMENTS, POOL, QUEUES
from flows.orchestration.prefect_settings import DEFAULTS, PATIENCE
from warehouse.tables import metadata

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
KINDS = {".yaml", ".md", ".sql", ".service", ".timer", ".example", "", ".dockerignore"}
FILES = sorted(
    path for path in DEPLOY.rglob("*")
    if path.is_file() and path.suffix in KINDS and "lock" not in path.relative_to(DEPLOY).parts
)
TEXTS = {str(path.relative_to(DEPLOY)): path.read_text(encoding="utf-8") for path in FILES}
COMPOSE = yaml.safe_load(TEXTS["compose.yaml"])
UNITS = [name for name in TEXTS if name.startswith("systemd/")]


def test_every_yaml_file_loads():
    for name, text in TEXTS.items():
        if name.endswith(".yaml"):
            assert yaml.safe_load(text), name


def test_every_setting_that_the_code_reads_is_explained():
    code = "\n".join(path.read_text("utf-8") for package in ("flows", "warehouse", "transforms") for path in (DEPLOY.parent / package).rglob("*.py"))
    of_tests = {"DATELINE_CRASH_POINT", "DATELINE_ENVIRONMENT", "DATELINE_OPEN_LOOPBACK"}
    explained = set(re.findall(r"DATELINE_[A-Z_]+", TEXTS["README.md"].partition("## Settings")[2].partition("\n## ")[0]))
    assert set(re.findall(r"DATELINE_[A-Z_]+", code)) - of_tests == explained


class TestPrefectYaml:
    """deploy/prefect.yaml is flows/orchestration/deployments.py in Prefect's own words."""

    @pytest.fixture(scope="class")
    @staticmethod
    def project():
        from prefect.cli.deploy._models import PrefectYamlModel

        return PrefectYamlModel.model_validate(yaml.safe_load(TEXTS["prefect.yaml"]))

    def test_it_passes_prefects_own_models(self, project):
        assert [deployment.name for deployment in project.deployments] == ["scheduled", "reap", "backfill", "replay", "report"]

    def test_it_agrees_with_the_code(self, project):
        for written, known in zip(project.deployments, DEPLOYMENTS, strict=True):
            assert written.name == known.name
            assert written.entrypoint == known.entrypoint
            assert written.description == known.description
            assert tuple(written.tags) == known.tags
            assert (written.work_pool.name, written.work_pool.work_queue_name) == (POOL, known.queue)
            assert written.work_pool.job_variables == {"env": PATIENCE}
            limit = written.concurrency_limit
            assert (limit is not None and limit.limit == 1) == known.is_single
            assert [
                (one.slug, one.cron, one.timezone, one.active, one.parameters) for one in written.schedules
            ] == [(one.slug, one.cron, one.time_zone, one.is_active, one.parameters) for one in known.schedules]

    def test_each_schedule_has_slug_zone_and_says_whether_it_is_active(self):
        for deployment in yaml.safe_load(TEXTS["prefect.yaml"])["deployments"]:
            for schedule in deployment["schedules"]:
                assert {"slug", "timezone", "active"} <= set(schedule)

    def test_each_entry_point_is_a_function_of_its_module(self):
        for deployment in DEPLOYMENTS:
            module, function = deployment.entrypoint.rsplit(".", 1)
            tree = ast.parse((DEPLOY.parent / (module.replace(".", "/") + ".py")).read_text(encoding="utf-8"))
            assert function in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}

    def test_scheduled_runs_go_before_backfills(self):
        assert QUEUES["scheduled"] < QUEUES["backfill"]


def test_the_automations_pass_prefects_own_model():
    from prefect.events.schemas.automations import AutomationCore

    for automation in yaml.safe_load(TEXTS["automations.yaml"])["automations"]:
        AutomationCore.model_validate(automation)


def test_every_prefect_variable_named_is_one_that_prefect_knows():
    from prefect.settings import Settings
    from prefect.settings.legacy import _get_settings_fields

    known = set(_get_settings_fields(Settings))
    for name, text in TEXTS.items():
        # PREFECT_REDIS_... belongs to prefect-redis, which Prefect's image brings; the others are our own, in compose.
        for variable in set(re.findall(r"\bPREFECT_[A-Z_]+[A-Z]\b", text)):
            if not variable.startswith(("PREFECT_REDIS_", "PREFECT_DATABASE_PASSWORD", "PREFECT_AUTH_STRING")):
                assert variable in known, f"{name}: {variable}"
    assert set(DEFAULTS) - {"DO_NOT_TRACK"} <= known


class TestCompose:
    def test_every_port_is_bound_to_this_machine(self):
        ports = [port for service in COMPOSE["services"].values() for port in service.get("ports", ())]
        assert ports
        assert all(port.startswith("127.0.0.1:") for port in ports)

    def test_every_service_that_stays_up_is_asked_for_its_health(self):
        for name, service in COMPOSE["services"].items():
            if service["restart"] != "no":
                assert "healthcheck" in service, name

    def test_what_a_service_waits_for_exists_and_can_be_healthy(self):
        for service in COMPOSE["services"].values():
            for other, wish in service.get("depends_on", {}).items():
                if wish["condition"] == "service_healthy":
                    assert "healthcheck" in COMPOSE["services"][other]
                else:
                    assert COMPOSE["services"][other]["restart"] == "no"

    def test_no_secret_stands_in_it_and_each_is_in_the_example(self):
        example = set(re.findall(r"^([A-Z_]+)=", TEXTS["compose.env.example"], re.MULTILINE))
        asked = set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", TEXTS["compose.yaml"]))
        assert asked == example
        for line in TEXTS["compose.yaml"].splitlines():
            if re.search(r"PASSWORD: |AUTH_STRING: ", line):
                assert "${" in line

    def test_volumes_named_are_declared(self):
        used = {
            volume.split(":")[0] for service in COMPOSE["services"].values() for volume in service.get("volumes", ())
        }
        assert used == set(COMPOSE["volumes"])


class TestDockerfile:
    def test_it_does_not_run_as_root(self):
        users = re.findall(r"^USER (\S+)", TEXTS["Dockerfile"], re.MULTILINE)
        assert users and users[-1] == "10001:10001"

    def test_it_installs_by_hash_and_copies_what_exists(self):
        assert "--require-hashes" in TEXTS["Dockerfile"]
        for line in re.findall(r"^COPY (?!--from)(.+)$", TEXTS["Dockerfile"], re.MULTILINE):
            for source in line.split()[:-1]:
                assert (DEPLOY.parent / source).exists(), source


@pytest.mark.parametrize("name", UNITS)
def test_units_are_well_formed(name):
    # systemd allows a key twice, configparser does not: none here needs it.
    unit = configparser.ConfigParser(interpolation=None, strict=True)
    unit.optionxform = str
    unit.read_string(TEXTS[name])

    assert unit["Unit"]["Description"]
    if name.endswith(".timer"):
        assert unit["Timer"]["OnCalendar"]
        assert TEXTS.get(name.replace(".timer", ".service"))
    else:
        assert unit["Service"]["User"] == "dateline"
        assert unit["Service"]["ExecStart"]


def test_every_dateline_command_named_exists_with_its_options():
    """`dateline status --metrics` in a unit, a container or an instruction is what the program understands."""
    named = {
        tuple(found.split())
        for text in TEXTS.values()
        for found in re.findall(r"(?:bin/dateline|`dateline|^dateline|=dateline) ((?:[a-z]+)(?: --?[a-z-]+| [a-z%]+)*)", text, re.MULTILINE)
    }
    named |= {tuple(map(str, service["command"])) for service in COMPOSE["services"].values() if service.get("image", "").startswith("dateline:") and "entrypoint" not in service}
    assert ("run", "--no-prefect") in named
    context = click.Context(cli)
    for name, *words in named:
        command = cli.get_command(context, name)
        assert command is not None, name
        known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
        for word in words:
            if word.startswith("--"):
                assert word in known, f"dateline {name} {word}"


def test_the_paper_on_citus_speaks_of_every_table_and_of_keys_that_exist():
    known = {f"{table.schema}.{table.name}": table for table in metadata.sorted_tables}
    named = set(re.findall(r"\b(?:core|raw|ops)\.[a-z_]+", TEXTS["citus.md"]))
    assert named == known.keys()
    for table, column in (("core.articles", "article_id"), ("core.article_versions", "article_id"), ("core.cluster_members", "article_id"),
                          ("raw.captures", "capture_id"), ("ops.rejections", "capture_id"), ("raw.contents", "content_sha256"),
                          ("raw.feed_items", "feed_id")):
        assert column in known[table].c


def test_the_deployments_are_values_that_prefect_takes():
    from flows.orchestration.prefect_deployments import runner_deployments

    for known, made in zip(DEPLOYMENTS, runner_deployments(), strict=True):
        assert (made.name, made.entrypoint) == (known.name, known.entrypoint)
        assert made.concurrency_limit == (1 if known.is_single else None)
        assert [(one.slug, one.active, one.schedule.cron) for one in made.schedules] == [
            (one.slug, one.is_active, one.cron) for one in known.schedules
        ]
        assert made._parameter_openapi_schema.properties.keys() >= {key for one in known.schedules for key in one.parameters}
