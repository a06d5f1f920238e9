"""Lists as programs export them."""

from collections.abc import Callable

from bot.core.lists.model import ListKind, ListNote
from bot.core.people.model import Kind
from tests.corpus.books import book, libreoffice, other_book, package, sheetjs, text
from tests.corpus.cases import (
    CODE,
    IVA,
    KRUM,
    MAYA,
    OLGA,
    OTHER,
    PASSWORDS,
    PETAR,
    PUPILS,
    TEACHER,
    Case,
    Listed,
)
from tests.corpus.exports import class_page

SECRET = ListNote.SECRETS
PAGE = frozenset({ListKind.CLASS_PAGE})
PEOPLE = frozenset({ListKind.PEOPLE_PAGE})
HEADS = ("№", "Име", "ЕГН", "Потребителско име", "Клас")


def on_page(class_: str) -> tuple[Listed, ...]:
    return (
        IVA.of(class_),
        PETAR.of(class_),
        MAYA.of(class_, usernames=(MAYA.username, "ms01234593")),
        KRUM.of(class_, usernames=()),
    )


def rows_of(class_: str = "5 б") -> list[list[object]]:
    return [[place, one.name, one.number, one.username, class_] for place, one in enumerate(PUPILS, 1)]


def all_of(class_: str = "5 б") -> tuple[Listed, ...]:
    return tuple(one.of(class_) for one in PUPILS)


def exchange(*, encoding: str = "cp1251") -> bytes:
    """InstitutionCode|SchoolYear|Month|IdType|Ident|First|Middle|Last|BasicClass|ClassCode|GroupCode|ClassName|…"""
    kinds = {IVA: 0, PETAR: 0, KRUM: 1}
    rows = [
        [CODE, 2026, 9, kind, one.number, one.first, one.middle, one.last, 5, 101, 3, "V б", 4, 0]
        for one, kind in kinds.items()
    ]
    return text(rows, "|", encoding)


def sds() -> dict[str, bytes]:
    users = [
        [
            "sourcedId",
            "username",
            "givenName",
            "familyName",
            "password",
            "activeDirectoryMatchId",
            "email",
            "phone",
            "sms",
        ],
        ["s1", f"{IVA.username}@edu.mon.bg", IVA.first, IVA.last, PASSWORDS[0], "", "", "", ""],
        ["s2", PETAR.username, PETAR.first, PETAR.last, "", "", "", "", ""],
        ["t1", f"{TEACHER.username}@edu.mon.bg", TEACHER.first, TEACHER.last, "", "", "", "", ""],
        ["p1", "mother@outlook.com", "Мила", "Брезова", "", "", "", "", ""],
        ["s3", MAYA.username, MAYA.first, MAYA.last, "", "", "", "", ""],
    ]
    roles = [
        ["userSourcedId", "orgSourcedId", "role", "sessionSourcedId", "grade", "isPrimary", "roleStartDate", "roleEndDate"],
        *([who, CODE, role, "", grade, "", "", ""] for who, role, grade in (
            ("s1", "student", "05"), ("s2", "student", "05"), ("t1", "teacher", ""), ("p1", "parent", ""),
            ("s3", "student", "11"),
        )),
    ]  # fmt: skip
    return {
        "orgs.csv": text([("sourcedId", "name", "type"), (CODE, "СУ „Липа“", "school"), (OTHER, "ОУ", "school")]),
        "users.csv": text(users),
        "roles.csv": text(roles),
        "classes.csv": text(
            [
                ("sourcedId", "orgSourcedId", "title"),
                ("c1", CODE, "Химия - 5 б - ООП"),
                ("c2", CODE, "Английски език - 5 а, 5 б - ООП"),
            ]
        ),
        "enrollments.csv": text(
            [
                ("classSourcedId", "userSourcedId", "role"),
                ("c1", "s1", "student"),
                ("c2", "s1", "student"),
                ("c1", "t1", "teacher"),
            ]
        ),
    }


IN_SDS = (
    Listed("Ива Брезова", "5 б", (IVA.username,)),
    Listed("Петър Липов", "5", (PETAR.username,)),
    Listed("Ралица Борова", "", (TEACHER.username,), kind=Kind.TEACHER),
    Listed("Мая Яворова", "11", (MAYA.username,)),
)


