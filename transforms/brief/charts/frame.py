"""What every chart is drawn in: an image with a name and a description in words."""

from transforms.brief.markup import Content, Element, el


def chart(name: str, width: int, height: int, title: str, description: str, *content: Content, class_: str) -> Element:
    """An SVG of `width` by `height` units, as wide as its place. `name` is its id and has to be unique on the page."""
    return el(
        "svg",
        el("title", title, id=f"{name}-title"),
        el("desc", description, id=f"{name}-desc"),
        *content,
        class_=f"chart {class_}",
        viewBox=f"0 0 {width} {height}",
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
    )
