"""Publisher files are read strictly: every fault of every file at once, each with its file and key."""

from pathlib import Path

import pytest

from flows.publishers.loading import load_publishers, publisher_of, read_publisher
from transforms.failures import ConfigurationError
from transforms.publishers import Publisher

GOOD = """
code = "alder"
name = "Alder Press"
hosts = ["alder.example"]
time_zone = "Asia/Almaty"

[urls]
external_id = '-(\\d+)$'
rewrites = [{ pattern = '/amp/', replacement = '/' }]

[[feeds]]
url = "https://alder.example/feed"

[[layouts]]
valid_from = 2020-01-01
selectors = { headline = "h1", body = [".text p", "article p"] }

[[lookups]]
field = "byline"
value = "Admin"
reason = "the name of the system, not of a person"

[expected]
articles_per_day = { minimum = 1 }
"""


def test_what_is_shipped_is_valid_and_fetches_from_nobody() -> None:
    publishers = load_publishers()
    assert len(publishers) >= 13
    assert not any(publisher.is_active for publisher in publishers.values())
    assert "inform.kz" in publishers["kazinform"].hosts


def test_a_file_becomes_a_record() -> None:
    alder = read_publisher(GOOD, "alder.toml")
    assert isinstance(alder, Publisher)
    assert alder.layouts[0].selectors == (("headline", ("h1",)), ("body", (".text p", "article p")))
    assert alder.url_rewrites == (("/amp/", "/"),)
    assert alder.lookups[0].replacement is None
    assert (alder.expected_ranges[0].minimum, alder.expected_ranges[0].maximum) == (1, None)
    assert alder.feeds[0].kind == "feed"


def test_all_faults_of_all_files_are_named_at_once(tmp_path: Path) -> None:
    (tmp_path / "alder.toml").write_text(GOOD + "\n[surprise]\nx = 1\n")
    (tmp_path / "birch.toml").write_text(
        'code = "birch"\nname = ""\nhosts = ["Birch.example:80"]\ntime_zone = "Mars/Base"\ncountry = "XX"\n'
        '[urls]\nexternal_id = "(("\n'
        '[[feeds]]\nurl = "ftp://birch.example/"\nkind = "gopher"\n'
        '[[layouts]]\n[layouts.selectors]\nbody = ["div >"]\n'
    )
    (tmp_path / "cedar.toml").write_text("code = ")
    (tmp_path / "doum.toml").write_text('code = "elm"\nname = "Elm"\nhosts = ["elm.example"]\n')
    with pytest.raises(ConfigurationError) as raised:
        load_publishers(tmp_path)
    text = str(raised.value)
    for place in ("alder.toml: surprise: unknown key", "birch.toml: name:", "birch.toml: hosts[0]:",
                  "birch.toml: time_zone:", "birch.toml: country:", "birch.toml: urls.external_id:",
                  "birch.toml: feeds[0].url:", "birch.toml: feeds[0].kind:", "birch.toml: layouts[0].selectors.body",
                  "cedar.toml: not TOML", "doum.toml: code:"):
        assert place in text, place


def test_two_publishers_cannot_own_one_host(tmp_path: Path) -> None:
    for code in ("alder", "birch"):
        (tmp_path / f"{code}.toml").write_text(f'code = "{code}"\nname = "x"\nhosts = ["same.example"]\n')
    with pytest.raises(ConfigurationError, match=r"same\.example already belongs to alder"):
        load_publishers(tmp_path)


def test_a_folder_of_ones_own_adds_and_replaces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "alder.toml").write_text(GOOD)
    (tmp_path / "tass.toml").write_text('code = "tass"\nname = "Ours"\nhosts = ["tass.example"]\nactive = true\n')
    monkeypatch.setenv("DATELINE_PUBLISHERS", str(tmp_path))
    publishers = load_publishers()
    assert publishers["alder"].name == "Alder Press"
    assert publishers["tass"].is_active


@pytest.mark.parametrize(("url", "code"), [
    ("https://www.alder.example/a", "alder"),
    ("https://alder.example./a", "alder"),
    ("https://notalder.example/a", None),
    ("https://sport.alder.example/a", "sport"),
    ("https://[bad/a", None),
])
def test_a_url_belongs_to_the_longest_host(url: str, code: str | None) -> None:
    publishers = {"alder": Publisher(code="alder", name="A", hosts=("alder.example",)),
                  "sport": Publisher(code="sport", name="S", hosts=("sport.alder.example",))}
    found = publisher_of(url, publishers)
    assert (found.code if found else None) == code


def test_a_file_names_the_paragraphs_that_are_boilerplate() -> None:
    record = read_publisher('boilerplate = ["© Alder Press .*"]\n' + GOOD, "alder.toml")
    assert isinstance(record, Publisher)
    assert record.boilerplate_patterns == ("© Alder Press .*",)
    broken = read_publisher('boilerplate = ["("]\n' + GOOD, "alder.toml")
    assert isinstance(broken, list)
    assert "not a regular expression" in broken[0]
