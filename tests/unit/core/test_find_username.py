import asyncio
from dataclasses import replace
from datetime import date

import pytest

from bot.core.actors.model import Actor, Role
from bot.core.decision import Reason
from bot.core.errors import DirectoryUnavailable, StoreUnavailable
from bot.core.people.free_text import FreeText
from bot.core.people.identifiers import IdentifierKind, IdentifierProblem
from bot.core.people.model import AccountState, Kind, Person
from bot.core.usernames.alarm import ALARM_NEWS
from bot.core.usernames.find import FindUsername
from bot.core.usernames.model import (
    ByChoice,
    ByChoices,
    ByIdentifier,
    ByName,
    ByUsername,
    Denied,
    Found,
    LookupLimits,
    NotFound,
    Outcome,
    Purpose,
    PurposeKind,
    Reach,
    Several,
    TooMany,
    Unreadable,
)
from tests.fakes import FakeAuditLog, FakeClock, FakeDirectory, FakeLedger, FakePseudonyms
from tests.properties.strategies import DOMAIN, SYNTHETIC_EGN, TENANT, egn_of, school_of

OWN, OTHER = school_of(1), school_of(2)
DIRECTOR = Actor("director", TENANT, Role.DIRECTOR, OWN)
MOVED = Purpose(PurposeKind.MOVED)
ACTIVE, DISABLED = AccountState.ACTIVE, AccountState.DISABLED
TEAMS = ("Математика - 5 б - ООП",)


def person(number, name="Юлия Иванова Щерева", *, kind=Kind.STUDENT, state=ACTIVE, schools=(OWN,), identifier=""):
    username = f"ip0{number:07}@{DOMAIN}"
    return Person(f"oid-{number}", name, username, kind, state, schools, "5", TEAMS, identifier)


PUPIL = person(1, identifier=SYNTHETIC_EGN[0])
ELSEWHERE = person(2, "Жечо Ъглов Цанков", schools=(OTHER,), identifier=SYNTHETIC_EGN[1])
NAMESAKE = person(3, "Юлия Иванова Щерева", identifier=SYNTHETIC_EGN[2])
TEACHER = person(4, "Айше Хюсеин Дзин", kind=Kind.TEACHER, identifier=SYNTHETIC_EGN[3])
TEACHER_ELSEWHERE = person(5, "Ньоми Гьорева", kind=Kind.TEACHER, schools=(OTHER,), identifier=SYNTHETIC_EGN[4])
SERVICE = person(6, "Юлия служебен", kind=Kind.OTHER, identifier=SYNTHETIC_EGN[5])
OLD = person(7, "Яница Цанкова", state=DISABLED, schools=(), identifier=SYNTHETIC_EGN[6])
NEW = person(8, "Яница Цанкова", schools=(OTHER,), identifier=SYNTHETIC_EGN[6])
TWICE_OLD = person(9, "Виктория Явор", state=DISABLED, identifier=SYNTHETIC_EGN[7])
TWICE_NEW = person(10, "Виктория Явор", identifier=SYNTHETIC_EGN[7])
LEFT = person(11, "Мария Пощова", state=DISABLED, identifier=SYNTHETIC_EGN[8])
LEFT_TO = person(12, "Мария Пощова", schools=(OTHER,), identifier=SYNTHETIC_EGN[8])
NOBODY = SYNTHETIC_EGN[11]


