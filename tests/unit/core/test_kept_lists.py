"""What another list makes of those that are kept: a worse file takes nothing away, and nothing is said twice."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.lists.changes import TakenFile
from bot.core.lists.kept import (
    ElsewhereAccount,
    KeptAccountList,
    ListSource,
    Resolved,
    counting,
    looked_into,
    taken_in,
    without,
)
from bot.core.lists.model import (
    BadListRow,
    ColumnMeaning,
    ColumnQuestion,
    ListedAt,
    ListFault,
    ListFileFault,
    ListRowFault,
)
from tests.promises.lists_promises import SCHOOL, listed, read
from tests.promises.store import NOW

FOLDER, UPLOAD = ListSource.FOLDER, ListSource.UPLOAD
A, B = "5 б клас.xlsx", "6 а.csv"


def bad(row: int, file: str = A, why: ListRowFault = ListRowFault.CONFLICT) -> BadListRow:
    return BadListRow(ListedAt(file, "", row), why)


def kept(*what, source: ListSource = FOLDER) -> KeptAccountList:
    """After these lists, one after the other."""
    after = None
    for minute, one in enumerate(what):
        after, _ = taken_in(after, one, SCHOOL, source, NOW + timedelta(minutes=minute))
    assert after is not None
    return after


def numbers(of: KeptAccountList) -> list[str]:
    return sorted(one.usernames[0][8:10] for one in of.people)


def test_a_file_of_the_folder_that_cannot_be_read_any_more_takes_nobody_away():
    both = read(listed(1), listed(2), listed(3, B))
    worse = read(listed(3, B), faults=(ListFileFault(ListFault.OLD_FORMAT, A),))

    after = kept(both, worse)
    assert numbers(after) == ["01", "02", "03"]
    assert after.from_folder == {A, B}, "what is put right later takes its place"
    assert numbers(kept(both, worse, read(listed(1), listed(3, B)))) == ["01", "03"]
    assert numbers(kept(both, read(listed(3, B)))) == ["03"], "a file that was taken out of the folder goes"


def test_a_file_whose_columns_are_asked_for_takes_nobody_away():
    question = ColumnQuestion(ListedAt(A, "втори", 1), "a" * 32, ("x",), (ColumnMeaning.NAME,), (("…",),))
    for source in ListSource:
        after = kept(read(listed(1), listed(2)), read(listed(2), questions=(question,)), source=source)
        assert numbers(after) == ["01", "02"]


def test_nor_does_a_file_that_has_the_heads_of_another_one_that_is_asked_about():
    """Seven files of one kind are one question, and none of the seven was read."""
    both = read(listed(1, A), listed(2, B), listed(3, "7 в.csv"))
    question = ColumnQuestion(ListedAt(A, "", 1), "a" * 32, ("x",), (None,), (), 3, ("6 а (1).csv",))
    for source in ListSource:
        after = kept(both, read(listed(3, "7 в.csv"), questions=(question,)), source=source)
        assert numbers(after) == ["01", "02", "03"]
    assert kept(both, read(questions=(question, question)), source=FOLDER).asked == 6


def test_nor_one_that_is_not_asked_about_yet():
    both = read(listed(1, A), listed(2, B))
    fault = ListFileFault(ListFault.NOT_ASKED, A)
    for source in ListSource:
        assert numbers(kept(both, read(listed(2, B), faults=(fault,)), source=source)) == ["01", "02"]


def test_of_a_file_with_rows_that_could_not_be_read_nobody_drops_out():
    """One of the rows may be theirs. Rows of another school are nobody's here."""
    before = read(listed(1), listed(2), listed(3))
    after = kept(before, read(listed(1), bad=(bad(2), bad(3))), source=UPLOAD)
    assert numbers(after) == ["01", "02", "03"]
    assert after.bad == (bad(2), bad(3))
    assert numbers(kept(before, read(listed(1), listed(2)), source=UPLOAD)) == ["01", "02"]
    other = bad(3, why=ListRowFault.OTHER_SCHOOL)
    assert numbers(kept(before, read(listed(1), listed(2), bad=(other,)), source=UPLOAD)) == ["01", "02"]


def test_rows_left_out_are_counted_once_and_forgotten_with_their_correction():
    many = replace(read(listed(1), bad=(bad(2), bad(3))), bad_rows=500)
    wrong = read(listed(5, B), bad=(bad(9),), faults=(ListFileFault(ListFault.OTHER_SCHOOL, A),))

    assert kept(many, many, source=UPLOAD).bad_rows == 500
    again = kept(wrong, wrong, wrong, source=UPLOAD)
    assert (again.bad, again.bad_rows) == ((bad(9),), 1)
    after = kept(many, read(listed(1), listed(2)), source=UPLOAD)
    assert (after.bad, after.bad_rows) == ((), 0)


