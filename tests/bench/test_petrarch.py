"""How PETRARCH's records are read and compared, on invented ones."""

from datetime import UTC, datetime
from pathlib import Path

from tests.bench.petrarch import Expected, is_side, read_names, read_records, verdict
from transforms.annotations.annotation import Event, Participant

RECORDS = """<Sentences>
<Sentence date="19950103" id="A-1" category="A" sentence="true"><!-- a note -- with dashes -->
<EventCoding sourcecode="ELBGOV" targetcode='"THE OLD GUILD"' eventcode="121"></EventCoding>
<Text>The Elbonian government
criticized the old_guild.</Text><Parse>(ROOT)</Parse></Sentence>
<Sentence date="19950103" id="A-2" category="A" sentence="true"><EventCoding noevents = "True"></EventCoding>
<Text>It rained.</Text></Sentence>
</Sentences>"""
ACTORS = """<!-- invented -->
ELBONIA  [ELB] # a country
+MUDVILLE
SYLDAVIA
+KLOW
    [SYL < 950601]
    [SYLGOV > 950602]
THE_ISLES [ISA/ISB]
"""


def side(text: str, country: str | None = None, sector: str | None = None) -> tuple[Participant, ...]:
    return (Participant(text=text, country_code=country, sector=sector),)


def coded(kind: str, actors: tuple[Participant, ...], recipients: tuple[Participant, ...]) -> Event:
    return Event(
        sentence=0, start=0, end=9, trigger_start=0, trigger_end=1, event_type=kind, quad_class=1,
        actors=actors, recipients=recipients, coder="test",
    )  # fmt: skip


def names(folder: Path) -> dict[str, set[str]]:
    path = folder / "actors.txt"
    path.write_text(ACTORS, encoding="utf-8")
    return read_names(path)


def test_records_with_their_events(tmp_path: Path) -> None:
    path = tmp_path / "records.xml"
    path.write_text(RECORDS, encoding="utf-8")
    first, second = read_records(path)
    assert first.text == "The Elbonian government criticized the old guild."
    assert first.date == datetime(1995, 1, 3, tzinfo=UTC)
    assert first.events == (Expected(source="ELBGOV", target='"THE OLD GUILD"', code="121"),)
    assert second.events == ()


def test_names_of_a_code_include_those_on_lines_of_their_own(tmp_path: Path) -> None:
    assert names(tmp_path) == {
        "ELB": {"elbonia", "mudville"}, "SYL": {"syldavia", "klow"}, "ISA": {"the isles"}, "ISB": {"the isles"},
    }  # fmt: skip


def test_a_side_is_compared_by_country_else_by_sector(tmp_path: Path) -> None:
    known = names(tmp_path)
    assert is_side("ELBMIL", side("soldiers from Mudville"), known)
    assert not is_side("ELBMIL", side("soldiers from Klow", sector="MIL"), known)
    assert is_side("---GOV", side("an official", sector="GOV"), known)
    assert not is_side("---GOV", side("a cleric", sector="REL"), known)
    assert is_side('"THE OLD GUILD"', side("the old guild"), known)
    assert is_side("---", (), known)


def test_why_an_event_is_not_found(tmp_path: Path) -> None:
    known = names(tmp_path)
    wanted = Expected(source="ELB", target="SYL", code="041")
    elbonia, syldavia = side("Elbonia"), side("Syldavia")

    def why(*events: Event) -> str:
        return verdict(wanted, ("CONSULT",), events, known)

    assert why() == "no event coded"
    assert why(coded("CONSULT", elbonia, syldavia)) == why(coded("CONSULT", syldavia, elbonia)) == "found"
    assert why(coded("CONSULT", elbonia, ())) == "right type, recipient missing"
    assert why(coded("CONSULT", side("Borduria"), ())) == "right type, actor other and recipient missing"
    assert why(coded("ACCUSE", elbonia, syldavia)) == "other type: ACCUSE"
    assert why(coded("ACCUSE", elbonia, elbonia)) == "only other events coded"
    assert verdict(wanted, ("ACCUSE",), [coded("ACCUSE", syldavia, elbonia)], known) == "sides turned round"
    assert verdict(wanted, (), [], known) == "no such act in PLOVER"