class World:
    def __init__(self, *people, limits=None, directory=None):
        self.directory = directory or FakeDirectory(
            people
            or (PUPIL, ELSEWHERE, NAMESAKE, TEACHER, TEACHER_ELSEWHERE, SERVICE, OLD, NEW, TWICE_OLD, TWICE_NEW,
                LEFT, LEFT_TO)
        )  # fmt: skip
        self.audit = FakeAuditLog()
        self.ledger = FakeLedger(self.audit)
        self.clock = FakeClock()
        self.limits = limits or LookupLimits()
        self.find = FindUsername(
            directory=self.directory,
            ledger=self.ledger,
            audit=self.audit,
            pseudonyms=FakePseudonyms(),
            clock=self.clock,
            limits=self.limits,
            domain=DOMAIN,
            admit_synthetic=True,
        )
        self._presses = 0

    async def __call__(self, query, purpose=None, actor=DIRECTOR, operation=None):
        self._presses += 1
        return await self.find(actor, query, purpose, operation or f"press {self._presses}")

    async def egn(self, digits, purpose=None, **other):
        return await self(ByIdentifier(IdentifierKind.EGN, digits), purpose, **other)

    @property
    def charged(self):
        return [(row.attempt.reach, row.attempt.outcome) for row in self.ledger.rows["director"]]


@pytest.fixture
def world():
    return World()


async def test_a_pupil_of_the_own_school_by_identifier(world):
    answer = await world.egn("ЕГН: " + PUPIL.identifier)

    assert answer == Found((PUPIL,), own_school=True, current=PUPIL.id, asked=PUPIL.identifier)
    assert world.directory.calls == [("find_by_identifier", (PUPIL.identifier,))]
    assert world.charged == [(Reach.OWN, Outcome.HIT)]
    assert [(entry.subject, entry.outcome) for entry in world.audit.entries] == [(PUPIL.id, "hit")]


async def test_a_pupil_elsewhere_with_a_reason(world):
    answer = await world.egn(ELSEWHERE.identifier, MOVED)

    assert answer == Found((ELSEWHERE,), own_school=False, current=ELSEWHERE.id, asked=ELSEWHERE.identifier)
    assert world.charged == [(Reach.OTHER, Outcome.HIT)]
    assert world.audit.entries[0].detail["schools"] == OTHER.id


@pytest.mark.parametrize(
    "purpose", [None, Purpose(PurposeKind.OTHER), Purpose(PurposeKind.OTHER, FreeText(" 4742080922 "))]
)
async def test_without_a_reason_elsewhere_and_nowhere_are_the_same(purpose):
    traces = []
    for digits in (ELSEWHERE.identifier, NOBODY, TEACHER_ELSEWHERE.identifier, NEW.identifier):
        world = World()
        answer = await world.egn(digits, purpose)
        entry = world.audit.entries[0]
        traces.append(
            (
                answer,
                [name for name, _ in world.directory.calls],
                world.charged,
                len(world.audit.entries),
                entry.subject[:3],
                entry.outcome,
                tuple(entry.detail.items()),
            )
        )

    assert traces[0][0] == NotFound(only_own_school=True)
    assert traces[0][2] == [(Reach.OWN, Outcome.MISS)]
    assert len({repr(trace) for trace in traces}) == 1


async def test_a_reason_in_words_counts(world):
    answer = await world.egn(ELSEWHERE.identifier, Purpose(PurposeKind.OTHER, FreeText("НВО, ЕГН 4742080922")))

    assert isinstance(answer, Found)
    assert world.audit.entries[0].detail["purpose_text"] == "НВО, ЕГН ••••••"


async def test_with_a_reason_nobody_is_a_miss_and_so_is_a_teacher_elsewhere_or_a_service_account(world):
    for digits in (NOBODY, TEACHER_ELSEWHERE.identifier, SERVICE.identifier):
        assert await world.egn(digits, MOVED) == NotFound(only_own_school=False)

    assert world.charged == [(Reach.OTHER, Outcome.MISS)] * 3


async def test_with_a_reason_a_pupil_of_the_own_school_is_charged_to_the_own_budget(world):
    await world.egn(PUPIL.identifier, MOVED)

    assert world.charged == [(Reach.OWN, Outcome.HIT)]


async def test_a_reason_is_no_way_around_the_own_budget():
    world = World(PUPIL, limits=LookupLimits(own_per_day=1, other_per_day=2))
    await world.egn(PUPIL.identifier)
    answers = [await world.egn(PUPIL.identifier, MOVED) for _ in range(3)]

    assert [type(answer) for answer in answers] == [Found, Found, Denied]
    assert world.charged[1:] == [(Reach.OTHER, Outcome.HIT)] * 2


