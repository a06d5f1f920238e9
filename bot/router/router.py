"""Typed words → dialog: the dialogs' own names first, then the concepts in the text, then only what it hints at.

Free text only ever opens a card; it never changes anything (but see `Recognised.exactly`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol
from unicodedata import normalize

from bot.core.people.identifier_traces import hold_identifier
from bot.core.people.spoken_of import nobody_else, spoken_of
from bot.router.courtesies import courtesy_in_signs, courtesy_of
from bot.router.lexicon import UNKNOWN, Hit, Lexicon
from bot.router.meaning import dialog_meant
from bot.router.recognised import Recognised
from bot.router.shapes import is_markup, shape_of, words_of
from bot.texts.catalog import LANGUAGES, Catalog

_MOST_CHARACTERS = 4_000
_WORDS = "words-"
_TELL_NAMES = frozenset({"surname", "group", "grade", "class"})
_OF_A_NAME = _TELL_NAMES | {UNKNOWN, "ordinary", "student"}
"""What is found in a name with a class."""
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
    """What was understood: the `name` of a dialog (None: show the menu), and what else the text says to it: `details`
    are ids of the press that opens it, `words` what stands in the inputs of its form.

    `opens`: the verb of another of its buttons, whose title was typed; `among`: the same of each of several services
    that have such a button. `likely`: where none was understood, the names
    of those it hints at, the likeliest first; `offers`: of those, what stands in the inputs of the form. `courtesy`:
    it asks for nothing (`courtesies.py`). `holds_identifier`: the text holds a national identifier; it must not be
    echoed, stored or logged.
    """

    name: str | None
    details: Mapping[str, str] = field(default_factory=dict, hash=False)
    holds_identifier: bool = False
    words: Mapping[str, str] = field(default_factory=dict, hash=False, repr=False)
    likely: tuple[str, ...] = ()
    courtesy: str = ""
    opens: str = ""
    among: tuple["Heard", ...] = ()
    offers: Mapping[str, Mapping[str, str]] = field(default_factory=dict, hash=False, repr=False)


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
            for name, recognised in self._recognised.items():
                for text_id, ids in recognised.exactly.items():
                    self._names |= {_plain(phrase): Heard(name, ids) for phrase in t(text_id).split(",")}
                for said in (t(f"command-{name}"), t(f"command-{name}-word"), t(f"command-{name}-example")):
                    self._names.setdefault(_plain(said), Heard(name))
        for said, meant in self._titles(catalog).items():
            by_name = {one.name: one for one in meant if one.name}
            several = Heard(None, likely=tuple(by_name), among=tuple(by_name.values()))
            self._names.setdefault(said, several if len(by_name) > 1 else meant[0])
        self._lexicon = Lexicon(entries)

    def _titles(self, catalog: Catalog) -> Mapping[str, list[Heard]]:
        """What the buttons of the services are called; some are called alike."""
        titles: dict[str, list[Heard]] = {}
        for name, recognised in self._recognised.items():
            for text_id, verb in recognised.titles.items():
                for language in LANGUAGES:
                    titles.setdefault(_plain(catalog.speak(language)(text_id)), []).append(Heard(name, opens=verb))
        return titles

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
        if name is None:
            clear = {hit.concept for hit in hits if not hit.guessed}
            offers = self._offers(text) if clear <= _OF_A_NAME and clear & _TELL_NAMES else {}
            return Heard(None, holds_identifier=private, likely=(*offers, *likely), offers=offers)
        meant, whom = self._recognised[name], spoken_of(text)
        return Heard(name, meant.details(hits, whom), private, meant.words(whom), likely)

    def _offers(self, text: str) -> Mapping[str, Mapping[str, str]]:
        """The services that look for whoever is named, and nothing else is said, with that in their forms."""
        whom = nobody_else(text)
        found = {name: one.words(whom) for name, one in self._recognised.items()} if whom.inputs else {}
        return {name: words for name, words in found.items() if words}


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
