"""Списък от МОН: whom the ministry's lists name, held against the accounts of the school. The board leads here."""

from operator import attrgetter

from bot.core.accounts.policy import may_see_board
from bot.dialogs.account_lists import files, people, screens
from bot.dialogs.account_lists.cases import PEOPLE, build_web, build_worker
from bot.dialogs.account_lists.recognised import RECOGNISED
from bot.dialogs.dialog import Dialog

DIALOG = Dialog(
    name="account-lists",
    place="nowhere",
    part_of="accounts",
    may=may_see_board,
    opens="listed.open",
    handlers={
        "listed.open": screens.open_,
        "listed.state": people.of_state,
        "listed.person": people.person,
        "listed.upload": screens.offer,
        "listed.files": files.list_,
        "listed.file": files.one,
        "listed.removed": files.removed,
    },
    entries={"listed.open"},
    by_message={"listed.open", "listed.state"},
    follows=screens.follows,
    pages={PEOPLE: attrgetter("upload")},
    recognised=RECOGNISED,
    build_web=build_web,
    build_worker=build_worker,
)
