"""What can go wrong outside, as the core sees it. None of these carries wording or personal data.

The edges translate their libraries' failures into these at the place where they arise; `bot/refusals.py` gives each
its words. Anything that is none of these is a bug.
"""


class OutsideError(Exception):
    """Base of what the outside world can do to us."""


class DirectoryError(OutsideError):
    """Microsoft Graph did not give an answer. `request_id` is Graph's own, for Microsoft's support."""

    def __init__(self, code: str = "", request_id: str = "") -> None:
        super().__init__(f"{type(self).__name__} code={code} request-id={request_id}")
        self.code = code
        self.request_id = request_id


class DirectoryBusy(DirectoryError):
    """Graph throttles us (429) or our own budget is spent: this one later. `retry_after` is in seconds. `everybody`:
    the directory takes no writes at all for so long, so that it concerns whoever wants to write.
    """

    def __init__(self, retry_after: float, code: str = "", request_id: str = "", *, everybody: bool = False) -> None:
        super().__init__(code, request_id)
        self.retry_after = retry_after
        self.everybody = everybody


class DirectoryUnavailable(DirectoryError):
    """Graph cannot be reached, is broken (5xx), or did not answer within the deadline."""


class DirectoryForbidden(DirectoryError):
    """Graph refuses us (401, 403): a permission or credential of the bot is missing. An operator must act."""


class NotGranted(DirectoryForbidden):
    """Graph refuses us whomever it is about: the bot has not been given the permission or the directory role yet."""


class DirectoryMisunderstood(DirectoryError):
    """Graph refused the form of our request (400), then `refused` is true, or answered something we cannot read: a
    bug or a changed API.
    """

    def __init__(self, code: str = "", request_id: str = "", *, refused: bool = False) -> None:
        super().__init__(code, request_id)
        self.refused = refused


class PasswordRefused(DirectoryError):
    """Graph's password policy does not take this password (400): another one is needed."""


class AccountMissing(DirectoryError):
    """There is no account with this id (404)."""


class TurnTooLong(OutsideError):
    """A person has waited as long as their client does. What has begun is a whole thing, or goes on."""


class StoreUnavailable(OutsideError):
    """The bot's own database cannot be read or written."""


class NotKnownHere(StoreUnavailable):
    """A row holds a word that this release does not know: another one wrote it, and can read it. Names the kind."""
