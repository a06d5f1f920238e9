"""The ministry's list in the chat: how it arrives, who in it has no account, what is next, and who sees nothing of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.conversation import Reply
from bot.core.accounts.beside import BESIDE
from bot.core.accounts.look import LOOK, ROUND
from bot.core.accounts.model import Account
from bot.core.errors import DirectoryForbidden, DirectoryUnavailable
from bot.core.intake.season import Season
from bot.core.lists.arrive import ARRIVE
from bot.core.lists.kept import FolderTrouble, ListSource, taken_in
from bot.core.lists.model import ColumnMeaning, ListFault
from bot.core.lists.ports import FolderFiles
from bot.core.lists.resolve import MOST_ASKED, RESOLVE
from bot.core.people.model import AccountState, Kind
from bot.core.tasks import Task, TryAgain
from bot.runtime.task_worker import attempt
from bot.texts.catalog import LANGUAGES
from tests.conversations.bot import (
    ALL_YEAR,
    CATALOG,
    CLOSED,
    DEPUTY,
    DIRECTOR,
    EGN_OWN,
    EGN_TWICE,
    LIPA,
    OTHER_DIRECTOR,
    RUO,
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
from tests.corpus.books import package, text
from tests.fakes_lists import list_naming
from tests.gallery.screens import screens
from tests.unit.documents.test_account_list_questions import strange

BG = CATALOG.speak("bg")
HEADS = ("Име", "ЕГН", "Клас", "Потребителско име", "Парола")
PASSWORD = "Taen-4-Parola"
SCHOOL = (
    replace(person(1, "Иво Пробен Образцов", EGN_OWN, LIPA), username="ipo12345601@edu.mon.bg"),
    replace(person(2, "Рада Пробна Вихрова", "", LIPA), username="rv012345602@edu.mon.bg"),
    replace(person(3, "Мая Пробна Спряна", "", LIPA, state=AccountState.DISABLED), username="ms012345603@edu.mon.bg"),
    replace(person(4, "Две Сметки Пробни", EGN_TWICE, LIPA), username="ds012345604@edu.mon.bg"),
    replace(person(5, "Две Сметки Пробни", EGN_TWICE, LIPA), username="ds012345605@edu.mon.bg"),
    replace(person(6, "Друг Човек Пробен", "", LIPA), username="dc012345606@edu.mon.bg"),
    replace(person(7, "Цвета Пробна Преместена", "", UTRO), username="cp012345607@edu.mon.bg"),
)
ROWS = (
    ("Иво Образцов", EGN_OWN, "5 б", "", PASSWORD),
    ("Рада Вихрова", "", "5 б", "r012345602", PASSWORD),
    ("Мая Спряна", "", "5 б", "ms012345603", PASSWORD),
    ("Две Сметки Пробни", EGN_TWICE, "5 б", "", PASSWORD),
    ("Сава Несъвпадащ", "", "5 б", "dc012345606", PASSWORD),
    ("Цвета Пробна Преместена", "", "5 б", "cp012345607", PASSWORD),
    ("Нова Пробна Ученичка", "", "5 в", "", PASSWORD),
)
STATES = {
    "Без профил в училището": 1,
    "С предишно потребителско име": 1,
    "Не е сигурно чий е профилът": 1,
    "Два профила": 1,
    "В друго училище": 1,
    "Неактивен профил": 1,
    "С профил": 1,
}


def csv(*rows: tuple[str, ...]) -> bytes:
    return text([HEADS, *rows], ";", "utf-8")


class Room:
    """A bot whose worker looks into folders and finds out whom lists name."""

    def __init__(self, folder: str = "НЕИСПУО/Профили", season: Season = CLOSED) -> None:
        self.bot = Bot(people=SCHOOL, folder=folder, season=season)
        self.folders, self.kept = self.bot.list_folders, self.bot.kept_lists
        kinds = {ARRIVE, RESOLVE, ROUND, BESIDE, LOOK}
        self._handlers = {one.kind: one for one in self.bot.handlers() if one.kind in kinds}

    async def work(self) -> None:
        """What is due, once each."""
        queue, clock = self.bot.room.queue, self.bot.clock
        while tasks := await queue.claim(tuple(self._handlers), 1, timedelta(minutes=1)):
            (task,) = tasks
            try:
                await attempt(self._handlers[task.kind], task)
            except TryAgain as later:
                await queue.again(task, clock() + later.after, later.why, failed=later.failed)
            else:
                await queue.done(task)

    async def arrived(self, *rows: tuple[str, ...]) -> Reply:
        """The list as it is after the folder was looked into."""
        self.folders.files[LIPA.id] = {"5 б клас.csv": csv(*(rows or ROWS))}
        await self.bot.says(DIRECTOR, "списък от мон")
        await self.work()
        return await self.bot.says(DIRECTOR, "списък от мон")


async def test_from_the_board_to_an_address_in_two_presses():
    room = Room(folder="")
    board = await room.bot.says(DIRECTOR, "профили")
    first = await room.bot.presses(DIRECTOR, board, "Списък от МОН")
    assert BG("listed-none") in shown(first)
    offered = await room.bot.presses(DIRECTOR, first, "Качване на списък с профили")
    assert BG("listed-upload-about") in shown(offered)
    assert [
        node["url"]
        for node in nodes(offered.card)
        if str(node.get("url")).startswith("https://bot.example.bg/links/people/")
    ]
    back = await room.bot.presses(DIRECTOR, offered, "Към списъка от МОН")
    assert BG("accounts-title") in shown(await room.bot.presses(DIRECTOR, back, "Към профилите"))
    assert room.folders.read == 0


async def test_on_the_first_day_nothing_is_amiss_and_nothing_is_spoken_of_that_is_not_there():
    """No folder in the settings, no list, out of the season of intake."""
    room = Room(folder="")
    board = await room.bot.says(DIRECTOR, "профили")
    assert "Приемане" not in " ".join(row_titles(board))
    listed = await room.bot.presses(DIRECTOR, board, "Списък от МОН")
    assert shown(listed).splitlines() == [
        "Списък от МОН",
        "Училище: ",
        LIPA.name,
        BG("listed-none"),
        BG("listed-none-upload"),
        "Качване на списък с профили",
        "Към профилите",
    ]


async def test_the_board_says_what_is_to_be_done_about_the_list_and_leads_there():
    room = Room(season=ALL_YEAR)
    await room.arrived()
    board = await room.bot.says(DIRECTOR, "профили")
    row = row_of(board, "Списък от МОН: 7")
    assert "Без профил в училището – 1; Не е сигурно чий е профилът – 1; Два профила – 1" in row
    assert row_of(board, "Приемане"), "below it, however many rows there are"
    assert BG("listed-title") in shown(await room.bot.presses(DIRECTOR, board, row))
    assert not [one.name for one in SCHOOL if one.name in str(board.card)]

    room.folders.files[LIPA.id] = {"5 б клас.csv": csv(ROWS[0])}
    room.bot.clock.move(hours=4)
    await room.bot.says(DIRECTOR, "списък от мон")
    await room.work()
    done = await room.bot.says(DIRECTOR, "профили")
    assert "Списък от МОН" not in " ".join(row_titles(done))


def test_a_board_with_everything_on_it_leaves_no_way_out():
    """All views of the school, its list and intake: none is cut off."""
    card = next(one for one in screens() if one.name == "accounts-board-listed").card(BG)
    titles = row_titles(Reply(card=card))
    begin = ("Нови", "Непредадени", "Предадени, още не", "Учители", "Не могат", "Списък от МОН", "Приемане")
    assert [title for title, word in zip(titles, begin, strict=False) if not title.startswith(word)] == []


@pytest.mark.parametrize("trouble", [FolderTrouble.ABSENT, FolderTrouble.EMPTY])
async def test_a_school_that_uploads_its_lists_is_not_warned_of_a_folder_without_any(trouble: FolderTrouble):
    room = Room()
    room.folders.trouble[LIPA.id] = FolderFiles(trouble=trouble)
    for people in ((), SCHOOL[:1]):
        room.kept.kept[LIPA.id] = replace(list_naming(LIPA, people), trouble=trouble, checked_at=room.bot.clock())
        reply = await room.bot.says(DIRECTOR, "списък от мон")
        warnings = [one for one in nodes(reply.card) if one.get("style") == "warning"]
        assert BG(f"listed-trouble-{trouble}", folder="НЕИСПУО/Профили") in shown(reply)
        assert ("„НЕИСПУО/Профили“" in str(warnings)) is (not people)


async def test_a_list_arrives_by_itself_and_is_held_against_the_accounts():
    room = Room()
    reply = await room.arrived()
    counts = {title.split(": ")[0]: int(title.split(": ")[1].split(",")[0]) for title in row_titles(reply)}
    assert counts == STATES
    assert "В списъка са 7 души от 1 файл" in shown(reply)
    assert PASSWORD not in str(room.kept.kept)
    assert EGN_OWN not in str(room.kept.kept)

    await room.bot.says(DIRECTOR, "списък от мон")
    await room.work()
    assert room.folders.read == 1  # nothing is read twice


@pytest.mark.parametrize(
    ("row", "told", "way"),
    [
        ("Без профил в училището", "няма профил с тези данни", "Искане за преместен ученик"),
        ("С предишно потребителско име", "rv012345602@edu.mon.bg", "Към профила"),
        ("Не е сигурно чий е профилът", "Друг Човек Пробен, dc012345606@edu.mon.bg", "Към профила"),
        ("Два профила", "два активни профила", "Профил 1"),
        ("В друго училище", "има активен профил извън", "Искане за преместен ученик"),
        ("Неактивен профил", "неактивен профил не може", "Към профила"),
        ("С профил", "ipo12345601@edu.mon.bg", "Към профила"),
    ],
)
async def test_each_state_says_what_is_next_and_leads_there(row: str, told: str, way: str | None):
    room = Room()
    bot, overview = room.bot, await room.arrived()
    people = await bot.presses(DIRECTOR, overview, row_of(overview, row))
    one = await bot.presses(DIRECTOR, people, row_titles(people)[0])
    assert told.lower() in shown(one).lower()
    assert "5 б клас.csv, ред" in shown(one)
    assert UTRO.name not in shown(one)
    if way is not None:
        after = await bot.presses(DIRECTOR, one, way)
        assert BG("notice-not-possible") not in shown(after)
    back = await bot.presses(DIRECTOR, one, "Към останалите")
    assert row_titles(back) == row_titles(people)


async def test_of_a_teacher_of_the_list_no_class_is_spoken_of():
    room = Room()
    rows = [("Име", "Длъжност", "Потребителско име"), ("Учител Нов Пробен", "учител", "nov.proben")]
    room.folders.files[LIPA.id] = {"учители.csv": text(rows, ";", "utf-8")}
    await room.bot.says(DIRECTOR, "списък от мон")
    await room.work()
    overview = await room.bot.says(DIRECTOR, "списък от мон")
    people = await room.bot.presses(DIRECTOR, overview, row_of(overview, "Без профил в училището"))
    words = shown(await room.bot.presses(DIRECTOR, people, row_titles(people)[0]))
    assert "Длъжност\nУчител" in words
    assert "Паралелка" not in words


async def test_in_the_season_who_is_only_in_the_list_of_a_grade_of_intake_leads_there():
    """A list of grade VIII has numbers, and its students their accounts elsewhere: none of them is without one."""
    entering = ("Постъпващ Пробен Нов", "5044216423", "8 а", "", "")
    for season, way in ((ALL_YEAR, "Приемане на ученици"), (CLOSED, "Искане за преместен ученик")):
        room = Room(season=season)
        overview = await room.arrived(entering)
        people = await room.bot.presses(DIRECTOR, overview, row_of(overview, "Без профил в училището"))
        one = await room.bot.presses(DIRECTOR, people, row_titles(people)[0])
        form = await room.bot.presses(DIRECTOR, one, way)
        assert (BG("intake-form-title") in shown(form)) is (season is ALL_YEAR)
        assert entering[1] not in str(one.card)


async def test_a_row_that_is_gone_meanwhile_says_so():
    room = Room()
    overview = await room.arrived()
    people = await room.bot.presses(DIRECTOR, overview, row_of(overview, "Без профил в училището"))
    room.folders.files[LIPA.id] = {"5 б клас.csv": csv(*ROWS[:6])}
    room.bot.clock.move(hours=4)
    await room.bot.says(DIRECTOR, "списък от мон")
    await room.work()
    assert BG("listed-gone") in shown(await room.bot.presses(DIRECTOR, people, row_titles(people)[0]))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("trouble", list(FolderTrouble))
async def test_what_stands_in_the_way_of_the_folder_is_said_in_words(trouble: FolderTrouble, language: str):
    room = Room()
    if trouble is FolderTrouble.FORBIDDEN:
        room.folders.error = DirectoryForbidden("accessDenied")
    elif trouble is FolderTrouble.UNREACHABLE:
        room.folders.error = DirectoryUnavailable("down")
    else:
        room.folders.trouble[LIPA.id] = FolderFiles(trouble=trouble)
    bot = room.bot
    await bot.says(DIRECTOR, "списък от мон")
    for _ in range(8):
        await room.work()
        bot.clock.move(minutes=6)
    if trouble is FolderTrouble.UNREACHABLE:  # what the worker does after the last failure
        await room._handlers[ARRIVE].on_dead_letter(
            Task(1, ARRIVE, "k", {"school": LIPA.id}, 7), DirectoryUnavailable("down")
        )
    t = CATALOG.speak(language)
    said = await bot.says(DIRECTOR, t("command-account-lists-word"), locale=f"{language}-BG")
    assert t(f"listed-trouble-{trouble}", folder="НЕИСПУО/Профили").partition(". ")[0] in shown(said)


async def test_a_file_that_cannot_be_read_takes_nothing_away_and_is_named():
    room = Room()
    await room.arrived()
    room.folders.files[LIPA.id] = {"стар.xlsx": b"\xd0\xcf\x11\xe0" + b"0" * 100}
    room.bot.clock.move(hours=4)
    await room.bot.says(DIRECTOR, "списък от мон")
    await room.work()
    reply = await room.bot.says(DIRECTOR, "списък от мон")
    assert "стар.xlsx: Файлът е .xls или е защитен с парола" in shown(reply)
    assert len(room.kept.kept[LIPA.id].people) == len(ROWS)
    read = room.folders.read
    room.bot.clock.move(hours=4)
    await room.bot.says(DIRECTOR, "списък от мон")
    await room.work()
    assert room.folders.read == read  # the same file is not tried again


async def test_while_others_are_read_the_folder_waits_and_told_columns_have_it_read_anew():
    room = Room()
    room.bot.list_reader.busy = True
    room.folders.files[LIPA.id] = {
        "наша.csv": text([("едно", "две"), ("пет", "нещо"), ("шест", "друго")], ";", "utf-8")
    }
    await room.bot.says(DIRECTOR, "списък от мон")
    await room.work()
    assert room.kept.kept.get(LIPA.id) is None
    room.bot.list_reader.busy = False
    room.bot.clock.move(minutes=2)
    await room.work()
    reply = await room.bot.says(DIRECTOR, "списък от мон")
    assert BG("listed-asked", count=1) in shown(reply)
    question = (
        await room.bot.list_reader.read(
            room.folders.files[LIPA.id], school_code=LIPA.code, dated=room.folders.dated, columns={}
        )
    ).questions[0]
    told = {question.fingerprint: (ColumnMeaning.NAME, ColumnMeaning.CLASS)}
    await room.kept.remember_columns(LIPA.id, told, room.bot.clock(), ())
    room.bot.clock.move(hours=4)
    await room.bot.says(DIRECTOR, "списък от мон")
    await room.work()
    assert [one.name for one in room.kept.kept[LIPA.id].people] == ["едно", "пет", "шест"]  # words that head nothing
    assert BG("listed-asked", count=1) not in shown(await room.bot.says(DIRECTOR, "списък от мон"))


async def test_seven_lists_of_the_folder_with_the_same_unknown_heads_need_one_answer():
    """Until it is given none of them takes anybody away, and none is said to name nobody."""
    room = Room()
    await room.arrived()
    files = {"5 б клас.csv": csv(*ROWS[:2])} | {f"6 {letter}.csv": strange(letter) for letter in "абвгдеж"}
    room.folders.files[LIPA.id] = files
    room.bot.clock.move(hours=4)
    await room.bot.says(DIRECTOR, "списък от мон")
    await room.work()
    assert BG("listed-asked", count=7) in shown(await room.bot.says(DIRECTOR, "списък от мон"))
    assert room.kept.kept[LIPA.id].faults == ()

    read = await room.bot.list_reader.read(files, school_code=LIPA.code, dated=room.folders.dated, columns={})
    told = {
        one.fingerprint: (ColumnMeaning.NAME, ColumnMeaning.NOTHING, ColumnMeaning.CLASS) for one in read.questions
    }
    assert len(told) == 1
    await room.kept.remember_columns(LIPA.id, told, room.bot.clock(), ())
    room.bot.clock.move(hours=4)
    await room.bot.says(DIRECTOR, "списък от мон")
    await room.work()
    assert len(room.kept.kept[LIPA.id].people) == 2 + 7 * 2
    for letter in "вг":
        files[f"6 {letter}.csv"] = strange(letter, ("Друг", "На кого", "Къде"))
    room.bot.clock.move(hours=4)
    await room.bot.says(DIRECTOR, "списък от мон")
    await room.work()
    assert len(room.kept.kept[LIPA.id].people) == 2 + 7 * 2, "two of them are asked about again"


async def test_columns_that_are_told_while_the_folder_is_read_have_it_read_anew():
    room = Room()
    room.folders.files[LIPA.id] = {"5 б клас.csv": csv(*ROWS)}
    read = room.bot.list_reader.read

    async def slowly(*given, **more):
        said = await read(*given, **more)
        await room.kept.remember_columns(LIPA.id, {"a" * 32: (ColumnMeaning.NAME,)}, room.bot.clock(), ())
        return said

    room.bot.list_reader.read = slowly  # type: ignore[method-assign]  # somebody tells meanwhile
    await room.bot.says(DIRECTOR, "списък от мон")
    await room.work()
    assert len(room.kept.kept[LIPA.id].people) == len(ROWS)
    room.bot.clock.move(hours=4)
    await room.bot.says(DIRECTOR, "списък от мон")
    await room.work()
    assert room.folders.read == 2


@pytest.mark.parametrize("unusable", [False, True])
async def test_columns_that_are_told_while_the_folder_is_asked_have_it_read_anew(unusable):
    """Of a folder in which nothing changed, and of one that has come to hold what cannot be used."""
    room = Room()
    await room.arrived()
    if unusable:
        room.folders.files[LIPA.id] = {"стар.xlsx": b"\xd0\xcf\x11\xe0" + b"0" * 100}
    asked, read, before = room.folders.lists_in, room.bot.list_reader.read, room.folders.read

    async def tell() -> None:
        await room.kept.remember_columns(LIPA.id, {"a" * 32: (ColumnMeaning.NAME,)}, room.bot.clock(), ())

    async def while_asked(*given):
        found = await asked(*given)
        await tell()
        return found

    async def while_read(*given, **more):
        await tell()
        return await read(*given, **more)

    if unusable:
        room.bot.list_reader.read = while_read  # type: ignore[method-assign]  # somebody tells meanwhile
    else:
        room.folders.lists_in = while_asked  # type: ignore[method-assign]  # as above
    room.bot.clock.move(hours=4)
    await room.bot.says(DIRECTOR, "списък от мон")
    await room.work()
    room.folders.lists_in, room.bot.list_reader.read = asked, read  # type: ignore[method-assign]  # as above
    room.bot.clock.move(hours=4)
    await room.bot.says(DIRECTOR, "списък от мон")
    await room.work()
    assert room.folders.read == before + 1 + unusable


async def test_a_file_that_is_too_large_is_named_and_a_number_in_its_name_is_not():
    room = Room()
    name = f"списък {EGN_OWN}.csv"
    room.folders.trouble[LIPA.id] = FolderFiles(
        {"5 б клас.csv": csv(*ROWS)},
        room.folders.dated,
        "mark",
        {name: ListFault.TOO_LARGE, "голям.csv": ListFault.TOO_LARGE},
    )
    await room.bot.says(DIRECTOR, "списък от мон")
    await room.work()
    reply = await room.bot.says(DIRECTOR, "списък от мон")
    assert "Твърде голям" in shown(reply)
    assert [one.file for one in room.kept.kept[LIPA.id].faults] == ["списък ••••••.csv", "голям.csv"]
    assert EGN_OWN not in str(room.kept.kept) + str(reply.card)


async def test_of_a_folder_with_nothing_but_a_file_that_is_too_large_that_is_said():
    room = Room()
    room.folders.trouble[LIPA.id] = FolderFiles({}, room.folders.dated, "mark", {"голям.csv": ListFault.TOO_LARGE})
    await room.bot.says(DIRECTOR, "списък от мон")
    await room.work()
    assert "голям.csv: Твърде голям" in shown(await room.bot.says(DIRECTOR, "списък от мон"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fault", [ListFault.REFUSED, ListFault.LOCKED])
async def test_one_file_that_microsoft_does_not_give_is_named_and_the_others_are_read(
    fault: ListFault, language: str
):
    """Whoever has a file open is waited for a while; it is read with the next look, though nothing has changed."""
    room = Room()
    room.folders.trouble[LIPA.id] = FolderFiles(
        {"5 б клас.csv": csv(*ROWS)}, room.folders.dated, "mark", {"нови.xlsm": fault}
    )
    await room.bot.says(DIRECTOR, "списък от мон")
    await room.work()
    waits = fault is ListFault.LOCKED
    assert (LIPA.id in room.kept.kept) is not waits
    for _ in range(4):
        room.bot.clock.move(minutes=6)
        await room.work()
    t = CATALOG.speak(language)
    reply = shown(await room.bot.says(DIRECTOR, t("command-account-lists-word"), locale=f"{language}-BG"))
    assert f"нови.xlsm: {t(f'listed-fault-{fault}')}" in reply
    assert t("listed-trouble-forbidden", folder="НЕИСПУО/Профили").partition(". ")[0] not in reply
    kept = room.kept.kept[LIPA.id]
    assert (len(kept.people), kept.mark) == (len(ROWS), "" if waits else "mark")


async def test_of_a_file_that_is_locked_everybody_stays():
    room = Room()
    await room.arrived()
    room.folders.trouble[LIPA.id] = FolderFiles({}, room.folders.dated, "m2", {"5 б клас.csv": ListFault.LOCKED})
    room.bot.clock.move(hours=4)
    await room.bot.says(DIRECTOR, "списък от мон")
    for _ in range(5):
        await room.work()
        room.bot.clock.move(minutes=6)
    kept = room.kept.kept[LIPA.id]
    assert (len(kept.people), kept.faults[0].fault) == (len(ROWS), ListFault.LOCKED)
    assert kept.mark == ""


async def test_the_round_of_the_board_looks_into_the_folder_too():
    room = Room()
    room.folders.files[LIPA.id] = {"5 б.csv": csv(*ROWS)}
    room.bot.accounts.store.directors[LIPA.id] = room.bot.clock()
    dialog = next(one.dialog for one in room.bot.built if one.name == "accounts")
    await room.bot.room.queue.add(list(dialog.starts(room.bot.clock())))
    await room.work()
    room.bot.clock.move(minutes=13)
    await room.work()
    assert len(room.kept.kept[LIPA.id].people) == len(ROWS)


async def test_a_list_is_no_way_to_try_usernames():
    """Outside the school few are asked for within an hour, however often lists come, each once a week; one whose name
    does not agree is nobody. Until all were asked for, the card says that the list is still being compared.
    """
    room = Room()
    many = [("Иван Иванов", "", "5 б", f"zz01234{number:04}", "") for number in range(MOST_ASKED + 20)]
    guessed = ("Мария Иванова Петрова", "", "5 б", "cp012345607", "")
    asked: list[str] = []
    find = room.bot.directory.find_by_username

    async def counted(username: str):
        asked.append(username)
        return await find(username)

    room.bot.directory.find_by_username = counted  # type: ignore[method-assign]  # counts
    overview = await room.arrived(guessed, *many)
    assert len(asked) == MOST_ASKED
    assert "В друго училище" not in shown(overview)
    assert BG("listed-resolving") in shown(overview)

    room.bot.clock.move(minutes=40)
    handler, task = room._handlers[RESOLVE], Task(1, RESOLVE, "again", {"school": LIPA.id}, 1)
    await handler.carry_out(task)
    assert len(asked) == MOST_ASKED, "another list within the hour asks for nobody"
    room.bot.clock.move(minutes=20)
    await room.work()
    assert len(asked) == len(set(asked)) == MOST_ASKED + 21
    assert BG("listed-resolving") not in shown(await room.bot.says(DIRECTOR, "списък от мон"))

    for rows in ((ROWS[0],), (guessed, *many)):  # left out, and sent again
        room.folders.files[LIPA.id] = {"5 б клас.csv": csv(*rows)}
        room.bot.clock.move(hours=4)
        await room.bot.says(DIRECTOR, "списък от мон")
        await room.work()
    assert len(asked) == MOST_ASKED + 21
    actions = [one for one in room.bot.ledger.audit.entries if one.action == "account.listed-elsewhere"]
    assert [one.detail["asked"] for one in actions] == [str(MOST_ASKED), "21"]


async def test_a_cell_with_all_common_names_is_no_way_to_try_usernames():
    """Two of its words agree with somebody's name, whoever it is."""
    room = Room()
    names = "Мария Иван Георги Цвета Пробна Петрова Иванова Преместена"
    overview = await room.arrived((names, "", "5 б", "cp012345607", ""))
    assert room.kept.kept[LIPA.id].people[0].name == names
    assert "В друго училище" not in shown(overview)


