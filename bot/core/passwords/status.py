"""What became of a person's last temporary password."""

from datetime import datetime, timedelta

from bot.core.passwords.model import Operation, PasswordStatus, Stage

SAME_CHANGE = timedelta(seconds=5)
"""The directory notes the setting itself as a change, up to this long after the time it answered with."""

DOUBT_ENDS = timedelta(hours=13)
"""After it was asked for: it is begun up to twelve hours after and tried for half an hour, and clocks differ.
What changes the password later is not the attempt that was never answered: somebody knows it again.
"""


def status_of(operation: Operation | None, changed_at: datetime | None, now: datetime) -> PasswordStatus:
    """The status. `operation` is the person's newest that counts, `changed_at` when the directory saw the password
    change last (None: not known), both by the directory's clock.
    """
    if operation is None or not operation.counts:
        return PasswordStatus.NEVER
    if operation.stage is Stage.REQUESTED:
        return PasswordStatus.RUNNING
    if operation.stage is Stage.FAILED:
        since = changed_at is not None and changed_at > operation.at + DOUBT_ENDS
        return PasswordStatus.CHANGED if since else PasswordStatus.DOUBTFUL
    return _ended(operation, changed_at, now) or _living(operation, now)


def _ended(operation: Operation, changed_at: datetime | None, now: datetime) -> PasswordStatus | None:
    # Before the comparison: our own replacing is a change in the directory too, and not its owner's.
    if operation.ending == "replaced":
        return PasswordStatus.REPLACED
    if operation.ending == "changed":
        return PasswordStatus.CHANGED
    set_at = operation.set_at
    if changed_at is not None and set_at is not None and changed_at > set_at + SAME_CHANGE:
        return PasswordStatus.CHANGED
    over = operation.expires_at is not None and now >= operation.expires_at
    return PasswordStatus.EXPIRED if over or operation.ending == "expired" else None


def _living(operation: Operation, now: datetime) -> PasswordStatus:
    if operation.stage is Stage.READY:
        unseen = operation.unseen_until is not None and now >= operation.unseen_until
        return PasswordStatus.UNSEEN if unseen else PasswordStatus.READY
    return PasswordStatus.UNSEEN if operation.stage is Stage.UNSEEN else PasswordStatus.GIVEN
