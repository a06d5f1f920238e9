"""Профили: a school's accounts on one board: whose they are, who has been given theirs, and what is next."""

from bot.core.accounts.policy import may_see_board
from bot.dialogs.accounts import board
from bot.dialogs.accounts.cases import build_web, build_worker, starts
from bot.dialogs.accounts.recognised import RECOGNISED
from bot.dialogs.dialog import Dialog

DIALOG = Dialog(
    name="accounts",
    may=may_see_board,
    opens="accounts.open",
    handlers={
        "accounts.open": board.open_,
        "new-accounts.open": board.open_,  # of cards of earlier releases
    },
    entries={"accounts.open"},
    recognised=RECOGNISED,
    build_web=build_web,
    build_worker=build_worker,
    starts=starts,
)
