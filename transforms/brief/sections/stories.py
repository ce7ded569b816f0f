"""What was new: the stories that went furthest."""

from zoneinfo import ZoneInfo

from transforms.brief.markup import Element, el, foreign, link
from transforms.brief.records import Brief, Story
from transforms.brief.sections.frame import panel, section
from transforms.brief.wording import clock, counted, listed, number


def stories(brief: Brief) -> Element:
    """The top stories, those that most publishers carried first."""
    rows = brief.stories.rows
    zone = ZoneInfo(brief.zone)
    note = None
    if rows:
        note = (
            f"{number(len(rows))} of {counted(rows[0].story_count, 'story', 'stories')}, those that most publishers"
            " carried first. Copies of a text are one story, and so are texts that open with the same event. A source is"
            " a publisher whose text is no copy of another’s."
        )
    return section(
        "stories", "What was new", None,
        panel(
            brief.stories, "Top stories", note, el("ol", (_story(row, zone) for row in rows), class_="stories"),
            empty="No articles on this day.", class_="plain",
        ),
    )  # fmt: skip


def _story(story: Story, zone: ZoneInfo) -> Element:
    spread = [counted(story.article_count, "article", "articles")] if story.article_count > 1 else []
    if story.publisher_count > 1:
        sources = counted(story.source_count, "source", "sources") if story.source_count else "from an earlier day"
        spread = [counted(story.publisher_count, "publisher", "publishers"), sources, *spread]
    others = [name for name in story.publishers if name != story.publisher_name]
    return el(
        "li",
        el("h4", link(story.url, foreign(story.title or "(no headline)", language=story.language, limit=180))),
        el("p", " · ".join(spread), class_="spread") if spread else None,
        el(
            "p",
            foreign(story.publisher_name, limit=60),
            [" · ", foreign(story.place, limit=60)] if story.place else None,
            f" · {clock(story.first_published_at, zone)}",
            [" · also ", foreign(listed(others), limit=160)] if others else None,
            class_="meta",
        ),
    )
