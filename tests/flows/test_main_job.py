"""The main job on the sample dispatches: what an analyst finds, and that doing it again changes nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, text

from flows.documents.samples import Samples
from flows.main_job import reference_source, samples_source, stages_for
from flows.orchestration.execution import PlainExecution
from flows.pipeline import RunReport, run_pipeline
from flows.processes.pools import InlinePool
from flows.stages import Worker
from tests.conftest import fresh_engine
from warehouse.embedded.server import EmbeddedServer

# What differs between two runs on two machines: our clock, and the one kind of id that is random.
OURS = {"run_id", "recorded_at", "superseded_at"}


def run(engine: Engine, batch_size: int = 100) -> RunReport:
    """The main job, with tables and rules alone, without Prefect."""
    samples = Samples()
    stages = stages_for(samples.publishers, use_model=False)
    return run_pipeline(
        engine,
        kind="samples",
        sources=[reference_source(engine, use_model=False), samples_source(engine, samples, stage_version=stages[0].version)],
        stages=stages,
        execution=PlainExecution(),
        worker=Worker(name="test", pool=InlinePool(), batch_size=batch_size),
    )


@pytest.fixture(scope="module")
def loaded(server: EmbeddedServer) -> Iterator[Engine]:
    """A warehouse into which the samples were loaded once, for tests that only read."""
    with fresh_engine(server) as engine:
        report = run(engine)
        assert report.is_published, report.failed_checks
        yield engine


def rows(engine: Engine, query: str) -> list[Any]:
    """The rows of a query."""
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def dump(engine: Engine, columns: str = "row") -> dict[str, list[str]]:
    """Every row of raw and core as text, by table; with `columns="xmin"` the transactions that wrote them."""
    found: dict[str, list[str]] = {}
    with engine.connect() as connection:
        tables = connection.execute(
            text(
                "SELECT c.oid::regclass::text AS name, array_agg(quote_ident(a.attname) ORDER BY a.attnum) AS columns"
                " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
                " WHERE n.nspname IN ('raw', 'core') AND c.relkind = 'r' GROUP BY 1"
            )
        ).all()
        for table in tables:
            kept = ", ".join(name for name in table.columns if name not in OURS)
            wanted = f"ROW({kept})::text" if columns == "row" else "xmin::text"
            found[table.name] = sorted(connection.scalars(text(f"SELECT {wanted} FROM {table.name}")))
    return found


SAMPLE = "SELECT article_id FROM mart.articles WHERE publisher_code = 'kazinform'"


def test_the_sample_dispatch_is_read_right(loaded: Engine) -> None:
    assert rows(
        loaded,
        "SELECT language, dateline_place, dateline_country_code, dateline_agency, published_at::date::text,"
        " published_at_precision, published_at_source, paragraph_count, headline, body LIKE '%date 2022-05-11%'"
        " FROM mart.articles WHERE publisher_code = 'kazinform'",
    ) == [("en", "Ankara", "TUR", "KAZINFORM", "2022-05-11", "day", "crawl_record", 8, None, False)]


@pytest.mark.parametrize(
    ("name", "kind", "country", "office", "field"),
    [
        ("Kassym-Jomart Tokayev", "person", "KAZ", "President of Kazakhstan", "body"),
        ("Recep Tayyip Erdoğan", "person", "TUR", "President of Türkiye", "body"),
        ("Kazakhstan", "country", "KAZ", None, "body"),
        ("Türkiye", "country", "TUR", None, "body"),
        ("High-Level Strategic Cooperation Council", "organization", None, None, "body"),
        ("Eurasia", "region", None, None, "body"),
        ("Ankara", "city", "TUR", None, "dateline"),
        ("Kazinform", "organization", "KAZ", None, "dateline"),
    ],
)
def test_the_sample_dispatch_names_whom_it_names(
    loaded: Engine, name: str, kind: str, country: str | None, office: str | None, field: str
) -> None:
    found = rows(
        loaded,
        f"SELECT DISTINCT entity_name, kind, country_code, max(office) OVER (PARTITION BY entity_id), field"
        f" FROM mart.mentions WHERE article_id = ({SAMPLE}) AND form = 'name'",
    )
    assert (name, kind, country, office, field) in found


def test_head_of_state_and_president_are_the_president_of_the_wires_country(loaded: Engine) -> None:
    found = rows(
        loaded,
        f"SELECT DISTINCT surface, entity_name FROM mart.mentions WHERE article_id = ({SAMPLE}) AND form = 'nominal'"
        " AND surface IN ('The Head of State', 'The President', 'the Turkish President')",
    )
    assert sorted(found) == [
        ("The Head of State", "Kassym-Jomart Tokayev"),
        ("The President", "Kassym-Jomart Tokayev"),
        ("the Turkish President", "Recep Tayyip Erdoğan"),
    ]


def test_every_offset_cuts_out_its_surface(loaded: Engine) -> None:
    assert rows(
        loaded,
        "SELECT m.surface FROM core.mentions m JOIN core.article_versions v USING (article_version_id)"
        " WHERE m.surface <> substr(CASE m.field WHEN 'body' THEN v.body WHEN 'headline' THEN v.headline"
        " ELSE v.dateline_text END, m.start_offset + 1, m.end_offset - m.start_offset)",
    ) == []


def test_the_quote_of_the_sample_dispatch_has_its_speaker_and_no_marks(loaded: Engine) -> None:
    found = rows(
        loaded,
        f"SELECT left(quote_text, 16), right(quote_text, 12), speaker_name, is_direct FROM mart.quotes"
        f" WHERE article_id = ({SAMPLE}) AND is_direct",
    )
    assert found == [("It is a key step", "cooperation,", "Kassym-Jomart Tokayev", True)]


@pytest.mark.parametrize(
    ("event_type", "cameo", "status", "actor", "recipient"),
    [
        ("CONSULT", "040", "actual", "KAZ", "TUR"),
        ("SUPPORT", "051", "actual", "KAZ", "TUR"),
        ("SUPPORT", "057", "actual", "KAZ", "TUR"),
        ("AGREE", "036", "actual", "KAZ", "TUR"),
        ("AGREE", "036", "future", "KAZ", "TUR"),
        ("AGREE", "030", "actual", "TUR", "KAZ"),
    ],
)
def test_the_sample_dispatch_tells_who_did_what_to_whom(
    loaded: Engine, event_type: str, cameo: str, status: str, actor: str, recipient: str
) -> None:
    found = rows(
        loaded,
        "SELECT event_type, cameo_code, status, actor_countries, recipient_countries"
        f" FROM mart.events WHERE article_id = ({SAMPLE})",
    )
    assert (event_type, cameo, status, [actor], [recipient]) in found


def test_a_correction_is_a_second_version_and_its_first_stays_in_history(loaded: Engine) -> None:
    assert rows(
        loaded,
        "SELECT change_kind, valid_to IS NULL, body LIKE '%200,000 tonnes%', body LIKE '%20,000 tonnes%'"
        " FROM core.article_versions JOIN core.articles USING (article_id)"
        " WHERE external_id = 'MNA-20240305-0117' ORDER BY valid_from",
    ) == [("initial", False, True, False), ("correction", True, False, True)]


def test_a_kill_is_gone_from_the_articles_and_kept_in_history(loaded: Engine) -> None:
    where = "WHERE external_id = 'tag:meridian.example,2024:MNA-20240305-0342'"
    assert rows(loaded, f"SELECT 1 FROM mart.articles {where}") == []
    assert rows(loaded, f"SELECT pub_status FROM mart.all_articles {where}") == [("canceled",)]


def test_duplicates_are_kept_and_flagged(loaded: Engine) -> None:
    assert rows(
        loaded,
        "SELECT a.publisher_code, m.relation, a.is_wire_copy FROM mart.articles a JOIN mart.cluster_members m USING (article_id)"
        " ORDER BY m.relation, a.publisher_code",
    ) == [("meridian", "canonical", False), ("harbour-courier", "exact", True), ("harbour-courier", "near", True)]


def test_a_broken_file_is_a_rejection_with_its_reason(loaded: Engine) -> None:
    found = rows(loaded, "SELECT source, reason FROM mart.rejections")
    assert found == [("seeds/dispatches/meridian-truncated.nitf.xml", "empty")]


def test_a_french_dispatch_is_french(loaded: Engine) -> None:
    found = rows(loaded, "SELECT dateline_place, dateline_country_code FROM mart.articles WHERE language = 'fr'")
    assert found == [("Dakar", "SEN")]


def test_the_second_run_touches_no_row(server: EmbeddedServer) -> None:
    with fresh_engine(server) as engine:
        run(engine)
        before = dump(engine, "xmin")
        again = run(engine)
        assert dump(engine, "xmin") == before
        assert not any(again.stages["extract"].values())
        assert again.stages["capture-files"]["new"] == 0


def test_two_fresh_warehouses_hold_the_same_rows_whatever_the_batches(loaded: Engine, server: EmbeddedServer) -> None:
    with fresh_engine(server) as other:
        run(other, batch_size=2)
        mine, theirs = dump(loaded), dump(other)
        assert {name for name in mine if mine[name] != theirs[name]} == set()
        assert sum(map(len, mine.values())) > 1000
