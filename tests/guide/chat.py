"""The chat of the pilot's people, through the proxy and with Teams' own tokens, as steps 14 and later have it."""

import asyncio
import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.connector import FakeTeams
from tests.connector.people import Person
from tests.connector.records import Exchange, Sent
from tests.conversations.bot import nodes
from tests.guide.administrator import PILOT
from tests.guide.transcript import Transcript

OTHER = "2990002"
PATIENCE = 60.0
_PASSWORD = re.compile(r"\b[DFGKMRSTVZ][a-z]+[2-9]{3,4}\b")
_SPOKEN = re.compile(r"[A-Z][a-z]+ [a-z]+ [2-9]{3,4}|(?<=Чете се: \n).*|(?<=Чете се:\n).*")
"""The same in groups, and as it is read aloud."""
_IDENTIFIER = re.compile(r"\b\d{10}\b")


class NotAsHoped(AssertionError):
    """The chat answered something else."""


@dataclass(frozen=True, slots=True)
class Cast:
    """The pilot's people, a director elsewhere, an expert; a student of the pilot's school and one of the other's."""

    director: Person
    teacher: Person
    elsewhere: Person
    expert: Person
    student: Mapping[str, Any]
    moved: tuple[Mapping[str, Any], ...]

    @property
    def called(self) -> Mapping[str, str]:
        """Object id → what the transcript calls them."""
        names = {
            "the director": self.director,
            "the teacher": self.teacher,
            "the other school's director": self.elsewhere,
            "the expert": self.expert,
        }
        return {who.object_id: name for name, who in names.items()}

    @classmethod
    def chosen(cls, people: Mapping[str, Any]) -> "Cast":
        """From the pretend tenant's people. Students who move have an ЛНЧ: no synthetic ЕГН is one to a real tenant."""

        def person(role: str, school: str | None) -> Person:
            found = next(
                one for one in people["people"] if one["role"] == role and school in {None, one["schoolCode"]}
            )
            return Person(object_id=found["aadObjectId"], name=found["name"], tenant_id=people["tenant"])

        active = [one for one in people["students"] if one["state"] == "active"]
        foreign = [one for one in active if one["identifierKind"] == "lnch" and one["schools"] not in ([], [PILOT])]
        return cls(
            director=person("director", PILOT),
            teacher=person("teacher", PILOT),
            elsewhere=person("director", OTHER),
            expert=person("ruo", None),
            student=next(one for one in active if one["schools"] == [PILOT] and one["class"] and not one["case"]),
            moved=tuple(one for one in foreign if one["schools"] == [OTHER]),
        )


@dataclass(frozen=True, slots=True)
class Chat:
    """What people say and press; everything is written down, without the password."""

    teams: FakeTeams
    transcript: Transcript
    names: Mapping[str, str]
    """Object id → what the transcript calls them."""

    async def says(self, who: Person, text: str, *hoped: str, lines: int = 9) -> Exchange:
        """Words. Errors: NotAsHoped."""
        return self._told(who, f"„{text}“", await self.teams.say(who, text), hoped, lines)

    async def presses(
        self, who: Person, shown: Any, title: str, *hoped: str, lines: int = 9, **inputs: str
    ) -> Exchange:
        """A button of a card, with its inputs filled in. Errors: NotAsHoped."""
        action = next(
            (one for one in nodes(shown) if one.get("type") == "Action.Execute" and one["title"] == title), None
        )
        if action is None:
            raise NotAsHoped(f"no button {title}: {worded(shown)}")
        filled = ", ".join(_IDENTIFIER.sub("••••••••••", value) for value in inputs.values())
        what = f"[{title}]" + (f" ({filled})" if filled else "")
        return self._told(who, what, await self.teams.press(who, action, inputs), hoped, lines)

    async def receives(self, who: Person, hoped: str) -> Sent:
        """What the bot says of its own accord. Errors: NotAsHoped."""
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            for one in reversed([*self.teams.sent, *self.teams.updated]):
                mine = one.conversation_id == self.teams.conversation_id(who)
                if mine and hoped in json.dumps(one.body, ensure_ascii=False):
                    self.transcript.said(self.names[who.object_id], "(the bot writes)", worded(one.card), lines=14)
                    return one
            await asyncio.sleep(0.05)
        raise NotAsHoped(f"{hoped} did not come")

    def _told(self, who: Person, what: str, answer: Exchange, hoped: tuple[str, ...], lines: int) -> Exchange:
        came = worded(answer.card) if answer.card is not None else answer.text or ""
        shown = _SPOKEN.sub("•••••", _PASSWORD.sub("•••••", came))
        self.transcript.said(self.names[who.object_id], what, _IDENTIFIER.sub("••••••••••", shown), lines=lines)
        if answer.status != 200 or "Възникна грешка" in came or not all(one in came for one in hoped):
            raise NotAsHoped(f"{what} → {answer.status} {came}, hoped for {hoped}")
        return answer