def oneroster(*, newer: bool) -> dict[str, bytes]:
    head = ["sourcedId", "status", "dateLastModified", "enabledUser", "orgSourcedIds", "role", "username", "userIds"]
    head += ["givenName", "familyName", "middleName", "identifier", "email", "sms", "phone", "agentSourcedIds"]
    head += ["grades", "password"]
    people = [
        ("s1", CODE, "student", IVA, "", IVA.number, "05"),
        ("s2", CODE, "student", KRUM, f"{{LNCH:{KRUM.number}}}", "774201", "05"),
        ("t1", CODE, "teacher", TEACHER, "", "", ""),
    ]
    rows = [
        [who, "active", "", "true", org, role, one.username, ids, one.first, one.last, one.middle, number, "", "", "",
         "", grade, PASSWORDS[0]]
        for who, org, role, one, ids, number, grade in people
    ]  # fmt: skip
    files = {"orgs.csv": text([("sourcedId", "status", "dateLastModified", "name", "type", "identifier"),
                               ("o1" if newer else CODE, "active", "", "СУ „Липа“", "school", f"0{CODE}")])}  # fmt: skip
    if newer:
        dropped = [head.index("orgSourcedIds"), head.index("role")]
        rows = [[cell for place, cell in enumerate(row) if place not in dropped] + ["o1"] for row in rows]
        head = [cell for place, cell in enumerate(head) if place not in dropped] + ["primaryOrgSourcedId"]
        files["roles.csv"] = text(
            [
                ("sourcedId", "status", "dateLastModified", "userSourcedId", "roleType", "role", "beginDate", "endDate",
                 "orgSourcedId", "userProfileSourcedId"),
                *((f"r{who}", "active", "", who, "primary", role, "", "", "o1", "") for who, _, role, *_ in people),
            ]
        )  # fmt: skip
    return files | {"users.csv": text([head, *rows]), "manifest.csv": text([("propertyName", "value")])}


IN_ONEROSTER = (
    Listed(IVA.name, "5", (IVA.username,), (IVA.number,)),
    Listed(KRUM.name, "5", (KRUM.username,), (KRUM.number,)),
    Listed(TEACHER.name, "", (TEACHER.username,), kind=Kind.TEACHER),
)


def one(name: str, make: Callable[[], bytes]) -> Callable[[], dict[str, bytes]]:
    return lambda: {name: make()}


