"""What the conversations about one password have in common: how far it is pressed, and what may not be seen."""

from bot.conversation import Reply
from bot.core.passwords.model import Operation
from bot.core.people.model import Kind
from tests.conversations.bot import (
    DIRECTOR,
    LIPA,
    PEOPLE,
    Bot,
    person,
    shown,
)

YOUNG, FIFTEEN = "4549070385", "4141011020"
"""How old the students with these numbers are on the day of the tests: eleven and fifteen."""

GROWN = person(30, "Пламен Пробен Голям", FIFTEEN, LIPA, grade="9", teams=("Музика - 9 а - ООП",))
TEACHERS = (person(31, "Ели Пробна Учителка", "", LIPA, kind=Kind.TEACHER, teams=(), grade=""),)
ALL = (*PEOPLE, GROWN, *TEACHERS)
CHILD = "Мария Едина Еднаква"


async def found(bot: Bot, typed: str = YOUNG, kind: str = "egn") -> Reply:
    return await bot.presses(DIRECTOR, await bot.says(DIRECTOR, "парола"), "Търсене", kind=kind, typed=typed)


async def asked(bot: Bot, typed: str = YOUNG, kind: str = "egn", **inputs: str) -> Reply:
    """Up to „Желаете ли да продължите?“."""
    inputs = {"recipient": "student", "identity": "true"} | inputs
    return await bot.presses(DIRECTOR, await found(bot, typed, kind), "Напред", **inputs)


async def ready(bot: Bot, typed: str = YOUNG, kind: str = "egn", **inputs: str) -> Reply:
    """Up to „Показване на паролата“."""
    return await bot.presses(DIRECTOR, await asked(bot, typed, kind, **inputs), "Потвърждаване")


async def revealed(bot: Bot, **inputs: str) -> Reply:
    return await bot.presses(DIRECTOR, await ready(bot, **inputs), "Показване на паролата")


def only(bot: Bot) -> Operation:
    (operation,) = bot.room.made
    return operation


def password_in(bot: Bot, reply: Reply) -> str:
    (password,) = [one for one in bot.room.passwords if one in str(reply.card)]
    return password


def leaks(bot: Bot) -> list[Reply]:
    """Answers that hold a password and are not the answer that shows it."""
    return [
        reply
        for reply in bot.heard
        if any(password in str(reply.card) + (reply.text or "") for password in bot.room.passwords)
        and "Чете се" not in shown(reply)
    ]


def nothing_happened(bot: Bot) -> bool:
    return not bot.room.made and not bot.room.queue.rows and not bot.room.accounts.set_calls