def test_an_upload_leaves_what_is_wrong_in_the_folder_said():
    fault = ListFileFault(ListFault.MACROS, "стар.xlsm")
    from_folder, _ = taken_in(None, read(listed(1), faults=(fault,)), SCHOOL, FOLDER, NOW)

    after, _ = taken_in(from_folder, read(listed(5, B)), SCHOOL, UPLOAD, NOW)
    assert after.faults == (fault,)
    mended, _ = taken_in(after, read(listed(6, "Стар.xlsm")), SCHOOL, UPLOAD, NOW)
    assert mended.faults == ()


def test_a_row_of_one_file_takes_nothing_from_another_file_and_leaves_it_when_it_goes():
    """A sloppy upload names by number alone whom the folder names by number and username, and one who is nowhere
    else; its correction names neither.
    """
    folder = read(listed(1, A), listed(2, A))
    sloppy = read(listed(1, B, usernames=(), class_=""), listed(7, B))
    before = kept(folder)
    both, changed = taken_in(before, sloppy, SCHOOL, UPLOAD, NOW)
    assert (len(changed.new), len(changed.changed), len(changed.gone)) == (1, 0, 0)
    assert numbers(both) == ["01", "02", "07"]
    assert next(one for one in both.people if one.identifiers == ("v1:1",)).place.file == B, "the newest says where"
    twice, changed = taken_in(both, sloppy, SCHOOL, UPLOAD, NOW)
    assert (twice.people, changed.same) == (both.people, 3)

    corrected, changed = taken_in(both, read(listed(2, B), listed(7, B, identifiers=())), SCHOOL, UPLOAD, NOW)
    assert numbers(corrected) == ["01", "02", "07"]
    assert next(one for one in corrected.people if one.identifiers == ("v1:1",)) == before.people[0]
    assert [one.usernames for one in changed.changed] == [listed(7).usernames]


def test_the_newest_file_is_believed_and_another_name_for_an_account_is_nobody_to_fill_from():
    older, newer = listed(1, A, class_="5 а"), listed(1, B, class_="5 в", identifiers=())
    assert [one.class_ for one in kept(read(older), read(newer), source=UPLOAD).people] == ["5 в"]
    assert [one.class_ for one in kept(read(newer), read(older), source=UPLOAD).people] == ["5 а"]
    stranger = listed(1, A, name="Друг Човек")
    assert kept(read(stranger), read(newer), source=UPLOAD).people == (newer,)


def test_a_folder_that_is_read_again_is_not_newer_where_it_says_what_it_said():
    """The class was corrected by an upload; then another file of the folder changes."""
    folder, upload = read(listed(1, A, class_="5 а")), read(listed(1, "наш.csv", class_="5 в"))
    before, _ = taken_in(kept(folder), upload, SCHOOL, UPLOAD, NOW)
    again = read(*folder.people, listed(2, B))

    after, changed = taken_in(before, again, SCHOOL, FOLDER, NOW)
    assert [one.class_ for one in after.people if one.identifiers == ("v1:1",)] == ["5 в"]
    assert (len(changed.new), changed.same) == (1, 1)
    moved = read(listed(1, A, class_="5 г"))
    assert [one.class_ for one in taken_in(after, moved, SCHOOL, FOLDER, NOW)[0].people] == ["5 г"]


def test_a_name_alone_is_filled_from_the_one_who_is_called_so_and_from_none_of_two():
    alone = listed(1, B, usernames=(), identifiers=())
    one, namesake = listed(1, A), listed(2, A, name=listed(1).name)

    (found,) = kept(read(one), read(alone), source=UPLOAD).people
    assert (found.usernames, found.place.file) == (one.usernames, B)
    both = kept(read(one, namesake), read(alone, listed(3, B)), source=UPLOAD).people
    assert [each.usernames for each in both] == [one.usernames, namesake.usernames, listed(3).usernames]
    again = kept(read(one, listed(1, "в.csv")), read(alone), source=UPLOAD).people
    assert [each.usernames for each in again] == [one.usernames], "one person in two files"


EXPORT, SECOND = "export.xlsx", "export (1).xlsx"
"""As НЕИСПУО calls whatever it exports, and as a browser calls the next download of that name."""


def files(of: KeptAccountList) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in of.rows:
        found.setdefault(one.place.file, []).append(one.usernames[0][8:10])
    return {name: sorted(some) for name, some in found.items()}


def test_an_export_of_other_people_stands_beside_the_first_of_its_name():
    """Seven students, then the teachers: both are in the list, and it is said what was done."""
    first = read(*(listed(number, EXPORT) for number in range(1, 8)))
    before = kept(first, source=UPLOAD)
    after, changed = taken_in(before, read(listed(8, SECOND), listed(9, SECOND)), SCHOOL, UPLOAD, NOW)

    assert (len(after.people), len(changed.new), len(changed.gone)) == (9, 2, 0)
    assert files(after) == {EXPORT: ["01", "02", "03", "04", "05", "06", "07"], SECOND: ["08", "09"]}
    assert changed.files == (TakenFile(SECOND, SECOND, beside=(EXPORT,)),)


