"""The little language of trigger patterns, as frame files use it.

    sign DOCUMENT|letter       the verb `sign` with an object from a word class or list
    call +for=talks|dialogue   with a preposition (or particle) and, optionally, what stands behind it
    provide AID ~military      with one of these words nearby; `_` joins the words of a phrase
    return * +to                any object
    tell +to_do                 with an infinitive ("told the army to leave")
    release !report            but not with this object; `!~word` not with this word nearby
    strike ^worker|union       only with such a subject

The first word is a lemma; `a_b` is a lemma with the word before it ("car_bomb"). Alternatives are split by `|`;
names in capitals are word classes from `classes.toml`.
"""

import re
from collections.abc import Mapping

from transforms.annotations.events.ontology import Part, Trigger, Words

ANYTHING = "*"
WORD = re.compile(r"\w[\w'.&-]*\Z")
LEMMA = re.compile(r"[a-z][a-z'éü-]*(?:_[a-z-]+)?\Z")


def parse_pattern(pattern: str, *, frame: str, part: Part, classes: Mapping[str, tuple[str, ...]]) -> Trigger:
    """A Trigger from one pattern. Raises ValueError with what is wrong."""
    items = pattern.split()
    if not items or not LEMMA.match(items[0]):
        raise ValueError(f"pattern {pattern!r} does not begin with a lemma")
    before, _, lemma = items[0].rpartition("_")
    objects: set[str] | None = None
    not_objects: set[str] = set()
    not_near: set[str] = set()
    not_preps: set[str] = set()
    subjects: set[str] | None = None
    near: list[Words] = []
    preps: list[tuple[frozenset[str], frozenset[str] | None]] = []
    specificity = 0.0
    for item in items[1:]:
        if item.startswith("+"):
            names, equals, inside = item[1:].partition("=")
            words = expand(inside, classes, pattern) if equals else None
            preps.append((expand(names, classes, pattern), words))
            specificity += 2 if words else 1
        elif item.startswith("!~"):
            not_near |= expand(item[2:], classes, pattern)
        elif item.startswith("!+"):
            not_preps |= expand(item[2:], classes, pattern)
        elif item.startswith("!"):
            not_objects |= expand(item[1:], classes, pattern)
        elif item.startswith("~"):
            near.append(to_words(expand(item[1:], classes, pattern)))
            specificity += 1.5
        elif item.startswith("^"):
            subjects = (subjects or set()) | expand(item[1:], classes, pattern)
            specificity += 1
        elif objects is None:
            objects = set(expand(item, classes, pattern))
            specificity += 0.5 if item == ANYTHING else 2
        else:
            raise ValueError(f"pattern {pattern!r} has two lists of objects")
    return Trigger(
        frame=frame,
        part=part,
        lemma=lemma,
        before=before or None,
        pattern=pattern,
        objects=None if objects is None else frozenset(objects),
        preps=tuple(preps),
        near=tuple(near),
        not_preps=frozenset(not_preps),
        not_objects=frozenset(not_objects),
        not_near=to_words(frozenset(not_near)) if not_near else None,
        subjects=None if subjects is None else frozenset(subjects),
        specificity=specificity + (0.5 if before else 0.0),
    )


def expand(text: str, classes: Mapping[str, tuple[str, ...]], pattern: str) -> frozenset[str]:
    words: set[str] = set()
    for word in text.split("|"):
        if not word:
            raise ValueError(f"pattern {pattern!r} has an empty alternative")
        if word != ANYTHING and not WORD.match(word):
            raise ValueError(f"pattern {pattern!r} has {word!r} where a word should be")
        if word.isupper():
            if word not in classes:
                raise ValueError(f"pattern {pattern!r} names the unknown word class {word}")
            words.update(classes[word])
        else:
            words.add(word)
    return frozenset(words)


def to_words(words: frozenset[str]) -> Words:
    return Words(
        frozenset(word for word in words if "_" not in word),
        tuple(sorted(" " + word.replace("_", " ") + " " for word in words if "_" in word)),
    )
