"""Every word a person reads, in every language: Fluent files behind a strict loader.

The Fluent runtime forgives: it prints a variable's name when the value is missing, skips what it cannot parse, and
puts invisible marks around values (poison for a username that is copied). Here all of that is an error or switched
off, found at start-up where it can be known and at the call otherwise.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

from fluent.runtime import FluentBundle
from fluent.runtime.resolver import CurrentEnvironment, ResolverEnvironment
from fluent.runtime.types import FluentInt
from fluent.syntax import FluentParser

from bot.kept import kept
from bot.texts.source import Source, TextError
from bot.texts.support import Asker, Support

DEFAULT_LANGUAGE = "bg"
LANGUAGES = (DEFAULT_LANGUAGE, "en")


SUPPORT = "support"
"""The variable that the catalog fills in itself: whom the person turns to (`bot/texts/support.py`)."""

_Pattern = Callable[[ResolverEnvironment], object]
"""A compiled text: what fluent.runtime calls a resolver."""


Files = Mapping[str, Mapping[str, str]]
"""By language, the contents of its files by their names."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text of one language, checked.

    `variables` are what a caller gives, `counts` those of them that choose plural forms; it `sends` if it says whom
    to ask. `plain` is the whole text if nothing is put into it; otherwise it is rendered from `fluent`, which holds
    what it refers to as well.
    """

    variables: frozenset[str]
    counts: frozenset[str]
    sends: bool
    plain: str | None
    fluent: str


Texts = Mapping[str, Mapping[str, Text]]
"""By language and id."""


class Translate(Protocol):
    """Gives a text in one language."""

    def __call__(self, text_id: str, /, **args: str | int) -> str:
        """The text with its arguments in place, inserted as they are. Errors: TextError."""
        ...


def language_of(locale: str | None) -> str:
    """The language for a Teams locale such as `en-GB`; Bulgarian when it is unknown or none of ours."""
    language = (locale or "").replace("_", "-").partition("-")[0].strip().lower()
    return language if language in LANGUAGES else DEFAULT_LANGUAGE


_LONGEST = 1_000
"""Characters of a word put into a text: more Fluent does not take, and a name from the directory may have more."""


class _PlainInt(FluentInt):
    """A number that selects plural forms and prints its digits only ("1234", never "1 234")."""

    def format(self, locale: object) -> str:  # noqa: ARG002 -- Fluent passes it to every type
        return str(int(self))


class _Language:
    """The texts of one language into which something is put; each is compiled when it is first said."""

    def __init__(self, language: str) -> None:
        self._bundle = FluentBundle([language], use_isolating=False)
        self._patterns: dict[str, _Pattern] = {}

    def render(self, text_id: str, text: Text, values: Mapping[str, str | int]) -> str:
        """Errors: TextError."""
        shown: dict[str, object] = {}
        for name, value in values.items():
            if isinstance(value, str) and name not in text.counts:
                shown[name] = value if len(value) <= _LONGEST else f"{value[: _LONGEST - 1]}…"
            elif isinstance(value, int) and not isinstance(value, bool):
                shown[name] = _PlainInt(value)
            else:
                raise TextError(f"{text_id}: argument {name} cannot be a {type(value).__name__}")
        # The steps of FluentBundle.format_pattern, without its conversion that would group the digits of our numbers.
        errors: list[Exception] = []
        environment = ResolverEnvironment(context=self._bundle, errors=errors, current=CurrentEnvironment(args=shown))
        try:
            result = (self._patterns.get(text_id) or self._compiled(text_id, text.fluent))(environment)
        except ValueError as error:  # a value longer than Fluent accepts
            raise TextError(f"{text_id}: {error}") from None
        if errors:
            raise TextError(f"{text_id}: {errors}")
        return str(result)

    def _compiled(self, text_id: str, fluent: str) -> _Pattern:
        self._bundle.add_resource(FluentParser(with_spans=False).parse(fluent))  # what it has already is passed over
        pattern: _Pattern | None = self._bundle.get_message(text_id).value
        if pattern is None:
            raise TextError(f"{text_id} has no value")
        self._patterns[text_id] = pattern
        return pattern


class Catalog:
    """All texts of all languages. Immutable after loading."""

    def __init__(self, texts: Texts, support: Support | None = None) -> None:
        self._texts = texts
        self._languages = {language: _Language(language) for language in texts}
        self._support = support or Support()
        self._voices = {(language, asker): self._voice(language, asker) for language in texts for asker in Asker}

    @classmethod
    def load(cls, folder: Path | None = None) -> "Catalog":
        """Reads `<folder>/<language>/*.ftl`; by default the files beside this module, and those of each dialog
        (`bot/dialogs/<name>/<language>.ftl`).

        Errors: TextError for anything that could make a text come out wrong, in any language.
        """
        return _own() if folder is None else cls(_read(_files(folder)))

    def with_support(self, support: Support) -> "Catalog":
        """The same texts, sending people to this support."""
        return Catalog(self._texts, support)

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all texts."""
        return frozenset(self._texts[DEFAULT_LANGUAGE])

    def resolves(self, text_id: str) -> bool:
        """Whether there is such a text (then there is one in every language)."""
        return text_id in self._texts[DEFAULT_LANGUAGE]

    def variables(self, text_id: str) -> frozenset[str]:
        """The names of the arguments the text needs. Errors: TextError."""
        if not self.resolves(text_id):
            raise TextError(f"{text_id}: no such text")
        return self._texts[DEFAULT_LANGUAGE][text_id].variables

    def speak(
        self, language: str, asker: Asker = Asker.UNKNOWN, noted: Callable[[str], str] | None = None
    ) -> Translate:
        """The translate function of one of `LANGUAGES`, for a person of this kind. `noted`: given the id of a text
        that says whom to ask, gives the reference number to show there. Errors: TextError for another language.
        """
        if (language, asker) not in self._voices:
            raise TextError(f"no such language: {language}")
        return self._voices[language, asker] if noted is None else self._voice(language, asker, noted)

    def _voice(self, language: str, asker: Asker, noted: Callable[[str], str] | None = None) -> Translate:
        texts, said = self._texts[language], self._languages[language]

        def t(text_id: str, /, **args: str | int) -> str:
            text = texts.get(text_id)
            if text is None:
                raise TextError(f"{text_id}: no such text")
            if text.plain is not None and not args:
                return text.plain
            if args.keys() != text.variables:
                missing, extra = sorted(text.variables - args.keys()), sorted(args.keys() - text.variables)
                raise TextError(f"{text_id}: missing arguments {missing}, superfluous arguments {extra}")
            if text.sends:
                reference = noted(text_id) if noted is not None and "reference" not in args else ""
                args[SUPPORT] = self._support.whom(asker, t, reference)
            return said.render(text_id, text, args)

        return t


