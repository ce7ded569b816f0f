"""Loads the event ontology from seeds/reference. Strict: an error names file, line and frame, before any run."""

import csv
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, get_args

from transforms.annotations.events.morphology import verb_table
from transforms.annotations.events.ontology import (
    EDITION,
    CameoCode,
    EventType,
    Frame,
    Lexicon,
    Ontology,
    Part,
    Trigger,
    Words,
)
from transforms.annotations.events.patterns import parse_pattern
from transforms.annotations.events.relevance import side_forms
from transforms.annotations.events.triggers import index_forms
from transforms.failures import ConfigurationError

REFERENCE = Path(__file__).resolve().parents[2] / "seeds" / "reference"
FRAME_KEYS: Mapping[str, type] = {
    "name": str, "cameo": str, "type": str, "mode": str, "verbs": list, "nouns": list, "adjectives": list, "recipient": list,
    "chain": str, "acting": int, "only": bool, "symmetric": bool, "examples": list,
}  # fmt: skip
CHAINS = {"agree", "request", "reject", "threaten", "accuse"}
PLACES = {"obj", "dative", "clause", "to_clause", "of_obj", "in_obj"}
PARTS: Mapping[str, Part] = {"verbs": "verb", "nouns": "noun", "adjectives": "adjective"}
assert set(PARTS.values()) == set(get_args(Part))


@cache
def load_ontology(folder: Path = REFERENCE) -> Ontology:
    """The ontology of `folder` (default: the shipped one). Raises ConfigurationError."""
    types = {
        row["event_type"]: EventType(
            code=row["event_type"],
            quad_class=int(row["quad_class"]),
            score=float(row["plover_score"]),
            needs_recipient=row["needs_recipient"] == "true",
            gloss=row["gloss"],
        )
        for row in read_table(folder / "plover_types.csv")
    }
    modes = {
        (row["event_type"], row["mode"]): float(row["plover_score"])
        for row in read_table(folder / "plover_modes.csv")
    }
    contexts = frozenset(row["context"] for row in read_table(folder / "plover_contexts.csv"))
    cameo = load_cameo(folder)
    frames, triggers = load_frames(folder / "frames", types, modes, cameo)
    lexicon = load_lexicon(folder / "event_lexicon.toml", contexts)
    verb_words = {trigger.lemma for trigger in triggers if trigger.part == "verb"}
    verb_words |= lexicon.light | lexicon.transparent | lexicon.future | lexicon.hypothetical | lexicon.speech
    verb_words |= lexicon.memory | lexicon.deny
    verb_lemmas = verb_table(verb_words)
    return Ontology(
        types=types,
        mode_scores=modes,
        cameo=cameo,
        contexts=contexts,
        frames=frames,
        verb_lemmas=verb_lemmas,
        triggers=index_forms(triggers, verb_lemmas),
        side_forms=side_forms(lexicon, verb_lemmas),
        lexicon=lexicon,
        chains=load_chains(folder, cameo),
        weights=load_weights(folder / "event_weights.csv", "weight"),
        short_weights=load_weights(folder / "event_weights.csv", "short_weight"),
        recipient_weights=load_weights(folder / "event_weights.csv", "recipient_weight"),
    )


def read_table(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a CSV table whose header comments start with `#`."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise ConfigurationError(
            f"{path}: {error.strerror}; reinstall Dateline or check the folder."
        ) from None
    yield from csv.DictReader(line for line in lines if not line.startswith("#"))


def read_toml(path: Path) -> tuple[dict[str, Any], list[str]]:
    try:
        text = path.read_text(encoding="utf-8")
        return tomllib.loads(text), text.splitlines()
    except OSError as error:
        raise ConfigurationError(
            f"{path}: {error.strerror}; reinstall Dateline or check the folder."
        ) from None
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path}: {error}; mend the file.") from None
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line (\d+)", str(error))
        before = text.splitlines()[: int(at[1])] if at else text.splitlines()
        names = re.findall(r'^name = "(.*)"', "\n".join(before), re.MULTILINE)
        frame = f" frame {names[-1]!r}:" if names else ""
        raise ConfigurationError(f"{path}:{len(before)}:{frame} {error}; mend the file.") from None


