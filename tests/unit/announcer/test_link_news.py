"""Messages about class links: a teacher's question, its answer, what became of an act. To whom it concerns, once."""

import json
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.actors.directors import WhoDirects
from bot.core.actors.model import Actor, Role
from bot.core.class_links.act import AskDirector
from bot.core.class_links.cases import NEWS, CaseStage, LinkCase, Matter, Trouble
from bot.core.class_links.expected import Carrier, ExpectedClass, ExpectedList
from bot.core.class_links.model import Existing
from bot.core.class_links.ports import KeptList
from bot.core.class_links.read import ReadLinks
from bot.core.errors import (
    AccountMissing,
    DirectoryBusy,
    DirectoryForbidden,
    DirectoryMisunderstood,
    DirectoryUnavailable,
)
from bot.core.tasks import TryAgain
from bot.dialogs.class_links.news import TellOfLink
from bot.sending import SendBlocked, SendInDoubt
from tests.conversations.bot import nodes
from tests.fakes_links import FakeByHand, FakeCases, FakeClasses, FakeLists
from tests.unit.announcer.room import OURS, THEIRS, Room, reference

TEACHER = Actor("teacher", "tenant", Role.TEACHER, name="Учител Питащ", username="ivan@edu.mon.bg", works_at=(OURS,))


class Directors:
    """`KnownDirectors` and `AccountIds`: the school's account, and who has met the bot."""

    def __init__(self) -> None:
        self.seen: tuple[str, ...] = ("director",)
        self.account: str | None = "director"

    async def directors(self, school_id: str, since: object) -> tuple[str, ...]:
        return self.seen if school_id == OURS.id else ()

    async def account_id(self, username: str) -> str | None:
        return self.account if username == f"{OURS.code}@edu.mon.bg" else None


class World(Room):
    """One teacher whose class has no owner, and the directors of the school."""

    def __init__(self) -> None:
        super().__init__()
        self.cases, self.directors = FakeCases(), Directors()
        there = Existing(
            "c1", "101", "Химия", has_team=True, created=self.clock() - timedelta(days=9), owners=frozenset(),
            members=frozenset(), archived=False, activated=True,
        )  # fmt: skip
        self.classes = FakeClasses(self.clock, (there,), {"ivan": "teacher"})
        listed = ExpectedList(OURS.code, Carrier.SDS, self.clock(), (ExpectedClass("101", "Химия", ("ivan",)),))
        self.read = ReadLinks(
            reader=self.classes,
            lists=FakeLists({OURS.code: KeptList(self.clock(), listed)}),
            by_hand=FakeByHand(),
            cases=self.cases,
            tasks=self.queue,
            clock=self.clock,
            zone=ZoneInfo("Europe/Sofia"),
        )
        telling = TellOfLink(
            self.speaking,
            cases=self.cases,
            directors=WhoDirects(
                actors=self.actors,
                known=self.directors,
                accounts=self.directors,
                clock=self.clock,
                domain="edu.mon.bg",
            ),
            read=self.read,
            installer=self,
            queue=self.queue,
        )
        self.installed: list[str] = []
        self.presses = 0
        self.handlers = {NEWS: telling}
        self.actors.actors["teacher"] = TEACHER

    async def install(self, person_id: str) -> bool:
        """`Installer`, of a tenant that does not let it."""
        self.installed.append(person_id)
        return False

    async def wait(self, **by: float) -> None:
        """Time passes, and the worker does what falls due in it."""
        until = self.clock() + timedelta(**by)
        await self.work()
        while due := [row.run_at for row in self.queue.of(NEWS) if row.status == "ready" and row.run_at <= until]:
            self.clock.now = max(self.clock.now, min(due))
            await self.work()
        self.clock.now = until

    async def is_asked(self) -> LinkCase:
        """As the teacher asks it, and asks it again on every further call."""
        read = self.read
        asking = AskDirector(actors=self.actors, read=read, cases=self.cases, tasks=self.queue, clock=self.clock)
        self.presses += 1
        case = await asking(TEACHER, "101/ivan", f"press-{self.presses}")
        assert isinstance(case, LinkCase)
        self.queue.write(self.cases.tasks)
        self.cases.tasks = []
        return case

    def is_kept(self, **changes: object) -> LinkCase:
        given = LinkCase(
            "case-1", Matter.QUESTION, OURS, "101", "ivan", "Химия", self.clock(), "teacher", "Учител Питащ", "tenant"
        )
        case = replace(given, **changes)  # type: ignore[arg-type]  # fields by name
        self.cases.cases[case.id] = case
        self.add(NEWS, f"{case.id}:news", case=case.id)
        return case

    def is_ended(self, stage: CaseStage, **changes: object) -> LinkCase:
        return self.is_kept(**{"stage": stage, "ended_at": self.clock(), "by": "director", **changes})

    @property
    def told(self) -> dict[str, str]:
        found = {to: json.dumps(reply.card, ensure_ascii=False) for to, _, reply in self.messenger.sent}
        assert len(found) == len(self.messenger.sent), "somebody was told twice"
        return found


