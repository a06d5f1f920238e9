"""Which two concepts near each other make a third."""

from collections.abc import Mapping

_LANGUAGES = frozenset({"english", "bulgarian"})
_ROOMS = frozenset({"class", "classroom", "team-of-class"})
_WHERE_TAUGHT = _ROOMS | {"group", "missing", "lessons"}

PAIRS: Mapping[str, tuple[frozenset[str], frozenset[str], int]] = {
    # A concept made of two others, in this order, the second at most so many words behind the first.
    "new-account": (frozenset({"new", "created"}), frozenset({"account", "username"}), 3),
    "new-person": (frozenset({"new"}), frozenset({"student", "teacher", "first-grade"}), 2),
    "no-account": (frozenset({"without"}), frozenset({"account", "username"}), 4),
    "cannot-enter": (frozenset({"cannot"}), frozenset({"enter"}), 5),
    "my-class": (frozenset({"my"}), frozenset({"class"}), 3),
    # The team of a class, and not one's account.
    "enter-room": (frozenset({"enter"}), _ROOMS, 3),
    "activate-room": (frozenset({"activate"}), _ROOMS, 2),
    # A language that is taught there, and not one to be spoken.
    "taught-language": (_LANGUAGES | {"language"}, _WHERE_TAUGHT, 6),
    "language-taught": (_WHERE_TAUGHT, _LANGUAGES, 6),
    "what-you-do": (frozenset({"which"}), frozenset({"you-do"}), 3),
    "not-received": (frozenset({"not"}), frozenset({"received"}), 3),
    "request-came": (frozenset({"came", "received"}), frozenset({"request"}), 3),
    "full-name": (frozenset({"surname"}), frozenset({"surname"}), 1),
    "changed-school": (frozenset({"change"}), frozenset({"school"}), 3),
    "new-teacher": (frozenset({"new"}), frozenset({"teacher"}), 2),
    "decide-all": (frozenset({"decide"}), frozenset({"all"}), 2),
    "move-all": (frozenset({"move"}), frozenset({"all"}), 1),
    "move-lesson": (frozenset({"move"}), frozenset({"lessons"}), 2),
    "mail-address": (frozenset({"username"}), frozenset({"contact"}), 1),
    # The password of the Wi-Fi, of a computer, of another site: not ours.
    "foreign-password": (frozenset({"password", "account"}), frozenset({"foreign"}), 3),
    "password-foreign": (frozenset({"foreign"}), frozenset({"password", "account"}), 1),
    # What a password is nobody is told: a new one can be given.
    "told-password": (frozenset({"tell"}), frozenset({"password", "passwords"}), 4),
    "which-password": (frozenset({"which-one"}), frozenset({"password", "passwords"}), 2),
    "password-told": (frozenset({"password"}), frozenset({"which-is"}), 4),
    "elsewhere-ours": (frozenset({"other-school"}), frozenset({"our-student"}), 6),
    "refused-request": (frozenset({"refuse"}), frozenset({"request", "requests"}), 3),
}
