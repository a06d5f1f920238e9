"""Whose class teacher somebody is: by the class hours of this school year, and no former one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from bot.graph.class_teams import ClassTeam
from bot.graph.own_classes import GraphOwnClasses
from bot.graph.school_accounts import _classes
from tests.unit.graph.hostile import START, Bench, answers, error
from tests.unit.graph.test_graph_directory import ID, OURS, school
from tests.unit.graph.test_graph_rosters import listed, someone, team

SCHOOL = OURS
HOUR = {**team("h", "Час на класа - 5а - ООП"), "externalName": "Час на класа - 5 а - ООП"}
TODAY = START.date().isoformat()


def dated(identifier: str, name: str, ends: str = "2027-06-30") -> dict[str, Any]:
    return {**team(identifier, name), "term": {"endDate": ends}}


async def own(
    bench: Bench, *teams: dict[str, Any], asked: int, of_school: list[dict[str, Any]] | None = None
) -> list[str]:
    """`of_school`: the classes of the school, where they are asked for."""
    bench.graph.will(listed(*teams))
    if asked:
        bench.graph.will(answers(*[(200, {"value": [school()]})] * asked))
    if of_school is not None:
        bench.graph.will(listed(*of_school))
    found = await GraphOwnClasses(bench.transport, bench.options, bench.today).own_classes(ID, (SCHOOL,))
    assert {one.school for one in found} <= {SCHOOL}
    return [one.name for one in found]


async def test_the_class_teacher_of_last_year_is_none_of_the_class_that_has_its_name_now(bench: Bench):
    former = {**HOUR, **team("f", "Час на класа - 4а - ООП"), "term": {"endDate": "2026-08-31"}}
    present = {**HOUR, "term": {"endDate": TODAY}}
    assert await own(bench, former, present, asked=1) == ["5 а"]
    assert "term" in bench.graph.seen[0].raw_path


async def test_a_class_whose_term_ends_later_goes_on(bench: Bench):
    assert await own(bench, {**HOUR, "term": {"endDate": "2027-08-31T00:00:00Z"}}, asked=1) == ["5 а"]


@pytest.mark.parametrize("term", [None, {}, {"endDate": None}])
async def test_a_class_without_a_term_goes_on_where_the_school_has_dated_none_of_its_name(bench: Bench, term: Any):
    """Else it is of nobody knows which year, and its teacher perhaps that of a former one."""
    hour = {**HOUR, "term": term}
    other, former = dated("o", "Математика - 5б - ООП"), dated("f", "Математика - 5а - ООП", "2026-06-30")
    assert await own(bench, hour, asked=1, of_school=[hour, other, former, team("t", "Физика - 5а - ООП")]) == ["5 а"]
    this = dated("m", "Математика - 5а, 5в - ООП")
    assert await own(bench, hour, asked=1, of_school=[hour, other, former, this]) == []


@pytest.mark.parametrize("term", ["2027", 7, {"endDate": "31.08.2027"}, {"endDate": ""}, {"endDate": 5}])
async def test_a_term_that_cannot_be_read_gives_no_right(bench: Bench, term: Any):
    assert await own(bench, {**HOUR, "term": term}, asked=0) == []


@pytest.mark.parametrize(
    "registered",
    [
        "Математика - 5 б - ООП",
        "Математика - 5а - ООП",
        "Час на класа - 5 б - ООП",
        "Час на класа - 5 а, 5 б - ООП",
        "Час на класа",
    ],
)
async def test_a_team_that_its_owner_calls_the_class_hour_is_none(bench: Bench, registered: str):
    assert await own(bench, {**HOUR, "externalName": registered}, asked=0) == []


BY_NAME = {**HOUR, "externalName": None}
MATHS, ENGLISH, CHOIR = (
    team("m", "Математика - 5а - ООП"),
    team("e", "Английски език - 5а - ООП"),
    team("c", "Хор - 5а, 5б - ИУЧ"),
)
OF_ANOTHER = team("n", "Математика - 5б - ООП")


@dataclass(frozen=True)
class Member:
    """Who is in the class hour: the other teams, what they are, and their school."""

    teams: Sequence[dict[str, Any]]
    role: str = "student"
    school: str = "a1"


@dataclass
class Tenant:
    """One that does not keep the register's names. `of_school`: the classes of the school beside the hour; `taught`
    and `joined`: those the teacher owns beside it, and is in.
    """

    members: Sequence[Member]
    of_school: Sequence[dict[str, Any]] = (MATHS, ENGLISH, CHOIR, OF_ANOTHER)
    taught: Sequence[dict[str, Any]] = ()
    joined: Sequence[dict[str, Any]] | None = ()
    hour: dict[str, Any] = field(default_factory=lambda: BY_NAME)
    asked: list[list[str]] = field(default_factory=list)
    """The paths of each request, or of what it carries."""

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        if not request.path.endswith("/$batch"):
            path = request.path.removeprefix("/v1.0")
            self.asked.append([path])
            return web.json_response({"value": self._told(path)})
        items = (await request.json())["requests"]
        self.asked.append([one["url"].partition("?")[0] for one in items])
        told = [self._told(path) for path in self.asked[-1]]
        return await answers(
            *(
                (200, {"value": one}) if one is not None else (403, error("Authorization_RequestDenied"))
                for one in told
            )
        )(request)

    def _told(self, path: str) -> list[dict[str, Any]] | None:
        people = {someone(number): member for number, member in enumerate(self.members)}
        match path.strip("/").split("/"):
            case ["education", "users", who, "taughtClasses"] if who == ID:
                return [self.hour, *self.taught]
            case ["education", "users", who, "classes"] if who == ID:
                return None if self.joined is None else [self.hour, *self.joined]
            case ["education", "users", who, "classes"]:
                return [self.hour, *people[who].teams]
            case ["education", "users", who, "schools"]:
                return [school(people[who].school)]
            case ["education", "schools", "a1", "classes"]:
                return [self.hour, *self.of_school]
            case ["education", "classes", _, "schools"]:
                return [school()]
            case ["education", "classes", "h", "members"]:
                return [
                    {"id": ID, "primaryRole": "teacher"},
                    *({"id": w, "primaryRole": m.role} for w, m in people.items()),
                ]
        raise AssertionError(path)


async def by_members(bench: Bench, tenant: Tenant, *, requests: int) -> list[str]:
    bench.graph.will(*[tenant] * requests)
    found = await GraphOwnClasses(bench.transport, bench.options, bench.today).own_classes(ID, (SCHOOL,))
    return [one.name for one in found]


ONE, OTHER = Member([MATHS, CHOIR]), Member([OF_ANOTHER])


async def test_where_the_tenant_does_not_keep_that_name_the_other_teams_of_most_members_tell(bench: Bench):
    tenant = Tenant([ONE, ONE, OTHER, ONE, OTHER])
    assert await by_members(bench, tenant, requests=5) == ["5 а"]
    assert tenant.asked[-1] == [
        f"/education/users/{someone(number)}/{what}" for number in range(5) for what in ("classes", "schools")
    ]


async def test_a_name_in_the_register_that_tells_nothing_of_the_class_is_none(bench: Bench):
    tenant = Tenant([ONE] * 3, hour={**BY_NAME, "externalName": "101"})
    assert await by_members(bench, tenant, requests=5) == ["5 а"]


async def test_a_whole_class_is_asked_about_in_one_batch(bench: Bench):
    tenant = Tenant([ONE] * 26)
    assert await by_members(bench, tenant, requests=5) == ["5 а"]
    assert len(tenant.asked[-1]) == 20


@pytest.mark.parametrize(
    "tenant",
    [
        Tenant([]),
        Tenant([ONE, ONE]),
        Tenant([Member([])] * 3),
        Tenant([OTHER] * 3),
        Tenant([ONE, ONE, ONE, OTHER, OTHER, OTHER]),
        Tenant([ONE, ONE, OTHER]),
        Tenant([*[ONE] * 3, Member([MATHS, team("x", "ЧК - 5а - ООП")])]),
        Tenant([*[ONE] * 3, Member([MATHS, {**team("x", "ЧК - 5а - ООП"), "externalName": "ЧК - 5а - ООП"}])]),
        Tenant([Member([{**MATHS, "term": {"endDate": "2026-06-30"}}])] * 3),
    ],
    ids=["nobody", "two", "nothing-else", "of-another", "half", "two-of-three", "two-hours", "a-registered-one",
         "last-year"],
)  # fmt: skip
async def test_what_they_do_not_tell_gives_no_right(bench: Bench, tenant: Tenant):
    requests = 3 if len(tenant.members) < 3 else 5
    assert await by_members(bench, tenant, requests=requests) == []


OWNED = team("own", "Физика - 5а - ООП")


@pytest.mark.parametrize(
    ("tenant", "requests"),
    [
        (Tenant([Member([])], taught=[OWNED], of_school=[OWNED]), 3),
        (Tenant([Member([OWNED])] * 3, taught=[OWNED], of_school=[OWNED]), 5),
        (Tenant([Member([OWNED])] * 3, taught=[], joined=[OWNED], of_school=[OWNED]), 5),
        (Tenant([Member([OWNED])] * 3, taught=[OWNED], joined=None, of_school=[OWNED]), 3),
        (Tenant([Member([MATHS, ENGLISH])] * 3, taught=[MATHS, ENGLISH]), 5),
        (Tenant([Member([OWNED, OF_ANOTHER])] * 3, taught=[OWNED], of_school=[OWNED, OF_ANOTHER]), 5),
        (Tenant([Member([OWNED])] * 3, of_school=[MATHS]), 5),
        (Tenant([Member([MATHS], role="teacher")] * 3), 3),
        (Tenant([Member([MATHS], role="none")] * 3), 3),
        (Tenant([Member([MATHS], school="a2")] * 3), 5),
        (Tenant([ONE, ONE, Member([MATHS], school="a2")]), 5),
    ],
    ids=[
        "one-account-in-two-of-the-own-teams", "three-of-them", "a-team-they-are-in", "which-are-not-shown",
        "who-owns-every-team-of-the-class", "and-really-of-another", "a-team-they-made-and-left", "teachers", "others",
        "of-another-school", "two-and-one-of-another-school",
    ],
)  # fmt: skip
async def test_what_a_teacher_can_write_alone_gives_no_right(bench: Bench, tenant: Tenant, requests: int):
    """A team of 5 б called „Час на класа - 5а“, another called „Физика - 5а“, and whoever is added to both."""
    assert await by_members(bench, tenant, requests=requests) == []


async def test_who_is_in_the_teams_of_others_too_is_told_by_them(bench: Bench):
    tenant = Tenant([Member([OWNED, MATHS])] * 3, taught=[OWNED], of_school=[OWNED, MATHS])
    assert await by_members(bench, tenant, requests=5) == ["5 а"]


@pytest.mark.parametrize("term", [None, {"endDate": "2027-06-30"}])
async def test_a_second_lesson_of_the_class_in_the_school_gives_neither_of_its_teachers_the_class(
    bench: Bench, term: Any
):
    """Also where nobody is in both of them: one is somebody's other team."""
    second = {**team("s", "Час на класа - 5 а - А"), "term": term}
    tenant = Tenant([ONE] * 3, of_school=[MATHS, second], hour={**BY_NAME, "term": term})
    assert await by_members(bench, tenant, requests=4) == []


