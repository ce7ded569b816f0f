"""The words that tell who speaks, read from seeds/reference/speech.toml."""

from importlib import resources
from pathlib import Path
from typing import Any

from flows.reference.ontology import read_toml
from transforms.annotations.speech import Languages, Speech
from transforms.failures import ConfigurationError

_ROLES = (
    "strong", "content", "sources", "articles", "reflexives", "auxiliaries", "links", "adjuncts", "conjunctions", "introductions",
    "closers", "coordinators", "writer", "never_verbs", "no_names", "people",
)  # fmt: skip


def load_languages() -> Languages:
    """The words of every language by their role. Raises ConfigurationError where a list is missing or no text."""
    path = Path(str(resources.files("seeds") / "reference" / "speech.toml"))
    lists, _ = read_toml(path)
    for role in ("common", "verbs", "he", "she", *_ROLES):
        of_role = lists.get(role)
        if not isinstance(of_role, dict) or not all(isinstance(text, str) for text in of_role.values()):
            raise ConfigurationError(f'{path}: [{role}] must give words by language, as in de = "sagte sagt".')
    common = {language: frozenset(text.split()) for language, text in lists["common"].items()}
    return Languages(common=common, speech={language: _speech(lists, {language}) for language in common}, every=_speech(lists, set(common)))


def _speech(lists: dict[str, Any], languages: set[str]) -> Speech:
    def words(role: str, of: set[str]) -> frozenset[str]:
        return frozenset(word for language, text in lists[role].items() if language in of for word in text.split())

    return Speech(
        verbs=words("verbs", {"en"}),
        foreign_verbs=words("verbs", lists["verbs"].keys() - {"en"}),
        pronouns={word: pronoun for pronoun in ("he", "she") for word in words(pronoun, languages)},
        **{role: words(role, languages) for role in _ROLES},
    )
