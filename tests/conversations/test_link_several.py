"""Classes of Google Classroom marked several at once: those that are ticked, all that are left, and the way back."""

from dataclasses import replace

import pytest

from bot.core.class_links.cases import Platform
from bot.core.errors import StoreUnavailable
from tests.conversations.bot import DEPUTY, DIRECTOR, OTHER_DIRECTOR, TEACHER, Bot, buttons, nodes, shown
from tests.conversations.link_room import row
from tests.conversations.test_link_conversation import card_text, opened, row_of, rows_of

HOW_MANY = 59
TEACHERS = ("a.b", "v.g", "g.d")
TO_BE_MADE = "Предстои създаване"
SEVERAL = "Отбелязване на няколко"
CHOSEN = "Отбелязване на избраните"
UNDO = "Отмяна на това отбелязване"


@pytest.fixture
def bot() -> Bot:
    """A school in Google Classroom with 59 classes of three teachers."""
    bot = Bot()
    kept = bot.links.lists.kept["2990001"]
    rows = tuple(row(f"4{place:02}", f"Предмет {place:02}", teacher=TEACHERS[place % 3]) for place in range(HOW_MANY))
    assert kept.list is not None
    names = {**kept.list.names, "v.g": "Вяра Горова"}
    bot.links.lists.kept["2990001"] = replace(kept, list=replace(kept.list, classes=rows, names=names))
    bot.links.by_hand.platforms["school-1"] = Platform.CLASSROOM
    return bot


def made(bot):
    return {(mark.class_id, mark.teacher) for mark in bot.links.by_hand.kept.values()}


def ticks_of(reply):
    """The choices of the card: title → value."""
    ((choices),) = [part["choices"] for part in nodes(reply.card) if part.get("id") == "several"]
    return {one["title"]: one["value"] for one in choices}


def every(reply):
    return ",".join(ticks_of(reply).values())


async def to_tick(bot, who):
    reply = await bot.says(who, "класове")
    if who == DIRECTOR:
        reply = await bot.presses(who, reply, row_of(reply, TO_BE_MADE))
    return await bot.presses(who, reply, SEVERAL)


async def test_all_59_are_marked_by_four_presses_after_it_was_said_what_follows(bot):
    overview = await bot.says(DIRECTOR, "класове")
    some = await bot.presses(DIRECTOR, overview, row_of(overview, TO_BE_MADE))
    offered = await bot.presses(DIRECTOR, some, SEVERAL)
    sure = await bot.presses(DIRECTOR, offered, "Отбелязване на всички (59)")
    for words in ("59 класни стаи ще бъдат отбелязани", "Учители: 3. ", "може да бъде отменено"):
        assert words in card_text(sure)
    assert not made(bot)

    done = await bot.presses(DIRECTOR, sure, "Потвърждаване")

    assert len(made(bot)) == HOW_MANY
    assert "Отбелязани са 59 класни стаи." in card_text(done)
    entries = bot.links.by_hand.entries
    assert len(entries) == HOW_MANY, "each link has its own entry"
    assert {(entry.action, entry.outcome, entry.actor) for entry in entries} == {("links.mark", "made", DIRECTOR)}
    assert {entry.subject for entry in entries} == {f"4{place:02}" for place in range(HOW_MANY)}
    assert "Остават: 0 от 59" in card_text(await bot.says(DIRECTOR, "класове"))


async def test_all_59_are_ticked_and_marked_by_five_presses(bot):
    card, presses = await to_tick(bot, DIRECTOR), 2
    while CHOSEN in buttons(card):
        assert len(ticks_of(card)) <= 20
        assert not any(part.get("value") for part in nodes(card.card) if part.get("id") == "several"), "none preset"
        card = await bot.presses(DIRECTOR, card, CHOSEN, several=every(card))
        presses += 1
    assert presses == 5
    assert len(made(bot)) == HOW_MANY
    assert "Всички класни стаи в този списък са отбелязани." in card_text(card)


async def test_only_what_was_ticked_is_marked_and_what_is_left_is_offered_next(bot):
    card = await to_tick(bot, DIRECTOR)
    first, second, *_ = ticks_of(card)
    assert first == "Предмет 00 - 5 а - ООП – a.b"
    after = await bot.presses(DIRECTOR, card, CHOSEN, several=ticks_of(card)[second])
    assert made(bot) == {("401", "v.g")}
    assert "Отбелязана е 1 класна стая." in card_text(after)
    assert "Остават 58 неотбелязани" in card_text(after)
    assert second not in ticks_of(after)
    assert first in ticks_of(after)


