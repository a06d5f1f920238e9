"""The operator's file of schools: as it is written by hand, and everything that can be wrong with it."""

import json

import pytest

from bot.core.people.places import Place
from bot.documents.schools_file import SchoolsFileError, read_schools

HEAD = "code;name;town;region"
LINDEN = Place("СУ „Липа“", "Варна", "Варна")


def lines(*rows: str) -> bytes:
    return "".join(f"{row}\r\n" for row in (HEAD, *rows)).encode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("delimiter", ";,\t")
def test_as_spreadsheets_save_it(encoding, delimiter):
    text = f"{HEAD}\n2990001;СУ „Липа“;Варна;Варна\n\n;;;\n299002;ОУ;София;софия-ГРАД"

    found = read_schools(text.replace(";", delimiter).encode(encoding))

    assert found == {"2990001": LINDEN, "299002": Place("ОУ", "София", "София-град")}


@pytest.mark.parametrize(
    "content",
    [
        {"2990001": {"name": "СУ „Липа“", "town": "Варна", "region": "област Варна"}},
        [{"code": "02990001"[1:], "name": "СУ „Липа“", "town": "Варна", "region": "VARNA"}],
    ],
)
def test_json(content):
    assert read_schools(json.dumps(content).encode()) == {"2990001": LINDEN}


def test_a_lost_zero_is_the_same_school():
    assert set(read_schools(lines("0299001;А;Варна;Варна", "299002;Б;Варна;Варна"))) == {"299001", "299002"}


def test_order_of_columns_and_what_is_left_empty():
    raw = "region,code,бележка,town\n,2990001,x,\nВарна,2990002,,Девня".encode()
    assert read_schools(raw) == {"2990001": Place(), "2990002": Place("", "Девня", "Варна")}


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "first row"),
        (HEAD.encode(), "no school"),
        (b"2990001;x;y;z", "first row"),
        (b"\x80\x81\x82\x83\x84\x85\x86\x87" * 20, "letters"),
        (lines("2990001;А;Варна;Варна", "2990001;А;Варна;Варна"), "row 3: the school 2990001 is in row 2 too"),
        (lines("0299001;А;Варна;Варна", "299001;А;Варна;Варна"), "row 3: the school 299001 is in row 2 too"),
        (lines("2990001;А;Варна;Варна", "2990002;А;Лесково;Лесково"), "row 3: `region` is none of the 28"),
        (lines("2990001;А;София;София"), "row 2: `region` is none of the 28 regions; the two of Sofia"),
        (lines("29900;А;Варна;Варна"), "row 2: `code`"),
        (lines("2.99E+06;А;Варна;Варна"), "row 2: `code`"),
        (lines("00299001;А;Варна;Варна"), "row 2: `code`"),
        (lines("٢٩٩٠٠٠١;А;Варна;Варна"), "row 2: `code`"),
        (lines(";А;Варна;Варна"), "row 2: `code`"),
        (lines('2990001;"А;Варна;Варна'), "row 2: quotation marks"),
        (lines("2990001;А;" + "В" * 300 + ";Варна"), "row 2: more than 200 letters"),
        (lines("2990001;Средно училище;Варна;Варна").replace("и".encode(), b"\xd0", 1), "row 2: damaged letters"),
        (b'{"2990001": {}, "2990001": {}}', "2990001 is there twice"),
        (b'{"2990001": "x"}', "entry 1"),
        (b'[{"code": 2990001}]', "entry 1: every value is a text"),
        (b'[{"code": "2990001", "place": "x"}]', "entry 1: an object"),
        (b"[" * 100_000, "JSON"),
        (b"{", "JSON"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{len(value)} bytes",
)
def test_what_is_wrong_is_told_with_its_row(raw, said):
    with pytest.raises(SchoolsFileError) as error:
        read_schools(raw)

    assert said in str(error.value)


def test_all_faults_are_told_at_once_and_not_too_many():
    with pytest.raises(SchoolsFileError) as error:
        read_schools(lines(*(f"{number};А;Варна;Варна" for number in range(100, 130))))

    assert str(error.value).count("`code`") == 10
    assert "and 20 rows more" in str(error.value)
