"""The register's export: both forms, what is left out and said, what is refused, and nothing that brings it down."""

import csv
import io
import zipfile
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.class_links.expected import Carrier, ExpectedClass, ExpectedList, Fault, RosterFault, RosterUnusable
from bot.documents.limits import LONGEST_ID, LONGEST_TEXT, MOST_BYTES, MOST_COLUMNS, MOST_IN_ALL, MOST_PARTS
from bot.documents.packages import unpacked
from bot.documents.rosters import read_roster

DATED = datetime(2026, 9, 14, 6, tzinfo=UTC)
CODE = "2990001"


def sds(**changes: str) -> dict[str, bytes]:
    files = {
        "orgs": "sourcedId,name,type\n2990001,Измислено,school\n2990002,Друго,school\n",
        "users": (
            "sourcedId,username,givenName,familyName\n"
            "t1,ivan.probni@edu.mon.bg,Иван,Пробни\nt2,,Без,Име\ns1,AB01234567@edu.mon.bg,Рада,Вихрова\ns2,cd01234567,,\n"
        ),
        "classes": "sourcedId,orgSourcedId,title\n101,2990001,Химия - 7 а - ООП\n102,2990001,\n201,2990002,Чужд клас\n",
        "enrollments": (
            "classSourcedId,userSourcedId,role\n101,t1,teacher\n101,s1,student\n101,s2,Student\n"
            "102,t2,teacher\n201,t1,teacher\n101,t1,student\n"
        ),
    }
    files |= changes
    return {f"{name}.csv": content.encode() for name, content in files.items() if content}


def read(files: dict[str, bytes], code: str = CODE) -> ExpectedList:
    return read_roster(files, school_code=code, dated=DATED, today=DATED.date())


def refused(files: dict[str, bytes], code: str = CODE) -> tuple[RosterFault, ...]:
    with pytest.raises(RosterUnusable) as caught:
        read(files, code)
    assert caught.value.faults
    return caught.value.faults


def test_school_data_sync_is_read():
    found = read(sds())

    assert found.carrier is Carrier.SDS
    assert found.classes == (
        ExpectedClass("101", "Химия - 7 а - ООП", ("ivan.probni",), ("ab01234567", "cd01234567")),
        ExpectedClass("102", "102", ("t2",)),  # no username: the id; no title: the id
    )
    assert found.names == {"ivan.probni": "Иван Пробни", "t2": "Без Име", "ab01234567": "Рада Вихрова"}
    assert (found.school_code, found.dated, found.faults) == (CODE, DATED, ())


def test_one_roster_is_read_and_what_is_to_be_deleted_left_out():
    files = {
        "manifest.csv": b"propertyName,value\noneroster.version,1.1\n",
        "orgs.csv": b"sourcedId,status,dateLastModified,name,type,identifier\no1,,,x,school,2990001\n",
        "users.csv": (
            b"sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,givenName,familyName\n"
            b"t1,,,true,o1,teacher,ivan,I,P\ns1,tobedeleted,,true,o1,student,gone,G,O\n"
        ),
        "classes.csv": (
            b"sourcedId,status,dateLastModified,title,schoolSourcedId\n101,,,A,o1\n102,tobedeleted,,B,o1\n103,active,,C,o1\n"
        ),
        "enrollments.csv": (
            b"sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role\n"
            b"e1,,,101,o1,t1,teacher\ne2,tobedeleted,,103,o1,t1,teacher\n"
        ),
    }

    found = read(files)

    assert found.carrier is Carrier.ONEROSTER
    assert found.classes == (ExpectedClass("101", "A", ("ivan",)), ExpectedClass("103", "C"))


def test_the_registers_own_words_stand_beside_the_rows():
    statuses = (
        "classSourcedId,status,dateLastModified\n101,Грешка при създаване,2026-09-01T10:00:00+03:00\n"
        "102,Създаден,2026-09-01T10:00:00\n999,Създаден,\n101,,вчера\n"
    )
    found = read(sds(statuses=statuses))

    first, second = found.classes
    assert (first.status, first.since) == ("Грешка при създаване", datetime(2026, 9, 1, 7, tzinfo=UTC))
    assert (second.status, second.since) == ("Създаден", datetime(2026, 9, 1, 10, tzinfo=UTC))
    assert found.faults == (RosterFault(Fault.ROW, "statuses.csv", 5, 1),)


@pytest.mark.parametrize("code", ["2990001", "02990001", "0002990001"])
def test_a_leading_zero_of_the_schools_code_may_be_lost(code: str):
    assert len(read(sds(), code).classes) == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("sourcedId", "SOURCEDID"),
        lambda text: "\n".join(" , ".join(line.split(",")) for line in text.splitlines()),
        lambda text: text + "\n\n,,,,\n",
        lambda text: "\n".join(
            f"{line},x" if number else f"{line},extra" for number, line in enumerate(text.splitlines())
        ),
    ],
)
def test_how_it_is_written_does_not_matter(change):
    files = {name: change(raw.decode()).encode() for name, raw in sds().items()}
    assert read(files).classes == read(sds()).classes


