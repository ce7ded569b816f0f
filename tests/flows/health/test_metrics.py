"""What Prometheus reads, it can read; and the alert rules name what is there."""

import re
import threading
import urllib.request
from pathlib import Path
from urllib.error import HTTPError

import pytest
from prometheus_client.parser import text_string_to_metric_families

from flows.health.metrics import render_metrics
from flows.health.metrics_server import make_server
from transforms.failures import ConfigurationError
from transforms.publishers import Publisher
from warehouse.core.publishers import load_publishers
from warehouse.ops.health import measure

RULES = Path(__file__).resolve().parents[3] / "deploy" / "prometheus" / "alerts.yaml"


def test_the_text_is_what_prometheus_parses(connection):
    load_publishers(connection, [Publisher(code="meridian", name="Meridian", is_active=True)])
    families = {family.name: family for family in text_string_to_metric_families(render_metrics(measure(connection)))}

    (sample,) = families["dateline_publisher_silent"].samples
    assert (sample.labels, sample.value) == ({"publisher": "meridian"}, 0.0)
    assert all(family.documentation for family in families.values())


def test_the_alert_rules_name_metrics_that_exist(connection):
    there = set(re.findall(r"^# TYPE (\S+)", render_metrics(measure(connection)), re.MULTILINE))
    named = set(re.findall(r"\bdateline_[a-z_]+", RULES.read_text(encoding="utf-8")))
    assert named
    assert named <= there


def test_they_are_served_over_http(engine):
    with make_server(engine, "127.0.0.1:0") as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        with urllib.request.urlopen(f"{address}/metrics") as answer:
            assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
            assert b"dateline_database_bytes" in answer.read()
        with pytest.raises(HTTPError, match="404"):
            urllib.request.urlopen(f"{address}/")
        server.shutdown()


def test_an_address_that_cannot_be_bound_is_told(engine):
    with pytest.raises(ConfigurationError, match="write HOST:PORT"):
        make_server(engine, "9464")
    with pytest.raises(ConfigurationError, match="choose another"):
        make_server(engine, "192.0.2.1:9464")
