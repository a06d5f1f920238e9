"""Lists made to do harm, and files that are none. Each costs the child little, or ends as a refusal."""

import io
import struct
import zipfile

from bot.core.lists.model import ListFault, ListKind, ListRowFault
from bot.documents.limits import MOST_PARTS, MOST_WORKBOOK
from tests.corpus.books import book, package, text
from tests.corpus.cases import CODE, IVA, OLGA, OTHER, PUPILS, Case
from tests.corpus.exports import class_page
from tests.corpus.good import HEADS, all_of, rows_of

F = ListFault
_SHEET = (
    '<?xml version="1.0"?>{doctype}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "{head}<sheetData>{rows}</sheetData></worksheet>"
)
_TEXT = '<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>'


def good() -> bytes:
    return book(("Лист1", [HEADS, *rows_of()]))


def with_part(name: str, raw: bytes) -> bytes:
    """The good list with this part in the place of its own."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good())) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            if one.filename != name:
                new.writestr(one, old.read(one))
        new.writestr(name, raw)
    return written.getvalue()


def as_sheet(rows: str, *, doctype: str = "", head: str = "") -> bytes:
    return with_part("xl/worksheets/sheet1.xml", _SHEET.format(doctype=doctype, head=head, rows=rows).encode())


def laughs() -> bytes:
    entities = '<!ENTITY a "ха">' + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    return as_sheet("<row>" + _TEXT.format(at="A1", text="&j;") + "</row>", doctype=f"<!DOCTYPE x [{entities}]>")


def plain_row() -> str:
    return "".join(
        f"<row>{_TEXT.format(at=f'A{n}', text=name)}{_TEXT.format(at=f'B{n}', text=username)}</row>"
        for n, (name, username) in enumerate((("Име", "Профил"), (IVA.name, IVA.username)), 1)
    )


def outside() -> bytes:
    return as_sheet(
        "<row>" + _TEXT.format(at="A1", text="&x;") + "</row>",
        doctype='<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    )


def bomb(size: int = 64 * 1024 * 1024) -> bytes:
    return with_part("xl/sharedStrings.xml", b" " * size)


def long_list(rows: int = 350_000) -> bytes:
    """What costs 31 s of CPU where it is read whole."""
    row = "".join(_TEXT.format(at="", text=cell).replace(' r=""', "") for cell in ("Ива", "im", "5 б"))
    return as_sheet(f"<row>{row}</row>" * rows)


def at_the_end() -> bytes:
    """Two cells at the far corners: who makes room for all between needs terabytes."""
    return as_sheet(
        f"<row>{_TEXT.format(at='A1', text='Име')}</row><row>{_TEXT.format(at='XFD1048576', text='Профил')}</row>",
        head='<dimension ref="A1:XFD1048576"/>',
    )


def lying() -> bytes:
    """A package that says of its parts that they are small."""
    raw = bytearray(bomb(32 * 1024 * 1024))
    at = -1
    while (at := raw.find(b"PK\x01\x02", at + 1)) >= 0:
        struct.pack_into("<I", raw, at + 24, 10)
    return bytes(raw)


def encrypted_flag() -> bytes:
    raw = bytearray(package({"5 б клас.csv": text(class_page("5 б")[1])}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(mark) + place] |= 1
    return bytes(raw)


def page_as_workbook() -> bytes:
    """What some programs call .xls."""
    cells = "".join(f"<tr><td>{each.name}</td><td>{each.username}</td></tr>" for each in PUPILS)
    return f"<html><body><table>{cells}</table></body></html>".encode()


CASES = (
    Case("a bomb", lambda: {"а.xlsx": bomb()}, refused=F.TOO_LARGE, long=True),
    Case("a bomb that lies", lambda: {"а.xlsx": lying()}, refused=F.NOT_TEXT, long=True),
    Case("a bomb among the pictures", lambda: {"а.xlsx": with_part("xl/media/image1.png", b" " * (MOST_WORKBOOK + 1))},
         refused=F.TOO_LARGE),
    Case("pictures", lambda: {"а.xlsx": with_part("xl/media/image1.svg", b"<!DOCTYPE svg>" + b" " * 2_000_000)}, all_of()),
    Case("350,000 rows", lambda: {"а.xlsx": long_list()}, refused=F.TOO_LARGE, long=True),
    Case("more rows than any school", lambda: {"а.xlsx": long_list(21_000)}, refused=F.TOO_LARGE),
    Case("more lines than any school", lambda: {"а.csv": b"x,y\n" * 21_000}, refused=F.TOO_LARGE),
    Case("billion laughs", lambda: {"а.xlsx": laughs()}, refused=F.NOT_TEXT),
    Case("an entity from outside", lambda: {"а.xlsx": outside()}, refused=F.NOT_TEXT),
    Case("a document type of its own", lambda: {"а.xlsx": as_sheet(plain_row(), doctype="<!DOCTYPE worksheet>")},
         refused=F.NOT_TEXT),
    Case("macros", lambda: {"а.xlsm": with_part("xl/vbaProject.bin", b"\xd0\xcf")}, refused=F.MACROS),
    Case("macros under another name", lambda: {"а.xlsx": with_part("xl/vbaProject.bin", b"")}, refused=F.MACROS),
    Case("an old workbook", lambda: {"а.xls": b"\xd0\xcf\x11\xe0" + b"\0" * 600}, refused=F.OLD_FORMAT),
    Case("a protected workbook", lambda: {"а.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99}, refused=F.OLD_FORMAT),
    Case("a protected package", lambda: {"а.zip": encrypted_flag()}, refused=F.NOT_TEXT),
    Case("truncated", lambda: {"а.xlsx": good()[:-900]}, refused=F.NOT_TEXT),
    Case("a sheet cut off", lambda: {"а.xlsx": with_part("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row>")},
         refused=F.NOT_TEXT),
    Case("no workbook in it", lambda: {"а.xlsx": package({"readme.txt": b"x"})}, refused=F.NOT_TEXT),
    Case("a package within a package", lambda: {"а.zip": package({"б.zip": package({"в.csv": b"x"})})},
         refused=F.NO_FILES),
    Case("a page called a workbook", lambda: {"а.xls": page_as_workbook()}, refused=F.NOBODY),
    Case("a picture", lambda: {"а.csv": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40}, refused=F.NOT_TEXT),
    Case("nothing", lambda: {"а.csv": b""}, refused=F.NOBODY),
    Case("blanks", lambda: {"а.csv": b"  \r\n ; ; \r\n"}, refused=F.NOBODY),
    Case("an empty workbook", lambda: {"а.xlsx": book(("Лист1", []))}, refused=F.NOBODY),
    Case("a kind of ours by nobody", lambda: {"а.pdf": b"%PDF-1.7"}, refused=F.NO_FILES),
    Case("too many sheets", lambda: {"а.xlsx": book(*((f"{n}", [["x"]]) for n in range(101)))}, refused=F.TOO_LARGE),
    Case("too many parts", lambda: {"а.zip": package({f"{n}.csv": b"x" for n in range(MOST_PARTS + 1)})}, refused=F.TOO_MANY),
    Case("another school's, said above", lambda: {"а.xlsx": book(("Лист1", [(f"Код по НЕИСПУО {OTHER}",), HEADS,
         *rows_of()]))}, refused=F.OTHER_SCHOOL, bad=tuple((n, ListRowFault.OTHER_SCHOOL) for n in range(3, 8))),
    Case("another school's, said in each row", lambda: {"а.csv": text([(*HEADS, "Код на институция"),
         *((*row, OTHER) for row in rows_of())])}, refused=F.OTHER_SCHOOL,
         bad=tuple((n, ListRowFault.OTHER_SCHOOL) for n in range(2, 7))),
    Case("names of files that lead elsewhere", lambda: {"а.zip": package({"../../etc/5 б клас.csv": text([HEADS[1:4],
         *(row[1:4] for row in rows_of())]), "CON.csv": b"", "__MACOSX/._5.csv": b"x"})}, all_of(),
         faults=(("CON.csv", F.NOBODY),)),
    Case("files of one name in several packages and folders", lambda: {
        f"{package_}.zip": package({f"{folder}/5 б.csv": text([HEADS[1:4], (each.name, each.number, each.username)])
                                    for folder, each in zip("аб", some, strict=True)})
        for package_, some in (("1", PUPILS[:2]), ("2", PUPILS[2:4]))} | {
            "5 б.csv": text([HEADS[1:4], (OLGA.name, OLGA.number, OLGA.username)])},
         tuple(each.of("5 б") for each in (*PUPILS[2:], *PUPILS[:2]))),
    Case("a sheet written by hand", lambda: {"а.xlsx": as_sheet(plain_row())}, (IVA.of("", numbers=()),)),
    Case("one good of several", lambda: {"а.csv": text([HEADS, *rows_of()]), "б.xlsx": b"PK\x03\x04"}, all_of(),
         faults=(("б.xlsx", F.NOT_TEXT),)),
    Case("other spellings of the code", lambda: {"а.csv": text([(*HEADS, "Код по НЕИСПУО"),
         *((*row, f"0{CODE}") for row in rows_of())])}, all_of()),
    Case("users of another school", lambda: {
        "orgs.csv": text([("sourcedId", "name"), (OTHER, "x")]),
        "users.csv": text([("sourcedId", "username", "orgSourcedIds", "role"), ("1", IVA.username, OTHER, "student")])},
         refused=F.OTHER_SCHOOL, bad=((2, ListRowFault.OTHER_SCHOOL),), kinds=frozenset({ListKind.ONEROSTER_1_1})),
)  # fmt: skip

AWKWARD = (at_the_end,)
"""What the library that reads workbooks may die of: only in a child."""