async def test_the_ticks_of_the_card_before_are_not_left_standing_by_a_client(bot):
    """A client keeps what it has drawn where the next card has the same input in the same place."""

    def depth(reply):
        (place,) = [
            number
            for number, part in enumerate(reply.card["body"])
            if any(one.get("id") == "several" for one in nodes(part))
        ]
        ((inner),) = reply.card["body"][place]["items"]
        return inner["type"]

    card = await to_tick(bot, DIRECTOR)
    after = await bot.presses(DIRECTOR, card, CHOSEN, several=every(card))
    assert depth(card) != depth(after)


async def test_what_could_not_be_marked_is_named(bot):
    card = await to_tick(bot, DIRECTOR)
    chosen = ticks_of(card)
    first, second, third, *_ = chosen
    theirs = await opened(bot, TEACHER, "Предмет 00")
    await bot.presses(TEACHER, theirs, "Отбелязване като създадена")
    kept = bot.links.lists.kept["2990001"]
    rows = tuple(one for one in kept.list.classes if one.id != "401")
    bot.links.lists.kept["2990001"] = replace(kept, list=replace(kept.list, classes=rows))

    after = await bot.presses(DIRECTOR, card, CHOSEN, several=",".join(chosen[one] for one in (first, second, third)))

    text = card_text(after)
    assert "Отбелязана е 1 класна стая." in text
    assert "Вече бяха отбелязани: Предмет 00 - 5 а - ООП (a.b)." in text
    assert "Една от избраните вече не е в списъка" in text
    assert made(bot) == {("400", "a.b"), ("402", "g.d")}
    assert [entry.actor for entry in bot.links.by_hand.entries] == [TEACHER, DIRECTOR], "nothing is marked twice"


async def test_what_went_back_to_teams_meanwhile_is_named_and_not_marked(bot):
    card = await to_tick(bot, TEACHER)
    kept = bot.links.by_hand
    kept.platforms["school-1"] = Platform.TEAMS
    kept.changed.append(("school-1", bot.clock()))
    first = next(iter(ticks_of(card)))
    after = await bot.presses(TEACHER, card, CHOSEN, several=ticks_of(card)[first])
    assert "Не са отбелязани, защото вече не са в Google Classroom: Предмет 00" in card_text(after)
    assert not made(bot)


@pytest.mark.parametrize("nothing", ["", ",", ",,,"])
async def test_nothing_ticked_is_asked_for_again(bot, nothing):
    card = await to_tick(bot, DIRECTOR)
    assert "изберете поне една" in card_text(await bot.presses(DIRECTOR, card, CHOSEN, several=nothing))
    assert not made(bot)


async def test_invented_ticks_mark_nothing(bot):
    card = await to_tick(bot, DIRECTOR)
    after = await bot.presses(DIRECTOR, card, CHOSEN, several="x,400/a.b,../../")
    assert "3 от избраните вече не са в списъка" in card_text(after)
    assert not made(bot)


async def test_a_store_that_fails_marks_none_and_says_so(bot, monkeypatch):
    card = await to_tick(bot, DIRECTOR)

    async def fails(*_: object) -> None:
        raise StoreUnavailable

    monkeypatch.setattr(bot.links.by_hand, "mark", fails)
    reply = await bot.presses(DIRECTOR, card, CHOSEN, several=every(card))
    assert "Отбелязани" not in shown(reply)
    assert not made(bot)


async def test_a_list_that_changed_since_it_was_asked_is_asked_about_again(bot):
    sure = await bot.presses(DIRECTOR, await to_tick(bot, DIRECTOR), "Отбелязване на всички (59)")
    theirs = await opened(bot, TEACHER, "Предмет 00")
    await bot.presses(TEACHER, theirs, "Отбелязване като създадена")
    again = await bot.presses(DIRECTOR, sure, "Потвърждаване")
    assert "58 класни стаи ще бъдат отбелязани" in card_text(again)
    assert len(made(bot)) == 1
    await bot.presses(DIRECTOR, again, "Потвърждаване")
    assert len(made(bot)) == HOW_MANY
    twice = await bot.presses(DIRECTOR, again, "Потвърждаване")
    assert "Всички класни стаи в този списък са отбелязани." in card_text(twice)
    assert len(bot.links.by_hand.entries) == HOW_MANY


async def test_all_of_one_teacher_are_that_teachers_only(bot):
    link = await opened(bot, DIRECTOR, "Предмет 01")
    own = await bot.presses(DIRECTOR, link, "Класните стаи на учителя")
    offered = await bot.presses(DIRECTOR, own, SEVERAL)
    sure = await bot.presses(DIRECTOR, offered, "Отбелязване на всички (20)")
    assert "класни стаи на Вяра Горова" in card_text(sure)
    assert "Учители: 1. " in card_text(sure)
    await bot.presses(DIRECTOR, sure, "Потвърждаване")
    assert {teacher for _, teacher in made(bot)} == {"v.g"}
    assert len(made(bot)) == 20


