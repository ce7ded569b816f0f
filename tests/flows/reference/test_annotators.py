"""Annotators of other packages: found by entry point, heard in the place of the packaged tagger, failing alone."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from flows.annotate_articles import AnnotateArticles
from flows.capture_documents import capture_documents
from flows.main_job import stages_for
from flows.processes.pools import InlinePool
from flows.reference.annotation import load_annotation_reference
from flows.reference.annotators import configured_annotator, model_name
from flows.stages import Worker, run_batch
from transforms.annotations.annotators import AnnotatorTagger
from transforms.annotations.tokens import tokenise
from transforms.documents import Document
from transforms.failures import ConfigurationError, PermanentError
from transforms.publishers import Publisher
from warehouse.ops import runs

# What anybody's package may look like: it imports nothing of Dateline.
MODULE = '''
class Gull:
    """Takes the word "Zorvath" for a person, and dies of storms."""

    def find_names(self, text):
        if "storm" in text:
            raise RuntimeError("out of memory on the accelerator")
        at = text.find("Zorvath")
        return [(at, at + 7, "PER", 0.9)] if at >= 0 else []


def broken():
    raise OSError("no weights under /models")


class Dumb:
    pass
'''
ENTRY_POINTS = """[dateline.annotators]
gull = gull_names:Gull
broken = gull_names:broken
dumb = gull_names:Dumb
gone = gull_nowhere:Gull
"""
NOW = datetime(2024, 5, 1, tzinfo=UTC)
PUBLISHERS = {"quay": Publisher(code="quay", name="The Quay")}
BODY = "The harbour master said on Monday that zorvath is a wind. An aide to Zorvath said that nothing of it was true."


@pytest.fixture(autouse=True)
def gull(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A distribution as an installer leaves it: a module, and its metadata beside it."""
    (tmp_path / "gull_names.py").write_text(MODULE)
    info = tmp_path / "gull_names-2.1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: gull-names\nVersion: 2.1\n")
    (info / "entry_points.txt").write_text(ENTRY_POINTS)
    monkeypatch.syspath_prepend(tmp_path)
    yield
    sys.modules.pop("gull_names", None)


@pytest.fixture
def reloaded() -> Iterator[None]:
    """The references of this process are loaded anew, and again by whoever comes after."""
    load_annotation_reference.cache_clear()
    yield
    load_annotation_reference.cache_clear()


def test_without_a_word_the_packaged_tagger_answers() -> None:
    assert configured_annotator({}) is None
    assert model_name("names-en") == "names-en"


def test_a_name_leads_to_the_installed_annotator_and_its_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_ANNOTATOR", "gull")
    assert model_name("names-en") == "gull-2.1+names-en"
    found = configured_annotator()
    assert found is not None
    tokens = tokenise(BODY)
    [span] = AnnotatorTagger(found.load(), found.name).tag(tokens)
    assert (tokens.surface(span.first, span.last), span.label) == ("Zorvath", "PER")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("heron", "names 0 annotators. Installed: broken, dumb, gone, gull"),
        ("broken", "cannot be loaded: OSError: no weights"),
        ("gone", "cannot be loaded: ModuleNotFoundError"),
        ("dumb", "has no method find_names"),
    ],
)
def test_one_that_cannot_be_had_stops_before_any_work(name: str, message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        found = configured_annotator({"DATELINE_ANNOTATOR": name})
        assert found is not None
        found.load()


@pytest.mark.parametrize("answer", [(0, 0, "PER", 0.5), (-1, 3, "PER", 0.5), (0, 900, "PER", 0.5), (0, 3, "NOUN", 0.5), (0, 3, "PER", 7)])
def test_what_is_no_span_fails_the_text_by_name(answer: tuple[int, int, str, float]) -> None:
    class Liar:
        def find_names(self, text: str) -> list[tuple[int, int, str, float]]:
            return [answer]

    with pytest.raises(PermanentError, match="Annotator liar failed: ValueError"):
        AnnotatorTagger(Liar(), "liar").tag(tokenise(BODY))


@pytest.mark.usefixtures("reloaded")
def test_one_article_fails_alone_and_is_seen(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_ANNOTATOR", "gull")
    extract, *_ = stages_for(PUBLISHERS)
    with engine.begin() as connection:
        run_id = runs.start_run(connection, "test", worker="test", code_version="0")
    bodies = [BODY, f"{BODY} A storm came in the night and went.", f"{BODY} The night was calm for all that was feared."]
    documents = [Document(id=str(number), content=body.encode(), publisher_code="quay", fetched_at=NOW) for number, body in enumerate(bodies)]
    capture_documents(engine, run_id, documents, PUBLISHERS, stage_version=extract.version)
    worker = Worker(name="test", pool=InlinePool())
    run_batch(engine, extract, run_id, worker)
    counts = run_batch(engine, AnnotateArticles(), run_id, worker).counts
    assert (counts["annotated"], counts["quarantined"]) == (2, 1)
    with engine.connect() as connection:
        [(stage, detail)] = connection.execute(text("SELECT stage, detail FROM ops.quarantine")).all()
        assert (stage, detail) == ("annotate", "Annotator gull-2.1 failed: RuntimeError: out of memory on the accelerator")
        found = connection.execute(text("SELECT DISTINCT annotator, annotator_version FROM core.mentions WHERE surface = 'Zorvath'")).all()
        assert [tuple(row) for row in found] == [("gull-2.1", AnnotateArticles().version)]