async def test_of_a_teacher_of_another_school_nothing_is_told():
    room = Room()
    away = replace(
        person(70, "Цвета Пробна Далечна", "", UTRO, kind=Kind.TEACHER), username="tsveta.dalechna@edu.mon.bg"
    )
    room.bot.directory.people.append(away)
    overview = await room.arrived(("Цвета Пробна Далечна", "", "", "tsveta.dalechna", ""))
    assert room.kept.kept[LIPA.id].people[0].usernames == (away.username,)
    assert "В друго училище" not in shown(overview)


@pytest.mark.parametrize("who", [TEACHER, STUDENT, RUO, DEPUTY, OTHER_DIRECTOR])
async def test_nobody_else_sees_the_list(who: str):
    room = Room()
    if who == DEPUTY:
        room.bot.appoint()
    overview = await room.arrived()
    reply = await room.bot.says(who, "списък от мон")
    assert "Нова Пробна" not in shown(reply)
    assert not any(title in shown(reply) for title in STATES if title != "Два профила")
    stolen = await room.bot.presses(who, overview, row_of(overview, "Без профил в училището"))
    assert "Нова Пробна" not in shown(stolen)


async def test_without_pages_there_is_no_upload():
    room = Room()
    room.bot = Bot(people=SCHOOL, prints=False)
    reply = await room.bot.says(DIRECTOR, "списък от мон")
    assert "Качване на списък с профили" not in buttons(reply)
    assert "Качете" not in shown(reply)