@cache
def _own() -> Catalog:
    """The bot's own texts, read once in a process. Parsing and checking all of them takes most of a second."""
    here = Path(__file__).parent
    files = _files(here, here.parent / "dialogs")
    return Catalog(kept("texts", _made_of(files), lambda: _frozen(_read(files)), _thawed))


def _made_of(files: Files) -> Iterator[str | bytes]:
    """The texts, and what reads them."""
    yield from (version("fluent.runtime"), version("fluent.syntax"))
    yield from (Path(__file__).with_name(name).read_bytes() for name in ("catalog.py", "source.py"))
    for language, contents in files.items():
        for where, content in contents.items():
            yield from (language, where, content)


def _frozen(texts: Texts) -> dict[str, dict[str, tuple[object, ...]]]:
    """As JSON values."""
    return {
        language: {
            name: (sorted(one.variables), sorted(one.counts), one.sends, one.plain, one.fluent)
            for name, one in each.items()
        }
        for language, each in texts.items()
    }


def _thawed(texts: Mapping[str, Mapping[str, Sequence[Any]]]) -> Texts:
    @cache  # a few hundred sets serve all texts
    def names(*several: str) -> frozenset[str]:
        return frozenset(several)

    return {
        language: {
            name: Text(names(*variables), names(*counts), sends, plain, fluent)
            for name, (variables, counts, sends, plain, fluent) in each.items()
        }
        for language, each in texts.items()
    }


def _files(root: Path, dialogs: Path | None = None) -> Files:
    """`<root>/<language>/*.ftl`, and `<language>.ftl` of each folder in `dialogs`. Errors: TextError."""
    files: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        found = sorted((root / language).glob("*.ftl"))
        found += sorted(dialogs.glob(f"*/{language}.ftl")) if dialogs is not None else []
        if not found:
            raise TextError(f"no .ftl files for language {language} in {language}")
        files[language] = {f"{file.parent.name}/{file.name}": file.read_text(encoding="utf-8") for file in found}
    return files


def _read(files: Files) -> Texts:
    """Parses and checks all files. Errors: TextError."""
    sources = {language: Source.read(language, contents) for language, contents in files.items()}
    first = sources[DEFAULT_LANGUAGE]
    for language, source in sources.items():
        if lonely := sorted(source.messages.keys() ^ first.messages.keys()):
            raise TextError(f"texts present in only one of {DEFAULT_LANGUAGE}, {language}: {lonely}")
    counts: dict[str, frozenset[str]] = {}
    for text_id in first.messages:
        wanted = {language: source.variables(text_id) for language, source in sources.items()}
        if len(set(wanted.values())) > 1:
            shown = {language: sorted(names) for language, names in wanted.items()}
            raise TextError(f"{text_id}: the languages use different variables: {shown}")
        counts[text_id] = frozenset().union(*(source.counts(text_id) for source in sources.values()))
    return {language: _checked(source, counts) for language, source in sources.items()}


def _checked(source: Source, counts: Mapping[str, frozenset[str]]) -> dict[str, Text]:
    language, texts = _Language(source.language), {}
    for text_id in source.messages:
        wanted = source.variables(text_id)
        text = Text(wanted - {SUPPORT}, counts[text_id], SUPPORT in wanted, None, source.fluent(text_id))
        if not wanted:
            text = replace(text, plain=language.render(text_id, text, {}), fluent="")
        texts[text_id] = text
    return texts
