"""What a text is about: PLOVER contexts for its events, and topics about which nothing is coded."""

import re
from collections import Counter
from collections.abc import Mapping

from transforms.annotations.events.ontology import Lexicon

WORD = re.compile(r"[a-z0-9]+(?:[-'][a-z0-9]+)*")
# Share of a text's words that must be of the topic, and how many different ones.
LIMITS: Mapping[str, tuple[float, int]] = {"sport": (0.022, 5), "market": (0.03, 4), "accident": (0.05, 6)}
# Words of states and force: a text that is thick with them is coded whatever else it speaks of.
POLITICAL = frozenset({"executive", "diplomatic", "military", "terrorism", "repression", "legislative"})
# A text is off topic while words of politics are rarer than this part of the topic's limit.
PER_SHARE = 0.45
# A shorter text is too short to say what it is about.
LEAST_WORDS = 60
COMMERCIAL = 0.02
TYPICAL = 0.04
MAX_CONTEXTS = 6


def count_words(text: str) -> tuple[Counter[str], str, int]:
    """The words of a text with their counts, its lower-case form for phrases, and how many words it has."""
    lower = text.lower()
    words = WORD.findall(lower)
    return Counter(words), f" {' '.join(words)} ", len(words)


def find_contexts(counts: Counter[str], running: str, lexicon: Lexicon) -> dict[str, int]:
    """Context → how often its cues stand in the text."""
    found: dict[str, int] = {}
    for context, cues in lexicon.contexts.items():
        hits = 0
        for cue in cues:
            if " " in cue:
                hits += running.count(f" {cue} ")
            else:
                hits += counts.get(cue, 0)
        if hits:
            found[context] = hits
    return found


def pick_contexts(found: Mapping[str, int], own: tuple[str, ...]) -> tuple[str, ...]:
    """The event's own contexts, then those of the text that are more than a passing word, in alphabetical order."""
    strong = [context for context, hits in found.items() if hits >= 2]
    strong.sort(key=lambda context: (-found[context], context))
    kept = [context for context in strong[:MAX_CONTEXTS] if context not in own]
    return (*own, *sorted(kept))


def off_topic(
    counts: Counter[str], running: str, size: int, contexts: Mapping[str, int], lexicon: Lexicon
) -> str | None:
    """The topic (`sport`, `market`, `accident`) for which the text is left uncoded, or None."""
    if size < LEAST_WORDS:
        return None
    political = sum(contexts.get(context, 0) for context in POLITICAL)
    for topic, words in lexicon.topics.items():
        hits = {word: counts[word] for word in words if word in counts}
        total = sum(hits.values()) + sum(running.count(f" {word} ") for word in words if " " in word)
        share, different = LIMITS[topic]
        if len(hits) >= different and total / size >= share and political / size < share * PER_SHARE:
            return topic
    return None


def share_of_politics(contexts: Mapping[str, int], size: int) -> float:
    """How thick a text is with words of states and force, 0 to 1 (the typical dispatch where it is too short)."""
    if size < LEAST_WORDS:
        return TYPICAL
    return min(1.0, sum(contexts.get(context, 0) for context in POLITICAL) / size)


def is_commercial(counts: Counter[str], size: int, lexicon: Lexicon) -> bool:
    """Whether a text has so many words of markets that its companies are about business."""
    words = lexicon.topics.get("market", frozenset())
    return size >= LEAST_WORDS and sum(counts[word] for word in words if word in counts) / size >= COMMERCIAL
