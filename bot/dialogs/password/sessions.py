"""What became of the wish to sign an account out everywhere, in words."""

from bot.core.passwords.model import Operation
from bot.texts.catalog import Translate


def sessions_words(operation: Operation, t: Translate) -> tuple[str, ...]:
    """Of a password that is set; nothing where it was not wished for."""
    if not operation.revoke:
        return ()
    return (t("password-revoked" if operation.revoked else "password-not-revoked"),)


def still_signed_in(operation: Operation) -> bool:
    """Whether somebody who should be signed out may not be: whoever has the password is to do something about it."""
    return operation.revoke and not operation.revoked
