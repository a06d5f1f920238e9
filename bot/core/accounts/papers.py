"""Papers for a handing over: the протокол to be signed, the sheets for parents. Each has a page, for minutes."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial

from bot.core.accounts.board import Board
from bot.core.accounts.model import BoardPerson, OwnGroup
from bot.core.accounts.policy import is_ours_to_note, may_see_board
from bot.core.accounts.ports import SchoolChoices
from bot.core.accounts.read import PrepareProtocol, Protocol, ReadBoard
from bot.core.accounts.record import paper_entry
from bot.core.actors.model import Actor
from bot.core.actors.permits import directs
from bot.core.actors.ports import FreshActors
from bot.core.clock import Clock
from bot.core.decision import Decision
from bot.core.one_time_links import LIVES, MadeFile, Offered, OneTimeLink, OneTimeLinks
from bot.core.people.classes import grade_of_class
from bot.core.people.free_text import FreeText
from bot.core.people.model import Kind, School

_YOUNG = frozenset({"1", "2", "3", "4"})
MOST_SHEETS = 60
MOST_LINES = 200
"""People on one paper: drawing holds up everybody else in the process. A whole school prints by classes."""


class Paper(StrEnum):
    """What is printed."""

    PROTOCOL = "protocol"
    PARENTS = "parents"


@dataclass(frozen=True, slots=True)
class Chosen:
    """Some people of a school under a title: a class, a group of the school's own (`group`), or part of the board."""

    title: str
    people: tuple[BoardPerson, ...]
    class_: str = ""
    group: OwnGroup | None = None


Choose = Callable[[str, Board, Sequence[OwnGroup]], Chosen | None]
"""Who is meant, in the words of whoever offers a paper (`OneTimeLink.about`); None where there is no such group."""


class PaperProblem(StrEnum):
    """Why a paper is not offered."""

    GONE = "gone"
    """There is no such group or person any more."""
    NOBODY = "nobody"
    """No student of the grades whose parents get a sheet."""
    TOO_MANY = "too-many"


@dataclass(frozen=True, slots=True)
class OfferedPaper:
    """The link, and what was read for it."""

    offered: Offered
    seen: Board
    groups: tuple[OwnGroup, ...]


@dataclass(frozen=True, slots=True)
class ParentSheets:
    """For whom sheets are printed; `sentence` is the school's own. The username is in `row.account`."""

    school: School
    pupils: tuple[BoardPerson, ...]
    sentence: FreeText


@dataclass(frozen=True, slots=True)
class MadeProtocol:
    """`of_class`: its title is a class's."""

    protocol: Protocol = field(repr=False)
    of_class: bool
    of_group: bool


def for_paper(people: Sequence[BoardPerson]) -> tuple[BoardPerson, ...]:
    """Of whom a paper speaks: those who are still to receive their account, or were given a password and have not
    signed; everybody where there are none, as when it is printed again.
    """
    open_ = tuple(one for one in people if is_ours_to_note(one))
    return open_ or tuple(people)


def for_parents(people: Sequence[BoardPerson]) -> tuple[BoardPerson, ...]:
    """The students of grades I–IV among them."""
    return tuple(
        one
        for one in people
        if one.kind is Kind.STUDENT and (grade_of_class(one.class_) in _YOUNG or one.class_ in _YOUNG)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOutPapers:
    """Only for the director of the school: asked when the link is given, and again when it is used.

    Errors: DirectoryError and its kinds, StoreUnavailable. While the directory does not answer, the link stays good.
    """

    actors: FreshActors
    read: ReadBoard
    choices: SchoolChoices
    prepare: PrepareProtocol
    links: OneTimeLinks
    choose: Choose
    clock: Clock
    new_token: Callable[[], str]

    async def offer(
        self, actor: Actor, paper: Paper, about: str, language: str
    ) -> OfferedPaper | PaperProblem | Decision:
        """A link for this person to the paper of those meant by `about`."""
        fresh = await self.actors.fresh(actor.object_id, actor.tenant_id)
        permit = may_see_board(fresh)
        if not permit.allowed or fresh.school is None:
            return permit
        seen, groups = await self._read(fresh.school)
        chosen = self.choose(about, seen, groups)
        people = PaperProblem.GONE if chosen is None else of_paper(paper, chosen.people)
        if isinstance(people, PaperProblem):
            return people
        now, token = self.clock(), self.new_token()
        link = OneTimeLink(
            paper.value, fresh.object_id, fresh.tenant_id, fresh.school.id, language, now + LIVES, about
        )
        entry = paper_entry(now, fresh.object_id, fresh.school.id, paper.value, "offered", people=len(people))
        await self.links.offer(token, link, (entry,))
        return OfferedPaper(Offered(token, link.until), seen, groups)

    async def protocol(self, token: str, draw: Callable[[MadeProtocol], Awaitable[bytes]]) -> MadeFile | None:
        """The протокол as it is now, drawn. None is all that is said of a link that is not good."""
        good = await self._good(token, Paper.PROTOCOL)
        if good is None:
            return None
        link, seen, chosen, people = good
        made = await self.prepare(seen, chosen.title, [one.id for one in people])
        drawn = await draw(MadeProtocol(made, of_class=bool(chosen.class_), of_group=chosen.group is not None))
        return MadeFile(drawn, partial(self._use, token, link, len(made.lines)))

    async def parents(self, token: str, draw: Callable[[ParentSheets], Awaitable[bytes]]) -> MadeFile | None:
        """The sheets for parents; as above."""
        good = await self._good(token, Paper.PARENTS)
        if good is None:
            return None
        link, seen, _, pupils = good
        sentence = (await self.choices.choices(seen.school.id)).sentence
        drawn = await draw(ParentSheets(seen.school, pupils, sentence))
        return MadeFile(drawn, partial(self._use, token, link, len(pupils)))

    async def _good(
        self, token: str, paper: Paper
    ) -> tuple[OneTimeLink, Board, Chosen, tuple[BoardPerson, ...]] | None:
        link = await self.links.one(token, self.clock())
        if link is None or link.link_page != paper:
            return None
        actor = await self.actors.fresh(link.actor, link.tenant)
        if not directs(actor, link.school).allowed or actor.school is None:
            return None
        seen, groups = await self._read(actor.school)
        chosen = self.choose(link.about, seen, groups)
        people = PaperProblem.GONE if chosen is None else of_paper(paper, chosen.people)
        # Who asks anew is told what has become of the list meanwhile.
        return None if chosen is None or isinstance(people, PaperProblem) else (link, seen, chosen, people)

    async def _read(self, school: School) -> tuple[Board, tuple[OwnGroup, ...]]:
        return await self.read(school), await self.choices.groups(school.id)

    async def _use(self, token: str, link: OneTimeLink, people: int) -> bool:
        now = self.clock()
        entry = paper_entry(now, link.actor, link.school, link.link_page, "downloaded", people=people)
        return await self.links.use(token, now, (entry,))


def of_paper(paper: Paper, people: Sequence[BoardPerson]) -> tuple[BoardPerson, ...] | PaperProblem:
    """Who of these is on the paper, or why there is none. A протокол of nobody says so itself."""
    found = for_paper(people)
    if paper is Paper.PROTOCOL:
        return found if len(found) <= MOST_LINES else PaperProblem.TOO_MANY
    pupils = for_parents(found)
    if not pupils:
        return PaperProblem.NOBODY
    return pupils if len(pupils) <= MOST_SHEETS else PaperProblem.TOO_MANY