def worded(card: Any) -> str:
    """What somebody reads of a card, line by line."""
    return "\n".join(str(node[key]) for node in nodes(card) for key in ("text", "label", "title") if key in node)


def password_in(shown: Exchange) -> str:
    """The one that a card shows."""
    (found,) = set(_PASSWORD.findall(worded(shown.card)))
    return str(found)


async def pilot(chat: Chat, cast: Cast, admin: Callable[..., Any]) -> None:
    """Step 14: the director and the teacher of the pilot's school."""
    director, student = cast.director, cast.student
    await chat.says(director, "помощ", "Временна парола")
    form = await chat.says(director, "справка")
    asked = {"kind": "username", "typed": student["username"]}
    await chat.presses(director, form.card, "Търсене", student["name"], **asked)
    start = await chat.says(director, "парола")
    found = await chat.presses(director, start.card, "Търсене", student["name"], **asked)
    sure = await chat.presses(director, found.card, "Напред", "Потвърждаване", recipient="student", identity="true")
    ready = await chat.presses(director, sure.card, "Потвърждаване", "Временната парола е създадена")
    shown = await chat.presses(director, ready.card, "Показване на паролата", lines=14)
    signed = {"username": student["username"], "password": password_in(shown)}
    came = (await admin("signin", signed))["outcome"]
    chat.transcript.told(f"The student signs in with this password (the pretend tenant's own check): `{came}`.")
    if came != "must-change":
        raise NotAsHoped(came)
    await chat.presses(director, shown.card, "Отбелязване като предадена", "лично ученикът")
    await chat.says(director, "профили", "Предадени:", lines=20)
    await chat.says(director, "класни стаи", "Класни стаи", lines=14)
    await chat.says(cast.teacher, "класни стаи", "Екипът не е активиран за учениците", lines=14)
    await chat.says(cast.teacher, "справка", "дава директорът")


async def asks(chat: Chat, cast: Cast, student: Mapping[str, Any]) -> None:
    """The pilot's director asks the other school for a student."""
    start = await chat.says(cast.director, "ново искане")
    form = await chat.presses(
        cast.director, start.card, "Търсене", student["name"], kind="lnch", typed=student["identifier"]
    )
    classes = next(one for one in nodes(form.card) if one.get("id") == "to_class")["choices"]
    filled = {"basis": "application", "to_class": classes[0]["value"]}
    await chat.presses(cast.director, form.card, "Изпращане на искането", "изпратено", **filled)


async def moved(chat: Chat, cast: Cast, admin: Callable[..., Any]) -> None:
    """A student moves: asked for, approved, carried out."""
    student = cast.moved[0]
    await asks(chat, cast, student)
    received = await chat.receives(cast.elsewhere, "Получено е искане")
    question = await chat.presses(cast.elsewhere, received.card, "Одобряване", "Потвърждавате ли?")
    await chat.presses(cast.elsewhere, question.card, "Одобряване", "Одобрихте искането")
    await chat.receives(cast.director, "ученикът вече е във Вашето училище")
    after = next(one for one in (await admin("people"))["students"] if one["username"] == student["username"])
    chat.transcript.told(f"The pretend directory has the student in the schools: {', '.join(after['schools'])}.")
    if after["schools"] != [PILOT]:
        raise NotAsHoped(str(after["schools"]))


async def overdue(chat: Chat, cast: Cast) -> None:
    """Nobody answers a request; the regional office of the releasing school's region sees it."""
    await asks(chat, cast, cast.moved[1])
    await chat.receives(cast.expert, "Искане, отнесено към РУО")
    await chat.says(cast.expert, "искания", lines=20)
    await chat.says(cast.expert, "училища в областта", "Училищата в областта", lines=20)