@pytest.fixture
def world() -> World:
    return World()


async def test_a_question_reaches_every_director_with_the_facts(world):
    world.directors.seen = ("director", "deputy")
    world.is_kept()
    await world.work()
    assert set(world.told) == {"a:director", "a:deputy"}
    for card in world.told.values():
        for words in ("Учител Питащ пита за „Химия“", "не е собственик", "Директорът или администраторът", "101"):
            assert words in card
        assert "Решено е" in card
        assert "Остава без промяна" in card


async def test_the_schools_own_account_is_asked_even_if_it_never_met_the_bot_as_director(world):
    world.directors.seen = ()
    world.is_kept()
    await world.work()
    assert set(world.told) == {"a:director"}


@pytest.mark.parametrize(
    "change",
    [
        {"role": Role.TEACHER, "school": None},
        {"school": THEIRS},
        {"enabled": False},
        {"role": Role.NONE, "school": None},
    ],
)
async def test_who_directs_no_more_is_not_told(world, change):
    world.directors.seen, world.directors.account = ("director", "deputy"), None
    world.actors.actors["deputy"] = replace(world.actors.actors["deputy"], **change)
    world.is_kept()
    await world.work()
    assert set(world.told) == {"a:director"}


async def test_who_lost_the_role_between_the_two_tasks_is_not_told(world):
    world.is_kept()
    (task,) = await world.queue.claim((NEWS,), 1, timedelta(minutes=1))
    await world.handlers[NEWS].carry_out(task)
    world.actors.actors["director"] = replace(world.actors.actors["director"], school=THEIRS)
    await world.work()
    assert world.told == {}


LEFT = [
    {"role": Role.NONE, "works_at": ()},
    {"works_at": ()},
    {"works_at": (THEIRS,)},
    {"enabled": False},
]


@pytest.mark.parametrize("change", LEFT)
async def test_a_question_reaches_the_directors_and_closes_also_when_the_asker_has_left(world, change):
    """The roster knows them no more (Graph answers 404), or as another school's."""
    world.is_kept()
    world.actors.actors["teacher"] = replace(TEACHER, **change)
    world.classes.ids = {}
    await world.work()
    assert set(world.told) == {"a:director"}
    assert "Учител Питащ пита за „Химия“" in world.told["a:director"]

    world.cases.cases["case-1"] = replace(world.cases.cases["case-1"], stage=CaseStage.DONE, ended_at=world.clock())
    world.add(NEWS, "case-1:answered", case="case-1")
    await world.work()
    (update,) = world.messenger.updated
    assert "Вече е отговорено" in json.dumps(update[2].card, ensure_ascii=False)


async def test_of_an_asker_who_works_at_another_school_by_now_nothing_is_read(world):
    world.is_kept()
    world.actors.actors["teacher"] = replace(TEACHER, works_at=(THEIRS,))
    await world.work()
    assert set(world.told) == {"a:director"}
    assert world.classes.readings == 0


@pytest.mark.parametrize("error", [DirectoryForbidden("x"), DirectoryMisunderstood("x"), AccountMissing("x")])
async def test_a_question_needs_no_classes_where_asking_again_would_not_mend_it(world, error):
    world.is_kept()
    world.classes.error = error
    assert all(said is None for said in await world.work())
    assert set(world.told) == {"a:director"}


