"""Coreference of the wire: offices, ministries and pronouns taken back to the entities of the same article."""

from bisect import bisect_right
from datetime import date

from transforms.annotations.annotation import Entity, Text
from transforms.annotations.cues import Cues
from transforms.annotations.folding import fold, fold_name, word_set
from transforms.annotations.linking import current
from transforms.annotations.mentions.drafts import Draft
from transforms.annotations.pronouns import REACH, Seen, antecedent, ends_quote, find_pronouns, gender_of
from transforms.annotations.reference import AnnotationReference
from transforms.annotations.tokens import Tokens

_HEADS_OF_STATE = frozenset(["President", "Head of State", "King", "Queen", "Monarch", "Emir", "Sultan", "Emperor", "Supreme Leader", "Leader", "Pope"])
_LEADERS = _HEADS_OF_STATE | {"Prime Minister", "Premier", "Chancellor"}
_BODY_NOUNS = word_set(
    """
    ministry company agency bank council party union committee commission court university parliament
    government group organization organisation association department federation institute corporation
    foundation club firm center centre newspaper airline retailer regulator watchdog charity
    """
)
_GENERIC_BODIES = frozenset({"company", "group", "firm", "corporation", "club", "organization", "organisation"})
_BUSINESS = word_set(
    """
    inc corp ltd plc llc co company group ag sa gmbh nv spa holdings airlines motors corporation
    """
)
_APPOSED = 15  # words of an apposition between a name and its verb
_PREPOSITIONS = word_set(
    """
    of like with by for to from about on against over including than between and versus
    """
)


def resolve(tokens: Tokens, drafts: list[Draft], text: Text, reference: AnnotationReference, cues: Cues) -> list[Draft]:
    """Give nominals their entities and add pronouns and "the ministry": the drafts, in order of the text."""
    day = text.published_at.date() if text.published_at else None
    home = _home(text, reference)
    result = sorted([*drafts, *find_pronouns(tokens, cues), *_body_nouns(tokens, drafts)], key=lambda d: (d.first, -d.last))
    named_in: dict[int, set[str]] = {}
    for draft in drafts:
        if draft.form == "name" and draft.entity and draft.kind == "person":
            named_in.setdefault(tokens.sentence_of[draft.first], set()).add(draft.entity.key)
    people: dict[str, Seen] = {}
    bodies: list[tuple[Entity, int]] = []
    topic_of: dict[int, str] = {}
    speaker_of: dict[int, str] = {}
    kept: list[Draft] = []
    genders: dict[str, str] = {}
    for draft in drafts:
        if draft.form == "name" and draft.entity and draft.kind == "person":
            gender = gender_of(tokens, draft, reference)
            if gender:
                genders.setdefault(draft.entity.key, gender)
    for draft in result:
        sentence = tokens.sentence_of[draft.first]
        if draft.form == "nominal" and draft.kind == "person" and draft.entity is None and not _is_plural(tokens, draft):
            draft.entity = _office_holder(draft, people, named_in.get(sentence, set()), sentence, home, reference, day)
        elif draft.form == "pronoun":
            draft.entity = antecedent(people, speaker_of if ends_quote(tokens, draft, cues) else {}, topic_of, genders, draft.head or "he", sentence)
        elif draft.form == "nominal" and draft.kind == "organization" and draft.entity is None and draft.head:
            draft.entity = _body(draft, bodies, sentence)
            if draft.entity is None and draft.last not in cues.verbs and draft.first - 1 not in cues.strong:
                continue
        kept.append(draft)
        if draft.entity is None:
            continue
        if draft.entity.kind == "person":
            is_subject = _is_subject(tokens, draft, cues)
            if is_subject and _speaks(tokens, draft, cues):
                topic_of[sentence] = speaker_of[sentence] = draft.entity.key
            _see(people, draft, sentence, topic_of, is_subject=is_subject)
        elif draft.entity.kind == "organization":
            bodies.append((draft.entity, sentence))
    return kept


def _home(text: Text, reference: AnnotationReference) -> str | None:
    """The agency's country: whose "Head of State" a national agency means."""
    if text.agency:
        found = reference.bodies.find(text.agency)
        if found:
            return found[0].entity.country_code
    return None


def _is_plural(tokens: Tokens, draft: Draft) -> bool:
    """Whether several are meant: "foreign ministers" are not the foreign minister named before."""
    plural = f"{(draft.head or '').rpartition(' ')[2].lower()}s"
    return any(word.lower() == plural for word in tokens.words[draft.first : draft.last])


def _is_subject(tokens: Tokens, draft: Draft, cues: Cues) -> bool:
    """Whether a person may be what a sentence is about: not behind a preposition, no possessor, not within quoted words."""
    words = tokens.words
    before = draft.first - 1
    while before > 0 and draft.first - before < 4 and words[before][0].isupper():
        before -= 1  # "from Lord Alli"
    if before >= 0 and words[before].lower() in (_PREPOSITIONS if cues.is_english else cues.speech.links):
        return False
    if draft.last < len(words) and words[draft.last] in ("'s", "’s", "‘s", "'", "’"):
        return False
    start = tokens.starts[draft.first]
    position = bisect_right(cues.quoted, start, key=lambda span: span.start) - 1
    return position < 0 or cues.quoted[position].end <= start


