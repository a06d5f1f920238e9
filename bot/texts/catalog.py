"""Every word a person reads, in every language: Fluent files behind a strict loader.

The Fluent runtime forgives: it prints a variable's name when the value is missing, skips what it cannot parse, and
puts invisible marks around values (poison for a username that is copied). Here all of that is an error or switched
off, found at start-up where it can be known and at the call otherwise.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from fluent.runtime import FluentBundle
from fluent.runtime.resolver import CurrentEnvironment, ResolverEnvironment
from fluent.runtime.types import FluentInt
from fluent.syntax import FluentParser, ast

DEFAULT_LANGUAGE = "bg"
LANGUAGES = (DEFAULT_LANGUAGE, "en")
_PLURALS = {"one", "other"}
"""The plural categories of Bulgarian and of English (CLDR); any other category would be a branch nobody sees."""
_FOREIGN_PLURALS = {"zero", "two", "few", "many"}


_Pattern = Callable[[ResolverEnvironment], object]
"""A compiled text: what fluent.runtime calls a resolver."""


class TextError(Exception):
    """A text is missing, malformed, differs between languages, or is called with other arguments than it needs."""


class Translate(Protocol):
    """Gives a text in one language."""

    def __call__(self, text_id: str, /, **args: str | int) -> str:
        """The text with its arguments in place, inserted as they are. Errors: TextError."""
        ...


def language_of(locale: str | None) -> str:
    """The language for a Teams locale such as `en-GB`; Bulgarian when it is unknown or none of ours."""
    language = (locale or "").replace("_", "-").partition("-")[0].strip().lower()
    return language if language in LANGUAGES else DEFAULT_LANGUAGE


class _PlainInt(FluentInt):
    """A number that selects plural forms and prints its digits only ("1234", never "1 234")."""

    def format(self, locale: object) -> str:  # noqa: ARG002 -- Fluent passes it to every type
        return str(int(self))


@dataclass(frozen=True, slots=True)
class _Text:
    """One text of one language. `plain` is the whole text if it takes no arguments."""

    text_id: str
    variables: frozenset[str]
    counts: frozenset[str]
    pattern: _Pattern
    bundle: FluentBundle
    plain: str | None = None

    def render(self, args: Mapping[str, str | int]) -> str:
        if args.keys() != self.variables:
            missing, extra = sorted(self.variables - args.keys()), sorted(args.keys() - self.variables)
            raise TextError(f"{self.text_id}: missing arguments {missing}, superfluous arguments {extra}")
        values: dict[str, object] = {}
        for name, value in args.items():
            if isinstance(value, str) and name not in self.counts:
                values[name] = value
            elif isinstance(value, int) and not isinstance(value, bool):
                values[name] = _PlainInt(value)
            else:
                raise TextError(f"{self.text_id}: argument {name} cannot be a {type(value).__name__}")
        return _format(self.text_id, self.pattern, self.bundle, values)


def _format(text_id: str, pattern: _Pattern, bundle: FluentBundle, values: dict[str, object]) -> str:
    # The steps of FluentBundle.format_pattern, without its conversion that would group the digits of our numbers.
    errors: list[Exception] = []
    environment = ResolverEnvironment(context=bundle, errors=errors, current=CurrentEnvironment(args=values))
    try:
        result = pattern(environment)
    except ValueError as error:  # a value longer than Fluent accepts
        raise TextError(f"{text_id}: {error}") from None
    if errors:
        raise TextError(f"{text_id}: {errors}")
    return str(result)


class Catalog:
    """All texts of all languages. Immutable after loading."""

    def __init__(self, texts: Mapping[str, Mapping[str, _Text]]) -> None:
        self._texts = texts
        self._voices = {language: self._voice(language) for language in texts}

    @classmethod
    def load(cls, folder: Path | None = None) -> "Catalog":
        """Reads `<folder>/<language>/*.ftl` (by default the files beside this module).

        Errors: TextError for anything that could make a text come out wrong, in any language.
        """
        root = folder or Path(__file__).parent
        sources = {language: _Source.read(language, root / language) for language in LANGUAGES}
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
        return cls({language: source.compile(counts) for language, source in sources.items()})

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

    def speak(self, language: str) -> Translate:
        """The translate function of one of `LANGUAGES`. Errors: TextError for another language."""
        if language not in self._voices:
            raise TextError(f"no such language: {language}")
        return self._voices[language]

    def _voice(self, language: str) -> Translate:
        texts = self._texts[language]

        def t(text_id: str, /, **args: str | int) -> str:
            text = texts.get(text_id)
            if text is None:
                raise TextError(f"{text_id}: no such text")
            if text.plain is not None and not args:
                return text.plain
            return text.render(args)

        return t


@dataclass(frozen=True, slots=True)
class _Source:
    """The parsed files of one language."""

    language: str
    messages: Mapping[str, ast.Message]
    terms: Mapping[str, ast.Term]

    @classmethod
    def read(cls, language: str, folder: Path) -> "_Source":
        files = sorted(folder.glob("*.ftl"))
        if not files:
            raise TextError(f"no .ftl files for language {language} in {folder.name}")
        messages: dict[str, ast.Message] = {}
        terms: dict[str, ast.Term] = {}
        for file in files:
            where = f"{language}/{file.name}"
            for entry in FluentParser().parse(file.read_text(encoding="utf-8")).body:
                if isinstance(entry, ast.Junk):
                    raise TextError(f"{where}: not Fluent: {(entry.content or '').strip()[:80]!r}")
                if isinstance(entry, ast.Message):
                    _check_shape(where, entry, messages)
                    messages[entry.id.name] = entry
                elif isinstance(entry, ast.Term):
                    _check_shape(where, entry, terms)
                    terms[entry.id.name] = entry
        source = cls(language, messages, terms)
        for text_id in messages:
            source.variables(text_id)
        return source

    def variables(self, text_id: str) -> frozenset[str]:
        """The variables of a text and of the texts it refers to."""
        return frozenset(node.id.name for node in self._nodes(text_id) if isinstance(node, ast.VariableReference))

    def counts(self, text_id: str) -> frozenset[str]:
        """The variables that choose between plural forms, and so must be numbers."""
        return frozenset(
            node.selector.id.name
            for node in self._nodes(text_id)
            if isinstance(node, ast.SelectExpression)
            and isinstance(node.selector, ast.VariableReference)
            and all(_counts(variant.key) for variant in node.variants)
        )

    def compile(self, counts: Mapping[str, frozenset[str]]) -> dict[str, _Text]:
        bundle = FluentBundle([self.language], use_isolating=False)
        bundle.add_resource(ast.Resource([*self.terms.values(), *self.messages.values()]))
        texts: dict[str, _Text] = {}
        for text_id in self.messages:
            pattern, variables = bundle.get_message(text_id).value, self.variables(text_id)
            if pattern is None:
                raise TextError(f"{self.language}: {text_id} has no value")
            plain = None if variables else _format(text_id, pattern, bundle, {})
            texts[text_id] = _Text(text_id, variables, counts[text_id], pattern, bundle, plain)
        return texts

    def _nodes(self, text_id: str) -> Iterator[ast.BaseNode]:
        yield from self._walk(self.messages[text_id], (text_id,))

    def _walk(self, entry: ast.Message | ast.Term, path: tuple[str, ...]) -> Iterator[ast.BaseNode]:
        for node in _descendants(entry):
            yield node
            if isinstance(node, ast.MessageReference | ast.TermReference):
                is_term = isinstance(node, ast.TermReference)
                name = f"-{node.id.name}" if is_term else node.id.name
                target = (self.terms if is_term else self.messages).get(node.id.name)
                if target is None:
                    raise TextError(f"{self.language}: {path[-1]} refers to {name}, which does not exist")
                if name in path:
                    raise TextError(f"{self.language}: {name} refers to itself")
                yield from self._walk(target, (*path, name))


def _check_shape(where: str, entry: ast.Message | ast.Term, seen: Mapping[str, object]) -> None:
    """Refuses what the loader cannot promise to show correctly."""
    name = entry.id.name
    if name in seen:
        raise TextError(f"{where}: {name} is defined twice")
    if entry.value is None or entry.attributes:
        raise TextError(f"{where}: {name} must have a value and no attributes")
    for node in _descendants(entry.value):
        if isinstance(node, ast.FunctionReference):
            raise TextError(f"{where}: {name} calls {node.id.name}; values come formatted from the code")
        if isinstance(node, ast.VariableReference) and isinstance(entry, ast.Term):
            raise TextError(f"{where}: the term -{name} cannot have variables")
        key = node.key if isinstance(node, ast.Variant) else None
        if isinstance(key, ast.Identifier) and key.name in _FOREIGN_PLURALS:
            raise TextError(f"{where}: {name} has a plural form the language does not know: {key.name}")


def _counts(key: ast.Identifier | ast.NumberLiteral) -> bool:
    return isinstance(key, ast.NumberLiteral) or key.name in _PLURALS


def _descendants(node: ast.BaseNode) -> Iterator[ast.BaseNode]:
    yield node
    for value in vars(node).values():
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.BaseNode) and not isinstance(child, ast.Span):
                yield from _descendants(child)
