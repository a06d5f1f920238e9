"""Училищата в областта: a regional office sees its schools by figures, and no person."""

from operator import attrgetter

from bot.core.oversight.region import may_oversee
from bot.dialogs.dialog import Dialog
from bot.dialogs.region import screens, table
from bot.dialogs.region.cases import REGION, build_web
from bot.dialogs.region.recognised import RECOGNISED

DIALOG = Dialog(
    name="region",
    stands_for={"accounts", "account-lists"},
    may=may_oversee,
    opens="region.open",
    handlers={"region.open": screens.open_, "region.table": table.offer},
    by_message={"region.open"},
    follows=screens.follows,
    pages={REGION: attrgetter("table")},
    recognised=RECOGNISED,
    build_web=build_web,
)
