"""The lists of requests: rows that are pressed, what was typed as a filter, and the way back to where one was."""

from dataclasses import replace

import pytest

from bot.conversation import Pressed, Reply
from bot.core.actors.model import Actor, Role
from bot.core.people.model import School
from bot.core.transfers.model import Basis, State
from bot.core.transfers.request import Sent, TransferWish
from bot.dialogs.requests.place import wanted_in
from bot.presser import MENU_LIFETIME
from bot.seals import Holder, Sealer
from tests.conversations.bot import (
    DEPUTY,
    DIRECTOR,
    EGN_MOVED,
    LIPA,
    OTHER_DIRECTOR,
    PEOPLE,
    RUO,
    STRANGER,
    TEACHER,
    TENANT,
    UTRO,
    Bot,
    button_of,
    buttons,
    nodes,
    person,
    prefilled,
    row_of,
    shown,
)
from tests.conversations.test_transfer_messages import asked, only, sent_to

VIDIN = School("school-9", "2990009", "ОУ „Златна есен“", "гр. Видин", "Видин")
MANY = tuple(
    person(300 + n, f"Ученик {letter} Пробен", f"88{n}", UTRO, teams=(f"Музика - {5 + n % 2} а - ООП",), grade="5")
    for n, letter in enumerate("абвгдежзийк")
)
"""Asked for by two schools: every third by one of Видин."""


@pytest.fixture
async def bot() -> Bot:
    bot = Bot(people=(*PEOPLE, *MANY))
    for number, one in enumerate(MANY):
        wish = TransferWish(f"w{number}", one.id, LIPA.id, "chat", "", "5 б", Basis.APPLICATION)
        assert isinstance(await bot.moves.request(Actor(DIRECTOR, TENANT, Role.DIRECTOR, LIPA), wish), Sent)
    rows = bot.moves.transfers.rows
    for key in list(rows)[::3]:
        rows[key] = replace(rows[key], asked=replace(rows[key].asked, receiving=VIDIN))
    return bot


def named(reply: Reply) -> set[str]:
    return {one.name for one in MANY if one.name in shown(reply)}


FROM_VIDIN = {one.name for one in MANY[::3]}
OF_5A = {one.name for one in MANY[::2]}


@pytest.mark.parametrize(
    ("said", "whom", "filter_"),
    [
        ("искания от Видин", FROM_VIDIN, "Само „Видин“: 4"),
        ("искания от видин", FROM_VIDIN, "Само „Видин“: 4"),
        ("искания от гр. Видин", FROM_VIDIN, "Само „Видин“: 4"),
        ("iskaniq ot Vidin", FROM_VIDIN, "Само „Vidin“: 4"),
        ("искания от ОУ „Златна есен“", FROM_VIDIN, "Само „ОУ Златна есен“: 4"),
        ("искания за 5а", OF_5A, "Само „5 а“: 6"),
        ("requests from Vidin", FROM_VIDIN, "Само „Vidin“: 4"),
    ],
)
async def test_what_was_typed_is_the_filter_and_one_press_removes_it(bot, said, whom, filter_):
    listed = await bot.says(OTHER_DIRECTOR, said)

    assert named(listed) == whom
    assert row_of(listed, filter_) == f"{filter_}. Показване на всички"
    assert "Получени: 11" in shown(listed), "the counts are those of the whole lists"
    every = await bot.presses(OTHER_DIRECTOR, listed, row_of(listed, filter_))
    assert "Страница 1 от 2" in shown(every)
    assert "Показване на всички" not in shown(every)


async def test_late_ones_are_the_late_ones(bot):
    assert "Само просрочени: 0" in shown(await bot.says(OTHER_DIRECTOR, "просрочени искания"))
    rows = bot.moves.transfers.rows
    for key in list(rows)[:2]:
        rows[key] = replace(rows[key], state=State.OVERDUE)
    listed = await bot.says(OTHER_DIRECTOR, "просрочени искания")
    assert named(listed) == {MANY[0].name, MANY[1].name}
    both = await bot.says(OTHER_DIRECTOR, "просрочени искания от Видин")
    assert named(both) == {MANY[0].name}
    assert "Само просрочени · „Видин“: 1" in shown(both)


async def test_a_filter_finds_its_list_and_says_when_there_is_nothing(bot):
    sent = await bot.says(DIRECTOR, "искания от Добрич")
    assert "Няма такива искания в този списък." in shown(sent)
    assert not named(sent)
    ours = await bot.says(DIRECTOR, "искания до Варна")
    assert shown(ours).startswith("Искания – Изпратени")
    rows = bot.moves.transfers.rows
    rows |= {key: replace(row, state=State.STALE, ended_at=bot.clock()) for key, row in rows.items()}
    closed = await bot.says(OTHER_DIRECTOR, "искания от Видин")
    assert shown(closed).startswith("Искания – Приключени")
    assert named(closed) == FROM_VIDIN