def test_also_where_both_are_called_the_same_and_it_has_a_name_of_its_own_then():
    after = kept(
        read(listed(1, EXPORT), listed(2, EXPORT)), read(listed(3, EXPORT), bad=(bad(9, EXPORT),)), source=UPLOAD
    )
    assert files(after) == {EXPORT: ["01", "02"], SECOND: ["03"]}
    assert [one.place.file for one in after.bad] == [SECOND]

    third, changed = taken_in(after, read(listed(5, EXPORT)), SCHOOL, UPLOAD, NOW)
    assert files(third) == {EXPORT: ["01", "02"], SECOND: ["03"], "export (2).xlsx": ["05"]}
    assert changed.files == (TakenFile(EXPORT, "export (2).xlsx", beside=(SECOND, EXPORT)),)


def test_a_correction_finds_its_file_among_those_of_one_name_whatever_its_number():
    before = kept(
        read(listed(1, EXPORT), listed(2, EXPORT)), read(listed(3, SECOND), listed(5, SECOND)), source=UPLOAD
    )
    corrected = read(
        listed(3, "export (7).xlsx", class_="5 в"), listed(5, "export (7).xlsx"), listed(6, "export (7).xlsx")
    )
    after, changed = taken_in(before, corrected, SCHOOL, UPLOAD, NOW)

    assert files(after) == {EXPORT: ["01", "02"], "export (7).xlsx": ["03", "05", "06"]}
    assert (len(changed.new), len(changed.changed), len(changed.gone)) == (1, 1, 0)
    assert changed.files == (TakenFile("export (7).xlsx", "export (7).xlsx", replaced=(SECOND,)),)
    # Of the same name as another one's: it takes the name of the one whose place it takes.
    again = read(listed(3, EXPORT), listed(5, EXPORT))
    after, changed = taken_in(after, again, SCHOOL, UPLOAD, NOW)
    assert files(after) == {EXPORT: ["01", "02"], "export (7).xlsx": ["03", "05"]}
    assert changed.files == (TakenFile(EXPORT, "export (7).xlsx", replaced=("export (7).xlsx",)),)


def test_the_export_of_a_class_does_not_take_the_place_of_that_of_the_school():
    """All of the class are in both: whoever is in the school's alone must not drop out."""
    school, class_ = (
        read(*(listed(number, EXPORT) for number in range(1, 8))),
        read(listed(1, SECOND), listed(2, SECOND)),
    )
    after, changed = taken_in(kept(school, source=UPLOAD), class_, SCHOOL, UPLOAD, NOW)
    assert (len(after.people), len(changed.gone)) == (7, 0)
    back, changed = taken_in(kept(class_, source=UPLOAD), school, SCHOOL, UPLOAD, NOW)
    assert files(back) == {EXPORT: ["01", "02", "03", "04", "05", "06", "07"]}, "nobody drops out with the class's"


def test_a_file_that_takes_the_place_of_another_takes_what_it_did_not_read_with_it():
    """So that the correction of it takes the place of both."""
    before = kept(read(listed(1), listed(2), listed(3)), source=UPLOAD)
    worse = read(listed(1, "5 б клас (1).xlsx"), bad=(bad(2, "5 б клас (1).xlsx"), bad(3, "5 б клас (1).xlsx")))
    after, _ = taken_in(before, worse, SCHOOL, UPLOAD, NOW)
    assert files(after) == {"5 б клас (1).xlsx": ["01", "02", "03"]}
    assert numbers(taken_in(after, read(listed(1), listed(7), listed(8)), SCHOOL, UPLOAD, NOW)[0]) == [
        "01",
        "02",
        "03",
        "07",
        "08",
    ]
    assert numbers(taken_in(after, read(listed(1), listed(2)), SCHOOL, UPLOAD, NOW)[0]) == ["01", "02"]


def test_a_file_of_which_no_row_was_read_is_only_the_one_of_its_very_name():
    before = kept(read(listed(1, EXPORT)), read(listed(3, SECOND)), source=UPLOAD)
    after, _ = taken_in(before, read(bad=(bad(2, SECOND),)), SCHOOL, UPLOAD, NOW)
    assert files(after) == {EXPORT: ["01"], SECOND: ["03"]}
    mended, changed = taken_in(
        after, read(listed(3, "export (3).xlsx"), listed(5, "export (3).xlsx")), SCHOOL, UPLOAD, NOW
    )
    assert (files(mended), mended.bad) == ({EXPORT: ["01"], "export (3).xlsx": ["03", "05"]}, ())
    assert [one.replaced for one in changed.files] == [(SECOND,)]