async def test_a_school_that_opens_its_board_each_hour_has_its_list_compared_and_its_folder_looked_into():
    """Its board is never due for a look, so what is done beside looks has times of its own."""
    room = Room()
    await room.arrived()
    room.bot.accounts.store.directors[LIPA.id] = room.bot.clock()
    dialog = next(one.dialog for one in room.bot.built if one.name == "accounts")
    await room.bot.room.queue.add(list(dialog.starts(room.bot.clock())))
    begin, times = room.bot.clock(), set()
    for _ in range(7 * 6):
        room.bot.clock.move(minutes=10)
        if (room.bot.clock() - begin).total_seconds() % 3600 == 0:
            await room.bot.says(DIRECTOR, "профили")
        await room.work()
        kept = room.kept.kept[LIPA.id]
        assert kept.resolved is not None
        times.add((kept.resolved.at, kept.checked_at))
    compared, checked = map(set, zip(*times, strict=True))
    assert len([at for at in compared if at > begin]) >= 2
    assert len([at for at in checked if at > begin]) >= 2


async def test_who_is_found_by_name_alone_is_said_to_wait_for_the_comparison_which_comes_with_the_account():
    """The ministry makes accounts some minutes after the list was read: the names agree, and there is one account."""
    room = Room()
    new = replace(person(30, "Постъпващ Пробен Нов", "5044216423", LIPA), username="ppn12345630@edu.mon.bg")
    overview = await room.arrived(("Постъпващ Пробен Нов", "5044216423", "5 б", "", ""))
    assert row_of(overview, "Без профил в училището: 1")
    room.bot.clock.move(minutes=10)
    made = room.bot.clock()
    room.bot.directory.people.append(new)
    account = Account(new.id, new.name, new.username, Kind.STUDENT, "5 б", True, made, made)
    accounts = room.bot.accounts.school.accounts
    accounts[LIPA.id] = (*accounts[LIPA.id], account)

    room.bot.clock.move(hours=1, minutes=1)
    await room.bot.says(DIRECTOR, "профили")
    overview = await room.bot.says(DIRECTOR, "списък от мон")
    people = await room.bot.presses(DIRECTOR, overview, row_of(overview, "Номерът още не е потвърден: 1"))
    one = await room.bot.presses(DIRECTOR, people, row_titles(people)[0])
    assert BG("listed-next-by-name") in shown(one)
    assert f"{new.name}, {new.username}" in shown(one)
    assert "Към профила" in buttons(one)
    assert BG("listed-next-unsure") not in shown(one)

    room.bot.clock.move(minutes=7)
    await room.work()
    assert row_of(await room.bot.says(DIRECTOR, "списък от мон"), "С профил: 1")


