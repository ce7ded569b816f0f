"""Sessions are in UTC, and whatever is wrong with a URL is said in one sentence."""

import re
import socket
import threading

import psycopg
import pytest
from sqlalchemy import Engine, text

from transforms.failures import ConfigurationError, TransientError
from warehouse.addresses import parse_url
from warehouse.engine import open_warehouse


def test_a_session_is_in_utc_and_bears_our_name(warehouse_url: str) -> None:
    with open_warehouse(warehouse_url, application="dateline test") as engine, engine.connect() as connection:
        shown = [connection.scalar(text(f"SHOW {name}")) for name in ("timezone", "application_name", "lock_timeout")]
        assert shown == ["UTC", "dateline test", "1min"]


def test_both_ends_are_told_when_to_take_the_other_for_gone(warehouse_url: str) -> None:
    with open_warehouse(f"{warehouse_url}&keepalives_count=3") as engine, engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        sent = driver.info.get_parameters()
    assert (sent["keepalives_idle"], sent["keepalives_count"]) == ("60", "3"), "what the URL says goes before"
    assert "-c tcp_keepalives_idle=60" in sent["options"]


def test_the_environment_names_the_warehouse(warehouse_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_WAREHOUSE_URL", warehouse_url)
    with open_warehouse() as engine:
        assert engine.url.database == parse_url(warehouse_url).database


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("not a url", "is not a URL"),
        ("postgresql://host:port/x", "is not a URL"),
        ("mysql://secret:secret@host/x", "names 'mysql'"),
        ("postgresql://user:secret@no-such-host.invalid/x", "no host 'no-such-host.invalid'"),
        ("postgresql:///x?host=/nowhere&colour=blue", "has a part that PostgreSQL does not know"),
    ],
)
def test_a_wrong_url_is_a_matter_of_configuration(url: str, sentence: str) -> None:
    with pytest.raises(ConfigurationError, match=re.escape(sentence)) as caught, open_warehouse(url):
        pass
    assert "secret" not in str(caught.value)


def test_a_missing_database_or_role_is_named(engine: Engine) -> None:
    base = engine.url.set(drivername="postgresql")
    for url in (base.set(database="missing"), base.set(username="missing")):
        with pytest.raises(ConfigurationError, match="does not exist"), open_warehouse(url.render_as_string()):
            pass


def test_a_server_that_is_down_may_be_up_later() -> None:
    with pytest.raises(TransientError, match="at /nowhere/x does not answer"), open_warehouse(
        "postgresql:///x?host=/nowhere"
    ):
        pass


def test_a_port_that_something_else_uses_is_no_warehouse() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            conversation, _ = listener.accept()
            with conversation:
                conversation.recv(100)
                conversation.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        threading.Thread(target=answer, daemon=True).start()
        port = listener.getsockname()[1]
        with pytest.raises(TransientError, match="does not answer"), open_warehouse(
            f"postgresql://u@127.0.0.1:{port}/x?sslmode=disable"
        ):
            pass


def test_a_server_that_goes_away_while_it_is_used_is_told_in_a_sentence(warehouse_url: str) -> None:
    gone = pytest.raises(TransientError, match="went away: nothing half done was loaded")
    with gone, open_warehouse(warehouse_url) as engine, engine.begin() as connection:
        connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