def test_the_folder_takes_no_place_of_an_upload_of_its_name_with_others_in_it():
    upload, _ = taken_in(None, read(listed(1, EXPORT), listed(2, EXPORT)), SCHOOL, UPLOAD, NOW)
    folder = read(listed(3, EXPORT))
    both, _ = taken_in(upload, folder, SCHOOL, FOLDER, NOW)
    assert numbers(both) == ["01", "02", "03"]
    again, changed = taken_in(both, read(listed(5, EXPORT)), SCHOOL, FOLDER, NOW)
    assert numbers(again) == ["01", "02", "05"], "what comes from the folder takes the place of what came from there"
    assert len(again.from_folder) == 1
    assert changed.files == ()


LAST, NEXT = datetime(2027, 6, 30, 12, tzinfo=UTC), datetime(2027, 7, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("came", "day", "counts"),
    [
        (NOW, date(2027, 9, 14), True),
        (NOW, date(2027, 9, 15), False),
        (LAST, date(2027, 9, 14), True),
        (LAST, date(2027, 9, 15), False),
        (NEXT, date(2027, 9, 14), True),  # of the coming year: its classes and accounts are made from July on
        (NEXT, date(2027, 9, 15), True),
        (NEXT, date(2028, 9, 14), True),
        (NEXT, date(2028, 9, 15), False),
        (datetime(2027, 6, 30, 21, 30, tzinfo=UTC), date(2027, 9, 15), True),  # the 1st in Sofia
    ],
)
def test_a_list_ends_with_its_school_year(came: datetime, day: date, counts: bool):
    one, _ = taken_in(None, replace(read(listed(1)), dated=came), SCHOOL, UPLOAD, came)
    left = counting(one, day)
    assert [numbers(left), left.files] == ([["01"], (A,)] if counts else [[], ()])


def test_each_file_ends_with_its_own_year_and_what_was_found_out_of_whom_it_named_goes_with_it():
    last, _ = taken_in(None, replace(read(listed(1), bad=(bad(9),)), dated=LAST), SCHOOL, UPLOAD, LAST)
    both, _ = taken_in(last, replace(read(listed(2, B)), dated=NEXT), SCHOOL, UPLOAD, NEXT)
    away = [ElsewhereAccount(f"id-{n}", "x", listed(n).usernames[0], enabled=True) for n in (1, 2)]
    found = {f"v1:{number}": ("id",) for number in (1, 2)}
    asked = {listed(1).usernames[0]: NEXT}
    both = replace(both, resolved=Resolved(NEXT, found, asked, tuple(away)))

    assert counting(both, date(2027, 9, 14)) is both
    left = counting(both, date(2027, 9, 15))
    assert (numbers(left), left.files, left.dated, left.bad, left.bad_rows) == (["02"], (B,), NEXT, (), 0)
    assert left.resolved == Resolved(NEXT, {"v1:2": ("id",)}, asked, (away[1],))


def test_what_is_wrong_in_the_folder_is_told_when_the_list_has_ended():
    """Of this year's file that cannot be used, not of last year's list."""
    last, _ = taken_in(None, replace(read(listed(1)), dated=LAST), SCHOOL, FOLDER, LAST)
    autumn = datetime(2027, 9, 20, 6, tzinfo=UTC)
    fault = ListFileFault(ListFault.OLD_FORMAT, "стар.xls")
    looked = looked_into(counting(last, autumn.date()), SCHOOL, autumn, trouble=None, faults=(fault,))
    assert counting(looked, autumn.date()).faults == (fault,)
    now_read = replace(read(faults=(fault,)), dated=autumn)
    fetched, _ = taken_in(last, now_read, SCHOOL, FOLDER, autumn, dates={"стар.xls": autumn})
    assert (fetched.faults, numbers(fetched)) == ((fault,), [])
    ended, _ = taken_in(last, now_read, SCHOOL, FOLDER, autumn, dates={"стар.xls": LAST})
    assert ended.faults == ()


def test_a_file_of_the_folder_ends_as_of_the_day_on_which_it_was_changed_last():
    """It lies there still, and is not of this year because another one was put beside it."""
    now = datetime(2027, 9, 20, 6, tzinfo=UTC)
    both = replace(read(listed(1), listed(2, B)), dated=now)
    after, _ = taken_in(None, both, SCHOOL, FOLDER, now, dates={A: LAST, B: now})
    assert numbers(after) == ["02"]


def test_a_file_that_is_removed_goes_with_what_was_said_of_it():
    both = kept(read(listed(1), bad=(bad(9),)), read(listed(2, B)), source=UPLOAD)
    left = without(both, {A})
    assert (numbers(left), left.files, left.bad, left.bad_rows) == (["02"], (B,), (), 0)