@pytest.mark.parametrize("who", [TEACHER, STRANGER, DEPUTY])
async def test_a_filter_gives_nobody_a_list(bot, who):
    assert not named(await bot.says(who, "искания от Видин"))


async def test_an_office_filters_by_school_and_never_by_what_it_may_not_see(bot):
    await bot.says(RUO, "помощ")
    await bot.moves.wait(days=8)
    every = await bot.says(RUO, "искания")
    assert "Искания в областта: 11" in shown(every)
    assert "отнесени към РУО: 11" in shown(every)
    assert "просрочени: " not in shown(every), "of what there is none nothing is said"
    listed = await bot.says(RUO, "искания от Видин")
    assert "Само „Видин“: 4" in shown(listed)
    assert not named(listed)
    assert "Само „5 а“: 0" in shown(await bot.says(RUO, "искания за 5а"))
    assert "Само „Ученик“: 0" in shown(await bot.says(RUO, "искания от Ученик"))


@pytest.mark.parametrize("typed", [f"искания от {EGN_MOVED}", f"искания от Видин {EGN_MOVED}"])
async def test_an_identifier_is_no_filter(bot, typed):
    reply = await bot.says(OTHER_DIRECTOR, typed)

    assert EGN_MOVED not in str(reply)
    assert EGN_MOVED not in wanted_in(typed).words


@pytest.mark.parametrize(
    "typed",
    ["искания", "искания от РУО", "искания от вчера", "искания за одобрение", "чакащи искания", "искания от", "от"],
)
def test_what_names_no_place_is_no_filter(typed):
    assert wanted_in(typed).everything


# Back to where one was


async def test_to_the_list_leads_to_the_same_list_page_and_filter(bot):
    second = await bot.presses(OTHER_DIRECTOR, await bot.says(OTHER_DIRECTOR, "искания"), "Следващи")
    one = await bot.presses(OTHER_DIRECTOR, second, row_of(second))
    ways = {
        "to the list": (),
        "cancelled": ("Одобряване", "Отказ"),
        "refused": ("Отхвърляне", "Отказ"),
        "asked twice": ("Не е при нас", "Не е при нас", "Отказ"),
    }
    for name, presses in ways.items():
        reply = one
        for title in presses:
            reply = await bot.presses(OTHER_DIRECTOR, reply, title)
        assert shown(await bot.presses(OTHER_DIRECTOR, reply, "Искания")) == shown(second), name

    filtered = await bot.says(OTHER_DIRECTOR, "искания от Видин")
    one = await bot.presses(OTHER_DIRECTOR, filtered, row_of(filtered))
    sure = await bot.presses(OTHER_DIRECTOR, one, "Одобряване")
    done = await bot.presses(OTHER_DIRECTOR, sure, "Одобряване")
    back = await bot.presses(OTHER_DIRECTOR, done, "Искания")
    assert "Само „Видин“: 4" in shown(back)


async def test_several_at_once_lead_back_to_their_page_with_the_filter(bot):
    filtered = await bot.says(OTHER_DIRECTOR, "искания от Видин")
    nothing = await bot.presses(OTHER_DIRECTOR, filtered, "Одобряване на отбелязаните", ticked="")
    assert "отбележете поне едно" in shown(nothing)
    assert "Само „Видин“: 4" in shown(nothing)
    ids = [key for key, row in bot.moves.transfers.rows.items() if row.asked.receiving == VIDIN]
    sure = await bot.presses(OTHER_DIRECTOR, filtered, "Одобряване на отбелязаните", ticked=",".join(ids[:2]))
    assert shown(await bot.presses(OTHER_DIRECTOR, sure, "Отказ")) == shown(filtered)
    done = await bot.presses(OTHER_DIRECTOR, sure, "Одобряване")
    assert "Одобрени: 2" in shown(done)
    assert "Само „Видин“: 4" in shown(await bot.presses(OTHER_DIRECTOR, done, "Искания"))


async def test_a_new_request_and_authorised_persons_lead_back_too(bot):
    sent = await bot.presses(OTHER_DIRECTOR, await bot.says(OTHER_DIRECTOR, "искания"), "Изпратени: 0")
    form = await bot.presses(OTHER_DIRECTOR, sent, "Ново искане")
    wrong = await bot.presses(OTHER_DIRECTOR, form, "Търсене", typed="1")
    deputies = await bot.presses(OTHER_DIRECTOR, sent, "Упълномощени лица")
    new = await bot.presses(OTHER_DIRECTOR, deputies, "Упълномощаване на колега")
    cancelled = await bot.presses(OTHER_DIRECTOR, new, "Отказ")

    for reply in (form, wrong, deputies, cancelled):
        assert shown(await bot.presses(OTHER_DIRECTOR, reply, "Искания")) == shown(sent)


