"""A list held against the board's accounts: each state, what decides between them, and no name mistaken for another."""

from time import perf_counter

from bot.core.accounts.model import Account
from bot.core.lists.changes import changes
from bot.core.lists.hold import HeldState, hold
from bot.core.lists.model import ListedAt, ListedPerson
from bot.core.people.model import Kind

S = HeldState


def account(
    person: str, name: str = "Ива Мирова Брезова", username: str = "", class_: str = "5 б", **more
) -> Account:
    fields = {"enabled": True, "created": None, "changed": None} | more
    return Account(person, name, f"{username or person}@edu.mon.bg", Kind.STUDENT, class_, **fields)


def row(
    name: str = "Ива Брезова", *usernames: str, number: str = "", class_: str = "5 б", at: int = 2
) -> ListedPerson:
    whole = tuple(f"{one}@edu.mon.bg" for one in usernames)
    return ListedPerson(name, class_, whole, (number,) if number else (), Kind.STUDENT, ListedAt("а.xlsx", "", at))


def states(people, accounts, numbers=None, elsewhere=()) -> list[HeldState]:
    return [one.state for one in hold(people, accounts, numbers=numbers or {}, elsewhere=elsewhere).people]


def test_who_has_no_account_is_only_in_the_list():
    assert states([row("Нов Човек Нов", number="v1:n")], [account("im01234501")]) == [S.ONLY_LISTED]


def test_a_username_is_found_in_whatever_case():
    assert states([row("Ива Брезова", "IM01234501")], [account("1", username="im01234501")]) == [S.FOUND]


def test_a_number_is_surer_than_a_username_and_the_present_username_is_named():
    held = hold(
        [row("Ива Брезова", "old.name", number="v1:a")],
        [account("1", username="im01234501")],
        numbers={"v1:a": ["1"]},
    )

    assert held.people[0].state is S.OTHER_USERNAME
    assert held.people[0].accounts[0].username == "im01234501@edu.mon.bg"


def test_the_renames_of_april_are_followed_both_letters_and_digits():
    accounts = [
        account("1", username="im01234501"),
        account("2", "Иво Колев", "kk01234501"),
        account("3", "Иво", "im01234502"),
    ]

    assert states([row("Ива Брезова", "i01234501")], accounts) == [S.FORMER_USERNAME]
    assert states([row("Ада Липова", "a01234501", class_="")], accounts) == [S.ONLY_LISTED]


def test_only_a_rename_of_april_is_called_one():
    """A teacher who has married, or a slip of the pen: another username, and no letter was added to it."""
    here = account("1", "Мария Нова", "maria.petrova", class_="")
    for listed in ("maria.ivanova", "mp01234501", "m01234501"):
        assert states([row("Мария Нова", listed, number="n", class_="")], [here], {"n": ["1"]}) == [S.OTHER_USERNAME]
    longer = account("1", "Мария Нова", "mp01234501")
    assert states([row("Мария Нова", "m01234501", number="n")], [longer], {"n": ["1"]}) == [S.FORMER_USERNAME]
    assert states([row("Мария Нова", "m01234502", number="n")], [longer], {"n": ["1"]}) == [S.OTHER_USERNAME]


def test_a_rename_with_two_outcomes_is_unsure():
    accounts = [account("1", username="im01234501"), account("2", username="ib01234501")]
    assert states([row("Ива Брезова", "i01234501")], accounts) == [S.UNSURE]


def test_off_elsewhere_and_two():
    here, off = account("1", username="im01234501"), account("2", username="ib01234502", enabled=False)
    away = account("3", username="ib01234503")

    assert states([row("Ива Брезова", "ib01234502")], [off]) == [S.DISABLED]
    assert states([row("Ива Брезова", "ib01234503")], [], elsewhere=[away]) == [S.OTHER_SCHOOL]
    assert states([row("Ива Брезова", "im01234501", "ib01234502")], [here, off]) == [S.FOUND]
    assert states([row("Ива Брезова", number="n")], [off], {"n": ["2", "3"]}, [away]) == [S.OTHER_SCHOOL]
    assert states([row("Ива Брезова", number="n")], [here, away], {"n": ["1", "3"]}) == [S.TWO]
    assert states([row("Ива Брезова", number="n")], [here], {"n": ["1", "3"]}, [here, away]) == [S.FOUND]


def test_one_being_made_is_found():
    assert states([row("Ива Брезова", "im01234501")], [account("1", username="im01234501", enabled=None)]) == [
        S.FOUND
    ]