async def test_own_teachers_are_found(world):
    assert (await world.egn(TEACHER.identifier)).accounts == (TEACHER,)


async def test_service_accounts_of_the_own_school_are_shown_to_nobody(world):
    assert await world.egn(SERVICE.identifier) == NotFound(only_own_school=True)
    unseen = await world(ByUsername(SERVICE.username))
    assert isinstance(unseen, NotFound)
    assert SERVICE.id not in [one.id for one in unseen.near]
    assert await world(ByName("служебен")) == NotFound(only_own_school=True)
    assert await world(ByChoice(SERVICE.id)) == NotFound(only_own_school=True)


async def test_of_several_accounts_the_current_one_is_first(world):
    assert await world.egn(TWICE_NEW.identifier) == Found(
        (TWICE_NEW, TWICE_OLD), own_school=True, current=TWICE_NEW.id, asked=TWICE_NEW.identifier
    )
    assert (await world.egn(NEW.identifier, MOVED)).accounts == (NEW, OLD)
    assert world.audit.entries[-1].detail["accounts"] == "2"


async def test_without_a_reason_only_the_own_account_of_one_who_left_is_shown(world):
    answer = await world.egn(LEFT.identifier)

    assert (answer.accounts, answer.own_school) == ((LEFT,), True)
    assert OTHER.id not in repr(world.audit.entries)


async def test_who_left_counts_as_elsewhere_when_the_new_account_is_shown(world):
    answer = await world.egn(LEFT.identifier, MOVED)

    assert (answer.accounts, answer.own_school, answer.current) == ((LEFT_TO, LEFT), False, LEFT_TO.id)
    assert world.charged == [(Reach.OTHER, Outcome.HIT)]


async def test_both_stored_forms_are_asked_for_in_one_request():
    number = "0" + "29912345"
    world = World(person(1, identifier="29912345"))

    answer = await world(ByIdentifier(IdentifierKind.SERVICE, number))

    assert world.directory.calls == [("find_by_identifier", ("29912345", "029912345"))]
    assert (answer.accounts[0].id, answer.asked) == ("oid-1", number)


async def test_a_service_number_with_a_zero_more_is_another_persons():
    """НЕИСПУО sets no length: only of an ЕГН or ЛНЧ is the one without its zeros the same."""
    first, second = person(60, "Едно Дете", identifier="0123456"), person(61, "Друго Дете", identifier="123456")
    world = World(first, second)

    for one in (first, second):
        answer = await world(ByIdentifier(IdentifierKind.SERVICE, one.identifier))
        assert (answer.accounts, answer.several_people, answer.without_zero) == ((one,), False, False)


async def test_a_service_number_that_is_held_without_its_zero_only_may_be_another_persons():
    lost = person(60, "Едно Дете", identifier="123456")

    answer = await World(lost)(ByIdentifier(IdentifierKind.SERVICE, "0123456"))
    assert (answer.accounts, answer.without_zero) == ((lost,), True)

    elsewhere = replace(person(61, "Друго Дете", identifier="0123456"), schools=(OTHER,))
    world = World(lost, elsewhere)
    answer = await world(ByIdentifier(IdentifierKind.SERVICE, "0123456"))
    assert (answer.accounts, answer.without_zero) == ((lost,), True), "who is elsewhere is like nobody"
    answer = await world(ByIdentifier(IdentifierKind.SERVICE, "0123456"), MOVED)
    assert (answer.accounts, answer.without_zero) == ((elsewhere,), False)


async def test_those_of_one_service_number_and_two_names_are_not_called_one_person():
    first, second = (person(60 + n, f"{name} Дете", identifier="123456") for n, name in enumerate(("Едно", "Друго")))
    same = replace(first, id="oid-62", name="дете  Едно", username="x62@edu.mon.bg", state=AccountState.DISABLED)

    answer = await World(first, second)(ByIdentifier(IdentifierKind.SERVICE, "123456"))
    assert (answer.several_people, answer.current) == (True, None)
    answer = await World(first, same)(ByIdentifier(IdentifierKind.SERVICE, "123456"))
    assert (answer.several_people, answer.current) == (False, first.id)


