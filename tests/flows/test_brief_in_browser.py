"""The brief in Chromium: whatever publishers write, nothing of it runs; and the page fits wherever it is read."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine

from flows.brief import make_page, read_zone
from tests.browser import Browser, browser
from tests.conftest import fresh_engine
from tests.flows.payloads import PAYLOADS
from transforms.annotations.annotation import Annotations, Entity, Event, EventPlace, Mention, Participant
from transforms.articles.article import Article, Dateline
from transforms.publishers import Publisher
from warehouse.core.annotations import VersionAnnotations, load_annotations
from warehouse.core.articles import ArticleLoad, load_articles
from warehouse.core.publishers import load_publishers
from warehouse.embedded.server import EmbeddedServer
from warehouse.raw.captures import Capture, load_captures

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

FIRST = datetime(2024, 5, 1, 9, tzinfo=UTC)
PER_DAY = 10
DAYS = [FIRST.date() + timedelta(days=number) for number in range(len(PAYLOADS) // PER_DAY)]
TYPES = ("CONSULT", "AGREE", "THREATEN", "ASSAULT")
COUNTRIES = ("KAZ", "TUR", "NOR", "KEN", "FJI")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One Chromium for the module."""
    with browser() as started:
        yield started


@pytest.fixture(scope="module")
def hostile(server: EmbeddedServer) -> Iterator[Engine]:
    """A warehouse in which all that a publisher can write is a payload: ten a day, each corrected in the evening."""
    with fresh_engine(server) as engine:
        with engine.begin() as connection:
            for number, payload in enumerate(PAYLOADS):
                _load(connection, number, payload, FIRST + timedelta(days=number // PER_DAY), f"{payload} came first.")
                _load(connection, number, f"CORRECTED: {payload}", FIRST + timedelta(days=number // PER_DAY, hours=9), f"{payload} came later.")
        yield engine


def _load(connection: Connection, number: int, payload: str, moment: datetime, body: str) -> None:
    code = f"publisher-{number}"
    load_publishers(connection, [Publisher(code=code, name=f"{PAYLOADS[number]} {number}")])
    capture = Capture(kind="file", path=f"{code}{moment:%H}", fetched_at=moment, content=body.encode(), publisher_code=code)
    load_captures(connection, [capture])
    article = Article(
        document_id="1", format="plain", body=body, external_id=str(number), headline=payload, url=PAYLOADS[number],
        dateline=Dateline(text=payload, place=payload), ed_note=payload, language=payload[:2], published_at=moment,
        published_at_precision="second",
    )  # fmt: skip
    loaded = load_articles(
        connection,
        [ArticleLoad(capture_id=capture.capture_id, captured_at=moment, publisher_code=code, article=article)],
        parser_version="1", now=moment,
    )  # fmt: skip
    found = [VersionAnnotations(article_version_id=version, annotations=_annotations(number, body)) for version in loaded.stale_versions]
    load_annotations(connection, found, annotator_version="1")


def _annotations(number: int, body: str) -> Annotations:
    payload = PAYLOADS[number]
    length = len(payload)
    entities = [
        Entity(key=f"{kind}:{number}", name=f"{payload} {kind}", kind=kind, office=payload, is_known=True)
        for kind in ("person", "organization", "country")
    ]
    sides = [
        Participant(text=payload, country_code=COUNTRIES[(number + step) % 5], entity=entity)
        for step, entity in enumerate(entities[:2])
    ]
    return Annotations(
        text_id="1",
        mentions=tuple(
            Mention(start=0, end=length, text=payload, kind=entity.kind, entity=entity, annotator="rules")
            for entity in entities
        ),
        events=(
            Event(
                sentence=0, start=0, end=len(body), trigger_start=0, trigger_end=length, event_type=TYPES[number % 4],
                quad_class=number % 4 + 1, goldstein=3.0, coder="frames", actors=(sides[0],), recipients=(sides[1],),
                place=EventPlace(text=payload),
            ),
        ),
    )  # fmt: skip


def test_the_browser_would_tell(chromium: Browser, tmp_path: Path) -> None:
    raw = tmp_path / "raw.html"
    raw.write_text("".join(f"<div>{payload}</div>" for payload in PAYLOADS[12:30]), "utf-8")
    page = chromium.open(raw.as_uri())
    for _ in range(200):
        page.settle()
        if len(page.alerts) > 5:
            return
    raise AssertionError(f"only {page.alerts}")


@pytest.mark.parametrize("has_policy", [True, False], ids=["as it is", "without its policy"])
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_no_payload_runs(chromium: Browser, hostile: Engine, tmp_path: Path, day: datetime, has_policy: bool) -> None:
    html = make_page(hostile, day, read_zone("UTC")).html
    assert "Content-Security-Policy" in html
    file = tmp_path / "brief.html"
    file.write_text(html if has_policy else re.sub("<meta http-equiv=.*?>", "", html), "utf-8")
    page = chromium.open(file.as_uri())
    page.evaluate("document.querySelectorAll('*').forEach(one => { one.focus?.(); one.dispatchEvent(new Event('mouseover')) })")
    page.settle()
    assert (page.alerts, page.console, page.requests) == ([], [], [file.as_uri()])
    foreign = "[...document.querySelectorAll('*')].filter(one => one.getAttributeNames().some(name => name.startsWith('on')"
    assert page.evaluate(f"{foreign} || name == 'style')).length") == 0
    assert page.evaluate("document.querySelectorAll('script, iframe, object, form, base, img, video, audio').length") == 0
    assert page.evaluate("[...document.links].filter(one => !/^(https?:\\/\\/|file:.*#)/.test(one.href)).length") == 0


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_all_of_them_are_on_the_page_to_be_read(hostile: Engine, day: datetime) -> None:
    html = make_page(hostile, day, read_zone("UTC")).html
    start = DAYS.index(day) * PER_DAY
    for payload in PAYLOADS[start : start + PER_DAY]:
        # Names are cut at sixty characters.
        shown = escape(" ".join(payload.split())[:50]).replace("&#x27;", "&#39;")
        # Headline twice (new and corrected), three names, two sides of an event, a sentence, three times the publisher.
        assert html.count(shown) >= 10, payload


def test_the_page_is_never_wider_than_its_window(chromium: Browser, hostile: Engine, tmp_path: Path) -> None:
    file = tmp_path / "brief.html"
    file.write_text(make_page(hostile, DAYS[1], read_zone("UTC")).html, "utf-8")
    page = chromium.open(file.as_uri())
    for width in (320, 390, 820, 1280):
        page.show(width=width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
