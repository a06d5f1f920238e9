"""The board of a school in the chat: what a director sees of it, what others do not, and what is told unasked."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.conversation import Action, Reply
from bot.core.accounts.beside import BESIDE
from bot.core.accounts.look import LOOK, NEW, ROUND, WEEKLY
from bot.core.accounts.model import Choices, NewReceipt, ReceiptOutcome
from bot.core.accounts.record import handed_entry
from bot.core.actors.model import RoleFacts
from bot.core.errors import DirectoryForbidden, DirectoryUnavailable
from bot.core.handover.model import Ground, Recipient
from bot.core.lists.arrive import ARRIVE
from bot.core.lists.resolve import RESOLVE
from bot.core.people.identifier_traces import hold_identifier
from bot.core.people.model import AccountState, Kind, Person
from bot.core.tasks import TaskHandler, TryAgain
from bot.runtime.task_worker import attempt
from cards.checked import MOST_BYTES, size_of
from tests.conversations.bot import (
    DEPUTY,
    DIRECTOR,
    DISABLED,
    LIPA,
    LOST,
    OTHER_DIRECTOR,
    RUO,
    STRANGER,
    STUDENT,
    TEACHER,
    UTRO,
    Bot,
    buttons,
    nodes,
    person,
    row_of,
    row_titles,
    shown,
)
from tests.conversations.password_room import MADE

LONG = "Александра-Виктория Примерова-Образцова"
"""Forty characters are what a name in a class may have."""


def class_of(name: str, count: int, start: int = 0) -> tuple[Person, ...]:
    return tuple(
        person(start + number, f"{LONG[:34]} {number}", "", LIPA, teams=(f"Музика - {name} - ООП",))
        for number in range(count)
    )


class Room:
    """A bot whose worker looks at schools and tells directors."""

    def __init__(self, *people: Person) -> None:
        self.bot = Bot(people=people) if people else Bot()
        self.store, self.clock, self.queue = self.bot.accounts.store, self.bot.clock, self.bot.room.queue
        kinds = {LOOK, ROUND, BESIDE, NEW, WEEKLY, ARRIVE, RESOLVE}
        self._handlers: dict[str, TaskHandler] = {one.kind: one for one in self.bot.handlers() if one.kind in kinds}

    async def work(self) -> None:
        """What is due, once each."""
        while tasks := await self.queue.claim(tuple(self._handlers), 1, timedelta(minutes=1)):
            (task,) = tasks
            try:
                await attempt(self._handlers[task.kind], task)
            except TryAgain as later:
                await self.queue.again(task, self.clock() + later.after, later.why, failed=later.failed)
            else:
                await self.queue.done(task)

    async def wait(self, **by: float) -> None:
        """Time passes; whatever falls due in it is done."""
        until = self.clock() + timedelta(**by)
        await self.work()
        while (due := self.queue.next_due()) is not None and due <= until:
            self.clock.now = max(self.clock.now, due)
            await self.work()
            self.clock.now += timedelta(seconds=1)
        self.clock.now = max(self.clock.now, until)

    async def begin(self) -> None:
        """What a worker writes down at its start; the director has been here."""
        self.store.directors[LIPA.id] = self.clock()
        dialog = next(one.dialog for one in self.bot.built if one.name == "accounts")
        await self.queue.add(list(dialog.starts(self.clock())))

    def told(self, who: str = DIRECTOR) -> list[Reply]:
        return [reply for chat, _, reply in self.bot.moves.messenger.sent if chat == f"chat-{who}"]

    async def hands(self, *persons: str) -> None:
        """Somebody notes that these were handed theirs."""
        new = [
            NewReceipt(f"c-{one}", self.clock(), DIRECTOR, LIPA.id, one, Recipient.STUDENT, Ground.OWNER)
            for one in persons
        ]
        await self.store.note(new, lambda _: ReceiptOutcome.DONE, handed_entry)

    def make(self, *persons: str) -> None:
        """The ministry has made these accounts just now."""
        facts = self.bot.room.accounts.accounts
        now = self.clock()
        for one in persons:
            facts[one] = replace(facts[one], created_at=now, password_changed_at=now)

    def change(self, *persons: str) -> None:
        """Their owners have changed their passwords."""
        facts = self.bot.room.accounts.accounts
        for one in persons:
            facts[one] = replace(facts[one], password_changed_at=self.clock())


async def test_a_director_sees_how_far_the_school_is_and_what_is_left():
    room = Room(*class_of("5 б", 4), *class_of("10 а", 2, 50))
    bot = room.bot
    first = await bot.says(DIRECTOR, "профили")
    assert "Предадени: 0 от 6 (0 %). Към 12:00 ч." in shown(first)
    assert row_titles(first) == [
        "Непредадени: 6, Предайте ги с временна парола.",
        "5 б, предадени 0 от 4",
        "10 а, предадени 0 от 2",
    ]
    await room.hands("person-0", "person-1")
    room.clock.move(minutes=1)
    room.change("person-1", "person-2")
    room.clock.move(minutes=61)
    seen = await bot.says(DIRECTOR, "нови профили")
    assert "Предадени: 3 от 6 (50 %)." in shown(seen)
    words = shown(seen)
    assert "ползват се: 2" in words
    assert "предадени, още не са ползвани: 1" in words
    assert "не са предадени: 3" in words
    assert row_titles(seen)[:3] == [
        "Непредадени: 3, Предайте ги с временна парола.",
        "Предадени, още не са ползвани: 1, Предстои първо влизане и смяна на паролата от собственика.",
        "5 б, предадени 3 от 4 · още не са ползвани: 1",
    ]


async def test_of_a_class_those_stand_first_with_whom_something_is_to_be_done_and_each_card_says_what():
    room = Room(*class_of("5 б", 4))
    await room.bot.says(DIRECTOR, "профили")
    await room.hands("person-0")
    room.clock.move(minutes=61)
    room.change("person-1")
    board = await room.bot.says(DIRECTOR, "профили")
    listed = await room.bot.presses(DIRECTOR, board, row_of(board, "5 б"))
    states = [title.partition(", ")[2] for title in row_titles(listed)]
    assert states == [
        "Не е предаден",
        "Не е предаден",
        "Предаден, още не е ползван",
        "Паролата е сменена, неизвестно от кого",
    ]
    cards = [await room.bot.presses(DIRECTOR, listed, title) for title in row_titles(listed)]
    assert "Създайте временна парола и я предайте на ученика." in shown(cards[0])
    assert "Директорът" in shown(cards[0])
    assert re.search(r"Предаден\n23\.11\.2026 г\., 12:00 ч\., на ученика", shown(cards[2]))
    assert "Ученикът (или родителят)" in shown(cards[2])
    assert "Ако собственикът го ползва, не е необходимо действие." in shown(cards[3])
    back = await room.bot.presses(DIRECTOR, cards[2], "Към списъка")
    assert row_titles(back) == row_titles(listed)
    password = await room.bot.presses(DIRECTOR, cards[0], "Временна парола")
    assert "person-2" in str(password.card) or "person-3" in str(password.card), "the password of this person"


async def test_one_press_leads_from_a_person_to_the_password_and_the_board_knows_it_is_on_its_way():
    room = Room(*class_of("5 б", 1))
    board = await room.bot.says(DIRECTOR, "профили")
    listed = await room.bot.presses(DIRECTOR, board, row_of(board, "Непредадени"))
    one = await room.bot.presses(DIRECTOR, listed, row_titles(listed)[0])
    chosen = await room.bot.presses(
        DIRECTOR,
        await room.bot.presses(DIRECTOR, one, "Временна парола"),
        "Напред",
        recipient="student",
        identity="true",
    )
    made = await room.bot.presses(DIRECTOR, chosen, "Потвърждаване")
    assert made.card is not None
    one = await room.bot.presses(DIRECTOR, listed, row_titles(listed)[0])
    assert "Създадена е временна парола, която още никой не е видял." in shown(one)


async def test_whose_state_is_not_the_schools_to_mend_is_not_counted_and_is_told_what_to_do():
    twice = class_of("5 б", 2)
    off = person(9, "Спрян Пробен Образцов", "", LIPA, state=AccountState.DISABLED, teams=("Музика - 5 б - ООП",))
    making = person(8, "Нов Пробен Образцов", "", LIPA, state=AccountState.BEING_CREATED)
    room = Room(*twice, off, making)
    here = room.bot.accounts.school.accounts
    here[LIPA.id] = tuple(replace(one, twin=one.person in {"person-0", "person-1"}) for one in here[LIPA.id])
    board = await room.bot.says(DIRECTOR, "профили")
    assert "Още няма профили, които да бъдат предадени." in shown(board)
    assert "Не се броят: в процес на създаване – 1; неактивен – 1; два профила – 2." in shown(board)
    listed = await room.bot.presses(DIRECTOR, board, row_of(board, "Не могат да се предадат: 4"))
    for title in row_titles(listed):
        one = await room.bot.presses(DIRECTOR, listed, title)
        assert "Временна парола" not in buttons(one), "where a password does not help no button asks for one"
        assert "Кой трябва да действа" in shown(one)
        assert ("Потребителско име" in buttons(one)) == ("Два профила" in title)


async def test_a_board_an_hour_old_is_looked_at_again_and_no_sooner():
    room = Room(*class_of("5 б", 1))
    school = room.bot.accounts.school
    for minutes, looks in ((0, 1), (59, 1), (1, 2), (1, 2)):
        room.clock.move(minutes=minutes)
        await room.bot.says(DIRECTOR, "профили")
        assert school.looks == looks


async def test_where_the_directory_does_not_answer_what_was_seen_is_shown_with_its_age():
    room = Room(*class_of("5 б", 2))
    await room.bot.says(DIRECTOR, "профили")
    room.bot.accounts.school.fail_with = DirectoryUnavailable("down")
    room.clock.move(days=2)
    board = await room.bot.says(DIRECTOR, "профили")
    assert "Microsoft не отговаря в момента. Показаното е от 23.11.2026 г., 12:00 ч." in shown(board)
    assert "Предадени: 0 от 2 (0 %). Към 23.11.2026 г., 12:00 ч." in shown(board)
    listed = await room.bot.presses(DIRECTOR, board, row_of(board, "5 б"))
    assert "Показаното е от" in shown(listed)
    assert "Показаното е от" in shown(await room.bot.presses(DIRECTOR, listed, row_titles(listed)[0]))


@pytest.mark.parametrize("error", [DirectoryUnavailable("down"), DirectoryForbidden("dates-hidden")])
async def test_a_school_that_was_never_seen_and_cannot_be_is_no_empty_board(error: Exception):
    room = Room(*class_of("5 б", 2))
    room.bot.accounts.school.fail_with = error
    reply = await room.bot.says(DIRECTOR, "профили")
    assert "Предадени" not in shown(reply)
    assert "В училището още няма профили. Профил се създава, след като човекът бъде записан в НЕИСПУО." not in shown(
        reply
    )
    assert ": REF12345" not in shown(reply), "what is outside is no bug"
    assert room.store.looked == {}


def hide_dates(room: Room, *persons: str) -> None:
    """From now on the directory tells no dates of these."""
    facts = room.bot.room.accounts.accounts
    for one in persons:
        facts[one] = replace(facts[one], created_at=None, password_changed_at=None)


async def test_who_is_told_of_without_dates_is_never_counted_as_handed_over():
    """Nulls say nothing: the share can only be too low, and a director notes who has theirs."""
    pupils = class_of("5 б", 4)
    room = Room(*pupils)
    hide_dates(room, *(one.id for one in pupils))
    first = await room.bot.says(DIRECTOR, "профили")
    assert "Предадени: 0 от 4 (0 %)" in shown(first)
    assert "За 4 профила Microsoft не съобщава" in shown(first)
    assert "Предадени са всички" not in shown(first)

    titles = row_titles(first)
    assert "Предайте ги с временна парола" not in " ".join(titles), "they may be in use"
    left = await room.bot.presses(DIRECTOR, first, next(one for one in titles if one.startswith("Непредадени: 4")))
    assert len([one for one in row_titles(left) if "Не е известно дали е предаден" in one]) == 4
    assert "Бележки с пароли" not in buttons(left), "they may be in use"
    one = await room.bot.presses(DIRECTOR, left, row_titles(left)[0])
    assert "отбележете предаването" in shown(one)
    assert {"Временна парола", "Отбелязване на предаването"} <= set(buttons(one))

    await room.hands(*(each.id for each in pupils))
    again = await room.bot.says(DIRECTOR, "профили")
    assert "Предадени са всички профили: 4." in shown(again)
    assert "Microsoft не съобщава" not in shown(again)


async def test_no_notice_calls_new_what_is_not_known(monkeypatch: pytest.MonkeyPatch):
    pupils = class_of("5 б", 2)
    room = Room(*pupils)
    hide_dates(room, *(one.id for one in pupils))
    await room.begin()
    await room.wait(hours=4)
    assert not [one for one in room.told() if "нов профил" in shown(one) or "нови профила" in shown(one)]


async def test_a_school_with_nobody_in_it_says_so_and_leads_on():
    room = Room(person(1, "Някой Пробен Другаде", "", UTRO))
    board = await room.bot.says(DIRECTOR, "профили")
    assert "В училището още няма профили. Профил се създава, след като човекът бъде записан в НЕИСПУО." in shown(
        board
    )
    assert row_titles(board) == []
    assert "Помощ" in buttons(board)
    assert "Таблица (Excel)" not in buttons(board)


async def test_everybody_of_a_large_school_is_reached_and_every_card_fits():
    """Sixty classes of twenty-five, and one of sixty: every page of the classes and of one list."""
    people = [one for grade in range(1, 13) for letter in "абвгд" for one in class_of(f"{grade} {letter}", 25, grade * 10_000 + ord(letter) * 100)]  # fmt: skip
    crowd = class_of("12 я", 60, 900_000)
    room = Room(*people, *crowd)
    card, classes = await room.bot.says(DIRECTOR, "профили"), []
    while True:
        assert size_of(card.card or {}) <= MOST_BYTES
        classes += [title.partition(",")[0] for title in row_titles(card) if title[0].isdigit()]
        if "Следващи паралелки" not in buttons(card):
            break
        card = await room.bot.presses(DIRECTOR, card, "Следващи паралелки")
    assert len(classes) == len(set(classes)) == 61
    assert classes[0] == "1 а"
    assert classes[-1] == "12 я"
    listed, names = await room.bot.presses(DIRECTOR, card, row_of(card, "12 я")), []
    while True:
        assert size_of(listed.card or {}) <= MOST_BYTES
        names += row_titles(listed)
        if "Следващи" not in buttons(listed):
            break
        listed = await room.bot.presses(DIRECTOR, listed, "Следващи")
    assert len(set(names)) == 60
    assert "Страница 8 от 8" in shown(listed)
    assert room.bot.accounts.school.looks == 1, "who turns pages does not look again"
    before = await room.bot.presses(DIRECTOR, card, "Предишни паралелки")
    assert "12 я" not in str(row_titles(before))


async def test_who_has_left_meanwhile_is_not_shown_and_an_old_page_leads_to_what_is_there():
    room = Room(*class_of("5 б", 20))
    board = await room.bot.says(DIRECTOR, "профили")
    listed = await room.bot.presses(DIRECTOR, board, row_of(board, "5 б"))
    last = await room.bot.presses(DIRECTOR, await room.bot.presses(DIRECTOR, listed, "Следващи"), "Следващи")
    here = room.bot.accounts.school.accounts
    here[LIPA.id] = here[LIPA.id][:3]
    room.clock.move(minutes=61)
    gone = await room.bot.presses(DIRECTOR, last, row_titles(last)[0])
    assert "Този човек вече не е сред профилите на Вашето училище." in shown(gone)
    back = await room.bot.presses(DIRECTOR, gone, "Към списъка")
    assert len(row_titles(back)) == 3


async def test_the_weeks_are_a_chart_with_the_numbers_beside_it():
    room = Room(*class_of("5 б", 4))
    for handed in (("person-0",), ("person-1", "person-2")):
        await room.bot.says(DIRECTOR, "профили")
        await room.hands(*handed)
        room.clock.move(days=7)
    board = await room.bot.says(DIRECTOR, "профили")
    weeks = await room.bot.presses(DIRECTOR, board, "Предаване по седмици")
    bars = [node for node in nodes(weeks.card) if node.get("type") == "ProgressBar"]
    assert [(bar["value"], bar["max"]) for bar in bars] == [(3, 4), (1, 4), (0, 4)], "the newest first"
    assert "Седмица от 07.12.2026 г.: предадени 3 от 4 (75 %), ползват се 0" in shown(weeks)
    assert "Предадени: 3 от 4" in shown(await room.bot.presses(DIRECTOR, weeks, "Към профилите"))


async def test_the_table_is_fetched_with_a_link_that_is_the_directors_alone():
    room = Room(*class_of("5 б", 2))
    board = await room.bot.says(DIRECTOR, "профили")
    way = await room.bot.presses(DIRECTOR, board, "Таблица (Excel)")
    (link,) = [node for node in nodes(way.card) if node.get("type") == "Action.OpenUrl"]
    assert link["url"] == "https://bot.example.bg/links/accounts/token-1"
    kept = room.bot.links.one_time_links.links["token-1"]
    assert (kept.link_page, kept.actor, kept.school) == ("accounts", DIRECTOR, LIPA.id)
    without = Bot(people=class_of("5 б", 2), prints=False)
    assert "Таблица (Excel)" not in buttons(await without.says(DIRECTOR, "профили"))


@pytest.mark.parametrize("who", [TEACHER, DEPUTY, RUO, STUDENT, STRANGER, DISABLED, LOST])
async def test_nobody_but_the_director_sees_anything_of_it(who: str):
    """Not when they say so, and not with a genuine card of their own from before their role was another."""
    room = Room(*class_of("5 б", 3))
    room.bot.appoint()
    said = await room.bot.says(who, "профили")
    # To the regional office these words are the schools of its region, in rounded figures.
    assert ("Предадени" in shown(said)) == (who == RUO)
    assert "5 б" not in shown(said)
    assert LONG[:20] not in shown(said)
    assert room.bot.accounts.school.looks == 0
    was = dict(room.bot.roles.facts)
    room.bot.roles.facts[who] = RoleFacts(
        who, exists=True, enabled=True, username="2990001@edu.mon.bg", extension_role="0"
    )
    room.clock.move(days=1)
    board = await room.bot.says(who, "профили")
    listed = await room.bot.presses(who, board, row_of(board, "5 б"))
    one = await room.bot.presses(who, listed, row_titles(listed)[0])
    told = list(room.bot.ledger.audit.entries)
    room.bot.roles.facts.clear()
    room.bot.roles.facts.update(was)
    room.clock.move(minutes=30)  # what is remembered of roles is over
    presses = [(board, title) for title in buttons(board)] + [(listed, title) for title in buttons(listed)]
    presses += [(one, title) for title in buttons(one)]
    for card, title in presses:
        answer = await room.bot.presses(who, card, title)
        assert LONG[:20] not in shown(answer), title
        assert "предадени" not in shown(answer).casefold(), title
        assert "ab00" not in shown(answer), title
    assert [entry for entry in room.bot.ledger.audit.entries[len(told) :] if entry.action == "account.table"] == []


async def test_another_school_is_another_board():
    room = Room(*class_of("5 б", 3), person(700, "Чужда Пробна Ученичка", "", UTRO))
    board = await room.bot.says(OTHER_DIRECTOR, "профили")
    assert "Предадени: 0 от 1 (0 %)." in shown(board)
    ours = await room.bot.says(DIRECTOR, "профили")
    listed = await room.bot.presses(DIRECTOR, ours, row_of(ours, "5 б"))
    room.bot.roles.facts[DIRECTOR] = replace(room.bot.roles.facts[DIRECTOR], username="2990002@edu.mon.bg")
    room.clock.move(minutes=30)
    moved = await room.bot.presses(DIRECTOR, listed, row_titles(listed)[0])
    assert LONG[:20] not in shown(moved), "a director who has moved sees nobody of the school of before"
    assert "Този човек вече не е сред профилите на Вашето училище." in shown(moved)


async def test_whoever_is_shown_leaves_an_entry_and_the_board_itself_shows_nobody():
    room = Room(*class_of("5 б", 3))
    entries = room.bot.ledger.audit.entries
    board = await room.bot.says(DIRECTOR, "профили")
    assert [entry for entry in entries if entry.action == "people.shown"] == []
    listed = await room.bot.presses(DIRECTOR, board, row_of(board, "5 б"))
    await room.bot.presses(DIRECTOR, listed, row_titles(listed)[0])
    told = [(entry.outcome, entry.detail["count"]) for entry in entries if entry.action == "people.shown"]
    assert told == [("accounts", "3"), ("person", "1")]
    assert not any(hold_identifier(shown(card)) for card in (board, listed))


async def test_a_look_that_takes_longer_than_a_turn_follows_as_a_message_that_names_nobody():
    room = Room(*class_of("5 б", 3))
    handler = next(one.dialog for one in room.bot.built if one.name == "accounts")
    for verb in ("accounts.open", "accounts.list", "accounts.person", "accounts.weeks", "new-accounts.open"):
        follows = handler.follows(Action(verb))
        assert follows is not None, verb
    assert handler.follows(Action("accounts.table")) is None


# unasked


async def test_new_accounts_are_told_once_in_working_hours_and_the_message_opens_the_board():
    room = Room(*class_of("5 б", 3), person(60, "Учител Пробен Нов", "", LIPA, kind=Kind.TEACHER, teams=(), grade=""))
    await room.begin()
    await room.wait(hours=1)
    assert room.told() == [], "nobody's account is new"
    room.clock.now = room.clock.now.replace(hour=20)
    room.make("person-0", "person-1", "person-60")
    await room.wait(hours=8)
    assert room.told() == [], "at night nobody is told"
    await room.wait(hours=8)
    (told,) = room.told()
    assert "3 нови профила" in shown(told)
    assert "Пробен" not in shown(told)
    assert LONG[:20] not in shown(told)
    await room.wait(days=2)
    assert len([one for one in room.told() if "нови профила" in shown(one)]) == 1
    listed = await room.bot.presses(DIRECTOR, told, "Преглед на новите")
    assert len(row_titles(listed)) == 3
    assert all("Нов, не е предаден" in title for title in row_titles(listed))
    board = await room.bot.presses(DIRECTOR, told, "Всички профили")
    assert row_of(board, "Нови: 3")
    assert room.told(OTHER_DIRECTOR) == []


async def test_of_new_accounts_that_are_handed_over_before_the_morning_nobody_is_told():
    room = Room(*class_of("5 б", 2))
    await room.begin()
    room.make("person-0")
    room.clock.now = room.clock.now.replace(hour=15, minute=50)
    await room.bot.says(DIRECTOR, "профили")
    await room.hands("person-0")
    await room.wait(hours=2)
    assert room.told() == []


async def test_what_is_left_is_told_at_the_beginning_of_a_week_until_nothing_is():
    room = Room(*class_of("5 б", 2))
    await room.begin()
    await room.wait(days=8)
    (first,) = room.told()
    assert "Остават непредадени 2 профила." in shown(first)
    assert "Предадени: 0 от 2 (0 %)." in shown(first)
    listed = await room.bot.presses(DIRECTOR, first, "Преглед на непредадените")
    assert len(row_titles(listed)) == 2
    await room.hands("person-0", "person-1")
    await room.wait(days=15)
    assert len(room.told()) == 1, "at 100 % it stops"


async def test_a_school_that_does_not_want_the_weekly_line_gets_none_and_one_who_directs_no_more_neither():
    room = Room(*class_of("5 б", 2))
    await room.begin()
    await room.wait(days=2)
    await room.store.choose(LIPA.id, Choices(weekly=False), ())
    await room.wait(days=12)
    assert room.told() == []
    await room.store.choose(LIPA.id, Choices(), ())
    await room.wait(days=1)
    room.bot.roles.facts[DIRECTOR] = replace(room.bot.roles.facts[DIRECTOR], username="2990002@edu.mon.bg")
    await room.wait(days=7)
    assert room.told() == []


async def test_schools_are_looked_at_only_where_a_director_has_come_from_and_in_working_hours():
    room = Room(*class_of("5 б", 2), person(700, "Чужда Пробна Ученичка", "", UTRO))
    await room.begin()
    await room.wait(hours=5)
    assert set(room.store.looked) == {LIPA.id}
    assert room.bot.accounts.school.looks == 2
    room.clock.now = room.clock.now.replace(hour=18)
    await room.wait(hours=11)
    assert room.bot.accounts.school.looks == 2, "at night nobody looks"


def test_the_room_makes_accounts_as_old_as_it_says():
    assert Bot().clock() - timedelta(days=59) > MADE
