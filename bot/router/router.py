"""Typed words → command: the commands' own names first, then the concepts in the text, then nothing (the menu).

Free text only ever opens a card; it never changes anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import normalize

from bot.conversation import Command
from bot.core.people.identifier_traces import hold_identifier
from bot.router.lexicon import Hit, Lexicon
from bot.router.meaning import command_of
from bot.router.shapes import is_markup, shape_of, words_of
from bot.texts.catalog import LANGUAGES, Catalog

_MOST_CHARACTERS = 4_000
_WORDS = "words-"
_NAMED_LANGUAGES = {"english": "en", "bulgarian": "bg"}


@dataclass(frozen=True, slots=True)
class Heard:
    """What was understood. `command` None: show the menu. `language` (`bg`, `en`) is the one asked for, if any.

    `holds_identifier`: the text holds a national identifier; it must not be echoed, stored or logged.
    """

    command: Command | None
    language: str | None = None
    holds_identifier: bool = False


class Router:
    """Knows the words of all languages at once: people mix them."""

    def __init__(self, catalog: Catalog) -> None:
        """Reads the commands' names (`command-…`) and the lists of words (`words-…`). Errors: TextError."""
        concepts = sorted(text_id.removeprefix(_WORDS) for text_id in catalog.ids if text_id.startswith(_WORDS))
        entries: dict[str, list[str]] = {concept: [] for concept in concepts}
        self._names: dict[str, Heard] = {}
        for language in LANGUAGES:
            t = catalog.speak(language)
            for concept in concepts:
                entries[concept] += t(f"words-{concept}").split(",")
            for command in Command:
                for name in (t(f"command-{command}"), t(f"command-{command}-word"), t(f"command-{command}-example")):
                    said = Heard(command)
                    self._names.setdefault(_plain(name), said)
        self._lexicon = Lexicon(entries)

    def hear(self, text: str) -> Heard:
        """The command a text asks for. Never raises; the time is bounded for any text."""
        text = normalize("NFKC", text[:_MOST_CHARACTERS])[:_MOST_CHARACTERS]
        named = self._names.get(_plain(text))
        if named:
            return named
        private = hold_identifier(text)
        if is_markup(_ended(text)):
            return Heard(None, holds_identifier=private)
        words = words_of(text)
        if not words:
            return Heard(Command.HELP if "?" in text else None, holds_identifier=private)
        hits = self._lexicon.find(words)
        hits += [Hit(shape, at) for at, word in enumerate(words) if (shape := shape_of(word))]
        command = command_of(hits)
        return Heard(command, _language(hits) if command is Command.LANGUAGE else None, private)


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


def _language(hits: Sequence[Hit]) -> str | None:
    """The last language named; the other one if it is named to be refused ("I don't speak Bulgarian")."""
    named = [hit for hit in hits if hit.concept in _NAMED_LANGUAGES]
    if not named:
        return None
    last = max(named, key=lambda hit: hit.position)
    language = _NAMED_LANGUAGES[last.concept]
    refused = any(hit.concept == "not" and 0 < last.position - hit.position <= 3 for hit in hits)
    alone = len({hit.concept for hit in named}) == 1
    return ("bg" if language == "en" else "en") if refused and alone else language
