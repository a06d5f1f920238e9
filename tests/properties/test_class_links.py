"""The comparison of what should exist with what does, beside a plain reading of the rules, on random schools."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.core.class_links.compare import compare
from bot.core.class_links.expected import Carrier, ExpectedClass, ExpectedList
from bot.core.class_links.model import REMEDIES, WHO, ClassPart, Existing, Flag, LinkState

SOFIA = ZoneInfo("Europe/Sofia")
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
OLD, NEW = NOW - timedelta(days=60), NOW - timedelta(hours=3)
TEACHERS = ("ivan.ivanov", "maria.petrova", "2990001")
STUDENTS = ("ab12345678", "cd23456789", "ef34567890")
IDS = ("101", "102", "103", "")
WORDS = ("", "Изчаква създаване", "В процес на създаване", "Създаден", "Синхронизиран", "Грешка при създаване",
         "Грешка при синхронизиране", "В безкраен цикъл", "нещо ново", "  създаден ")  # fmt: skip


def some(of):
    return st.lists(st.sampled_from(of), unique=True, max_size=len(of)).map(lambda found: tuple(sorted(found)))


rows = st.builds(
    ExpectedClass,
    id=st.sampled_from(IDS[:3]),
    title=st.sampled_from(("Математика - 5 а - ООП", "Музика - 5 а - ООП")),
    teachers=some(TEACHERS[:2]),
    students=some(STUDENTS),
    status=st.sampled_from(WORDS),
    since=st.sampled_from((None, OLD, NEW)),
)
lists = st.none() | st.builds(
    ExpectedList,
    school_code=st.just("2990001"),
    carrier=st.sampled_from(Carrier),
    dated=st.sampled_from((OLD, NEW)),
    classes=st.lists(rows, unique_by=lambda row: row.id, max_size=3).map(tuple),
)


@st.composite
def existing(draw, number):
    people = st.none() | some((*TEACHERS, *STUDENTS)).map(frozenset)
    parts = [part for part in ClassPart if draw(st.integers(0, 9)) == 0]
    found = Existing(
        id=f"c{number}",
        external_id=draw(st.sampled_from(IDS)),
        title="Математика - 5 а - ООП",
        has_team=draw(st.booleans()),
        created=draw(st.sampled_from((OLD, NEW))),
        owners=draw(people),
        members=draw(people),
        archived=draw(st.booleans()),
        activated=draw(st.booleans()),
        unread=frozenset(parts),
    )
    if ClassPart.GROUP in parts:
        found = replace(found, has_team=None, created=None, owners=None)
    if ClassPart.MEMBERS in parts:
        found = replace(found, members=None)
    if ClassPart.TEAM in parts or found.has_team is False:
        found = replace(found, archived=None, activated=None)
    return found


schools = st.integers(0, 4).flatmap(lambda many: st.tuples(*(existing(number) for number in range(many))))
unread_ids = some(IDS[:3]).map(frozenset)


def is_student(name):
    return name[:2] in {"ab", "cd", "ef"}


def said(word):
    word = word.strip().lower()
    if "грешка" in word:
        return LinkState.FAILED
    return {
        "изчаква създаване": LinkState.WAITING, "в процес на създаване": LinkState.BEING_CREATED, "създаден": LinkState.CREATED,
        "синхронизиран": LinkState.SYNCED, "в безкраен цикъл": LinkState.LOOPING,
    }.get(word)  # fmt: skip


def oracle(listed, found, unread):
    """(class, teacher, directory ids) → state, one rule after the other."""
    told = {}
    both = any(name in (one.members or ()) for one in found for name in one.owners or () if name in TEACHERS[:2])
    for row in listed.classes if listed else ():
        there = [each for each in found if each.external_id == row.id]
        ids = tuple(sorted(each.id for each in there))
        word = said(row.status)
        for teacher in row.teachers or ("",):
            if len(there) > 1:
                state = LinkState.DUPLICATE
            elif not there and row.id in unread:
                state = LinkState.UNREAD
            elif not there and word in {
                LinkState.WAITING,
                LinkState.BEING_CREATED,
                LinkState.FAILED,
                LinkState.LOOPING,
            }:
                state = word
            elif not there:
                # Listed at OLD, many nights have passed; at NEW (today), none.
                state = LinkState.WAITING if listed.dated == NEW else LinkState.MISSING
            else:
                (one,) = there
                fresh = one.created == NEW
                gone = [student for student in row.students if one.members is not None and student not in one.members]
                no_right = bool(teacher) and one.owners is not None and teacher not in one.owners
                no_part = bool(teacher) and one.members is not None and teacher not in one.members and both
                if word in {LinkState.FAILED, LinkState.LOOPING}:
                    state = word
                elif one.archived:
                    state = LinkState.ARCHIVED
                elif one.has_team is False:
                    state = LinkState.BEING_CREATED if fresh else LinkState.NO_TEAM
                elif no_right:
                    state = LinkState.CREATED if fresh else LinkState.NOT_OWNER
                elif no_part:
                    state = LinkState.CREATED if fresh else LinkState.NOT_MEMBER
                elif gone:
                    state = LinkState.CREATED if fresh else LinkState.STUDENTS_MISSING
                elif one.activated is False:
                    state = LinkState.NOT_ACTIVATED
                elif one.unread:
                    state = LinkState.UNREAD
                else:
                    state = LinkState.CREATED if word is LinkState.CREATED else LinkState.SYNCED
            told[row.id, teacher, ids] = state
        for each in there:
            for owner in each.owners or ():
                if owner not in row.teachers and not is_student(owner) and owner != "2990001":
                    told[row.id, owner, ids] = LinkState.UNEXPECTED
    known = {row.id for row in listed.classes} if listed else set()
    for each in found:
        if each.external_id and each.external_id in known:
            continue
        owners = [owner for owner in each.owners or () if not is_student(owner)]
        for teacher in owners or [""]:
            if listed:
                state = LinkState.UNEXPECTED
            elif each.archived:
                state = LinkState.ARCHIVED
            elif each.has_team is False:
                state = LinkState.BEING_CREATED if each.created == NEW else LinkState.NO_TEAM
            elif each.activated is False:
                state = LinkState.NOT_ACTIVATED
            else:
                state = LinkState.UNREAD if each.unread else LinkState.FOUND
            told[each.external_id, teacher, (each.id,)] = state
    return told


def compared(listed, found, unread, **more):
    return compare(listed, found, now=NOW, zone=SOFIA, unread=unread, **more)


def is_read_plainly(listed, found, unread):
    links = compared(listed, found, unread)

    assert {(link.class_id, link.teacher, link.existing): link.state for link in links} == oracle(
        listed, found, unread
    )
    assert len({(link.class_id, link.teacher, link.existing) for link in links}) == len(links)


@settings(max_examples=300, deadline=None)
@given(lists, schools, unread_ids)
@example(None, (), frozenset())
def test_the_comparison_is_a_plain_reading_of_the_rules(listed, found, unread):
    is_read_plainly(listed, found, unread)


@pytest.mark.long
@settings(max_examples=3_000, deadline=None)
@given(lists, schools, unread_ids)
def test_the_comparison_is_a_plain_reading_of_the_rules_of_many_schools(listed, found, unread):
    is_read_plainly(listed, found, unread)


@settings(max_examples=150, deadline=None)
@given(lists, schools, unread_ids, st.randoms())
def test_no_order_changes_anything(listed, found, unread, random):
    shuffled = list(found)
    random.shuffle(shuffled)
    turned = listed and replace(listed, classes=listed.classes[::-1])

    assert compared(turned, shuffled, unread) == compared(listed, found, unread)


@settings(max_examples=150, deadline=None)
@given(lists, schools, unread_ids, st.sampled_from(TEACHERS[:2]))
def test_a_teacher_is_told_the_own_links_as_the_director_is(listed, found, unread, teacher):
    everything = compared(listed, found, unread)

    assert compared(listed, found, unread, of_teacher=teacher) == tuple(
        one for one in everything if one.teacher == teacher
    )


@settings(max_examples=300, deadline=None)
@given(lists, schools, unread_ids)
def test_nobody_is_missing_who_is_there_and_a_wait_ends_later(listed, found, unread):
    members = {each.id: each.members for each in found}
    for link in compared(listed, found, unread):
        for id_ in link.existing:
            assert not {*link.missing} & (members[id_] or frozenset())
        assert len(link.missing) <= link.students
        assert link.until is None or link.until > NOW
        owners = [each.owners for each in found if each.id in link.existing and each.owners is not None]
        assert (Flag.STUDENT_OWNER in link.flags) is any(is_student(one) for each in owners for one in each)


def test_every_state_has_somebody_who_acts_and_no_act_is_for_what_settles_itself():
    assert set(WHO) == set(LinkState)
    assert all(WHO[state] != "nobody" for state in REMEDIES)


@pytest.mark.parametrize(
    ("also_member", "state"), [(frozenset(), LinkState.SYNCED), (frozenset({"maria.petrova"}), LinkState.NOT_MEMBER)]
)
def test_an_owner_who_is_no_member_is_wrong_only_where_others_are_members(also_member, state):
    """If the synchronisation makes nobody a member, all links would be called wrong, and none is."""
    row = ExpectedClass("101", "Математика - 5 а - ООП", ("ivan.ivanov",), (), "", OLD)
    other = Existing(
        id="c2", external_id="102", title="Музика - 5 а - ООП", has_team=True, created=OLD,
        owners=frozenset({"maria.petrova"}), members=also_member, archived=False, activated=True,
    )  # fmt: skip
    one = replace(other, id="c1", external_id="101", owners=frozenset({"ivan.ivanov"}), members=frozenset())
    listed = ExpectedList(school_code="2990001", carrier=next(iter(Carrier)), dated=OLD, classes=(row,))
    links = compare(listed, (one, other), now=NOW, zone=SOFIA)
    assert [link.state for link in links if link.class_id == "101"] == [state]