@pytest.mark.parametrize("place", ["a/b/USERS.CSV", "c:\\x\\users.csv"])
def test_a_file_is_known_by_its_name_wherever_it_lies(place: str):
    files = sds()
    files[place] = files.pop("users.csv")
    assert len(read(files).classes) == 2


# rows that are left out, and said


@pytest.mark.parametrize(
    ("files", "fault"),
    [
        (sds(classes="sourcedId,orgSourcedId,title\n101,2990001,A\n101,2990001,B\n"), ("classes.csv", 3, 1)),
        (
            sds(classes=f"sourcedId,orgSourcedId,title\n101,2990001,A\n{'x' * (LONGEST_ID + 1)},2990001,B\n"),
            ("classes.csv", 3, 1),
        ),
        (
            sds(enrollments="classSourcedId,userSourcedId,role\n101,nobody,teacher\n777,t1,teacher\n"),
            ("enrollments.csv", 2, 2),
        ),
        (
            sds(enrollments="classSourcedId,userSourcedId,role\n101,t1\n,,\n101,s1,student\n"),
            ("enrollments.csv", 2, 1),
        ),
    ],
)
def test_a_row_of_no_use_is_left_out_and_said(files: dict[str, bytes], fault: tuple[str, int, int]):
    faults = {(one.where, one.line, one.count) for one in read(files).faults}
    assert fault in faults


# what is refused


@pytest.mark.parametrize("name", ["orgs", "users", "classes", "enrollments"])
def test_a_missing_file_is_named(name: str):
    assert refused(sds(**{name: ""})) == (RosterFault(Fault.NO_FILES, f"{name}.csv"),)


@pytest.mark.parametrize(
    ("name", "column"), [("orgs", "sourcedId"), ("users", "username"), ("classes", "title"), ("enrollments", "role")]
)
def test_a_missing_column_is_named(name: str, column: str):
    files = sds()
    files[f"{name}.csv"] = files[f"{name}.csv"].replace(column.encode(), b"other")
    assert refused(files) == (RosterFault(Fault.NO_COLUMN, f"{name}.csv: {column.lower()}"),)


def test_a_list_of_classes_without_a_school_is_refused():
    assert refused(sds(classes="sourcedId,title\n101,A\n"))[0].fault is Fault.NO_COLUMN


@pytest.mark.parametrize(
    ("files", "fault"),
    [
        (sds(classes="sourcedId,orgSourcedId,title\n201,2990002,A\n"), Fault.OTHER_SCHOOL),
        (sds(classes="sourcedId,orgSourcedId,title\n"), Fault.EMPTY),
        (sds(orgs="sourcedId\n2990002\n"), Fault.OTHER_SCHOOL),
    ],
)
def test_a_list_of_another_school_is_not_taken_for_ours(files: dict[str, bytes], fault: Fault):
    assert refused(files)[0].fault is fault


@pytest.mark.parametrize(
    "raw",
    [
        b"\xff\xfe\x00",
        b"\xfe\xffs",
        "sourcedId\nалабала".encode("cp866"),
        b"sourcedId\n\x98",
        b"\x89PNG\r\n\x1a\n\x80\x81\x82",
    ],
)
def test_what_is_no_text_is_refused(raw: bytes):
    assert refused(sds() | {"orgs.csv": raw}) == (RosterFault(Fault.NOT_TEXT, "orgs.csv"),)


def test_what_is_too_large_is_refused_before_it_is_read():
    many = ",".join(f"c{number}" for number in range(MOST_COLUMNS + 1))
    assert refused(sds() | {"orgs.csv": b"x" * (MOST_BYTES + 1)})[0].fault is Fault.TOO_LARGE
    assert refused(sds() | {f"{number}.csv": b"x" * MOST_BYTES for number in range(4)})[0].fault is Fault.TOO_LARGE
    assert refused(sds(orgs=many)) == (RosterFault(Fault.TOO_LARGE, "orgs.csv"),)
    assert refused(sds(orgs=f"sourcedId\n{'x' * 20_000}\n"))[0].fault is Fault.TOO_LARGE


def test_titles_lose_what_cannot_be_seen_and_are_cut():
    title = "А\u202eБ\x00\u200b  В" + "x" * 500
    found = read(sds(classes=f"sourcedId,orgSourcedId,title\n101,2990001,{title}\n"))
    assert found.classes[0].title == ("АБ В" + "x" * 500)[:LONGEST_TEXT]


cells = st.text(st.characters(codec="utf-8"), max_size=12)
rows = st.lists(st.lists(cells, min_size=1, max_size=5), max_size=8)