@pytest.mark.parametrize(
    "second",
    [
        dated("s", "Час на класа - 5 а - ООП", "2026-06-30"),
        {**dated("s", "Час на класа - 5 а - ООП"), "externalName": "Математика - 5 б - ООП"},
        dated("s", "Час на класа - 5 б - ООП"),
    ],
    ids=["last-year's", "one-by-name-alone", "another-class's"],
)
async def test_one_that_is_none_takes_nothing_away(bench: Bench, second: dict[str, Any]):
    hour = {**BY_NAME, "term": {"endDate": "2027-06-30"}}
    assert await by_members(bench, Tenant([ONE] * 3, of_school=[MATHS, second], hour=hour), requests=5) == ["5 а"]


async def test_what_is_not_shown_gives_no_right(bench: Bench):
    hidden = 403, error("Authorization_RequestDenied")
    bench.graph.will(
        listed(BY_NAME), answers((200, {"value": [school()]})), answers((200, {"value": [BY_NAME]}), hidden)
    )
    found = await GraphOwnClasses(bench.transport, bench.options, bench.today).own_classes(ID, (SCHOOL,))
    assert found == ()


async def test_the_classes_of_a_school_are_read_once_in_a_few_minutes(bench: Bench):
    """By whichever teachers; and anew as soon as the lesson is another than it was then."""
    hour = {**HOUR, "term": None}
    classes = GraphOwnClasses(bench.transport, bench.options, bench.today)
    asks = (listed(hour), answers((200, {"value": [school()]})))
    bench.graph.will(*asks, listed(hour), *asks)
    for _ in range(2):
        assert [one.name for one in await classes.own_classes(ID, (SCHOOL,))] == ["5 а"]
    called = "Час на класа - 5 в - ООП"
    renamed = {**hour, "displayName": called, "externalName": called}
    asks = (listed(renamed), answers((200, {"value": [school()]})))
    bench.graph.will(*asks, listed(renamed, dated("m", "Математика - 5 в - ООП")))
    assert await classes.own_classes(ID, (SCHOOL,)) == ()
    bench.clock.time += 301
    bench.graph.will(*asks, listed(renamed))
    assert [one.name for one in await classes.own_classes(ID, (SCHOOL,))] == ["5 в"]


def of(class_: str, *subjects: str) -> list[ClassTeam]:
    return [ClassTeam.named(f"{class_}-{one}", f"{one} - {class_} - ООП") for one in subjects]


@pytest.mark.parametrize(
    ("teams", "class_"),
    [
        (of("5 а", "Час на класа", "Музика") + of("5 б", "Химия"), "5 а"),
        (of("5 а", "Час на класа") + of("5 б", "Химия"), "5 а"),
        (of("5 а", "Час на класа") + of("5 б", "Химия", "Физика"), "5 б"),
        (of("5 а", "Час на класа") + of("5 б", "Час на класа"), ""),
        (of("5 а", "Музика", "Химия") + of("5 б", "Физика"), "5 а"),
    ],
)
def test_whoever_owns_a_team_takes_nobody_out_of_another_class_by_adding_them(teams: list[ClassTeam], class_: str):
    assert _classes(teams, {team.id: {"somebody": None} for team in teams}) == {"somebody": class_}