async def test_of_one_name_only_those_of_one_number_are_one_person():
    egn = PUPIL.identifier
    for one, other, several in (("0123456", "123456", True), (egn, egn, False)):
        people = (person(60, "Едно Дете", identifier=one), person(61, "Едно Дете", identifier=other))
        assert isinstance(await World(*people)(ByName("Едно Дете")), Several) is several


class MistakenDirectory(FakeDirectory):
    """Ignores every filter."""

    async def find_by_identifier(self, forms):
        return tuple(self.people)

    async def find_by_username(self, username):
        return self.people[-1]

    async def find_by_id(self, object_id):
        return self.people[-1]


async def test_what_the_directory_returns_unasked_is_not_shown():
    world = World(directory=MistakenDirectory([PUPIL, person(13, "Без Номер"), NAMESAKE]))

    assert (await world.egn(PUPIL.identifier)).accounts == (PUPIL,)
    assert await world.egn(NOBODY) == NotFound(only_own_school=True)
    assert await world(ByUsername(PUPIL.username)) == NotFound(only_own_school=True, near=(NAMESAKE,))
    assert await world(ByChoice(PUPIL.id)) == NotFound(only_own_school=True)


async def test_by_username(world):
    assert (await world(ByUsername("IP00000001"))).accounts == (PUPIL,)
    unseen = await world(ByUsername(ELSEWHERE.username))
    assert isinstance(unseen, NotFound)
    assert unseen.only_own_school
    assert all(one.attends(OWN.id) for one in unseen.near)
    assert (await world(ByUsername(ELSEWHERE.username), MOVED)).accounts == (ELSEWHERE,)
    assert await world(ByUsername("nobody01"), MOVED) == NotFound(only_own_school=False)
    assert [reach for reach, _ in world.charged] == [Reach.OWN, Reach.OWN, Reach.OTHER, Reach.OTHER]


GEORGI_A, GEORGI_B, GEORGI_C = (
    replace(person(30 + number, "Георги Проба Вълков"), teams=(f"Математика - 5 {letter} - ООП",))
    for number, letter in enumerate("абб")
)
SIMONA = replace(person(40, "Симона Проба Желева"), teams=("Математика - 6 в - ООП",))
SIMONA_ELSEWHERE = person(41, "Симона Чужда Желева", schools=(OTHER,))
CLASSES = (GEORGI_A, GEORGI_B, GEORGI_C, SIMONA, SIMONA_ELSEWHERE, SERVICE)


def ids(answer):
    people = answer.accounts if isinstance(answer, Found) else getattr(answer, "people", getattr(answer, "near", ()))
    return [one.id for one in people]


@pytest.mark.parametrize(
    "typed", ["Георги 5а", "5 а Георги", "Георги Вълков от V а клас", "Georgi 5a", "Георги, пети а"]
)
async def test_a_name_with_a_class_is_looked_for_in_that_class(typed):
    answer = await World(*CLASSES)(ByName(typed))

    assert isinstance(answer, Found)
    assert ids(answer) == [GEORGI_A.id]


async def test_several_in_one_class_are_all_offered_and_a_grade_is_a_class_too():
    world = World(*CLASSES)

    assert set(ids(await world(ByName("Георги 5б")))) == {GEORGI_B.id, GEORGI_C.id}
    assert set(ids(await world(ByName("Георги 5")))) == {GEORGI_A.id, GEORGI_B.id, GEORGI_C.id}


async def test_of_a_class_without_that_name_those_of_other_classes_are_near():
    answer = await World(*CLASSES)(ByName("Георги 6в"))

    assert isinstance(answer, NotFound)
    assert set(ids(answer)) == {GEORGI_A.id, GEORGI_B.id, GEORGI_C.id}
    assert (answer.not_in, answer.left_out) == ("6 в", 0)


