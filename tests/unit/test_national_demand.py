"""The load of a country: what is drawn, who is spoken for, which reply is for whom, and what its tables admit."""

import asyncio
import json
from collections import Counter
from random import Random

import pytest

from benchmarks.activities import JSON
from benchmarks.national import tables
from benchmarks.national.chat import Chat, NotAnswered, Tally, Words, verb
from benchmarks.national.country import Class, Country
from benchmarks.national.demand import Intent, Wanted, week
from benchmarks.national.run import Figures, Play, Session, one_by_one
from benchmarks.national.teams import Teams
from benchmarks.national.usage import Graph, Memory, percentile


@pytest.fixture(scope="module")
def country(tmp_path_factory):
    made = Country(12, 3_000, tmp_path_factory.mktemp("country"))
    yield made
    made.close()


def test_the_country_has_directors_teachers_and_students_that_can_be_looked_up(country):
    assert len(country.schools) >= 11, "all but one whose director the roster does not know, at most"
    students = [one for class_ in country.classes for one in country.students(class_)]
    assert len({one.id for one in students}) == len(students) > 2_500
    assert all(len(one.identifier) == 10 and 37 <= int(one.identifier[:2]) <= 56 for one in students)


def class_of(wanted: Wanted) -> Class:
    assert wanted.class_ is not None
    return wanted.class_


@pytest.mark.parametrize("share", [0.03, 0.10, 0.25])
def test_so_many_forget_as_was_said_and_each_class_is_asked_for_once(country, share):
    wishes = week(country, share, 60.0, Random(4))
    about = [one for one in wishes if one.intent in {Intent.PASSWORD, Intent.CLASS}]
    forgotten, everybody = sum(one.students for one in about), sum(class_.size for class_ in country.classes)
    assert share * 0.75 < forgotten / everybody < share * 1.25
    assert all((one.students == 1) == (one.intent is Intent.PASSWORD) for one in about)
    assert max(Counter(class_of(one).number for one in about).values()) == 1
    assert all(one.students <= class_of(one).size for one in about)


def test_nobody_forgets_and_everything_else_still_comes(country):
    wishes = week(country, 0.0, 60.0, Random(4), times=2.0)
    counted = Counter(one.intent for one in wishes)
    assert counted == {
        Intent.LOOKUP: 20 * len(country.schools),
        Intent.TRANSFER: 6 * len(country.schools),
        Intent.OWN_LINKS: 14 * len(country.schools),
        Intent.SCHOOL_LINKS: 2 * len(country.schools),
    }


def test_moments_are_drawn_and_in_order_and_the_same_seed_gives_the_same_week(country):
    wishes = week(country, 0.1, 60.0, Random(4))
    moments = [one.at for one in wishes]
    assert moments == sorted(moments)
    assert 0 <= moments[0] < moments[-1] <= 60
    first_half = sum(at < 30 for at in moments)
    assert 0.4 < first_half / len(moments) < 0.6
    assert wishes == week(country, 0.1, 60.0, Random(4))
    assert wishes != week(country, 0.1, 60.0, Random(5))


def test_a_student_is_asked_for_from_another_school(country):
    for one in week(country, 0.0, 60.0, Random(4)):
        if one.intent is Intent.TRANSFER:
            assert class_of(one).school != country.schools[one.school].number
    for several in one_by_one(country, Random(4), 3):
        assert len({one.school for one in several}) == len(several) == 4
        for one in several:
            own = class_of(one).school == country.schools[one.school].number
            assert own == (one.intent is not Intent.TRANSFER)


async def test_replies_find_their_message_in_whatever_order_and_what_nobody_asked_for_is_kept():
    async with Teams() as teams:
        first, second = teams.expect("activity-1"), teams.expect("activity-2")
        base = f"{teams.url}/v3/conversations/a:one/activities"
        for answers, text in (("activity-2", "second"), ("activity-1", "first"), ("activity-1", "once more")):
            await teams.post(f"{base}/{answers}", message(text), JSON)
        assert (await first)["text"] == "first"
        assert (await second)["text"] == "second"
        assert json.loads(await teams.told("a:one", lambda text: "once more" in text, seconds=1))
        waiting = asyncio.create_task(teams.told("a:one", lambda text: "unasked" in text, seconds=5))
        await asyncio.sleep(0)
        await teams.post(base.replace("a:one", "a:other"), message("unasked, of another"), JSON)
        await teams.post(base, message("unasked"), JSON)
        assert json.loads(await waiting)["text"] == "unasked"
        with pytest.raises(TimeoutError):
            await teams.told("a:one", lambda text: "never" in text, seconds=0.01)


def message(text: str) -> bytes:
    return json.dumps({"type": "message", "text": text}).encode()


def test_what_the_bot_says_when_it_cannot_is_named():
    words = Words()
    apology = words.say("error-unknown", reference="AB12")
    assert words.kind(apology) == "apology"
    assert words.kind({"body": [{"text": words.say("error-directory-busy")}]}) == "directory busy"
    assert words.kind(words.say("answer-follows")) == "follows"
    assert words.kind({"fallbackText": "Помощ"}) == "unexpected: Помощ"