def load_cameo(folder: Path) -> dict[str, CameoCode]:
    mapping = {row["code"]: row for row in read_table(folder / "cameo_plover.csv")}
    return {
        row["code"]: CameoCode(
            code=row["code"],
            edition=row["edition"],
            name=row["name"],
            goldstein=float(row["goldstein"]),
            quad_class=int(row["quad_class"]),
            event_type=mapping[row["code"]]["event_type"] if row["code"] in mapping else None,
            modes=tuple(mapping[row["code"]]["mode"].split()) if row["code"] in mapping else (),
            contexts=tuple(mapping[row["code"]]["contexts"].split()) if row["code"] in mapping else (),
        )
        for row in read_table(folder / "cameo_codes.csv")
        if row["edition"] == EDITION
    }


def load_chains(folder: Path, cameo: Mapping[str, CameoCode]) -> dict[tuple[str, str], str]:
    """(chain, CAMEO prefix of the act) → the code that it becomes."""
    path = folder / "cameo_chains.csv"
    chains = {(row["chain"], row["act"]): row["becomes"] for row in read_table(path)}
    for (chain, act), code in chains.items():
        if chain not in CHAINS or act not in cameo or code not in cameo:
            raise ConfigurationError(f"{path}: {chain},{act},{code}: unknown chain or CAMEO code.")
    return chains


def load_frames(
    folder: Path,
    types: Mapping[str, EventType],
    modes: Mapping[tuple[str, str], float],
    cameo: Mapping[str, CameoCode],
) -> tuple[dict[str, Frame], list[Trigger]]:
    """Frames by name and their triggers, in the order of files and lines."""
    data, _ = read_toml(folder / "classes.toml")
    if not isinstance(data.get("classes"), dict):
        raise ConfigurationError(f"{folder / 'classes.toml'}: has no [classes].")
    classes = {name: tuple(words) for name, words in data["classes"].items()}
    frames: dict[str, Frame] = {}
    triggers: list[Trigger] = []
    for path in sorted(folder.glob("*.toml")):
        if path.name == "classes.toml":
            continue
        data, lines = read_toml(path)
        places = [number for number, line in enumerate(lines, 1) if line.strip() == "[[frame]]"]
        if set(data) - {"frame"}:
            raise ConfigurationError(
                f"{path}: unknown key {sorted(set(data) - {'frame'})[0]!r}; only [[frame]] is read."
            )
        for line, entry in zip(places, data.get("frame", []), strict=True):
            where = f"{path}:{line}: frame {entry.get('name', '?')!r}"
            frame, found = read_frame(entry, where, lines, line, types, modes, cameo, classes)
            if frame.name in frames:
                raise ConfigurationError(f"{where} is already defined at {frames[frame.name].source}.")
            frames[frame.name] = frame
            triggers += found
    return frames, triggers


