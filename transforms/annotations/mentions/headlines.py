"""Names in headlines, where capitals tell nothing: what the body names, and what tables know."""

from transforms.annotations.cues import find_cues
from transforms.annotations.folding import fold
from transforms.annotations.mentions.drafts import Draft, Taken
from transforms.annotations.mentions.finder import find_names
from transforms.annotations.reference import AnnotationReference
from transforms.annotations.tokens import Tokens


def find_headline_names(headline: Tokens, body: list[Draft], body_tokens: Tokens, reference: AnnotationReference) -> list[Draft]:
    """Drafts of the names in a headline; those of the body carry its entities along."""
    known: dict[tuple[str, ...], Draft] = {}
    for draft in body:
        if draft.form in ("name", "demonym"):
            key = tuple(map(fold, body_tokens.words[draft.first : draft.last]))
            known.setdefault(key, draft)
            if draft.kind == "person" and len(key) > 1:
                known.setdefault(key[-1:], draft)
    taken = Taken(len(headline))
    sizes = sorted({len(key) for key in known}, reverse=True)
    folded = [fold(word) for word in headline.words]
    for size in sizes:
        for first in range(len(folded) - size + 1):
            like = known.get(tuple(folded[first : first + size]))
            if like is not None and headline.words[first][0].isupper():
                taken.add(Draft(first, first + size, like.kind, like.source, form=like.form, confidence=like.confidence, candidates=like.candidates, entity=like.entity))
    for draft in find_names(headline, reference, find_cues(headline, reference.languages.speech_of("en"), is_english=True)):
        if draft.form in ("name", "demonym") and (draft.source == "table" or not _is_title_case(headline)):
            taken.add(draft)
    return sorted(taken.drafts, key=lambda draft: draft.first)


def _is_title_case(headline: Tokens) -> bool:
    """Whether most longer words begin with a capital, so that capitals say nothing of names."""
    longer = [word for word in headline.words if len(word) > 3 and word[0].isalpha()]
    return sum(word[0].isupper() for word in longer) > 0.6 * len(longer)
