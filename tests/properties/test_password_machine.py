"""Operation → reveal → lease → receipt as a state machine, against a model that knows nothing of the product.

The model keeps for each operation a stage, its password and three times. What the bot answers and keeps must follow
from it after every rule, in any order Hypothesis can think of.
"""

from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.core.decision import Reason
from bot.core.errors import (
    DirectoryBusy,
    DirectoryForbidden,
    DirectoryUnavailable,
    PasswordRefused,
)
from bot.core.handover.model import Recipient
from bot.core.passwords.follow import PasswordState
from bot.core.passwords.model import BURN, EXPIRE, RESET, Operation, PasswordStatus, Refused, Shown, Stage, Timing
from bot.core.passwords.request import Wish
from bot.core.tasks import TryAgain
from bot.runtime.task_worker import attempt
from tests.unit.core.password_world import CHAT, DEPUTY, DIRECTOR, LEASE, OWN, PUPIL, TEACHER, World

Answer = TypeVar("Answer")

LEASED = timedelta(seconds=90)
UNSEEN = timedelta(minutes=30)
PATIENCE = timedelta(minutes=30)
LIFE = timedelta(hours=72)
DAY = timedelta(hours=24)
PEOPLE = {PUPIL.person.id: Recipient.STUDENT, TEACHER.person.id: Recipient.TEACHER}
FAULTS = {
    "busy": DirectoryBusy(3.0, everybody=True),
    "lost": DirectoryUnavailable(),
    "forbidden": DirectoryForbidden(),
    "refused": PasswordRefused(),
}


NUMBERS = st.integers(0, 3)
"""Which of the presses is meant, the last one first."""


class Killed(BaseException):
    """The worker is gone in the middle of its request."""


@dataclass
class Model:
    """What should be known of one operation."""

    wish: Wish
    at: datetime
    stage: str = "requested"
    password: str | None = None
    sent: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    in_doubt: bool = False
    unseen_until: datetime | None = None
    lease_until: datetime | None = None
    expires_at: datetime | None = None
    handed: bool = False
    showings: int = 0

    @property
    def counts(self) -> bool:
        return self.stage != "failed" or self.in_doubt


def at_once(coroutine: Coroutine[Any, Any, Answer]) -> Answer:
    """Runs what never really waits."""
    while True:
        try:
            coroutine.send(None)
        except StopIteration as end:
            answer: Answer = end.value
            return answer


