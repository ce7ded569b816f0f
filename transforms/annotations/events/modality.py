"""Whether an act happened: its tense, negation and what governs it, read up the tree from the trigger."""

from dataclasses import dataclass

from transforms.annotations.events.grammar import Grammar
from transforms.annotations.events.matching import Matcher
from transforms.annotations.events.ontology import Lexicon

WILL = frozenset({"will", "shall", "'ll", "wo", "’ll"})
WOULD = frozenset({"would", "'d", "’d"})
MAY = frozenset({"may", "might", "could", "should", "can", "must", "ca"})
NEVER = frozenset({"never", "no", "not", "n't", "n’t", "neither", "nor", "without"})
CONDITIONS = frozenset({"if", "unless", "whether", "provided"})
TIMED = frozenset({"after", "before", "during", "following", "since", "amid", "despite"})
RANKS = frozenset({"first", "second", "third", "last", "latest", "only"})
CLIMBS = frozenset({"xcomp", "ccomp", "pcomp", "dobj", "pobj", "prep", "acl", "nsubjpass", "attr", "conj", "acomp", "advcl", "relcl", "dative", "agent", "oprd", "nsubj", "compound", "amod", "appos", "nmod", "poss"})  # fmt: skip
SAME_CLAUSE = frozenset({"dobj", "pobj", "prep", "nsubjpass", "attr", "acomp", "oprd", "nsubj", "pcomp"})


@dataclass(slots=True)
class Modality:
    """What stands between the trigger and the plain statement that it happened."""

    is_future: bool = False
    is_negated: bool = False
    is_hypothetical: bool = False
    is_purpose: bool = False
    is_denied: bool = False
    is_remembered: bool = False
    depth: int = 0
    governor: int | None = None
    speaker_verb: int | None = None
    relation: str = "ROOT"


def read_modality(
    at: int, g: Grammar, matcher: Matcher, lexicon: Lexicon, operators: frozenset[int]
) -> Modality:
    """Climbs from token `at` to the root. `operators` are triggers that swallow what they govern."""
    found = Modality(relation=g.p.deps[at])
    p = g.p
    i = at
    own_clause = is_governed = True
    if not g.is_verb(at):
        found.is_negated = any(p.lowers[c] in NEVER for c in p.children[at])
    for _ in range(12):
        if g.is_verb(i) or p.tags[i] == "MD" or i == at:
            read_verb(i, g, lexicon, found, own_clause)
        head, dep = p.heads[i], p.deps[i]
        if head == i or dep not in CLIMBS:
            break
        if head in operators and head != at and dep not in ("nsubj", "nsubjpass"):
            if found.governor is None and (dep != "conj" and dep != "advcl"):
                found.governor = head
            elif found.governor is None and dep == "conj":
                pass
        if g.is_verb(head):
            lemma = matcher.lemma(head)
            if is_governed and (
                dep in ("xcomp", "ccomp", "dobj", "pcomp", "nsubjpass", "nsubj", "oprd") or (dep == "prep")
            ):
                apply_governor(lemma, dep, head, g, lexicon, found)
        elif dep == "xcomp" and p.lowers[head] in lexicon.future:
            found.is_future = True
        elif dep == "xcomp" and p.lowers[head] in lexicon.hypothetical:
            found.is_hypothetical = True
        if dep == "relcl":
            # "the king, who visited Lima in May, is expected to …": what he did is not what is expected
            is_governed = False
        if dep == "conj":
            own_clause = own_clause and not any(
                p.deps[c] in ("aux", "nsubj", "nsubjpass") for c in p.children[i]
            )
        elif dep == "prep" and p.lowers[i] in TIMED:
            # "would rise after the talks": the talks are another matter
            own_clause = False
        elif dep not in SAME_CLAUSE or g.is_verb(i):
            own_clause = own_clause and dep in ("xcomp",) and matcher.lemma(head) in lexicon.transparent
            found.depth += dep not in ("ccomp", "conj") and not is_ranked(i, g)
        i = head
    noting = noting_verb(at, g, matcher, lexicon)
    if noting is not None and p.deps[noting] in ("ROOT", "ccomp", "conj"):
        found.speaker_verb, found.depth = noting, 0
    return found


def noting_verb(at: int, g: Grammar, matcher: Matcher, lexicon: Lexicon) -> int | None:
    """The verb that takes an act for done: "drew attention to signing …", "spoke of meeting …"."""
    p = g.p
    if p.tags[at] != "VBG" or p.deps[at] not in ("pcomp", "xcomp"):
        return None
    above = p.heads[at]
    if p.deps[at] == "pcomp":
        above = p.heads[above]
    if not g.is_verb(above):
        return None
    draws_attention = any(p.lowers[c] == "attention" for c in p.children[above])
    return above if draws_attention or matcher.lemma(above) in lexicon.speech else None


def read_verb(i: int, g: Grammar, lexicon: Lexicon, found: Modality, own_clause: bool) -> None:
    p = g.p
    for c in p.children[i]:
        dep, lower = p.deps[c], p.lowers[c]
        if dep == "mark" and lower in CONDITIONS:
            found.is_hypothetical = True
        if not own_clause:
            continue
        if dep == "neg" or (dep in ("det", "advmod", "cc", "preconj") and lower in NEVER and lower != "no"):
            found.is_negated = True
        elif dep == "aux":
            if lower in WILL or lower in WOULD:
                found.is_future = True
            elif lower in MAY:
                found.is_hypothetical = True
            elif lower == "to" and p.deps[i] == "ROOT" and g.own_subjects(i):
                # "Minister to visit Lima": so say digests and headlines
                found.is_future = True
            elif lower == "to" and p.deps[i] in ("advcl", "acl", "relcl"):
                found.is_purpose = not is_ranked(i, g)
            elif (
                lower == "to"
                and p.deps[i] == "xcomp"
                and p.lowers[p.heads[i]] in ("is", "are", "was", "were", "'s")
            ):
                found.is_future = True


def is_ranked(i: int, g: Grammar) -> bool:
    """Whether verb `i` says what someone was the first to do: they did it."""
    return i > 1 and g.p.lowers[i - 1] == "to" and g.p.lowers[i - 2] in RANKS


def apply_governor(lemma: str, dep: str, head: int, g: Grammar, lexicon: Lexicon, found: Modality) -> None:
    if lemma in lexicon.deny and dep in ("xcomp", "ccomp", "dobj", "pcomp"):
        found.is_denied = True
    if lemma in lexicon.memory and dep in ("ccomp", "dobj", "xcomp", "nsubjpass"):
        found.is_remembered = True
    if lemma in lexicon.future and dep in ("xcomp", "ccomp", "nsubjpass"):
        found.is_future = True
    elif lemma in lexicon.hypothetical and dep in ("xcomp", "ccomp", "dobj", "pcomp", "prep"):
        found.is_hypothetical = True
    if lemma in lexicon.speech and dep == "ccomp" and found.speaker_verb is None:
        found.speaker_verb = head
