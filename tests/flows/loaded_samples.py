"""The sample dispatches in a warehouse, for tests of what is made of them."""

from sqlalchemy import Engine

from flows.documents.samples import Samples
from flows.main_job import samples_source, stages_for
from flows.orchestration.execution import PlainExecution
from flows.pipeline import run_pipeline
from flows.processes.pools import InlinePool
from flows.stages import Worker


def load_samples(engine: Engine) -> None:
    """Load the sample dispatches by the main job, without the language model."""
    samples = Samples()
    stages = stages_for(samples.publishers, use_model=False)
    run_pipeline(
        engine, kind="samples", sources=[samples_source(engine, samples, stage_version=stages[0].version)],
        stages=stages, execution=PlainExecution(), worker=Worker(name="test", pool=InlinePool()),
    )  # fmt: skip
