"""A worker's name tells whether its process is gone, and never says so of somebody else's."""

import os
import socket
import subprocess
import sys

from flows.processes.worker_names import is_dead_here, worker_name

TELL = "from flows.processes.worker_names import worker_name; print(worker_name())"


def test_a_living_process_is_not_dead():
    assert worker_name().startswith(f"{socket.gethostname()}:{os.getpid()}:")
    assert not is_dead_here(worker_name())


def test_a_process_that_ended_is_dead():
    ended = subprocess.run([sys.executable, "-c", TELL], capture_output=True, text=True, check=True).stdout.strip()
    assert is_dead_here(ended)


def test_a_later_process_of_the_same_number_is_another():
    start = worker_name().rpartition(":")[2]
    namespace, _, tick = start.partition(".")
    assert is_dead_here(f"{socket.gethostname()}:{os.getpid()}:{namespace}.{int(tick) - 1}")


def test_of_other_machines_and_containers_nothing_is_known():
    assert not is_dead_here("elsewhere:1:4026531836.5")
    assert not is_dead_here(f"{socket.gethostname()}:999999999:1.5")
    assert not is_dead_here("test")
