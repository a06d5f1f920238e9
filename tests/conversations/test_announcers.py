"""Everything the bot says of its own accord asks first who it says it to: who has left is told nobody's name."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from bot.core.accounts.ask import ANSWERED, ASKED, OVER
from bot.core.accounts.look import NEW, WEEKLY
from bot.core.accounts.ports import Ask
from bot.core.actors.deputies import CARDS, RESTORED
from bot.core.actors.deputies import LEFT as LEFT_SCHOOL
from bot.core.actors.model import RoleFacts
from bot.core.class_links.cases import NEWS, NUDGE, UNREACHED, CaseStage, LinkCase, Matter
from bot.core.handover.model import Recipient
from bot.core.passwords.model import ALARM, NOTICE, PROGRESS, Failure, Job, Stage
from bot.core.passwords.notices import CLASS_TEACHER
from bot.core.people.free_text import FreeText, free_text
from bot.core.tasks import Task, TryAgain
from bot.core.transfers.model import CARD, REMINDER, TELL, Event, Side, State, Verdict
from bot.core.transfers.model import NOTICE as TRANSFER_NOTICE
from bot.core.usernames.alarm import ALARM_NEWS
from tests.conversations.bot import DIRECTOR, LIPA, PEOPLE, TEACHER, TENANT, UTRO, Bot
from tests.conversations.copies import copied
from tests.conversations.passwords import only
from tests.conversations.test_roles_read_anew import world

NAMES = frozenset(
    {name for one in PEOPLE for name in one.name.split() if len(name) > 3}
    | {"Питащ", "Слято", "Директор Едно", "Физика"}
)


@dataclass(frozen=True)
class Said:
    """One message: its kind of task, to whom, the rest of the payload."""

    kind: str
    to: str
    more: Mapping[str, str] = field(default_factory=dict)
    names: bool = True
    """Whether it names a person or what somebody asked about."""
    stays: bool = False
    """Whether it is a card that says of itself, where it is there already, that it does not concern one any more."""
    despite: tuple[str, ...] = ()
    """The ways of leaving (`LEFT`) that do not end it."""


def everything(bot: Bot) -> tuple[Said, ...]:
    """At least one message of every kind."""
    operation, job = only_one(bot), "job-1"
    at = bot.clock().isoformat()
    new = max(bot.accounts.store.told_at.values())
    sent, received, refused, carried_out = bot.moves.transfers.rows.values()
    to_school = {"school": LIPA.id, "code": LIPA.code, "name": LIPA.name, "region": LIPA.region}
    return (
        Said(ALARM_NEWS, DIRECTOR, {"actor": "other-of-ours", "tenant": TENANT, "at": at, **to_school}, names=False),
        *(
            Said(kind, DIRECTOR, {"what": what, "operation": operation, "at": at})
            for kind, what in ((NOTICE, "set"), (NOTICE, "replaced"), (ALARM, "alarm"))
        ),
        Said(NOTICE, DIRECTOR, {"what": "job", "job": job}),
        Said(NOTICE, DIRECTOR, {"what": "given-up", "job": job}, names=False),
        Said(NOTICE, TEACHER, {"what": "set", "operation": operation, "as": CLASS_TEACHER}),
        Said(PROGRESS, DIRECTOR, {"job": job}),
        Said(CARD, DIRECTOR, {"transfer": sent.id, "side": Side.RECEIVING.value}, stays=True),
        Said(CARD, TEACHER, {"transfer": received.id, "side": Side.RELEASING.value}, stays=True),
        Said(
            TRANSFER_NOTICE,
            DIRECTOR,
            {
                "transfer": received.id,
                "side": Side.RELEASING.value,
                "event": Event.OPENED.value,
                "at": at,
                "by": "ruo",
            },
            names=False,
        ),
        *(
            Said(
                TRANSFER_NOTICE,
                DIRECTOR,
                {"transfer": one.id, "side": Side.RECEIVING.value, "event": event.value, "at": at},
                names=names,
            )
            for one, event, names in ((refused, Event.REFUSED, True), (carried_out, Event.DONE, False))
        ),
        Said(
            REMINDER,
            DIRECTOR,
            {"transfer": received.id, "side": Side.RELEASING.value, "event": Event.REMINDED.value, "at": at},
            names=False,
        ),
        Said(RESTORED, DIRECTOR, {"school": LIPA.id, "at": at}, names=False),
        Said(NEW, DIRECTOR, {"school": LIPA.id, "at": new.isoformat()}, names=False),
        Said(WEEKLY, DIRECTOR, {"school": LIPA.id, "week": "2026-W47"}, names=False),
        Said(NEWS, TEACHER, {"case": "case-1"}),
        Said(NEWS, DIRECTOR, {"case": "case-2"}, stays=True),
        Said(NEWS, TEACHER, {"case": "case-2", "look": UNREACHED}),
        # Of classes that the directory says are the teacher's own, wherever they are.
        Said(NUDGE, TEACHER, names=False, despite=("elsewhere",)),
        Said(ASKED, DIRECTOR, {"ask": "ask-1"}, stays=True),
        Said(ASKED, TEACHER, {"ask": "ask-1", "ended": OVER}),
    )


NOT_TO_ANYBODY = {TELL, CARDS, LEFT_SCHOOL}
"""Find out whom something concerns, and say nothing themselves."""


def only_one(bot: Bot) -> str:
    return next(one.asked.id for one in bot.room.made if not one.asked.job)


async def school_in_the_middle_of_everything() -> Bot:
    bot, _ = await world()
    now = bot.clock()
    first = only(bot)
    job = Job("job-1", now, DIRECTOR, TENANT, f"chat-{DIRECTOR}", LIPA.id, "5 б", Recipient.STUDENT)
    failed = replace(
        first,
        asked=replace(first.asked, id="op-2", job=job.id, person="person-5", name="Йоана Пробна Щерева"),
        stage=Stage.FAILED,
        failure=Failure.FORBIDDEN,
    )
    bot.room.operations.jobs[job.id] = job
    bot.room.operations.operations["op-2"] = failed
    bot.room.operations._of_job[job.id] = ["op-2"]
    case = LinkCase("case-1", Matter.QUESTION, LIPA, "105", "a.b", "Физика", now, TEACHER, "Учител Питащ", TENANT)
    done = replace(case, stage=CaseStage.DECLINED, ended_at=now, by_name="Директор Едно", answer=FreeText("Слято."))
    bot.links.cases.cases |= {"case-1": done, "case-2": replace(case, id="case-2", class_id="104")}
    store = bot.accounts.store
    store.asked["ask-1"] = Ask(
        "ask-1", LIPA.id, "person-6", now, TEACHER, TENANT, "Мария Едина Еднаква", "Учител Питащ", "5 б", LIPA.code
    )
    rows = bot.moves.transfers.rows
    sent = next(iter(rows.values()))
    words = Verdict("other-director", "Друг", Side.RELEASING, now, free_text("Ученичката е Преместена.", 60))
    for state in (State.REFUSED, State.DONE):
        rows[state] = replace(sent, asked=replace(sent.asked, id=state), state=state, ended_at=now, verdict=words)
    for one in PEOPLE:
        bot.room.rosters.teachers[one.id] = (TEACHER,)
    await bot.says(DIRECTOR, "профили")
    for row in (await store.kept(LIPA.id)).rows:
        store.told_at[LIPA.id, row.account.person] = now
    bot.roles.facts["other-of-ours"] = replace(bot.roles.facts[DIRECTOR], object_id="other-of-ours", name="Друг")
    return bot


async def said(bot: Bot, one: Said) -> str:
    """Everything that arrives, or changes, with this message and the worker's next looks at it."""
    handler = next(handler for handler in bot.handlers() if handler.kind == one.kind)
    messenger = bot.moves.messenger
    before = len(messenger.sent), len(messenger.updated)
    for attempt in range(1, 4):
        payload = dict(one.more) | ({} if one.kind == PROGRESS else {"to": one.to})
        try:
            await handler.carry_out(Task(1, one.kind, f"{one.kind}:{one.to}", payload, attempt))
        except TryAgain as later:
            bot.clock.now += later.after
        else:
            break
    replies = [*messenger.sent[before[0] :], *messenger.updated[before[1] :]]
    return "\n".join(json.dumps(reply.card, ensure_ascii=False) + (reply.text or "") for _, _, reply in replies)


