"""Hostile data: texts that would like to be more than text, and the parameters of cards made of them, from their types alone."""

import importlib
import pkgutil
import types
from collections.abc import Callable, Collection, Mapping
from dataclasses import MISSING, fields, is_dataclass
from inspect import Parameter, signature, unwrap
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

import cards
from cards.actions import Button, Press
from cards.charts import Share
from cards.class_links import Tickable, Todo
from cards.closing import Signer
from cards.menu import Explanation, MenuItem
from cards.words import data
from tests.gallery.sample import HOSTILE, press

TEXTS = (
    *HOSTILE,
    "",
    " ",
    "\u202e\u200b\u3164",
    "5 б",
    "Иво Пробен Образцов",
    "Иво  Пробен\u00a0Образцов",
    "д" * 200,
    "W" * 200,
    "محمد بن عبد الله",
    "王小明",
    "Ніна\u0301\u0301\u0301 \u0489\u0489\u0489",
    "👩‍👩‍👧‍👦🇧🇬" * 40,
    "\ud83d половин двойка \udc00",
    "нула\x00и\x07звънец",
    'кавички " и \\ обратна',
    "\ufdfa" * 200,
    "4146054046",
)
CARDS: dict[str, Callable[..., dict[str, Any]]] = {
    name: function
    for module in pkgutil.iter_modules(cards.__path__)
    for name, function in vars(importlib.import_module(f"cards.{module.name}")).items()
    if name.endswith("_card") and hasattr(function, "__wrapped__")
}
"""Every card function there is."""

MANY = frozenset(
    {
        "accounts", "also_at", "choices", "classes", "failed", "left_out", "links", "names", "near", "rows", "schools",
        "students",
    }
)  # fmt: skip
"""Fields that hold as many as the data has; the others are written by a dialog, sentence by sentence."""

_NEVER_NONE = frozenset({"accounts", "choices", "classes", "students"})
"""Of nobody there is no such card: the dialogs say so in another."""

_STATUS = (
    "never",
    "handed",
    "running",
    "ready",
    "unseen",
    "given",
    "changed",
    "expired",
    "replaced",
    "doubtful",
    "unreadable",
)
_STYLES = ("default", "emphasis", "good", "attention", "warning", "accent")
_DAYS = ("2056-11-24", "2056-11-25")
_WORDS: Mapping[str, tuple[str, ...]] = {
    "AboutRequest.masked": ("", "••••••4046"),
    "AccountView.state": ("active", "disabled", "being-created"),
    "class_progress_card.recipient": ("", "student", "parent"),
    "class_progress_card.state": ("running", "cancelling", "finished"),
    "deputy_form_card.latest": _DAYS[1:],
    "deputy_form_card.today": _DAYS[:1],
    "LinkRow.style": _STYLES,
    "lookup_result_card.masked": ("", "••••••4046"),
    "password_confirm_card.recipient": ("student", "parent", "teacher"),
    "password_person_card.account_state": ("active", "disabled", "being-created"),
    "password_person_card.earliest_birth": ("", "2037-01-01"),
    "password_person_card.latest_birth": ("", *_DAYS),
    "password_person_card.status": _STATUS,
    "password_reveal_card.recipient": ("student", "parent", "teacher"),
    "password_state_card.link": ("", "https://bot.example.org/slips/t"),
    "password_state_card.pin": ("", "407192"),
    "StudentChoice.status": _STATUS,
    "PartRow.style": _STYLES,
    "PersonRow.style": _STYLES,
    "PupilRow.style": _STYLES,
    "IntakeStudent.style": _STYLES,
    "SchoolRow.style": _STYLES,
    "Todo.style": _STYLES,
    "accounts_person_card.style": _STYLES,
    "transfer_form_card.latest_date": ("", *_DAYS),
}
"""Fields whose words are the code's own: a closed list, whatever the data."""

_NAMED = frozenset({"title", "label", "submit_title"})
"""What a dialog always has words for, though data in them may leave nothing to read."""


def texts() -> st.SearchStrategy[str]:
    """Texts of every script and trick, halves of surrogate pairs included."""
    anything = st.text(st.characters(categories=("L", "M", "N", "P", "S", "Z", "C")), max_size=40)
    return st.one_of(st.sampled_from(TEXTS), anything)


def words() -> st.SearchStrategy[str]:
    """As `texts`, and never blank."""
    return texts().filter(lambda text: bool(text.strip()))


