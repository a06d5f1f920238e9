"""A form taken apart: what browsers send is read, whatever else comes is refused, and neither costs much."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.class_links.expected import Fault, RosterFault, RosterUnusable
from bot.documents.forms import form_files
from bot.documents.limits import LONGEST_FILE_NAME, LONGEST_HEADER, MOST_PARTS

TYPE = "multipart/form-data; boundary=b"
HEAD = 'Content-Disposition: form-data; name="files"; filename="{}"\r\nContent-Type: text/csv'


def form(*parts: tuple[str, bytes], end: bytes = b"--b--\r\n") -> bytes:
    return b"".join(b"--b\r\n" + head.encode() + b"\r\n\r\n" + body + b"\r\n" for head, body in parts) + end


def refused(content: bytes, media_type: str = TYPE, why: Fault = Fault.NOT_A_FORM) -> bool:
    with pytest.raises(RosterUnusable) as caught:
        form_files(content, media_type)
    return caught.value.faults == (RosterFault(why),)


def test_files_come_out_as_they_went_in():
    body = b"a\r\n--not-b\r\n\x00--b"
    found = form_files(form((HEAD.format("orgs.csv"), body), (HEAD.format("users.csv"), b"2")), TYPE)
    assert found == {"orgs.csv": body, "users.csv": b"2"}


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ('Content-Disposition: form-data; name="files"; filename="списък.csv"', "списък.csv"),
        ("content-disposition: form-data; name=files; filename=orgs.csv", "orgs.csv"),
        ("Content-Disposition: form-data; name=\"files\"; filename*=utf-8''%D0%B0.csv", "а.csv"),
        ('Content-Type: text/csv\r\nContent-Disposition: form-data; name="files"; filename="a;b.csv"', "a;b.csv"),
        (f'Content-Disposition: form-data; name="files"; filename="{"x" * 1000}"', "x" * LONGEST_FILE_NAME),
    ],
)
def test_a_name_is_read_as_browsers_write_it(head: str, name: str):
    assert form_files(form((head, b"1")), TYPE) == {name: b"1"}


@pytest.mark.parametrize(
    "media_type", [TYPE, 'multipart/form-data; charset=utf-8; boundary="b"', "Multipart/Form-Data;boundary=b"]
)
def test_the_boundary_is_found(media_type: str):
    assert form_files(form((HEAD.format("a"), b"1")), media_type) == {"a": b"1"}


def test_parts_without_a_file_bring_nothing():
    empty = 'Content-Disposition: form-data; name="files"'
    assert form_files(form((empty, b"1"), (HEAD.format(""), b"1"), (HEAD.format("a"), b"")), TYPE) == {}


NO_FORMS: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "garbage": lambda: b"garbage",
    "no line": lambda: b"--b",
    "no part": lambda: b"--b\r\n",
    "another boundary": lambda: b"--bX\r\n\r\n",
    "no end": lambda: form((HEAD.format("a"), b"1"), end=b""),
    "half an end": lambda: form((HEAD.format("a"), b"1"), end=b"--b"),
    "another field": lambda: form(('Content-Disposition: form-data; name="other"', b"1")),
    "no field": lambda: form(("Content-Disposition: attachment", b"1")),
    "no head": lambda: form(("", b"1")),
    "a long line": lambda: form((HEAD.format("a") + "\r\nX: " + "x" * LONGEST_HEADER, b"1")),
    "a name of 30 MB": lambda: form((HEAD.format("x" * 30_000_000), b"1")),
    "a million lines": lambda: b"--b\r\n" + b"\r\n" * 1_000_000,
}


@pytest.mark.parametrize("what", NO_FORMS)
def test_what_is_no_form_of_ours_is_refused(what: str):
    assert refused(NO_FORMS[what]())


def test_as_many_files_as_a_school_has_classes_are_taken_and_too_many_are_called_that():
    assert MOST_PARTS == 100

    def files(count: int) -> list[tuple[str, bytes]]:
        return [(HEAD.format(f"{number}.xlsx"), b"1") for number in range(count)]

    assert len(form_files(form(*files(MOST_PARTS)), TYPE)) == MOST_PARTS
    assert refused(form(*files(MOST_PARTS + 1)), why=Fault.TOO_MANY)
    empty = ('Content-Disposition: form-data; name="files"', b"")
    assert refused(form(*[empty] * 300_000), why=Fault.TOO_MANY)


@pytest.mark.parametrize(
    "media_type",
    [
        "",
        "text/csv",
        "multipart/form-data",
        "multipart/mixed; boundary=b",
        f"multipart/form-data; boundary={'b' * 71}",
        "multipart/form-data; xboundary=b",
    ],
)
def test_another_kind_of_body_is_refused(media_type: str):
    assert refused(form((HEAD.format("a"), b"1")), media_type)


@given(
    st.lists(
        st.sampled_from([b"--b", b"\r\n", b"\r\n\r\n", b"--", HEAD.format("a").encode(), b"x", b'"', b"="]),
        max_size=40,
    )
)
def test_whatever_comes_is_files_or_a_refusal(pieces: list[bytes]):
    with suppress(RosterUnusable):
        assert isinstance(form_files(b"".join(pieces), TYPE), dict)
