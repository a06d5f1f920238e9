"""What a suite of promises is run against, and the short ways to bring an operation where a test needs it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from bot.core.audit import AuditEntry
from bot.core.decision import ALLOWED, Decision, Reason
from bot.core.errors import StoreUnavailable
from bot.core.handover.model import Ground, Recipient
from bot.core.passwords.model import RESET, Form, Job, NewOperation, Operation, SetTimes, Shown
from bot.core.passwords.ports import Judgement, Operations
from bot.core.passwords.secret import Secret
from bot.core.tasks import NewTask, RateLimit, Task, TaskQueue

NOW = datetime(2026, 9, 15, 8, 30, tzinfo=UTC)
LEASE = timedelta(minutes=2)
TASK_LEASE = timedelta(seconds=30)
DIRECTOR = "director"
CONVERSATION = "a:conversation"
PASSWORD = "Zegego2399"

JOB = Job("job", NOW, DIRECTOR, "tenant", CONVERSATION, "school", "5б", Recipient.STUDENT)


class Clock(Protocol):
    """A clock that stands still until a test moves it."""

    now: datetime

    def __call__(self) -> datetime: ...


@dataclass
class Store:
    """One implementation, empty, at `NOW`. `entries` gives the whole audit log, oldest first."""

    operations: Operations
    queue: TaskQueue
    rate_limit: RateLimit
    clock: Clock
    entries: Callable[[], Awaitable[list[AuditEntry]]]

    def pass_by(self, **by: float) -> None:
        """`store.pass_by(minutes=2)`."""
        self.clock.now += timedelta(**by)


def entry(action: str, subject: str = "person", **detail: str) -> AuditEntry:
    return AuditEntry(NOW, DIRECTOR, action, subject, "done", detail)


class Unwritable(Sequence[AuditEntry]):
    """An entry that cannot be written down."""

    def __len__(self) -> int:
        return 1

    def __getitem__(self, place: Any) -> Any:
        raise StoreUnavailable("disk full")


def new_operation(id_: str = "operation", **changes: Any) -> NewOperation:
    given = NewOperation(
        id=id_,
        at=NOW,
        actor=DIRECTOR,
        tenant="tenant",
        conversation=CONVERSATION,
        school="school",
        person="person",
        name="Рада Вихрова",
        username="rv20481101@edu.mon.bg",
        class_="5б",
        is_student=True,
        recipient=Recipient.PARENT,
        ground=Ground.UNDER_14,
        form=Form.PUPIL,
    )
    return replace(given, **changes)


def reset_of(new: NewOperation) -> NewTask:
    return NewTask(RESET, new.id, new.at, {"operation": new.id})


def allow(new: NewOperation, past: Sequence[Operation]) -> Judgement:
    return Judgement(ALLOWED, (entry("password.requested", new.person, operation=new.id),), (reset_of(new),))


def deny(new: NewOperation, past: Sequence[Operation]) -> Judgement:
    denied = Decision(Reason.THIRD_RESET, NOW + timedelta(hours=3))
    return Judgement(denied, (entry("password.requested", new.person, reason="third-reset"),), (reset_of(new),))


def one_at_a_time(new: NewOperation, past: Sequence[Operation]) -> Judgement:
    """An honest judge of what it is shown: nobody's second operation beside one that counts."""
    return deny(new, past) if any(one.counts for one in past) else allow(new, past)


def never(new: NewOperation, past: Sequence[Operation]) -> Judgement:
    raise AssertionError(f"judged {new} with {past}")


def unasked(*_: object) -> Any:
    raise AssertionError("asked")


def failing(*_: object) -> Any:
    raise ZeroDivisionError


def proposing(text: str) -> Callable[[], Secret]:
    return lambda: Secret(text)


def times(at: datetime = NOW, **changes: datetime) -> SetTimes:
    given = SetTimes(
        set_at=at + timedelta(seconds=1),
        works_from=at + timedelta(minutes=2),
        unseen_until=at + timedelta(minutes=30),
        expires_at=at + timedelta(hours=72),
    )
    return replace(given, **changes)


async def begun(store: Store, id_: str = "operation", **changes: Any) -> Operation:
    (answer,) = await store.operations.begin([new_operation(id_, at=store.clock(), **changes)], allow)
    assert answer.operation is not None
    return answer.operation


async def claimed(store: Store, kind: str = RESET) -> Task:
    (task,) = await store.queue.claim([kind], 1, TASK_LEASE)
    return task


async def with_candidate(store: Store, id_: str = "operation", password: str = PASSWORD, **changes: Any) -> Task:
    await begun(store, id_, **changes)
    task = await claimed(store)
    assert await store.operations.candidate(task, id_, proposing(password)) == Secret(password)
    return task


async def ready(store: Store, id_: str = "operation", password: str = PASSWORD, **changes: Any) -> Operation:
    task = await with_candidate(store, id_, password, **changes)
    assert await store.operations.ready(task, id_, times(store.clock()), entries=[], tasks=[])
    return await stored(store, id_)


async def reveal(
    store: Store, *ids: str, actor: str = DIRECTOR, conversation: str = CONVERSATION
) -> tuple[Shown, ...]:
    now = store.clock()
    return await store.operations.reveal(
        ids or ("operation",), actor, conversation, now=now, lease_until=now + LEASE, record=lambda *_: ((), ())
    )


async def shown(store: Store, id_: str = "operation", **changes: Any) -> Operation:
    await ready(store, id_, **changes)
    assert len(await reveal(store, id_)) == 1
    return await stored(store, id_)


async def stored(store: Store, id_: str = "operation") -> Operation:
    found = await store.operations.one(id_)
    assert found is not None
    return found


async def due(store: Store, *kinds: str) -> list[str]:
    """The keys of the tasks that can be claimed now (they are, by asking)."""
    return [task.key for task in await store.queue.claim(kinds or (RESET,), 100, TASK_LEASE)]
