"""Bodies whose names hang together by a small word, or out of two parts: "Mines and Energy Ministry", "News Agency of
Nigeria", "U.S. Senate Banking Committee"."""

from transforms.annotations.folding import fold, word_set
from transforms.annotations.mentions.drafts import Draft, Taken
from transforms.annotations.mentions.runs import FIRMS, NEVER, ORG_HEADS, is_capital, trim_start
from transforms.annotations.reference import AnnotationReference
from transforms.annotations.tokens import Tokens

_FIELDS = word_set(
    """
    ministry department commission council committee administration agency authority institute network
    board bureau exchange directorate secretariat tribunal court ministries administration foundation
    centre center union association federation
    """
)
"""Bodies whose fields stand in front of them, two of them with "and"."""
_OWNED = _FIELDS | word_set("academy assembly chamber college conference confederation congress corps front movement organization organisation party society university rally league office")
"""Bodies that "of" or "for" ties to a place or a field."""
_PARTS = ORG_HEADS | word_set("programme program fund mission newsdesk railway charity agency")
_PARTNERS = FIRMS | word_set("company sons partners associates brothers")
_PLACES = frozenset({"country", "city", "region", "place"})
_LONGEST = 5


def join_bodies(tokens: Tokens, taken: Taken, reference: AnnotationReference) -> None:
    """Make one name of the parts of a body. English."""
    words = tokens.words
    joiner = _Joiner(tokens, taken, reference)
    for token, word in enumerate(words):
        if word == "and":
            joiner.join_fields(token)
    for token, word in enumerate(words):
        if word in ("of", "for"):
            joiner.join_owner(token)
    for draft in sorted(taken.drafts, key=lambda draft: draft.first):
        joiner.join_part(draft)