async def test_of_many_of_one_name_in_other_classes_it_is_said_how_many_are_not_shown():
    many = [replace(person(100 + n, "Иван Проба"), teams=("Музика - 7 а - ООП",)) for n in range(12)]

    answer = await World(*many)(ByName("Иван 5а"))

    assert isinstance(answer, NotFound)
    assert len(answer.near) == 10
    assert (answer.not_in, answer.left_out) == ("5 а", 2)


async def test_the_classes_of_at_most_sixty_of_one_name_are_read():
    many = [replace(person(100 + n, "Иван Проба"), teams=(f"Музика - {n % 9 + 1} а - ООП",)) for n in range(60)]
    world = World(*many)

    assert len(ids(await world(ByName("Иван 5а")))) == 7
    assert [name for name, _ in world.directory.calls] == ["people_of_school", *["with_teams"] * 3]
    assert await World(*many, person(200, "Иван Проба"))(ByName("Иван 5а")) == TooMany(61)


@pytest.mark.parametrize(
    "typed", ["Симна Желева", "Симона Желва", "Симоона Желева", "Смиона Желева", "Симана Желева", "Simona Jelev"]
)
async def test_one_wrong_letter_offers_who_is_near_in_the_own_school_only(typed):
    world = World(*CLASSES)

    answer = await world(ByName(typed))

    assert isinstance(answer, NotFound | Found | Several)
    assert ids(answer) == [SIMONA.id]
    assert SIMONA_ELSEWHERE.id not in str(world.audit.entries)


async def test_nearness_is_charged_as_a_miss_and_says_how_many_were_shown():
    world = World(*CLASSES)

    answer = await world(ByName("Симна Желева 6в"))

    assert answer == NotFound(only_own_school=True, near=(SIMONA,))
    assert not answer.not_in, "nobody has that very name"
    assert world.charged == [(Reach.OWN, Outcome.MISS)]
    assert world.audit.entries[0].detail["accounts"] == "1"
    assert [name for name, _ in world.directory.calls] == ["people_of_school", "with_teams"]


@pytest.mark.parametrize("typed", ["Иво", "Сим", "Ели", "Петър Желева", "Симна Жлва"])
async def test_what_is_further_off_or_too_short_offers_nobody(typed):
    short = (person(50, "Ива Проба"), person(51, "Ема Проба"))
    answer = await World(*CLASSES, *short)(ByName(typed))

    assert isinstance(answer, NotFound) == (typed != "Сим")
    assert typed == "Сим" or ids(answer) == []


async def test_a_username_with_a_wrong_letter_or_digit_offers_the_nearest_of_the_own_school():
    world = World(*CLASSES, person(77), replace(person(78, schools=(OTHER,)), username=f"ip00000087@{DOMAIN}"))

    assert await world(ByUsername("ip00007007")) == NotFound(only_own_school=True)
    assert ids(await world(ByUsername("ip00000707"))) == ["oid-77"], "two digits in each other's place"
    answer = await world(ByUsername("ip0000077"))
    assert ids(answer) == ["oid-77"]
    answer = await world(ByUsername("iq00000077"), MOVED)
    assert isinstance(answer, NotFound)
    assert ids(answer) == ["oid-77"], "nobody of another school is near, whatever the reason"


async def test_a_number_has_nobody_near_it(world):
    assert (await world.egn(NOBODY)).near == ()
    assert (await world.egn(NOBODY, MOVED)).near == ()
    assert "people_of_school" not in [name for name, _ in world.directory.calls]


async def test_a_list_is_shown_again_as_it_is_now_and_nobody_elsewhere_gets_into_it():
    world = World(*CLASSES)

    answer = await world(ByChoices((GEORGI_B.id, GEORGI_A.id, SIMONA_ELSEWHERE.id, SERVICE.id, "nobody")))

    assert isinstance(answer, Several)
    assert set(ids(answer)) == {GEORGI_A.id, GEORGI_B.id}
    assert world.charged == [(Reach.OWN, Outcome.HIT)]
    assert await world(ByChoices((SIMONA_ELSEWHERE.id,)), MOVED) == NotFound(only_own_school=True)
    assert await world(ByChoices(())) == Unreadable(None)


