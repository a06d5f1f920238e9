"""The words the service is recognised by."""

from collections.abc import Mapping, Sequence

from bot.core.people.spoken_of import spoken_of
from bot.router.lexicon import Hit
from bot.router.recognised import Recognised, Where

_TOLD = frozenset({"told-password", "which-password", "password-told"})
_GIVEN = frozenset({"cannot", "change", "forgot", "how", "new", "reset", "temporary", "to-whom"})
"""With these it is a new password that is spoken of, or who may receive one."""


def _forbidden(where: Where) -> bool:
    """Everybody's passwords, and what somebody's is. A whole class can be given temporary ones."""
    said = where.keys()
    return (
        ("all" in said and not {"temporary", "whole"} <= said)
        or ("passwords" in said and not said & {"forgot", "cannot", "locked", "not", "temporary"})
        or (bool(said & _TOLD) and not said & _GIVEN)
    )


_OF_ONE = frozenset({"classroom", "grade", "group", "login", "number", "student", "teacher"})


def _whole_class(hits: Sequence[Hit]) -> Mapping[str, str]:
    """A class is spoken of, and neither which one nor anybody in it: the question is which."""
    said = {hit.concept for hit in hits if not hit.guessed}
    return {"whole": "true"} if "class" in said and not said & _OF_ONE else {}


RECOGNISED = Recognised(
    rules={
        "password": 6,
        "new password": 2,
        "reset": 2.5,
        "temporary": 3,
        "forgot": 1.5,
        "locked": 4,
        "cannot-enter": 4.5,
        "cannot-enter account": 2,
        "locked account": 3,
        # A room with a key.
        "locked classroom": -4,
    },
    personal=True,
    details=_whole_class,
    words=lambda text: spoken_of(text).inputs,
    forbidden=_forbidden,
)