@pytest.mark.parametrize("error", [DirectoryBusy(9.0), DirectoryUnavailable("x")])
async def test_a_question_waits_for_classes_that_may_be_read_later(world, error):
    world.is_kept()
    world.classes.error = error
    await world.work()
    assert world.told == {}
    world.classes.error = None
    world.clock.move(minutes=10)
    await world.work()
    assert "не е собственик" in world.told["a:director"]


async def test_the_card_of_who_directs_no_more_names_nobody_from_then_on(world):
    world.directors.seen = ("director", "deputy")
    world.is_kept()
    await world.work()
    world.actors.actors["deputy"] = replace(world.actors.actors["deputy"], role=Role.TEACHER, school=None)
    world.cases.cases["case-1"] = replace(
        world.cases.cases["case-1"],
        stage=CaseStage.DECLINED, ended_at=world.clock(), by="director", by_name="Директор Едно", answer="Слят час.",
    )  # fmt: skip
    world.add(NEWS, "case-1:answered", case="case-1")
    await world.work()
    cards = {to: json.dumps(reply.card, ensure_ascii=False) for to, _, reply in world.messenger.updated}
    assert set(cards) == {"a:director", "a:deputy"}
    assert "Слят час." in cards["a:director"]
    assert "Въпросът вече не се отнася за Вас" in cards["a:deputy"]
    for words in ("Химия", "Питащ", "Слят час.", "101"):
        assert words not in cards["a:deputy"]


@pytest.mark.parametrize("change", [{}, {"role": Role.DIRECTOR, "school": OURS}])
async def test_who_asked_and_is_known_as_a_director_is_not_told_an_answer_that_nobody_gave(world, change):
    """Somebody who has stood in for the director, or has become one."""
    world.directors.seen = ("director", "teacher")
    world.actors.actors["teacher"] = replace(TEACHER, **change)
    world.is_kept()
    await world.work()
    assert set(world.told) == {"a:director"}


@pytest.mark.parametrize(
    ("stage", "changes", "says"),
    [
        (CaseStage.DONE, {"by_name": "Директор Едно"}, ("Решено е: „Химия“", "Отговори Директор Едно")),
        (
            CaseStage.DECLINED,
            {"by_name": "Директор Едно", "answer": "Часът е слят."},
            ("Остава без промяна: „Химия“", "Часът е слят.", "Отговори Директор Едно"),
        ),
    ],
)
async def test_an_answer_goes_back_to_the_teacher_alone(world, stage, changes, says):
    world.is_ended(stage, **changes)
    await world.work()
    assert set(world.told) == {"a:teacher"}
    for words in says:
        assert words in world.told["a:teacher"]


@pytest.mark.parametrize(
    ("stage", "outcome"), [(CaseStage.DONE, "Решено е"), (CaseStage.DECLINED, "Остава без промяна")]
)
async def test_an_answered_question_closes_in_every_directors_chat(world, stage, outcome):
    world.directors.seen = ("director", "deputy")
    world.is_kept()
    await world.work()
    cards = {to: activity for to, activity, _ in world.messenger.sent}
    world.cases.cases["case-1"] = replace(
        world.cases.cases["case-1"],
        stage=stage,
        ended_at=world.clock(),
        by="deputy",
        by_name="Директор Две",
        answer="Часът е [слят](x).",
    )
    world.add(NEWS, "case-1:answered", case="case-1")
    await world.work()
    assert {to: activity for to, activity, _ in world.messenger.updated} == cards
    assert [to for to, _, _ in world.messenger.sent if to not in cards] == ["a:teacher"]
    for _, _, reply in world.messenger.updated:
        card = json.dumps(reply.card, ensure_ascii=False)
        assert "Вече е отговорено: Директор Две" in card
        assert outcome in card
        assert '"text": "Часът е [слят](x)."' in card
        assert [node["verb"] for node in nodes(reply.card) if node.get("type") == "Action.Execute"] == ["link.open"]


async def test_who_has_not_got_the_question_yet_is_not_bothered_once_it_is_answered(world):
    world.is_kept()
    (task,) = await world.queue.claim((NEWS,), 1, timedelta(minutes=1))
    await world.handlers[NEWS].carry_out(task)
    world.cases.cases["case-1"] = replace(world.cases.cases["case-1"], stage=CaseStage.DONE, ended_at=world.clock())
    world.add(NEWS, "case-1:answered", case="case-1")
    await world.work()
    assert set(world.told) == {"a:teacher"}
    assert world.messenger.updated == []


