"""The Fluent files of one language, parsed and checked: what cannot be shown correctly for certain is refused."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fluent.syntax import FluentParser, ast

_PLURALS = {"one", "other"}
"""The plural categories of Bulgarian and of English (CLDR); any other category would be a branch nobody sees."""
_FOREIGN_PLURALS = {"zero", "two", "few", "many"}


class TextError(Exception):
    """A text is missing, malformed, differs between languages, or is called with other arguments than it needs."""


@dataclass(frozen=True, slots=True)
class Source:
    """The parsed files of one language."""

    language: str
    messages: Mapping[str, ast.Message]
    terms: Mapping[str, ast.Term]

    written: Mapping[str, str]
    """How each message and term (`-name`) is written in its file."""

    @classmethod
    def read(cls, language: str, files: Mapping[str, str]) -> "Source":
        """What stands in these files, by their names. Errors: TextError for anything that could come out wrong."""
        messages: dict[str, ast.Message] = {}
        terms: dict[str, ast.Term] = {}
        written: dict[str, str] = {}
        for where, content in files.items():
            for entry in FluentParser().parse(content).body:
                if isinstance(entry, ast.Junk):
                    raise TextError(f"{where}: not Fluent: {(entry.content or '').strip()[:80]!r}")
                if isinstance(entry, ast.Message):
                    _check_shape(where, entry, messages)
                    messages[entry.id.name] = entry
                    written[entry.id.name] = _slice(content, entry)
                elif isinstance(entry, ast.Term):
                    _check_shape(where, entry, terms)
                    terms[entry.id.name] = entry
                    written[f"-{entry.id.name}"] = _slice(content, entry)
        source = cls(language, messages, terms, written)
        for text_id in messages:
            source.variables(text_id)
        return source

    def fluent(self, text_id: str) -> str:
        """The text and the texts it refers to, as a Fluent file of their own."""
        names = dict.fromkeys([text_id])
        for node in self._nodes(text_id):
            if isinstance(node, ast.MessageReference | ast.TermReference):
                names[_name(node)] = None
        return "\n".join(self.written[name] for name in names) + "\n"

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

    def _nodes(self, text_id: str) -> Iterator[ast.BaseNode]:
        yield from self._walk(self.messages[text_id], (text_id,))

    def _walk(self, entry: ast.Message | ast.Term, path: tuple[str, ...]) -> Iterator[ast.BaseNode]:
        for node in _descendants(entry):
            yield node
            if isinstance(node, ast.MessageReference | ast.TermReference):
                name = _name(node)
                target = (self.terms if name.startswith("-") else self.messages).get(node.id.name)
                if target is None:
                    raise TextError(f"{self.language}: {path[-1]} refers to {name}, which does not exist")
                if name in path:
                    raise TextError(f"{self.language}: {name} refers to itself")
                yield from self._walk(target, (*path, name))


def _name(reference: ast.MessageReference | ast.TermReference) -> str:
    return f"-{reference.id.name}" if isinstance(reference, ast.TermReference) else str(reference.id.name)


def _slice(content: str, entry: ast.Message | ast.Term) -> str:
    assert entry.span is not None  # noqa: S101 -- the parser gives spans
    return content[entry.span.start : entry.span.end]


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
            if isinstance(child, ast.BaseNode):
                yield from _descendants(child)
