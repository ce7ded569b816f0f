"""A spaCy pipeline as a tagger: its named entities mapped onto Dateline's tokens."""

from typing import Any

from transforms.annotations.reference import TaggedSpan
from transforms.annotations.tokens import Tokens

LABELS = {"PERSON": "PER", "PER": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "FAC"}


class SpacyTagger:
    """Names by any spaCy pipeline with an `ner` component. Long texts are read a block of sentences at a time."""

    def __init__(self, pipeline: Any, name: str) -> None:
        self._pipeline = pipeline
        self._name = name
        # The recogniser reads words by its own embeddings: the rest of the pipeline costs and changes nothing.
        self._disable = [part for part in pipeline.pipe_names if part != "ner"]

    @property
    def name(self) -> str:
        """Package and version of the model."""
        return self._name

    def tag(self, tokens: Tokens, block: int = 40) -> list[TaggedSpan]:
        """Names of all sentences, at most `block` sentences read at once."""
        spans: list[TaggedSpan] = []
        sentences = tokens.sentences
        for begin in range(0, len(sentences), block):
            first, last = sentences[begin][0], sentences[min(begin + block, len(sentences)) - 1][1]
            offset, end = tokens.span(first, last)
            for found in self._pipeline(tokens.text[offset:end], disable=self._disable).ents:
                label = LABELS.get(found.label_)
                if label is None:
                    continue
                left = tokens.at(offset + found.start_char)
                right = tokens.at(offset + found.end_char - 1) + 1
                if left < right <= len(tokens):
                    while left < right and tokens.words[left].lower() in ("the", "a", "'s", "’s"):
                        left += 1
                    while left < right and tokens.words[right - 1].lower() in ("'s", "’s", "'", "’"):
                        right -= 1
                    if left < right:
                        spans.append(TaggedSpan(first=left, last=right, label=label, confidence=0.8))
        return spans