async def test_by_name_one(world):
    answer = await world(ByName("Aishe Dzin"), MOVED)

    assert answer == Found((TEACHER,), own_school=True, current=TEACHER.id)
    assert [name for name, _ in world.directory.calls] == ["people_of_school", "with_teams"]
    assert world.charged == [(Reach.OWN, Outcome.HIT)]


async def test_by_name_several(world):
    answer = await world(ByName("Юлия Щерева"))

    assert isinstance(answer, Several)
    assert {one.id for one in answer.people} == {PUPIL.id, NAMESAKE.id}
    assert all(one.teams == TEAMS for one in answer.people)


async def test_two_accounts_of_one_person_are_one_person(world):
    answer = await world(ByName("Виктория Явор"))

    assert answer == Found((TWICE_NEW, TWICE_OLD), own_school=True, current=TWICE_NEW.id)


async def test_by_name_nobody_outside_the_own_school_is_ever_found(world):
    assert await world(ByName(ELSEWHERE.name), MOVED) == NotFound(only_own_school=True)


async def test_by_name_too_many():
    world = World(*(person(number) for number in range(11)))

    assert await world(ByName("Юлия")) == TooMany(11)
    assert [name for name, _ in world.directory.calls] == ["people_of_school"]
    assert world.audit.entries[0].detail["accounts"] == "11"
    world.directory.people.pop()
    assert len((await world(ByName("Юлия"))).people) == 10


async def test_by_name_who_may_not_be_seen_is_not_counted():
    world = World(*(person(number) for number in range(10)), person(10, kind=Kind.OTHER))

    assert isinstance(await world(ByName("Юлия")), Several)


async def test_a_chosen_person_is_read_again(world):
    assert (await world(ByChoice(NAMESAKE.id))).accounts == (NAMESAKE,)
    world.directory.people[2] = replace(NAMESAKE, schools=(OTHER,))

    assert await world(ByChoice(NAMESAKE.id), MOVED) == NotFound(only_own_school=True)
    assert await world(ByChoice("nobody")) == NotFound(only_own_school=True)


@pytest.mark.parametrize(
    "query",
    [
        ByIdentifier(IdentifierKind.EGN, "4742080923"),
        ByIdentifier(IdentifierKind.EGN, "x' or externalId ne 'y"),
        ByUsername("x' or 1 eq 1"),
        ByUsername("ip01234567@gmail.com"),
        ByName("4742080922"),
        ByName(" "),
        ByChoice(""),
    ],
)
async def test_what_cannot_be_read_costs_nothing(world, query):
    assert isinstance(await world(query, MOVED), Unreadable)
    assert (world.directory.calls, world.charged, world.audit.entries) == ([], [], [])


async def test_the_problem_of_an_identifier_is_told(world):
    assert (await world.egn("47420809О2")).problem.problem is IdentifierProblem.LETTER_FOR_DIGIT


async def test_today_is_today_in_sofia():
    born_tomorrow = egn_of(date(2056, 11, 24), 1)
    world = World()
    world.clock.move(hours=11, minutes=59)  # 23:59 in Sofia
    assert isinstance(await world.egn(born_tomorrow), Unreadable)
    world.clock.move(minutes=1)
    assert isinstance(await world.egn(born_tomorrow), NotFound)


