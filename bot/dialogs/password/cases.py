"""The use cases of temporary passwords, and what the worker does and says about them."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from bot.core.accounts.ask import AnswerAsks
from bot.core.passwords.carry_out import CarryOutReset
from bot.core.passwords.class_lists import ListClasses, ListStudents
from bot.core.passwords.doubt import SettleDoubt
from bot.core.passwords.follow import CancelJob, CheckPassword, FollowOperation, ReadJob
from bot.core.passwords.lapse import BurnSecret, EndOfLife
from bot.core.passwords.model import Afterwards, Operation
from bot.core.passwords.request import PreparePassword, RequestPassword
from bot.core.passwords.request_many import RequestMany
from bot.core.passwords.reveal import HandOver, ReportTheft, RevealPassword
from bot.core.passwords.slips import CollectSlips, OfferSlips
from bot.core.people.free_text import FreeText
from bot.core.tasks import TaskHandler
from bot.core.usernames.find import FindUsername
from bot.dialogs.parts import Parts, WorkerParts
from bot.dialogs.password.news import TellAlarm, TellPeople
from bot.dialogs.password.progress import KeepProgress
from bot.dialogs.search import find_username

SLIPS = "/slips/"
"""The page of printed slips; a token follows."""


def slip_address(public_url: str) -> str:
    """The address of the page of slips, a token to follow; "" for a bot that browsers cannot reach."""
    base = public_url.rstrip("/")
    return base and base + SLIPS


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordCases:
    """The use cases. `slips_at`: `slip_address`."""

    find: FindUsername
    prepare: PreparePassword
    request: RequestPassword
    reveal: RevealPassword
    hand_over: HandOver
    report_theft: ReportTheft
    follow: FollowOperation
    check: CheckPassword
    afterwards: Callable[[Operation], Awaitable[Afterwards]]
    classes: ListClasses
    students: ListStudents
    many: RequestMany
    cancel: CancelJob
    job: ReadJob
    offer_slips: OfferSlips
    collect: CollectSlips
    slips_at: str

    @property
    def prints(self) -> bool:
        """Whether slips can be printed at all."""
        return bool(self.slips_at)


def build_web(parts: Parts) -> PasswordCases:
    """The use cases of the conversation, and of the page of printed slips."""
    operations, clock, times = parts.operations, parts.clock, parts.timing
    synthetic = parts.admit_synthetic

    async def sentence(school_id: str) -> FreeText:
        return (await parts.school_choices.choices(school_id)).sentence

    students = ListStudents(
        rosters=parts.rosters,
        reader=parts.accounts,
        operations=operations,
        received=parts.receipts.received,
        clock=clock,
        timing=times,
        admit_synthetic=synthetic,
    )
    return PasswordCases(
        find=find_username(parts),
        prepare=PreparePassword(
            reader=parts.accounts,
            operations=operations,
            received=parts.receipts.received,
            releases=parts.releases,
            deputies=parts.deputies,
            clock=clock,
            timing=times,
            admit_synthetic=synthetic,
        ),
        request=RequestPassword(
            actors=parts.actors,
            reader=parts.accounts,
            operations=operations,
            releases=parts.releases,
            deputies=parts.deputies,
            audit=parts.audit,
            clock=clock,
            timing=times,
            admit_synthetic=synthetic,
        ),
        reveal=RevealPassword(
            actors=parts.actors, operations=operations, audit=parts.audit, clock=clock, timing=times
        ),
        hand_over=HandOver(operations=operations, clock=clock),
        report_theft=ReportTheft(operations=operations, clock=clock),
        follow=FollowOperation(operations=operations, sleep=parts.sleep),
        check=CheckPassword(reader=parts.accounts, operations=operations, clock=clock, timing=times),
        afterwards=operations.afterwards,
        classes=ListClasses(rosters=parts.rosters),
        students=students,
        many=RequestMany(
            actors=parts.actors,
            students=students,
            operations=operations,
            audit=parts.audit,
            clock=clock,
            timing=times,
        ),
        cancel=CancelJob(operations=operations, clock=clock),
        job=ReadJob(operations=operations),
        offer_slips=OfferSlips(
            actors=parts.actors, operations=operations, tokens=parts.slip_tokens, clock=clock, timing=times
        ),
        collect=CollectSlips(
            actors=parts.actors,
            operations=operations,
            tokens=parts.slip_tokens,
            sentence=sentence,
            clock=clock,
            timing=times,
        ),
        slips_at=slip_address(parts.public_url),
    )


def build_worker(cases: PasswordCases, parts: WorkerParts) -> Iterable[TaskHandler]:
    """What is done to accounts and secrets, and said about it."""
    common = parts.common
    operations, clock, times = common.operations, common.clock, common.timing
    yield CarryOutReset(
        actors=common.actors,
        reader=common.accounts,
        writer=parts.account_writer,
        operations=operations,
        releases=common.releases,
        deputies=common.deputies,
        rate_limit=parts.rate_limit,
        clock=clock,
        timing=times,
        writes_per_second=parts.writes_per_second,
        below=parts.below,
        admit_synthetic=common.admit_synthetic,
        waiting=AnswerAsks(asks=common.asks, clock=clock),
    )
    yield BurnSecret(operations=operations, clock=clock)
    yield EndOfLife(
        reader=common.accounts,
        writer=parts.account_writer,
        operations=operations,
        rate_limit=parts.rate_limit,
        queue=common.queue,
        clock=clock,
        timing=times,
        writes_per_second=parts.writes_per_second,
        below=parts.below,
    )
    yield SettleDoubt(reader=common.accounts, operations=operations, clock=clock)
    for tell in (TellAlarm, TellPeople):
        yield tell(parts.speaking, operations=operations, rosters=common.rosters, queue=common.queue)
    yield KeepProgress(parts.speaking, operations=operations, slips=cases.prints)
