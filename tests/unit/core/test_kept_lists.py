"""What another list makes of those that are kept: a worse file takes nothing away, and nothing is said twice."""

from dataclasses import replace
from datetime import timedelta

from bot.core.lists.kept import KeptAccountList, ListSource, taken_in
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

    corrected, changed = taken_in(both, read(listed(3, B)), SCHOOL, UPLOAD, NOW)
    assert numbers(corrected) == ["01", "02", "03"]
    assert [one.identifiers for one in changed.gone] == [("v1:7",)]
    assert corrected.people[:2] == before.people


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