async def test_a_question_answered_while_it_is_being_sent_closes_all_the_same(world, monkeypatch):
    send = world.messenger.send

    async def answered_meanwhile(to, reply):
        world.is_ended(CaseStage.DONE, by_name="Директор Две")
        return await send(to, reply)

    monkeypatch.setattr(world.messenger, "send", answered_meanwhile)
    world.is_kept()
    for _ in range(3):
        await world.work()
        world.clock.move(minutes=1)
    (update,) = world.messenger.updated
    assert "Вече е отговорено: Директор Две" in json.dumps(update[2].card, ensure_ascii=False)


@pytest.mark.parametrize(
    ("matter", "stage", "changes", "says"),
    [
        (
            Matter.ADD_OWNER,
            CaseStage.DONE,
            {},
            ("Готово", "Учителят е собственик и член", "Данните идват от НЕИСПУО"),
        ),
        (Matter.ADD_STUDENTS, CaseStage.DONE, {"count": 3}, ("Готово", ": 3.")),
        (Matter.CREATE, CaseStage.DONE, {}, ("Готово", "Създаден е екип")),
        (Matter.CREATE, CaseStage.FAILED, {"trouble": Trouble.NOBODY}, ("Действието не е изпълнено", "нямат профил")),
        (
            Matter.ADD_OWNER,
            CaseStage.FAILED,
            {"trouble": Trouble.REFUSED},
            ("Действието не е изпълнено", "Microsoft отказа"),
        ),
        (Matter.ADD_OWNER, CaseStage.FAILED, {"trouble": Trouble.UNAVAILABLE}, ("Опитайте по-късно",)),
        (
            Matter.ADD_OWNER,
            CaseStage.FAILED,
            {"trouble": Trouble.NOT_ANY_MORE},
            ("Данните междувременно са се променили",),
        ),
    ],
)
async def test_what_became_of_an_act_is_told_to_who_had_it_done(world, matter, stage, changes, says):
    world.is_ended(stage, matter=matter, actor="director", actor_name="Директор Едно", by="worker", **changes)
    await world.work()
    assert set(world.told) == {"a:director"}
    for words in says:
        assert words in world.told["a:director"]


@pytest.mark.parametrize("fault", [SendBlocked(403), SendInDoubt(None)])
async def test_what_cannot_be_delivered_or_perhaps_was_is_not_sent_again(world, fault):
    world.is_ended(CaseStage.DONE)
    world.messenger.faults.append(fault)
    await world.work()
    world.clock.move(minutes=30)
    await world.work()
    assert world.messenger.calls == ["send"]


@pytest.mark.parametrize(("error", "failed"), [(DirectoryBusy(9.0), False), (DirectoryUnavailable("x"), True)])
async def test_a_directory_that_does_not_answer_is_asked_later_and_nobody_told_twice(world, error, failed):
    world.directors.seen = ("director", "deputy")
    world.is_kept()
    world.actors.fail_next.append(error)
    (said,) = filter(None, await world.work())
    assert isinstance(said, TryAgain)
    assert said.failed is failed
    world.clock.move(minutes=10)
    await world.work()
    assert set(world.told) == {"a:director", "a:deputy"}


async def test_a_case_that_is_gone_is_nobodys_news(world):
    world.add(NEWS, "gone", case="gone")
    assert await world.work() == [None]
    assert world.told == {}


async def test_who_removed_the_bot_is_left_alone(world):
    world.references["teacher"] = None
    world.is_ended(CaseStage.DONE)
    await world.work()
    assert world.told == {}
    world.references["teacher"] = reference("teacher")
    world.is_ended(CaseStage.DONE, id="case-2", class_id="102")
    await world.work()
    assert set(world.told) == {"a:teacher"}


async def test_who_asked_and_left_the_school_is_not_told_its_directors_answer(world):
    world.actors.actors["teacher"] = replace(TEACHER, works_at=(THEIRS,))
    world.is_ended(CaseStage.DECLINED, answer="Часът е слят.")
    await world.work()
    assert world.told == {}