class PasswordMachine(RuleBasedStateMachine):
    @initialize(applies=st.booleans())
    def open(self, applies):
        self.applies = applies
        timing = Timing(lease_seconds=int(LEASED.total_seconds()))
        self.world = World(timing=timing, writes_per_second=1_000.0, doubt_applies=lambda: self.applies)
        self.models: dict[str, Model] = {}
        self.presses = 0
        self.present: dict[str, str] = {}

    @property
    def now(self) -> datetime:
        return self.world.clock()

    # What the director does.

    @rule(person=st.sampled_from(sorted(PEOPLE)), twice=st.booleans())
    def ask(self, person, twice):
        self.presses += 1
        wish = Wish(f"press-{self.presses}", person, OWN.id, CHAT, PEOPLE[person], identity=True)
        expected = self._denied(person)
        for _ in range(1 + twice):
            answer = at_once(self.world.request(DIRECTOR, wish))
            if expected is not None:
                assert isinstance(answer, Refused)
                assert answer.decision.denied_because is expected
                continue
            assert isinstance(answer, Operation)
            assert (answer.asked.id, answer.stage) == (wish.operation, Stage.REQUESTED)
            self.models.setdefault(wish.operation, Model(wish, self.now))

    @precondition(lambda self: self.models)
    @rule(number=NUMBERS, person=st.sampled_from(sorted(PEOPLE)))
    def press_again(self, number, person):
        press = self._press(number)
        wish = replace(self.models[press].wish, person=person, recipient=PEOPLE[person])
        answer = at_once(self.world.request(DIRECTOR, wish))
        if person == self.models[press].wish.person:
            assert answer == self.world.stored(press)
        else:
            assert isinstance(answer, Refused)

    @precondition(lambda self: self.models)
    @rule(number=NUMBERS, times=st.integers(1, 3))
    def look(self, number, times):
        press = self._press(number)
        for _ in range(times):
            self._look(press)

    def _look(self, press):
        model = self.models[press]
        answer = at_once(self.world.reveal(DIRECTOR, CHAT, press))
        fetched = self._is_fetchable(model)
        assert isinstance(answer, Shown if fetched else Operation)
        if not isinstance(answer, Shown):
            return
        assert answer.again is (model.stage == "shown")
        assert answer.secret.reveal() == model.password
        assert self.present[model.wish.person] in {model.password, "the owner's"}, "a dead password was shown"
        if model.stage == "ready":
            model.stage, model.lease_until = "shown", self.now + LEASED
        model.showings += 1
        assert answer.operation.lease_until == model.lease_until

    @precondition(lambda self: self.models)
    @rule(number=NUMBERS, who=st.sampled_from((DEPUTY, DIRECTOR)))
    def steal(self, number, who):
        press = self._press(number)
        chat = CHAT if who is DEPUTY else "a:another chat"
        for answer in (at_once(self.world.reveal(who, chat, press)), at_once(self.world.hand_over(who, chat, press))):
            assert isinstance(answer, Refused)
            assert answer.decision.denied_because is Reason.NOT_YOURS

    @precondition(lambda self: self.models)
    @rule(number=NUMBERS)
    def hand_over(self, number):
        press = self._press(number)
        model = self.models[press]
        answer = at_once(self.world.hand_over(DIRECTOR, CHAT, press))
        if model.showings and not model.handed and not self._followed(press):
            model.handed, model.stage, model.password = True, "closed", None
        assert isinstance(answer, Operation)
        assert (answer.handed_at is not None) is model.handed

    def _followed(self, press: str) -> bool:
        """Whether a newer password of the same person was set, or may have been."""
        model = self.models[press]
        later = [
            other
            for name, other in self.models.items()
            if other.wish.person == model.wish.person and (other.at, name) > (model.at, press)
        ]
        return any(one.in_doubt or one.stage not in {"requested", "failed"} for one in later)

    @precondition(lambda self: self.models)
    @rule(number=NUMBERS)
    def check_state(self, number):
        press = self._press(number)
        answer = at_once(self.world.check(DIRECTOR, CHAT, press))
        assert isinstance(answer, PasswordState)
        expected = {
            "requested": {PasswordStatus.RUNNING},
            "ready": {PasswordStatus.READY, PasswordStatus.UNSEEN},
            "unseen": {PasswordStatus.UNSEEN},
            "shown": {PasswordStatus.GIVEN},
            "closed": {PasswordStatus.GIVEN},
            "failed": {PasswordStatus.NEVER, PasswordStatus.DOUBTFUL},
        }[self.models[press].stage]
        if self.models[press].expires_at is not None:
            expected |= {PasswordStatus.CHANGED, PasswordStatus.EXPIRED}
        assert answer.status in expected

    # What the worker does, and the directory.

    @rule()
    def work_well(self):
        self._work(None, applies=False)

    @rule(fault=st.sampled_from(sorted(FAULTS)), applies=st.booleans())
    def work(self, fault, applies):
        self._work(fault, applies)

    def _work(self, fault, applies):
        claimed = at_once(self.world.queue.claim((RESET,), 1, LEASE))
        if not claimed:
            return
        self.applies = applies
        if fault is not None:
            self.world.accounts.fail_next.append(FAULTS[fault])
        model, before = self.models[claimed[0].key], self.world.stored(claimed[0].key)
        sent = len(self.world.accounts.set_calls)
        try:
            at_once(self.world.resetting.carry_out(claimed[0]))
        except TryAgain:
            at_once(self.world.queue.again(claimed[0], self.now, "", failed=False))
        self.world.accounts.fail_next.clear()
        self._worked(model, before, fault, self.world.accounts.set_calls[sent:])

    @rule(applied=st.booleans(), seconds=st.sampled_from((1, 61)))
    def work_and_be_killed(self, applied, seconds):
        claimed = at_once(self.world.queue.claim((RESET,), 1, LEASE))
        if not claimed:
            return
        model = self.models[claimed[0].key]
        sent = len(self.world.accounts.set_calls)

        def dies() -> None:
            raise Killed

        self.world.accounts.fail_next.append(Killed if applied else dies)  # type: ignore[arg-type]  # nobody may catch it
        with suppress(Killed, TryAgain):  # it may have been too early, or too late
            at_once(self.world.resetting.carry_out(claimed[0]))
        self.world.accounts.fail_next.clear()
        self._sent(model, self.world.accounts.set_calls[sent:])
        if self.world.stored(model.wish.operation).stage is Stage.FAILED:
            model.stage, model.password, model.in_doubt = "failed", None, self._stored_doubt(model)
        self.world.clock.move(seconds=seconds)

    @rule(kind=st.sampled_from((BURN, EXPIRE)))
    def time_is_up(self, kind):
        for task in at_once(self.world.queue.claim((kind,), 9, LEASE)):
            handler = self.world.burning if kind == BURN else self.world.ending
            try:
                at_once(attempt(handler, task))
            except TryAgain:
                at_once(self.world.queue.again(task, self.now, "", failed=False))
            else:
                at_once(self.world.queue.done(task))
            model = self.models[task.payload["operation"]]
            if kind == BURN and model.stage in {"ready", "shown"} and not self._is_fetchable(model):
                model.stage, model.password = "unseen" if model.stage == "ready" else "closed", None

    @rule(seconds=st.sampled_from((1, 5, 29, 60, 61, 89, 90, 91)))
    def wait(self, seconds):
        self.world.clock.move(seconds=seconds)

    @rule(seconds=st.sampled_from((600, 1_799, 1_800, 7_200, 43_200, 86_400, 259_200)), now=st.booleans())
    def wait_for_long(self, seconds, now):
        if now:
            self.world.clock.move(seconds=seconds)

    @precondition(lambda self: self.models)
    @rule(number=NUMBERS)
    def owner_changes(self, number):
        press = self._press(number)
        person = self.models[press].wish.person
        if self.models[press].showings:
            self.world.clock.move(seconds=10)
            self.world.accounts.change(person, "the owner's")
            self.present[person] = "the owner's"

    # What must hold after everything.

    @invariant()
    def the_store_is_as_the_model(self):
        for press, model in self.models.items():
            stored = self.world.stored(press)
            assert stored.stage.value == model.stage, press
            assert stored.in_doubt is model.in_doubt, press
            assert (stored.lease_until, stored.unseen_until) == (model.lease_until, model.unseen_until), press
            kept = self.world.operations.secrets.get(press)
            assert (None if kept is None else kept.reveal()) == model.password, press

    @invariant()
    def one_password_for_each_operation(self):
        for model in self.models.values():
            assert len(model.sent - model.refused) <= 1

    @invariant()
    def the_audit_log_says_each_thing_once(self):
        told = [(one.detail["operation"], one.action, one.outcome) for one in self.world.audit.entries]
        for press, model in self.models.items():
            was_set = model.stage in {"ready", "shown", "closed", "unseen"}
            assert told.count((press, "password.requested", "allowed")) == 1
            assert told.count((press, "password.set", "done")) == was_set
            assert told.count((press, "password.shown", "shown")) == (model.showings > 0)
            assert told.count((press, "password.shown-again", "shown")) == max(model.showings - 1, 0)
            assert told.count((press, "password.handed", "done")) == model.handed
            assert sum(one[:2] == (press, "password.failed") for one in told) == (model.stage == "failed")

    # How the model goes on.

    def _press(self, number: int) -> str:
        presses = list(self.models)
        return presses[-1 - number % len(presses)]

    def _denied(self, person: str) -> Reason | None:
        of_person = [model for model in self.models.values() if model.wish.person == person]
        if any(model.stage == "requested" for model in of_person):
            return Reason.RESET_RUNNING
        in_a_day = [model for model in of_person if model.counts and self.now - model.at < DAY]
        return Reason.THIRD_RESET if len(in_a_day) >= 2 else None

    def _is_fetchable(self, model: Model) -> bool:
        if model.stage == "ready":
            return model.unseen_until is not None and self.now < model.unseen_until
        return model.stage == "shown" and model.lease_until is not None and self.now < model.lease_until

    def _sent(self, model: Model, calls: list[tuple[str, str]]) -> None:
        """What was sent is the operation's one password; what was shown before of this person is over."""
        for person, text in calls:
            assert person == model.wish.person
            model.sent.add(text)
        kept = self.world.operations.secrets.get(model.wish.operation)
        if kept is not None:
            model.password = kept.reveal()
            assert not model.sent - model.refused or model.password in model.sent
        if calls:
            for other in self.models.values():
                if (
                    other is not model
                    and other.wish.person == model.wish.person
                    and other.stage in {"ready", "shown"}
                ):
                    other.stage, other.password = "unseen" if other.stage == "ready" else "closed", None
        applied = dict(self.world.accounts.applied[-1:])
        if calls and applied.get(model.wish.person) in model.sent:
            self.present |= applied

    def _worked(self, model: Model, before: Operation, fault: str | None, calls: list[tuple[str, str]]) -> None:
        stored = self.world.stored(model.wish.operation)
        late = self.now >= model.at + PATIENCE
        only = calls[0][1] if calls else None
        if fault == "refused" and only is not None and len(calls) > 1:
            model.refused.add(only)  # this very attempt had made it, so another one was made
        self._sent(model, calls)
        model.in_doubt = self._stored_doubt(model)
        if not calls:
            assert stored.stage is Stage.REQUESTED or late
        elif late:
            raise AssertionError("nobody waits for it any more")
        elif fault is None or len(calls) > 1:
            assert stored.stage is Stage.READY
        elif fault in {"busy", "lost"}:
            assert stored.stage is Stage.REQUESTED
            assert stored.in_doubt or fault == "busy"
        else:
            assert stored.stage is Stage.FAILED
        assert stored.in_doubt or not before.in_doubt or stored.stage is Stage.READY, "a doubt goes by being cleared"
        model.stage = stored.stage.value
        if stored.stage is Stage.READY:
            model.unseen_until, model.expires_at = self.now + UNSEEN, self.now + LIFE
            assert stored.expires_at == model.expires_at
        elif stored.stage is Stage.FAILED:
            model.password = None
            assert stored.in_doubt or self.present.get(model.wish.person) not in model.sent, "set, and said not to be"

    def _stored_doubt(self, model: Model) -> bool:
        stored: Operation = self.world.stored(model.wish.operation)
        return stored.in_doubt


OFTEN = settings(max_examples=1_000, stateful_step_count=50, deadline=None)


def test_passwords_whatever_happens():
    run_state_machine_as_test(PasswordMachine, settings=settings(OFTEN, max_examples=100))


@pytest.mark.long
@pytest.mark.timeout(600)
def test_passwords_whatever_happens_and_more_often():
    run_state_machine_as_test(PasswordMachine, settings=OFTEN)
