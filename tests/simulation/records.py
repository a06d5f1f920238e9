"""What the world itself knows: who asked for what, what was sent, done and shown; and what must hold of it (I1–I10)."""

from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta

from bot.core.audit import AuditEntry
from bot.core.passwords.model import EXPIRE, RESET, SETTLE, Stage, Timing
from bot.core.tasks import Task
from tests.fakes import FakeAuditLog, FakeClock
from tests.fakes_passwords import FakeOperations, FakeQueue, TaskRow
from tests.simulation.cast import BIRTHS, SOFIA, age
from tests.simulation.directory import Directory
from tests.simulation.threads import Thread

A_TURN = timedelta(seconds=10)
"""What was decided at the beginning of a turn may be done this much later, at its end."""

OWNER = "its owner"
_ONCE = {
    ("password.requested", "allowed"),
    ("password.set", "done"),
    ("password.failed", ""),
    ("password.not-set", "certain"),
    ("password.shown", "shown"),
    ("password.handed", "done"),
    ("password.key-destroyed", ""),
    ("password.life-ended", ""),
}
_HOLDS_SECRET = {Stage.REQUESTED, Stage.READY, Stage.SHOWN}
_SET = {Stage.READY, Stage.SHOWN, Stage.CLOSED, Stage.UNSEEN}


class Broken(AssertionError):
    """An invariant does not hold."""

    def __init__(self, invariant: str, what: str) -> None:
        super().__init__(f"{invariant}: {what}")
        self.invariant = invariant


@dataclass(slots=True)
class Asked:
    """What somebody wished, as the world knows it. `acknowledged`: the bot's answer reached the director."""

    actor: str
    conversation: str
    school: str
    person: str
    sen: bool = False
    birth: date | None = None
    job: str = ""
    acknowledged: bool = False


@dataclass(slots=True)
class Figures:
    """What happened, for the report."""

    seeds: int = 0
    steps: int = 0
    sets: int = 0
    reveals: int = 0
    slips: int = 0
    faults: int = 0
    kills: int = 0
    taken_over: int = 0
    lost: int = 0
    refused: int = 0
    stragglers: int = 0
    jobs: int = 0
    settled: int = 0
    """Doubts that were: certainly not set."""
    stages: Counter[str] = field(default_factory=Counter)
    """How many operations ended in each stage."""

    def line(self) -> str:
        """To be quoted."""
        ended = ", ".join(f"{stage} {count}" for stage, count in sorted(self.stages.items()))
        return (
            f"seeds {self.seeds}, steps {self.steps}, sets {self.sets}, reveals {self.reveals}, faults {self.faults}"
            f" (kills {self.kills}, tasks taken over {self.taken_over}, lost answers {self.lost}, stragglers"
            f" {self.stragglers}; settled {self.settled}, refused {self.refused}, jobs {self.jobs}, slips {self.slips}; ended: {ended})"
        )

    def idle(self) -> list[str]:
        """What never happened: what a simulation of any length must have seen."""
        seen = asdict(self)
        wanted = {"closed", "unseen", "failed", "cancelled"}
        return [name for name, value in seen.items() if not value] + sorted(wanted - set(self.stages))


