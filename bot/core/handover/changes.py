"""What the directory's date of the last change says of a password that was given here: the one rule, whoever asks."""

from datetime import datetime, timedelta

SAME_CHANGE = timedelta(seconds=5)
"""The directory notes the setting itself as a change, up to this long after the time it answered with."""

CLOCKS_DIFFER = timedelta(minutes=5)
"""The directory's clock from ours, at most: rather a doubt too many than a change nobody noticed."""

DOUBT_ENDS = timedelta(hours=3)
"""After it was asked for: it is tried for half an hour, one of a class for two hours (docs/adr/0093), and then the
directory has an hour to show what the last attempt did.
What changes the password later is not the attempt that was never answered: somebody knows it again.
"""


def changed_since(
    set_at: datetime | None, shown_at: datetime | None, changed: datetime | None, same: timedelta
) -> bool:
    """Whether somebody changed the password after ours was set. How late the directory may date our own setting is
    documented nowhere: a change within `same` that nobody who saw the password can have made is ours, or an account
    that was handed to nobody would count as handed over. From the moment it was seen whoever holds it may change it.
    """
    if set_at is None or changed is None or changed <= set_at + SAME_CHANGE:
        return False
    return changed > set_at + same or (shown_at is not None and changed >= shown_at)


def is_the_setting(set_at: datetime, changed: datetime | None) -> bool:
    """Whether such a date is certainly no change by an owner, so that no password of theirs is taken away by what
    follows: only the date of the setting itself is. An owner who is signed in somewhere may choose a password of
    their own also while nobody has seen ours.
    """
    return changed is None or changed <= set_at + SAME_CHANGE
