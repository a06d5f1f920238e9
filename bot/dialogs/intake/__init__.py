"""Приемане: the students whom the school takes into grades I, V, VIII and XI before the year begins."""

from bot.core.intake.policy import may_take_in
from bot.dialogs.dialog import Dialog, Gate
from bot.dialogs.intake import others, own
from bot.dialogs.intake.cases import build_web
from bot.dialogs.intake.recognised import RECOGNISED

DIALOG = Dialog(
    name="intake",
    place="nowhere",
    part_of="accounts",
    may=may_take_in,
    opens="intake.open",
    handlers={
        "intake.open": own.open_,
        "intake.grade": own.grade,
        "intake.form": others.form,
        "intake.ask": others.ask,
    },
    entries={"intake.open", "intake.form"},
    shows_nobody={"intake.form"},
    by_message={"intake.open"},
    follows=own.follows,
    inputs={"numbers": Gate.SOUGHT, "grade": Gate.CHOICE},
    recognised=RECOGNISED,
    build_web=build_web,
)
