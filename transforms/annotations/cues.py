"""Where a text tells who speaks: its verbs of saying by token, in English by a list, in other languages also by their place."""

from dataclasses import dataclass

from transforms.annotations.folding import word_set
from transforms.annotations.quotes.marks import Quoted, find_quoted
from transforms.annotations.speech import ENGLISH, OTHERS, STRONG
from transforms.annotations.tokens import Tokens

ARTICLES = word_set(
    """
    der die das ein eine el la los las un una le les l' il lo gli i o os um uma het een
    """
)
FOREIGN_PRONOUNS = {
    **dict.fromkeys(("er", "él", "il", "ele", "lui", "он"), "he"),
    **dict.fromkeys(("sie", "ella", "elle", "ela", "lei", "она"), "she"),
}
"""The English pronoun of those that stand beside a verb of saying."""
LINKS = word_set(
    """
    a al de del du da do dos das des d' d’ von vom im in an am auf aus bei zu zum zur à au aux en con por para with of
    в на из от с о об для für mit gegen pour par avec sur chez entre sobre contra com em na no di con su per dla od z w do
    """
)
"""Prepositions: what follows one is part of another phrase."""
SOURCES = word_set(
    """
    according selon según segundo secondo laut według zufolge
    """
)
"""Who follows one is who said it."""
NO_VERBS = word_set(
    """
    und aber doch wie als mit in im auf an zu bei für von wenn weil dass während nachdem obwohl wobei denn sondern
    oder heißt hieß ist war sind waren sei et mais ou où qui que dont de du des dans en sur pour par avec comme alors
    tandis selon après avant ce cette est était sont y e pero del con para por como según mientras aunque tras ante
    sobre es era son da do em mas foi segundo enquanto che per non sono ha have han hat habe hatte haben и а но что
    как в на с по из для к о об от у за при чтобы когда где который это also etwa nämlich jedoch allerdings zwar
    sowie bzw oft sehr nur noch schon dann dort hier nun peut doit car donc alors ainsi ve ama ile için gibi diye olan dan yang
    """
)
_FINITE = ("t", "te", "ten", "ó", "a", "e", "é", "л", "ла", "ли", "в", "di", "dı")
REFLEXIVES = frozenset({"sich", "se", "-", "-t-"})
_INTRODUCTIONS = frozenset({"dazu", "darauf", "daraufhin", "weiter", "hinzu", "auch", "так", "şöyle"})


@dataclass(frozen=True, slots=True)
class Cues:
    """`verbs` are the tokens of verbs of saying, `strong` those that carry a quote by themselves, `listed` those
    that are known as such and not only by their place.

    `is_english` says which pronouns, articles and orders of words to expect. `quoted` are the stretches between marks.
    """

    verbs: frozenset[int]
    strong: frozenset[int]
    quoted: tuple[Quoted, ...]
    listed: frozenset[int] = frozenset()
    is_english: bool = True


def find_cues(tokens: Tokens, *, is_english: bool) -> Cues:
    """The cues of one field."""
    lowered = [word.lower() for word in tokens.words]
    quoted = tuple(find_quoted(tokens.text))
    if is_english:
        verbs = frozenset(token for token, word in enumerate(lowered) if word in ENGLISH)
        return Cues(verbs, frozenset(token for token in verbs if lowered[token] in STRONG), quoted)
    listed = {token for token, word in enumerate(lowered) if word in OTHERS or word in ENGLISH}
    strong = listed | set(_beside_quotes(tokens, lowered, quoted))
    return Cues(frozenset(strong), frozenset(strong), quoted, frozenset(listed), is_english=False)


def _beside_quotes(tokens: Tokens, lowered: list[str], quoted: tuple[Quoted, ...]) -> list[int]:
    """Words that can only be verbs of saying: `“, ereiferte sich der Coach`, `“, so Ehlert`, `und behauptete: „`."""
    words = tokens.words
    found: list[int] = []
    for span in quoted:
        behind = tokens.at(span.end)
        commas = words[behind - 1 : behind] if behind else []
        while behind < len(words) and not words[behind][0].isalnum():
            commas.append(words[behind])
            behind += 1
        following = words[behind + 1] if behind + 1 < len(words) else " "
        is_followed = following[0].isupper() or lowered[min(behind + 1, len(words) - 1)] in ARTICLES | REFLEXIVES | FOREIGN_PRONOUNS.keys()
        is_followed = is_followed or (behind < len(words) and words[behind].endswith("ó"))  # Spanish: `”, rememoró`
        if behind < len(words) and "," in commas and is_followed and _may_say(words[behind]) and "\n" not in tokens.text[span.end : tokens.starts[behind]]:
            found.append(behind)
        before = tokens.at(span.start) - 1
        while before >= 0 and words[before] in "\"“„«‘‚”»":
            before -= 1
        if before > 0 and words[before] == ":":
            before -= 2 if lowered[before - 1] in _INTRODUCTIONS else 1
            if before > 0 and _may_say(words[before]) and words[before].endswith(_FINITE):
                found.append(before)
    return found


def _may_say(word: str) -> bool:
    return word.isalpha() and word.islower() and len(word) > 1 and word not in NO_VERBS | ARTICLES | FOREIGN_PRONOUNS.keys()
