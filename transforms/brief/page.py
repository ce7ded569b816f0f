"""The brief as one HTML page that needs nothing but itself: no script, no request, a policy that forbids both."""

import base64
import hashlib
from zoneinfo import ZoneInfo

from transforms.brief.charts.world import Atlas
from transforms.brief.markup import Element, el, rendered
from transforms.brief.records import Brief
from transforms.brief.sections.corrections import corrections
from transforms.brief.sections.names import names
from transforms.brief.sections.overview import overview
from transforms.brief.sections.publishers import copies, loading, publishers
from transforms.brief.sections.queries import queries
from transforms.brief.sections.relations import relations
from transforms.brief.sections.stories import stories
from transforms.brief.stylesheet import stylesheet
from transforms.brief.wording import long_day, moment_text, plain_day, zone_text
from transforms.windows import day_start

CONTENTS = (
    ("stories", "What was new"), ("names", "Who was in the news"), ("relations", "Who did what to whom"),
    ("corrections", "Corrections and kills"), ("copies", "Wire copies"), ("publishers", "Sources"),
    ("loading", "Freshness"), ("queries", "SQL"),
)  # fmt: skip


def page(brief: Brief, atlas: Atlas) -> str:
    """The whole document. Everything that a publisher wrote is escaped, whatever it holds."""
    style = stylesheet()
    if "<" in style:
        raise ValueError("a stylesheet that could end its element")
    head = "".join(map(rendered, _head(brief, style)))
    body = rendered(_body(brief, atlas))
    return f'<!DOCTYPE html>\n<html lang="en"><head>{head}<style>{style}</style></head>\n{body}</html>\n'


def policy(style: str) -> str:
    """The content security policy: this stylesheet, and nothing else at all."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"


def _head(brief: Brief, style: str) -> tuple[Element, ...]:
    return (
        el("meta", charset="utf-8"),
        # Before anything that it is to judge.
        el("meta", http_equiv="Content-Security-Policy", content=policy(style)),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="referrer", content="no-referrer"),
        el("meta", name="color-scheme", content="light dark"),
        el("meta", name="robots", content="noindex"),
        el("title", f"The brief · {plain_day(brief.day)}"),
    )


def _body(brief: Brief, atlas: Atlas) -> Element:
    zone = ZoneInfo(brief.zone)
    return el(
        "body",
        el("a", "To the contents", href="#main", class_="skip"),
        el(
            "header",
            el("p", "The brief", class_="name"),
            el("h1", long_day(brief.day)),
            el(
                "p",
                f"The day from midnight to midnight, and every time on this page, in {zone_text(day_start(brief.day, zone), zone)}."
                f" Made on {moment_text(brief.made_at, zone)}.",
                class_="dated",
            ),
            el(
                "nav", el("ul", (el("li", el("a", title, href=f"#{name}")) for name, title in CONTENTS)),
                aria_label="Sections",
            ),
        ),
        el(
            "main",
            overview(brief), stories(brief), names(brief, atlas), relations(brief, atlas), corrections(brief),
            copies(brief), publishers(brief), loading(brief), queries(brief), id="main",
        ),
        el(
            "footer",
            el("p", "Made by Dateline from the views of schema mart. Places of cities: GeoNames, CC BY 4.0."),
        ),
    )  # fmt: skip