@pytest.mark.parametrize(
    ("actor", "reason"),
    [
        (Actor("director", TENANT, Role.TEACHER, OWN), Reason.TEACHER),
        (Actor("director", TENANT, Role.STUDENT), Reason.STUDENT),
        (Actor("director", TENANT, Role.REGIONAL_OFFICE), Reason.REGIONAL_OFFICE),
        (Actor("director", TENANT, Role.NONE, OWN), Reason.STRANGER),
        (Actor("director", TENANT, Role.DIRECTOR, None), Reason.SCHOOL_UNKNOWN),
        (Actor("director", TENANT, Role.DIRECTOR, OWN, enabled=False), Reason.ACCOUNT_DISABLED),
    ],
)
async def test_who_may_not_is_told_before_anything_happens(world, actor, reason):
    for query in (
        ByIdentifier(IdentifierKind.EGN, PUPIL.identifier),
        ByName("x"),
        ByChoice(PUPIL.id),
        ByUsername("'"),
    ):
        assert (await world(query, MOVED, actor)).decision.denied_because is reason
    assert (world.directory.calls, world.charged, world.audit.entries) == ([], [], [])


async def test_a_failing_directory_is_charged_to_nobody_and_recorded(world):
    world.directory.fail_with = DirectoryUnavailable("down")

    with pytest.raises(DirectoryUnavailable):
        await world.egn(PUPIL.identifier, MOVED)

    assert world.charged == [(Reach.OTHER, Outcome.FAILED)]
    assert [entry.outcome for entry in world.audit.entries] == ["failed"]


async def test_presses_made_while_the_directory_failed_are_no_store_of_free_look_ups():
    world = World(limits=LookupLimits(other_per_day=1))
    world.directory.fail_with = DirectoryUnavailable("down")
    for press in ("one", "two", "three"):
        with pytest.raises(DirectoryUnavailable):
            await world.egn(ELSEWHERE.identifier, MOVED, operation=press)
    world.directory.fail_with = None

    answers = [await world.egn(ELSEWHERE.identifier, MOVED, operation=press) for press in ("one", "two", "three")]

    assert [isinstance(answer, Denied) for answer in answers] == [False, True, True]


async def test_no_answer_without_a_record(world):
    world.ledger.fail_settle_with = StoreUnavailable()

    with pytest.raises(StoreUnavailable):
        await world.egn(PUPIL.identifier)


async def test_no_question_without_a_reservation(world):
    world.ledger.fail_with = StoreUnavailable()

    with pytest.raises(StoreUnavailable):
        await world.egn(PUPIL.identifier)
    assert world.directory.calls == []


async def test_it_is_settled_before_it_is_answered(world):
    world.directory.answer = asyncio.Event()
    asking = asyncio.create_task(world.egn(PUPIL.identifier))
    await world.directory.asked.wait()

    assert world.charged == [(Reach.OWN, Outcome.PENDING)]
    world.directory.answer.set()
    await asking
    assert world.charged == [(Reach.OWN, Outcome.HIT)]


async def test_a_press_delivered_again_is_charged_once(world):
    answers = await asyncio.gather(*(world.egn(ELSEWHERE.identifier, MOVED, operation="same") for _ in range(4)))

    assert all(answer == answers[0] for answer in answers)
    assert world.charged == [(Reach.OTHER, Outcome.HIT)]


async def test_a_press_resent_with_another_identifier_is_another_look_up(world):
    for digits in (NOBODY, ELSEWHERE.identifier, PUPIL.identifier):
        await world.egn(digits, MOVED, operation="same")
        await world.egn(digits, operation="same")

    assert len(world.charged) == 6


async def test_a_press_without_an_id_is_a_bug(world):
    with pytest.raises(ValueError, match="operation"):
        await world.find(DIRECTOR, ByIdentifier(IdentifierKind.EGN, NOBODY), None, "")


async def test_parallel_presses_do_not_overrun_the_budget():
    world = World(limits=LookupLimits(own_per_day=7))

    answers = await asyncio.gather(*(world.egn(PUPIL.identifier) for _ in range(40)))

    assert sum(isinstance(answer, Found) for answer in answers) == 7
    assert len(world.directory.calls) == 7


