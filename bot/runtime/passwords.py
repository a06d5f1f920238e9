"""Temporary passwords put together: the use cases of the conversation, and the handlers of the worker."""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from bot.announcer.notices import TellAlarm, TellPeople
from bot.announcer.progress import KeepProgress
from bot.announcer.speaking import Speaking
from bot.core.actors.ports import FreshActors
from bot.core.clock import Clock
from bot.core.passwords.carry_out import CarryOutReset
from bot.core.passwords.class_lists import ListClasses, ListStudents
from bot.core.passwords.follow import CheckPassword, FollowOperation
from bot.core.passwords.lapse import BurnSecret, EndOfLife
from bot.core.passwords.ports import AccountReader, AccountWriter, Rosters
from bot.core.passwords.prepare import PreparePassword
from bot.core.passwords.request import RequestPassword
from bot.core.passwords.request_many import CancelJob, ReadJob, RequestMany
from bot.core.passwords.reveal import HandOver, ReportTheft, RevealPassword
from bot.core.passwords.slips import CollectSlips, OfferSlips, SlipTokens
from bot.core.tasks import TaskHandler
from bot.core.usernames.find import FindUsername
from bot.database.engine import Database
from bot.dialogs.password.cases import PasswordCases
from bot.runtime.options import timing
from bot.runtime.settings import Settings
from bot.seals import Sealer


@dataclass(frozen=True, slots=True, kw_only=True)
class Passwords:
    """What both sides are made of. `actors` asks who somebody is, now."""

    settings: Settings
    database: Database
    clock: Clock
    actors: FreshActors
    reader: AccountReader
    rosters: Rosters
    tokens: SlipTokens

    def cases(self, find: FindUsername) -> PasswordCases:
        """What the dialog needs."""
        operations, clock, times = self.database.operations, self.clock, timing(self.settings)
        synthetic = self.settings.admit_synthetic_identifiers
        students = ListStudents(
            rosters=self.rosters,
            reader=self.reader,
            operations=operations,
            clock=clock,
            timing=times,
            admit_synthetic=synthetic,
        )
        return PasswordCases(
            find=find,
            prepare=PreparePassword(
                reader=self.reader,
                operations=operations,
                releases=self.database.releases,
                clock=clock,
                timing=times,
                admit_synthetic=synthetic,
            ),
            request=RequestPassword(
                actors=self.actors,
                reader=self.reader,
                operations=operations,
                releases=self.database.releases,
                audit=self.database.audit,
                clock=clock,
                timing=times,
                admit_synthetic=synthetic,
            ),
            reveal=RevealPassword(
                actors=self.actors, operations=operations, audit=self.database.audit, clock=clock, timing=times
            ),
            hand_over=HandOver(operations=operations, clock=clock),
            report_theft=ReportTheft(
                operations=operations, audit=self.database.audit, queue=self.database.queue, clock=clock
            ),
            follow=FollowOperation(operations=operations, sleep=asyncio.sleep),
            check=CheckPassword(reader=self.reader, operations=operations, clock=clock),
            classes=ListClasses(rosters=self.rosters),
            students=students,
            many=RequestMany(
                actors=self.actors,
                students=students,
                operations=operations,
                audit=self.database.audit,
                clock=clock,
                timing=times,
            ),
            cancel=CancelJob(operations=operations, clock=clock),
            job=ReadJob(operations=operations),
            slips=OfferSlips(
                actors=self.actors, operations=operations, tokens=self.tokens, clock=clock, timing=times
            ),
        )

    def collect(self) -> CollectSlips:
        """What the download page needs."""
        return CollectSlips(
            actors=self.actors,
            operations=self.database.operations,
            tokens=self.tokens,
            clock=self.clock,
            timing=timing(self.settings),
        )

    def handlers(self, writer: AccountWriter) -> tuple[TaskHandler, ...]:
        """What the worker does to accounts and secrets."""
        operations, clock, times = self.database.operations, self.clock, timing(self.settings)
        pace = float(self.settings.password_writes_per_second)
        below: Callable[[int], int] = secrets.randbelow
        return (
            CarryOutReset(
                actors=self.actors,
                reader=self.reader,
                writer=writer,
                operations=operations,
                releases=self.database.releases,
                pace=self.database.pace,
                clock=clock,
                timing=times,
                writes_per_second=pace,
                below=below,
                admit_synthetic=self.settings.admit_synthetic_identifiers,
            ),
            BurnSecret(operations=operations, clock=clock),
            EndOfLife(
                reader=self.reader,
                writer=writer,
                operations=operations,
                pace=self.database.pace,
                queue=self.database.queue,
                clock=clock,
                timing=times,
                writes_per_second=pace,
                below=below,
            ),
        )

    def speakers(self, speaking: Speaking, sealer: Sealer) -> tuple[TaskHandler, ...]:
        """What the worker says."""
        return (
            *(
                tell(speaking, operations=self.database.operations, rosters=self.rosters, queue=self.database.queue)
                for tell in (TellAlarm, TellPeople)
            ),
            KeepProgress(
                speaking, operations=self.database.operations, sealer=sealer, slips=bool(self.settings.public_url)
            ),
        )
