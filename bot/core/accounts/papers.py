"""Papers for a handing over: the протокол to be signed, the sheets for parents. Each has a page, for minutes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.core.accounts.board import Board
from bot.core.accounts.model import TO_HAND_OVER, BoardPerson, OwnGroup
from bot.core.accounts.policy import may_see_board
from bot.core.accounts.ports import SchoolChoices
from bot.core.accounts.read import PrepareProtocol, Protocol, ReadBoard
from bot.core.accounts.record import paper_entry
from bot.core.actors.model import Actor
from bot.core.actors.permits import directs
from bot.core.actors.ports import FreshActors
from bot.core.clock import Clock
from bot.core.decision import Decision, Reason
from bot.core.one_time_links import LIVES, Offered, OneTimeLink, OneTimeLinks
from bot.core.people.classes import grade_of_class
from bot.core.people.free_text import FreeText
from bot.core.people.model import Kind, School

_YOUNG = frozenset({"1", "2", "3", "4"})


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
    open_ = tuple(one for one in people if to_sign(one) or one.state in TO_HAND_OVER)
    return open_ or tuple(people)


def to_sign(one: BoardPerson) -> bool:
    """Whether a temporary password of theirs was seen or printed and nobody has noted a handing over."""
    given = one.row.given
    return given is not None and given.shown_at is not None and one.row.receipt is None


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

    async def offer(self, actor: Actor, paper: Paper, about: str, language: str) -> Offered | Decision:
        """A link for this person to the paper of those meant by `about`."""
        fresh = await self.actors.fresh(actor.object_id, actor.tenant_id)
        permit = may_see_board(fresh)
        if not permit.allowed or fresh.school is None:
            return permit
        chosen = await self._chosen(fresh.school, about)
        if chosen is None:
            return Decision(Reason.NOBODY)
        now, token = self.clock(), self.new_token()
        link = OneTimeLink(
            paper.value, fresh.object_id, fresh.tenant_id, fresh.school.id, language, now + LIVES, about
        )
        people = len(_of(paper, chosen))
        entry = paper_entry(now, fresh.object_id, fresh.school.id, paper.value, "offered", people=people)
        await self.links.offer(token, link, (entry,))
        return Offered(token, link.until)

    async def protocol(self, token: str) -> MadeProtocol | None:
        """The протокол as it is now; the link is used up. None is all that is said of a link that is not good."""
        good = await self._good(token, Paper.PROTOCOL)
        if good is None:
            return None
        link, school, chosen = good
        people = [one.id for one in _of(Paper.PROTOCOL, chosen)]
        made = await self.prepare.of(school, chosen.title, people)
        if not await self._use(token, link, len(made.lines)):
            return None
        return MadeProtocol(made, of_class=bool(chosen.class_), of_group=chosen.group is not None)

    async def parents(self, token: str) -> ParentSheets | None:
        """The sheets for parents; as above."""
        good = await self._good(token, Paper.PARENTS)
        if good is None:
            return None
        link, school, chosen = good
        pupils = _of(Paper.PARENTS, chosen)
        sentence = (await self.choices.choices(school.id)).sentence
        if not await self._use(token, link, len(pupils)):
            return None
        return ParentSheets(school, pupils, sentence)

    async def _good(self, token: str, paper: Paper) -> tuple[OneTimeLink, School, Chosen] | None:
        link = await self.links.one(token, self.clock())
        if link is None or link.link_page != paper:
            return None
        actor = await self.actors.fresh(link.actor, link.tenant)
        if not directs(actor, link.school).allowed or actor.school is None:
            return None
        chosen = await self._chosen(actor.school, link.about)
        return None if chosen is None else (link, actor.school, chosen)

    async def _chosen(self, school: School, about: str) -> Chosen | None:
        seen = await self.read(school)
        return self.choose(about, seen, await self.choices.groups(school.id))

    async def _use(self, token: str, link: OneTimeLink, people: int) -> bool:
        now = self.clock()
        entry = paper_entry(now, link.actor, link.school, link.link_page, "downloaded", people=people)
        return await self.links.use(token, now, (entry,))


def _of(paper: Paper, chosen: Chosen) -> tuple[BoardPerson, ...]:
    people = for_paper(chosen.people)
    return people if paper is Paper.PROTOCOL else for_parents(people)
