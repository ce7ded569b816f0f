"""Annotate one text: sentences, mentions with their entities, quotes with their speakers, events."""

from dataclasses import replace

from transforms.annotations.annotation import Annotations, Entity, Event, Field, Mention, Quote, Text
from transforms.annotations.coreference import resolve
from transforms.annotations.cues import find_cues
from transforms.annotations.events.coder import code_events
from transforms.annotations.linking import link, new_entity
from transforms.annotations.mentions.drafts import Draft
from transforms.annotations.mentions.finder import find_names
from transforms.annotations.mentions.groups import find_groups
from transforms.annotations.mentions.headlines import find_headline_names
from transforms.annotations.mentions.speakers import find_unnamed_speakers
from transforms.annotations.quotes.finder import find_quotes
from transforms.annotations.reference import AnnotationReference
from transforms.annotations.speech import Languages
from transforms.annotations.tokens import Tokens, tokenise
from transforms.articles.months import month_number

VERSION = "1"


def annotate(text: Text, reference: AnnotationReference) -> Annotations:
    """All that one text says of whom: the same text and reference give the same annotations.

    Offsets are into the field that a mention names; sentences are of the body. Never fails on odd text:
    what it cannot read it leaves out.
    """
    tokens = tokenise(text.body)
    language = language_of(text.language, tokens, reference.languages)
    is_in_english = language == "en"
    if not is_in_english:
        tokens = tokenise(text.body, is_english=False)
        reference = _in_other_languages(reference)
    cues = find_cues(tokens, reference.languages.speech_of(language), is_english=is_in_english)
    drafts = find_names(tokens, reference, cues)
    link(tokens, drafts, text, reference)
    drafts.extend(find_groups(tokens, drafts, reference.group_nouns))
    drafts.extend(find_unnamed_speakers(tokens, drafts, reference.titles, cues))
    drafts = resolve(tokens, drafts, text, reference, cues)
    made = {id(draft): _mention(tokens, draft, "body", reference) for draft in drafts}
    quotes = tuple(
        Quote(
            start=found.start,
            end=found.end,
            text=text.body[found.start : found.end],
            is_direct=found.is_direct,
            verb=found.verb,
            speaker=made[id(found.speaker)] if found.speaker else None,
            confidence=found.confidence,
        )
        for found in find_quotes(tokens, drafts, cues)
    )
    mentions = [made[id(draft)] for draft in drafts]
    if text.headline:
        headline = tokenise(text.headline)
        heads = find_headline_names(headline, drafts, tokens, reference)
        link(headline, heads, text, reference)
        mentions.extend(_mention(headline, draft, "headline", reference) for draft in heads)
    if text.dateline:
        mentions.extend(_dateline_mentions(text, reference))
    sentences = tokens.sentence_spans()
    events: tuple[Event, ...] = ()
    if reference.ontology and reference.syntax and cues.is_english:
        events = code_events(text, sentences, mentions, reference.syntax, reference.ontology)
    return Annotations(text_id=text.id, sentences=sentences, mentions=tuple(mentions), quotes=quotes, events=events)


def _in_other_languages(reference: AnnotationReference) -> AnnotationReference:
    """The reference for a text that is not English: names in all their cases, and no tagger that learned English."""
    return replace(
        reference,
        places=reference.places.inflected(),
        bodies=reference.bodies.inflected(),
        people=reference.people.inflected(),
        surnames=reference.surnames.inflected(),
        given_names=reference.given_names_abroad,
        tagger=None if reference.is_tagger_english else reference.tagger,
    )


def language_of(language: str | None, tokens: Tokens, languages: Languages) -> str | None:
    """A text's language: as it is told, else by its small words; a text in Latin letters without any is English."""
    if language is not None:
        return language.split("-")[0]
    guessed = languages.guess(tokens.words)
    letters = [word for word in tokens.words[:500] if word.isalpha()]
    is_latin = sum(word[0] < "\u0250" for word in letters) * 2 >= len(letters)
    return guessed or ("en" if is_latin else None)


def _mention(tokens: Tokens, draft: Draft, field: Field, reference: AnnotationReference) -> Mention:
    start, end = tokens.span(draft.first, draft.last)
    entity = draft.entity
    country = entity.country_code if entity and entity.country_code else draft.country_code
    if entity and not entity.is_known and draft.office and not entity.office:
        entity = replace(entity, office=draft.office)
    return Mention(
        field=field,
        sentence=tokens.sentence_of[draft.first] if field == "body" else None,
        start=start,
        end=end,
        text=tokens.text[start:end],
        kind=entity.kind if entity and draft.form == "name" else draft.kind,
        form=draft.form,
        entity=entity,
        confidence=round(draft.confidence, 3),
        annotator=f"{draft.source}/{VERSION}" if draft.source in ("rules", "table") else draft.source,
        country_code=country,
        sector=draft.sector or (entity.sector if entity else None),
    )


def _dateline_mentions(text: Text, reference: AnnotationReference) -> list[Mention]:
    """Place and agency of the dateline: a field of its own, mostly in capitals."""
    dateline = text.dateline or ""
    tokens = tokenise(dateline)
    found: list[Mention] = []
    taken: list[tuple[int, int]] = []
    for first, last, aliases in reference.bodies.matches(tokens.words):
        draft = Draft(first, last, "organization", "table", confidence=0.98, candidates=aliases, entity=aliases[0].entity)
        found.append(_mention(tokens, draft, "dateline", reference))
        taken.append((first, last))
    # Before the places: an agency may bear the name of a town.
    if text.agency and not found and (start := dateline.rfind(text.agency)) >= 0:
        end = start + len(text.agency)
        entity_of_agency = new_entity(text.agency, "organization", sector="JRN")
        found.append(
            Mention(
                field="dateline", start=start, end=end, text=text.agency, kind="organization", entity=entity_of_agency,
                confidence=0.9, annotator=f"rules/{VERSION}", sector="JRN",
            )
        )
        inside = [i for i in range(len(tokens)) if start <= tokens.span(i, i + 1)[0] < end]
        taken += [(number, number + 1) for number in inside]
    for first, last, aliases in reference.places.matches(tokens.words):
        if any(left < last and first < right for left, right in taken) or aliases[0].form == "demonym":
            continue
        # March is a town in England, and a month in nearly every dateline that has the word.
        beside = tokens.words[max(first - 1, 0) : first] + tokens.words[last : last + 1]
        if last - first == 1 and month_number(tokens.words[first]) and any(word.isdigit() for word in beside):
            continue
        fitting = [alias for alias in aliases if text.country_code and alias.entity.country_code == text.country_code]
        entity: Entity = (fitting or list(aliases))[0].entity
        draft = Draft(first, last, entity.kind, "table", confidence=0.98, entity=entity)
        found.append(_mention(tokens, draft, "dateline", reference))
    found.sort(key=lambda mention: mention.start)
    return found
