"""Парола: a temporary password for one person or for a class."""

from operator import attrgetter

from bot.core.actors.permits import may_reset_passwords
from bot.dialogs.dialog import Dialog
from bot.dialogs.inputs import Gate
from bot.dialogs.password.build import build_web, build_worker
from bot.dialogs.password.dialog import PasswordDialog, follows
from bot.dialogs.password.recognised import RECOGNISED
from bot.dialogs.search import INPUTS

DIALOG = Dialog(
    name="password",
    may=may_reset_passwords,
    opens="password.open",
    handlers=dict.fromkeys(PasswordDialog.verbs, PasswordDialog.pressed),
    entries={"password.open", "password.person", "class.open"},
    shows_nobody={"password.open"},
    follows=follows,
    inputs={
        **INPUTS,
        "recipient": Gate.CHOICE,
        "birth": Gate.DATE,
        "sen": Gate.STATEMENT,
        "identity": Gate.STATEMENT,
        "compromised": Gate.STATEMENT,
        "class": Gate.CHOICE,
        "students": Gate.CHOICE,
    },
    takes_identifier=PasswordDialog.open_after_identifier,
    stolen=PasswordDialog.pressed_elsewhere,
    expired=PasswordDialog.pressed_late,
    pages={"/slips/": attrgetter("collect")},
    recognised=RECOGNISED,
    build_web=build_web,
    build_worker=build_worker,
)
