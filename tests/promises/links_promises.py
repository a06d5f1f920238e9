"""The promises of the stores of class links: cases, lists, what is made by hand, one-time links."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.core.audit import AuditEntry
from bot.core.class_links.cases import ByHand, CaseStage, LinkCase, LinkCases, Mark, Matter, Platform, Trouble
from bot.core.class_links.expected import Carrier, Change, ExpectedClass, ExpectedList, Fault, RosterFault
from bot.core.class_links.limits import AskedBefore
from bot.core.class_links.one_time_links import LinkPage
from bot.core.class_links.ports import ExpectedLists, KeptList
from bot.core.decision import ALLOWED, Decision, Reason
from bot.core.one_time_links import OneTimeLink, OneTimeLinks
from bot.core.people.free_text import FreeText
from bot.core.people.model import School
from bot.core.tasks import NewTask
from tests.promises.store import NOW, Clock

SCHOOL = School("school-1", "2990001", "СУ „Измислено“", "Пловдив", "Пловдив")
MINUTE = timedelta(minutes=1)
KEPT = KeptList(
    NOW,
    ExpectedList(
        "2990001",
        Carrier.ONEROSTER,
        NOW - timedelta(days=1),
        (
            ExpectedClass(
                "101", "Химия - 7 а - ООП", ("ivan.probni",), ("ab01234567", "cd01234567"), "Създаден", NOW
            ),
            ExpectedClass(
                "102",
                "Физика",
                later=(Change(date(2027, 2, 1), ("ivan.probni",), ("ab01234567",)), Change(date(2027, 9, 15))),
            ),
        ),
        {"ivan.probni": "Иван Пробни", "ab01234567": "Рада Вихрова"},
        (RosterFault(Fault.ROW, "users.csv", 7, 3),),
    ),
    (RosterFault(Fault.ROW, "users.csv", 7, 3),),
    "mark-1",
)


@dataclass
class LinkStore:
    """One implementation, empty, at `NOW`. `entries` gives the audit log, `tasks` what is to be done, by kind and key."""

    cases: LinkCases
    lists: ExpectedLists
    by_hand: ByHand
    one_time_links: OneTimeLinks
    clock: Clock
    entries: Callable[[], Awaitable[list[AuditEntry]]]
    tasks: Callable[[], Awaitable[set[tuple[str, str]]]]


def case_of(id_: str = "case-1", **changes: Any) -> LinkCase:
    given = LinkCase(
        id=id_,
        matter=Matter.ADD_OWNER,
        school=SCHOOL,
        class_id="101",
        teacher="ivan.probni",
        title="Химия - 7 а - ООП",
        at=NOW,
        actor="director-1",
        actor_name="Директор Едно Първи",
        tenant="tenant",
    )
    return replace(given, **changes)


def ended(case: LinkCase, **changes: Any) -> LinkCase:
    given = replace(case, stage=CaseStage.DONE, ended_at=NOW + MINUTE, by="worker", count=2)
    return replace(given, **changes)


def entry(outcome: str, case: str = "case-1") -> AuditEntry:
    return AuditEntry(NOW, "director-1", "links.add-owner", "101", outcome, {"case": case})


def mark_of(**changes: Any) -> Mark:
    return replace(Mark("school-1", "101", "ivan.probni", FreeText("abc-defg"), "director-1", NOW), **changes)


def link_of(**changes: Any) -> OneTimeLink:
    given = OneTimeLink(LinkPage.TABLE, "director-1", "tenant", "school-1", "bg", NOW + 10 * MINUTE)
    return replace(given, **changes)


class LinkPromises:
    """Each test gets `store`, empty."""

    # cases

    async def test_a_judge_of_questions_sees_what_this_teacher_has_asked_within_a_day(self, store: LinkStore):
        def question(id_: str, class_id: str, hours: int, **changes: Any) -> LinkCase:
            at = NOW - timedelta(hours=hours)
            return case_of(id_, matter=Matter.QUESTION, class_id=class_id, at=at, **changes)

        seen: list[AskedBefore] = []

        def allow(before: AskedBefore) -> Decision:
            seen.append(before)
            return ALLOWED

        def deny(before: AskedBefore) -> Decision:
            seen.append(before)
            return Decision(Reason.QUESTION_ASKED_OFTEN, NOW)

        for case in (
            question("a", "1", 24), question("b", "2", 23), question("c", "3", 1), question("d", "4", 1, actor="other")
        ):  # fmt: skip
            assert await store.cases.ask(case, (), (), allow) == case
        await store.cases.end(ended(question("c", "3", 1)), (), ())

        assert await store.cases.ask(question("e", "3", 0), (), (), deny) == Decision(
            Reason.QUESTION_ASKED_OFTEN, NOW
        )
        assert await store.cases.one("e") is None
        hour, most = NOW - timedelta(hours=1), NOW - timedelta(hours=23)
        assert seen[-1] == AskedBefore((most, hour), (hour,))
        assert await store.cases.ask(question("f", "2", 0), (), (), deny) == question("b", "2", 23), "open already"

    async def test_a_case_comes_back_as_it_was_with_its_entries_and_tasks(self, store: LinkStore):
        case = case_of(answer="", count=3)
        assert await store.cases.open(case, (entry("requested"),), (NewTask("links.mend", "case-1", NOW),)) == case
        assert await store.cases.one("case-1") == case
        assert await store.cases.of_school("school-1", NOW) == (case,)
        assert [one.outcome for one in await store.entries()] == ["requested"]
        assert await store.tasks() == {("links.mend", "case-1")}
        assert await store.cases.one("another") is None

    async def test_whether_a_case_of_the_school_has_ended_since(self, store: LinkStore):
        case = await store.cases.open(case_of(), (), ())
        assert not await store.cases.ended_since("school-1", NOW - MINUTE)
        await store.cases.end(ended(case, stage=CaseStage.FAILED, trouble=Trouble.NOBODY, count=0), (), ())
        assert await store.cases.ended_since("school-1", NOW)
        assert await store.cases.ended_since("school-1", NOW + MINUTE)
        assert not await store.cases.ended_since("school-1", NOW + 2 * MINUTE)
        assert not await store.cases.ended_since("school-2", NOW)

    async def test_the_same_press_twice_is_one_case(self, store: LinkStore):
        first = await store.cases.open(case_of(), (entry("requested"),), (NewTask("links.mend", "a", NOW),))
        again = await store.cases.open(case_of(), (entry("requested"),), (NewTask("links.mend", "b", NOW),))
        assert again == first
        assert len(await store.entries()) == 1
        assert await store.tasks() == {("links.mend", "a")}

    @pytest.mark.parametrize("changes", [{"actor": "director-2"}, {"title": "Другояче"}, {"at": NOW + MINUTE}])
    async def test_of_one_link_and_matter_one_is_open(self, store: LinkStore, changes: dict[str, Any]):
        first = await store.cases.open(case_of(), (entry("requested"),), ())
        assert await store.cases.open(case_of("case-2", **changes), (entry("requested"),), ()) == first
        assert await store.cases.one("case-2") is None
        assert len(await store.entries()) == 1

    @pytest.mark.parametrize(
        "changes",
        [
            {"matter": Matter.QUESTION},
            {"class_id": "102"},
            {"teacher": "other.teacher"},
            {"school": replace(SCHOOL, id="school-2")},
        ],
    )
    async def test_another_link_matter_or_school_is_another_case(self, store: LinkStore, changes: dict[str, Any]):
        await store.cases.open(case_of(), (), ())
        other = case_of("case-2", **changes)
        assert await store.cases.open(other, (), ()) == other

    async def test_an_ended_case_makes_room_for_another(self, store: LinkStore):
        first = await store.cases.open(case_of(), (), ())
        assert await store.cases.end(ended(first), (entry("done"),), (NewTask("links.news", "n", NOW),)) == ended(
            first
        )
        assert await store.cases.one("case-1") == ended(first)
        assert await store.tasks() == {("links.news", "n")}
        assert await store.cases.open(case_of("case-2"), (), ()) == case_of("case-2")

    async def test_a_case_ends_once(self, store: LinkStore):
        first = await store.cases.open(case_of(), (), ())
        failed = ended(first, stage=CaseStage.FAILED, trouble=Trouble.REFUSED, count=0)
        assert await store.cases.end(failed, (entry("failed"),), ()) == failed
        assert await store.cases.end(ended(first), (entry("done"),), (NewTask("links.news", "n", NOW),)) is None
        assert await store.cases.one("case-1") == failed
        assert [one.outcome for one in await store.entries()] == ["failed"]
        assert await store.tasks() == set()

    async def test_what_a_case_has_made_is_kept_while_it_is_open_and_after(self, store: LinkStore):
        case = case_of(matter=Matter.CREATE)
        await store.cases.open(case, (), ())
        made = replace(case, made="class-1", made_at=NOW + MINUTE)
        await store.cases.note(made)
        assert await store.cases.one("case-1") == made
        over = ended(made)
        await store.cases.end(over, (), ())
        await store.cases.note(replace(case, made="class-2"))
        assert await store.cases.one("case-1") == over
        assert await store.cases.of_school("school-1", NOW) == (over,)

    async def test_an_answer_keeps_its_words(self, store: LinkStore):
        asked = await store.cases.open(case_of(matter=Matter.QUESTION), (), ())
        answered = ended(
            asked,
            stage=CaseStage.DECLINED,
            by="director-2",
            by_name="Втори Директор",
            answer="Часът е разделен.",
            count=0,
        )
        await store.cases.end(answered, (), ())
        assert await store.cases.one("case-1") == answered

    async def test_a_school_sees_what_is_open_and_what_ended_since(self, store: LinkStore):
        old = await store.cases.open(case_of("old"), (), ())
        await store.cases.end(ended(old), (), ())
        new = await store.cases.open(case_of("new", at=NOW + MINUTE), (), ())
        await store.cases.open(case_of("else", school=replace(SCHOOL, id="school-2")), (), ())
        assert await store.cases.of_school("school-1", NOW) == (new, ended(old))
        assert await store.cases.of_school("school-1", NOW + MINUTE) == (new, ended(old))
        assert await store.cases.of_school("school-1", NOW + 2 * MINUTE) == (new,)

    # lists

    async def test_a_list_comes_back_as_it_was_and_is_replaced_as_a_whole(self, store: LinkStore):
        assert await store.lists.of_school("2990001") is None
        assert await store.lists.checked_at("2990001") is None
        assert await store.lists.change("2990001", lambda _: KEPT) == KEPT
        assert await store.lists.of_school("2990001") == KEPT
        nothing = KeptList(NOW + MINUTE, None, (RosterFault(Fault.NO_FILES),))
        await store.lists.change("2990001", lambda _: nothing)
        assert await store.lists.of_school("2990001") == nothing
        assert await store.lists.checked_at("2990001") == nothing.checked_at
        assert await store.lists.of_school("2990002") is None

    async def test_a_change_of_a_list_is_given_what_is_kept_and_written_with_its_entries(self, store: LinkStore):
        seen: list[KeptList | None] = []

        def later(kept: KeptList | None) -> KeptList:
            seen.append(kept)
            return replace(kept or KEPT, checked_at=NOW + len(seen) * MINUTE)

        for number in (1, 2):
            kept = await store.lists.change("2990001", later, (entry("uploaded"),))
            assert kept == replace(KEPT, checked_at=NOW + number * MINUTE)
        assert seen == [None, replace(KEPT, checked_at=NOW + MINUTE)]
        assert [one.outcome for one in await store.entries()] == ["uploaded", "uploaded"]

    async def test_a_change_of_a_list_that_fails_leaves_what_was_and_no_entry(self, store: LinkStore):
        await store.lists.change("2990001", lambda _: KEPT)

        def refuse(_: KeptList | None) -> KeptList:
            raise ValueError("no")

        with pytest.raises(ValueError, match="no"):
            await store.lists.change("2990001", refuse, (entry("uploaded"),))
        assert await store.lists.of_school("2990001") == KEPT
        assert await store.entries() == []

    # made by hand

    async def test_a_school_that_never_chose_is_on_teams_and_a_choice_stands(self, store: LinkStore):
        assert await store.by_hand.platform("school-1") is Platform.TEAMS
        assert await store.by_hand.chosen_at("school-1") is None
        for number, platform in enumerate((Platform.CLASSROOM, Platform.TEAMS, Platform.CLASSROOM)):
            at = NOW + number * MINUTE
            await store.by_hand.choose("school-1", platform, replace(entry(platform.value), at=at))
            assert await store.by_hand.platform("school-1") is platform
            assert await store.by_hand.chosen_at("school-1") == at
        assert await store.by_hand.platform("school-2") is Platform.TEAMS
        assert [one.outcome for one in await store.entries()] == ["classroom", "teams", "classroom"]

    async def test_a_mark_is_one_for_each_link_and_can_be_taken_away(self, store: LinkStore):
        other = mark_of(teacher="other.teacher", where="")
        await store.by_hand.mark([mark_of()], [entry("made")])
        await store.by_hand.mark([other], [entry("made")])
        corrected = mark_of(where="https://classroom.google.com/c/1", by="teacher-1", at=NOW + MINUTE)
        await store.by_hand.mark([corrected], [entry("made")])
        assert set(await store.by_hand.marks("school-1")) == {corrected, other}
        assert await store.by_hand.marks("school-2") == ()
        assert await store.by_hand.unmark([mark_of().link], [entry("removed")]) == 1
        assert await store.by_hand.marks("school-1") == (other,)
        assert await store.by_hand.unmark([mark_of().link], [entry("removed")]) == 0
        assert [one.outcome for one in await store.entries()] == ["made", "made", "made", "removed"]

    async def test_several_are_marked_together_and_each_has_its_entry(self, store: LinkStore):
        marks = [mark_of(teacher=f"teacher.{place}", where="") for place in range(59)]
        elsewhere = replace(marks[0], school="school-2")
        await store.by_hand.mark([*marks, elsewhere], [entry("made")] * 60)
        assert set(await store.by_hand.marks("school-1")) == set(marks)
        assert await store.by_hand.marks("school-2") == (elsewhere,)
        assert len(await store.entries()) == 60

    async def test_of_several_only_what_was_marked_is_taken_away_and_written_down(self, store: LinkStore):
        marks = [mark_of(teacher=f"teacher.{place}", where="") for place in range(3)]
        await store.by_hand.mark(marks[:2], [entry("made")] * 2)
        entries = [replace(entry("removed"), subject=mark.teacher) for mark in marks]
        assert await store.by_hand.unmark([mark.link for mark in marks], entries) == 2
        assert await store.by_hand.marks("school-1") == ()
        written = [one.subject for one in await store.entries() if one.outcome == "removed"]
        assert written == ["teacher.0", "teacher.1"]

    async def test_it_is_known_whether_something_changed(self, store: LinkStore):
        assert not await store.by_hand.changed_since("school-1", NOW)
        await store.by_hand.mark([mark_of()], [entry("made")])
        assert await store.by_hand.changed_since("school-1", NOW)
        assert not await store.by_hand.changed_since("school-1", NOW + MINUTE)
        assert not await store.by_hand.changed_since("school-2", NOW)
        await store.by_hand.unmark([mark_of().link], [replace(entry("removed"), at=NOW + MINUTE)])
        assert await store.by_hand.changed_since("school-1", NOW + MINUTE)
        await store.by_hand.choose("school-2", Platform.CLASSROOM, entry("classroom"))
        assert await store.by_hand.changed_since("school-2", NOW)

    # one-time links

    async def test_an_errand_is_used_once_and_in_time(self, store: LinkStore):
        await store.one_time_links.offer("token-1", link_of(), (entry("offered"),))
        assert await store.one_time_links.one("token-1", NOW) == link_of()
        assert await store.one_time_links.one("token-2", NOW) is None
        assert await store.one_time_links.one("token-1", NOW + 10 * MINUTE) is None
        assert not await store.one_time_links.use("token-1", NOW + 10 * MINUTE, (entry("late"),))
        assert await store.one_time_links.use("token-1", NOW + 9 * MINUTE, (entry("used"),))
        assert not await store.one_time_links.use("token-1", NOW + 9 * MINUTE, (entry("again"),))
        assert await store.one_time_links.one("token-1", NOW) is None
        assert [one.outcome for one in await store.entries()] == ["offered", "used"]

    async def test_a_new_errand_about_one_part_of_the_school_leaves_those_about_others(self, store: LinkStore):
        """The papers of several classes are asked for one after the other, and then fetched."""
        abouts = ("class:5 а", "class:5 б", "")
        for number, about in enumerate(abouts):
            await store.one_time_links.offer(f"token-{number}", link_of(link_page="protocol", about=about), ())
        await store.one_time_links.offer("newer", link_of(link_page="protocol", about="class:5 б"), ())
        found = [await store.one_time_links.one(token, NOW) for token in ("token-0", "token-1", "token-2", "newer")]
        assert [one and one.about for one in found] == ["class:5 а", None, "", "class:5 б"]

    async def test_a_new_errand_takes_the_place_of_this_persons_earlier_one(self, store: LinkStore):
        await store.one_time_links.offer("token-1", link_of(), ())
        await store.one_time_links.offer("upload", link_of(link_page=LinkPage.LIST), ())
        await store.one_time_links.offer("other", link_of(actor="director-2"), ())
        await store.one_time_links.offer("token-2", link_of(), ())
        of_class = link_of(link_page="protocol", about="class:5 б")
        await store.one_time_links.offer("token-3", of_class, ())
        assert await store.one_time_links.one("token-3", NOW) == of_class
        found = [
            await store.one_time_links.one(token, NOW) is not None
            for token in ("token-1", "token-2", "upload", "other")
        ]
        assert found == [False, True, True, True]
