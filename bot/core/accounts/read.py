"""Seeing the board: a director the whole school, a class teacher the names of the own class."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.core.accounts.board import Board, board
from bot.core.accounts.look import Look
from bot.core.accounts.model import BoardPerson, BoardState, BoardTiming, Choices
from bot.core.accounts.policy import may_close, may_have_own_class, may_see_board, recipients_allowed, to_close
from bot.core.accounts.ports import Boards, OwnClass, OwnClasses, Receipts, SchoolChoices
from bot.core.accounts.signatures import asked_at, mark_of
from bot.core.actors.model import Actor
from bot.core.actors.ports import FreshActors
from bot.core.clock import Clock, day_in_sofia
from bot.core.decision import Decision, Reason
from bot.core.errors import DirectoryError
from bot.core.handover.model import Recipient
from bot.core.handover.policy import student_birth
from bot.core.people.classes import grade_in
from bot.core.people.free_text import on_paper
from bot.core.people.model import Person, School
from bot.core.people.ports import PeopleOfSchool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBoard:
    """A school's board, whoever asks; looked at anew where it is stale."""

    boards: Boards
    look: Look
    clock: Clock
    timing: BoardTiming

    async def __call__(self, school: School) -> Board:
        """Where the directory does not answer, what was last seen, with its age. Errors: DirectoryError and its
        kinds, of a school that was never looked at; StoreUnavailable.
        """
        kept = await self.boards.kept(school.id)
        if kept.at is None or kept.at <= self.clock() - self.timing.stale:
            try:
                await self.look(school)
            except DirectoryError:
                if kept.at is None:
                    raise
            else:
                kept = await self.boards.kept(school.id)
        return board(school, kept.at, kept.rows, self.timing, kept.weeks)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowBoard:
    """The board of the actor's own school."""

    actors: FreshActors
    read: ReadBoard

    async def __call__(self, actor: Actor) -> Board | Decision:
        """Errors: DirectoryError and its kinds, StoreUnavailable."""
        fresh = await self.actors.fresh(actor.object_id, actor.tenant_id)
        permit = may_see_board(fresh)
        if not permit.allowed or fresh.school is None:
            return permit
        return await self.read(fresh.school)


@dataclass(frozen=True, slots=True)
class Pupil:
    """What a class teacher is shown of a student: the name and how far it is. By `id` a press says whom it is about;
    there is no username here that could be shown by mistake.
    """

    id: str
    name: str
    state: BoardState
    asked_at: datetime | None


@dataclass(frozen=True, slots=True)
class OwnBoard:
    """One class of a class teacher, by name. `closes`: whether the director lets class teachers note who was handed
    their account; `unsigned` are those of whom it can be noted, nobody where the director alone closes. `given` and
    `left_out`: see `ToClose`. `marks`: by id, what stands for the password a signature is for (`signatures`);
    `asked`: when that was asked for, of who has one.
    """

    school: School
    class_: str
    at: datetime | None
    pupils: tuple[Pupil, ...]
    closes: bool = False
    unsigned: tuple[Pupil, ...] = ()
    given: bool = False
    left_out: int = 0
    marks: Mapping[str, str] = field(default_factory=dict)
    asked: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowOwnClass:
    """The own classes of a class teacher (as a rule one)."""

    actors: FreshActors
    own_classes: OwnClasses
    read: ReadBoard
    choices: SchoolChoices

    async def __call__(self, actor: Actor) -> tuple[OwnBoard, ...] | Decision:
        """Errors: DirectoryError and its kinds, StoreUnavailable."""
        fresh = await self.actors.fresh(actor.object_id, actor.tenant_id)
        permit = may_have_own_class(fresh)
        if not permit.allowed:
            return permit
        own = await self.own_classes.own_classes(fresh.object_id, fresh.works_at)
        if not own:
            return Decision(Reason.NOT_CLASS_TEACHER)
        schools: dict[str, tuple[Board, Choices]] = {}
        for school in {one.school.id: one.school for one in own}.values():
            schools[school.id] = (await self.read(school), await self.choices.choices(school.id))
        return tuple(self._shown(fresh, one, *schools[one.school.id]) for one in own)

    def _shown(self, actor: Actor, own: OwnClass, seen: Board, choices: Choices) -> OwnBoard:
        people = seen.of_class(own.name)
        closes = may_close(actor, (own,), choices).allowed
        open_ = to_close(people if closes else (), self.read.timing)
        return OwnBoard(
            school=own.school,
            class_=own.name,
            at=seen.at,
            pupils=tuple(map(_pupil, people)),
            closes=closes,
            unsigned=tuple(map(_pupil, open_.people)),
            given=open_.given,
            left_out=open_.left_out,
            marks={one.id: mark_of(one) for one in people},
            asked={one.id: at for one in people if (at := asked_at(one)) is not None},
        )


def _pupil(one: BoardPerson) -> Pupil:
    return Pupil(one.id, one.name, one.state, one.row.asked_at)


@dataclass(frozen=True, slots=True)
class ProtocolLine:
    """One line to be signed. `recipients`: to whom the law lets it be handed without СОП; `number` in the list."""

    number: int
    name: str
    class_: str
    recipients: tuple[Recipient, ...]


@dataclass(frozen=True, slots=True)
class Protocol:
    """A list of who is handed an account, to be signed on paper. Holds no username and no password."""

    school: School
    title: str
    """The class, or the name of the group."""
    day: date
    lines: tuple[ProtocolLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrepareProtocol:
    """The протокол за предаване of some people of a board that was just read, for whoever may have it and records
    it.
    """

    people: PeopleOfSchool
    receipts: Receipts
    clock: Clock
    admit_synthetic: bool = False

    async def __call__(self, seen: Board, title: str, persons: Sequence[str]) -> Protocol:
        """In the order of the board; who is not in the school any more is left out. Errors: DirectoryError and its
        kinds.
        """
        now = self.clock()
        today = day_in_sofia(now)
        roster = {one.id: one for one in await self.people.people_of_school(seen.school)}
        here = [one for one in seen.among(persons) if one.id in roster]
        births = {one.id: self._birth(roster[one.id], one.class_, today) for one in here}
        untold = [one for one, birth in births.items() if birth is None]
        stated = await self.receipts.made_for_parents(seen.school.id, untold, now) if untold else {}
        lines = [
            ProtocolLine(
                number,
                on_paper(one.name),
                on_paper(one.class_),
                recipients_allowed(roster[one.id].kind, births[one.id], today, stated=one.id in stated),
            )
            for number, one in enumerate(here, start=1)
        ]
        return Protocol(seen.school, on_paper(title), today, tuple(lines))

    def _birth(self, person: Person, class_: str, today: date) -> date | None:
        return student_birth(person, today, self.admit_synthetic, grade=grade_in(person, class_))
