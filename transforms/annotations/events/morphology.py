"""English word forms: the forms of a verb or noun, and the lemma of a noun. Enough for lists of triggers."""

from collections.abc import Iterable
from functools import lru_cache

IRREGULAR_VERBS = {
    line.split()[0]: tuple(line.split()[1:])
    for line in [
        "be am is are was were been being",
        "abide abode",
        "arise arose arisen",
        "become became",
        "beat beaten",
        "begin began begun",
        "bend bent",
        "bind bound",
        "bite bit bitten",
        "bleed bled",
        "blow blew blown",
        "break broke broken",
        "breed bred",
        "bring brought",
        "build built",
        "burn burnt",
        "burst burst",
        "buy bought",
        "catch caught",
        "choose chose chosen",
        "cling clung",
        "come came",
        "creep crept",
        "deal dealt",
        "dig dug",
        "do does did done",
        "draw drew drawn",
        "drive drove driven",
        "eat ate eaten",
        "fall fell fallen",
        "feed fed",
        "feel felt",
        "fight fought",
        "find found",
        "flee fled",
        "fly flew flown",
        "forbid forbade forbidden",
        "forget forgot forgotten",
        "forgive forgave forgiven",
        "forgo forwent forgone",
        "freeze froze frozen",
        "get got gotten",
        "give gave given",
        "go goes went gone",
        "grind ground",
        "grow grew grown",
        "hang hung",
        "have has had",
        "hear heard",
        "hide hid hidden",
        "hit hit",
        "hold held",
        "hurt hurt",
        "keep kept",
        "kneel knelt",
        "know knew known",
        "lay laid",
        "lead led",
        "leave left",
        "lend lent",
        "let let",
        "lie lay lain lying",
        "light lit",
        "lose lost",
        "make made",
        "mean meant",
        "meet met",
        "pay paid",
        "put put",
        "quit quit",
        "read read",
        "ride rode ridden",
        "ring rang rung",
        "rise rose risen",
        "run ran",
        "say said",
        "see saw seen",
        "seek sought",
        "sell sold",
        "send sent",
        "set set",
        "shake shook shaken",
        "shed shed",
        "shoot shot",
        "show shown",
        "shut shut",
        "sing sang sung",
        "sink sank sunk",
        "sit sat",
        "slay slew slain",
        "sleep slept",
        "speak spoke spoken",
        "spend spent",
        "spread spread",
        "spring sprang sprung",
        "stand stood",
        "steal stole stolen",
        "stick stuck",
        "strike struck stricken",
        "strive strove striven",
        "swear swore sworn",
        "sweep swept",
        "swim swam swum",
        "swing swung",
        "take took taken",
        "teach taught",
        "tear tore torn",
        "tell told",
        "think thought",
        "throw threw thrown",
        "tread trod",
        "undergo underwent undergone",
        "undertake undertook undertaken",
        "uphold upheld",
        "wake woke woken",
        "wear wore worn",
        "weep wept",
        "win won",
        "withdraw withdrew withdrawn",
        "withhold withheld",
        "withstand withstood",
        "write wrote written",
        "overthrow overthrew overthrown",
        "overrun overran",
        "oversee oversaw overseen",
        "retake retook retaken",
        "rebuild rebuilt",
        "renege reneged",
        "cut cut",
        "hijack hijacked",
        "ban banned",
        "bid bid",
        "cast cast",
        "cost cost",
        "split split",
        "thrust thrust",
        "upset upset",
        "beset beset",
        "offset offset",
        "shoot shot",
        "wring wrung",
        "unfreeze unfroze unfrozen",
        "lynch lynched",
        "bear bore borne",
        "behold beheld",
        "bestow bestowed",
        "foresee foresaw foreseen",
        "swap swapped",
        "picket picketed picketing",
        "defer deferred deferring",
        "panic panicked panicking",
        "traffic trafficked trafficking",
        "airlift airlifted",
        "strip stripped",
        "plan planned planning",
        "abet abetted",
        "debut debuted",
        "veto vetoes vetoed vetoing",
        "re-open reopened",
        "quash quashed quashes",
        "gas gassed gassing gasses",
        "bus bused",
        "mob mobbed",
        "vow vowed",
        "sew sewn",
        "initial initialled initialling",
        "free freed freeing",
        "re-elect re-elected",
    ]
}
IRREGULAR_NOUNS = {
    "men": "man", "women": "woman", "children": "child", "people": "people", "policemen": "policeman",
    "gunmen": "gunman", "servicemen": "serviceman", "militiamen": "militiaman", "fishermen": "fisherman",
    "businessmen": "businessman", "congressmen": "congressman", "tribesmen": "tribesman", "spokesmen": "spokesman",
    "crises": "crisis", "bases": "base", "media": "media", "series": "series", "forces": "force", "corps": "corps",
    "authorities": "authority", "talks": "talk", "relations": "relation", "ties": "tie", "lives": "life",
    "wives": "wife", "lies": "lie", "allies": "ally", "police": "police", "remains": "remains", "thieves": "thief",
    "aircraft": "aircraft", "headquarters": "headquarters", "data": "datum", "apologies": "apology",
    "data_": "data", "indices": "index", "buses": "bus", "gases": "gas", "gas": "gas", "bus": "bus", "status": "status",
    "embargoes": "embargo", "us": "us", "congress": "congress", "isis": "isis", "news": "news", "consensus": "consensus",
    "tactics": "tactic", "chaos": "chaos", "crisis": "crisis", "un": "un", "movies": "movie", "cookies": "cookie",
    "thanks": "thanks", "arms": "arms", "funds": "fund", "games": "game", "subsidies": "subsidy", "heroes": "hero",
    "vetoes": "veto", "deputies": "deputy", "hostilities": "hostility", "war_games": "war_games", "hostages": "hostage",
}  # fmt: skip
VOWELS = "aeiou"


