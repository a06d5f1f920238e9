"""Профили: a school's accounts on one board: whose they are, who has been given theirs, and what is next."""

from operator import attrgetter

from bot.core.accounts.policy import may_see_board
from bot.dialogs.accounts import board, choices, closing, groups, handing, mistakes, people, table
from bot.dialogs.accounts.cases import ACCOUNTS, PAPERS, build_web, build_worker, starts
from bot.dialogs.accounts.recognised import RECOGNISED
from bot.dialogs.dialog import Dialog, Gate

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
        "accounts.choices": choices.show,
        "accounts.choose": choices.choose,
        "accounts.papers": handing.papers,
        "accounts.parents": handing.parents,
        "accounts.close": closing.show,
        "accounts.closed": closing.close_ticked,
        "accounts.closed-all": closing.close_all,
        "accounts.attest": closing.attest,
        "accounts.attested": closing.attested,
        "accounts.reverse": mistakes.mistake,
        "accounts.reversed": mistakes.taken_back,
        "accounts.groups": groups.list_,
        "accounts.group": groups.one,
        "accounts.group-edit": groups.edit,
        "accounts.group-pick": groups.pick,
        "accounts.group-keep": groups.keep,
        "accounts.group-drop": groups.drop,
        "accounts.group-dropped": groups.dropped,
    },
    by_message={"accounts.open", "new-accounts.open", "accounts.weeks", "accounts.list"},
    entries={"accounts.open", "accounts.list", "accounts.person"},
    follows=board.follows,
    inputs={
        "signed": Gate.CHOICE,
        "recipient": Gate.CHOICE,
        "reason": Gate.FREE_TEXT,
        "group_name": Gate.FREE_TEXT,
        "class": Gate.CHOICE,
        "students": Gate.CHOICE,
        "closers": Gate.CHOICE,
        "sentence": Gate.FREE_TEXT,
        "weekly": Gate.STATEMENT,
    },
    pages={ACCOUNTS: attrgetter("table"), PAPERS: attrgetter("papers")},
    recognised=RECOGNISED,
    build_web=build_web,
    build_worker=build_worker,
    starts=starts,
)