def read_frame(
    entry: Mapping[str, Any],
    where: str,
    lines: list[str],
    line: int,
    types: Mapping[str, EventType],
    modes: Mapping[tuple[str, str], float],
    cameo: Mapping[str, CameoCode],
    classes: Mapping[str, tuple[str, ...]],
) -> tuple[Frame, list[Trigger]]:
    unknown = sorted(set(entry) - FRAME_KEYS.keys())
    if unknown:
        raise ConfigurationError(
            f"{where}: unknown key {unknown[0]!r}; known are {', '.join(sorted(FRAME_KEYS))}."
        )
    for key, value in entry.items():
        items = value if isinstance(value, list) else ()
        if not isinstance(value, FRAME_KEYS[key]) or not all(isinstance(item, str) for item in items):
            wanted = {str: "a string", list: "a list of strings", int: "a number", bool: "true or false"}
            raise ConfigurationError(f"{where}: {key} is {value!r}; it takes {wanted[FRAME_KEYS[key]]}.")
    code = cameo.get(entry.get("cameo", ""))
    if code is None or "name" not in entry:
        raise ConfigurationError(f"{where}: needs a name and a CAMEO code of the {EDITION} edition.")
    event_type = entry.get("type", code.event_type)
    if event_type not in types:
        raise ConfigurationError(f"{where}: {event_type!r} is no PLOVER type.")
    own_modes = (entry["mode"],) if "mode" in entry else code.modes if event_type == code.event_type else ()
    for mode in own_modes:
        if (event_type, mode) not in modes:
            raise ConfigurationError(f"{where}: {event_type} has no mode {mode!r}.")
    chain = entry.get("chain")
    if chain is not None and chain not in CHAINS:
        raise ConfigurationError(f"{where}: chain {chain!r} is none of {', '.join(sorted(CHAINS))}.")
    for place in entry.get("recipient", []):
        if not place.startswith("+") and place not in PLACES:
            raise ConfigurationError(
                f"{where}: recipient {place!r} is neither +preposition nor one of {', '.join(sorted(PLACES))}."
            )
    frame = Frame(
        name=entry["name"],
        event_type=event_type,
        cameo=code.code,
        modes=own_modes,
        recipient=tuple(entry.get("recipient", [])),
        chain=chain,
        least_rank=int(entry.get("acting", 0)),
        is_strict=bool(entry.get("only", False)),
        is_symmetric=bool(entry.get("symmetric", False)),
        examples=tuple(entry.get("examples", [])),
        source=where.partition(": frame")[0],
    )
    triggers = []
    for key, part in PARTS.items():
        for pattern in entry.get(key, []):
            try:
                triggers.append(parse_pattern(pattern, frame=frame.name, part=part, classes=classes))
            except ValueError as error:
                at = next((n for n, text in enumerate(lines[line - 1 :], line) if pattern in text), line)
                path = where.partition(": frame")[0].rpartition(":")[0]
                raise ConfigurationError(f"{path}:{at}: frame {frame.name!r}: {error}.") from None
    if not triggers:
        raise ConfigurationError(f"{where}: has no verbs, nouns or adjectives.")
    return frame, triggers


def load_lexicon(path: Path, contexts: frozenset[str]) -> Lexicon:
    data, _ = read_toml(path)
    verbs, words = data["verbs"], data["words"]
    unknown = set(data["contexts"]) - contexts
    if unknown:
        raise ConfigurationError(f"{path}: {sorted(unknown)[0]!r} is no PLOVER context.")
    sectors: dict[str, str] = {}
    for sector, nouns in data["sectors"].items():
        for noun in nouns:
            sectors.setdefault(noun, sector)
    cues: dict[str, list[tuple[str, str]]] = {}
    for context, entries in data["contexts"].items():
        for cue in entries:
            cues.setdefault(cue.split()[0], []).append((cue, context))
    topics = {
        name: Words(frozenset(cue for cue in found if " " not in cue), tuple(f" {cue} " for cue in found if " " in cue))
        for name, found in data["topics"].items()
    }
    return Lexicon(
        light=frozenset(verbs["light"]),
        transparent=frozenset(verbs["transparent"]),
        future=frozenset(verbs["future"]),
        hypothetical=frozenset(verbs["hypothetical"]),
        silence=frozenset(verbs["silence"]),
        deny=frozenset(verbs["deny"]),
        speech=frozenset(verbs["speech"]),
        memory=frozenset(verbs["memory"]),
        quantity=frozenset(words["quantity"]),
        time=frozenset(words["time"]),
        vague_in_names=frozenset(words["vague_in_names"]),
        instruments=frozenset(words["instruments"]),
        not_people=frozenset(words["not_people"]),
        fillers=frozenset(words["fillers"]),
        two_sides=tuple(words["two_sides"]),
        targets=frozenset(words["targets"]),
        between_states=frozenset(words["between_states"]),
        harm=frozenset(words["harm"]),
        first_to=tuple(words["first_to"]),
        historical=tuple(words["historical"]),
        stock_phrases=tuple(words["stock_phrases"]),
        sectors=sectors,
        context_cues={word: tuple(found) for word, found in cues.items()},
        topics=topics,
        telling=frozenset(cues).union(*(topic.single for topic in topics.values())),
        sizes={lemma: kind for kind, lemmas in data["sizes"].items() for lemma in lemmas},
    )


def load_weights(path: Path, column: str) -> dict[str, float]:
    """The weights of a confidence model, less those of nothing; an absent file means the built-in prior."""
    if not path.exists():
        return {}
    weights = ((row["feature"], float(row[column])) for row in read_table(path))
    return {feature: weight for feature, weight in weights if weight}
