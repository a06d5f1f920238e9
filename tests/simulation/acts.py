"""What people do, in no good order: ask, press again, look, hand over, steal, print, cancel, leave the school."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from bot.core.actors.model import Actor, Role
from bot.core.handover.model import Recipient
from bot.core.passwords.follow import Progress
from bot.core.passwords.model import Operation, Refused, Shown, Stage
from bot.core.passwords.request import Wish
from bot.core.passwords.request_many import ManyWish
from bot.core.passwords.slips import SlipOffer, SlipSheet
from bot.core.people.model import AccountState
from bot.core.tasks import Task
from tests.properties.strategies import TENANT
from tests.simulation.cast import ACCOUNTS, BEGINNING, DIRECTORS, FOREVER, ORDINARY, OTHER, OTHERS, OWN
from tests.simulation.records import A_TURN, Asked, Broken
from tests.simulation.threads import Thread
from tests.simulation.world import LONG_WAITS, SHORT_WAITS, World

EVERYBODY = (*tuple(one.person.id for one in ACCOUNTS), "nobody")
_STRANGERS = (*DIRECTORS, *OTHERS, Actor("stranger", TENANT, Role.NONE))


@dataclass(slots=True)
class Offer:
    """A link that was shown. `job` or `operation` says to what."""

    token: str
    pin: str
    until: datetime
    actor: Actor
    conversation: str
    operation: str
    job: str
    collected_at: datetime | None = None
    """When somebody first had the file: no earlier than its first use."""
    withdrawn_at: int = 0
    """The step at which a newer one was made."""


class Acts:
    """The people of one world. Each act is one step; what it does is drawn from the world's random source."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.rng = world.rng
        self.records = world.records
        self.wishes: list[tuple[Actor, Wish]] = []
        self.jobs: list[tuple[Actor, ManyWish]] = []
        self.offers: list[Offer] = []
        self._numbers = 0

    def begin(self) -> None:
        """One press, a class, or a password whose life is about to end."""
        draw = self.rng.random()
        if draw < 0.7:
            self.ask()
        elif draw < 0.85:
            self.ask_many()
        else:
            self._days_ago()

    def _days_ago(self) -> None:
        world, weather = self.world, self.world.weather
        calm, weather.calm = weather.calm, True
        self.ask()
        for thread in list(world.turns):
            world.finish(thread)
        for _ in range(self.rng.randrange(8)):
            world.finish(world.worker())
        self.look()
        weather.calm = calm
        world.wait(self.rng.choice((3, 24, 24, 71, 72, 72)) * 3_600)

    # Asking.

    def ask(self) -> None:
        """A director confirms; the confirming press is delivered one to four times."""
        actor, wish = self._wish()
        if self.wishes and self.rng.random() < 0.15:
            actor, wish = self.rng.choice(self.wishes)
            if wish.operation in self.world.operations.operations and self.rng.random() < 0.2:  # an edited card
                wish = replace(wish, person=self.rng.choice(ORDINARY))
        else:
            self.wishes.append((actor, wish))
        self._asks(actor, wish, self.rng.choice((1, 1, 1, 2, 3, 4)))

    def _asks(self, actor: Actor, wish: Wish, deliveries: int) -> None:
        self.records.asks(
            wish.operation,
            Asked(actor.object_id, wish.conversation, wish.school, wish.person, wish.sen, wish.birth),
        )
        self.world.note("asks", actor.object_id, wish.operation, wish.person, f"{deliveries} times")

        def reply(answer: Any) -> None:
            if isinstance(answer, Operation):
                if answer.asked.person != wish.person:
                    raise Broken("I10", f"{wish.operation} for {wish.person} is answered with {answer.asked.person}")
                if not self._lost():
                    self.records.asked[wish.operation].acknowledged = True
            self._refused(answer)

        threads = [self.world.press("ask", self.world.request(actor, wish), reply) for _ in range(deliveries)]
        self._go(threads)

    def ask_many(self) -> None:
        """A director asks for passwords for a class."""
        actor = self._director()
        self._numbers += 1
        persons = tuple(one for one in EVERYBODY if self.rng.random() < 0.5)
        wish = ManyWish(
            f"job-{self._numbers}",
            "5 б",
            persons,
            self._school(actor),
            self._chat(actor),
            self.rng.choice((Recipient.STUDENT, Recipient.STUDENT, Recipient.PARENT, None)),
            identity=self.rng.random() < 0.9,
        )
        self._begin_job(actor, wish, lambda: self.world.many(actor, wish))

    def ask_again(self) -> None:
        """The failed ones of a job are tried again."""
        if not self.jobs:
            return
        actor, before = self.rng.choice(self.jobs)
        self._numbers += 1
        wish = replace(before, job=f"job-{self._numbers}", persons=EVERYBODY)
        self._begin_job(actor, wish, lambda: self.world.many.again(actor, before.conversation, before.job, wish.job))

    def _begin_job(self, actor: Actor, wish: ManyWish, press: Callable[[], Any]) -> None:
        self.jobs.append((actor, wish))
        self.world.figures.jobs += 1
        self.world.note("asks for a class", actor.object_id, wish.job, wish.persons)
        for person in wish.persons:
            operation = sha256(f"{wish.job}\0{person}".encode()).hexdigest()
            self.records.asks(operation, Asked(actor.object_id, wish.conversation, wish.school, person, job=wish.job))

        def reply(answer: Any) -> None:
            if isinstance(answer, Progress) and not self._lost():
                for operation in answer.operations:
                    self.records.asked[operation.asked.id].acknowledged = True
            self._refused(answer)

        self._go([self.world.press("ask many", press(), reply) for _ in range(self.rng.choice((1, 1, 2)))])

    def cancel(self) -> None:
        """A director stops a job, or another one tries to."""
        if self.jobs:
            actor, wish = self.rng.choice(self.jobs)
            presser = self._presser(actor)
            self.world.note("cancels", presser.object_id, wish.job)
            self._press("cancel", presser, actor, self.world.cancel(presser, wish.conversation, wish.job))

    # Looking.

    def look(self) -> None:
        """The director presses "show", perhaps again because nothing came."""
        found = self._some_operation()
        if found is None:
            return
        operation, asked, actor = found
        conversation = asked.conversation if self.rng.random() < 0.95 else "another chat"
        self.world.note("looks", actor.object_id, operation)
        thread = self.world.press("look", self.world.reveal(actor, conversation, operation), lambda _: None)

        def reply(answer: Any) -> None:
            self._seen(answer, operation, actor, conversation, thread)

        self.world.replies[thread] = reply
        must = conversation == asked.conversation and self._must_show(operation, asked)
        if must and self.rng.random() < 0.5:
            self._undisturbed(thread)
            if not isinstance(thread.result, Shown):
                raise Broken("I3", f"{operation} cannot be fetched within its time: {thread.result}")
        else:
            self._go([thread])

    def steal(self) -> None:
        """Somebody presses a button of another's card, or the own one's in another chat."""
        found = self._some_operation()
        if found is None:
            return
        operation, asked, owner = found
        presser = self.rng.choice([one for one in _STRANGERS if one.object_id != owner.object_id])
        conversation = self.rng.choice((asked.conversation, self._chat(presser)))
        world = self.world
        press = self.rng.choice(
            (
                lambda: world.reveal(presser, conversation, operation),
                lambda: world.hand_over(presser, conversation, operation),
                lambda: world.offer(presser, conversation, operation=operation),
                lambda: world.follow(presser, conversation, operation),
                lambda: world.report_theft(presser.object_id, "password.reveal", operation),
            )
        )
        world.note("steals", presser.object_id, operation)
        self._press("steal", presser, owner, press())

    def hand(self) -> None:
        """The director notes that the password was handed over."""
        found = self._some_operation()
        if found is not None:
            operation, asked, actor = found
            self.world.note("hands over", operation)
            self._press("hand", actor, actor, self.world.hand_over(actor, asked.conversation, operation))

    def ask_state(self) -> None:
        """Somebody looks at what the bot says of an operation: never the password."""
        found = self._some_operation()
        if found is None:
            return
        operation, asked, actor = found
        world = self.world
        press = self.rng.choice((0, 1, 2))
        if press == 0:
            asking = world.check(actor, asked.conversation, operation)
        elif press == 1:
            asking = world.follow(actor, asked.conversation, operation, patience=0.3)  # type: ignore[assignment]  # a union of answers
        else:
            asking = world.prepare(actor, asked.person)  # type: ignore[assignment]  # see above
        before = self._fingerprint()
        thread = world.press("ask state", asking, lambda _: None)
        world.finish(thread)
        if before != self._fingerprint():
            raise Broken("I10", "looking at the state of an operation changes something")

    # Printing.

    def offer(self) -> None:
        """The director asks for slips of an operation or of a job."""
        operation, job = "", ""
        if self.jobs and self.rng.random() < 0.7:
            actor, wish = self.jobs[-1]
            job, conversation = wish.job, wish.conversation
        else:
            found = self._some_operation()
            if found is None:
                return
            operation, asked, actor = found
            conversation = asked.conversation

        def reply(answer: Any) -> None:
            if isinstance(answer, SlipOffer):
                for one in self.offers:
                    if (one.actor, one.operation, one.job) == (actor, operation, job) and not one.withdrawn_at:
                        one.withdrawn_at = self.world.step
                self.offers.append(Offer(answer.token, answer.pin, answer.until, actor, conversation, operation, job))

        self.world.note("asks for slips", actor.object_id, operation or job)
        asking = self.world.offer(actor, conversation, operation=operation, job=job)
        self._go([self.world.press("offer", asking, reply)])
        if self.rng.random() < 0.7:
            self.collect()

    def collect(self) -> None:
        """Somebody opens a link: the right one once, twice at once, again or late, or a wrong one."""
        if not self.offers or self.rng.random() < 0.05:
            self._go([self.world.press("guess", self.world.collect("guessed", TENANT), self._nothing)])
            return
        offer = self.offers[-1] if self.rng.random() < 0.5 else self.rng.choice(self.offers)
        self.world.note("collects", offer.token)
        threads = []
        for _ in range(self.rng.choice((1, 1, 2))):
            thread = self.world.press("collect", self.world.collect(offer.token, TENANT), lambda _: None)
            self.world.replies[thread] = self._collected(offer, thread)
            threads.append(thread)
        self._go(threads)
        if self.rng.random() < 0.5:  # not sure that it arrived: by the same link, or by a new one
            self.rng.choice((self.collect, self.offer))()

    def _collected(self, offer: Offer, thread: Thread) -> Callable[[Any], None]:
        def reply(sheet: Any) -> None:
            if not isinstance(sheet, SlipSheet):
                return
            now, lease = self.world.clock.now, timedelta(seconds=self.world.timing.lease_seconds)
            offer.collected_at = offer.collected_at or now
            if now >= offer.collected_at + lease + A_TURN:
                raise Broken("I3", f"the link {offer.token} works after the lease of its first use")
            if now >= offer.until + lease + A_TURN:
                raise Broken("I3", f"the link {offer.token} works after its time")
            if offer.withdrawn_at and thread.since > offer.withdrawn_at:
                raise Broken("I3", f"the link {offer.token} works after a newer one was made")
            if sheet.pin != offer.pin:
                raise Broken("I3", "the file opens with another PIN than the one that was shown")
            self.world.figures.slips += len(sheet.slips)
            stored = self.world.operations.operations
            for slip in sheet.slips:
                (operation,) = (
                    id_
                    for id_, asked in self.records.asked.items()
                    if id_ in stored
                    and stored[id_].asked.username == slip.username
                    and (id_ == offer.operation or (offer.job and asked.job == offer.job))
                )
                text = slip.password.reveal()
                self.records.shown(operation, text, offer.actor.object_id, offer.conversation, thread)

        return reply

    def _nothing(self, answer: Any) -> None:
        if isinstance(answer, SlipSheet):
            raise Broken("I3", "a guessed link works")

    # The rest of the world.

    def work(self) -> None:
        """A worker begins, goes on, or is done."""
        world = self.world
        thawed = [thread for thread in world.workers if not thread.frozen]
        if thawed and self.rng.random() < 0.5:
            thread = self.rng.choice(thawed)
        elif len(thawed) < 3:
            thread = world.worker()
        else:
            thread = thawed[0]
        self._labours(thread, 1_000 if self.rng.random() < 0.55 else self.rng.randrange(1, 9))

    def wait(self) -> None:
        """Time passes."""
        self.world.wait(self.rng.choice(SHORT_WAITS if self.rng.random() < 0.7 else LONG_WAITS))

    def change(self) -> None:
        """Somebody's rights change, or change back."""
        truth, step = self.world.directory.truth, self.world.step
        draw = self.rng.random()
        actors, accounts, released = dict(truth.actors), dict(truth.accounts), dict(truth.released)
        if draw < 0.35:
            director = self.rng.choice(DIRECTORS)
            actors[director.object_id] = self.rng.choice(
                (
                    director,
                    replace(director, role=Role.TEACHER, school=None),
                    replace(director, school=OTHER),
                    replace(director, enabled=False),
                    replace(director, school=None),
                )
            )
        elif draw < 0.8:
            person = self.rng.choice(ORDINARY)
            account = BEGINNING.accounts[person]
            changed = self.rng.choice(
                (
                    account,
                    replace(account, person=replace(account.person, schools=(OTHER,))),
                    replace(account, person=replace(account.person, schools=())),
                    replace(account, person=replace(account.person, state=AccountState.DISABLED)),
                    replace(account, privileged=True),
                    None,
                )
            )
            accounts.pop(person, None)
            if changed is not None:
                accounts[person] = changed
        else:
            key = ("released", OWN.id)
            released[key] = self.rng.choice((FOREVER, self.world.clock.now + timedelta(minutes=1)))
            if self.rng.random() < 0.3:
                del released[key]
        self.world.note("the truth changes")
        self.world.directory.becomes(type(truth)(step, actors, accounts, released))

    def owner_changes(self) -> None:
        """Whoever was given a password signs in and chooses another."""
        directory = self.world.directory
        seen = [self.records.asked[one].person for one in self.records.first_shown]
        if not seen:
            return
        person = self.rng.choice(seen)
        minute = timedelta(minutes=1)
        if person in directory.changed_at and directory.now() > directory.changed_at[person] + minute:
            self.world.note("the owner changes", person)
            directory.owner_changes(person)
            self.records.owner_changed(person)

    def freeze(self) -> None:
        """A worker stands still for longer than its lease; what it was doing is somebody else's then."""
        working = [thread for thread in self.world.workers if thread.task is not None and not thread.frozen]
        if not working:
            self.work()
            return
        self._freezes(self.rng.choice(working))

    def disturb(self) -> None:
        """Threads go on, die, freeze and thaw; the process is started anew."""
        world = self.world
        threads = [*world.turns, *world.workers]
        draw = self.rng.random()
        if draw < 0.1:
            world.restart()
        elif threads:
            thread = self.rng.choice(threads)
            if draw < 0.4:
                world.kill(thread)
            else:
                thread.frozen = False
                self._some_steps(thread, 12)

    # How it is done.

    def _wish(self) -> tuple[Actor, Wish]:
        actor = self._director()
        self._numbers += 1
        draw = self.rng.random
        person = self.rng.choice(ORDINARY if draw() < 0.85 else EVERYBODY)
        if self.wishes and draw() < 0.5:
            person = self.wishes[-1][1].person
        usual = Recipient.TEACHER if person == "teaching" else Recipient.STUDENT
        wish = Wish(
            f"operation-{self._numbers}",
            person,
            self._school(actor),
            self._chat(actor),
            usual if draw() < 0.6 else self.rng.choice((*Recipient, None)),
            birth=datetime(2015, 3, 1).date() if draw() < 0.2 else None,  # noqa: DTZ001 -- a day
            sen=draw() < 0.2,
            identity=draw() < 0.95,
            compromised=draw() < 0.2,
        )
        return actor, wish

    def _director(self) -> Actor:
        return DIRECTORS[0] if self.rng.random() < 0.7 else self.rng.choice(DIRECTORS)

    def _presser(self, owner: Actor) -> Actor:
        return owner if self.rng.random() < 0.7 else self.rng.choice(_STRANGERS)

    def _school(self, actor: Actor) -> str:
        return actor.school.id if actor.school is not None and self.rng.random() < 0.95 else OTHER.id

    def _chat(self, actor: Actor) -> str:
        return f"chat of {actor.object_id}"

    def _some_operation(self) -> tuple[str, Asked, Actor] | None:
        stored = self.world.operations.operations
        if not stored:
            return None
        ids = list(stored)
        if self.rng.random() < 0.6:
            ids = [one for one in ids if stored[one].stage in {Stage.READY, Stage.SHOWN}] or ids
        operation = ids[-1] if self.rng.random() < 0.6 else self.rng.choice(ids)
        asked = self.records.asked[operation]
        return operation, asked, next(one for one in DIRECTORS if one.object_id == asked.actor)

    def _press(self, name: str, presser: Actor, owner: Actor, coroutine: Any) -> None:
        """A press that may be refused: at once and alone, when it must be refused without a trace (I10)."""
        thread = self.world.press(name, coroutine, self._refused)
        if presser.object_id == owner.object_id or self.rng.random() < 0.3:
            self._go([thread])
            return
        before = self._fingerprint()
        self._undisturbed(thread)
        if not (thread.result is None or isinstance(thread.result, Refused)):
            raise Broken("I10", f"{presser.object_id} may {name} what is of {owner.object_id}")
        if before[1:] != self._fingerprint()[1:]:
            raise Broken("I10", f"{presser.object_id}, refused to {name}, changed something")

    def _undisturbed(self, thread: Thread) -> None:
        calm, self.world.weather.calm = self.world.weather.calm, True
        interrupt = self.world.operations.interrupt
        self.world.operations.interrupt = self.world.queue.interrupt = None
        self.world.finish(thread)
        self.world.weather.calm = calm
        self.world.operations.interrupt = self.world.queue.interrupt = interrupt

    def _go(self, threads: list[Thread]) -> None:
        """To the end, or some of the way, in turns."""
        if self.rng.random() < 0.6:
            for thread in threads:
                self.world.finish(thread)
            return
        for _ in range(self.rng.randrange(12)):
            thread = self.rng.choice(threads)
            if thread in self.world.turns:
                self.world.advance(thread)
        for thread in threads:
            if thread in self.world.turns and self.rng.random() < 0.1:
                self.world.kill(thread)

    def _labours(self, thread: Thread, steps: int) -> None:
        """So many moments of a worker's work. It may freeze where that hurts most: when the directory has answered."""
        directory = self.world.directory
        for _ in range(steps):
            directory.critical = 0.0
            if self.world.advance(thread):
                return
            if directory.critical and not self.world.weather.calm and self.rng.random() < directory.critical:
                if self.rng.random() < 0.7:
                    self._freezes(thread)
                else:
                    self._meanwhile(thread)
                return

    def _freezes(self, thread: Thread) -> None:
        thread.frozen = True
        self.world.note("frozen", thread.name)
        self.world.wait(61)
        if thread.task is not None and self.rng.random() < 0.8:
            self._take_over(thread.task)
        if self.rng.random() < 0.8 and thread in self.world.workers:
            self.world.note("thawed", thread.name)
            thread.frozen = False
            self._some_steps(thread, 6)

    def _meanwhile(self, thread: Thread) -> None:
        """While a worker is at it, its person's director asks for a new password, gets it, and looks at it."""
        operation = None if thread.task is None else thread.task.payload.get("operation")
        if operation is None:
            return
        self.world.note("meanwhile")
        asked = self.records.asked[operation]
        actor = next(one for one in DIRECTORS if one.object_id == asked.actor)
        self._numbers += 1
        usual = Recipient.TEACHER if asked.person == "teaching" else Recipient.STUDENT
        wish = Wish(
            f"operation-{self._numbers}", asked.person, asked.school, asked.conversation, usual, identity=True
        )
        self._asks(actor, wish, 1)
        for _ in range(self.rng.randrange(4)):
            self.world.finish(self.world.worker())
        if thread in self.world.workers and self.rng.random() < 0.7:
            self._some_steps(thread, 6)
        self.look()

    def _take_over(self, task: Task) -> None:
        """Other workers do what was due before, until one has this task; it does some of it, or all."""
        for _ in range(3):
            other, over = self.world.worker(), False
            while not over and (other.task is None or other.task.id != task.id):
                over = self.world.advance(other)
            if not over:
                self._labours(other, self.rng.randrange(1, 10))
                return

    def _some_steps(self, thread: Thread, most: int) -> None:
        for _ in range(self.rng.randrange(1, most)):
            if self.world.advance(thread):
                return

    def _must_show(self, operation: str, asked: Asked) -> bool:
        """Whether the password must be there for its director now, also if every answer so far was lost."""
        if not self.world.directory.truth.directs(asked.actor, asked.school) or self.records.followed(operation):
            return False
        if operation in self.records.handed:
            return False
        now = self.world.clock.now
        shown_at = self.records.first_shown.get(operation)
        if shown_at is not None:
            return now < shown_at + timedelta(seconds=self.world.timing.lease_seconds) - A_TURN
        until = self.world.operations.operations[operation].unseen_until
        return until is not None and now < until

    def _seen(self, answer: Any, operation: str, actor: Actor, conversation: str, thread: Thread) -> None:
        if isinstance(answer, Shown):
            self.world.figures.reveals += 1
            self.world.note("is shown", operation)
            self.records.shown(operation, answer.secret.reveal(), actor.object_id, conversation, thread)
            self._lost()
        self._refused(answer)

    def _lost(self) -> bool:
        if self.world.weather.calm or self.rng.random() >= 0.3:
            return False
        self.world.figures.lost += 1
        return True

    def _refused(self, answer: Any) -> None:
        self.world.figures.refused += isinstance(answer, Refused)

    def _fingerprint(self) -> tuple[object, ...]:
        """All that there is. The tasks first, which an alarm may add to."""
        store = self.world.operations
        return (
            len(self.world.queue.rows),
            dict(store.operations),
            dict(store.secrets),
            dict(store.jobs),
            [(digest, kept.open) for digest, kept in store.links.items()],
            dict(self.world.directory.passwords),
            self.world.figures.sets,
        )
