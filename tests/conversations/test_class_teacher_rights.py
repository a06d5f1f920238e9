"""A class teacher presses every verb of every service, with genuine seals, about students of the own class, of another
class and of another school: no username, no number and no password is ever in an answer, and nothing is changed that
is not a class teacher's to change.
"""

import re

import pytest

from bot.conversation import Pressed
from bot.dialogs import DIALOGS
from bot.presser import MENU_LIFETIME
from bot.seals import Holder, Sealer
from tests.conversations.bot import DIRECTOR, LIPA, PEOPLE, TEACHER, UTRO, VERBS, Bot, shown
from tests.conversations.own_class_room import CLASS, OwnClassRoom
from tests.conversations.passwords import revealed
from tests.conversations.test_sealed_nonsense import NAMES as READ

OWN, OTHER_CLASS, OTHER_SCHOOL = "person-6", "person-7", "person-2"
NAMES = {one.id: one.name for one in PEOPLE}
IN_CLASS = {one.name for one in PEOPLE if one.attends(LIPA.id) and CLASS in " ".join(one.teams or ())}
MINE = frozenset(verb for dialog in DIALOGS if dialog.name == "own-class" for verb in dialog.handlers)


async def house() -> OwnClassRoom:
    """With a password that was just shown to the director, and class teachers who may close."""
    room = OwnClassRoom(bot=Bot())
    room.lets_class_teachers_close()
    await revealed(room.bot)
    await room.opened()
    return room


async def pressed(room: OwnClassRoom, verb: str, person: str) -> str:
    """What comes back of a press about this person, whatever the handler calls what it reads of it."""
    key = room.own_key()
    ids = dict.fromkeys(READ, person) | {"class": key, "list": "", "people": room.meaning(person)}
    ids |= {"marks": room.marks(person)}
    inputs = {"signed": person, "students": person, "several": person, "ticked": person, "recipient": "owner"}
    inputs |= {
        "typed": NAMES[person],
        "kind": "name",
        "identity": "true",
        "closers": "class-teacher",
        "reason": "Повод",
    }
    turn = room.bot.turn(TEACHER, Pressed(verb, {}))
    sealer = Sealer(b"s" * 32, lambda: f"{verb}-{person}")
    data = sealer.seal(verb, Holder.of(turn), room.bot.clock(), MENU_LIFETIME, ids=ids)
    reply = await room.bot.responder(room.bot.turn(TEACHER, Pressed(verb, {**data, **inputs})))
    assert reply is not None
    return f"{shown(reply)}\n{reply.card}\n{reply.text}"


@pytest.mark.parametrize("person", [OWN, OTHER_CLASS, OTHER_SCHOOL])
async def test_no_verb_tells_a_class_teacher_a_username_a_number_or_a_password(person):
    room = await house()
    secrets = {one.username for one in PEOPLE} | {one.identifier for one in PEOPLE if one.identifier}
    secrets |= room.bot.room.passwords
    assert len(room.bot.room.passwords) == 1
    before = (len(room.bot.room.made), dict(room.bot.moves.transfers.rows), dict(room.bot.accounts.store.chosen))
    told = {verb: await pressed(room, verb, person) for verb in VERBS}
    await room.work()
    told["messages"] = "\n".join(f"{shown(one)}{one.card}" for one in room.sent_to(TEACHER))
    for verb, said in told.items():
        # As words of their own: a seal is of chance letters and digits.
        assert not [one for one in secrets if re.search(rf"(?<![\w-]){re.escape(one)}(?![\w-])", said)], verb
        assert not [one.name for one in PEOPLE if one.name not in IN_CLASS and one.name in said], verb
    naming = {verb for verb, said in told.items() if any(name in said for name in IN_CLASS)}
    assert naming <= MINE | {"messages"}
    assert "own.class" in naming, "the own class is shown, so the walk sees something"
    after = (len(room.bot.room.made), dict(room.bot.moves.transfers.rows), dict(room.bot.accounts.store.chosen))
    assert after == before
    asked = {one.person for one in room.bot.accounts.store.asked.values()}
    noted = {one.person for one in room.bot.accounts.store.receipts.values()}
    assert (asked, noted) == (({OWN}, {OWN}) if person == OWN else (set(), set()))


async def test_a_teacher_of_another_class_may_nothing_of_it(room_of_another):
    """Every press of the own service, sealed for this teacher, about a class that is somebody else's."""
    room = room_of_another
    for verb in MINE:
        said = await pressed(room, verb, OWN)
        assert not [name for name in IN_CLASS if name in said], verb
    assert not room.bot.accounts.store.asked
    assert not room.bot.accounts.store.receipts


@pytest.fixture(params=["7 а", "elsewhere"])
def room_of_another(request):
    room = OwnClassRoom()
    room.lets_class_teachers_close()
    if request.param == "elsewhere":
        room.bot.accounts.class_teacher(TEACHER, UTRO, CLASS)
    else:
        room.bot.accounts.class_teacher(TEACHER, LIPA, request.param)
    return room


async def test_a_directors_message_about_the_class_is_no_way_for_its_teacher():
    """The button under the card of the director, pressed by the class teacher who asked."""
    room = await house()
    await room.asked(NAMES["person-5"])
    await room.work()
    card = next(one for one in room.sent_to(DIRECTOR) if NAMES["person-5"] in shown(one))
    answer = await room.bot.presses(TEACHER, card, "Временна парола")
    assert answer.refused
    assert "@edu.mon.bg" not in str(answer.card) + str(answer.text)
