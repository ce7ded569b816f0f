"""Crash points do nothing unless the environment arms one, and then exactly what it says."""

import os
import signal
import subprocess
import sys

import pytest

from warehouse.crash_points import POINTS, VARIABLE

PASS_ALL = "from warehouse.crash_points import POINTS, crash_point\nfor _ in range(2):\n for p in POINTS: crash_point(p)"


def run(setting: str | None) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != VARIABLE}
    if setting is not None:
        environment[VARIABLE] = setting
    return subprocess.run([sys.executable, "-c", PASS_ALL], env=environment, capture_output=True, text=True, check=False)


def test_unarmed_points_do_nothing():
    assert run(None).returncode == 0


@pytest.mark.parametrize(("how", "code"), [("kill", -signal.SIGKILL), ("term", -signal.SIGTERM), ("raise", 1)])
def test_an_armed_point_ends_the_process_as_asked(how, code):
    assert run(f"claimed:{how}").returncode == code


def test_a_point_can_wait_for_a_later_passing():
    assert run("claimed:kill:2").returncode == -signal.SIGKILL
    assert run("claimed:kill:3").returncode == 0


@pytest.mark.parametrize("setting", ["nowhere:kill", "claimed:gently", "claimed:kill:often"])
def test_a_wrong_setting_is_refused_with_the_names_that_exist(setting):
    answer = run(setting)
    assert answer.returncode == 1
    assert f"{VARIABLE}={setting}: write NAME:kill" in answer.stderr
    assert all(point in answer.stderr for point in POINTS)
