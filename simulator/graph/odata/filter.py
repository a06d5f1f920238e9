"""$filter: a small, strict parser and its translation to SQL.

The grammar is OData's (OASIS 4.01 URL conventions): `or` < `and` < comparison; string literals in single quotes with
quotes doubled; `in (…)`; `startswith(property, 'x')`. What is well-formed but not supported by Graph for a property
(`ne`, `not`, `gt` …, or any filter on a property that has none) is `Request_UnsupportedQuery`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NoReturn

from simulator.graph.call import GraphError, bad_request

_TOKEN = re.compile(
    r"\s*(?:(?P<string>'(?:[^']|'')*')|(?P<number>-?\d+(?:\.\d+)?(?![\w-]))"
    r"|(?P<guid>[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})"
    r"|(?P<word>[A-Za-z_][\w/@.]*)|(?P<sign>[(),]))"
)
_UNSUPPORTED = {"ne", "gt", "ge", "lt", "le", "not", "has", "add", "sub", "mul", "div", "mod"}
_DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Filterable:
    """How a property is filtered: `sql` has `{}` where the comparison goes (`user.upn {}`); `operators` of
    `eq`, `in`, `startswith`; `kind` is the Edm type of its literals.
    """

    sql: str
    operators: frozenset[str]
    kind: str = "Edm.String"


@dataclass(slots=True)
class Condition:
    """SQL with the named parameters v0, v1 …"""

    sql: str = "1"
    values: list[object] = field(default_factory=list)


def compile_filter(
    text: str, type_name: str, filterable: Mapping[str, Filterable], known: frozenset[str]
) -> Condition:
    """A filter on `type_name` as SQL. `known` are all property paths of the type, filterable or not."""
    return _Parser(text, type_name, filterable, known).parse()


class _Parser:
    def __init__(
        self, text: str, type_name: str, filterable: Mapping[str, Filterable], known: frozenset[str]
    ) -> None:
        self._text = text
        self._type = type_name
        self._filterable = filterable
        self._known = known
        self._tokens = self._tokenize()
        self._place = 0
        self._depth = 0
        self._condition = Condition()

    def parse(self) -> Condition:
        self._condition.sql = self._or()
        if self._kind() != "end":
            self._syntax()
        return self._condition

    def _tokenize(self) -> list[tuple[str, str, int]]:
        tokens, position, text = [], 0, self._text.rstrip()
        while position < len(text):
            match = _TOKEN.match(text, position)
            if match is None:
                start = position + len(text[position:]) - len(text[position:].lstrip())
                if text[start] == "'":
                    self._refuse(f"There is an unterminated string literal at position {start} in '{self._text}'.")
                self._refuse(
                    f"Syntax error: character '{text[start]}' is not valid at position {start} in '{self._text}'."
                )
            kind = str(match.lastgroup)
            tokens.append((kind, match.group(kind), match.start(kind)))
            position = match.end()
        return [*tokens, ("end", "", len(text))]

    def _kind(self) -> str:
        return self._tokens[self._place][0]

    def _value(self) -> str:
        return self._tokens[self._place][1]

    def _next(self) -> tuple[str, str, int]:
        token = self._tokens[self._place]
        if token[0] != "end":
            self._place += 1
        return token

    def _or(self) -> str:
        left = self._and()
        while self._kind() == "word" and self._value() in {"or", "OR"}:
            self._next()
            left = f"({left} OR {self._and()})"
        return left

    def _and(self) -> str:
        left = self._comparison()
        while self._kind() == "word" and self._value() in {"and", "AND"}:
            self._next()
            left = f"({left} AND {self._comparison()})"
        return left

    def _comparison(self) -> str:
        if self._kind() == "sign" and self._value() == "(":
            return self._group()
        kind, word, _ = self._next()
        if kind != "word":
            self._syntax(back=1)
        if word in _UNSUPPORTED:
            self._unsupported(word)
        if self._kind() == "sign" and self._value() == "(":
            return self._function(word)
        prop = self._property(word)
        kind, operator, _ = self._next()
        if kind == "word" and operator in _UNSUPPORTED:
            self._unsupported(word)
        if kind != "word" or operator not in {"eq", "in"}:
            self._syntax(back=1)
        self._allow(prop, operator, word)
        return self._equals(prop) if operator == "eq" else self._one_of(prop)

    def _group(self) -> str:
        self._depth += 1
        if self._depth > _DEEPEST:
            self._refuse("The query expression exceeds the maximum allowed depth.")
        self._next()
        inner = self._or()
        self._expect(")")
        self._depth -= 1
        return f"({inner})"

    def _one_of(self, prop: Filterable) -> str:
        self._expect("(")
        options = [self._equals(prop)]
        while self._kind() == "sign" and self._value() == ",":
            self._next()
            options.append(self._equals(prop))
        self._expect(")")
        return "(" + " OR ".join(options) + ")"

    def _function(self, name: str) -> str:
        if name.lower() != "startswith":
            if name.lower() in {"endswith", "contains", "substringof", "tolower", "any", "all"}:
                self._unsupported(name)
            self._refuse(f"An unknown function with name '{name}' was found.")
        self._expect("(")
        kind, word, _ = self._next()
        if kind != "word":
            self._syntax(back=1)
        prop = self._property(word)
        self._allow(prop, "startswith", word)
        self._expect(",")
        kind, literal, _ = self._next()
        if kind != "string":
            self._syntax(back=1)
        self._expect(")")
        start = _unquoted(literal).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return "(" + prop.sql.format(f"LIKE {self._parameter(start + '%')} ESCAPE '\\'") + ")"

    def _equals(self, prop: Filterable) -> str:
        kind, literal, _ = self._next()
        if kind == "word" and literal == "null":
            return "(" + prop.sql.format("IS NULL") + ")"
        value: object
        if kind == "string" and prop.kind == "Edm.String":
            value = _unquoted(literal)
        elif kind == "word" and literal in {"true", "false"} and prop.kind == "Edm.Boolean":
            value = int(literal == "true")
        elif kind == "guid" and prop.kind == "Edm.Guid":
            value = literal.lower()
        elif kind in {"string", "number", "guid"} or literal in {"true", "false"}:
            found = {"string": "Edm.String", "number": "Edm.Int32", "guid": "Edm.Guid"}.get(kind, "Edm.Boolean")
            self._refuse(
                "A binary operator with incompatible types was detected. Found operand types "
                f"'{prop.kind}' and '{found}' for operator kind 'Equal'."
            )
        else:
            self._syntax(back=1)
        return "(" + prop.sql.format(f"= {self._parameter(value)}") + ")"

    def _property(self, path: str) -> Filterable:
        prop = self._filterable.get(path)
        if prop is None and path in self._known:
            self._unsupported(path)
        if prop is None:
            self._refuse(f"Could not find a property named '{path}' on type '{self._type}'.")
        return prop

    def _allow(self, prop: Filterable, operator: str, path: str) -> None:
        if operator not in prop.operators:
            self._unsupported(path)

    def _parameter(self, value: object) -> str:
        self._condition.values.append(value)
        return f":v{len(self._condition.values) - 1}"

    def _expect(self, sign: str) -> None:
        kind, value, _ = self._next()
        if kind != "sign" or value != sign:
            self._syntax(back=1)

    def _syntax(self, back: int = 0) -> NoReturn:
        place = self._place if self._kind() == "end" else self._place - back
        position = self._tokens[place][2]
        self._refuse(f"Syntax error at position {position} in '{self._text}'.")

    def _refuse(self, message: str) -> NoReturn:
        raise bad_request(f"Invalid filter clause: {message}")

    def _unsupported(self, name: str) -> NoReturn:
        resource = self._type.rpartition(".")[2]
        raise GraphError(
            400,
            "Request_UnsupportedQuery",
            f"Unsupported or invalid query filter clause specified for property '{name}' of resource '{resource}'.",
        )


def _unquoted(literal: str) -> str:
    return literal[1:-1].replace("''", "'")
