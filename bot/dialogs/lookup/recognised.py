"""The words the service is recognised by."""

from collections.abc import Mapping

from bot.core.people.spoken_of import SpokenOf
from bot.router.recognised import Recognised, Where


def _forbidden(where: Where) -> bool:
    """Everybody's usernames, those of a class, somebody's telephone number or identifier."""
    said = where.keys()
    return (
        "all" in said
        or ("usernames" in said and bool(said & {"group", "class", "grade"}))
        or ("whose-identifier" in said and not said & {"number", "account", "username", "inquiry"})
        or ("contact" in said and "mail-address" not in said)
    )


def _whom(whom: SpokenOf) -> Mapping[str, str]:
    """One person: there is no look-up of a class."""
    return whom.inputs if whom.name or whom.username else {}


RECOGNISED = Recognised(
    rules={
        "username": 3,
        "account": 2,
        "account student": 1,
        "number": 2,
        "identifier": 2.5,
        "login": 2,
        "inquiry": 2.75,
        # "Търси се чистачка": a word nobody listed makes it another matter.
        "inquiry unknown": -1,
        "search": 1,
        "search student": 1,
        "search account": 1,
        "search number": 1,
        "search surname": 2,
        "full-name": 2,
        "confused username": 2,
        "which account": 1,
    },
    personal=True,
    words=_whom,
    forbidden=_forbidden,
)