async def test_parallel_guesses_stop_at_the_pause():
    world = World()

    answers = await asyncio.gather(*(world.egn(egn_of(date(2047, 1, 1), n), MOVED) for n in range(100)))

    assert sum(isinstance(answer, NotFound) for answer in answers) == world.limits.misses
    assert len(world.audit.of("username.alarm")) >= 1


async def test_a_denial_is_recorded_and_says_when_it_opens():
    world = World(limits=LookupLimits(own_per_day=1))
    await world.egn(PUPIL.identifier)

    answer = await world.egn(PUPIL.identifier)

    assert answer.decision.denied_because is Reason.OWN_BUDGET_SPENT
    assert answer.decision.until > world.clock.now
    denied = world.audit.entries[-1]
    assert (denied.action, denied.outcome, denied.detail["reason"]) == (
        "username.lookup",
        "denied",
        "own-budget-spent",
    )
    assert len(world.audit.entries) == 2


async def test_the_alarm_is_raised_once_per_pause(world):
    for number in range(8):
        await world.egn(egn_of(date(2047, 1, 1), number), MOVED)
    assert len(world.audit.of("username.alarm")) == 1

    world.clock.move(minutes=60)
    await world.egn(NOBODY, MOVED)
    await world.egn(NOBODY, MOVED)

    alarms = world.audit.of("username.alarm")
    assert [(alarm.actor, alarm.detail["misses"]) for alarm in alarms] == [("director", "5"), ("director", "6")]


async def test_an_alarm_is_written_down_to_be_told_with_the_miss_that_raises_it(world):
    for number in range(5):
        await world.egn(egn_of(date(2047, 1, 1), number), MOVED)

    (told,) = world.ledger.tasks
    assert (told.kind, told.payload["actor"], told.payload["school"]) == (ALARM_NEWS, "director", OWN.id)
    assert "office" not in told.payload
    assert not any(digits in str(told) for digits in (NOBODY, PUPIL.identifier))


@pytest.mark.parametrize(("schools", "office"), [(2, None), (3, "yes")])
async def test_hits_from_three_schools_among_the_misses_concern_the_regional_office(world, schools, office):
    known = [egn_of(date(2046, 2, 2), serial) for serial in range(schools)]
    world.directory.people = [
        person(200 + place, schools=(replace(OTHER, id=f"other-{place}"),), identifier=digits)
        for place, digits in enumerate(known)
    ]
    for number in range(5):
        await world.egn(egn_of(date(2047, 1, 1), number), MOVED)
        if number < schools:
            await world.egn(known[number], MOVED)

    assert [task.payload.get("office") for task in world.ledger.tasks] == [office]
    assert world.audit.of("username.alarm")[0].detail["schools"] == str(schools)


async def test_guessing_one_birth_date_for_a_day_is_stopped_and_reported(world):
    """1,000 candidates of one day, one a minute through a whole day of Sofia, with some hits among them."""
    candidates = [egn_of(date(2047, 5, 5), serial) for serial in range(1000)]
    world.directory.people = [
        person(100 + place, schools=(OTHER,), identifier=digits) for place, digits in enumerate(candidates[::6])
    ]
    world.clock.move(hours=12, minutes=1)

    answered = 0
    for digits in candidates:
        answered += not isinstance(await world.egn(digits, MOVED), Denied)
        world.clock.move(minutes=1)

    assert 0 < answered <= 20
    assert world.audit.of("username.alarm")
    assert len(world.audit.of("username.lookup")) == 1000


async def test_no_identifier_and_no_name_reaches_ledger_or_audit(world):
    for digits in (PUPIL.identifier, ELSEWHERE.identifier, NOBODY, NEW.identifier):
        await world.egn(digits)
        await world.egn(digits, Purpose(PurposeKind.OTHER, FreeText(f"за {digits}")))
    await world(ByName("Юлия Щерева"))
    await world(ByUsername(PUPIL.username))

    written = repr(world.audit.entries) + repr(dict(world.ledger.rows))
    for secret in (*SYNTHETIC_EGN, "Юлия", "Щерева", "юлия", PUPIL.username, "ip00000001"):
        assert secret not in written
