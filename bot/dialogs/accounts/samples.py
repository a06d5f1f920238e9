"""Small invented schools for the gallery: what each screen shows of them. Nothing in the product imports this."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.conversation import Action, Reply
from bot.core.accounts.board import Board
from bot.core.accounts.board import board as board_of
from bot.core.accounts.close import Closed
from bot.core.accounts.model import (
    Account,
    BoardRow,
    BoardTiming,
    Choices,
    Closers,
    Ending,
    GivenPassword,
    OwnGroup,
    Receipt,
    ReceiptOutcome,
    View,
    Week,
)
from bot.core.accounts.papers import Chosen, Paper, PaperProblem
from bot.core.decision import Reason
from bot.core.handover.model import Recipient
from bot.core.lists.hold import HeldPerson, HeldState
from bot.core.lists.model import ListedAt, ListedPerson
from bot.core.lists.show import SeenList
from bot.core.one_time_links import Offered
from bot.core.people.free_text import free_text
from bot.core.people.model import Kind, School
from bot.dialogs.accounts import board, choices, closing, groups, handing, mistakes, news, people, table
from bot.dialogs.accounts.meant import Meant
from bot.dialogs.accounts.selection import Selection
from bot.dialogs.dialog import Scene
from cards.account_lines import several_names

_AT = datetime(2056, 11, 24, 8, 5, tzinfo=UTC)
_MADE, _OLD = _AT - timedelta(days=9), _AT - timedelta(days=700)
_SCHOOL = School("school-1", "2990001", "СУ „Свети Климент“", "гр. Примерово")
_TIMING = BoardTiming()
_LONG = "Александра-Виктория Примерова-Образцова"


def _row(number: int, class_: str = "1 а", **more: object) -> BoardRow:
    """Not handed over and new, unless changed."""
    kind = Kind.STUDENT if class_ else Kind.TEACHER
    name = _LONG if number % 7 == 0 else f"Ученик Пробен Примеров {number}"
    account = Account(f"person-{number}", name, f"ab{number:08}@edu.mon.bg", kind, class_, True, _MADE, _MADE)
    return BoardRow(replace(account, **more))  # type: ignore[arg-type]  # fields by name


def _given(row: BoardRow, **more: object) -> BoardRow:
    at = _AT - timedelta(days=1)
    given = GivenPassword(asked_at=at, set_at=at, shown_at=at + timedelta(minutes=1), elsewhere=False)
    return replace(row, given=replace(given, **more))  # type: ignore[arg-type]  # fields by name


def _handed(row: BoardRow, to: Recipient = Recipient.STUDENT) -> BoardRow:
    return replace(row, receipt=Receipt("receipt", _AT - timedelta(hours=3), to, _SCHOOL.id))


_ROWS = (
    _row(1),
    replace(_row(2), asked_at=_AT - timedelta(hours=2)),
    _given(_row(3, changed=_AT - timedelta(days=1))),
    _given(_row(4), shown_at=None),
    _given(_row(5), set_at=None, shown_at=None, failed=True),
    _given(_row(6), ending=Ending.REPLACED),
    _handed(_row(7)),
    _handed(_given(_row(8, changed=_AT - timedelta(days=1))), Recipient.PARENT),
    _handed(_row(9, changed=_AT - timedelta(hours=1))),
    _row(10, created=_OLD, changed=_OLD + timedelta(days=30)),
    _row(11, created=_OLD, changed=_OLD),
    _row(12, enabled=False),
    _row(13, enabled=None, created=None, changed=None),
    _row(14, twin=True),
    _row(15, class_=""),
    _handed(_row(16, class_="", signed_in=_AT), Recipient.TEACHER),
    _given(_row(17, signed_in=_AT)),
    _row(18, changed=None),
)
_THEIRS = (
    _given(_row(30), elsewhere=True),
    replace(_handed(_row(31)), receipt=Receipt("receipt", _AT, Recipient.PARENT, "school-2")),
)
"""What another school made, and what it noted."""
_WEEKS = tuple(
    Week(
        (datetime(2056, 9, 11, tzinfo=UTC) + timedelta(weeks=number)).date().isoformat(),
        90 * number,
        1500,
        40 * number,
    )
    for number in range(11)
)


def _board(*rows: BoardRow, at: datetime = _AT, weeks: tuple[Week, ...] = _WEEKS) -> Board:
    return board_of(_SCHOOL, at, rows, _TIMING, weeks)


def _of_the_country() -> Iterator[BoardRow]:
    """A school of 1,500 in 60 classes, half of it handed over, a quarter used."""
    for number in range(1, 1_501):
        row = _row(number + 100, f"{number % 12 + 1} {'абвгд'[number % 5]}")
        yield (row, _handed(row), _handed(_row(number + 100, row.account.class_, changed=_AT)), row)[number % 4]


_SEEN = _board(*_ROWS)
_SEEN_OF_BOTH = _board(*_THEIRS)
_LARGE = _board(*_of_the_country())
_CROWD = _board(*(_row(number, "5 б") for number in range(60)))
_DONE = _board(*(_handed(_row(number, changed=_AT)) for number in range(20)))
_WITHOUT_CLASS = _board(replace(_row(1), account=replace(_row(1).account, class_="")))


_LISTED = SeenList(
    None,
    tuple(
        HeldPerson(ListedPerson("", "5 б", (), (), Kind.STUDENT, ListedAt("5 б клас.xlsx", "", 2)), state)
        for state in HeldState
        for _ in range(100)
    ),
)
"""Some in each state."""


def _overview(scene: Scene, seen: Board = _SEEN, number: int = 0) -> Reply:
    return board.overview(scene, seen, _TIMING, number=number)


def _list(scene: Scene, view: View, seen: Board = _SEEN, class_: str = "", number: int = 0) -> Reply:
    return people.listed(scene, seen, _TIMING, Selection(view, class_), number)


def _person(scene: Scene, number: int, seen: Board = _SEEN) -> Reply:
    one = seen.one(f"person-{number}")
    assert one is not None  # noqa: S101 -- of this file
    from_list = Action("accounts.person", {"what": "not-handed", "page": "0", "person": one.id})
    return people.of_person(replace(scene, action=from_list), seen, _TIMING, one)


def _way_out(scene: Scene) -> Reply:
    address = f"https://bot.example/links/accounts/{'t' * 43}"
    return table.way_out(scene, address, Offered("t" * 43, _AT + timedelta(minutes=10)))


def _choices_saved(scene: Scene) -> Reply:
    sentence = free_text("При затруднение – кабинет 12, всеки ден от 12 до 13 ч. " * 6, 300)
    chosen = Choices(Closers.CLASS_TEACHER, sentence, weekly=False)
    return choices.form(scene, chosen, notice=scene.t("choices-kept-changed"))


def _seen(seen: Board, class_: str = "1 а", title: str = "") -> Meant:
    chosen = Chosen(title, seen.people) if title else Chosen(class_, seen.of_class(class_), class_)
    return Meant("class:1 а", seen, chosen)


_PRINTED = _board(
    *(_given(_row(number)) for number in range(1, 23)),
    _given(_row(23, signed_in=_AT)),
    *(_row(number) for number in range(30, 34)),
)
_SIXTY = _board(*(_given(_row(number, "9 а")) for number in range(7, 427, 7)))
_MORE = _board(*(_given(_row(number, "9 а")) for number in range(7, 525, 7)))
_GROUPS = tuple(
    OwnGroup(f"group-{number}", free_text(f"{name} {number}", 40), tuple(f"person-{each}" for each in range(1, 16)))
    for number, name in enumerate(("Клуб по роботика и програмиране", "Изпит", "Занималня") * 7)
)


def _form(scene: Scene, about: Meant, problem: str = "", ticked: tuple[str, ...] = ()) -> Reply:
    return closing.form(scene, about, _TIMING, problem=scene.t(problem) if problem else "", ticked=ticked)


def _newer(scene: Scene) -> Reply:
    some = _PRINTED.people[:7]
    problem = scene.t("card-closing-newer", names=several_names([_LONG, *(one.name for one in some)], scene.t))
    return closing.form(scene, _seen(_PRINTED), _TIMING, problem=problem, ticked=["person-8"], newer=some)


def _became(scene: Scene, closed: Closed, seen: Board = _PRINTED) -> Reply:
    return closing.what_became(scene, _seen(seen), closed, _TIMING)


def _closed_one(scene: Scene) -> Reply:
    about = Meant("person:person-1", _DONE, Chosen(_DONE.people[0].name, _DONE.people[:1]))
    return closing.what_became(scene, about, Closed({"person-1": ReceiptOutcome.DONE}, {}), _TIMING)


def _refused() -> Closed:
    reasons = (Reason.FOURTEEN, Reason.AGE_UNKNOWN, Reason.BIRTH_IMPLAUSIBLE, Reason.NOT_OURS, Reason.ONLY_OWNER)
    ids = [one.id for one in _PRINTED.people]
    outcomes = dict(zip(ids[10:], ReceiptOutcome, strict=False))
    outcomes |= dict.fromkeys(ids[10 + len(outcomes) :], ReceiptOutcome.DONE)
    return Closed(outcomes, dict(zip(ids, reasons, strict=False)), {one.id: one.name for one in _PRINTED.people[1:]})


def _paper(scene: Scene, paper: Paper) -> Reply:
    offered = Offered("t" * 43, _AT + timedelta(minutes=10))
    return handing.paper_offered(scene, _seen(_PRINTED), paper, "https://bot.example/links/papers/", offered)


def _mistake(scene: Scene, problem: str = "") -> Reply:
    about = _seen(_SEEN)
    one = about.seen.one("person-7")
    assert one is not None  # noqa: S101 -- of this file
    return mistakes.reversal(scene, about, one, scene.t(problem) if problem else "")


_HANDING = (
    ("accounts-list-class-printed", partial(_list, view=View.CLASS, seen=_PRINTED, class_="1 а", number=1)),
    ("accounts-closing", lambda scene: _form(scene, _seen(_PRINTED))),
    ("accounts-closing-of-sixty", lambda scene: _form(scene, _seen(_SIXTY, "9 а"))),
    ("accounts-closing-of-more-than-sixty", lambda scene: _form(scene, _seen(_MORE, "9 а"))),
    ("accounts-closing-nobody-ticked", lambda scene: _form(scene, _seen(_PRINTED), "closing-nobody")),
    (
        "accounts-closing-changed",
        lambda scene: _form(scene, _seen(_PRINTED, title=_LONG), "closing-changed", ("person-1", "person-2")),
    ),
    ("accounts-closing-newer", _newer),
    ("accounts-closing-none-given", lambda scene: _form(scene, _seen(_board(_row(1), _row(2, ""))))),
    ("accounts-closing-none-shown", lambda scene: _form(scene, _seen(_board(_given(_row(1), shown_at=None))))),
    ("accounts-closing-none-left", lambda scene: _form(scene, _seen(_DONE))),
    ("accounts-closed", lambda scene: _became(scene, Closed({"person-1": ReceiptOutcome.DONE}, {}), _DONE)),
    ("accounts-closed-one", _closed_one),
    ("accounts-closed-refused", lambda scene: _became(scene, _refused())),
    (
        "accounts-closed-none",
        lambda scene: _became(scene, Closed({}, {"person-1": Reason.FOURTEEN}, {"person-1": _LONG})),
    ),
    ("accounts-attest", lambda scene: closing.statement(scene, _seen(_PRINTED), _PRINTED.people[:3])),
    ("accounts-attest-twenty", lambda scene: closing.statement(scene, _seen(_SIXTY), _SIXTY.people[:20])),
    ("accounts-mistake", _mistake),
    ("accounts-mistake-why", lambda scene: _mistake(scene, "closing-reason-missing")),
    ("accounts-protocol", lambda scene: _paper(scene, Paper.PROTOCOL)),
    ("accounts-parents", lambda scene: _paper(scene, Paper.PARENTS)),
    *(
        (f"accounts-{paper}-{problem}", partial(handing.no_paper, paper=paper, problem=problem))
        for paper, problem in (
            (Paper.PROTOCOL, PaperProblem.GONE),
            (Paper.PROTOCOL, PaperProblem.TOO_MANY),
            (Paper.PARENTS, PaperProblem.NOBODY),
            (Paper.PARENTS, PaperProblem.TOO_MANY),
        )
    ),
    ("accounts-groups", lambda scene: groups.listed(scene, _SEEN, _GROUPS)),
    ("accounts-groups-none", lambda scene: groups.listed(scene, _SEEN, ())),
    ("accounts-groups-most", lambda scene: groups.listed(scene, _SEEN, _GROUPS * 2, said=scene.t("groups-dropped"))),
    ("accounts-group", lambda scene: groups.of_group(scene, _TIMING, _SEEN, _GROUPS[0], scene.t("groups-kept"))),
    (
        "accounts-group-left",
        lambda scene: groups.of_group(scene, _TIMING, _SEEN, _GROUPS[0], scene.t("groups-kept-left", count=2)),
    ),
    ("accounts-group-gone", lambda scene: groups.of_group(scene, _TIMING, _board(), _GROUPS[0])),
    ("accounts-group-new", lambda scene: groups.form(scene, _LARGE, ())),
    ("accounts-group-changed", lambda scene: groups.form(_of_group(scene), _LARGE, _GROUPS)),
    ("accounts-group-classless", lambda scene: groups.form(scene, _board(), ())),
    ("accounts-group-people", lambda scene: groups.people_of_class(_of_group(scene), _SEEN, _GROUPS, "1 а")),
    (
        "accounts-group-people-left",
        lambda scene: groups.people_of_class(_of_group(scene), _board(*_ROWS[:5]), _GROUPS, "1 а"),
    ),
    ("accounts-group-people-of-no-class", lambda scene: groups.people_of_class(scene, _WITHOUT_CLASS, (), "")),
    (
        "accounts-group-people-most",
        lambda scene: groups.people_of_class(
            _of_group(scene), _SIXTY, (), "9 а", problem=scene.t("groups-too-large", count=60)
        ),
    ),
)


def _of_group(scene: Scene) -> Scene:
    return replace(scene, action=Action("accounts.group-pick", {"kept": "group-0"}))


SAMPLES = (
    ("accounts-board", _overview),
    ("accounts-board-listed", lambda scene: board.overview(scene, _SEEN, _TIMING, intake=True, listed=_LISTED)),
    ("accounts-board-intake", lambda scene: board.overview(scene, _SEEN, _TIMING, intake=True)),
    ("accounts-board-large", partial(_overview, seen=_LARGE)),
    ("accounts-board-large-second-page", partial(_overview, seen=_LARGE, number=1)),
    ("accounts-board-done", partial(_overview, seen=_DONE)),
    ("accounts-board-empty", partial(_overview, seen=_board(weeks=()))),
    ("accounts-board-old", partial(_overview, seen=_board(*_ROWS, at=_AT - timedelta(days=2)))),
    ("accounts-board-none-countable", partial(_overview, seen=_board(*_ROWS[11:14]))),
    ("accounts-board-without-class", partial(_overview, seen=_WITHOUT_CLASS)),
    *((f"accounts-list-{view}", partial(_list, view=view)) for view in View if view is not View.CLASS),
    ("accounts-list-class", partial(_list, view=View.CLASS, class_="1 а")),
    ("accounts-list-class-of-sixty", partial(_list, view=View.CLASS, seen=_CROWD, class_="5 б", number=3)),
    ("accounts-list-class-of-nobody", partial(_list, view=View.CLASS, class_="9 я")),
    *((f"accounts-person-{number}", partial(_person, number=number)) for number in range(1, 19)),
    *((f"accounts-person-{number}", partial(_person, number=number, seen=_SEEN_OF_BOTH)) for number in (30, 31)),
    ("accounts-weeks", partial(board.of_weeks, seen=_LARGE)),
    ("accounts-weeks-none", partial(board.of_weeks, seen=_board(weeks=()))),
    ("accounts-table", _way_out),
    ("accounts-choices", partial(choices.form, chosen=Choices())),
    ("accounts-choices-saved", _choices_saved),
    ("accounts-told-new", partial(news.of_new, count=24)),
    ("accounts-told-new-one", partial(news.of_new, count=1)),
    ("accounts-told-week", partial(news.of_week, counts=_SEEN.counts)),
    *_HANDING,
)
