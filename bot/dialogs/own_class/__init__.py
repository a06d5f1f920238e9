"""Моята паралелка („моят клас“): a class teacher sees by name who has not received, or does not use, the account."""

from bot.core.accounts.policy import may_have_own_class
from bot.core.decision import Reason
from bot.dialogs.dialog import Dialog, Gate
from bot.dialogs.own_class import asking, closing, lists
from bot.dialogs.own_class.cases import build_web, build_worker
from bot.dialogs.own_class.recognised import RECOGNISED

DIALOG = Dialog(
    name="own-class",
    may=may_have_own_class,
    instead_of={Reason.TEACHER},
    opens="own.open",
    handlers={
        "own.open": lists.open_,
        "own.class": lists.show,
        "own.pupil": asking.show,
        "own.ask": asking.ask,
        "own.close": closing.show,
        "own.closed": closing.close_ticked,
        "own.closed-all": closing.close_all,
    },
    by_message={"own.open", "own.class", "own.pupil", "own.ask"},
    follows=lists.follows,
    inputs={"signed": Gate.CHOICE, "recipient": Gate.CHOICE},
    expired=asking.expired,
    recognised=RECOGNISED,
    build_web=build_web,
    build_worker=build_worker,
)
