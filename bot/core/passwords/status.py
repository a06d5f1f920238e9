"""What became of a person's last temporary password, and whether the password of an account was ever changed."""

from datetime import datetime, timedelta

from bot.core.handover.changes import DOUBT_ENDS, SAME_CHANGE, changed_since, is_the_setting
from bot.core.passwords.model import Operation, PasswordDates, PasswordStatus, Stage, Timing

_BEGIN_ANEW = frozenset({PasswordStatus.NEVER, PasswordStatus.UNSEEN, PasswordStatus.REPLACED})
"""Not EXPIRED and HANDED: those go on working, and somebody has the slip."""


def begins_anew(status: PasswordStatus, dates: PasswordDates | None) -> bool:
    """Whether nobody is known to use the password and none is on its way: who may be offered a new one without being
    asked for by name. What the directory does not tell is no permission.
    """
    return status in _BEGIN_ANEW and dates is not None and dates.changed is not None


def is_accepted(operation: Operation | None, changed_at: datetime | None) -> bool:
    """Whether the directory shows the setting of this password. What it does not tell is no yes."""
    set_at = None if operation is None else operation.set_at
    return changed_at is not None and set_at is not None and changed_at >= set_at - SAME_CHANGE


def status_by_dates(
    operation: Operation | None, dates: PasswordDates | None, now: datetime, timing: Timing
) -> PasswordStatus:
    """As `status_of`, and of an account to which no password was given here whether it still has its first one.

    A change within `Timing.same_change_minutes` of the account's making is the first password itself: the directory
    and whoever creates accounts write one after the other, by different clocks.
    """
    status = status_of(operation, None if dates is None else dates.changed, now, timing)
    return _first(dates, _same(timing)) if status is PasswordStatus.NEVER else status


def _same(timing: Timing) -> timedelta:
    return timedelta(minutes=timing.same_change_minutes)


def with_receipt(status: PasswordStatus, *, received: bool) -> PasswordStatus:
    """The same, knowing whether the account's handing over stands noted: its first password can have been handed over
    on paper. What is known of a password of ours says more.
    """
    return PasswordStatus.HANDED if received and status is PasswordStatus.NEVER else status


def _first(dates: PasswordDates | None, same: timedelta) -> PasswordStatus:
    """Whether an account still has the password it was made with."""
    if dates is None or dates.created is None or dates.changed is None or dates.changed < dates.created - same:
        return PasswordStatus.UNKNOWN
    return PasswordStatus.NEVER if dates.changed <= dates.created + same else PasswordStatus.CHANGED


def status_of(
    operation: Operation | None, changed_at: datetime | None, now: datetime, timing: Timing
) -> PasswordStatus:
    """The status. `operation` is the person's newest that counts, `changed_at` when the directory saw the password
    change last (None: not known), both by the directory's clock.
    """
    if operation is None or not operation.counts:
        return PasswordStatus.NEVER
    if operation.stage is Stage.REQUESTED:
        return PasswordStatus.RUNNING
    if operation.stage is Stage.FAILED:
        since = changed_at is not None and changed_at > operation.asked.at + DOUBT_ENDS
        return PasswordStatus.CHANGED if since else PasswordStatus.DOUBTFUL
    # Our own replacing is a change in the directory too, and not its owner's.
    if operation.ending != "replaced" and changed_in(operation, changed_at, timing):
        return PasswordStatus.CHANGED
    return _ended(operation, now) or _living(operation, now)


def changed_in(operation: Operation, changed_at: datetime | None, timing: Timing) -> bool:
    """Whether somebody has changed this password, by that date of the directory."""
    return changed_since(operation.set_at, operation.shown_at, changed_at, _same(timing))


def is_the_setting_of(operation: Operation, changed_at: datetime | None) -> bool:
    """Whether that date is certainly no change by the owner of this password."""
    return operation.set_at is not None and is_the_setting(operation.set_at, changed_at)


def _ended(operation: Operation, now: datetime) -> PasswordStatus | None:
    if operation.ending == "replaced":
        return PasswordStatus.REPLACED
    if operation.ending == "changed":
        return PasswordStatus.CHANGED
    over = operation.expires_at is not None and now >= operation.expires_at
    if not over and operation.ending != "expired":
        return None
    # What nobody was shown cannot be used, however long it goes on working.
    seen = operation.stage in {Stage.SHOWN, Stage.CLOSED}
    return PasswordStatus.EXPIRED if seen else PasswordStatus.UNSEEN


def _living(operation: Operation, now: datetime) -> PasswordStatus:
    if operation.stage is Stage.READY:
        unseen = operation.unseen_until is not None and now >= operation.unseen_until
        return PasswordStatus.UNSEEN if unseen else PasswordStatus.READY
    return PasswordStatus.UNSEEN if operation.stage is Stage.UNSEEN else PasswordStatus.GIVEN
