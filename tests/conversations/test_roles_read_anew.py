"""What was taken away between two presses: whoever it was taken from is shown nobody and has no effect any more."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.conversation import Pressed, Reply
from bot.core.accounts.model import OwnGroup
from bot.core.actors.model import RoleFacts
from bot.core.lists.show import mark_of
from bot.core.people.free_text import free_text
from bot.core.people.model import Kind, Person
from bot.core.transfers.policy import Choice
from bot.dialogs import DIALOGS
from bot.seals import Holder, Sealer
from tests.conversations.bot import (
    ALL_YEAR,
    CATALOG,
    DIALOG_NAMES,
    DIRECTOR,
    EGN_MOVED,
    EGN_OWN,
    LIPA,
    OTHER_DIRECTOR,
    PEOPLE,
    RUO,
    SHOWS_NOBODY,
    TEACHER,
    TENANT,
    UTRO,
    VERBS,
    Bot,
    shown,
)
from tests.conversations.copies import copied
from tests.conversations.passwords import only, ready
from tests.fakes_lists import list_naming
from tests.unit.core.test_transfer_policy import TODAY

COLLEAGUE = Person(
    TEACHER, "Ася Пробна Близка", "a.b@edu.mon.bg", Kind.TEACHER, PEOPLE[0].state, (LIPA,), teams=(), identifier=""
)
OPENS_EMPTY = {one.name for one in DIALOGS if one.opens in one.shows_nobody}
NAMES = frozenset({name for one in (*PEOPLE, COLLEAGUE) for name in one.name.split() if len(name) > 3})


async def world() -> tuple[Bot, Mapping[str, str]]:
    """A school in the middle of everything, and ids of whatever a card can be about. All roles are remembered."""
    bot = Bot(people=(*PEOPLE, COLLEAGUE), season=ALL_YEAR)
    bot.kept_lists.kept[LIPA.id] = list_naming(LIPA, PEOPLE[:3], "Нова Пробна Ученичка")
    await ready(bot)
    await bot.says(DIRECTOR, "профили")
    form = await bot.presses(
        DIRECTOR, await bot.says(DIRECTOR, "ново искане"), "Търсене", kind="egn", typed=EGN_MOVED
    )
    await bot.presses(DIRECTOR, form, "Изпращане на искането", basis="application", to_class="5 б")
    form = await bot.presses(
        OTHER_DIRECTOR, await bot.says(OTHER_DIRECTOR, "ново искане"), "Търсене", kind="egn", typed=EGN_OWN
    )
    await bot.presses(OTHER_DIRECTOR, form, "Изпращане на искането", basis="application", to_class="5 б")
    sent, received = bot.moves.transfers.rows.values()
    listed = await bot.presses(DIRECTOR, await bot.says(DIRECTOR, "искания"), "Упълномощени лица")
    search = await bot.presses(DIRECTOR, listed, "Упълномощаване на колега")
    form = await bot.presses(DIRECTOR, search, "Търсене", typed="a.b@edu.mon.bg")
    day = {"order_date": TODAY.isoformat(), "until": (TODAY + timedelta(days=30)).isoformat()}
    await bot.presses(DIRECTOR, form, "Упълномощаване", order="РД-1", **day)
    ids = {
        "operation": only(bot).asked.id,
        "person": "person-5",
        "people": f"person-5,{TEACHER}",
        "persons": "person-5",
        "school": LIPA.id,
        "class": "5 б",
        "request": received.id,
        "requests": f"{received.id}:{received.version},{sent.id}:{sent.version}",
        "choice": Choice.APPROVE.value,
        "what": "all",
        "key": "105/a.b",
        "act": "add-students",
        "recipient": "student",
        "identity": "true",
        "of": "class:5 б",
        "state": "only-listed",
        "listed": mark_of(bot.kept_lists.kept[LIPA.id].people[-1]),
        "grade": "5",
        "kept": "group-1",
    }
    bot.accounts.store.kept_groups["group-1"] = (LIPA.id, OwnGroup("group-1", free_text("Клуб", 40), ("person-5",)))
    return bot, ids


INPUTS = {
    "kind": "egn",
    "typed": EGN_OWN,
    "class": "5 б",
    "students": "person-5",
    "recipient": "student",
    "identity": "true",
    "reason": "Още е при нас.",
    "basis": "application",
    "to_class": "5 б",
    "group": "all",
    "signed": "person-100",
    "closers": "class-teacher",
    "sentence": "Паролата се сменя.",
    "group_name": "Клуб",
    "numbers": EGN_MOVED,
    "grade": "5",
}


async def pressed(bot: Bot, who: str, verb: str, ids: Mapping[str, str]) -> Reply:
    """The button of this verb, genuine and the person's own, filled in."""
    ids = dict(ids)
    people = {"lookup.pick", "password.pick", "transfer.pick"}
    chosen = dict.fromkeys(people, "person-5") | {"deputy.pick": TEACHER}
    if verb in {"deputy.pick", "deputy.authorise", "deputy.end", "deputy.ended"}:
        ids["person"] = TEACHER
    typed = {**INPUTS, "choice": chosen.get(verb, ids["request"]), "ticked": ids["request"]}
    if verb.startswith(("accounts.", "own.")):
        typed["recipient"] = "owner"
    if verb == "deputy.search":
        typed["typed"] = "a.b@edu.mon.bg"
    holder = Holder(who, TENANT, f"chat-{who}")
    sealer = Sealer(b"s" * 32, lambda: "kept")
    data = sealer.seal(verb, holder, bot.clock(), timedelta(minutes=5), ids=ids, version=1)
    reply = await bot.responder(bot.turn(who, Pressed(verb, {**data, **typed})))
    assert reply is not None
    return reply