def _speaks(tokens: Tokens, draft: Draft, cues: Cues) -> bool:
    """Whether a verb of saying stands right behind a person or what is apposed to it ("X, the mayor, said"), or right before it ("said X")."""
    words = tokens.words
    verb = draft.last
    if verb < len(words) and words[verb] == ",":
        stop = min(tokens.sentences[tokens.sentence_of[draft.first]][1], verb + _APPOSED)
        verb = next((token + 1 for token in range(verb + 1, stop) if words[token] == ","), len(words))
    return verb in cues.verbs or draft.first - 1 in cues.strong


def _see(people: dict[str, Seen], draft: Draft, sentence: int, topic_of: dict[int, str], *, is_subject: bool) -> None:
    entity = draft.entity
    if entity is None:
        return
    head = draft.head or (entity.office.split(" of ")[0] if entity.office else None)
    is_topic = is_subject and sentence not in topic_of
    if is_topic:
        topic_of[sentence] = entity.key
    seen = people.get(entity.key)
    if seen is None:
        people[entity.key] = Seen(entity, head, draft.country_code or entity.country_code, sentence, sentence, is_topic)
    else:
        seen.sentence = sentence
        seen.is_topic = is_topic
        seen.count += 1
        seen.head = seen.head or head
        seen.country_code = seen.country_code or draft.country_code


def _fits(head: str, seen: str | None) -> bool:
    if not seen:
        return False
    if head == seen or seen.removeprefix("former ") == head:
        return True
    if head == "Head of State":
        return seen in _HEADS_OF_STATE
    if head == "Leader":
        return seen in _LEADERS
    if head == "Minister":
        return seen.endswith("Minister") and seen != "Prime Minister"
    return seen.endswith(" " + head) and head in ("Secretary", "Minister", "Director", "Chairman")


def _office_holder(
    draft: Draft, people: dict[str, Seen], same_sentence: set[str], sentence: int, home: str | None, reference: AnnotationReference, day: date | None
) -> Entity | None:
    """Who "the Turkish President" or "the Head of State" is: of the article first, then of the table."""
    head = draft.head or ""
    country = draft.country_code
    if draft.office and draft.office.startswith("former"):
        return None
    fitting = [
        seen
        for seen in people.values()
        if _fits(head, seen.head) and (country is None or seen.country_code in (None, country)) and not (seen.head or "").startswith("former")
    ]
    if country is not None:
        exact = [seen for seen in fitting if seen.country_code == country] or fitting
        if exact:
            return max(exact, key=lambda seen: (seen.sentence, seen.count)).entity
        return _of_table(country, head, reference, day)
    others = [seen for seen in fitting if seen.entity.key not in same_sentence]
    pool = others or ([] if len(fitting) > 1 else fitting)
    if not pool:
        return _of_table(home, head, reference, day) if home and head in ("President", "Head of State", "Prime Minister") else None

    def salience(seen: Seen) -> tuple[float, int]:
        age = sentence - seen.sentence
        points = 3.0 * (home is not None and seen.country_code == home) + 2.0 * seen.is_topic + min(seen.count, 4) * 0.25 - 0.5 * age
        return points, -seen.first_sentence

    return max(pool, key=salience).entity


def _of_table(country: str, head: str, reference: AnnotationReference, day: date | None) -> Entity | None:
    if day is None:
        return None
    titles = ("President", "King", "Emir", "Sultan", "Monarch") if head in ("Head of State", "Leader") else (head,)
    for title in titles:
        holder = current(reference.holders.get((country, title.casefold()), ()), day)
        if holder:
            return holder.entity
    return None


def _body_nouns(tokens: Tokens, drafts: list[Draft]) -> list[Draft]:
    """"the ministry", "the company": definite nouns for bodies named before."""
    held = {token for draft in drafts for token in range(draft.first, draft.last)}
    words = tokens.words
    found = []
    for position in range(1, len(words)):
        word = words[position].lower()
        if word in _BODY_NOUNS and position not in held and words[position - 1].lower() == "the" and position - 1 not in held:
            following = words[position + 1].lower() if position + 1 < len(words) else ""
            if following not in ("of", "for") and not (following[:1].isalpha() and words[position + 1][0].isupper()):
                found.append(Draft(position - 1, position + 1, "organization", "rules", form="nominal", confidence=0.55, head=word))
    return found


def _body(draft: Draft, bodies: list[tuple[Entity, int]], sentence: int) -> Entity | None:
    """The last body named whose name holds the noun; for "the company" one whose name looks like a firm's."""
    noun = draft.head or ""
    for entity, where in reversed(bodies):
        if sentence - where > 3 * REACH:
            break
        words = set(fold_name(entity.name))
        if fold(noun) in words or (noun in _GENERIC_BODIES and (words & _BUSINESS or entity.sector == "BUS")):
            return entity
    return None
