"""The promises of the stores that are small: look-ups charged, authorities given, messages sent, languages chosen."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bot.core.actors.deputies import Deputy
from bot.core.actors.ports import Deputies
from bot.core.audit import AuditEntry
from bot.core.decision import ALLOWED, Decision, Reason
from bot.core.errors import StoreUnavailable
from bot.core.people.free_text import free_text
from bot.core.ports import LookupLedger, Preferences
from bot.core.usernames.model import Attempt, Outcome, Reach
from tests.fakes_transfers import anybody
from tests.promises.store import NOW, Clock, Unwritable

REFUSED = Decision(Reason.OTHER_BUDGET_SPENT)


@dataclass
class SmallStores:
    """Each empty, at `NOW`. `entries` gives the whole audit log, oldest first."""

    ledger: LookupLedger
    deputies: Deputies
    messages: Any
    """`bot.announcer.speaking.Messages`; what it gives has the fields of `StoredMessage`."""
    preferences: Preferences
    clock: Clock
    entries: Callable[[], Awaitable[list[AuditEntry]]]

    def pass_by(self, **by: float) -> None:
        self.clock.now += timedelta(**by)


def at_most(budget: int) -> Callable[[Sequence[Attempt]], Decision]:
    """An honest judge: it counts what it is shown and nothing else."""
    return lambda attempts: ALLOWED if len(attempts) < budget else REFUSED


def looked_up(at: datetime = NOW) -> AuditEntry:
    return AuditEntry(at, "director", "username.lookup", "v1:subject", "hit", {"purpose": "moved"})


async def shown(store: SmallStores, actor: str = "director", at: datetime = NOW) -> list[Attempt]:
    """What a judge is shown; refuses, so that asking leaves no trace."""
    seen: list[Attempt] = []

    def judge(attempts: Sequence[Attempt]) -> Decision:
        seen.extend(attempts)
        return REFUSED

    assert await store.ledger.reserve(actor, "just asking", Reach.OWN, at, judge) == REFUSED
    return seen


def deputy(person: str = "teacher", **changes: Any) -> Deputy:
    given = Deputy(
        "school",
        person,
        "Рада Вихрова",
        free_text("РД-7", 40),
        date(2026, 9, 14),
        "director",
        NOW,
        NOW + timedelta(days=30),
    )
    return replace(given, **changes)


def authorised(person: str = "teacher") -> AuditEntry:
    return AuditEntry(NOW, "director", "deputy.authorised", person, "done", {})


class LedgerPromises:
    async def test_what_is_allowed_is_charged_and_what_is_refused_is_not(self, store: SmallStores):
        reserve = store.ledger.reserve
        decisions = [await reserve("director", f"op{one}", Reach.OTHER, NOW, at_most(2)) for one in range(4)]

        assert decisions == [ALLOWED, ALLOWED, REFUSED, REFUSED]
        assert await shown(store) == [Attempt(NOW, Reach.OTHER, Outcome.PENDING)] * 2
        assert await shown(store, "somebody else") == []
        assert await store.entries() == []

    async def test_an_operation_is_charged_once(self, store: SmallStores):
        for _ in range(3):
            assert await store.ledger.reserve("director", "op", Reach.OTHER, NOW, at_most(1)) == ALLOWED
        assert len(await shown(store)) == 1

        def never(attempts: Sequence[Attempt]) -> Decision:
            raise AssertionError(f"judged with {attempts}")

        assert await store.ledger.reserve("director", "op", Reach.OWN, NOW, never) == ALLOWED
        assert await store.ledger.reserve("another", "op", Reach.OTHER, NOW, at_most(0)) == REFUSED

    async def test_at_once_no_more_than_the_budget(self, store: SmallStores):
        decisions = await asyncio.gather(
            *(store.ledger.reserve("director", f"op{one}", Reach.OTHER, NOW, at_most(3)) for one in range(7))
        )
        assert sum(decision.allowed for decision in decisions) == 3

    async def test_a_judge_sees_seven_days_oldest_first_without_what_failed(self, store: SmallStores):
        await store.ledger.reserve("another", "op", Reach.OTHER, NOW, at_most(9))
        for days in (1, 8, 6, 7):
            at = NOW - timedelta(days=days)
            await store.ledger.reserve("director", f"op{days}", Reach.OTHER, at, at_most(9))
        await store.ledger.settle("director", "op6", Reach.OTHER, Outcome.FAILED, [])

        assert [one.at for one in await shown(store)] == [NOW - timedelta(days=1)]
        assert [one.at for one in await shown(store, at=NOW - timedelta(hours=1))] == [
            NOW - timedelta(days=7),
            NOW - timedelta(days=1),
        ]

    async def test_what_came_of_it_stays_and_is_written_to_the_log_every_time(self, store: SmallStores):
        await store.ledger.reserve("director", "op", Reach.OTHER, NOW, at_most(9))
        settle = store.ledger.settle
        await settle("director", "op", Reach.OWN, Outcome.HIT, [looked_up()], schools=frozenset({"a"}))
        await settle("director", "op", Reach.OTHER, Outcome.MISS, [looked_up()], schools=frozenset({"b"}))
        await settle("director", "never reserved", Reach.OTHER, Outcome.HIT, [looked_up()])

        assert await shown(store) == [Attempt(NOW, Reach.OWN, Outcome.HIT, frozenset({"a"}))]
        assert await store.entries() == [looked_up()] * 3

    async def test_what_failed_is_judged_anew_and_may_end_otherwise(self, store: SmallStores):
        await store.ledger.reserve("director", "op", Reach.OTHER, NOW, at_most(9))
        await store.ledger.settle("director", "op", Reach.OTHER, Outcome.FAILED, [])

        assert await store.ledger.reserve("director", "op", Reach.OTHER, NOW, at_most(0)) == REFUSED
        assert await store.ledger.reserve("director", "op", Reach.OTHER, NOW, at_most(1)) == ALLOWED
        await store.ledger.settle("director", "op", Reach.OTHER, Outcome.HIT, [])
        assert [one.outcome for one in await shown(store)] == [Outcome.HIT]


class DeputiesPromises:
    async def test_an_authority_holds_from_its_beginning_until_its_end(self, store: SmallStores):
        given = deputy()
        await store.deputies.authorise(given, [authorised()], anybody)

        for at, holds in (
            (NOW - timedelta(seconds=1), False),
            (NOW, True),
            (given.until - timedelta(seconds=1), True),
            (given.until, False),
        ):
            expected = (given,) if holds else ()
            assert await store.deputies.of_person("teacher", at) == expected
            assert await store.deputies.of_school("school", at) == expected
        assert await store.deputies.of_person("another", NOW) == ()
        assert await store.deputies.of_school("another", NOW) == ()
        assert [(one.action, one.subject) for one in await store.entries()] == [("deputy.authorised", "teacher")]

    async def test_a_new_one_takes_the_place_of_the_one_before(self, store: SmallStores):
        later = NOW + timedelta(days=1)
        await store.deputies.authorise(deputy(), [], anybody)
        await store.deputies.authorise(deputy(since=later, until=later + timedelta(days=5)), [], anybody)

        (holds,) = await store.deputies.of_person("teacher", later)
        assert holds.until == later + timedelta(days=5)
        assert await store.deputies.of_person("teacher", later + timedelta(days=5)) == ()

    async def test_a_judge_is_shown_what_is_not_over_and_what_it_denies_is_not_kept(self, store: SmallStores):
        """The newest first; also what a replica has just given whose clock is ahead."""
        ahead = deputy(school="b", since=NOW + timedelta(seconds=2))
        for given in (deputy(school="a"), ahead, deputy(school="over", until=NOW), deputy("another")):
            await store.deputies.authorise(given, [], anybody)
        seen: list[Deputy] = []

        def judge(held: Sequence[Deputy]) -> Decision:
            seen.extend(held)
            return REFUSED

        assert await store.deputies.authorise(deputy(), [authorised()], judge) == REFUSED
        assert seen == [ahead, deputy(school="a")]
        assert [one.school for one in await store.deputies.of_person("teacher", NOW)] == ["a"]
        assert "deputy.authorised" not in {one.action for one in await store.entries()}
        assert (await store.deputies.authorise(deputy(), [], lambda held: ALLOWED)).allowed

    async def test_of_several_schools_that_authorise_somebody_at_once_one_does(self, store: SmallStores):
        def alone(held: Sequence[Deputy]) -> Decision:
            return REFUSED if held else ALLOWED

        given = [store.deputies.authorise(deputy(school=f"school-{number}"), [], alone) for number in range(6)]
        decisions = await asyncio.gather(*given)

        assert sum(one.allowed for one in decisions) == 1
        assert len(await store.deputies.of_person("teacher", NOW)) == 1

    async def test_ended_it_gives_nothing_and_ends_once(self, store: SmallStores):
        await store.deputies.authorise(deputy(), [], anybody)
        await store.deputies.authorise(deputy(school="other"), [], anybody)
        ends = NOW + timedelta(hours=1)

        assert await store.deputies.end("school", "teacher", ends, [authorised()]) is True
        assert await store.deputies.end("school", "teacher", ends, [authorised()]) is False
        assert await store.deputies.end("school", "nobody", ends, [authorised()]) is False
        assert [one.school for one in await store.deputies.of_person("teacher", ends)] == ["other"]
        told = [one for one in await store.entries() if one.action == "deputy.authorised"]
        assert len(told) == 1  # a store may also write what it seals

    async def test_the_schools_that_have_authorised_somebody_are_told_once_each(self, store: SmallStores):
        for given in (
            deputy(school="b"),
            deputy("another", school="b"),
            deputy("third", school="a"),
            deputy(school="over", until=NOW),
            deputy(school="to come", since=NOW + timedelta(days=1)),
        ):
            await store.deputies.authorise(given, [], anybody)

        assert await store.deputies.schools(NOW) == ("a", "b")

    async def test_what_cannot_be_recorded_neither_gives_an_authority_nor_ends_one(self, store: SmallStores):
        with pytest.raises(StoreUnavailable):
            await store.deputies.authorise(deputy(), Unwritable(), anybody)
        assert await store.deputies.of_person("teacher", NOW) == ()

        given = deputy()
        await store.deputies.authorise(given, [], anybody)
        with pytest.raises(StoreUnavailable):
            await store.deputies.end("school", "teacher", NOW, Unwritable())
        assert await store.deputies.of_school("school", NOW) == (given,)
        assert "deputy.authorised" not in {one.action for one in await store.entries()}

    async def test_a_persons_newest_comes_first_and_a_schools_oldest(self, store: SmallStores):
        later = NOW + timedelta(hours=1)
        await store.deputies.authorise(deputy(school="b", since=later), [], anybody)
        await store.deputies.authorise(deputy(school="a"), [], anybody)
        await store.deputies.authorise(deputy("second", school="c", since=later), [], anybody)
        await store.deputies.authorise(deputy("first", school="c"), [], anybody)

        assert [one.school for one in await store.deputies.of_person("teacher", later)] == ["b", "a"]
        assert [one.person for one in await store.deputies.of_school("c", later)] == ["first", "second"]


class MessagesPromises:
    async def test_a_message_is_intended_sent_and_changed(self, store: SmallStores):
        messages = store.messages
        assert await messages.known("key") is None
        assert _row(await messages.intend("key", "a:1")) == ("a:1", "", "intent", "")
        assert _row(await messages.intend("key", "a:1")) == ("a:1", "", "intent", "")
        await messages.sent("key", "f:7", "3/27")
        assert _row(await messages.intend("key", "a:1")) == ("a:1", "f:7", "sent", "3/27")
        await messages.shown("key", "4/26")
        assert _row(await messages.intend("key", "a:2")) == ("a:1", "f:7", "sent", "4/26")
        assert _row(await messages.known("key")) == ("a:1", "f:7", "sent", "4/26")

    async def test_what_is_intended_is_sent_by_one_at_a_time(self, store: SmallStores):
        messages = store.messages
        assert await messages.begin("key") is None, "never intended"
        await messages.intend("key", "a:1")
        sign = await messages.begin("key")
        assert sign is not None
        assert await messages.begin("key") is None
        await messages.not_sent("key", "of another", in_doubt=False)
        assert await messages.begin("key") is None
        await messages.not_sent("key", sign, in_doubt=False)
        assert await messages.begin("key") is not None
        await messages.sent("key", "f:7", "3/27")
        assert await messages.begin("key") is None
        await messages.not_sent("key", sign, in_doubt=False)
        assert _row(await messages.known("key")) == ("a:1", "f:7", "sent", "3/27")

    async def test_what_was_begun_and_not_certainly_refused_is_in_doubt(self, store: SmallStores):
        messages = store.messages
        assert not (await messages.intend("key", "a:1")).in_doubt
        refused = await messages.begin("key")
        assert (await messages.known("key")).in_doubt, "whoever sends it may be killed"
        await messages.not_sent("key", refused, in_doubt=False)
        assert not (await messages.known("key")).in_doubt
        unclear = await messages.begin("key")
        await messages.not_sent("key", unclear, in_doubt=True)
        assert (await messages.known("key")).in_doubt
        again = await messages.begin("key")
        assert again is not None, "anybody may try"
        await messages.sent("key", "f:7", "x")
        assert not (await messages.known("key")).in_doubt

    async def test_a_sending_that_nobody_ended_lapses(self, store: SmallStores):
        messages = store.messages
        await messages.intend("key", "a:1")
        first = await messages.begin("key")
        store.pass_by(seconds=14)
        assert await messages.begin("key") is None
        store.pass_by(seconds=1)
        second = await messages.begin("key")
        assert second not in {None, first}
        assert first is not None
        await messages.not_sent("key", first, in_doubt=False)
        assert await messages.begin("key") is None, "the first one is not the second's to end"

    async def test_a_forgotten_one_begins_anew_and_one_never_intended_is_not_made_up(self, store: SmallStores):
        messages = store.messages
        await messages.intend("key", "a:1")
        await messages.sent("key", "f:7", "x")
        for _ in range(2):
            await messages.forget("key")
        await messages.sent("key", "f:8", "y")
        await messages.shown("key", "y")
        assert await messages.known("key") is None
        assert _row(await messages.intend("key", "a:2")) == ("a:2", "", "intent", "")

    async def test_which_are_not_sent_and_those_that_another_covers(self, store: SmallStores):
        messages = store.messages
        await messages.intend("intended", "a:1")
        await messages.intend("sent", "a:1")
        await messages.sent("sent", "f:7", "x")
        keys = {"intended", "sent", "never"}
        assert await messages.unsent(keys) == {"intended", "never"}

        await messages.covered(keys, "a:1", "y")

        assert await messages.unsent(keys) == frozenset()
        assert _row(await messages.known("sent")) == ("a:1", "f:7", "sent", "x")
        assert _row(await messages.known("never")) == ("a:1", "", "sent", "y")

    async def test_since_when_is_the_first_time_it_was_asked(self, store: SmallStores):
        assert await store.messages.since("key", "a:1") == NOW
        store.pass_by(days=3)
        assert await store.messages.since("key", "a:1") == NOW
        assert await store.messages.since("other", "a:1") == NOW + timedelta(days=3)


class PreferencesPromises:
    async def test_a_choice_is_remembered_and_can_be_changed(self, store: SmallStores):
        assert await store.preferences.language("person") is None
        await store.preferences.choose_language("person", "en")
        assert await store.preferences.language("person") == "en"
        await store.preferences.choose_language("person", "bg")
        assert await store.preferences.language("person") == "bg"
        assert await store.preferences.language("somebody else") is None


def _row(message: Any) -> tuple[str, str, str, str]:
    return message.conversation_id, message.activity_id, message.state, message.shown
