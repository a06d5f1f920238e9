"""What schools make of their lists."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Any

from openpyxl import Workbook

from bot.core.lists.model import ColumnMeaning, ListKind, ListNote, ListRemark, ListRowFault
from bot.core.people.model import Kind
from tests.corpus.books import book, text
from tests.corpus.cases import CODE, IVA, KRUM, MAYA, OLGA, PASSWORDS, PETAR, PUPILS, TEACHER, Case
from tests.corpus.good import HEADS, IN_SDS, all_of, rows_of, sds
from tests.properties.strategies import egn_of

M, F, R = ColumnMeaning, ListRowFault, ListRemark
YOUNG = egn_of(date(2008, 3, 4), 112)
"""Put together here: a number that begins with a nought is one that somebody may have, and is written nowhere."""
YOUNGEST = egn_of(date(2000, 3, 4), 113)


def sheet(*rows: Sequence[Any], name: str = "Лист1", then: Callable[[Workbook], None] | None = None):
    return lambda: {"списък.xlsx": book((name, rows), then=then)}


def lines(*rows: Sequence[Any], delimiter: str = ","):
    return lambda: {"списък.csv": text(rows, delimiter)}


def merged(workbook: Workbook) -> None:
    """A title over all columns; the class once, over its five rows."""
    workbook.active.merge_cells("A1:E1")
    workbook.active.merge_cells("E3:E7")


def as_days(workbook: Workbook) -> None:
    for row, format_ in ((2, "d-mmm"), (3, "dd/mm/yyyy"), (4, "h:mm")):
        workbook.active.cell(row, 4).number_format = format_


def hidden(workbook: Workbook) -> None:
    workbook["Стари"].sheet_state = "hidden"
    workbook["Много стари"].sheet_state = "veryHidden"


def colours(workbook: Workbook) -> None:
    from openpyxl.comments import Comment  # noqa: PLC0415 -- for this alone
    from openpyxl.styles import PatternFill  # noqa: PLC0415

    workbook.active["B2"].fill = PatternFill("solid", fgColor="FF0000")
    workbook.active["B2"].comment = Comment("преместен", "директор")
    workbook.active.column_dimensions["C"].hidden = True
    workbook.active.auto_filter.ref = "A1:E6"


CASES = (
    Case("titles, sums, notes, signatures", sheet(
        ("СУ „Липа“, гр. Измислен",), (f"Код по НЕИСПУО: 0{CODE}",), (), ("Списък на учениците от V „б“ клас",), (),
        HEADS[:4], *(row[:4] for row in rows_of()), (), ("Общо:", 5), ("Забележка: паролите се сменят при първо влизане",),
        ("", "", "", "Директор: ....................."), ("Изготвил: Ралица Борова",), ("14.09.2026 г.",)), all_of()),
    Case("merged cells", sheet(("Списък на профилите",), HEADS,
        *((row if place == 0 else row[:4]) for place, row in enumerate(rows_of())), then=merged), all_of()),
    Case("other words in the heads", lines(
        ("Номер в класа", "Трите имена на ученика", "ЕГН/ЛНЧ", "Акаунт в edu.mon.bg", "Клас/паралелка", "Парола (начална)"),
        *((*row, PASSWORDS[0]) for row in rows_of())), all_of(), notes=((ListNote.SECRETS, ""),)),
    Case("Latin letters in the heads", lines(("Имe", "EГН", "Потрeбитeлско имe", "Клac"), *(row[1:] for row in rows_of())),
         all_of()),
    Case("heads in capitals, over lines, with what cannot be seen", sheet(
        ("ТРИ ИМЕНА", "ЕГН\n(10 цифри)", " Потребителско\nиме ", "\ufeffКлас\u200b"),
        *(row[1:] for row in rows_of())), all_of()),
    Case("heads of two rows", sheet(
        ("№", "Ученик", "", "", "ЕГН", "Профил"), ("", "Име", "Презиме", "Фамилия", "", ""),
        *((n, each.first, each.middle, each.last, each.number, each.username) for n, each in enumerate(PUPILS, 1)),
        name="5б"), all_of()),
    Case("every spelling of a class", lines(("Име", "ЕГН", "Клас"),
        (IVA.name, IVA.number, "5б"), (PETAR.name, PETAR.number, "V „б“"), (MAYA.name, MAYA.number, "ХІІ-Б клас"),
        (KRUM.name, KRUM.number, "5.б кл."), (OLGA.name, OLGA.number, "5B")),
        tuple(each.of(class_, *doubt, usernames=()) for each, class_, doubt in (
            (IVA, "5 б", ()), (PETAR, "5 б", ()), (MAYA, "12 б", ()), (KRUM, "5 б", ()), (OLGA, "5B", (R.CLASS,))))),
    Case("a class that became a day", sheet(("Име", "ЕГН", "Профил", "Клас"),
        *((each.name, each.number, each.username, day) for each, day in (
            (IVA, datetime(2026, 2, 5)), (PETAR, date(2026, 1, 11)), (MAYA, time(5)), (KRUM, date(2026, 12, 31)))),  # noqa: DTZ001
        then=as_days), (IVA.of("5 б", R.CLASS_FROM_DATE), PETAR.of("11 а", R.CLASS_FROM_DATE),
                        MAYA.of("5 а", R.CLASS_FROM_DATE), KRUM.of("", R.CLASS))),
    Case("the same as text", lines(("Име", "Профил", "Клас"), *((each.name, each.username, day) for each, day in (
        (IVA, "5-фев"), (PETAR, "05.фев"), (MAYA, "5-Feb"), (KRUM, "05.02.2026 г.")))),
        tuple(each.of("5 б", R.CLASS_FROM_DATE, numbers=()) for each in (IVA, PETAR, MAYA, KRUM))),
    Case("grade and letter apart", lines(("Име", "Профил", "Клас", "Паралелка"),
        (IVA.name, IVA.username, "5", "б"), (PETAR.name, PETAR.username, "VІІ", "В"), (MAYA.name, MAYA.username, "5", "5 г"),
        (KRUM.name, KRUM.username, "3", "")),
        tuple(each.of(class_, numbers=()) for each, class_ in ((IVA, "5 б"), (PETAR, "7 в"), (MAYA, "5 г"), (KRUM, "3")))),
    Case("numbers that lost their noughts", sheet(("Име", "ЕГН", "Клас"),
        (IVA.name, int(YOUNG), "5 б"), (PETAR.name, int(YOUNGEST), "5 б"), (MAYA.name, float(MAYA.number), "5 б")),
        (IVA.of("5 б", R.LOST_ZERO, usernames=(), numbers=(YOUNG,)),
         PETAR.of("5 б", R.LOST_ZERO, usernames=(), numbers=(YOUNGEST,)), MAYA.of("5 б", usernames=()))),
    Case("numbers as people write them", lines(("Име", "ЕГН", "Клас"), *((each.name, number, "5 б") for each, number in (
        (IVA, f"'{IVA.number}"), (PETAR, f"{PETAR.number[:6]} {PETAR.number[6:]}"), (MAYA, f"ЕГН {MAYA.number}"),
        (KRUM, f"{KRUM.number}.0"), (OLGA, f'="{OLGA.number}"')))), tuple(each.of("5 б", usernames=()) for each in PUPILS)),
    Case("numbers that are lost", lines(("Име", "ЕГН", "Профил"), (IVA.name, "4,74E+09", IVA.username),
        (PETAR.name, "4.14605E+09", ""), (MAYA.name, "няма", MAYA.username), (KRUM.name, "кръщелно", "")),
        (IVA.of("", R.IDENTIFIER, numbers=()), MAYA.of("", numbers=())), bad=((3, F.ROUNDED), (5, F.IDENTIFIER))),
    Case("classes one below the other", sheet(("5 а клас",), HEADS[:4], *(row[:4] for row in rows_of()[:2]), (),
        ("5 б клас",), HEADS[:4], *(row[:4] for row in rows_of()[2:])),
        tuple(each.of("5 а" if place < 2 else "5 б") for place, each in enumerate(PUPILS))),
    Case("titles of two classes", lambda: {
        "5 в клас.xlsx": book(("Лист1", [("Списък на 5 а и 5 б клас",), HEADS[1:4], (IVA.name, IVA.number, IVA.username)]),
            ("5 а и 5 б клас", [HEADS[1:4], (PETAR.name, PETAR.number, PETAR.username)]),
            ("Лист3", [("5 а клас",), HEADS[1:4], (MAYA.name, MAYA.number, MAYA.username), ("клас 5 а и 5 б",),
                       (KRUM.name, KRUM.number, KRUM.username)])),
        "5 а и б клас.csv": text([HEADS[1:4], (OLGA.name, OLGA.number, OLGA.username)])},
        (OLGA.of(""), IVA.of(""), PETAR.of(""), MAYA.of("5 а"), KRUM.of(""))),
    Case("names alone under a class", sheet(("Паралелка: 5 б",), ("№", "Ученик"), (1, IVA.name), (2, PETAR.name)),
        tuple(each.of("5 б", usernames=(), numbers=()) for each in (IVA, PETAR))),
    Case("parents, hidden sheets", lambda: {"а.xlsx": book(("Ученици", [HEADS, *rows_of()]),
        ("Родители", [("Име", "Потребителско име", "Телефон"), ("Мила Брезова", "mb01234588", "0888")]),
        ("Стари", [HEADS, (1, "Стар Стар Старов", "", "ss01234577", "5 б")]), ("Много стари", [HEADS]),
        ("Бележки", [("да се провери",)]), then=hidden)}, all_of(),
        notes=((ListNote.HIDDEN, "Стари"), (ListNote.HIDDEN, "Много стари"), (ListNote.NO_PEOPLE, "Родители"),
               (ListNote.NO_PEOPLE, "Бележки"))),
    Case("parents beside their children", lines(("Име", "Профил", "Клас", "Родител", "E-mail на родител"),
        *((row[1], row[3], row[4], "Мила Брезова", "mila@outlook.com") for row in rows_of())),
        tuple(each.of("5 б", numbers=()) for each in PUPILS)),
    Case("formulas", sheet(("Име", "Профил", "Клас"), (IVA.name, IVA.username, '="5 "&"б"'),
        ('=HYPERLINK("https://evil.example","Ива")', PETAR.username, "5 б"), ("=1+1", "", "")),
        (IVA.of("", numbers=()), PETAR.of("5 б", name="", numbers=()))),
    Case("colours, comments, hidden columns, a filter", sheet(HEADS, *rows_of(), then=colours), all_of()),
    Case("teachers among students", lines(("Име", "Профил", "Роля"), (IVA.name, IVA.username, "ученик"),
        (TEACHER.name, TEACHER.username, "Учител"), (PETAR.name, PETAR.username, "роднина")),
        (IVA.of("", numbers=()), TEACHER.of("", numbers=(), kind=Kind.TEACHER)), bad=((4, F.ROLE),)),
    Case("teachers told by their usernames", lines(("Име", "Профил"), (TEACHER.name, f"{TEACHER.username}@EDU.MON.BG")),
        (TEACHER.of("", numbers=(), kind=Kind.TEACHER),)),
    Case("another domain", lines(("Име", "E-mail", "Клас"), (IVA.name, f"{IVA.username}@edu.mon.bg", "5 б"),
        (PETAR.name, f"{PETAR.username}@lipa-school.example", "5 б"), ("", "krum@outlook.com", "5 б")),
        (IVA.of("5 б", numbers=()), PETAR.of("5 б", R.DOMAIN, usernames=(), numbers=())), bad=((4, F.DOMAIN),)),
    Case("two domains side by side", lines(("Име", "Профил в Google", "Профил в edu.mon.bg"),
        (IVA.name, "iva@lipa-school.example", IVA.username)), (IVA.of("", numbers=()),)),
    Case("said twice", lambda: {"а.xlsx": book(("Всички", [HEADS, *rows_of()]), ("5 б", [HEADS[:4],
        *(row[:4] for row in rows_of()[:2])]), ("Грешни", [HEADS, (1, "Друго Име Съвсем", "", IVA.username, "5 в")]))},
        all_of(), bad=((2, F.CONFLICT),), notes=((ListNote.REPEATED, ""),)),
    Case("one username, two numbers", lambda: {"а.csv": text([HEADS[1:], rows_of()[0][1:]]), "б.csv": text([HEADS[1:],
        (IVA.name, PETAR.number, IVA.username, "5 б"), (IVA.name, "", IVA.username, "5 б")])}, (IVA.of("5 б"),),
        bad=((2, F.CONFLICT),), notes=((ListNote.REPEATED, ""),)),
    Case("numbers of a register that begins anew in each class", lines(("Име", "Личен номер", "Потребителско име", "Клас"),
        (IVA.name, "1001", "", "5 а"), ("", "1001", PETAR.username, "5 б"), ("Ива", "1001", MAYA.username, "5 в"),
        (f"{IVA.first} {IVA.last}", "1001", IVA.username, "")),
        (IVA.of("5 а", numbers=("1001",)),), bad=((3, F.CONFLICT), (4, F.CONFLICT)), notes=((ListNote.REPEATED, ""),)),
    Case("one person with more accounts than anybody", lines(("Име", "ЕГН", "Потребителско име"),
        *((IVA.name, IVA.number, f"ab0123450{n}") for n in range(9))),
        (IVA.of("", usernames=tuple(f"ab0123450{n}" for n in range(8))),), notes=((ListNote.REPEATED, ""),)),
    Case("far from the corner", sheet((), (), ("", "", "", *HEADS), *(("", "", "", *row) for row in rows_of())), all_of()),
    Case("many columns", sheet((*HEADS, *(f"Колона {n}" for n in range(90))), *((*row, *"x" * 90) for row in rows_of())),
         all_of()),
    Case("empty rows between", lines(HEADS, *(each for row in rows_of() for each in (row, ("",) * 5, ()))), all_of()),
    Case("quotation marks that do not fit", lambda: {"а.csv": text([HEADS, *rows_of()]).replace(
        f"2,{PETAR.name}".encode(), f'2,"{PETAR.name}" x"'.encode())},
        tuple(each.of("5 б") for each in PUPILS if each is not PETAR), bad=((3, F.QUOTES),)),
    Case("a letter cut in half", lambda: {"а.csv": text([HEADS, *rows_of()]).replace("Петър".encode(), "Петър".encode()[:-1])},
        tuple(each.of("5 б") for each in PUPILS if each is not PETAR), bad=((3, F.LETTERS),)),
    Case("no heads", lines(*(row[1:] for row in rows_of())), all_of()),
    Case("no heads, three names", lines(*((each.username, each.first, each.middle, each.last, "5 б") for each in PUPILS)),
        tuple(each.of("5 б", numbers=()) for each in PUPILS)),
    Case("unknown heads, plain cells", sheet(("Кой", "Вход за сайта", "Къде"), *((each.name, each.username, "5 б") for each in PUPILS)),
        tuple(each.of("5 б", numbers=()) for each in PUPILS)),
    Case("a table of which nobody knows", lines(("Кой", "На кого", "Тайно"),
        *((each.name, "Мила Брезова", PASSWORDS[0]) for each in PUPILS)), asks=1, kinds=frozenset()),
    Case("the same, told", lambda: {"5 б клас.csv": text([("Кой", "На кого", "Тайно"),
        *((each.name, "Мила Брезова", PASSWORDS[0]) for each in PUPILS)])},
        tuple(each.of("5 б", usernames=(), numbers=()) for each in PUPILS), answer=(M.NAME, M.NOTHING, M.SECRET),
        notes=((ListNote.SECRETS, ""),)),
    Case("rows of another school", lines((*HEADS, "Код по НЕИСПУО"), *((*row, CODE) for row in rows_of() * 5),
        (9, "Чужд Чужд Чуждов", "", "cc01234599", "5 б", "2990002")), all_of(), bad=((27, F.OTHER_SCHOOL),),
        notes=((ListNote.REPEATED, ""),)),
    Case("names that are long, or hide something", lines(HEADS,
        (1, f"\u202e{IVA.name}\u200b", IVA.number, IVA.username, "5 б"), (2, "=Петър", PETAR.number, PETAR.username, "5 б")),
        (IVA.of("5 б"), PETAR.of("5 б", name="=Петър"))),
    Case("a second table, of accounts and passwords, below the first", lines(("Име", "Клас", "Профил"),
        (IVA.name, "5 б", IVA.username), (PETAR.name, "5 б", PETAR.username), (), ("Профил", "Парола"),
        (MAYA.username, PASSWORDS[0]), (KRUM.username, PASSWORDS[1])),
        (*(each.of("5 б", numbers=()) for each in (IVA, PETAR)), *(each.of("", name="", numbers=()) for each in (MAYA, KRUM))),
        notes=((ListNote.SECRETS, ""),)),
    Case("the same with numbers in its heads", lines(("Име", "Клас", "Профил"), (IVA.name, "5 б", IVA.username),
        ("Акаунт", "Парола 2", "ПИН 1"), (MAYA.username, PASSWORDS[0], PASSWORDS[1])),
        (IVA.of("5 б", numbers=()), MAYA.of("", name="", numbers=())), notes=((ListNote.SECRETS, ""),)),
    Case("a second table of which only the passwords are known", lines(("Име", "Клас", "Профил"),
        (IVA.name, "5 б", IVA.username), ("Кой", "Парола", "Бел."), (MAYA.name, PASSWORDS[0], ""), (KRUM.name, PASSWORDS[1], "")),
        (IVA.of("5 б", numbers=()),), bad=((4, F.LACKS), (5, F.LACKS)), notes=((ListNote.SECRETS, ""),)),
    Case("notes about passwords", lines(("Име", "Профил", "Клас"), (IVA.name, IVA.username, "5 б"),
        (PETAR.name, "без парола", "5 б"), ("Забележка: паролите се сменят при първо влизане",), (MAYA.name, MAYA.username, "5 б")),
        (IVA.of("5 б", numbers=()), PETAR.of("5 б", R.USERNAME, usernames=(), numbers=()), MAYA.of("5 б", numbers=()))),
    Case("passwords beside usernames in one cell", lines(("Име", "Профил", "Клас"), *((each.name, cell, "5 б") for each, cell in (
        (IVA, f"{IVA.username}, Sunflower"), (PETAR, f"{PETAR.username} {PASSWORDS[0]}"), (MAYA, f"sunflower|{MAYA.username}"),
        (KRUM, f"{KRUM.username}@edu.mon.bg {PASSWORDS[2]}"), (OLGA, "sunflower; rosebud")))),
        (*(each.of("5 б", R.USERNAME, numbers=()) for each in (IVA, PETAR, MAYA, KRUM)),
         OLGA.of("5 б", R.USERNAME, usernames=(), numbers=()))),
    Case("cells that do not fit the heads, beside passwords", lines(("Име", "Профил", "Парола", "Клас"),
        (IVA.name, IVA.username, PASSWORDS[0], "5 б"), (PETAR.name, "", PETAR.username, PASSWORDS[1], "5 б"),
        (MAYA.name, PASSWORDS[2], "5 б"), ("Общо: 5",), (KRUM.name, KRUM.username, "", "5 б")),
        (IVA.of("5 б", numbers=()), KRUM.of("5 б", numbers=())), bad=((3, F.QUOTES), (4, F.QUOTES)),
        notes=((ListNote.SECRETS, ""),)),
    Case("a delimiter at the end of each row, beside passwords", lines(("Име", "Профил", "Парола"),
        *((each.name, each.username, PASSWORDS[0], "") for each in PUPILS), ("Липов", "Иво", "il01234509", PASSWORDS[1])),
        tuple(each.of("", numbers=()) for each in PUPILS), bad=((7, F.QUOTES),), notes=((ListNote.SECRETS, ""),)),
    Case("delimiters at the end that Excel left out, beside passwords", lines(("Име", "Профил", "Парола", "Клас", "Бележка", ""),
        (IVA.name, IVA.username, PASSWORDS[0], "5 б", "x", ""), (PETAR.name, PETAR.username, "", "5 б"),
        (MAYA.name, PASSWORDS[2], "5 б", "x"), (KRUM.name, KRUM.username, PASSWORDS[1], "5 б", "y", "")),
        tuple(each.of("5 б", numbers=()) for each in (IVA, PETAR, KRUM)), bad=((4, F.QUOTES),),
        notes=((ListNote.SECRETS, ""),)),
    Case("rows all shorter than the heads, beside passwords", lines(("Име", "Профил", "Парола", "Клас", "", ""),
        *((each.name, each.username, PASSWORDS[0], "5 б", "") for each in (IVA, PETAR, MAYA))),
        tuple(each.of("5 б", numbers=()) for each in (IVA, PETAR, MAYA)), notes=((ListNote.SECRETS, ""),)),
    Case("the same in an export", lambda: sds() | {"users.csv": sds()["users.csv"].replace(
        f"{IVA.first},{IVA.last}".encode(), f"{IVA.first};{IVA.last}".encode())},
        tuple(each for each in IN_SDS if each.name != "Ива Брезова"), bad=((2, F.QUOTES),),
        kinds=frozenset({ListKind.SDS}), notes=((ListNote.SECRETS, ""),)),
    Case("a password beside a username in an export", lambda: sds() | {"users.csv": sds()["users.csv"].replace(
        f"{PETAR.username},".encode(), f"{PETAR.username} Sunflower,".encode())},
        tuple(each for each in IN_SDS if each.name != "Петър Липов"), bad=((3, F.USERNAME),),
        kinds=frozenset({ListKind.SDS}), notes=((ListNote.SECRETS, ""),)),
    Case("passwords that are called passwords", lines(("Име", "Профил", "Клас", "Парола"), *((each.name,
        f"{each.username}@edu.mon.bg", "5 б", secret) for each, secret in zip(PUPILS, (PASSWORDS[4], "Password1", "парола", "pass", "PIN"),
        strict=True))), tuple(each.of("5 б", numbers=()) for each in PUPILS), notes=((ListNote.SECRETS, ""),)),
    Case("the same without heads", lines(*((each.name, f"{each.username}@edu.mon.bg", "5 б", PASSWORDS[4]) for each in PUPILS)),
        tuple(each.of("5 б", numbers=()) for each in PUPILS)),
    Case("the same below one another", lines(("Име", "Профил", "Клас"), (IVA.name, IVA.username, "5 б"),
        ("Акаунт @edu.mon.bg", "Парола"), (f"{MAYA.username}@edu.mon.bg", PASSWORDS[4]), (f"{KRUM.username}@edu.mon.bg", "парола")),
        (IVA.of("5 б", numbers=()), *(each.of("", name="", numbers=()) for each in (MAYA, KRUM))), notes=((ListNote.SECRETS, ""),)),
    Case("roles and passwords that are like heads", lines(("Роля", "Профил", "Парола"), ("ученик", IVA.username, PASSWORDS[4]),
        ("учител", TEACHER.username, "парола")), (IVA.of("", name="", numbers=()), TEACHER.of("", name="", numbers=(), kind=Kind.TEACHER)),
        notes=((ListNote.SECRETS, ""),)),
    Case("a second table with the domain for a head", lines(("Име", "Клас", "Профил"), (IVA.name, "5 б", IVA.username),
        ("edu.mon.bg", "Парола"), (MAYA.username, PASSWORDS[0])),
        (IVA.of("5 б", numbers=()), MAYA.of("", name="", numbers=())), notes=((ListNote.SECRETS, ""),)),
    Case("usernames with blanks in them", lines(("Име", "Профил"), (IVA.name, "im 01234501"), (TEACHER.name, f" {TEACHER.username} "),
        (PETAR.name, f"{PETAR.username} ; kd01234504@edu.mon.bg")),
        (IVA.of("", numbers=()), TEACHER.of("", numbers=(), kind=Kind.TEACHER),
         PETAR.of("", usernames=(PETAR.username, KRUM.username), numbers=()))),
    Case("only a name and no class", lines(("Име", "Профил"), (IVA.name, IVA.username), (PETAR.name, "")),
        (IVA.of("", numbers=()),), bad=((3, F.LACKS),)),
    Case("usernames that nobody can have", lines(("Име", "Профил"), (IVA.name, "ива.брезова"), (PETAR.name, PETAR.number),
        (MAYA.name, f"{MAYA.username} , -") ),
        (MAYA.of("", numbers=()),), bad=((2, F.USERNAME), (3, F.USERNAME))),
    Case("a number that may be mistyped", lines(("Име", "Идентификатор", "Клас"), (IVA.name, IVA.number[:-1] + "3", "5 б")),
        (IVA.of("5 б", R.CHECK_DIGIT, usernames=(), numbers=(IVA.number[:-1] + "3",)),)),
    Case("a school's own register", lines(("N", "Фамилия", "Собствено име", "Презиме", "ЕГН", "Дата на раждане", "Група"),
        (1, IVA.last, IVA.first, IVA.middle, IVA.number, "09.02.2047", "5 б")),
        (IVA.of("5 б", usernames=()),)),
)  # fmt: skip
