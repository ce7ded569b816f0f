"""Names compared by sound, so far as letters tell: `Токаев`, `Tokayev` and `Tokaev` are one.

Cyrillic and Greek are written in Latin letters first (after BGN/PCGN, without its marks); then the ways in which
agencies spell one sound become one. Other scripts stay as they are.
"""

import re

from transforms.annotations.folding import fold_name, word_set

_LETTERS = dict(
    zip("абвгдезийклмнопрстуфхыэіїєґәғқңөұүһ", "abvgdeziyklmnoprstufhyeiiegagknouuh", strict=True)
) | {"ё": "e", "ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ь": "", "ю": "yu", "я": "ya"}
_LETTERS |= dict(zip("αβγδεζηικλμνξοπρσςτυφω", "avgdeziiklmnxoprsstifo", strict=True)) | {"θ": "th", "χ": "h", "ψ": "ps"}
_LATIN = str.maketrans(_LETTERS)
_SOUNDS = (
    (re.compile("shch|sch"), "sh"), (re.compile("tch"), "ch"), (re.compile("dzh|dj|zh"), "j"), (re.compile("kh"), "h"),
    (re.compile("gh"), "g"), (re.compile("ph"), "f"), (re.compile("ck|q"), "k"), (re.compile("x"), "ks"),
    (re.compile("w"), "v"), (re.compile("ou"), "u"), (re.compile(r"(.)\1"), r"\1"), (re.compile("(?<=.)[iy]+$"), "i"),
    (re.compile("y(?=[aeiou])"), ""), (re.compile("y"), "i"),
)  # fmt: skip
LONGEST_NAME = 200
"""Code points; what is longer is no name."""
_WORD = re.compile(r"[^\W_]+")
_SUFFIXES = word_set("jr sr ii iii iv")
_LEGAL_FORMS = word_set("the ltd limited inc incorporated corp corporation co company plc llc llp ag gmbh sa nv jsc ojsc pjsc oao ooo zao")


def romanised(folded: str) -> str:
    """A folded name in Latin letters, where it is Cyrillic or Greek: as `core.romanised` of the warehouse has it."""
    return folded.translate(_LATIN)


def sounds(name: str) -> tuple[str, ...]:
    """The words of a name as they are compared; an initial is a word of one letter."""
    folded = " ".join(fold_name(name)).replace("'", "")
    return tuple(_sound(word) for word in _WORD.findall(romanised(folded)))


def _sound(word: str) -> str:
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


def compared_words(kind: str, name: str) -> tuple[str, ...]:
    """The sounds that tell a person or organization: without `Jr.`, without `Ltd.`; of other kinds none."""
    if kind == "person":
        return tuple(word for word in sounds(name) if word not in _SUFFIXES)
    if kind == "organization":
        found = sounds(name)
        return tuple(word for word in found if word not in _LEGAL_FORMS) or found
    return ()


def name_key(kind: str, name: str) -> str:
    """What two names share if they can be one: of people the surname and the first letter, of organizations all.

    Empty where a name says too little to be joined with another (of one word, for people), or is no name by its length.
    """
    if len(name) > LONGEST_NAME:
        return ""
    words = compared_words(kind, name)
    if kind == "person":
        return f"person:{words[-1]}:{words[0][0]}" if len(words) > 1 and len(words[-1]) > 1 else ""
    return f"{kind}:{' '.join(words)}" if words else ""
