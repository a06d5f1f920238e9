"""Справка: the username of any student, for a director with a reason."""

from collections.abc import Iterable

from bot.core.actors.permits import may_look_up
from bot.core.tasks import TaskHandler
from bot.core.usernames.find import FindUsername
from bot.dialogs.dialog import Dialog, Gate
from bot.dialogs.lookup.alarm import TellOfGuessing
from bot.dialogs.lookup.handlers import SEARCH, pick, search
from bot.dialogs.lookup.recognised import RECOGNISED
from bot.dialogs.parts import WorkerParts
from bot.dialogs.search import INPUTS, find_username


def _build_worker(_: FindUsername, parts: WorkerParts) -> Iterable[TaskHandler]:
    yield TellOfGuessing(
        parts.speaking, directors=parts.common.who_directs, experts=parts.common.deciders, queue=parts.common.queue
    )


DIALOG = Dialog(
    name="lookup",
    may=may_look_up,
    opens="lookup.open",
    handlers={
        "lookup.open": SEARCH.opened,
        "lookup.search": search,
        "lookup.pick": pick,
        "lookup.listed": SEARCH.listed,
    },
    entries={"lookup.open"},
    shows_nobody={"lookup.open"},
    inputs={**INPUTS, "purpose_text": Gate.FREE_TEXT},
    takes_identifier=SEARCH.opened_after_identifier,
    recognised=RECOGNISED,
    build_web=find_username,
    build_worker=_build_worker,
)
