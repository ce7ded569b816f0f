"""A quote in the making."""

from transforms.annotations.mentions.drafts import Draft


class FoundQuote:
    """A quote in the making: offsets, verb and the draft of its speaker."""

    __slots__ = ("confidence", "end", "is_direct", "speaker", "start", "verb")

    def __init__(self, start: int, end: int, *, is_direct: bool, verb: str | None = None, speaker: Draft | None = None, confidence: float = 0.9) -> None:
        self.start = start
        self.end = end
        self.is_direct = is_direct
        self.verb = verb
        self.speaker = speaker
        self.confidence = confidence
