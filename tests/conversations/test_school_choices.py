"""What the director chooses for the school, and what comes of it."""

from dataclasses import replace

import pytest

from bot.conversation import Pressed
from bot.core.accounts.model import LONGEST_SENTENCE, Choices, Closers
from cards.school_choices import LONGEST_SENTENCE as CARDS_LONGEST
from tests.conversations.bot import (
    DIRECTOR,
    EGN_MOVED,
    LIPA,
    OTHER_DIRECTOR,
    TEACHER,
    UTRO,
    Bot,
    button_of,
    buttons,
    prefilled,
    shown,
)
from tests.conversations.own_class_room import OwnClassRoom

OPEN, SAVE = "Настройки", "Запазване"


@pytest.fixture
def bot():
    return Bot()


async def settings(bot, who=DIRECTOR):
    return await bot.presses(who, await bot.says(who, "профили"), OPEN)


async def test_on_a_schools_first_day_the_director_alone_closes_and_a_line_comes_every_week(bot):
    card = await settings(bot)
    assert prefilled(card) == {"closers": "director", "sentence": "", "weekly": "true"}
    saved = await bot.presses(DIRECTOR, card, SAVE)
    assert "Изборът е запазен." in shown(saved)
    assert bot.accounts.store.chosen == {LIPA.id: Choices()}


async def test_what_was_chosen_is_kept_shown_again_and_in_the_log_and_is_of_this_school_alone(bot):
    await bot.presses(
        DIRECTOR, await settings(bot), SAVE, closers="class-teacher", sentence="Кабинет 12", weekly="false"
    )
    assert prefilled(await settings(bot)) == {"closers": "class-teacher", "sentence": "Кабинет 12", "weekly": "false"}
    (entry,) = bot.ledger.audit.of("account.choices")
    assert (entry.actor, entry.subject, entry.detail["closers"]) == (DIRECTOR, LIPA.id, "class-teacher")
    assert prefilled(await settings(bot, OTHER_DIRECTOR))["closers"] == "director"
    assert UTRO.id not in bot.accounts.store.chosen


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Кабинет 12", "Кабинет 12"),
        (f"Питайте {EGN_MOVED}", "Питайте ••••••"),
        ("а" * 400, "а" * 300),
        ("ред\u202e един\nдва\x00", "ред един два"),
    ],
)
async def test_the_sentence_passes_the_gate_of_free_text_and_is_shown_as_it_will_read(bot, typed, kept):
    saved = await bot.presses(DIRECTOR, await settings(bot), SAVE, sentence=typed)
    sentence = prefilled(saved)["sentence"]
    assert EGN_MOVED not in str(saved.card)
    assert sentence == kept
    assert len(sentence) <= 300
    assert ("съкратено" in shown(saved)) == (typed != kept)


async def test_a_long_sentence_is_the_same_when_it_is_saved_again(bot):
    sentence = "При затруднение – кабинет 12, всеки ден от 12 до 13 ч. " * 5
    await bot.presses(DIRECTOR, await settings(bot), SAVE, sentence=sentence.strip())
    await bot.presses(DIRECTOR, await settings(bot), SAVE)
    (chosen,) = bot.accounts.store.chosen.values()
    assert chosen.sentence == sentence.strip()


@pytest.mark.parametrize("closers", ["", "deputy", "class-teacher,director"])
async def test_a_choice_that_is_none_keeps_what_was(bot, closers):
    saved = await bot.presses(DIRECTOR, await settings(bot), SAVE, closers=closers, sentence="друго")
    assert "посочете кой" in shown(saved)
    assert not bot.accounts.store.chosen


async def test_settings_of_a_school_that_is_not_the_directors_any_more_change_no_other(bot):
    card = await settings(bot)
    bot.roles.facts[DIRECTOR] = replace(bot.roles.facts[DIRECTOR], username="2990002@edu.mon.bg")
    answer = await bot.presses(DIRECTOR, card, SAVE, closers="class-teacher", weekly="false")
    assert "вече е друго" in shown(answer)
    assert not bot.accounts.store.chosen


async def test_a_teacher_cannot_press_the_directors_button():
    room = OwnClassRoom()
    card = await settings(room.bot)
    data = {**button_of(card, SAVE)["data"], "closers": "class-teacher"}
    answer = await room.bot.responder(room.bot.turn(TEACHER, Pressed("accounts.choose", data)))
    assert answer is not None
    assert answer.refused
    assert not room.bot.accounts.store.chosen


async def test_what_the_director_chooses_opens_closing_to_the_class_teacher_and_shuts_it_again():
    room = OwnClassRoom()
    for closers, offered in ((Closers.CLASS_TEACHER, True), (Closers.DIRECTOR, False)):
        await room.bot.presses(DIRECTOR, await settings(room.bot), SAVE, closers=closers.value)
        assert ("Отбелязване на подписалите" in buttons(await room.opened())) == offered


def test_card_and_meaning_agree_about_the_longest_sentence():
    assert LONGEST_SENTENCE == CARDS_LONGEST
