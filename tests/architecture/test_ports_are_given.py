"""What the core needs from outside is always given to it: a port that has a default is one that does nothing, and
whoever forgets it hears of nothing.
"""

import importlib
import inspect
from collections.abc import Callable, Iterator
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from tests.architecture.tree import ROOT

MAY = {
    "ReadLinks(sleep)": "the one that waits",
    "WorkCalendar(day_on)": "a week's own days off, when no Saturday is made up for",
}
"""Defaults that are what they are called."""


def modules() -> Iterator[Any]:
    for path in sorted((ROOT / "bot" / "core").rglob("*.py")):
        yield importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))


def classes() -> Iterator[type]:
    for module in modules():
        for one in vars(module).values():
            if inspect.isclass(one) and one.__module__ == module.__name__:
                yield one


def is_port(hint: Any) -> bool:
    """A Protocol of ours, something to be called, or either of them or None."""
    if get_origin(hint) in {Union, UnionType}:
        return any(is_port(each) for each in get_args(hint))
    if get_origin(hint) is not None:
        return get_origin(hint) is Callable
    return getattr(hint, "_is_protocol", False) and hint.__module__.startswith("bot.")


def defaulted(call: Callable[..., Any], hints: dict[str, Any]) -> Iterator[str]:
    for name, parameter in inspect.signature(call).parameters.items():
        if parameter.default is not inspect.Parameter.empty and is_port(hints.get(name)):
            yield name


def test_no_use_case_is_built_without_a_port():
    found = {
        f"{one.__name__}({name})"
        for one in classes()
        if not getattr(one, "_is_protocol", False) and (built := vars(one).get("__init__")) is not None
        for name in defaulted(one, get_type_hints(one) | get_type_hints(built))
    }

    assert found == set(MAY)


def test_no_store_judges_by_itself():
    """A judge that a caller may leave out permits everything."""
    found = {
        f"{one.__name__}.{method.__name__}({name})"
        for one in classes()
        if getattr(one, "_is_protocol", False)
        for method in vars(one).values()
        if inspect.isfunction(method)
        for name in defaulted(method, get_type_hints(method))
        if inspect.signature(method).parameters[name].default is not None
    }

    assert found == set()
