"""The grammar of what we put into a request: nothing else gets near a URL or a filter."""

import re

from bot.core.people.identifiers import LONGEST_NUMBER

_OBJECT_ID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_ENTITY_ID = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z-]{0,63})")
_EXTERNAL_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z._:-]{0,63}")
_STORED_FORM = re.compile(rf"[0-9]{{1,{LONGEST_NUMBER}}}")
_USERNAME = re.compile(
    r"[A-Za-z0-9](?:[A-Za-z0-9._'+-]{0,62}[A-Za-z0-9_])?@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,61}[A-Za-z0-9])"
)
_SCHOOL_CODE = re.compile(r"0*[1-9][0-9]{0,9}")


def is_object_id(value: str) -> bool:
    """Whether it is the id of a directory object (a GUID)."""
    return bool(_OBJECT_ID.fullmatch(value))


def is_entity_id(value: str) -> bool:
    """Whether it can be the id of a school or class: the documentation shows GUIDs and short numbers."""
    return bool(_ENTITY_ID.fullmatch(value))


def normal(value: str) -> str:
    """The id as we keep and compare it: a GUID in small letters, anything else as it is."""
    return value.lower() if is_object_id(value) else value


def is_stored_form(value: str) -> bool:
    """Whether it can be a national identifier as the directory stores it."""
    return bool(_STORED_FORM.fullmatch(value))


def is_username(value: str) -> bool:
    """Whether it can be a user principal name (learn.microsoft.com, Entra "userPrincipalName": letters, digits,
    `' . - _ ! # ^ ~`; ours use fewer).
    """
    return len(value) <= 113 and bool(_USERNAME.fullmatch(value))


def is_school_code(value: str) -> bool:
    """Whether it can be an institution id of НЕИСПУО."""
    return len(value) <= 20 and bool(_SCHOOL_CODE.fullmatch(value))


def quoted(value: str) -> str:
    """An OData string literal: in single quotes, quotes inside doubled (OASIS OData 4.01 URL conventions)."""
    return "'" + value.replace("'", "''") + "'"


def is_external_id(value: str) -> bool:
    """Whether it can be the id of a curriculum row (`CurriculumID`; older ones are school and group)."""
    return bool(_EXTERNAL_ID.fullmatch(value))
