"""Typed words → dialog: the dialogs' own names first, then the concepts in the text, then only what it hints at.

Free text only ever opens a card; it never changes anything.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol
from unicodedata import normalize

from bot.core.people.identifier_traces import hold_identifier
from bot.router.courtesies import courtesy_in_signs, courtesy_of
from bot.router.lexicon import Hit, Lexicon
from bot.router.meaning import dialog_meant
from bot.router.recognised import Recognised
from bot.router.shapes import is_markup, shape_of, words_of
from bot.texts.catalog import LANGUAGES, Catalog

_MOST_CHARACTERS = 4_000
_WORDS = "words-"
_QUESTION = "help"
"""What a mere question mark opens, and a greeting."""


class Named(Protocol):
    """What the router has to know of a dialog (`bot.dialogs.dialog.Dialog`)."""

    @property
    def name(self) -> str:
        """Names the texts `command-<name>`."""
        ...

    @property
    def recognised(self) -> Recognised:
        """The words it is recognised by."""
        ...


@dataclass(frozen=True, slots=True)
class Heard:
    """What was understood: the `name` of a dialog (None: show the menu), and what else the text says to it.

    `likely`: where none was understood, the names of those it hints at, the likeliest first. `courtesy`: it asks for
    nothing (`courtesies.py`). `holds_identifier`: the text holds a national identifier; it must not be echoed, stored
    or logged.
    """

    name: str | None
    details: Mapping[str, str] = field(default_factory=dict, hash=False)
    holds_identifier: bool = False
    likely: tuple[str, ...] = ()
    courtesy: str = ""


class Router:
    """Knows the words of all languages at once: people mix them."""

    def __init__(self, catalog: Catalog, dialogs: Iterable[Named]) -> None:
        """Reads the dialogs' names (`command-…`) and the lists of words (`words-…`). Errors: TextError."""
        self._recognised = {dialog.name: dialog.recognised for dialog in dialogs}
        concepts = sorted(text_id.removeprefix(_WORDS) for text_id in catalog.ids if text_id.startswith(_WORDS))
        entries: dict[str, list[str]] = {concept: [] for concept in concepts}
        self._names: dict[str, Heard] = {}
        for language in LANGUAGES:
            t = catalog.speak(language)
            for concept in concepts:
                entries[concept] += t(f"words-{concept}").split(",")
            for name in self._recognised:
                for said in (t(f"command-{name}"), t(f"command-{name}-word"), t(f"command-{name}-example")):
                    self._names.setdefault(_plain(said), Heard(name))
        self._lexicon = Lexicon(entries)

    def hear(self, text: str) -> Heard:
        """The dialog a text asks for. Never raises; the time is bounded for any text."""
        text = normalize("NFKC", text[:_MOST_CHARACTERS])[:_MOST_CHARACTERS]
        named = self._names.get(_plain(text))
        if named:
            return named
        private = hold_identifier(text)
        if is_markup(_ended(text)):
            return Heard(None, holds_identifier=private)
        words = words_of(text)
        if not words:
            name = _QUESTION if "?" in text else None
            return Heard(name, holds_identifier=private, courtesy=courtesy_in_signs(text))
        hits = self._lexicon.find(words)
        hits += [Hit(shape, at) for at, word in enumerate(words) if (shape := shape_of(word))]
        courtesy = courtesy_of(hits, len(words), asks="?" in text)
        name, likely = dialog_meant(hits, self._recognised)
        if courtesy and name in {None, _QUESTION}:
            name = _QUESTION if courtesy == "greeting" else None
            return Heard(name, holds_identifier=private, courtesy=courtesy)
        return Heard(name, self._recognised[name].details(hits) if name else {}, private, likely=likely)


def _plain(text: str) -> str:
    """As names are compared: whatever stands before the first and behind the last letter or digit means nothing, in
    whatever script it is punctuation.
    """
    text = " ".join(_ended(text.casefold()).split())
    start = next((at for at, character in enumerate(text) if character.isalnum()), len(text))
    return text[start:]


def _ended(text: str) -> str:
    """Up to the last letter or digit."""
    end = next((at for at in range(len(text), 0, -1) if text[at - 1].isalnum()), 0)
    return text[:end]
