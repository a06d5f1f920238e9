"""What a service says of the words it is recognised by."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.core.people.spoken_of import SpokenOf
from bot.router.lexicon import Hit

Where = Mapping[str, Sequence[int]]
"""Concept → the places in the text, in words, where it was found."""


def _never(where: Where) -> bool:  # noqa: ARG001 -- the shape of `Recognised.forbidden`
    return False


def _nothing(hits: Sequence[Hit], whom: SpokenOf) -> Mapping[str, str]:  # noqa: ARG001 -- the shape of `Recognised.details`
    return {}


def _no_words(whom: SpokenOf) -> Mapping[str, str]:  # noqa: ARG001 -- the shape of `Recognised.words`
    return {}


@dataclass(frozen=True, slots=True)
class Recognised:
    """Concepts (`words-<concept>` of the texts) and how much each, or several together, speak for the service.

    The weights are judgements: 4 and more where a concept alone names the service ("password"), about 2 where it only
    hints ("account"), and several concepts in one rule where together they mean more than each ("hand account").
    """

    rules: Mapping[str, float] = field(default_factory=dict)
    """Concepts, separated by blanks → weight."""
    weights: tuple[tuple[frozenset[str], float], ...] = field(init=False)
    """The same, taken apart."""
    polite: frozenset[str] = frozenset()
    """Concepts that speak for it only where nothing else is asked: they stand in any polite request."""
    personal: bool = False
    """Whether it leads to a named person's account: then nothing is opened for whoever wants somebody's destroyed, or
    that of a director.
    """
    forbidden: Callable[[Where], bool] = _never
    """Whether something in the text says that this service, although most speaks for it, must not even be offered."""
    words: Callable[[SpokenOf], Mapping[str, str]] = _no_words
    """What is said of somebody for the inputs of the form that opens; nobody is where it holds an identifier."""
    details: Callable[[Sequence[Hit], SpokenOf], Mapping[str, str]] = _nothing
    """What the text says beside the name of the service: ids of the press that opens it."""

    exactly: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Texts with a list of phrases that are a wish for nothing else where they are all that was typed → the ids of
    the press they stand for.
    """
    titles: Mapping[str, str] = field(default_factory=dict)
    """The texts of its buttons that are understood when typed → the verb that is pressed then, "" for the one that
    opens it.
    """

    def __post_init__(self) -> None:
        object.__setattr__(
            self, "weights", tuple((frozenset(rule.split()), weight) for rule, weight in self.rules.items())
        )
