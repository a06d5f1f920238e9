"""Профили: a school's accounts on one board: whose they are, who has been given theirs, and what is next."""

from operator import attrgetter

from bot.core.accounts.policy import may_see_board
from bot.dialogs.accounts import board, people, table
from bot.dialogs.accounts.cases import ACCOUNTS, build_web, build_worker, starts
from bot.dialogs.accounts.recognised import RECOGNISED
from bot.dialogs.dialog import Dialog

DIALOG = Dialog(
    name="accounts",
    may=may_see_board,
    opens="accounts.open",
    handlers={
        "accounts.open": board.open_,
        "new-accounts.open": board.open_,  # of cards of earlier releases
        "accounts.weeks": board.weeks,
        "accounts.table": table.offer,
        "accounts.list": people.list_,
        "accounts.person": people.person,
    },
    by_message={"accounts.open", "new-accounts.open", "accounts.weeks", "accounts.list"},
    entries={"accounts.open", "accounts.list", "accounts.person"},
    follows=board.follows,
    pages={ACCOUNTS: attrgetter("table")},
    recognised=RECOGNISED,
    build_web=build_web,
    build_worker=build_worker,
    starts=starts,
)
