"""The embedded server: shared by processes, stopped by the last one out, even where that one was killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from transforms.failures import ConfigurationError
from warehouse.embedded.folder import SOCKET_NAME, SOCKET_PATH_LIMIT, Folder, own_folder
from warehouse.embedded.programs import account, find_programs
from warehouse.embedded.server import EmbeddedServer, find_server

USE = """
import sys, time
from pathlib import Path
from warehouse.embedded.server import embedded_server
with embedded_server(Path(sys.argv[1]), fsync="off") as server:
    print(server.url, flush=True)
    sys.stdin.readline()
"""


def user(home: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", USE, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def says(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def leave(process: subprocess.Popen[str]) -> None:
    process.communicate("\n", timeout=600)
    assert process.returncode == 0


def becomes(condition: Callable[[], bool], seconds: float = 600) -> bool:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    return condition()


@pytest.fixture
def cold_server(dateline_home: Path) -> EmbeddedServer:
    """A server that was never started, in a folder of this test's own."""
    return find_server(dateline_home, fsync="off")


def test_processes_share_one_server_and_the_last_one_out_stops_it(cold_server: EmbeddedServer) -> None:
    first, second = user(cold_server.folder.home), user(cold_server.folder.home)
    assert says(first) == says(second) == cold_server.url
    leave(first)
    with psycopg.connect(cold_server.url) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert connection.execute("SHOW timezone").fetchone() == ("UTC",)
    leave(second)
    assert not cold_server.is_running()
    assert cold_server.folder.data.stat().st_mode & 0o777 == 0o700


def test_a_killed_user_leaves_no_server_behind_and_a_killed_server_starts_again(cold_server: EmbeddedServer) -> None:
    killed = user(cold_server.folder.home)
    says(killed)
    killed.kill()
    killed.wait()
    assert becomes(lambda: not cold_server.is_running())
    with cold_server.used() as url:
        process_id = cold_server.cluster.process_id()
        assert process_id is not None
        os.kill(process_id, signal.SIGKILL)
        assert becomes(lambda: not cold_server.is_running())
        with cold_server.used(), psycopg.connect(url) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    assert not cold_server.is_running()


def test_a_server_that_is_kept_stays_up_until_it_is_released(cold_server: EmbeddedServer) -> None:
    cold_server.keep()
    assert cold_server.is_running() and cold_server.is_kept()
    with cold_server.used():
        assert not cold_server.release()
    assert not cold_server.is_running(), "the last one out stopped it"
    cold_server.keep()
    assert cold_server.release()


def test_a_left_over_process_file_is_no_server(cold_server: EmbeddedServer) -> None:
    cold_server.folder.data.mkdir()
    for content in (f"{os.getpid()}\n/elsewhere\n", "no number", "999999999\n"):
        (cold_server.folder.data / "postmaster.pid").write_text(content)
        assert not cold_server.is_running()


def test_the_socket_fits_however_deep_the_folder_is(tmp_path: Path) -> None:
    near, far = Folder(home=Path("/srv/dateline")), Folder(home=tmp_path / ("deep" * 30))
    assert near.socket == near.home / "socket"
    assert far.socket != far.home / "socket"
    assert len(str(far.socket / SOCKET_NAME)) <= SOCKET_PATH_LIMIT
    assert Folder(home=far.home).socket == far.socket


def test_a_socket_folder_that_is_no_folder_of_ours_is_refused(tmp_path: Path) -> None:
    (tmp_path / "socket").symlink_to(tmp_path)
    with pytest.raises(ConfigurationError, match="belongs to someone else"):
        own_folder(tmp_path / "socket", None)


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, whom PostgreSQL refuses")
def test_a_socket_folder_that_another_command_is_just_making_is_no_strangers(tmp_path: Path) -> None:
    """Two commands started at once: the second saw the folder made, not yet handed to the account, and gave up."""
    socket, server_account = tmp_path / "socket", account()
    assert server_account
    socket.mkdir(mode=0o700)
    own_folder(socket, server_account)
    assert socket.stat().st_uid == server_account.user_id


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, whom PostgreSQL refuses")
def test_root_is_told_where_the_servers_account_cannot_go(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    with pytest.raises(ConfigurationError, match="cannot enter .*set DATELINE_HOME"):
        Folder(home=tmp_path / "home").prepare(account())
    assert tmp_path.stat().st_mode & 0o777 == 0o700


def test_programs_are_found(dateline_home: Path) -> None:
    answer = find_programs(dateline_home).run("postgres", "--version")
    assert "PostgreSQL) 18." in answer.stdout
