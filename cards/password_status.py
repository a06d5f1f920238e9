"""What became of the last temporary password, in words."""

from collections.abc import Mapping

from cards.checked import CardError
from cards.words import Translate, data

_WORDS: Mapping[str, str] = {
    "never": "card-password-status-never",
    "unknown": "card-password-status-unknown",
    "running": "card-password-status-running",
    "ready": "card-password-status-ready",
    "unseen": "card-password-status-unseen",
    "given": "card-password-status-given",
    "changed": "card-password-status-changed",
    "expired": "card-password-status-expired",
    "replaced": "card-password-status-replaced",
    "doubtful": "card-password-status-doubtful",
}
_WITH_TIME: Mapping[str, str] = {
    "running": "card-password-status-running-at",
    "ready": "card-password-status-ready-at",
    "unseen": "card-password-status-unseen-at",
    "given": "card-password-status-given-at",
    "changed": "card-password-status-changed-at",
    "expired": "card-password-status-expired-at",
    "replaced": "card-password-status-replaced-at",
    "doubtful": "card-password-status-doubtful-at",
}


def status_words(status: str, t: Translate, at: str = "") -> str:
    """A word of `PasswordStatus` as it is told, with its hour if there is one: „дадена на 24.11.2026 г., 08:00 ч.“.

    The hour of `running` and `doubtful` is when it was asked for; of `ready`, `unseen` and `given` when it was made
    or shown; of `changed`, `expired`, `replaced` when that happened. Raises CardError for an unknown word.
    """
    if status not in _WORDS:
        raise CardError("no such state of a password", status)
    if at and status in _WITH_TIME:
        return t(_WITH_TIME[status], at=data(at))
    return t(_WORDS[status])


def status_label(status: str) -> str:
    """The text id of what the words are about: a temporary password, or the one the account has."""
    return "card-password-status-own" if status in {"changed", "unknown"} else "card-password-status"