async def uploaded(room: Room, name: str, *rows: tuple[str, ...]) -> None:
    now = room.bot.clock()
    raw = {name: csv(*rows)}
    read = await room.bot.list_reader.read(raw, school_code=LIPA.code, dated=now, columns={})
    await room.kept.change_list(LIPA.id, lambda kept: taken_in(kept, read, LIPA.id, ListSource.UPLOAD, now)[0])


async def test_a_director_removes_an_uploaded_file_after_being_asked_and_it_is_recorded():
    room = Room(folder="")
    await uploaded(room, "грешен.csv", ROWS[6], ROWS[5])
    room.bot.clock.move(minutes=1)
    await uploaded(room, "5 б клас.csv", *ROWS[:2])
    overview = await room.bot.says(DIRECTOR, "списък от мон")
    files = await room.bot.presses(DIRECTOR, overview, "Файлове")
    assert BG("listed-files-about") in shown(files)
    told = row_of(files, "грешен.csv")
    assert "2 души, от 23.11.2026 г., важи до 14.09.2027 г." in told
    sure = await room.bot.presses(DIRECTOR, files, told)
    assert BG("listed-remove-sure") in shown(sure)
    assert len(room.kept.kept[LIPA.id].people) == 4, "nothing is removed unasked"

    done = await room.bot.presses(DIRECTOR, sure, "Премахване")
    assert BG("listed-file-removed") in shown(done)
    assert room.kept.kept[LIPA.id].files == ("5 б клас.csv",)
    assert "Нова Пробна" not in str(room.kept.kept)
    entries = [one for one in room.bot.ledger.audit.entries if one.action == "account.list"]
    assert [(one.actor, one.outcome, one.detail) for one in entries] == [(DIRECTOR, "removed", {"people": "2"})]
    again = await room.bot.presses(DIRECTOR, sure, "Премахване")
    assert BG("listed-file-gone") in shown(again)
    assert len([one for one in room.bot.ledger.audit.entries if one.action == "account.list"]) == 1