def named(text: str) -> set[str]:
    return {name for name in NAMES if name in text}


def moved(facts: RoleFacts) -> RoleFacts:
    """To another school, with the same work."""
    if facts.extension_role == "0":
        return replace(facts, username="2990002@edu.mon.bg", schools=(UTRO,))
    return replace(facts, schools=(UTRO,))


LEFT = {
    "disabled": lambda facts: replace(facts, enabled=False),
    "deleted": lambda facts: RoleFacts(facts.object_id, exists=False),
    "elsewhere": moved,
}


async def test_every_kind_that_speaks_is_walked():
    bot = await school_in_the_middle_of_everything()
    speaks = {one.kind for one in bot.handlers() if getattr(one, "urgency", None) is not None}
    assert speaks - NOT_TO_ANYBODY == {one.kind for one in everything(bot)}


async def test_whoever_it_is_meant_for_is_told():
    bot = await school_in_the_middle_of_everything()
    bot.clock.now += timedelta(days=8)
    for one in everything(bot):
        there = copied(bot)
        text = await said(there, one)
        assert bool(named(text)) is one.names, (one, text)
        assert text, one


@pytest.mark.parametrize("how", LEFT)
async def test_who_has_left_is_told_nothing_and_a_card_that_is_there_says_that_it_concerns_them_no_more(how):
    bot = await school_in_the_middle_of_everything()
    bot.clock.now += timedelta(days=8)
    spoke, replaced = [], []
    for one in everything(bot):
        there = copied(bot)
        there.roles.facts[one.to] = LEFT[how](there.roles.facts[one.to])
        heard = await said(there, one)
        assert not named(heard), one
        spoke += [one] if heard else []

        there = copied(bot)
        assert await said(there, one), one
        there.roles.facts[one.to] = LEFT[how](there.roles.facts[one.to])
        if one.kind == PROGRESS:
            operation = there.room.operations.operations["op-2"]
            there.room.operations.operations["op-2"] = replace(operation, failure=Failure.MISSING)
        heard = await said(there, one)
        assert not named(heard), one
        assert ("вече не се отнася" in heard) is bool(heard), one
        replaced += [one] if heard else []
    assert spoke == [one for one in everything(bot) if how in one.despite]
    assert replaced == [one for one in everything(bot) if one.stays]


async def test_a_class_teacher_who_left_the_school_is_not_told_what_was_set_for_the_class():
    bot = await school_in_the_middle_of_everything()
    job = replace(bot.room.operations.operations["op-2"].asked, id="op-3", job="job-1")
    first = bot.room.operations.operations["op-2"]
    bot.room.operations.operations["op-3"] = replace(first, asked=job, stage=Stage.READY, failure=None)
    told = Said(ASKED, TEACHER, {"ask": "ask-1", "ended": ANSWERED, "operation": "op-3"})
    assert named(await said(copied(bot), told))
    bot.roles.facts[TEACHER] = moved(bot.roles.facts[TEACHER])
    assert not await said(bot, told)
