"""What answers 200 and is something else."""

import pytest

from transforms.feeds.impostors import impostor_kind

ASKED = "https://alder.example/news/2024/bridge-reopens_a123"
ARTICLE = b"<title>404 days without rain - Alder</title>" + b"<p>Text of the story." * 12


@pytest.mark.parametrize(("content", "final", "kind"), [
    (ARTICLE, ASKED, None),
    (b"<title>Bridge reopens</title><p>Short", ASKED, None),
    (b"<title>Page not found | Alder</title><p>Sorry", ASKED, "soft_404"),
    (b"<title>404 - Alder</title>", ASKED, "soft_404"),
    ("<title>Страница не найдена</title>".encode(), ASKED, "soft_404"),
    (ARTICLE, "https://alder.example/404.html", "soft_404"),
    (ARTICLE, "https://alder.example/", "soft_404"),
    (ARTICLE, "https://consent.alder.example/?to=x", "consent"),
    (b"<title>Before you continue</title>", ASKED, "consent"),
    (b"<title>Just a moment...</title>", ASKED, "challenge"),
    (ARTICLE, ASKED.replace("https", "http") + "/", None),
])
def test_kinds(content: bytes, final: str, kind: str | None) -> None:
    assert impostor_kind(content, asked_url=ASKED, final_url=final) == kind