async def test_an_old_card_removes_no_file_that_came_meanwhile_under_that_name():
    room = Room(folder="")
    await uploaded(room, "5 б.csv", *ROWS[:2])
    files = await room.bot.presses(DIRECTOR, await room.bot.says(DIRECTOR, "списък от мон"), "Файлове")
    sure = await room.bot.presses(DIRECTOR, files, row_of(files, "5 б.csv"))
    room.bot.clock.move(minutes=1)
    await uploaded(room, "5 б.csv", *ROWS[:3])
    assert BG("listed-file-gone") in shown(await room.bot.presses(DIRECTOR, sure, "Премахване"))
    assert len(room.kept.kept[LIPA.id].people) == 3


async def test_what_lies_in_the_folder_is_taken_out_there():
    room = Room()
    overview = await room.arrived()
    files = await room.bot.presses(DIRECTOR, overview, "Файлове")
    told = await room.bot.presses(DIRECTOR, files, row_of(files, "5 б клас.csv"))
    assert BG("listed-file-in-folder", folder="НЕИСПУО/Профили") in shown(told)
    assert "5 б клас.csv" in shown(told), "which file it is"
    assert "Не може да бъде изпълнено" not in shown(told), "nothing was asked for yet"
    assert "Премахване" not in buttons(told)


