"""Score entity linking on a NEWS-FAIR benchmark file: `python -m tests.bench.linking FILE [--rules-only]`.

Counted are names (no pronouns, no nominals) of countries, regions, cities, international organisations and office
holders. Precision: of Dateline's linked names whose span an annotator marked too, the share with the same entity (ISO
code, Wikidata id or name). Recall: of the annotators' names of those kinds, the share linked to the same entity.
Names that the annotators passed over count neither way; a span that is longer or shorter than theirs is wrong.
"""

import ast
import json
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from flows.reference.annotation import load_annotation_reference
from transforms.annotations.annotation import Mention, Text
from transforms.annotations.annotator import annotate
from transforms.annotations.folding import fold_name
from transforms.annotations.reference import AnnotationReference

KINDS = ("country", "region", "city")
PLACE_TYPES = ("Q27096213", "Q27096213|Q43229")


def iso(name: str, reference: AnnotationReference) -> str | None:
    """The country code of a country's name, else None."""
    return next((alias.entity.country_code for alias in reference.places.find(name) if alias.entity.kind == "country" and alias.form == "name"), None)


def is_right(mention: Mention, name: str, wikidata_id: str, reference: AnnotationReference) -> bool:
    """Whether Dateline's entity is the annotators'."""
    entity = mention.entity
    if entity is None:
        return False
    if entity.kind == "country":
        return iso(name, reference) == entity.country_code
    return entity.wikidata_id == wikidata_id or fold_name(entity.name) == fold_name(name)


def is_wanted(label: dict[str, str], surface: str, reference: AnnotationReference) -> bool:
    """Whether a gold mention is a name of a kind that is scored."""
    if not surface[:1].isupper() or surface.lower() in ("it", "he", "she", "its", "the nation"):
        return False
    if label["type"] in PLACE_TYPES and (iso(label["name"], reference) or reference.places.find(label["name"])):
        return True
    known = reference.people.find(label["name"]) or reference.bodies.find(label["name"])
    return bool(known) and (known[0].entity.kind == "person" or known[0].entity.sector == "IGO")


def main(path: Path, *, use_model: bool) -> None:
    reference = load_annotation_reference(use_model=use_model)
    answered = right = wanted = found = of_kind = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        labels = record["labels"] if isinstance(record["labels"], list) else ast.literal_eval(record["labels"])
        day = re.match(r"(\d{4})(\d\d)(\d\d)", record["title"])
        moment = datetime(int(day[1]), int(day[2]), int(day[3]), tzinfo=UTC) if day else None
        body = record["text"]
        mentions = annotate(Text(id=str(record["id"]), body=body, published_at=moment), reference).mentions
        known = [m for m in mentions if m.entity and m.entity.is_known and m.form == "name" and (m.kind in KINDS or m.kind == "person" or m.entity.sector == "IGO")]
        ours = {(m.start, m.end): m for m in known}
        gold = [label for label in labels if label["entity_id"] != "<NIL>"]
        for mention in known:
            overlapping = [label for label in gold if label["span"][0] < mention.end and mention.start < label["span"][1]]
            if overlapping:
                same = [label for label in overlapping if tuple(label["span"]) == (mention.start, mention.end)]
                is_ok = any(is_right(mention, label["name"], label["entity_id"], reference) for label in same or overlapping)
                answered += 1
                right += is_ok
                if not is_ok:
                    print("wrong:", mention.text, "->", mention.entity.name if mention.entity else None, "| gold:", [label["name"] for label in overlapping])
        for label in gold:
            start, end = label["span"]
            if is_wanted(label, body[start:end], reference):
                wanted += 1
                mention_there = ours.get((start, end))
                of_kind += mention_there is not None
                is_ok = mention_there is not None and is_right(mention_there, label["name"], label["entity_id"], reference)
                found += is_ok
                if not is_ok:
                    print("missed:", body[start:end], "| gold:", label["name"])
    print(f"on the annotators' names of these kinds: precision {found / max(1, of_kind):.3f} ({found}/{of_kind})")
    print(f"precision {right / max(1, answered):.3f} ({right}/{answered})  recall {found / max(1, wanted):.3f} ({found}/{wanted})")


if __name__ == "__main__":
    main(Path(sys.argv[1]), use_model="--rules-only" not in sys.argv)