CASES = (
    Case("class page", one("5 б клас.xlsx", lambda: sheetjs("class_page.xlsx")), on_page("5 б"), kinds=PAGE,
         notes=((SECRET, "5 б клас"),)),
    Case("class page renamed", one("export (3).xlsx", lambda: sheetjs("class_page.xlsx")), on_page("5 б"), kinds=PAGE,
         notes=((SECRET, "5 б клас"),)),
    Case("class page as csv", one("5 б клас.csv", lambda: sheetjs("class_page.csv")), on_page("5 б"), kinds=PAGE,
         notes=((SECRET, ""),)),
    Case("class page as text", one("5 б клас.txt", lambda: sheetjs("class_page.txt")), on_page("5 б"), kinds=PAGE,
         notes=((SECRET, ""),)),
    Case("class page with its class", one("a.xlsx", lambda: sheetjs("class_page_with_class.xlsx")), on_page("11 а"),
         kinds=PAGE, notes=((SECRET, "ХІ а клас"),)),
    Case("class pages of a package", lambda: {"всички.zip": package({
        "Липа/5 б клас.csv": text(class_page("5 б клас")[1]), "Липа/5 в клас.xlsx": book(("Sheet1", [
            HEADS[1:4], (OLGA.name, OLGA.number, OLGA.username)]))}, console=True)},
         (*on_page("5 б"), OLGA.of("5 в")), kinds=frozenset({ListKind.CLASS_PAGE, ListKind.TABLE}),
         notes=((SECRET, ""),)),
    Case("people page", one("export.xlsx", lambda: sheetjs("people.xlsx")),
         tuple(each.of("", numbers=()) for each in (IVA, PETAR, MAYA)), kinds=PEOPLE, notes=((SECRET, "data"),)),
    Case("people page, own columns", one("export.xlsx", lambda: sheetjs("fewer_columns.xlsx")),
         tuple(each.of("", numbers=()) for each in (IVA, PETAR)), kinds=PEOPLE),
    Case("people page, without usernames", one("export.xlsx", lambda: book(("data", [("Идентификатор", "Имена", "Код за дневник"),
         *((7712301 + place, each.name, PASSWORDS[3]) for place, each in enumerate(PUPILS))]))), asks=1, kinds=frozenset()),
    Case("own classes", one("export.xlsx", lambda: sheetjs("own_classes.xlsx")),
         (IVA.of("5 б", numbers=()), PETAR.of("5 а", numbers=())), kinds=PEOPLE, notes=((SECRET, "data"),)),
    Case("exchange", one("ABSENCE.txt", exchange), tuple(each.of("5 б", usernames=()) for each in (IVA, PETAR, KRUM)),
         kinds=frozenset({ListKind.EXCHANGE})),
    Case("exchange in UTF-8", one("a.csv", lambda: exchange(encoding="utf-8")),
         tuple(each.of("5 б", usernames=()) for each in (IVA, PETAR, KRUM)), kinds=frozenset({ListKind.EXCHANGE})),
    Case("SDS", sds, IN_SDS, kinds=frozenset({ListKind.SDS}), notes=((SECRET, ""),)),
    Case("SDS packed", lambda: {"sds.zip": package(sds())}, IN_SDS, kinds=frozenset({ListKind.SDS}),
         notes=((SECRET, ""),)),
    Case("SDS beside lists of classes", lambda: sds() | {"5 б клас.csv": text([HEADS, *rows_of()]), "Courses.csv": b"sourcedId",
         "5 в клас.xlsx": book(("x", [HEADS[1:4], (OLGA.name, OLGA.number, OLGA.username)]))}, (*IN_SDS, OLGA.of("5 в")),
         kinds=frozenset({ListKind.SDS, ListKind.TABLE}), notes=((SECRET, ""), (ListNote.NOT_READ, ""))),
    Case("OneRoster 1.1", lambda: oneroster(newer=False), IN_ONEROSTER, kinds=frozenset({ListKind.ONEROSTER_1_1}),
         notes=((SECRET, ""),)),
    Case("OneRoster 1.2", lambda: oneroster(newer=True), IN_ONEROSTER, kinds=frozenset({ListKind.ONEROSTER_1_2}),
         notes=((SECRET, ""),)),
    Case("openpyxl", one("a.xlsx", lambda: book(("Лист1", [HEADS, *rows_of()]))), all_of()),
    Case("XlsxWriter", one("a.xlsx", lambda: other_book(("Лист1", [HEADS, *rows_of()]))), all_of()),
    Case("LibreOffice", one("a.xlsx", lambda: libreoffice("list.xlsx")), all_of()),
    Case("LibreOffice, titles and merged cells", one("a.xlsx", lambda: libreoffice("titles.xlsx")), all_of()),
    Case("LibreOffice's csv", one("a.csv", lambda: libreoffice("list.csv")), all_of()),
    Case("LibreOffice's text in UTF-16", one("a.txt", lambda: libreoffice("list.txt")), all_of()),
    Case("Excel's csv", one("a.csv", lambda: text([HEADS[1:], *(row[1:] for row in rows_of())], ";", "cp1251")),
         all_of()),
    Case("UTF-8 with a mark", one("a.csv", lambda: text([HEADS, *rows_of()], encoding="utf-8-sig")), all_of()),
    Case("UTF-16 with tabs", one("a.txt", lambda: text([HEADS, *rows_of()], "\t", "utf-16")), all_of()),
    Case("UTF-16 without a mark", one("a.txt", lambda: text([HEADS, *rows_of()], "\t", "utf-16-le")), all_of()),
    Case("old line ends", one("a.csv", lambda: text([HEADS, *rows_of()], newline="\r")), all_of()),
    Case("delimiter told", one("a.csv", lambda: b"sep=;\r\n" + text([HEADS, *rows_of()], ";")), all_of()),
    Case("a sheet for each class", one("a.xlsx", lambda: book(
        *((name, [HEADS[:4], *(row[:4] for row in rows_of()[first:first + 2])])
          for name, first in (("5а", 0), ("V-б", 2))))),
         (IVA.of("5 а"), PETAR.of("5 а"), MAYA.of("5 б"), KRUM.of("5 б"))),
)  # fmt: skip