@given(
    tables=st.fixed_dictionaries(dict.fromkeys(("orgs", "users", "classes", "enrollments", "statuses"), rows)),
    heads=st.booleans(),
)
def test_whatever_comes_is_a_list_or_a_refusal(tables: dict[str, list[list[str]]], heads: bool):
    """Never another exception, and never a class of which no row says that it is ours."""
    columns = {
        "orgs": ["sourcedId"],
        "users": ["sourcedId", "username"],
        "classes": ["sourcedId", "orgSourcedId", "title"],
        "enrollments": ["classSourcedId", "userSourcedId", "role"],
        "statuses": ["classSourcedId", "status", "dateLastModified"],
    }
    files = {}
    for name, some in tables.items():
        written = io.StringIO(newline="")
        csv.writer(written).writerows([columns[name], *some] if heads else some)
        files[f"{name}.csv"] = written.getvalue().encode()
    try:
        found = read(files)
    except RosterUnusable:
        return
    ours = {row[0].strip() for row in tables["classes"] if len(row) > 1}
    assert all(one.id in ours or one.id.strip() for one in found.classes)
    assert len({one.id for one in found.classes}) == len(found.classes) > 0


@given(raw=st.binary(max_size=300), name=st.sampled_from(["orgs.csv", "users.csv", "classes.csv", "x.zip"]))
def test_bytes_of_any_kind_are_a_list_or_a_refusal(raw: bytes, name: str):
    with suppress(RosterUnusable):
        assert read(sds() | {name: raw}).classes


# packages


def zipped(files: dict[str, bytes], **more: object) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, raw in files.items():
            package.writestr(name, raw)
    return written.getvalue()


def test_a_package_is_opened_and_only_its_lists_are_taken():
    package = zipped(
        {f"export/{name}": raw for name, raw in sds().items()} | {"x.exe": b"MZ", "inner.zip": zipped(sds())}
    )
    assert read({"export.ZIP": package}).classes == read(sds()).classes
    assert set(unpacked({"a.zip": package, "b.csv": b"1"})) == {*(f"export/{name}" for name in sds()), "b.csv"}


def test_of_two_packages_with_the_same_names_nothing_is_lost_and_the_later_one_is_read():
    """Never half of one and half of the other."""
    other = {name: raw.replace(b"101", b"901") for name, raw in sds().items()}
    both = {"я.zip": zipped(sds()), "а.zip": zipped(other)}

    assert set(unpacked(both)) == {*sds(), *(f"а.zip/{name}" for name in sds())}
    assert unpacked({"а.zip": zipped({"б.csv": b"1"}), "б.csv": b"2"}) == {"б.csv": b"2", "а.zip/б.csv": b"1"}
    assert read(both).classes == read(other).classes != read(sds()).classes


def test_a_bomb_does_not_go_off():
    bomb = zipped({"users.csv": b"0" * (MOST_BYTES + 1)})
    assert len(bomb) < 100_000
    assert refused({"a.zip": bomb}) == (RosterFault(Fault.TOO_LARGE, "users.csv"),)
    many = zipped({f"{number}.csv": b"0" * MOST_BYTES for number in range(MOST_IN_ALL // MOST_BYTES + 1)})
    assert refused({"a.zip": many})[0].fault is Fault.TOO_LARGE


def test_a_package_has_as_many_files_as_a_form_and_too_many_are_called_that():
    many = {f"{number}.csv": b"" for number in range(MOST_PARTS)}
    beside = {"readme.md": b""} | {f"__MACOSX/._{name}": b"x" for name in many} | {"~$0.csv": b"x"}
    assert set(unpacked({"a.zip": zipped(many | beside)})) == set(many)
    assert refused({"a.zip": zipped({**many, "x.csv": b""})}) == (RosterFault(Fault.TOO_MANY, "a.zip"),)


def test_a_size_that_lies_is_not_believed():
    honest = zipped({"users.csv": b"0" * (MOST_BYTES + 1)})
    true, told = (MOST_BYTES + 1).to_bytes(4, "little"), (5).to_bytes(4, "little")
    assert honest.count(true) == 2
    assert refused({"a.zip": honest.replace(true, told)})[0].fault in {Fault.TOO_LARGE, Fault.NOT_TEXT}


@pytest.mark.parametrize(
    "raw",
    [b"", b"PK\x03\x04", b"no zip at all", zipped({"users.csv": b"x" * 100})[:-30]],
    ids=[
        "empty",
        "head",
        "none",
        "cut",
    ],  # the bytes themselves hold the hour: two processes would name them differently
)
def test_a_damaged_package_is_refused(raw: bytes):
    assert refused({"a.zip": raw}) == (RosterFault(Fault.NOT_TEXT, "a.zip"),)


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_package_of_another_method_is_refused(method: int):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as package:
        package.writestr("users.csv", b"x" * 100)
    assert refused({"a.zip": written.getvalue()}) == (RosterFault(Fault.NOT_TEXT, "a.zip"),)


def test_a_package_with_a_password_is_refused():
    raw = bytearray(zipped({"users.csv": b"x" * 100}))
    raw[6] |= 1  # "encrypted", in the local header
    central = raw.index(b"PK\x01\x02")
    raw[central + 8] |= 1
    assert refused({"a.zip": bytes(raw)}) == (RosterFault(Fault.NOT_TEXT, "a.zip"),)
