"""A form with files as a browser sends it (RFC 7578), taken apart. Hostile until read; only in the child."""

import re
from mmap import mmap
from urllib.parse import unquote

from bot.core.class_links.expected import Fault, RosterFault, RosterUnusable
from bot.documents.limits import LONGEST_FILE_NAME, LONGEST_HEADER, MOST_PARTS

FIELD = "files"
"""The only field of ours."""

_BOUNDARY = re.compile(r'(?:^|;)\s*boundary=(?:"([^"\r\n]{1,70})"|([^\s";,]{1,70}))', re.IGNORECASE | re.ASCII)
_DISPOSITION = re.compile(rb"^content-disposition:[ \t]*form-data[ \t]*;([^\r\n]*)$", re.IGNORECASE | re.MULTILINE)
_PARAMETER = re.compile(rb'([a-zA-Z*]{1,20})=(?:"((?:[^"\\]|\\.)*)"|([^\s";]*))')


def form_files(content: mmap | bytes, media_type: str) -> dict[str, bytes]:
    """The files that are not empty, by the names they were sent with.

    Errors: RosterUnusable (NOT_A_FORM, TOO_MANY).
    """
    kind, _, parameters = media_type.partition(";")
    found = _BOUNDARY.search(parameters)
    if kind.strip().lower() != "multipart/form-data" or found is None:
        raise _not_a_form()
    delimiter = b"--" + (found[1] or found[2]).encode("ascii", "replace")
    if content[: len(delimiter)] != delimiter:
        raise _not_a_form()
    files: dict[str, bytes] = {}
    at = len(delimiter)
    for _ in range(MOST_PARTS + 1):
        if content[at : at + 2] == b"--":
            return files
        begins = content.find(b"\r\n\r\n", at, at + LONGEST_HEADER)
        ends = content.find(b"\r\n" + delimiter, begins + 2) if begins >= 0 else -1
        if ends < 0 or content[at : at + 2] != b"\r\n":
            raise _not_a_form()
        name = _file_name(bytes(content[at + 2 : begins]))
        body = bytes(content[begins + 4 : ends])
        if name and body:
            files[name] = body
        at = ends + 2 + len(delimiter)
    raise RosterUnusable(RosterFault(Fault.TOO_MANY))


def _file_name(head: bytes) -> str:
    disposition = _DISPOSITION.search(head.replace(b"\r\n", b"\n"))
    if disposition is None:
        raise _not_a_form()
    given = {
        match[1].decode("ascii").lower(): (match[2] or match[3] or b"").decode("utf-8", "replace")
        for match in _PARAMETER.finditer(disposition[1])
    }
    if given.get("name") != FIELD:
        raise _not_a_form()
    encoded = given.get("filename*", "").rpartition("'")[2]
    return (unquote(encoded) or unquote(given.get("filename", "")))[:LONGEST_FILE_NAME]


def _not_a_form() -> RosterUnusable:
    return RosterUnusable(RosterFault(Fault.NOT_A_FORM))
