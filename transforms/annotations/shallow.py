"""A small parser by rules, for machines without a language model.

Words are tagged by closed lists, the given verb forms and their neighbours; noun phrases are chunked; heads are
drawn from left to right. It finds the main clause of plain news prose, what it agrees to or says, and the passive;
it does not try more. Labels are those of `transforms.annotations.syntax`.
"""

import re
from collections.abc import Mapping

from transforms.annotations.function_words import (
    ADJECTIVE_ENDINGS,
    ADJECTIVES,
    ADVERBS,
    BE,
    DAYS,
    DETERMINERS,
    DO,
    HAVE,
    IN_PHRASE,
    MODALS,
    NOUNISH,
    PARTICLES,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
)
from transforms.annotations.shallow_clauses import Clause, break_cycles
from transforms.annotations.syntax import Parse, build_parse

TOKEN = re.compile(
    r"\w+n['’]t\b|['’]s\b|['’](?:ll|re|ve|d|m)\b|(?:[A-Z]\.){2,}|[^\W_]+(?:[-'’][^\W_]+)*|[^\w\s]|_+",
    re.UNICODE,
)


class ShallowParser:
    """Parses one sentence; `verb_forms` maps the known verb forms to their lemmas, `speech` holds lemmas of saying."""

    def __init__(self, verb_forms: Mapping[str, tuple[str, ...]], speech: frozenset[str]) -> None:
        self._forms = verb_forms
        self._speech = speech

    def __call__(self, sentence: str) -> Parse:
        found = [(m.group(), m.start()) for m in TOKEN.finditer(sentence)]
        tokens: list[tuple[str, int]] = []
        for word, start in found:
            if word[-3:].lower() in ("n't", "n’t") and len(word) > 3:
                tokens += [(word[:-3], start), (word[-3:], start + len(word) - 3)]
            else:
                tokens.append((word, start))
        words = [word for word, _ in tokens]
        tags = self.tag(words)
        deps, heads = self.link(words, tags)
        return build_parse(words, tags, deps, heads, [start for _, start in tokens])

    def tag(self, words: list[str]) -> list[str]:
        tags: list[str] = []
        for i, word in enumerate(words):
            tags.append(self.tag_word(i, word, words, tags))
        return tags

    def tag_word(self, i: int, word: str, words: list[str], tags: list[str]) -> str:
        lower = word.lower()
        before = tags[i - 1] if i else ""
        after = words[i + 1].lower() if i + 1 < len(words) else ""
        if not word[0].isalnum() and lower not in (
            "'s",
            "’s",
            "'ll",
            "’ll",
            "n't",
            "n’t",
            "'d",
            "’d",
            "'re",
            "’re",
        ):
            return "."
        if lower in ("'s", "’s"):
            return "POS"
        if lower == "to":
            return "TO"
        if lower in MODALS and not (lower == "may" and word != "may"):
            return "MD"
        if lower in BE or lower in HAVE or lower in DO:
            return "VBN" if lower == "been" else "VBG" if lower.endswith("ing") else "VBD"
        if lower in ("and", "or", "but", "nor"):
            return "CC"
        if lower in RELATIVES:
            return "IN" if lower == "that" and before.startswith("VB") else "WDT"
        if lower in ("its", "their", "his", "her", "our", "my", "your"):
            return "PRP$"
        if lower in DETERMINERS:
            return "DT"
        if lower in PRONOUNS:
            return "PRP"
        if lower in PARTICLES and before.startswith("VB"):
            return "RP"
        if lower in PREPOSITIONS:
            return "IN"
        if (lower in ADVERBS and not (lower == "first" and before == "DT" and after == "to")) or lower in (
            "n't",
            "n’t",
        ):
            return "RB"
        if word[0].isdigit():
            return "CD"
        after_acts = after in self._forms and (
            after.endswith(("ed", "t", "n", "d", "s", "k")) or after in BE | HAVE
        )
        if word[0].isupper() and (i > 0 or lower not in self._forms or after_acts):
            return "NNS" if i == 0 and lower in self._forms and lower.endswith("s") else "NNP"
        if lower in self._forms and self.is_verb(lower, before, after, words, i):
            return self.verb_tag(lower, words, tags, i, after)
        if lower.endswith("ly"):
            return "RB"
        if lower in ADJECTIVES or (lower.endswith(ADJECTIVE_ENDINGS) and self.is_nounish(after)):
            return "JJ"
        return "NNS" if lower.endswith("s") and not lower.endswith("ss") else "NN"

    def is_nounish(self, after: str) -> bool:
        """Whether an adjective may stand before this word."""
        if (
            not after
            or not after[0].isalpha()
            or after in PREPOSITIONS
            or after in MODALS
            or after in BE | HAVE | DO
        ):
            return False
        return after not in ("and", "or", "to", "that", "who", "which") and not after.endswith("ed")

    def is_verb(self, lower: str, before: str, after: str, words: list[str], i: int) -> bool:
        if before in ("DT", "PRP$", "POS", "JJ", "CD"):
            return (
                lower.endswith(("ing", "ed"))
                and after not in ("of", "")
                and before != "JJ"
                and after not in PREPOSITIONS
            )
        if before == "IN" and not lower.endswith("ing"):
            return words[i - 1].lower() in ("that", "as", "after", "before", "since")
        if before.startswith("NN") and lower.endswith("s") and not after:
            return False
        if before.startswith("VB") and not lower.endswith(("ed", "en", "ing", "t", "n", "d")):
            return words[i - 1].lower() in BE | HAVE | DO
        return True

    def verb_tag(self, lower: str, words: list[str], tags: list[str], i: int, after: str) -> str:
        if lower.endswith("ing"):
            return "VBG"
        above = i - 1
        while above >= 0 and tags[above] == "RB":
            above -= 1
        if above >= 0:
            lower_above = words[above].lower()
            if tags[above] in ("TO", "MD") or lower_above in DO:
                return "VB"
            if lower_above in BE | HAVE:
                return "VBN"
        lemma = self._forms[lower][0]
        if lower == lemma:
            return "VBP"
        if lower.endswith("s"):
            return "VBZ"
        return "VBN" if after == "by" else "VBD"

    def link(self, words: list[str], tags: list[str]) -> tuple[list[str], list[int]]:
        """Dependencies: phrases first, then the clause from left to right."""
        size = len(words)
        deps, heads = ["dep"] * size, [-1] * size
        phrase_heads = self.link_phrases(words, tags, deps, heads)
        state = Clause(words, tags, deps, heads, self._forms, self._speech)
        for i in range(size):
            if heads[i] < 0:
                state.take(i, i in phrase_heads)
        root = state.root if state.root >= 0 else next(iter(sorted(phrase_heads)), 0)
        for i in range(size):
            if i == root:
                heads[i], deps[i] = i, "ROOT"
            elif heads[i] < 0:
                heads[i], deps[i] = root, "punct" if tags[i] == "." else "dep"
        break_cycles(heads, deps, root)
        return deps, heads

    def link_phrases(self, words: list[str], tags: list[str], deps: list[str], heads: list[int]) -> set[int]:
        found: set[int] = set()
        i = 0
        while i < len(words):
            if tags[i] == "PRP":
                found.add(i)
                i += 1
                continue
            if tags[i] not in IN_PHRASE or tags[i] == "POS":
                i += 1
                continue
            j = i
            while j + 1 < len(words) and (
                tags[j + 1] in IN_PHRASE
                or (
                    tags[j + 1] == "VBN"
                    and tags[j] in ("DT", "JJ")
                    and j + 2 < len(words)
                    and tags[j + 2] in NOUNISH
                )
            ):
                if tags[j + 1] == "DT" or (words[j + 1].lower() in DAYS and tags[j] != "DT"):
                    break
                j += 1
            nouns = [k for k in range(i, j + 1) if tags[k] in NOUNISH and words[k].lower() not in DAYS]
            nouns = nouns or [k for k in range(i, j + 1) if tags[k] in NOUNISH]
            if nouns:
                head = nouns[-1]
                found.add(head)
                owner_end = next((k for k in range(head - 1, i, -1) if tags[k] == "POS"), None)
                owner = None if owner_end is None else owner_end - 1
                for k in range(i, j + 1):
                    if k == head:
                        continue
                    heads[k] = head
                    deps[k] = {"DT": "det", "JJ": "amod", "PRP$": "poss", "CD": "nummod", "VBN": "amod"}.get(
                        tags[k], "compound"
                    )
                    if owner is not None and owner_end is not None and k <= owner_end:
                        heads[k], deps[k] = (
                            (head, "poss")
                            if k == owner
                            else (owner, "case" if k == owner_end else "compound")
                        )
            i = j + 1
        return found