async def test_a_teacher_marks_several_of_the_own_and_no_others(bot):
    card = await to_tick(bot, TEACHER)
    assert len(ticks_of(card)) == 20
    assert "a.b" not in "".join(ticks_of(card)), "whose they are goes without saying"
    directors = await to_tick(bot, DIRECTOR)
    theirs = next(value for title, value in ticks_of(directors).items() if "Вяра" in title)
    after = await bot.presses(TEACHER, card, CHOSEN, several=theirs)
    assert "Една от избраните вече не е в списъка" in card_text(after)
    assert not made(bot)
    sure = await bot.presses(TEACHER, card, "Отбелязване на всички (20)")
    await bot.presses(TEACHER, sure, "Потвърждаване")
    assert {teacher for _, teacher in made(bot)} == {"a.b"}
    assert {entry.actor for entry in bot.links.by_hand.entries} == {TEACHER}


async def test_what_was_marked_together_is_undone_together_and_nothing_else(bot):
    theirs = await opened(bot, TEACHER, "Предмет 03")
    await bot.presses(TEACHER, theirs, "Отбелязване като създадена", where="abc")
    bot.clock.move(minutes=1)
    card = await to_tick(bot, DIRECTOR)
    first = await bot.presses(DIRECTOR, card, CHOSEN, several=every(card))
    bot.clock.move(minutes=1)
    second = await bot.presses(DIRECTOR, first, CHOSEN, several=every(first))
    assert len(made(bot)) == 41

    undone = await bot.presses(DIRECTOR, second, UNDO)

    assert "Отново предстои създаване на 20 класни стаи." in card_text(undone)
    assert len(made(bot)) == 21
    assert "Тези отбелязвания вече бяха отменени." in card_text(await bot.presses(DIRECTOR, second, UNDO))
    await bot.presses(DIRECTOR, first, UNDO)
    assert made(bot) == {("403", "a.b")}
    removed = [entry for entry in bot.links.by_hand.entries if entry.outcome == "removed"]
    assert len(removed) == 40
    assert list(rows_of(await bot.presses(DIRECTOR, undone, "Към списъка")))


async def test_who_directs_the_school_no_more_marks_and_undoes_nothing(bot):
    card = await to_tick(bot, DIRECTOR)
    sure = await bot.presses(DIRECTOR, card, "Отбелязване на всички (59)")
    after = await bot.presses(DIRECTOR, card, CHOSEN, several=every(card))
    before = made(bot)
    bot.roles.facts[DIRECTOR] = replace(bot.roles.facts[DIRECTOR], enabled=False)
    bot.clock.move(minutes=6)
    for on, title in ((card, CHOSEN), (sure, "Потвърждаване"), (after, UNDO)):
        await bot.presses(DIRECTOR, on, title, several=every(card))
    assert made(bot) == before


@pytest.mark.parametrize("who", [OTHER_DIRECTOR, TEACHER, DEPUTY])
async def test_the_buttons_are_nobody_elses(bot, who):
    card = await to_tick(bot, DIRECTOR)
    reply = await bot.presses(who, card, CHOSEN, several=every(card))
    assert reply.refused
    assert not made(bot)


async def test_back_from_marking_is_the_list_one_came_from(bot):
    overview = await bot.says(DIRECTOR, "класове")
    some = await bot.presses(DIRECTOR, overview, "Търсене", find="горова")
    card = await bot.presses(DIRECTOR, some, SEVERAL)
    sure = await bot.presses(DIRECTOR, card, "Отбелязване на всички (20)")
    again = await bot.presses(DIRECTOR, sure, "Отказ")
    for one in (card, again):
        assert list(rows_of(await bot.presses(DIRECTOR, one, "Към списъка"))) == list(rows_of(some))
    assert not made(bot)


async def test_where_one_is_left_it_is_marked_from_its_own_card(bot):
    kept = bot.links.lists.kept["2990001"]
    bot.links.lists.kept["2990001"] = replace(kept, list=replace(kept.list, classes=kept.list.classes[:1]))
    own = await bot.says(TEACHER, "класове")
    assert SEVERAL not in buttons(own)
    link = await bot.presses(TEACHER, own, row_of(own, "Предмет 00"))
    await bot.presses(TEACHER, link, "Отбелязване като създадена")
    assert made(bot) == {("400", "a.b")}
