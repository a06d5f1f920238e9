"""Искане: asking the school a moved student came from to release the account."""

from bot.core.actors.permits import may_request_transfers
from bot.core.transfers.request import RequestTransfer
from bot.dialogs.dialog import Dialog, Gate
from bot.dialogs.parts import Parts
from bot.dialogs.search import INPUTS, find_username
from bot.dialogs.transfer.handlers import SEARCH, TransferCases, find, person, pick, submit
from bot.dialogs.transfer.recognised import RECOGNISED


def _build_web(parts: Parts) -> TransferCases:
    request = RequestTransfer(
        actors=parts.actors,
        placements=parts.placements,
        transfers=parts.transfers,
        concerned=parts.who_is_concerned,
        audit=parts.audit,
        calendar=parts.calendar,
        clock=parts.clock,
        clocks=parts.clocks,
        limits=parts.ask_limits,
    )
    return TransferCases(find_username(parts), request, parts.intake_limits.season)


DIALOG = Dialog(
    name="transfer",
    place="nowhere",
    part_of="requests",
    may=may_request_transfers,
    opens="transfer.open",
    handlers={
        "transfer.open": SEARCH.opened,
        "transfer.find": find,
        "transfer.pick": pick,
        "transfer.person": person,
        "transfer.submit": submit,
    },
    entries={"transfer.open", "transfer.person"},
    shows_nobody={"transfer.open"},
    inputs={
        **INPUTS,
        "releasing": Gate.CHOICE,
        "to_class": Gate.CHOICE,
        "basis": Gate.CHOICE,
        "basis_text": Gate.FREE_TEXT,
        "certificate": Gate.FREE_TEXT,
        "certificate_date": Gate.DATE,
        "note": Gate.FREE_TEXT,
    },
    recognised=RECOGNISED,
    build_web=_build_web,
)
