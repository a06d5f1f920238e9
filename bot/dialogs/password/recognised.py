"""The words the service is recognised by."""

from collections.abc import Mapping, Sequence

from bot.core.people.spoken_of import SpokenOf
from bot.router.lexicon import Hit
from bot.router.recognised import Recognised, Where

_TOLD = frozenset({"told-password", "which-password", "password-told"})
_GIVEN = frozenset({"cannot", "change", "forgot", "how", "new", "reset", "temporary", "to-whom"})
"""With these it is a new password that is spoken of, or who may receive one."""


def _forbidden(where: Where) -> bool:
    """Everybody's passwords, and what somebody's is. A whole class can be given temporary ones."""
    said = where.keys()
    return (
        ("all" in said and not ("whole" in said and said & {"temporary", "group"}))
        or ("passwords" in said and not said & {"forgot", "cannot", "locked", "not", "temporary", "group", "grade"})
        or (bool(said & _TOLD) and not said & _GIVEN)
    )


def _whole_class(hits: Sequence[Hit], whom: SpokenOf) -> Mapping[str, str]:
    """All of a class is spoken of, and not which one: the question is which."""
    return {"whole": "true"} if whom.whole and not whom.class_ and any(hit.concept == "class" for hit in hits) else {}


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
        # The team of a class is closed to somebody, not the account.
        "enter-room": -6.5,
        # A room with a key.
        "locked classroom": -4,
    },
    personal=True,
    titles={"password-by-class": "class.open", "password-another": ""},
    details=_whole_class,
    words=lambda whom: whom.inputs,
    forbidden=_forbidden,
)