async def test_a_director_without_the_app_gets_the_question_when_they_have_it(world):
    world.references["director"] = None
    await world.is_asked()
    await world.wait(minutes=20)
    assert world.installed[0] == "director"
    assert set(world.told) == {"a:teacher"}
    for words in ("Директорът още не е уведомен", "„Химия“ е записан", "Преглед на класната стая"):
        assert words in world.told["a:teacher"]
    world.references["director"] = reference("director")
    await world.wait(minutes=11)
    assert set(world.told) == {"a:director", "a:teacher"}
    assert "Учител Питащ пита за „Химия“" in world.told["a:director"]
    await world.wait(days=15)
    assert len(world.messenger.sent) == 2


async def test_who_directs_the_school_later_is_brought_the_question_on_the_next_day(world):
    await world.is_asked()
    await world.wait(hours=5)
    assert set(world.told) == {"a:director"}
    world.directors.seen = ("director", "deputy")
    await world.wait(days=1)
    assert set(world.told) == {"a:director", "a:deputy"}


async def test_a_question_that_waits_is_brought_for_two_weeks_and_then_when_it_is_asked_again(world):
    world.references["director"] = None
    first = await world.is_asked()
    await world.wait(days=16)
    assert set(world.told) == {"a:teacher"}
    assert {row.status for row in world.queue.rows.values()} == {"done"}
    again = await world.is_asked()
    assert again.id == first.id
    await world.wait(minutes=6)
    assert [to for to, _, _ in world.messenger.sent] == ["a:teacher"] * 2, "every asking is told what became of it"
    world.references["director"] = reference("director")
    await world.wait(hours=1)
    assert [to for to, _, _ in world.messenger.sent][2:] == ["a:director"]


async def test_a_second_press_brings_the_question_to_a_new_director_and_to_nobody_twice(world):
    await world.is_asked()
    await world.wait(minutes=6)
    world.directors.seen = ("director", "deputy")
    await world.is_asked()
    await world.wait(minutes=6)
    assert set(world.told) == {"a:director", "a:deputy"}


async def test_nobody_is_looked_for_once_the_question_is_answered_nor_who_directs_no_more(world):
    world.directors.seen = ("director", "deputy")
    world.references["deputy"] = None
    case = await world.is_asked()
    await world.wait(minutes=6)
    assert set(world.told) == {"a:director"}, "one who was told is enough"
    world.cases.cases[case.id] = replace(case, stage=CaseStage.DONE, ended_at=world.clock(), by_name="Директор Едно")
    world.add(NEWS, f"{case.id}:answered", case=case.id)
    world.installed.clear()
    await world.wait(days=2)
    assert world.installed == []
    world.references["deputy"] = reference("deputy")
    await world.wait(days=2)
    assert set(world.told) == {"a:director", "a:teacher"}, "the answer is told once, whatever else was due"

    world.installed.clear()
    world.directors.seen = ("deputy",)
    world.references["deputy"] = None
    world.actors.actors["deputy"] = replace(world.actors.actors["deputy"], role=Role.TEACHER, school=None)
    world.clock.move(days=1)
    await world.is_asked()
    await world.wait(days=1)
    assert "deputy" not in world.installed


async def test_a_question_that_may_or_may_not_have_arrived_is_sent_again(world):
    """Nothing but the card shows it to the director."""
    world.messenger.faults.append(SendInDoubt(None))
    await world.is_asked()
    await world.wait(minutes=4)
    assert set(world.told) == {"a:director"}


@pytest.mark.parametrize("known", [True, False])
async def test_where_nobody_is_known_to_direct_the_school_or_they_blocked_the_bot_the_teacher_is_told(world, known):
    if known:
        world.messenger.faults.append(SendBlocked(403))
    else:
        world.directors.seen, world.directors.account = (), None
    await world.is_asked()
    await world.wait(minutes=6)
    assert set(world.told) == {"a:teacher"}
    assert "Директорът още не е уведомен" in world.told["a:teacher"]


async def test_who_left_the_school_is_not_told_that_their_question_reached_nobody(world):
    world.references["director"] = None
    await world.is_asked()
    world.actors.actors["teacher"] = replace(TEACHER, works_at=(THEIRS,))
    await world.wait(minutes=6)
    assert world.told == {}
