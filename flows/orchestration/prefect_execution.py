"""Units of work as Prefect tasks: named, and retried by the type of the failure."""

from collections.abc import Callable
from typing import Any, TypeVar

from prefect import State, Task, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import TaskRun
from prefect.context import TagsContext

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

        runner = task(
            name=stage,
            task_run_name=name,
            retries=len(RETRY_DELAYS_SECONDS),
            retry_delay_seconds=list(RETRY_DELAYS_SECONDS),
            retry_condition_fn=_is_transient,
            cache_policy=NO_CACHE,
            persist_result=False,
        )(unit)
        # Not the flow's tags either: for a task with tags Prefect asks the server for concurrency slots, and waits for
        # the answer, which takes seconds while the server writes down what it was told before.
        with TagsContext(current_tags=set()):
            answer: Answer = runner()
        return answer


def _is_transient(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    failure = state.result(raise_on_failure=False)
    return isinstance(failure, TransientError)