async def test_a_turn_that_is_refused_is_timed_and_named():
    """The address takes nothing: the connection fails, as with a bot that is gone."""
    async with Teams() as teams:
        tally = Tally()
        chat = Chat(
            teams,
            ["http://127.0.0.1:1/api/messages"],
            "p",
            "t",
            tally=tally,
            words=Words(),
            random=Random(1),
            due=0.0,
        )
        with pytest.raises(NotAnswered, match="connection"):
            await chat.says("помощ", verb("lookup.open"))
        with pytest.raises(NotAnswered, match="no button"):
            await chat.presses({"actions": []}, "lookup.open", verb("lookup.open"))


async def test_a_person_who_is_busy_begins_later_and_one_who_is_not_counts_from_when_it_was_due():
    play = Play(None, None, None, None, Random(1), Figures("sqlite"))  # type: ignore[arg-type] # neither is used here
    play.setup = type("Standing", (), {"bots": (), "tenant": {"tenant": "t"}})  # type: ignore[assignment]
    play.teams = type("Nobody", (), {"url": "http://here"})  # type: ignore[assignment]
    first, second, tally = Session(play, Tally(), 1.0), None, Tally()
    async with first.chat("somebody"):
        second = Session(play, tally, 1.0)
        waiting = asyncio.create_task(entered(second))
        await asyncio.sleep(0)
        other = Session(play, tally, 2.0)
        async with other.chat("somebody else"):
            assert other.began == 2.0
    await waiting
    assert first.began == 1.0
    assert second.began > 2.0, "by the clock, not by when it was due"
    assert tally.busy == 1


async def entered(session: Session) -> None:
    async with session.chat("somebody"):
        pass


def figures(**changed) -> Figures:
    made = Figures("sqlite", offered_seconds=60.0, seconds=60.0, memory=Memory(1, 1, 1, 0))
    made.graph, made.cpu = Graph(10, 20, {"teams": 3}, 5, 2), {"bot": 6.0, "simulator": 3.0}
    made.tallies = {Intent.LOOKUP: Tally(begun=100, turns=[0.5] * 200, whole=[1.0] * 100)}
    for name, value in changed.items():
        setattr(made, name, value)
    return made


def test_what_was_too_much_is_said():
    assert not [one for one in tables.remarks(figures(), wanted_writes=1, writes=18) if one.startswith("Too much")]
    (said,) = [one for one in tables.remarks(figures(), wanted_writes=36, writes=18) if one.startswith("Too much")]
    assert "need 2 minutes instead of 1" in said
    slow = figures(unfinished=2)
    slow.tallies[Intent.LOOKUP].turns[:3] = [11.0] * 3
    assert len([one for one in tables.remarks(slow, wanted_writes=1, writes=18) if one.startswith("Too much")]) == 2


def test_what_else_the_figures_may_come_from_is_said():
    for changed, words in (
        ({"other_work": 0.5}, "other work"),
        ({"late": [0.0] * 9 + [0.5]}, "load itself was late"),
        ({"cpu": {"bot": 6.0, "simulator": 59.0}}, "narrowest"),
    ):
        said = list(tables.remarks(figures(**changed), wanted_writes=0, writes=18))
        assert any(words in one for one in said), changed
    told = figures()
    told.tallies[Intent.LOOKUP].failed["apology"] = 3
    told.tallies[Intent.LOOKUP].busy = 20
    said = list(tables.remarks(told, wanted_writes=0, writes=18))
    assert "look-up: 3 × apology" in said
    assert any("20 of 100 wishes began late" in one for one in said)


def test_the_whole_is_told_in_one_table():
    shown = tables.of_whole(figures())
    assert "3.3" in shown.splitlines()[3], "200 turns in 60 seconds"
    assert "5 (25.0%)" in shown
    assert "30.0 ms" in tables.of_whole(figures(bots_cpu=6.0)), "6 seconds for 200 turns"


def test_a_short_run_says_nothing_about_memory():
    assert "too short to tell" in tables.of_whole(figures(memory=Memory(1, 1, 1, 900.0)))
    assert "+900 MB an hour" in tables.of_whole(figures(memory=Memory(1, 1, 1, 900.0), seconds=600.0))


def test_percentiles():
    assert percentile([], 0.5) == 0
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert percentile([float(one) for one in range(100)], 0.99) == 99.0
    assert percentile([7.0], 0.99) == 7.0


def test_figures_can_be_kept():
    told = figures()
    told.tallies[Intent.LOOKUP].failed["apology"] = 3
    kept = json.loads(json.dumps(told.plain()))
    assert kept["tallies"]["look-up"]["failed"] == {"apology": 3}
    assert kept["graph"]["throttled"] == 5


def test_a_class_of_nobody_is_not_asked_for(country):
    assert country.students(Class(99_999, 1, "1 а", 0)) == []