def test_a_name_counts_with_its_class_and_only_for_one():
    same = [account("1"), account("2")]

    assert states([row("Ива Мирова Брезова")], [account("1")]) == [S.FOUND]
    assert states([row("Ива Мирова Брезова", class_="5 в")], [account("1")]) == [S.ONLY_LISTED]
    assert states([row("Ива Мирова Брезова")], same) == [S.UNSURE]
    assert states([row("Ива Мирова Брезова"), row("Ива Мирова Брезова", at=3)], [account("1")]) == [S.UNSURE] * 2


def test_a_column_that_slipped_by_a_row_hands_nobody_the_account_of_another():
    accounts = [account("1", username="im01234501"), account("2", "Петър Липов", "pk01234502")]
    assert states([row("Петър Липов", "im01234501"), row("Ива Брезова", "pk01234502")], accounts) == [S.UNSURE] * 2


def test_a_name_in_latin_letters_is_the_same_name():
    assert states([row("Iva Brezova", "im01234501")], [account("1", username="im01234501")]) == [S.FOUND]


def test_one_word_alike_is_no_person_alike():
    """A column that slipped by a row gives many a boy the account of one with the same first name."""
    other = account("1", "Ива Колева Липова", "ik01234501")

    assert states([row("Ива Мирова Брезова", "ik01234501")], [other]) == [S.UNSURE]
    assert states([row("Ива Брезова", number="n")], [other], {"n": ["1"]}) == [S.UNSURE]
    assert states([row("Ива Ива", "ik01234501")], [other]) == [S.FOUND]  # one word is all that is known
    assert states([row("Ива", "ik01234501")], [other]) == [S.FOUND]
    assert states([row("Ива Липова", "ik01234501")], [other]) == [S.FOUND]
    assert states([row("Ива Брезова", "ik01234501")], [account("1", "Брезова-Брезов Ивайло", "ik01234501")]) == [
        S.UNSURE
    ]


def test_a_number_and_a_username_of_different_accounts_are_unsure():
    """Both are called like the row: the names do not tell which of the two is right."""
    accounts = [account("1", username="im01234501"), account("2", username="ib01234502")]

    assert states([row("Ива Брезова", "ib01234502", number="n")], accounts, {"n": ["1"]}) == [S.UNSURE]
    assert states([row("Ива Брезова", "i01234501", number="n")], accounts, {"n": ["2"]}) == [S.UNSURE]
    assert states([row("Ива Брезова", "i01234501", number="n")], accounts, {"n": ["1"]}) == [S.FORMER_USERNAME]
    # The number is of an account that was left out of what is known here.
    assert states([row("Ива Брезова", "ib01234502", number="n")], accounts, {"n": ["9"]}) == [S.UNSURE]
    assert states([row("Ива Брезова", "i01234501", number="n")], accounts[:1], {"n": ["9"]}) == [S.UNSURE]
    assert states([row("Ива Брезова", "im01234501", number="n")], accounts, {"n": ["1"]}) == [S.FOUND]
    assert states([row("Ива Брезова", "im01234501", number="n")], accounts, {}) == [S.FOUND]


def test_one_account_that_two_rows_name_is_nobodys():
    here = account("1", username="im01234501")

    def both(*rows):
        return states(rows, [here], {"n": ["1"]})

    assert both(row("Ива Брезова", "im01234501"), row("Ива Мирова", number="n", at=3)) == [S.UNSURE] * 2
    assert both(row("Ива Брезова", "im01234501"), row("Ива Мирова", "im01234501", at=3)) == [S.UNSURE] * 2
    assert both(row("Ива Мирова Брезова"), row("Ива Брезова", "im01234501", class_="5 а", at=3)) == [S.UNSURE] * 2
    # Of the two rows one is of somebody else: the account may be theirs.
    assert both(row("Петър Липов", "im01234501"), row("Ива Брезова", number="n", at=3)) == [S.UNSURE] * 2


