"""A mention in the making: tokens, kind and what is known of it, before entities are chosen."""

from dataclasses import dataclass

from transforms.annotations.annotation import Entity, EntityKind, Form
from transforms.annotations.gazetteer import Alias


@dataclass(slots=True, eq=False)
class Draft:
    """Tokens `first` to before `last`. `candidates` are the aliases that spell it; `source` is who found it.

    `office`, `country_code` and `sector` are what the text beside a person says of it; `head` is the canonical
    title of a nominal ("President").
    """

    first: int
    last: int
    kind: EntityKind
    source: str
    form: Form = "name"
    confidence: float = 0.8
    candidates: tuple[Alias, ...] = ()
    entity: Entity | None = None
    office: str | None = None
    country_code: str | None = None
    sector: str | None = None
    head: str | None = None


class Taken:
    """Which tokens names already hold: names do not nest."""

    def __init__(self, size: int) -> None:
        self._owner: list[Draft | None] = [None] * size
        self._drafts: dict[int, Draft] = {}

    @property
    def drafts(self) -> list[Draft]:
        """All names taken, in the order of taking."""
        return list(self._drafts.values())

    def is_free(self, first: int, last: int) -> bool:
        """Whether no name holds any of these tokens."""
        return not any(self._owner[first:last])

    def owner(self, token: int) -> Draft | None:
        """The name that holds a token, or None."""
        return self._owner[token] if 0 <= token < len(self._owner) else None

    def add(self, draft: Draft) -> bool:
        """Take a draft's tokens if all are free."""
        if draft.first >= draft.last or not self.is_free(draft.first, draft.last):
            return False
        self._owner[draft.first : draft.last] = [draft] * (draft.last - draft.first)
        self._drafts[id(draft)] = draft
        return True

    def remove(self, draft: Draft) -> None:
        """Give a draft's tokens back."""
        self._owner[draft.first : draft.last] = [None] * (draft.last - draft.first)
        del self._drafts[id(draft)]
