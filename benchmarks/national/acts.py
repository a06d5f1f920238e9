"""What people do in the chat for each intent, until they have what they wanted."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from random import Random

from benchmarks.national.chat import Card, Chat, NotAnswered, Words, choices, verb
from benchmarks.national.country import Country, Student
from benchmarks.national.demand import Intent, Wanted
from benchmarks.talk import parts

OpenChat = Callable[[str], Chat]
"""The chat of the person with this object id."""
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
        talk = chat(self.country.schools[wanted.school].director)
        form = await talk.says("справка", verb("lookup.search"))
        purpose = "" if mine else "moved"
        await talk.presses(form, "lookup.search", _found, kind="egn", typed=student.identifier, purpose=purpose)

    async def _password(self, wanted: Wanted, chat: OpenChat) -> None:
        student = self._student(wanted)
        talk = chat(self.country.schools[wanted.school].director)
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
        talk = chat(self.country.schools[wanted.school].director)
        start = await talk.says("парола", verb("password.find"))
        pick = await talk.presses(start, "class.open", verb("class.students"))
        listed = await talk.presses(pick, "class.students", verb("class.choose"), **{"class": title})
        offered = [value for _, value in choices(listed, "students")]
        ticked = self.random.sample(offered, min(wanted.students, len(offered)))
        given = {"students": ",".join(ticked), "recipient": "student", "identity": "true"}
        sure = await talk.presses(listed, "class.choose", verb("class.confirm"), **given)
        begun = await talk.presses(sure, "class.confirm", verb("class.progress"))
        job = next(
            part["data"]["action"]["ids"]["job"] for part in parts(begun) if part.get("verb") == "class.progress"
        )
        over: list[str] = []

        def finished(text: str) -> bool:
            if job not in text or "class.cancel" in text:
                return False
            over[:] = [text]
            return True

        if verb("class.cancel")(begun):
            await talk.told(finished)
        else:
            over = [json.dumps(begun, ensure_ascii=False)]
        if not re.search(r"Неуспешни: 0\b", over[0]):
            raise NotAnswered("some of a class failed")

    async def _transfer(self, wanted: Wanted, chat: OpenChat) -> None:
        student = self._student(wanted)
        asks, decides = chat(self.country.schools[wanted.school].director), chat(self._releasing(wanted))
        start = await asks.says("искане", verb("transfer.find"))
        form = await asks.presses(
            start, "transfer.find", verb("transfer.submit"), kind="egn", typed=student.identifier
        )
        to_class = next(value for _, value in choices(form, "to_class"))
        sent = await asks.presses(
            form, "transfer.submit", lambda card: _number(card) > 0, basis="application", to_class=to_class
        )
        number = _number(sent)
        listed, choice = await self._listed(decides, student)
        card = await decides.presses(listed, "requests.open", verb("request.ask"), choice=choice)
        sure = await decides.presses(card, "request.ask", verb("request.do"))
        await decides.presses(sure, "request.do", lambda card: not verb("request.do")(card))
        done = self.words.say("transfer-outcome-done", number="§", school="§").rpartition("§")[2]
        await asks.told(lambda text: f"№ {number} " in text and done in text)

    async def _own_links(self, wanted: Wanted, chat: OpenChat) -> None:
        teacher = self.random.choice(self.country.schools[wanted.school].teachers)
        await chat(teacher).says("класове", verb("links.check"))

    async def _school_links(self, wanted: Wanted, chat: OpenChat) -> None:
        await chat(self.country.schools[wanted.school].director).says("класове", verb("links.check"))

    async def _listed(self, decides: Chat, student: Student) -> tuple[Card, str]:
        """The page of received requests with this student's, and which of its rows that is."""
        page = await decides.says("искания", verb("requests.open"))
        for _ in range(_PAGES):
            choice = next((value for title, value in choices(page, "choice") if student.name in title), None)
            if choice is not None:
                return page, choice
            following = self.words.say("requests-next")
            further = [part for part in parts(page) if part.get("title") == following]
            if not further:
                break
            page = await decides.presses({"actions": further}, "requests.list", verb("requests.open"))
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


def _ready_or_waiting(card: Card) -> bool:
    return any(part.get("verb") in {"password.reveal", "password.state"} for part in parts(card))


def _number(card: Card) -> int:
    """The number of the request that was sent; 0 where there is none."""
    found = re.search(r"№ (\d+)", json.dumps(card, ensure_ascii=False))
    return int(found[1]) if found else 0
