"""One bad input costs one input: it raises, hangs, or takes its process down."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from flows.processes.pools import InlinePool, ProcessPool, TooSlow, WorkerDied, make_pool
from transforms.failures import TransientError

DEATH = "__import__('os').kill(__import__('os').getpid(), 9)"
GOOD = {number: f"{number} * {number}" for number in range(20)}


@pytest.fixture(scope="module")
def pool():
    with ProcessPool(2) as started:
        yield started


@pytest.mark.parametrize("kind", ["inline", "processes"])
def test_results_come_by_key_and_what_raises_is_told_apart(pool, kind):
    computed = (pool if kind == "processes" else InlinePool()).each(eval, GOOD | {"bad": "1 / 0"})

    assert dict(computed.results) == {number: number * number for number in range(20)}
    assert list(computed.results) == list(GOOD)
    assert isinstance(computed.failures["bad"], ZeroDivisionError)


def test_an_input_that_kills_its_process_is_found_and_the_others_are_done(pool):
    computed = pool.each(eval, {"first": DEATH} | GOOD | {"last": DEATH})

    assert len(computed.results) == 20
    assert {key: type(failure) for key, failure in computed.failures.items()} == {"first": WorkerDied, "last": WorkerDied}


def test_an_input_that_never_ends_is_cut_off_and_the_others_are_done():
    # Enough for a good input on a slow machine.
    with ProcessPool(2, patience_seconds=3) as pool:
        computed = pool.each(eval, {"endless": "__import__('time').sleep(3600)"} | GOOD)
        assert len(computed.results) == 20
        assert isinstance(computed.failures["endless"], TooSlow)
        assert pool.each(eval, GOOD).failures == {}, "it works on after that"


def be_slow_to_start():
    time.sleep(2.5)


def die_at_start():
    os._exit(1)


def test_a_slow_start_is_no_inputs_fault():
    with ProcessPool(1, prepare=be_slow_to_start, patience_seconds=2) as slow:
        assert slow.each(eval, {0: "6 * 7"}).results == {0: 42}


def test_where_no_process_comes_up_no_input_is_to_blame():
    with pytest.raises(TransientError, match="No process came up"), ProcessPool(1, prepare=die_at_start) as dead:
        dead.each(eval, {0: "6 * 7"})


def test_processes_end_when_their_parent_is_killed():
    program = (
        "from flows.processes.pools import ProcessPool\n"
        "import os, time\n"
        "if __name__ == '__main__':\n"
        "    pool = ProcessPool(1)\n"
        "    print(pool.each(eval, {0: \"__import__('os').getpid()\"}).results[0], flush=True)\n"
        "    time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as parent:
        child = int(parent.stdout.readline())
        parent.kill()

    deadline = time.monotonic() + 600
    while time.monotonic() < deadline and is_alive(child):
        time.sleep(0.05)
    assert not is_alive(child)


def is_alive(process_id: int) -> bool:
    try:
        stat = Path(f"/proc/{process_id}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    # A dead child that nobody has waited for yet is a zombie.
    return stat.rsplit(")", 1)[1].split()[0] not in "ZX"


def test_no_processes_means_within_this_one():
    with make_pool(0) as inline:
        assert inline.each(eval, {0: "__import__('os').getpid()"}).results == {0: os.getpid()}


def test_ctrl_c_is_the_parents_business(pool):
    assert pool.each(eval, {0: "__import__('signal').getsignal(2)"}).results[0] == signal.SIG_IGN
