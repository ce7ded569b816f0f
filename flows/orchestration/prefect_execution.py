"""Units of work as Prefect tasks: named, tagged, retried by the type of the failure."""

from collections.abc import Callable
from typing import Any, TypeVar

from prefect import State, Task, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import TaskRun

from flows.orchestration.execution import RETRY_DELAYS_SECONDS
from transforms.failures import TransientError

Answer = TypeVar("Answer")


class PrefectExecution:
    """Runs each unit as a task run of the stage's task. To be used inside a flow run.

    The function is handed over inside a closure: Prefect searches every parameter for futures, which would
    walk through whole batches.
    """


    def do(self, stage: str, name: str, function: Callable[[], Answer]) -> Answer:
        """See `flows.orchestration.execution.Execution.do`."""

        def unit() -> Answer:
            return function()

        # No tags: Prefect asks for a concurrency slot per tag of a task, which costs up to two seconds each on SQLite.
        runner = task(
            name=stage,
            task_run_name=name,
            retries=len(RETRY_DELAYS_SECONDS),
            retry_delay_seconds=list(RETRY_DELAYS_SECONDS),
            retry_condition_fn=_is_transient,
            cache_policy=NO_CACHE,
            persist_result=False,
        )(unit)
        answer: Answer = runner()
        return answer


def _is_transient(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    failure = state.result(raise_on_failure=False)
    return isinstance(failure, TransientError)