@pytest.mark.parametrize("who", [TEACHER, STUDENT, RUO, DEPUTY, OTHER_DIRECTOR])
async def test_nobody_else_removes_a_file(who: str):
    room = Room(folder="")
    if who == DEPUTY:
        room.bot.appoint()
    await uploaded(room, "5 б.csv", *ROWS[:2])
    files = await room.bot.presses(DIRECTOR, await room.bot.says(DIRECTOR, "списък от мон"), "Файлове")
    sure = await room.bot.presses(DIRECTOR, files, row_of(files, "5 б.csv"))
    await room.bot.presses(who, sure, "Премахване")
    assert len(room.kept.kept[LIPA.id].people) == 2
    assert not [one for one in room.bot.ledger.audit.entries if one.outcome == "removed"]


async def test_from_the_fifteenth_of_september_last_years_list_is_none_and_its_files_in_the_folder_do_not_count():
    room = Room()
    june = datetime(2027, 6, 1, 6, tzinfo=UTC)
    room.bot.clock.now = june
    files = {"5 б клас.csv": csv(*ROWS), "нови.csv": csv(ROWS[0])}
    changed = dict.fromkeys(files, june)
    room.folders.trouble[LIPA.id] = FolderFiles(files, june, "mark", changed=changed)
    await room.bot.says(DIRECTOR, "списък от мон")
    await room.work()
    assert len(room.kept.kept[LIPA.id].people) == len(ROWS)

    room.bot.clock.now = datetime(2027, 9, 15, 6, tzinfo=UTC)
    room.folders.trouble[LIPA.id] = FolderFiles(files, june, "mark 2", changed=changed)
    await room.bot.says(DIRECTOR, "списък от мон")
    await room.work()
    ended = await room.bot.says(DIRECTOR, "списък от мон")
    assert BG("listed-none") in shown(ended)
    assert BG("listed-folder-ended", folder="НЕИСПУО/Профили") in shown(ended)
    assert "Файлове" not in buttons(ended)
    assert "Списък от МОН" not in " ".join(row_titles(await room.bot.says(DIRECTOR, "профили")))

    room.bot.clock.move(hours=4)
    changed |= {"нови.csv": room.bot.clock()}
    room.folders.trouble[LIPA.id] = FolderFiles(files, room.bot.clock(), "mark 3", changed=changed)
    await room.bot.says(DIRECTOR, "списък от мон")
    await room.work()
    assert room.kept.kept[LIPA.id].files == ("нови.csv",)


