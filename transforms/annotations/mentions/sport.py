"""Sport: where a city's name is its team, in results, fixtures and reports of games."""

from transforms.annotations.folding import fold, word_set
from transforms.annotations.gazetteer import Gazetteer
from transforms.annotations.mentions.drafts import Draft, Taken
from transforms.annotations.mentions.runs import NEVER, is_capital
from transforms.annotations.reference import AnnotationReference
from transforms.annotations.tokens import Tokens

_SPORTS = word_set(
    """
    soccer basketball hockey baseball cricket tennis rugby football golf nba nhl nfl mlb fifa uefa
    standings championship championships playoffs halftime innings wicket wickets goalkeeper midfielder
    striker quarterback touchdown league cup tournament qualifier semifinal semifinals quarterfinal
    quarterfinals grand-prix coach scored goals touchdowns inning homered goalie winger linebacker cornerback
    pitcher outfielder batsman bowler hat-trick relegation bundesliga mls wnba ncaa pga atp wta ipl uefa
    """
)
_WON = word_set(
    """
    beat beats defeated defeats lost drew won scored edged routed downed hosted trounced thrashed
    clinched trailed trail lead led visit face faced play played meet host
    """
)
_AGAINST = word_set(
    """
    beat defeated edged routed downed against over trounced thrashed v vs versus host hosted visit face
    """
)


def is_about_sport(tokens: Tokens, teams: Gazetteer) -> bool:
    """Whether at least two different words of games or full names of teams stand in the text."""
    terms = {folded for folded in map(fold, tokens.words) if folded in _SPORTS}
    named = {aliases[0].entity.key for first, last, aliases in teams.matches(tokens.words) if last - first > 1}
    return len(terms) + len(named) >= 2


def take_teams(tokens: Tokens, taken: Taken, reference: AnnotationReference) -> None:
    """Take cities and unknown names that stand as teams; countries stay countries."""
    places = {match[0]: match for match in reference.places.matches(tokens.words)}
    for start, stop in tokens.sentences:
        if _is_result(tokens, start, stop):
            for first, last in _sides(tokens, start, stop):
                match = places.get(first)
                if match and match[1] == last and (match[2][0].entity.kind == "country" or match[2][0].form == "demonym"):
                    continue
                if fold(tokens.words[first]) in reference.given_names and last - first > 1:
                    continue
                taken.add(Draft(first, last, "organization", "rules", confidence=0.7))
            continue
        for position in range(start, stop):
            match = places.get(position)
            if match is None or match[2][0].entity.kind not in ("city", "region") or match[2][0].form != "name":
                continue
            before = fold(tokens.words[position - 1]) if position > start else ""
            after = fold(tokens.words[match[1]]) if match[1] < stop else ""
            if after in _WON or before in _AGAINST:
                taken.add(Draft(position, match[1], "organization", "rules", confidence=0.65))


def _is_result(tokens: Tokens, start: int, stop: int) -> bool:
    """Whether a line is a row of results or a fixture: names and numbers, hardly a small word."""
    if stop - start > 30:
        return False
    words = tokens.words[start:stop]
    small = sum(word.islower() and len(word) > 2 for word in words)
    numbers = sum(word[0].isdigit() for word in words)
    is_fixture = any(word in ("AT", "at", "v", "vs") for word in words[1:-1]) and all(word.isupper() or not word.isalpha() or len(word) <= 2 for word in words)
    return small <= 1 and (numbers >= 1 or is_fixture) and any(is_capital(word) for word in words)


def _sides(tokens: Tokens, start: int, stop: int) -> list[tuple[int, int]]:
    """Runs of capitalised words in a row of results that stand beside a number or "at", less names in brackets."""
    words = tokens.words
    found: list[tuple[int, int]] = []
    position = start
    while position < stop:
        if not is_capital(words[position]) or fold(words[position]) in NEVER or words[position] in ("AT", "V", "VS"):
            position += 1
            continue
        end = position + 1
        while end < stop and is_capital(words[end]) and words[end] not in ("AT", "V", "VS") and fold(words[end]) not in NEVER:
            end += 1
        after = words[end] if end < stop else ""
        before = words[position - 1] if position > start else ""
        is_beside = after[:1].isdigit() or after in ("AT", "at", "v") or before in ("AT", "at", "v")
        if is_beside and before != "(" and after != "(" and end - position <= 4:
            found.append((position, end))
        position = end
    return found