class _Joiner:
    """Joins the names of one field of text."""

    def __init__(self, tokens: Tokens, taken: Taken, reference: AnnotationReference) -> None:
        self.tokens = tokens
        self.words = tokens.words
        self.taken = taken
        self.reference = reference

    def join_fields(self, joint: int) -> None:
        """`the Law and Order Council`, `Jo Berrie and Co Inc`: two fields of one body, two partners of one firm."""
        words = self.words
        right = self.taken.owner(joint + 1)
        if joint == 0 or right is None or right.first != joint + 1 or not self._is_open_body(right):
            return
        is_firm = all(fold(word).rstrip(".") in _PARTNERS for word in words[right.first : right.last])
        first = self._run_before(joint, is_firm)
        if first is None or fold(words[joint - 1]) in ORG_HEADS - {"trust", "bank"} or (words[joint - 1].isupper() and not is_firm):
            return
        if is_firm or (right.last - right.first > 1 and fold(words[right.last - 1]) in _FIELDS and self._is_introduced(first)):
            self._join(first, right.last)

    def join_owner(self, joint: int) -> None:
        """`News Agency of Nigeria`, `the Front for National Liberation`: a body and whose or what for it is."""
        words = self.words
        body = self.taken.owner(joint - 1) if joint else None
        if body is None or body.last != joint or not self._is_open_body(body) or body.last - body.first < 2 or fold(words[joint - 1]) not in _OWNED:
            return
        stop = self.tokens.sentences[self.tokens.sentence_of[joint]][1]
        first = joint + 1 + (joint + 1 < stop and words[joint + 1] == "the")
        last = self._field_end(first, stop)
        if last > first:
            self._join(body.first, last)

    def join_part(self, draft: Draft) -> None:
        """`U.N. Environment Programme`, `U.S. Senate Banking Committee`, `New York Energy Desk`: a body and its part, a place and its body."""
        if self.taken.owner(draft.first) is not draft or draft.form != "name":
            return
        part = self.taken.owner(draft.last)
        if part is None or part.first != draft.last or not self.tokens.is_adjacent(draft.last - 1) or part.form != "name" or part.kind != "organization":
            return
        tail = fold(self.words[part.last - 1])
        is_body = draft.kind == "organization" and draft.source != "table"
        is_known = draft.kind == "organization" and not part.candidates and self.words[draft.last - 1].isupper()
        is_place = draft.kind in _PLACES and draft.kind != "country" and not part.candidates and part.source != "table"
        is_firm = draft.kind == "organization" and tail in FIRMS
        is_national = draft.kind == "country" and any(alias.entity.country_code == draft.candidates[0].entity.country_code for alias in part.candidates)
        if tail in _PARTS and (is_body or is_known or is_place or is_firm or is_national):
            self._join(draft.first, part.last)

    def _run_before(self, joint: int, is_firm: bool) -> int | None:
        """The first token of the capitals that end before `joint`; None where they are a name of their own."""
        words = self.words
        start = self.tokens.sentences[self.tokens.sentence_of[joint]][0]
        first = joint
        while first > start and joint - first < _LONGEST and (is_capital(words[first - 1]) or words[first - 1] == "&") and fold(words[first - 1]) not in NEVER:
            owner = self.taken.owner(first - 1)
            if owner is not None and not self._is_guess(owner):
                break
            first -= 1
        first = trim_start(self.tokens, first, joint, self.reference.common_words)
        owner = self.taken.owner(first) if first < joint else None
        if first == joint or (owner is not None and owner.first < first):
            return None
        is_person = owner is not None and owner.kind == "person" and owner.last - owner.first > 1
        return None if is_person and not is_firm else first

    def _is_introduced(self, first: int) -> bool:
        before = self.words[first - 1] if first else ""
        return before in ("the", "The", "'s", "’s", "of", "at") or before.islower() or self.taken.owner(first - 1) is not None

    def _field_end(self, first: int, stop: int) -> int:
        """The end of a place, or of what a body cares for: "Refugees", "Science and Technology"."""
        words = self.words
        if first >= stop or not is_capital(words[first]):
            return first
        owner = self.taken.owner(first)
        if owner is not None and owner.kind in _PLACES:
            is_shared = owner.last + 1 < stop and words[owner.last] == "and" and (other := self.taken.owner(owner.last + 1)) is not None and other.kind in _PLACES
            return first if is_shared or owner.first != first else owner.last  # "the Council of Norway and Spain" is between them
        last = first
        while last < stop and self._is_field(last):
            last += 1
        if first < last < stop - 1 and words[last] == "and" and self._is_field(last + 1):
            last += 1
            while last < stop and self._is_field(last):
                last += 1
        return last

    def _is_field(self, token: int) -> bool:
        word = self.words[token]
        owner = self.taken.owner(token)
        is_held = owner is not None and (owner.candidates or owner.kind == "person" or owner.source == "table" or owner.kind in _PLACES)
        return is_capital(word) and word[0].isalpha() and fold(word) not in NEVER and not is_held and fold(word) not in self.reference.titles.by_first

    def _is_guess(self, draft: Draft) -> bool:
        """Whether a draft may turn out to be a part of another name: no table knows it, and nobody holds an office there."""
        is_unknown = draft.source != "table" and not draft.candidates and draft.office is None
        return self._is_open_body(draft) or draft.kind == "other" or (draft.kind in ("person", "place") and is_unknown)

    def _is_open_body(self, draft: Draft) -> bool:
        return draft.kind == "organization" and draft.form == "name" and not draft.candidates and draft.source != "table"

    def _join(self, first: int, last: int) -> None:
        held = dict.fromkeys(draft for token in range(first, last) if (draft := self.taken.owner(token)))
        if any(draft.first < first or draft.last > last for draft in held):
            return
        for draft in held:
            self.taken.remove(draft)
        candidates = next((draft.candidates for draft in held if draft.last == last and draft.kind == "organization"), ())
        self.taken.add(Draft(first, last, "organization", "rules", confidence=0.8, candidates=candidates))
