"""How many of the events in PETRARCH's unit tests the event coder finds, and why not the others.

    python -m tests.bench.petrarch PETR.UnitTest.records.xml PETR.Validate.actors.txt [--misses N]

Both files are of openeventdata/petrarch2 (MIT): sentences with the events they are coded as, and the names behind the
codes of their actors, most of them of an invented world. An event is found where the product codes the same PLOVER
type between the same two sides; sides are compared by country or, where the code has none, by sector.

The events are counted twice. Read as CAMEO, codes are mapped to PLOVER by the product's own table. But the records
come from TABARI's tests and many bear codes of the older WEIS (064 for restored ties, 041 for a welcome, 023 for a
remark), which name other acts in CAMEO; `WEIS` reads those of three digits as what their sentences say.
"""

import argparse
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flows.reference.annotation import load_annotation_reference
from transforms.annotations.annotation import Event, Participant, Text
from transforms.annotations.annotator import annotate

# PLOVER's types for the first two digits of a WEIS code (McClelland, "World Event/Interaction Survey", ICPSR 5211).
# Written from knowledge of the scheme and not checked against its codebook, which could not be had; only 05, 11, 12, 15,
# 16, 18 and 22 were, against the events of the Kuwait crisis of 1990 that the KEDS project printed as an example.
# A comment (02) is no event in PLOVER; a grant (06) is a concession, an apology, a pact or a restored tie.
WEIS: Mapping[str, tuple[str, ...]] = {
    "01": ("CONCEDE", "RETREAT"), "03": ("CONSULT",), "04": ("SUPPORT",), "05": ("AGREE", "SUPPORT", "AID"),
    "06": ("COOPERATE", "AGREE", "CONCEDE", "SUPPORT"), "07": ("AID", "COOPERATE"), "08": ("AGREE",), "09": ("REQUEST",),
    "10": ("REQUEST",), "11": ("REJECT", "ACCUSE"), "12": ("ACCUSE",), "13": ("ACCUSE", "PROTEST"), "14": ("REJECT",),
    "15": ("REQUEST",), "16": ("THREATEN",), "17": ("THREATEN",), "18": ("PROTEST", "MOBILIZE"), "19": ("SANCTION", "REJECT"),
    "20": ("COERCE", "SANCTION"), "21": ("COERCE",), "22": ("ASSAULT",),
}  # fmt: skip
# Who met or agreed with whom is one event from either side.
MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})
# CAMEO's sectors under PLOVER's names, where these differ.
SECTORS = {"MED": "JRN", "CIV": "CVL", "MOP": "OPP"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    source: str
    target: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    id: str
    date: datetime
    text: str
    events: tuple[Expected, ...]


def read_records(path: Path) -> list[Record]:
    """The sentences that have a text. Not an XML parser's work: their comments hold `--`."""
    found = []
    for head, body in re.findall(
        r"<Sentence ([^>]*)>(.*?)</Sentence>", path.read_text(encoding="utf-8"), re.S
    ):
        text = re.search(r"<Text>(.*?)</Text>", body, re.S)
        events = (_attributes(one) for one in re.findall(r"<EventCoding ([^>]*)>", body))
        if text is not None:
            named = _attributes(head)
            found.append(
                Record(
                    id=named["id"],
                    date=datetime.strptime(named["date"], "%Y%m%d").replace(tzinfo=UTC),
                    text=" ".join(text[1].replace("_", " ").split()),
                    events=tuple(
                        Expected(
                            source=one.get("sourcecode", ""),
                            target=one.get("targetcode", ""),
                            code=one["eventcode"],
                        )
                        for one in events
                        if "eventcode" in one
                    ),
                )
            )
    return found


def _attributes(head: str) -> dict[str, str]:
    found = re.findall(r"""(\w+)\s*=\s*("[^"]*"|'[^']*')""", head)
    return {name: value[1:-1] for name, value in found}


def read_names(path: Path) -> dict[str, set[str]]:
    """Names in lower case by the first three letters of their codes. A name's `+` lines come before or after these."""
    found: dict[str, set[str]] = {}
    names: set[str] = set()
    codes: set[str] = set()
    lines = re.sub(r"<!--.*?-->", "", path.read_text(encoding="utf-8"), flags=re.S).splitlines()
    for line in [*lines, "END"]:
        content = line.split("#", 1)[0]
        name, bracket, inside = content.partition("[")
        if content[:1] not in ("", "+", " ", "\t", "["):
            for code in codes:
                found.setdefault(code, set()).update(names)
            names, codes = set(), set()
        if word := name.strip(" \t+_").replace("_", " ").lower():
            names.add(word)
        if bracket:
            codes.update(part.strip()[:3].upper() for part in re.split(r"[/]", inside.split("]")[0]))
    return found


def is_side(code: str, side: Sequence[Participant], names: Mapping[str, set[str]]) -> bool:
    """Whether one of `side` is who `code` says: by country, else by sector; `---` alone asks for nothing.

    A name in quotes is that of someone their dictionary lacks.
    """
    if code.startswith('"'):
        return any(
            one.text.lower() in code.lower() or code.strip('"').lower() in one.text.lower() for one in side
        )
    parts = re.findall("...", code)
    countries = [part for part in parts if part in names]
    if countries:
        return any(_is_of(country, one, names) for country in countries for one in side)
    sectors = {SECTORS.get(part, part) for part in parts if part.isalpha()}
    return not sectors or any(one.sector in sectors or one.country_code in sectors for one in side)


def _is_of(country: str, one: Participant, names: Mapping[str, set[str]]) -> bool:
    written = f"{one.text} {one.entity.name if one.entity else ''}".lower()
    # Their names stand for their derivations ("Bulgar"); short ones begin too many words.
    patterns = (rf"\b{re.escape(name)}" + r"\b" * (len(name) < 5) for name in names[country])
    return one.country_code == country or any(re.search(pattern, written) for pattern in patterns)


def verdict(
    expected: Expected, kinds: Sequence[str], events: Sequence[Event], names: Mapping[str, set[str]]
) -> str:
    """Why the expected event is not among `events`, or "found"; the nearest of them is what counts."""
    if not kinds:
        return "no such act in PLOVER"
    reasons = []
    for event in events:
        source = is_side(expected.source, event.actors, names)
        target = is_side(expected.target, event.recipients, names)
        turned = is_side(expected.source, event.recipients, names) and is_side(
            expected.target, event.actors, names
        )
        if event.event_type not in kinds:
            either = (source and target) or turned
            reasons.append(
                (1, f"other type: {event.event_type}") if either else (0, "only other events coded")
            )
        elif (source and target) or (turned and event.event_type in MUTUAL):
            return "found"
        elif turned:
            reasons.append((5, "sides turned round"))
        else:
            compared = (("actor", source, event.actors), ("recipient", target, event.recipients))
            wrong = [(role, side) for role, is_right, side in compared if not is_right]
            said = " and ".join(f"{role} {'other' if side else 'missing'}" for role, side in wrong)
            reasons.append((4 - len(wrong), f"right type, {said}"))
    return max(reasons, default=(0, "no event coded"))[1]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("records", type=Path)
    parser.add_argument("actors", type=Path)
    parser.add_argument(
        "--misses", type=int, default=0, help="print every so many-th event that was not found (WEIS)"
    )
    wanted = parser.parse_args(arguments)
    reference = load_annotation_reference()
    ontology = reference.ontology
    assert ontology is not None
    records, names = read_records(wanted.records), read_names(wanted.actors)

    def as_cameo(code: str) -> tuple[str, ...]:
        known = ontology.cameo.get(code)
        return (known.event_type,) if known is not None and known.event_type else ()

    def as_weis(code: str) -> tuple[str, ...]:
        return WEIS.get(code[:2], ()) if len(code) == 3 else as_cameo(code)

    texts = [Text(id=one.id, body=one.text, language="en", published_at=one.date) for one in records]
    coded = [annotate(text, reference).events for text in texts]
    silent = [events for one, events in zip(records, coded, strict=True) if not one.events]
    print(f"{len(records)} sentences, {sum(len(one.events) for one in records)} events")
    print(f"{len(silent)} sentences are coded as nothing or as an error; {silent.count(())} of them are here")
    readings: tuple[tuple[str, Callable[[str], tuple[str, ...]]], ...] = (
        ("CAMEO", as_cameo),
        ("WEIS", as_weis),
    )
    for edition, kinds_of in readings:
        judged = [
            (one, expected, verdict(expected, kinds_of(expected.code), events, names), events)
            for one, events in zip(records, coded, strict=True)
            for expected in one.events
        ]
        print(f"\n== read as {edition}")
        for reason, count in Counter(why for _, _, why, _ in judged).most_common():
            print(f"{count:5} {reason}")
    missed = [one for one in judged if one[2] not in ("found", "no such act in PLOVER")]
    for record, expected, why, events in missed[:: wanted.misses] if wanted.misses else ():
        print(f"\n{record.id}: {record.text}\n  {expected.source} {expected.target} {expected.code}: {why}")
        for event in events:
            actors, recipients = ([side.text for side in sides] for sides in (event.actors, event.recipients))
            print(f"  coded {event.event_type} {actors} -> {recipients}")


if __name__ == "__main__":
    main()