async def test_the_files_of_a_package_in_the_folder_are_as_old_as_it():
    """Read in July beside a list of the next year, it still ends with its own."""
    room = Room()
    room.bot.clock.now = july = datetime(2027, 7, 2, 6, tzinfo=UTC)
    changed = {"стари.zip": datetime(2026, 11, 2, 6, tzinfo=UTC), "нови.csv": july}
    files = {"стари.zip": package({"5 б клас.csv": csv(*ROWS[:5])}), "нови.csv": csv(ROWS[6])}
    room.folders.trouble[LIPA.id] = FolderFiles(files, july, "mark", changed=changed)
    await room.bot.says(DIRECTOR, "списък от мон")
    await room.work()
    assert room.kept.kept[LIPA.id].files == ("5 б клас.csv", "нови.csv")
    room.bot.clock.now = datetime(2027, 9, 20, 6, tzinfo=UTC)
    listed = await room.kept.list_of(LIPA.id)
    assert listed is not None
    assert listed.files == ("нови.csv",)


async def test_who_has_left_is_not_looked_for_elsewhere_all_year():
    """For sixty days after the list came; what was found is kept no longer than until nobody asks again."""
    room = Room()
    await room.arrived()
    asked: list[str] = []
    find = room.bot.directory.find_by_username

    async def counted(username: str):
        asked.append(username)
        return await find(username)

    room.bot.directory.find_by_username = counted  # type: ignore[method-assign]  # counts
    handler = room._handlers[RESOLVE]
    for day in range(1, 120):
        room.bot.clock.move(days=1)
        await handler.carry_out(Task(1, RESOLVE, f"{day}", {"school": LIPA.id}, 1))
    assert 0 < len(asked) <= 9
    resolved = room.kept.kept[LIPA.id].resolved
    assert resolved is not None
    assert (resolved.elsewhere, dict(resolved.asked)) == ((), {})