class Records:
    """The witness of everything (`Witness` of the directory)."""

    def __init__(
        self,
        *,
        directory: Directory,
        operations: FakeOperations,
        queue: FakeQueue,
        audit: FakeAuditLog,
        clock: FakeClock,
        timing: Timing,
        figures: Figures,
    ) -> None:
        self.directory = directory
        self.operations = operations
        self.queue = queue
        self.audit = audit
        self.clock = clock
        self.timing = timing
        self.figures = figures
        self.step = 0
        self.asked: dict[str, Asked] = {}
        self.of_person: dict[str, list[str]] = {}
        self.begun: list[str] = []
        """Operations in the order in which they began, by the audit log."""
        self.sent_texts: dict[str, Counter[str]] = {}
        self.effects: dict[str, list[tuple[int, bool]]] = {}
        """The directory did what an operation asked of it: when (in ticks), and whether a straggler asked."""
        self.counts: Counter[tuple[str, str, str]] = Counter()
        self.first_shown: dict[str, datetime] = {}
        self.shown_texts: dict[str, str] = {}
        self.shown_replies: Counter[str] = Counter()
        self.handed: set[str] = set()
        self.last_write: dict[str, tuple[str, bool]] = {}
        """Per person: whose password is the present one (an operation, or `OWNER`), and whether a straggler set it."""
        self.begun_when_sent: dict[int, list[str]] = {}
        self.known_texts: set[str] = set()
        self._read = 0

    def asks(self, operation: str, asked: Asked) -> None:
        """Somebody asks for this operation for the first time."""
        if operation not in self.asked:
            self.asked[operation] = asked
            self.of_person.setdefault(asked.person, []).append(operation)

    def followed(self, operation: str) -> bool:
        """Whether a newer operation of the same person may have begun."""
        later = self.begun[self.begun.index(operation) + 1 :]
        person, stored = self.asked[operation].person, self.operations.operations
        return any(self.asked[one].person == person and stored[one].stage is not Stage.CANCELLED for one in later)

    # What the directory sees.

    def sent(self, thread: Thread, person: str, text: str) -> None:
        """I1, I2, I5: before each request to set a password."""
        self.read_audit()
        self.known_texts.add(text)
        if thread.task is None:
            raise Broken("I1", f"{thread.name} writes to the directory without a task")
        operation = thread.task.payload["operation"]
        if thread.task.kind == EXPIRE:
            self._replaces(thread, operation, person)
            return
        self.figures.sets += 1
        asked = self.asked.get(operation)
        if asked is None or asked.person != person:
            raise Broken("I1", f"nobody asked for a password of {person} by {operation}")
        if not self.counts[operation, "password.requested", "allowed"]:
            raise Broken("I1", f"{operation} is not in the audit log as allowed")
        self._rights(thread, asked, operation)
        texts = self.sent_texts.setdefault(operation, Counter())
        texts[text] += 1
        if sum(count > 0 for count in texts.values()) > 1:
            raise Broken("I2", f"{operation} sends a second password")

    def certainly_not(self, task: Task, text: str) -> None:
        """The directory has refused this request."""
        if task.kind == RESET:
            self.sent_texts[task.payload["operation"]][text] -= 1

    def applied(self, task: Task, person: str, text: str, *, late: bool) -> None:
        """The password is this one now. A straggler is a request that nobody could call back: its sender froze or
        died, and it arrives when its operation is over.
        """
        operation = task.payload["operation"]
        row = self.queue.rows[task.id]
        straggles = late or row.status != "ready" or row.attempts != task.attempt
        if task.kind == EXPIRE:
            now_begun = [one for one in self.begun if self.asked[one].person == person]
            straggles |= now_begun != self.begun_when_sent[task.id]  # it was overtaken on its way
            self.last_write[person] = (f"the end of {operation}", straggles)
        elif self.operations.operations[operation].stage is Stage.REQUESTED:
            self.effects.setdefault(operation, []).append((self.directory.tick(), straggles))
            self.last_write[person] = (operation, False)
        elif straggles:
            self.last_write[person] = (operation, True)
        else:
            raise Broken("I9", f"{operation} is over while the worker that has its task is setting it")
        self.figures.stragglers += straggles

    def owner_changed(self, person: str) -> None:
        """The owner has chosen a password."""
        self.last_write[person] = (OWNER, False)

    def _rights(self, thread: Thread, asked: Asked, operation: str) -> None:
        truths = self.directory.since(thread.since)
        if not any(truth.ours(asked.person, asked.school, thread.at) for truth in truths):
            raise Broken("I5", f"{operation} is for {asked.person}, who is not of {asked.school}")
        if not any(truth.may_set(asked.actor, asked.school, asked.person, thread.at) for truth in truths):
            raise Broken("I1", f"{asked.actor} has not had the right to {operation} since it was begun")
        birth = BIRTHS[asked.person]
        ground = self.operations.operations[operation].asked.ground.value
        if ground == "under-14" and birth is not None and age(birth, thread.at) >= 14:
            raise Broken("I1", f"{operation} is for a parent of somebody of {age(birth, thread.at)}")
        thread.since = self.step  # the next request of this attempt is to be judged anew

    def _replaces(self, thread: Thread, operation: str, person: str) -> None:
        if thread.task is not None:
            self.begun_when_sent[thread.task.id] = [one for one in self.begun if self.asked[one].person == person]
        stored = self.operations.operations[operation]
        if not self.timing.replace_unused or stored.expires_at is None or self.clock.now < stored.expires_at:
            raise Broken("I1", f"the password of {operation} is replaced before its time")
        if _school_hours(thread.at) and _school_hours(self.clock.now):
            raise Broken("I1", f"the password of {operation} is replaced in school hours")
        if self.last_write.get(person, ("", False))[0] == OWNER and self._owner_since(person, thread):
            raise Broken("I1", f"{person} loses the own password to the end of {operation}")

    def _owner_since(self, person: str, thread: Thread) -> bool:
        """Whether the owner's change was there to be seen when the attempt began."""
        return self.directory.changed_at[person] - self.directory.skew < thread.at

    # What people see.

    def shown(self, operation: str, text: str, actor: str, conversation: str, thread: Thread) -> None:
        """I2, I3: a password is on its way to somebody's eyes. `thread` is the press (or the download)."""
        self.read_audit()
        asked = self.asked[operation]
        now = self.clock.now
        if (actor, conversation) != (asked.actor, asked.conversation):
            raise Broken("I3", f"{operation} of {asked.actor} is shown to {actor} in {conversation}")
        if not any(truth.directs(actor, asked.school) for truth in self.directory.since(thread.since)):
            raise Broken("I3", f"{actor}, who is shown {operation}, is no director of {asked.school} any more")
        if operation not in self.first_shown:
            raise Broken("I6", f"{operation} is shown, and the audit log does not know")
        if now >= self.first_shown[operation] + timedelta(seconds=self.timing.lease_seconds) + A_TURN:
            raise Broken("I3", f"{operation} is shown after its lease")
        if operation in self.handed:
            raise Broken("I3", f"{operation} is shown after it was handed over")
        if self.shown_texts.setdefault(operation, text) != text:
            raise Broken("I2", f"{operation} shows two passwords")
        self.shown_replies[operation] += 1
        self._alive(operation, asked.person, text, "shown")

    def _alive(self, operation: str, person: str, text: str, what: str) -> None:
        if self.directory.passwords.get(person) == text:
            return
        by, straggles = self.last_write.get(person, ("nobody", False))
        if by != OWNER and not straggles:
            raise Broken("I2", f"a dead password of {operation} is {what}: the present one is of {by}")

    def read_audit(self) -> None:
        """I1, I6: what the audit log says since it was last read must be true, and said once."""
        entries = self.audit.entries
        while self._read < len(entries):
            entry = entries[self._read]
            self._read += 1
            operation = entry.detail.get("operation", "")
            outcome = "" if (entry.action, "") in _ONCE else entry.outcome
            key = (operation, entry.action, outcome)
            self.counts[key] += 1
            if (entry.action, outcome) in _ONCE:
                if self.counts[key] > 1:
                    raise Broken("I6", f"{entry.action} is twice in the audit log of {operation}")
                self._once(entry, operation)

    def _once(self, entry: AuditEntry, operation: str) -> None:
        stored = self.operations.operations[operation]
        asked = self.asked.get(operation)
        if asked is None or (entry.subject, entry.actor) != (asked.person, asked.actor):
            raise Broken("I6", f"{entry.action} of {operation} names somebody who did not ask")
        match entry.action:
            case "password.requested":
                self._grounds(entry, operation, asked)
                self._limit(entry, operation)
                self.begun.append(operation)
            case "password.set":
                if operation not in self.effects:
                    raise Broken("I6", f"{operation} is said to be set, and was not")
                (text,) = (text for text, count in self.sent_texts[operation].items() if count > 0)
                self._alive(operation, asked.person, text, "noted as set")
            case "password.failed" | "password.not-set":
                looked = self.directory.looked.get(asked.person, 0)
                seen = [tick for tick, straggled in self.effects.get(operation, ()) if not straggled or tick < looked]
                if seen and not stored.in_doubt:
                    raise Broken("I6", f"{operation} is said to have failed for certain, and was set")
                if entry.action == "password.not-set":
                    self.figures.settled += 1
            case "password.shown":
                self.first_shown[operation] = self.clock.now
            case "password.handed":
                self.handed.add(operation)

    def _grounds(self, entry: AuditEntry, operation: str, asked: Asked) -> None:
        recipient, ground = entry.detail["recipient"], entry.detail["ground"]
        birth = BIRTHS[asked.person] or asked.birth
        is_teacher = asked.person == "teaching"
        allowed = {("teacher", "owner")} if is_teacher else {("student", "owner")}
        if not is_teacher and asked.sen:
            allowed.add(("parent", "sen"))
        if not is_teacher and birth is not None and age(birth, self.clock.now) < 14:
            allowed.add(("parent", "under-14"))
        if (recipient, ground) not in allowed:
            raise Broken("I1", f"{operation} is to be handed to {recipient} on the ground {ground}")

    def _limit(self, entry: AuditEntry, operation: str) -> None:
        """At most two resets of a person within 24 hours, and one at a time."""
        counted = 0
        for other in self.of_person[entry.subject]:
            stored = self.operations.operations.get(other)
            if stored is None or other == operation:
                continue
            if stored.stage is Stage.REQUESTED:
                raise Broken("I1", f"{operation} begins while {other} runs")
            counted += stored.counts and entry.at - stored.asked.at < timedelta(hours=24)
        if counted >= 2:
            raise Broken("I1", f"{operation} is the third reset of {entry.subject} within 24 hours")

    # What is kept.

    def check_store(self) -> None:
        """I4: after every step."""
        for operation in self.operations.secrets:
            stage = self.operations.operations[operation].stage
            if stage not in _HOLDS_SECRET:
                raise Broken("I4", f"{operation} is {stage}, and its secret is kept")

    def check_end(self) -> None:
        """I2, I4, I6, I7, I9: when all faults have stopped and all time has passed."""
        self.read_audit()
        if self.operations.secrets:
            raise Broken("I4", f"secrets are left of {sorted(self.operations.secrets)}")
        for operation, asked in self.asked.items():
            if asked.acknowledged and operation not in self.operations.operations:
                raise Broken("I9", f"{operation} was acknowledged and is lost")
        for operation, stored in self.operations.operations.items():
            self.figures.stages[stored.stage.value] += 1
            if stored.stage in _HOLDS_SECRET:
                raise Broken("I9", f"{operation} never ends: {stored.stage}")
            if stored.stage is Stage.CANCELLED and operation in self.sent_texts:
                raise Broken("I10", f"{operation} was cancelled, and sent")
            self._once_each(operation)
        waiting = [
            (row.kind, row.key, row.status)
            for row in self.queue.rows.values()
            if row.status != "done" and not self._given_up(row)
        ]
        if waiting:
            raise Broken("I9", f"tasks are left: {waiting}")

    def _given_up(self, row: TaskRow) -> bool:
        """What became of a password cannot be read when its account is gone; its end is noted all the same."""
        if row.kind == SETTLE:  # nor whether one in doubt was set: it stays so
            return row.status == "dead" and self.operations.operations[row.key].in_doubt
        return row.kind == EXPIRE and row.status == "dead" and bool(self.operations.operations[row.key].ending)

    def _once_each(self, operation: str) -> None:
        stored = self.operations.operations[operation]
        expected = {
            ("password.requested", "allowed"): True,
            ("password.set", "done"): stored.stage in _SET,
            ("password.failed", ""): stored.stage is Stage.FAILED,
            ("password.shown", "shown"): stored.shown_at is not None,
            ("password.handed", "done"): stored.handed_at is not None,
            ("password.life-ended", ""): bool(stored.ending),
        }
        for (action, outcome), there in expected.items():
            if self.counts[operation, action, outcome] != there:
                raise Broken("I6", f"{operation} is {stored.stage}, and {action} is not as often in the audit log")
        showings = self.counts[operation, "password.shown", "shown"]
        showings += self.counts[operation, "password.shown-again", "shown"]
        if self.shown_replies[operation] > showings:
            raise Broken("I6", f"{operation} was shown more often than the audit log knows")


def _school_hours(moment: datetime) -> bool:
    local = moment.astimezone(SOFIA)
    return local.weekday() < 5 and 7 <= local.hour < 19