def verb_forms(lemma: str) -> set[str]:
    """All forms of a verb, with both spellings where a consonant may be doubled (travelled, traveled)."""
    forms = {lemma, *IRREGULAR_VERBS.get(lemma, ())}
    is_irregular = lemma in IRREGULAR_VERBS
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        forms.add(lemma + "es")
    elif lemma.endswith("y") and lemma[-2:-1] not in VOWELS:
        forms.add(lemma[:-1] + "ies")
    else:
        forms.add(lemma + "s")
    if lemma.endswith("ie"):
        forms.update({lemma[:-2] + "ying", lemma + "d"})
    elif lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")):
        forms.update({lemma[:-1] + "ing", lemma + "d"})
    elif lemma.endswith("y") and lemma[-2:-1] not in VOWELS:
        forms.update({lemma + "ing", lemma[:-1] + "ied"})
    else:
        forms.add(lemma + "ing")
        doubles = (
            len(lemma) > 2
            and lemma[-1] not in VOWELS + "wxyh"
            and lemma[-2] in VOWELS
            and (lemma[-3] not in VOWELS or lemma[-4:-2] == "qu")
        )
        is_short = sum(letter in VOWELS for letter in lemma) == 1
        if doubles and is_short:
            forms.discard(lemma + "ing")
        elif not is_irregular:
            forms.add(lemma + "ed" if not lemma.endswith("e") else lemma + "d")
        if doubles:
            forms.update({lemma + lemma[-1] + "ing", lemma + lemma[-1] + "ed"})
    return forms


def verb_table(lemmas: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """form → the lemmas that it may belong to."""
    table: dict[str, set[str]] = {}
    for lemma in lemmas:
        for form in verb_forms(lemma):
            table.setdefault(form, set()).add(lemma)
    return {
        form: tuple(sorted(found, key=lambda lemma: (lemma != form, lemma))) for form, found in table.items()
    }


@lru_cache(maxsize=65536)
def noun_lemma(lower: str) -> str:
    """The singular of a lower-case noun; a word that is singular stays."""
    known = IRREGULAR_NOUNS.get(lower)
    if known is not None:
        return known
    if len(lower) < 4 or not lower.endswith("s") or lower.endswith(("ss", "us", "is")):
        return lower
    if lower.endswith("ies"):
        return lower[:-3] + "y"
    if lower.endswith(("ches", "shes", "sses", "xes", "zes")):
        return lower[:-2]
    return lower[:-1]


PLURALS_OF: dict[str, set[str]] = {}
for _plural, _singular in IRREGULAR_NOUNS.items():
    PLURALS_OF.setdefault(_singular, set()).add(_plural)


def noun_forms(lemma: str) -> set[str]:
    """The forms whose `noun_lemma` may be `lemma`."""
    return {lemma, lemma + "s", lemma + "es", lemma[:-1] + "ies", *PLURALS_OF.get(lemma, ())}
