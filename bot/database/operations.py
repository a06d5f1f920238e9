"""Temporary passwords as they are kept: operations, their secrets, jobs and links to slips."""

from bot.database.operations_begin import BeginOperations
from bot.database.operations_purge import PurgeOperations
from bot.database.operations_read import ReadOperations
from bot.database.operations_show import ShowOperations
from bot.database.operations_work import WorkOnOperations
from bot.database.slip_links import KeepSlipLinks


class StoredOperations(
    BeginOperations, WorkOnOperations, ShowOperations, ReadOperations, KeepSlipLinks, PurgeOperations
):
    """`bot.core.passwords.ports.Operations`, and its housekeeping. Errors of all calls: StoreUnavailable."""
