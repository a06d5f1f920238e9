"""One step of provisioning, and how all of them are run."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum


class NotYet(Exception):
    """What this step needs does not stand yet."""


class NotOurs(Exception):
    """What stands is not what was meant. The message says what to do instead; nothing was changed."""


class OnlyThis(Exception):
    """This step cannot be done, which says nothing about those after it."""


class State(StrEnum):
    """What came of a step."""

    STANDS = "stands"
    MADE = "made"
    WOULD = "would be made"
    FAILED = "FAILED"
    UNTRIED = "not tried"


@dataclass(frozen=True, slots=True)
class Step:
    """`stands` looks and changes nothing; `make` does it."""

    name: str
    stands: Callable[[], bool]
    make: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a step; `why` it failed."""

    step: str
    state: State
    why: str = ""


def run(
    steps: Iterable[Step],
    *,
    apply: bool,
    expected: tuple[type[Exception], ...],
    made: Callable[[str], None],
    tell: Callable[[Outcome], None],
) -> list[Outcome]:
    """Looks at every step and, with `apply`, makes what does not stand. After a failure nothing more is changed or
    asked, unless it was of the one step alone. `made` notes a step at once, `tell` is for the person who waits.
    """
    outcomes: list[Outcome] = []
    over = False
    for step in steps:
        outcome = Outcome(step.name, State.UNTRIED)
        try:
            if not over:
                outcome = _one(step, apply, expected, made)
                over = outcome.state is State.FAILED
        except OnlyThis as error:
            outcome = Outcome(step.name, State.FAILED, str(error))
        outcomes.append(outcome)
        tell(outcome)
    return outcomes


def _one(step: Step, apply: bool, expected: tuple[type[Exception], ...], made: Callable[[str], None]) -> Outcome:
    try:
        try:
            stands = step.stands()
        except NotYet:
            if apply:
                raise
            stands = False
        if stands:
            return Outcome(step.name, State.STANDS)
        if not apply:
            return Outcome(step.name, State.WOULD)
        step.make()
        made(step.name)
    except NotYet as error:
        return Outcome(step.name, State.FAILED, f"missing: {error}")
    except expected as error:
        return Outcome(step.name, State.FAILED, str(error))
    return Outcome(step.name, State.MADE)
