"""The two states that a text speaks of: what "the two countries" or "bilateral" refers to."""

from collections.abc import Sequence

from transforms.annotations.annotation import Mention, Participant
from transforms.annotations.events.cast import country_of

Side = tuple[Participant, ...]
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

    def fill(
        self,
        actors: Side,
        recipients: Side,
        two_sides: tuple[str, ...],
        *,
        is_symmetric: bool,
        is_between_states: bool,
    ) -> tuple[Side, Side]:
        """Both sides of an act, with the pair for "the two countries" (`two_sides`) and for what is "bilateral"."""
        if self.pair is None:
            return actors, recipients
        if len(actors) == 1 and actors[0].text.lower() in two_sides:
            first, second = map(self.participant, self.pair)
            if is_symmetric and not any(r.country_code for r in recipients):
                return (first,), (second,)
            return (first, second), recipients
        other = self.other(actors[0].country_code if actors else None)
        if len(recipients) == 1 and recipients[0].text.lower() in two_sides:
            codes = (other,) if other else self.pair
            return actors, tuple(map(self.participant, codes))
        if is_between_states and not any(r.country_code for r in recipients):
            if other:
                return actors, (self.participant(other),)
            if not actors:
                first, second = map(self.participant, self.pair)
                return (first,), (second,)
        return actors, recipients
