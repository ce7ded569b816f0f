"""Pronouns: where "he" and "she" stand for a speaker or topic, and whom they take up."""

from dataclasses import dataclass

from transforms.annotations.annotation import Entity
from transforms.annotations.cues import Cues
from transforms.annotations.folding import fold, fold_name
from transforms.annotations.mentions.drafts import Draft
from transforms.annotations.reference import AnnotationReference
from transforms.annotations.tokens import Tokens

_GENDERS = {
    **dict.fromkeys(("mr", "sir", "lord", "king", "prince", "spokesman", "chairman", "businessman", "congressman", "actor", "father", "husband"), "he"),
    **dict.fromkeys(("mrs", "ms", "miss", "lady", "dame", "queen", "princess", "spokeswoman", "chairwoman", "actress", "mother", "wife"), "she"),
}
_PRONOUNS = frozenset({"he", "she"})
REACH = 4  # sentences that a pronoun or a bare "the ministry" may look back
_SPEAKER_REACH = 12  # sentences, quoted ones included, after which the last speaker is still meant by "he said"


@dataclass(slots=True)
class Seen:
    """An entity seen in the article: where last, whether as the first one of its sentence, how often."""

    entity: Entity
    head: str | None
    country_code: str | None
    first_sentence: int
    sentence: int
    is_topic: bool
    count: int = 1


def gender_of(tokens: Tokens, draft: Draft, reference: AnnotationReference) -> str | None:
    """The pronoun of a person, by the title before the name, else by the first given name in it that is only a man's or a woman's."""
    for word in tokens.words[max(draft.first - 2, 0) : draft.first]:
        if fold(word) in _GENDERS:
            return _GENDERS[fold(word)]
    names = [*tokens.words[draft.first : draft.last], *(fold_name(draft.entity.name) if draft.entity else ())]
    return next((reference.pronouns[fold(name)] for name in names if fold(name) in reference.pronouns), None)


def ends_quote(tokens: Tokens, draft: Draft, cues: Cues) -> bool:
    """Whether a pronoun and its verb follow quoted words: `…," he said` goes on with who spoke last."""
    words = tokens.words
    if not cues.is_english:
        return draft.first - 1 in cues.verbs
    return draft.first > 0 and words[draft.first - 1][0] in "\"”»“'’," and draft.last in cues.verbs


def antecedent(
    people: dict[str, Seen], speaker_of: dict[int, str], topic_of: dict[int, str], genders: dict[str, str], pronoun: str, sentence: int
) -> Entity | None:
    """The person a pronoun takes up: the speaker or topic of the nearest sentence that no title or given name contradicts.

    `speaker_of` is empty where a pronoun does not go on with who spoke last; a speaker may be one sentence farther than a topic.
    """
    for back in range(REACH + 1):
        for key in (speaker_of.get(sentence - back), speaker_of.get(sentence - back - 1), topic_of.get(sentence - back)):
            if key and genders.get(key, pronoun) == pronoun:
                return people[key].entity
    for back in range(REACH + 1, _SPEAKER_REACH):
        key = topic_of.get(sentence - back)
        if key and genders.get(key) == pronoun:
            return people[key].entity
    near = [seen for seen in people.values() if sentence - seen.sentence <= REACH and genders.get(seen.entity.key, pronoun) == pronoun]
    return max(near, key=lambda seen: seen.sentence).entity if near else None


def find_pronouns(tokens: Tokens, cues: Cues) -> list[Draft]:
    """Pronouns next to a verb of saying; "he" and "she" also where they open a sentence. `head` is the English pronoun."""
    found: list[Draft] = []
    words = tokens.words
    for position, word in enumerate(words):
        lower = word.lower()
        if not cues.is_english:
            gender = cues.speech.pronouns.get(lower)
            is_inverted = position > 1 and words[position - 1] in ("-", "-t-") and position - 2 in cues.verbs
            if gender and (is_inverted or not cues.verbs.isdisjoint(range(position + 1, position + 5)) or (position - 1 in cues.verbs and lower not in cues.speech.articles)):
                found.append(Draft(position, position + 1, "person", "rules", form="pronoun", confidence=0.6, head=gender))
            continue
        if lower not in _PRONOUNS:
            continue
        start = tokens.sentences[tokens.sentence_of[position]][0]
        opens = all(not w[0].isalnum() for w in words[start:position])
        if opens or position + 1 in cues.verbs or position - 1 in cues.verbs:
            found.append(Draft(position, position + 1, "person", "rules", form="pronoun", confidence=0.6, head=lower))
    return found
