"""What people do in the chat for each intent, until they have what they wanted."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from random import Random

from benchmarks.national.chat import Card, Chat, NotAnswered, Words, choices, verb
from benchmarks.national.country import Country, Student
from benchmarks.national.demand import Intent, Wanted
from benchmarks.talk import parts

OpenChat = Callable[[str], AbstractAsyncContextManager[Chat]]
"""The chat of the person with this object id, as soon as the person has time."""
_PAGES = 20
"""Of a list of requests, nobody turns more."""


@dataclass(slots=True)
class Acts:
    """Fulfils wishes. Errors of each: NotAnswered."""

    country: Country
    words: Words
    random: Random
    _spoken_for: set[str] = field(default_factory=set)
    """Students somebody acts for already: two do not ask for the same one."""

    async def __call__(self, wanted: Wanted, chat: OpenChat) -> None:
        """Does one."""
        acts: Mapping[Intent, Callable[[Wanted, OpenChat], Awaitable[None]]] = {
            Intent.LOOKUP: self._lookup,
            Intent.PASSWORD: self._password,
            Intent.CLASS: self._class,
            Intent.TRANSFER: self._transfer,
            Intent.OWN_LINKS: self._own_links,
            Intent.SCHOOL_LINKS: self._school_links,
        }
        await acts[wanted.intent](wanted, chat)

    async def _lookup(self, wanted: Wanted, chat: OpenChat) -> None:
        student = self._student(wanted, reserve=False)
        mine = wanted.class_ is not None and wanted.class_.school == self.country.schools[wanted.school].number
        async with chat(self.country.schools[wanted.school].director) as talk:
            form = await talk.says("справка", verb("lookup.search"))
            asked = form if mine else _for_a_moved_student(form)
            await talk.presses(asked, "lookup.search", _found, kind="egn", typed=student.identifier)

    async def _password(self, wanted: Wanted, chat: OpenChat) -> None:
        student = self._student(wanted)
        async with chat(self.country.schools[wanted.school].director) as talk:
            start = await talk.says("парола", verb("password.find"))
            to = verb("password.recipient")
            person = await talk.presses(start, "password.find", to, kind="egn", typed=student.identifier)
            given = {"recipient": "student", "identity": "true"}
            sure = await talk.presses(person, "password.recipient", verb("password.confirm"), **given)
            shown = await talk.presses(sure, "password.confirm", _ready_or_waiting)
            while not verb("password.reveal")(shown):
                await asyncio.sleep(1)  # as somebody does who was told to look again
                shown = await talk.presses(shown, "password.state", _ready_or_waiting)
            await talk.presses(shown, "password.reveal", verb("password.handed"))

    async def _class(self, wanted: Wanted, chat: OpenChat) -> None:
        title = wanted.class_.title if wanted.class_ else ""
        async with chat(self.country.schools[wanted.school].director) as talk:
            start = await talk.says("парола", verb("password.find"))
            pick = await talk.presses(start, "class.open", verb("class.students"))
            listed = await talk.presses(_row(pick, title), "class.students", verb("class.choose"), **{"class": title})
            offered = [value for _, value in choices(listed, "students")]
            ticked = self.random.sample(offered, min(wanted.students, len(offered)))
            given = {"students": ",".join(ticked), "recipient": "student", "identity": "true"}
            begun = await talk.presses(listed, "class.choose", _asked_or_begun, **given)
            if verb("class.confirm")(begun):
                begun = await talk.presses(begun, "class.confirm", verb("class.progress"))
        over = json.dumps(begun, ensure_ascii=False)
        if "class.cancel" in over:  # it goes on, and the director with something else
            job = next(_jobs(begun))
            over = await talk.told(lambda text: job in text and "class.cancel" not in text)
        if re.search(r"Неуспешни: [1-9]", over):
            raise NotAnswered(f"some of a class failed: {self.words.why(over)}")

    async def _transfer(self, wanted: Wanted, chat: OpenChat) -> None:
        student = self._student(wanted)
        async with chat(self.country.schools[wanted.school].director) as asks:
            start = await asks.says("ново искане", verb("transfer.find"))
            to = verb("transfer.submit")
            form = await asks.presses(start, "transfer.find", to, kind="egn", typed=student.identifier)
            to_class = next(value for _, value in choices(form, "to_class"))
            given = {"basis": "application", "to_class": to_class}
            number = _number(await asks.presses(form, "transfer.submit", lambda card: _number(card) > 0, **given))
        async with chat(self._releasing(wanted)) as decides:
            row = await self._listed(decides, student)
            card = await decides.presses(row, "request.open", verb("request.ask"))
            sure = await decides.presses(card, "request.ask", verb("request.do"))
            await decides.presses(sure, "request.do", lambda card: not verb("request.do")(card))
        done = self.words.say("transfer-outcome-done", number="§", school="§").rpartition("§")[2]
        await asks.told(lambda text: f"№ {number} " in text and done in text)

    async def _own_links(self, wanted: Wanted, chat: OpenChat) -> None:
        async with chat(self.random.choice(self.country.schools[wanted.school].teachers)) as talk:
            await talk.says("класове", verb("links.check"))

    async def _school_links(self, wanted: Wanted, chat: OpenChat) -> None:
        async with chat(self.country.schools[wanted.school].director) as talk:
            await talk.says("класове", verb("links.check"))

    async def _listed(self, decides: Chat, student: Student) -> Card:
        """The row of the received requests that is this student's."""
        page = await decides.says("искания", verb("request.open"))
        for _ in range(_PAGES):
            row = next((one for one in _rows(page) if student.name in one["title"]), None)
            if row is not None:
                return row
            following = self.words.say("page-next")
            further = [part for part in parts(page) if part.get("title") == following]
            if not further:
                break
            page = await decides.presses({"actions": further}, "requests.list", verb("request.open"))
        raise NotAnswered("the request is not in the list")

    def _student(self, wanted: Wanted, *, reserve: bool = True) -> Student:
        """Somebody of the class for whom nobody else acts."""
        if wanted.class_ is None:
            raise NotAnswered("nobody was meant")
        free = [one for one in self.country.students(wanted.class_) if one.id not in self._spoken_for]
        if not free:
            raise NotAnswered("no student of the class is left")
        chosen = self.random.choice(free)
        if reserve:
            self._spoken_for.add(chosen.id)
        return chosen

    def _releasing(self, wanted: Wanted) -> str:
        number = wanted.class_.school if wanted.class_ else 0
        return next(school.director for school in self.country.schools if school.number == number)