async def test_the_first_button_of_every_list_begins_a_new_request_for_who_may(bot):
    for who, group in ((DIRECTOR, "Приключени: 0"), (OTHER_DIRECTOR, "Изпратени: 0")):
        listed = await bot.says(who, "искания")
        for reply in (listed, await bot.presses(who, listed, group)):
            (begins,) = [node for node in reply.card["body"] if node["type"] == "ActionSet"]
            assert [one["title"] for one in begins["actions"]] == ["Ново искане"]
            rows = [at for at, node in enumerate(reply.card["body"]) if "selectAction" in node]
            assert reply.card["body"].index(begins) < min(rows, default=99), "above the list"
    bot.appoint()
    await bot.moves.wait(days=8)
    await bot.says(RUO, "помощ")
    for who in (DEPUTY, RUO):
        assert "Ново искане" not in buttons(await bot.says(who, "искания"))


async def test_a_row_is_one_button_named_by_its_request(bot):
    listed = await bot.says(OTHER_DIRECTOR, "искания")
    rows = [node["selectAction"] for node in nodes(listed.card) if "selectAction" in node]
    rows = [row for row in rows if row["type"] == "Action.Execute"]

    assert [row["title"] for row in rows] == [
        f"Искане № {n + 1}: {one.name}, {5 + n % 2} а" for n, one in enumerate(MANY[:6])
    ]
    assert {row["verb"] for row in rows} == {"request.open"}
    assert list(prefilled(listed)) == ["ticked"], "nothing is chosen from a drop-down"


async def test_the_buttons_of_older_cards_still_lead_where_they_led(bot):
    ids = {"group": "received", "page": "1"}
    turn = bot.turn(OTHER_DIRECTOR, Pressed("", {}))
    request = next(iter(bot.moves.transfers.rows))

    async def old(verb: str, ids: dict[str, str], **typed: str) -> Reply:
        sealer = Sealer(b"s" * 32, lambda: "kept")
        data = sealer.seal(verb, Holder.of(turn), bot.clock(), MENU_LIFETIME, ids=ids)
        reply = await bot.responder(replace(turn, occasion=Pressed(verb, {**data, **typed})))
        assert isinstance(reply, Reply)
        return reply

    assert "Страница 2 от 2" in shown(await old("requests.list", ids))
    opened = await old("requests.open", {"requests": f"{request}:1"}, choice=request)
    assert "Одобряване" in buttons(opened)
    forged = await old("requests.open", {"requests": f"{request}:1"}, choice="somebody-elses")
    assert shown(forged).startswith("Искания – Получени: 11")


# The username of an account that was released


async def released(bot: Bot) -> Bot:
    await asked(bot)
    await bot.moves.work()
    sure = await bot.presses(OTHER_DIRECTOR, sent_to(bot, OTHER_DIRECTOR)[0], "Одобряване")
    await bot.presses(OTHER_DIRECTOR, sure, "Одобряване")
    await bot.moves.work()
    assert only(bot).state is State.DONE
    return bot


async def test_who_asked_is_shown_the_username_in_an_answer_and_nobody_in_a_message():
    bot = await released(Bot())
    username = only(bot).asked.username
    bot.appoint()
    for told in (sent_to(bot, DIRECTOR)[0], sent_to(bot, DIRECTOR)[-1]):
        assert "Потребителско име" in buttons(told) or told is sent_to(bot, DIRECTOR)[0]
    answer = await bot.presses(DIRECTOR, sent_to(bot, DIRECTOR)[-1], "Потребителско име")
    assert username in shown(answer)
    assert "Потребителско име" not in buttons(answer)

    for who in (OTHER_DIRECTOR, DEPUTY):
        listed = await bot.presses(who, await bot.says(who, "искания"), "Приключени: 1")
        assert username not in shown(await bot.presses(who, listed, row_of(listed)))
    sent = [reply for _, _, reply in (*bot.moves.messenger.sent, *bot.moves.messenger.updated)]
    assert not any(username in str(reply.card) for reply in sent)
    assert not any(username in repr(entry) for entry in bot.ledger.audit.entries)


async def test_a_press_that_came_as_a_message_is_answered_without_the_username():
    bot = await released(Bot())
    button = button_of(sent_to(bot, DIRECTOR)[-1], "Потребителско име")
    reply = await bot.responder(bot.turn(DIRECTOR, Pressed(button["verb"], button["data"], by_message=True)))
    assert reply is not None

    assert "Профилът е предоставен" in shown(reply)
    assert only(bot).asked.username not in str(reply.card)
