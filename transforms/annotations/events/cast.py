"""Who can take part: noun phrases of one sentence as participants with country and sector."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from transforms.annotations.annotation import Mention, Participant
from transforms.annotations.events.grammar import Grammar
from transforms.annotations.events.matching import Matcher
from transforms.annotations.events.ontology import Lexicon

# Kinds of mentions that stand for a government ("Ankara said").
GOVERNED_KINDS = frozenset({"country", "city", "region"})
PLACE_KINDS = frozenset({"city", "region", "country", "facility", "place"})
ACTING_KINDS = frozenset({"person", "organization", "country", "city", "region"})
PRONOUN_TAGS = frozenset({"PRP", "PRP$", "DT", "WP", "WDT", "EX"})
CURRENCIES = frozenset("$€£¥")
STRONG_SECTORS = frozenset(
    {"OPP", "REB", "COP", "MIL", "LAB", "JUD", "LEG", "PTY", "JRN", "REL", "SPY", "UAF", "REF", "CRM", "EDU"}
)
PEOPLE_ENDINGS = ("er", "ist", "ian", "or")
ABSTRACT_ENDINGS = (
    "tion",
    "sion",
    "ment",
    "ity",
    "ness",
    "ism",
    "ance",
    "ence",
    "ship",
    "ure",
    "ing",
    "cy",
    "ade",
    "ath",
    "fe",
    "al",
)
ADJECTIVES_OF_SECTOR = {
    "former": "ELI",
    "rebel": "REB",
    "opposition": "OPP",
    "armed": "UAF",
    "jailed": "",
    "military": "MIL",
}


class Cast:
    """The possible participants of one sentence. `offset` is where the sentence begins in its field."""

    __slots__ = ("_participants", "_ranks", "at", "g", "lexicon", "matcher", "mentions", "offset", "text")

    def __init__(
        self,
        text: str,
        offset: int,
        grammar: Grammar,
        matcher: Matcher,
        mentions: Sequence[Mention],
        lexicon: Lexicon,
    ) -> None:
        self.text = text
        self.offset = offset
        self.g = grammar
        self.matcher = matcher
        self.lexicon = lexicon
        self.mentions = mentions
        self.at: dict[int, Mention] = {}
        starts, ends = grammar.p.starts, grammar.p.ends
        self._ranks: list[int | None] = [None] * len(starts)
        self._participants: list[Participant | None] = [None] * len(starts)
        for mention in mentions:
            first, last = mention.start - offset, mention.end - offset
            for i in range(bisect_right(ends, first), bisect_left(starts, last)):
                kept = self.at.setdefault(i, mention)
                if kept.form == "nominal" and country_of(kept) is None and country_of(mention):
                    self.at[i] = mention  # "an Iraqi diplomat", of whom the longer phrase knows no country

    def rank(self, n: int) -> int:
        """2 for someone who can act (named, or a noun of people and offices), 1 for a phrase that holds one, 0."""
        if n < 0:
            return -1
        kept = self._ranks[n]
        if kept is None:
            kept = self._ranks[n] = self._find_rank(n)
        return kept

    def _find_rank(self, n: int) -> int:
        p = self.g.p
        lemma = self.matcher.lemma(n)
        mention = self.at.get(n)
        if mention is not None and mention.kind in ACTING_KINDS:
            return 2
        if p.tags[n] in PRONOUN_TAGS:
            return -1
        if self.is_time(n, lemma):
            return -1
        if lemma in self.lexicon.quantity and not CURRENCIES.isdisjoint(p.words[max(0, n - 3) : n]):
            return 0  # "$5 million" are no people
        if lemma in self.lexicon.sectors or p.lowers[n] in self.lexicon.sectors:
            return 1 if n > 0 and p.lowers[n - 1] == "social" else 2
        if p.tags[n] in ("NNP", "NNPS") and mention is None:
            return 2
        if (
            p.tags[n] in ("NNS", "NN")
            and len(lemma) > 4
            and lemma.endswith(PEOPLE_ENDINGS)
            and lemma not in self.lexicon.not_people
        ):
            return 2
        if p.tags[n] in ("CD", "JJ") or lemma in self.lexicon.quantity:
            last = self.g.phrase(n)[1]
            counted = (k for k in range(n + 1, min(last + 1, n + 6)) if p.tags[k].startswith("NN"))
            if any(self.matcher.lemma(k) in self.lexicon.sectors for k in counted):
                return 2
        if self.g.is_verb(n):
            return 0
        if self.inside(n) is not None:
            return 1
        return 0

    def is_time(self, n: int, lemma: str) -> bool:
        lexicon, lower = self.lexicon, self.g.p.lowers[n]
        if self.g.p.words[n] in ("march", "marches"):
            return False
        return (
            lemma in lexicon.time
            or lower in lexicon.time
            or lemma in lexicon.fillers
            or lower in lexicon.fillers
        )

    def is_abstract(self, n: int) -> bool:
        """Whether nobody can be meant: "the decision", "that"."""
        p = self.g.p
        if n in self.at:
            return False
        return (p.tags[n] in PRONOUN_TAGS and p.tags[n] not in ("PRP", "WP")) or (
            p.tags[n] in ("NN", "NNS", "VBG")
            and self.matcher.lemma(n).endswith(ABSTRACT_ENDINGS)
            and self.rank(n) <= 0
        )

    def is_target(self, n: int) -> bool:
        """Whether the phrase names a thing that acts are done to: a village, an embassy, an election."""
        return self.matcher.lemma(n) in self.lexicon.targets and not self.g.is_verb(n)

    def is_where(self, n: int) -> bool:
        """Whether a place is named as that of the act: "in Lima", "at Geneva"."""
        p, mention = self.g.p, self.at.get(n)
        return (
            mention is not None
            and mention.kind in PLACE_KINDS
            and p.deps[n] == "pobj"
            and p.lowers[p.heads[n]] in ("in", "at")
        )

    def inside(self, n: int) -> int | None:
        """The head of an acting name inside the phrase of `n`: "Netanyahu's decision", "the war in Yemen"."""
        first, last = self.g.phrase(n)
        p = self.g.p
        found: int | None = None
        for k in range(first, last + 1):
            mention = self.at.get(k)
            if mention is not None and mention.kind in ACTING_KINDS:
                if k != last and self.at.get(k + 1) is mention:
                    continue
                if p.deps[k] in ("poss", "compound", "amod", "nmod"):
                    return k
                found = k if found is None else found
        if found is None:
            for k in range(first, last + 1):
                if k != n and p.deps[k] in ("poss", "pobj") and self.matcher.lemma(k) in self.lexicon.sectors:
                    return k
        return found

    def participant(self, n: int) -> Participant:
        """The phrase with head `n` as a participant."""
        kept = self._participants[n]
        if kept is None:
            kept = self._participants[n] = self._make_participant(n)
        return kept

    def _make_participant(self, n: int) -> Participant:
        p = self.g.p
        first, last = self.g.phrase(n)
        start, end = p.starts[first], p.ends[last]
        if last == n and p.lowers[n + 1 : n + 2] == ("of",):
            # Trees lose what stands between an office and its holder: "President of Peru Luis Vega".
            for k in range(n + 2, min(n + 4, len(p))):
                if country_of(self.at.get(k)):
                    last, end = k, p.ends[k]
                    break
        if p.tags[last] == "POS":
            last -= 1
            end = p.ends[last]
        mention = self.at.get(n)
        if mention is not None and mention.kind not in ACTING_KINDS:
            mention = None
        country = self.owner_country(n, mention) or country_of(mention)
        if country is None:
            for k in range(first, last + 1):
                if k != n and k in self.at and (country := country_of(self.at[k])):
                    break
        if mention is not None:
            start, end = min(start, mention.start - self.offset), max(end, mention.end - self.offset)
        return Participant(
            text=self.text[start:end],
            start=self.offset + start,
            end=self.offset + end,
            country_code=country,
            sector=self.sector(n, first, last, mention),
            entity=mention.entity if mention is not None else None,
        )

    def owner_country(self, n: int, mention: Mention | None) -> str | None:
        """The state whose envoy an unnamed person is, or whose house or party a name is that others bear too: "Peru's ambassador
        to Chile" is not of Chile, nor "Chile's Democratic Party" of the state that has the best known one."""
        if mention is None or mention.kind not in ("person", "organization"):
            return None
        if mention.kind == "person" and mention.entity is not None:
            return None
        p = self.g.p
        owners = (country_of(self.at.get(c)) for c in p.children[n] if p.deps[c] == "poss")
        return next(filter(None, owners), None)

    def sector(self, n: int, first: int, last: int, mention: Mention | None) -> str | None:
        entity = mention.entity if mention is not None else None
        if mention is not None and mention.sector:
            return mention.sector
        if entity is not None and entity.sector:
            return entity.sector
        if self.rank(n) < 2:
            return None
        sectors = self.lexicon.sectors
        p = self.g.p
        lemmas = self.matcher.lemmas
        for k in range(first, n):
            found = ADJECTIVES_OF_SECTOR.get(p.lowers[k]) or sectors.get(lemmas[k])
            if found in STRONG_SECTORS or found == "ELI":
                return found
        for k in (n, *range(n - 1, first - 1, -1)):
            if p.tags[k].startswith("NNP") and lemmas[k] in self.lexicon.vague_in_names:
                continue
            joined = f"{p.lowers[k - 1]}_{lemmas[k]}" if k else ""
            found = sectors.get(joined) or sectors.get(lemmas[k]) or sectors.get(p.lowers[k])
            if found:
                return found
        if mention is not None:
            if mention.kind in GOVERNED_KINDS:
                return "GOV"
            if entity is not None and entity.office:
                return "GOV"
        return None


def country_of(mention: Mention | None) -> str | None:
    """The country of whom a mention names, or of the mention itself ("Turkish troops")."""
    if mention is None:
        return None
    if mention.entity is not None and mention.entity.country_code:
        return mention.entity.country_code
    return mention.country_code