def names_in(reply: Reply) -> set[str]:
    written = json.dumps(reply.card, ensure_ascii=False) + (reply.text or "")
    return {name for name in NAMES if name in written}


def kept(bot: Bot) -> Any:
    """Everything that a press may change."""
    moves, links, store = bot.moves, bot.links, bot.accounts.store
    noted = [store.receipts, store.reversals, store.chosen, store.kept_groups, store.asked]
    listed = {school: one.files for school, one in bot.kept_lists.kept.items()}
    others = [bot.kept_lists.kept, listed, bot.kept_lists.told, bot.intake.rows, vars(links.one_time_links)]
    tasks = {row.key: row.status for row in bot.room.queue.rows.values()}
    return repr(
        [
            moves.transfers.rows,
            moves.deputies.rows,
            bot.room.made,
            tasks,
            vars(links.cases),
            vars(links.by_hand),
            noted,
            others,
        ]
    )


def asked_anew(bot: Bot, who: str, calls: int) -> bool:
    return ("role_facts", who) in bot.roles.calls[calls:]


async def test_every_press_that_may_show_somebody_asks_anew_who_it_is():
    """A verb that is to come is among them, unless it is said to open something empty."""
    bot, ids = await world()
    await bot.says(TEACHER, "помощ")
    await bot.says(RUO, "помощ")
    before = kept(bot)

    for who in (DIRECTOR, TEACHER, RUO):
        for verb in VERBS:
            there = copied(bot)
            calls = len(there.roles.calls)
            reply = await pressed(there, who, verb, ids)
            assert asked_anew(there, who, calls) is (verb not in SHOWS_NOBODY), verb
            assert verb not in SHOWS_NOBODY or not names_in(reply), verb
        for command in set(DIALOG_NAMES):
            there = copied(bot)
            calls = len(there.roles.calls)
            reply = await there.says(who, CATALOG.speak("bg")(f"command-{command}"))
            assert asked_anew(there, who, calls) is (command not in OPENS_EMPTY), command
            assert command not in OPENS_EMPTY or not names_in(reply), command
    assert kept(bot) == before, "a copy is a world of its own"


@pytest.mark.parametrize(
    "how", [lambda facts: replace(facts, enabled=False), lambda facts: replace(facts, schools=())]
)
async def test_an_old_card_under_the_verb_of_an_empty_form_tells_nothing(how):
    """What stands beside the seal is the sender's: it does not choose how freshly who asks is read. A card that is too
    old to be obeyed still says what became of a request, and so whom it is about.
    """
    bot, ids = await world()
    held, sealer = Holder(TEACHER, TENANT, f"chat-{TEACHER}"), Sealer(b"s" * 32, lambda: "kept")
    await bot.says(TEACHER, "помощ")

    for verb in VERBS:
        there = copied(bot)
        own = {**ids, "request": list(bot.moves.transfers.rows)[1]}
        data = sealer.seal(verb, held, there.clock(), timedelta(seconds=-1), ids=own, version=1)
        there.roles.facts[TEACHER] = how(there.roles.facts[TEACHER])
        for said in (verb, *SHOWS_NOBODY):
            reply = await there.responder(there.turn(TEACHER, Pressed(said, data)))
            assert reply is not None
            assert not names_in(reply), (verb, said)
            assert said == verb or shown(reply) == CATALOG.speak("bg")("refusal-card-broken"), (verb, said)


