"""Who rose and who fell in the news."""

from transforms.brief.records import Name
from transforms.brief.sections.names import movers


def name(called: str, counts: tuple[int, ...], *, rising: int = 99, falling: int = 99, kind: str = "person") -> Name:
    """Somebody with these articles on eight days, the last of them today."""
    return Name(
        name=called, kind=kind, country_code=None, office=None, place=1, rising_place=rising, falling_place=falling, counts=counts
    )


def test_who_rose_most_comes_first_and_who_fell_most_last() -> None:
    rows = [
        name("fell", (9, 9, 9, 9, 9, 9, 9, 1), falling=1), name("rose", (1, 1, 1, 1, 1, 1, 1, 9), rising=1),
        name("fell less", (5, 5, 5, 5, 5, 5, 5, 1), falling=2), name("came up", (0, 0, 0, 0, 0, 0, 0, 1), rising=2),
    ]
    assert [row.name for row in movers(rows)] == ["rose", "came up", "fell less", "fell"]


def test_what_varies_by_chance_is_no_news() -> None:
    """Once the page told an editor of somebody with four articles after a mean of 4.3, as seven per cent less."""
    rows = [
        name("hardly less", (4, 5, 4, 4, 5, 4, 4, 4), falling=1), name("hardly more", (25, 25, 25, 25, 25, 25, 25, 29), rising=1),
        name("named once last week", (0, 0, 1, 0, 0, 0, 0, 0), falling=2), name("Norway", (1, 1, 1, 1, 1, 1, 1, 9), rising=2, kind="country"),
    ]
    assert movers(rows) == []
