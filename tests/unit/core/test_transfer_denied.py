"""Who was refused about a request leaves one entry: who wanted what, of whom as far as that is theirs to know."""

from dataclasses import replace
from typing import Any

import pytest

from bot.core.actors.model import Actor, Role
from bot.core.audit import AuditEntry
from bot.core.decision import Decision, Reason
from bot.core.transfers.blind import blind
from bot.core.transfers.decide import Deed, NotDecided
from bot.core.transfers.model import Side, State
from bot.core.transfers.policy import Choice
from bot.core.transfers.read import NotSeen, Seen
from tests.properties.strategies import TENANT
from tests.unit.core.transfer_world import (
    ASKER,
    COLLEAGUE,
    DEPUTY,
    EXPERT,
    HEAD,
    NAMESAKE,
    OTHER_EXPERT,
    THIRD_HEAD,
    World,
)

STRANGER = Actor("stranger", TENANT, Role.NONE)

# Who, on which side, wants what with which words; whom the entry names, and why not.
DECISIONS = [
    ((STRANGER, None), Choice.APPROVE, "причина", "press-1", Reason.NO_REQUEST),
    ((THIRD_HEAD, None), Choice.APPROVE, "причина", "press-1", Reason.NO_REQUEST),
    ((OTHER_EXPERT, None), Choice.APPROVE, "причина", "press-1", Reason.NO_REQUEST),
    ((EXPERT, Side.OFFICE), Choice.APPROVE, "", "press-1", Reason.REASON_MISSING),
    ((EXPERT, Side.OFFICE), Choice.WITHDRAW, "причина", "press-1", Reason.NO_REQUEST),
    ((DEPUTY, Side.RELEASING), Choice.REFUSE, "12", "pupil", Reason.REASON_MISSING),
    ((COLLEAGUE, Side.RECEIVING), Choice.APPROVE, "причина", "pupil", Reason.OWN_REQUEST),
    ((NAMESAKE, Side.RELEASING), Choice.REFUSE, "причина", "pupil", Reason.OWN_REQUEST),
]


@pytest.mark.parametrize(
    ("who", "choice", "words", "subject", "reason"),
    DECISIONS,
    ids=[f"{one[0][0].object_id} {one[1]}" for one in DECISIONS],
)
async def test_a_decision_that_was_refused_is_recorded_once(who, choice, words, subject, reason):
    (actor, side), world = who, World()
    await world.escalated()
    before = list(world.audit.entries)

    refused = await world.does(actor, choice, words)

    shown: dict[Side | None, Any] = {None: None, Side.OFFICE: blind(world.now)}
    assert refused == NotDecided(Decision(reason), shown.get(side, world.now), side)
    assert world.audit.entries[len(before) :] == [
        AuditEntry(
            world.clock(),
            actor.object_id,
            "transfer.denied",
            subject,
            "denied",
            {"what": choice.value, "reason": reason.value},
        )
    ]
    assert world.now.state is State.ESCALATED


async def test_whose_authority_has_ended_decides_nothing_with_the_card_of_before():
    world = World()
    await world.asked()
    world.actors.actors["deputy"] = replace(DEPUTY, deputy_of=None)

    refused = await world.does(DEPUTY, Choice.APPROVE)

    assert refused == NotDecided(Decision(Reason.NO_REQUEST))
    last = world.audit.entries[1:]
    assert [(one.actor, one.action, one.subject, one.detail) for one in last] == [
        ("deputy", "transfer.denied", "press-1", {"what": "approve", "reason": "no-request"})
    ]
    assert world.now.state is State.REQUESTED


async def test_nor_is_anything_decided_about_a_request_that_there_is_not():
    world = World()

    refused = await world.decide(HEAD, Deed("press-9", 1, Choice.APPROVE))

    assert refused == NotDecided(Decision(Reason.NO_REQUEST))
    assert [(one.actor, one.subject) for one in world.audit.entries] == [("head", "press-9")]


OPENINGS = [
    (STRANGER, "причина", Reason.NO_REQUEST),
    (HEAD, "причина", Reason.NO_REQUEST),
    (ASKER, "причина", Reason.NO_REQUEST),
    (OTHER_EXPERT, "причина", Reason.NO_REQUEST),
    (replace(DEPUTY, deputy_of=None), "причина", Reason.NO_REQUEST),
    (EXPERT, " 12 ", Reason.REASON_MISSING),
]


@pytest.mark.parametrize(
    ("actor", "words", "reason"), OPENINGS, ids=[f"{one[0].object_id} {one[2]}" for one in OPENINGS]
)
async def test_who_is_not_shown_the_student_is_recorded_once_by_the_number_of_the_request(actor, words, reason):
    world = World()
    world.actors.actors[actor.object_id] = actor
    await world.escalated()
    before, told = list(world.audit.entries), world.told()

    assert await world.read.open(actor, "press-1", words) == NotSeen(Decision(reason))

    assert world.audit.entries[len(before) :] == [
        AuditEntry(
            world.clock(),
            actor.object_id,
            "transfer.denied",
            "press-1",
            "denied",
            {"what": "open", "reason": reason.value},
        )
    ]
    assert world.told() == told


async def test_who_is_shown_the_student_is_recorded_with_the_reason_and_the_schools_are_told():
    world = World()
    await world.escalated()
    before = len(world.audit.entries)

    seen = await world.read.open(EXPERT, "press-1", " Жалба\nот родител ")

    assert isinstance(seen, Seen)
    assert seen.transfer == world.now
    asked = {"transfer": "press-1", "number": "1", "receiving": "school-1", "releasing": "school-2", "version": "2"}
    assert world.audit.entries[before:] == [
        AuditEntry(
            world.clock(),
            "expert",
            "transfer.opened",
            "pupil",
            "shown",
            asked | {"reason": "Жалба от родител"},
        )
    ]
    assert world.told()[-1] == "opened"


async def test_what_an_expert_opened_is_recorded_and_told_together_or_not_at_all():
    """A worker that is killed must leave neither a record nobody is told of, nor news of what was not recorded."""
    world = World()
    await world.escalated()
    before, told = list(world.audit.entries), world.told()

    def dies(call: str, when: str) -> None:
        if when == "before":
            raise ConnectionError(call)

    world.queue.interrupt = world.transfers.interrupt = dies
    with pytest.raises(ConnectionError):
        await world.read.open(EXPERT, "press-1", "Жалба от родител")

    assert (world.audit.entries, world.told()) == (before, told)