def test_the_rows_of_two_lists_about_one_person_are_that_persons():
    """One list of the class has numbers, the other usernames: all of the school's lists name everybody twice."""
    here = account("1", username="im01234501")
    by_number = row("Ива Мирова Брезова", number="n")

    def both(other, first=by_number):
        return states([first, other], [here], {"n": ["1"], "m": ["1"]})

    assert both(row("Ива Брезова", "im01234501", at=3)) == [S.FOUND] * 2
    assert both(row("Брезова Ива Мирова", "im01234501", class_="", at=3)) == [S.FOUND] * 2
    assert both(row("Ива Мирова Брезова", "im01234501", class_="6 а", at=3)) == [S.UNSURE] * 2
    assert both(row("Ива Мирова Брезова", "im01234501", number="m", at=3)) == [S.UNSURE] * 2
    assert both(row("Ида Мирова Брезова", "im01234501", at=3)) == [S.UNSURE] * 2
    assert both(row("Ива", "im01234501", at=3)) == [S.UNSURE] * 2


def test_brothers_and_sisters_share_two_names_and_no_account():
    here = account("1", "Мария Иванова Петрова", username="mp01234501")

    assert states([row("Анна Иванова Петрова", "mp01234501")], [here]) == [S.UNSURE]
    assert states([row("Петрова Мария", "mp01234501")], [here]) == [S.FOUND]


def test_two_rows_without_an_account_claim_none():
    assert states([row("Ада Липова"), row("Нов Човек", at=3)], [account("1")]) == [S.ONLY_LISTED] * 2


def test_a_name_alone_is_not_enough_beside_a_number_that_the_account_is_not_known_to_have():
    """The account may be newer than what is known of numbers: neither do names differ, nor are there several."""
    same = row("Ива Мирова Брезова", number="n")

    assert states([same], [account("1")]) == [S.BY_NAME]
    assert states([same], [account("1"), account("2")]) == [S.UNSURE]
    assert states([same, row("Ива Мирова Брезова", number="m", at=3)], [account("1")]) == [S.UNSURE] * 2
    assert states([same], [account("1")], {"n": ["9"]}) == [S.UNSURE]
    assert states([same], [account("1")], {"n": ["1"]}) == [S.FOUND]


def test_who_is_in_no_row_is_told():
    held = hold(
        [row("Ива Брезова", "im01234501")], [account("1", username="im01234501"), account("2", "Стар")], numbers={}
    )
    assert [one.person for one in held.unlisted] == ["2"]


def test_a_list_read_again_changes_nothing_and_a_correction_only_what_it_corrects():
    before = [
        row("Ива Брезова", "im01234501"),
        row("Петър Липов", number="v1:p"),
        row("Мая Яворова"),
        row("Стар Човек"),
    ]
    after = [
        row("Мая Яворова", at=9),
        row("Ива Брезова", "im01234501", class_="5 в"),
        row("Петър Липов", "pk01", number="v1:p"),
        row("Нов Човек"),
    ]
    found = changes(before, after)

    assert changes(before, list(reversed(before))).same == 4
    assert ([one.name for one in found.new], [one.name for one in found.gone]) == (["Нов Човек"], ["Стар Човек"])
    assert ([one.name for one in found.changed], found.same) == (["Ива Брезова", "Петър Липов"], 1)


def test_nobody_takes_by_name_the_row_of_whom_a_number_or_an_account_tells():
    """A newcomer of the same name stands above them in the corrected list."""
    before = [row("Ива Брезова", "im01234501"), row("Ива Брезова", number="v1:b", at=3)]
    newcomer = row("Ива Брезова", at=2)
    found = changes(before, [newcomer, *before])

    assert (found.new, found.gone, found.changed, found.same) == ((newcomer,), (), (), 2)


def test_a_number_is_surer_than_a_username_that_went_to_somebody_else():
    before = [row("Ива Брезова", "im01234501", number="v1:a"), row("Петър Липов", "pk01", number="v1:p")]
    after = [row("Петър Липов", "im01234501", number="v1:p"), row("Ива Брезова", "pk01", number="v1:a")]
    found = changes(before, after)

    assert ([one.name for one in found.changed], found.new, found.gone) == (["Петър Липов", "Ива Брезова"], (), ())


def test_four_times_as_many_of_one_name_take_no_more_than_four_times_as_long():
    """With some air; looking through all places again and again takes sixteen times as long."""

    def took(count: int) -> float:
        rows = [row("Ива Брезова", at=n) for n in range(count)]
        began = perf_counter()
        assert changes(rows, rows).same == count
        return perf_counter() - began

    assert min(took(8000) for _ in range(3)) < 9 * min(took(2000) for _ in range(3))


def test_two_of_one_name_stay_two():
    twins = [row("Ива Брезова", at=2), row("Ива Брезова", at=3)]
    assert changes(twins, twins).same == 2
    assert len(changes(twins, twins[:1]).gone) == 1
