"""The two states that a text speaks of: what "the two countries" or "bilateral" refers to."""

from collections.abc import Sequence

from transforms.annotations.annotation import Mention, Participant
from transforms.annotations.events.cast import country_of

STATE_KINDS = frozenset({"country", "person", "organization"})


class Pairs:
    """Remembers, sentence by sentence, the last two states that stood together."""

    __slots__ = ("names", "pair", "seen")

    def __init__(self) -> None:
        self.pair: tuple[str, str] | None = None
        self.seen: list[str] = []
        self.names: dict[str, Mention] = {}

    def read(self, mentions: Sequence[Mention]) -> None:
        """Takes in the mentions of the next sentence."""
        codes: list[str] = []
        for mention in mentions:
            code = country_of(mention)
            if code is None or mention.kind not in STATE_KINDS:
                continue
            if mention.kind == "country" and mention.form == "name":
                self.names.setdefault(code, mention)
            if code not in codes:
                codes.append(code)
        for code in codes:
            if code in self.seen:
                self.seen.remove(code)
            self.seen.insert(0, code)
        if len(codes) == 2:
            self.pair = codes[0], codes[1]
        elif self.pair is None and len(self.seen) == 2:
            self.pair = self.seen[0], self.seen[1]

    def other(self, code: str | None) -> str | None:
        """The other state of the pair, seen from `code`."""
        if self.pair is None or code not in self.pair:
            return None
        return self.pair[1] if code == self.pair[0] else self.pair[0]

    def participant(self, code: str) -> Participant:
        """A state of the pair as a participant from outside the sentence."""
        mention = self.names.get(code)
        return Participant(
            text=mention.text if mention else code,
            country_code=code,
            sector="GOV",
            entity=mention.entity if mention else None,
        )