def views(card: Callable[..., dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """Keyword parameters for this card function. Those with a default are sometimes left out."""
    build = unwrap(card)
    hints = get_type_hints(build)
    needed: dict[str, st.SearchStrategy[Any]] = {}
    optional: dict[str, st.SearchStrategy[Any]] = {}
    for name, parameter in signature(build).parameters.items():
        if parameter.kind is Parameter.KEYWORD_ONLY:
            given = needed if parameter.default is Parameter.empty else optional
            given[name] = _of_field(build.__name__, name, hints[name])
    return st.fixed_dictionaries(needed, optional=optional)


def _of_dataclass(kind: Any) -> st.SearchStrategy[Any]:
    hints = get_type_hints(kind)
    given = {}
    for one in fields(kind):
        strategy = _of_field(kind.__name__, one.name, hints[one.name])
        given[one.name] = strategy if one.default is MISSING else st.one_of(strategy, st.just(one.default))
    return st.builds(kind, **given)


def _of_field(owner: str, name: str, hint: Any) -> st.SearchStrategy[Any]:
    place = f"{owner}.{name}"
    if place in _WORDS:
        return st.sampled_from(_WORDS[place])
    if place == "password_person_card.choices":
        return st.sampled_from([("student",), ("teacher",), ("student", "parent")])
    if place == "notice_card.link":
        return st.one_of(st.none(), st.tuples(words(), st.just("https://bot.example.org/links/t")))
    if place in {"transfer_list_card.shares", "region_card.shares"}:
        parts = st.builds(Share, st.integers(1, 9), st.sampled_from(("attention", "warning", "accent")), words())
        return st.lists(parts, max_size=3).map(tuple)
    if place in {"accounts_board_card.shares", "own_class_card.counts"}:
        said = words().map(lambda text: text[:40]).filter(lambda text: bool(text.strip()))  # a state's, with a count
        parts = st.builds(Share, st.integers(1, 9), st.sampled_from(("attention", "warning", "accent")), said)
        return st.lists(parts, max_size=3).map(tuple)
    if place == "transfer_form_card.schools":
        return _many(st.tuples(_ids(), _of_hint(get_args(get_args(hint)[0])[1])), empty=False)
    if place == "class_pick_card.classes":  # a class without a name is none (`normalise_class`)
        return _many(st.tuples(texts().filter(lambda text: bool(data(text))), st.just(press())), empty=False)
    if place == "group_form_card.classes":
        return _many(st.tuples(_ids(), texts()), empty=False)
    if place in {"closing_card.people", "group_people_card.people"}:
        return _many(_of_dataclass(Signer), empty=False)
    if place == "help_card.explanations":  # the services, and two matters told in paragraphs
        items = st.lists(_of_dataclass(MenuItem), max_size=8).map(tuple)
        services = st.builds(Explanation, words(), st.just(()), items)
        told = st.builds(Explanation, words(), st.lists(texts(), max_size=2).map(tuple))
        return st.tuples(services, told, told)
    if name == "longest":  # characters of a name: the house's own figure
        return st.just(40)
    if place == "link_overview_card.drawn":
        return st.lists(st.tuples(st.integers(0, 900), st.sampled_from(_STYLES[1:5])), max_size=8).map(tuple)
    if place == "link_overview_card.todo":  # three may have to act, on few kinds of things each
        few = st.lists(_of_dataclass(Todo), min_size=1, max_size=9, unique_by=lambda one: (one.label, one.what))
        return few.map(lambda all_: tuple((f"Кой {at}", tuple(all_[at::3])) for at in range(min(3, len(all_)))))
    if place == "link_several_card.links":
        return _many(_of_dataclass(Tickable), empty=False)
    if place == "link_one_card.decide":  # mending, asking or undoing; and one may mark
        return st.lists(_of_dataclass(Button), max_size=2).map(tuple)
    if place == "lookup_form_card.reasons":  # a dialog's own words
        return st.lists(st.tuples(st.sampled_from(("Преместен", "Друго")), st.just(press())), max_size=3).map(tuple)
    if name == "buttons":
        return st.lists(_of_dataclass(Button), max_size=3).map(tuple)
    if (owner, name) in {
        ("Tickable", "key"),
        ("RequestRow", "id"),
        ("StudentChoice", "id"),
        ("Signer", "id"),
    }:
        return _ids()
    if place in {"closing_card.left_out", "lookup_form_card.left_out", "password_start_card.left_out"}:
        return st.integers(0, 900)
    if name in MANY:
        return _many(_of_hint(get_args(hint)[0]), empty=name not in _NEVER_NONE)
    if name in _NAMED and hint is str:
        return words()
    return _of_hint(hint)


def _of_hint(hint: Any) -> st.SearchStrategy[Any]:
    origin = get_origin(hint)
    if hint is Press:
        return st.just(press())
    if hint is str:
        return texts()
    if hint is bool:
        return st.booleans()
    if hint is int:
        return st.integers(0, 999_999)
    if origin is Literal:
        return st.sampled_from(get_args(hint))
    if origin in {Union, types.UnionType}:
        return st.one_of(*map(_of_hint, get_args(hint)))
    if hint is type(None):
        return st.none()
    if origin is Collection:
        return st.lists(_of_hint(*get_args(hint)), max_size=8).map(tuple)
    if origin is tuple:
        inner = get_args(hint)
        if not inner:
            return st.just(())
        if inner[-1] is Ellipsis:
            return st.lists(_of_hint(inner[0]), max_size=8).map(tuple)
        return st.tuples(*map(_of_hint, inner))
    if is_dataclass(hint):
        return _of_dataclass(hint)
    raise TypeError(f"no strategy for {hint}")


def _ids() -> st.SearchStrategy[str]:
    """Object ids; the same one twice, too."""
    return st.one_of(st.sampled_from(("a" * 36, "b" * 36)), st.uuids().map(str))


def _many(one: st.SearchStrategy[Any], *, empty: bool) -> st.SearchStrategy[tuple[Any, ...]]:
    """None, one, some or five hundred: a few of them, again and again."""
    counts = st.sampled_from((1, 2, 3, 9, 45, 500) + ((0,) if empty else ()))
    return st.builds(
        lambda few, count: tuple(few[number % len(few)] for number in range(count)),
        st.lists(one, min_size=1, max_size=5),
        counts,
    )