def _found(card: Card) -> bool:
    return "@edu.mon.bg" in json.dumps(card, ensure_ascii=False)


def _for_a_moved_student(form: Card) -> Card:
    """The button of the look-up that names its reason."""
    return next(
        part
        for part in parts(form)
        if part.get("data", {}).get("action", {}).get("ids", {}).get("purpose") == "moved"
    )


def _row(listed: Card, title: str) -> Card:
    """The row of this title; the whole card where it has an input instead."""
    return next((one for one in _rows(listed) if one["title"] == title), listed)


def _rows(listed: Card) -> Iterator[Card]:
    """What presses on its rows send."""
    return (part["selectAction"] for part in parts(listed) if "selectAction" in part)


def _asked_or_begun(card: Card) -> bool:
    return verb("class.confirm")(card) or verb("class.progress")(card)


def _ready_or_waiting(card: Card) -> bool:
    return any(part.get("verb") in {"password.reveal", "password.state"} for part in parts(card))


def _jobs(card: Card) -> Iterator[str]:
    """The job a card of a class is about."""
    for part in parts(card):
        if part.get("verb") == "class.progress":
            yield part["data"]["action"]["ids"]["job"]


def _number(card: Card) -> int:
    """The number of the request that was sent; 0 where there is none."""
    found = re.search(r"№ (\d+)", json.dumps(card, ensure_ascii=False))
    return int(found[1]) if found else 0
