"""Who speaks beside a verb of saying: people, organisations, nominals and pronouns, looked up by token."""

from bisect import bisect_right

from transforms.annotations.cues import Cues
from transforms.annotations.function_words import DETERMINERS, PREPOSITIONS
from transforms.annotations.mentions.drafts import Draft
from transforms.annotations.tokens import Tokens

REACH = 60  # words before its verb that a subject may stand
_TITLE = 5  # words with capitals before a name
_LINKS = frozenset({"of", "from", "at", "in", "for", "with", "by", "who", "on"})
_COORDINATORS = frozenset({"and", "but"})
_ADDRESSING = frozenset({"to", "a", "al", "à", "an"})
"""Whom they precede is spoken to: `espetó el ingeniero a Verstappen`."""
_POSSESSIVE = frozenset({"'s", "’s", "‘s"})


class Speakers:
    """The drafts of one field that may speak."""

    def __init__(self, tokens: Tokens, drafts: list[Draft], cues: Cues) -> None:
        self.tokens = tokens
        self.words = tokens.words
        self.cues = cues
        self.sources = cues.speech.sources
        self._determiners = DETERMINERS if cues.is_english else DETERMINERS | cues.speech.articles
        self._prepositions = PREPOSITIONS if cues.is_english else PREPOSITIONS | cues.speech.links
        self.by_first: dict[int, Draft] = {}
        self.by_last: dict[int, Draft] = {}
        for draft in drafts:
            if draft.kind in ("person", "organization") or (draft.kind == "country" and draft.form == "name"):
                held = self.by_first.get(draft.first)
                if held is None or _rank(draft) > _rank(held):
                    self.by_first[draft.first] = draft
                held = self.by_last.get(draft.last)
                if held is None or _rank(draft) > _rank(held):
                    self.by_last[draft.last] = draft

    def after(self, first: int, last: int) -> Draft | None:
        """The first speaker that begins within tokens; a person directly behind a body or title wins."""
        for token in range(first, last):
            draft = self.by_first.get(token)
            if draft is None:
                continue
            if draft.kind != "person" or draft.form == "nominal":
                for ahead in range(draft.first, min(draft.last + 6, last)):
                    other = self.by_first.get(ahead)
                    if other and other.kind == "person" and other.form == "name" and self.words[ahead - 1] not in _ADDRESSING and (self.cues.is_english or not self.is_governed(other)):
                        return other
            return draft
        return None

    def source(self, first: int, last: int) -> Draft | None:
        """Who follows "according to", not the X of "according to a copy obtained by X"."""
        draft = self.after(first, next((token for token in range(first, last) if self.words[token] == ","), last))
        return None if draft is None or any(self.words[token].lower() in _LINKS for token in range(first, draft.first)) else draft

    def goes_into(self, token: int) -> bool:
        """Whether the word before a quote belongs to the phrase that the quoted words end: `by the "old road"`."""
        position = self.word_before(token)
        return position >= 0 and self.words[position].lower() in self._determiners | self._prepositions and ":" not in self.words[position:token]

    def behind(self, first: int, last: int) -> Draft | None:
        """The speaker behind an inverted verb: "said X", "said the minister", not the Y of "said the actor from Y"."""
        opened = (token for token in range(first, min(first + 3, len(self.words))) if self.words[token].lower() in self.cues.speech.conjunctions)
        last = min(last, next(opened, last))  # behind "that" stands what was said
        draft = self.after(first, last)
        while draft is not None and not self.cues.is_english and draft.form == "name" and self.is_governed(draft):
            draft = self.after(draft.last, last)  # "dijo a la red Erbol": no speaker, but who is spoken to
        if draft is None or draft.kind == "person":
            return self._apposed(draft, first, last) or draft
        between = [self.words[token] for token in range(first, draft.first)]
        if self.cues.is_english:
            return None if any(word.lower() in _LINKS for word in between) else draft
        # "admitió el delegado UDI e integrante de la comisión, Juan Toro": the body is the delegate's.
        return self._apposed(draft, first, last) or (None if any(word.islower() and word not in self.cues.speech.articles for word in between) else draft)

    def _apposed(self, draft: Draft | None, first: int, last: int) -> Draft | None:
        """The name that closes a description: "la directora de la empresa, Ana Toro"."""
        if self.cues.is_english or (draft is not None and draft.form != "nominal" and draft.kind == "person"):
            return None
        for token in range(first + 1, last):
            named = self.by_first.get(token)
            if self.words[token - 1] == "," and named is not None and named.kind == "person" and named.form == "name":
                return named if named.last >= len(self.words) or not self.words[named.last][0].isalnum() else None
        return None

    def before(self, first: int, verb: int) -> Draft | None:
        """The subject of the verb at token `verb`, from token `first` on: the nearest speaker to its left that is no object.

        In "X met Y and said" it is X; in "a spokesman for Y said" and "Y's lawyer said" it is not Y.
        """
        first = max(first, verb - REACH)
        if self._is_coordinated(first, verb):
            subject = self.opening(first, verb)
            if subject is not None:
                return subject
        best: Draft | None = None
        governed: Draft | None = None
        for token in range(verb, first, -1):
            draft = self.by_last.get(token)
            if draft is None or draft.first < first:
                continue
            if self.is_governed(draft):
                governed = governed or draft
                continue
            if draft.kind == "person" and (best is None or draft.form != "nominal"):
                return draft
            if self.cues.is_english or draft.last >= verb - 1 or draft.first <= first + 1:
                best = best or draft
        return best or (governed if self.cues.is_english else None)

    def is_writer(self, verb: int) -> bool:
        """Whether the subject of a verb is the one who writes: "I told him", "schrieb ich"."""
        beside = self.words[verb - 1 : verb] + ([] if self.cues.is_english else self.words[verb + 1 : verb + 2])
        return any(word.lower() in self.cues.speech.writer for word in beside)

    def opening(self, first: int, last: int) -> Draft | None:
        """The first person within tokens who may be a clause's subject."""
        for token in range(first, last):
            draft = self.by_first.get(token)
            if draft is not None and draft.kind == "person" and draft.last <= last and not self.is_governed(draft):
                return draft
        return None

    def sole(self, first: int, last: int) -> Draft | None:
        """The only one within tokens who may be a clause's subject: a name, or where none is a nominal or pronoun."""
        drafts = [draft for token in range(first, last) if (draft := self.by_first.get(token)) and draft.kind == "person" and not self.is_governed(draft)]
        drafts = [draft for draft in drafts if draft.form == "name"] or drafts
        return drafts[0] if len({draft.entity.key if draft.entity else draft.first for draft in drafts}) == 1 else None

    def organisation(self, first: int, last: int) -> Draft | None:
        """The body that "it" takes up: the first one within tokens that may be a clause's subject."""
        bodies = (draft for token in range(first, last) if (draft := self.by_first.get(token)) and draft.kind == "organization" and draft.entity)
        return next((draft for draft in bodies if draft.last <= last and not self.is_governed(draft)), None)

    def is_subject(self, draft: Draft) -> bool:
        """Whether a draft names a person who may be what its clause is about."""
        return draft.kind == "person" and draft.form == "name" and not self.is_governed(draft)

    def is_quoted(self, token: int) -> bool:
        """Whether a token lies between quotation marks."""
        start = self.tokens.starts[token]
        position = bisect_right(self.cues.quoted, start, key=lambda span: span.start) - 1
        return position >= 0 and start < self.cues.quoted[position].end

    def word_before(self, token: int) -> int:
        """The nearest word to the left of a token, past marks; -1 where there is none."""
        position = token - 1
        while position >= 0 and not self.words[position][0].isalnum():
            position -= 1
        return position

    def paragraph_start(self, token: int, breaks: str, reach: int) -> int:
        """The first token of the paragraph before a token's own, at most `reach` tokens back."""
        crossed = 0
        for position in range(token - 1, max(-1, token - reach), -1):
            if position + 1 < len(self.words) and breaks in self.tokens.text[self.tokens.ends[position] : self.tokens.starts[position + 1]]:
                crossed += 1
                if crossed > 1:
                    return position + 1
        return max(0, token - reach + 1)

    def only(self, first: int, last: int) -> Draft | None:
        """The only person whom the last sentence within tokens names, if it is no part of another phrase."""
        named = [draft for token in range(first, last) if (draft := self.by_first.get(token)) and draft.kind == "person" and draft.form == "name" and draft.entity]
        keys = {draft.entity.key for draft in named if draft.entity}
        return named[0] if len(keys) == 1 and not self.is_governed(named[0]) else None

    def _is_genitive(self, draft: Draft) -> bool:
        """Whether a name has a German genitive's ending before a noun: "Toros Rede"."""
        word, following = self.words[draft.last - 1], self.words[draft.last]
        return not self.cues.is_english and draft.entity is not None and word.endswith("s") and following[0].isupper() and draft.entity.name.endswith(word[:-1])

    def _is_coordinated(self, first: int, verb: int) -> bool:
        """Whether "and" or "but" stands before a verb, so that its subject is the sentence's."""
        position = verb - 1
        if position > first and self.words[position].lower() in ("also", "then", "later"):
            position -= 1
        return position > first and self.words[position].lower() in (_COORDINATORS if self.cues.is_english else self.cues.speech.coordinators)

    def is_governed(self, draft: Draft) -> bool:
        """Whether a preposition or a possessive ending makes the draft a part of another phrase."""
        if draft.form == "pronoun":
            return False
        if draft.last < len(self.words) and (self.words[draft.last] in _POSSESSIVE or self._is_genitive(draft)):
            return True
        position = draft.first - 1
        while self.cues.is_english and draft.kind == "person" and position >= 0 and draft.first - position < _TITLE and self.words[position][0].isupper() and self.words[position].lower() not in self._prepositions:
            position -= 1  # "after a meeting with NATO Secretary General Omarov"
        for _ in range(3):
            if position >= 0 and self.words[position][0].islower() and self.words[position].lower() not in self._prepositions and (draft.kind != "person" or self.words[position].lower() in self._determiners):
                position -= 1
        return position >= 0 and self.words[position].lower() in self._prepositions and self.words[position] not in ("as", "than", "after", "before", "since")


def _rank(draft: Draft) -> int:
    return 3 * (draft.kind == "person") + (draft.form == "name") + (draft.kind == "organization")
