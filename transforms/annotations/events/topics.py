"""What a text as a whole is about: PLOVER contexts for its events, and topics about which nothing is coded."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from transforms.annotations.events.ontology import Lexicon

WORD = re.compile(r"[a-z0-9]++(?:[-'][a-z0-9]++)*+")
# Share of a text's words that must be of the topic, and how many different ones.
LIMITS: Mapping[str, tuple[float, int]] = {"sport": (0.022, 5), "market": (0.03, 4), "accident": (0.035, 5)}
# Words of states and force: a text that is thick with them is coded whatever else it speaks of.
POLITICAL = frozenset({"executive", "diplomatic", "military", "terrorism", "repression", "legislative"})
# A text is off topic while words of politics are rarer than this part of the topic's limit.
PER_SHARE = 0.45
# What accidents have in common with attacks.
HARM = frozenset({"killed", "injured"})
# A shorter text is too short to say what it is about.
LEAST_WORDS = 60
COMMERCIAL = 0.02
TYPICAL = 0.04
MAX_CONTEXTS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """What one text is about.

    `off_topic` names the topic (`sport`, `market`, `accident`) for which it is left uncoded; `contexts` are more
    than a passing word, the thickest first; `politics` is the share of words of states and force, 0 to 1 (the
    typical dispatch's where the text is too short to tell), `mishaps` that of words of accidents (0 there);
    `is_commercial` says that its companies are about business.
    """

    off_topic: str | None
    contexts: tuple[str, ...]
    politics: float
    mishaps: float
    is_short: bool
    is_commercial: bool

    def contexts_beside(self, own: tuple[str, ...]) -> tuple[str, ...]:
        """An event's own contexts, then those of the text in alphabetical order."""
        return (*own, *sorted(context for context in self.contexts[:MAX_CONTEXTS] if context not in own))


def read_theme(text: str, lexicon: Lexicon) -> Theme:
    words = WORD.findall(text.lower())
    counts = Counter(filter(lexicon.telling.__contains__, words))
    running, size = f" {' '.join(words)} ", len(words)
    found = find_contexts(counts, running, lexicon)
    political = sum(found.get(context, 0) for context in POLITICAL)
    is_short = size < LEAST_WORDS
    market = sum(counts[word] for word in lexicon.topics["market"].single & counts.keys())
    mishaps = sum(counts[word] for word in lexicon.topics["accident"].single & counts.keys() if word not in HARM)
    strong = sorted((context for context, hits in found.items() if hits >= 2), key=lambda c: (-found[c], c))
    return Theme(
        off_topic=None if is_short else find_topic(counts, running, size, political, lexicon),
        contexts=tuple(strong),
        politics=TYPICAL if is_short else min(1.0, political / size),
        mishaps=0.0 if is_short else mishaps / size,
        is_short=is_short,
        is_commercial=not is_short and market / size >= COMMERCIAL,
    )


def find_contexts(counts: Mapping[str, int], running: str, lexicon: Lexicon) -> dict[str, int]:
    """Context → how often its cues stand in the text."""
    found: dict[str, int] = {}
    for word in counts.keys() & lexicon.context_cues.keys():
        for cue, context in lexicon.context_cues[word]:
            hits = counts[word] if cue == word else running.count(f" {cue} ")
            if hits:
                found[context] = found.get(context, 0) + hits
    return found


def find_topic(
    counts: Mapping[str, int], running: str, size: int, political: int, lexicon: Lexicon
) -> str | None:
    for topic, cues in lexicon.topics.items():
        hits = cues.single & counts.keys()
        total = sum(counts[word] for word in hits)
        total += sum(running.count(phrase) for phrase in cues.phrases)
        share, different = LIMITS[topic]
        if len(hits) >= different and total / size >= share and political / size < share * PER_SHARE:
            return topic
    return None