EFFECTS = {
    "accounts.choose", "accounts.closed", "accounts.group-dropped", "accounts.papers",
    "accounts.table", "class.confirm", "intake.ask", "listed.upload",
}  # fmt: skip
"""Of the board, its lists and intake: what a director changes with them."""

GONE = {
    "disabled": lambda facts: replace(facts, enabled=False),
    "deleted": lambda facts: RoleFacts(facts.object_id, exists=False),
}


@pytest.mark.parametrize(
    ("who", "how"),
    [
        (TEACHER, "deleted"),
        *(
            pytest.param(*one, marks=pytest.mark.long)
            for one in ((DIRECTOR, "disabled"), (DIRECTOR, "deleted"), (TEACHER, "disabled"))
        ),
    ],
)
async def test_who_was_disabled_between_two_presses_is_shown_nobody_and_changes_nothing(who, how):
    bot, ids = await world()
    await bot.says(who, "помощ")
    seen_before, changed = set(), set()

    for verb in VERBS:
        there = copied(bot)
        before = kept(there)
        if names_in(await pressed(there, who, verb, ids)):
            seen_before.add(verb)
        if kept(there) != before:
            changed.add(verb)
        there = copied(bot)
        there.roles.facts[who] = GONE[how](there.roles.facts[who])
        before = kept(there)
        reply = await pressed(there, who, verb, ids)
        assert not names_in(reply), verb
        assert kept(there) == before, verb

    # The walk can see somebody: a director on the way to everything, a deputy in the requests.
    assert len(seen_before) >= (20 if who == DIRECTOR else 5), sorted(seen_before)
    assert who != DIRECTOR or changed >= EFFECTS, sorted(EFFECTS - changed)


async def test_who_directs_another_school_since_is_shown_nobody_of_the_former_and_changes_nothing_of_it():
    """The cards of the former school, genuine and the person's own, an hour later."""
    bot, ids = await world()
    bot.roles.facts[DIRECTOR] = replace(bot.roles.facts[DIRECTOR], username="2990002@edu.mon.bg")
    former = {one.name for one in PEOPLE if one.attends(LIPA.id)} - {
        one.name for one in PEOPLE if one.attends(UTRO.id)
    }
    services = {"accounts", "account-lists", "own-class", "intake", "password"}
    verbs = [verb for one in DIALOGS if one.name in services for verb in one.handlers]
    store = bot.accounts.store
    seen = 0

    for verb in verbs:
        for who in (DIRECTOR, RUO):
            there = copied(bot)
            reply = await pressed(there, who, verb, ids)
            written = json.dumps(reply.card, ensure_ascii=False) + (reply.text or "")
            assert not [name for name in former if name in written], (who, verb)
            after = there.accounts.store
            assert (after.receipts, after.reversals, after.kept_groups) == (
                store.receipts, store.reversals, store.kept_groups
            ), (who, verb)  # fmt: skip
            assert after.chosen.get(LIPA.id) == store.chosen.get(LIPA.id), (who, verb)
            assert there.kept_lists.kept[LIPA.id] == bot.kept_lists.kept[LIPA.id], (who, verb)
            assert there.room.made == bot.room.made, (who, verb)
            seen += who == DIRECTOR and UTRO.name in written
    assert seen, "the new school is theirs"


async def test_a_minute_later_not_even_an_empty_form_is_opened():
    bot, ids = await world()
    bot.roles.facts[DIRECTOR] = replace(bot.roles.facts[DIRECTOR], enabled=False)
    opened = await pressed(copied(bot), DIRECTOR, "lookup.open", ids)
    bot.clock.move(seconds=60)

    refused = await pressed(bot, DIRECTOR, "lookup.open", ids)

    assert "Търсене" in shown(opened)
    assert "Търсене" not in shown(refused)


async def test_a_deputy_whose_authority_was_ended_is_stopped_at_the_next_press():
    bot, ids = await world()
    assert names_in(await pressed(copied(bot), TEACHER, "request.open", ids))
    listed = await bot.presses(DIRECTOR, await bot.says(DIRECTOR, "искания"), "Упълномощени лица")
    sure = await bot.presses(DIRECTOR, listed, "Прекратяване: Ася Близка")
    await bot.presses(DIRECTOR, sure, "Потвърждаване")

    for verb in VERBS:
        if verb.startswith(("request", "deput")):
            there = copied(bot)
            before = kept(there)
            assert not names_in(await pressed(there, TEACHER, verb, ids)), verb
            assert kept(there) == before, verb
    assert not names_in(await bot.says(TEACHER, "искания"))
