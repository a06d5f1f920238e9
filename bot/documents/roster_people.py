"""Who the export speaks of: whose account a row of users.csv names, and what somebody is in a class."""

import re
from dataclasses import dataclass, field
from enum import Enum, auto

from bot.core.class_links.expected import RowFault
from bot.documents.limits import LONGEST_TEXT
from bot.documents.roster_tables import Faults, Row, Table

_LOCAL = re.compile(r"[a-z0-9](?:[a-z0-9._'+-]{0,62}[a-z0-9_])?", re.ASCII)
"""The local part of a user principal name, in small letters."""
_NUMBER = re.compile(r"[0-9]{8,}", re.ASCII)
"""Nobody's username: НЕИСПУО's begin with letters, a school's has seven digits at most. The register's own id of a
person may be the ЕГН, and stands where a username is missing.
"""


class Part(Enum):
    """What somebody is in a class."""

    STAFF = auto()
    STUDENT = auto()


_STAFF = (
    "principal chair professor researcher adjunct affiliate occupationaltherapist physicaltherapist "
    "speechtherapist visiontherapist paraprofessional specialservices advisor proctor nurse officestaff lecturer "
    "itadmin administrator teacher faculty staff teacherassistant assistant instructor substitute coach"
)
PARTS = {**dict.fromkeys(_STAFF.split(), Part.STAFF), "student": Part.STUDENT}
"""By role, in small letters: Microsoft's default list of values for School Data Sync v2.1 and OneRoster
(learn.microsoft.com/schooldatasync/default-list-of-values), those in the group "Staff" but one: `alumni` have left
the school and own no class of children. A row with that role is named, as with `other`, or of relatives and aides.
"""


@dataclass(slots=True)
class People:
    """`usernames` by id, `names` by username; `faulty`: ids whose row was left out and named."""

    usernames: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    faulty: set[str] = field(default_factory=set)


def people_of(table: Table, domain: str, faults: Faults) -> People:
    """Everybody whose account is one of `domain` (in small letters)."""
    found = People()
    for line, row in table.rows():
        identifier = row["sourcedid"]
        username = RowFault.ID if len(identifier) > LONGEST_TEXT else _account(row, domain)
        if not isinstance(username, RowFault) and found.usernames.get(identifier, username) != username:
            username = RowFault.TWICE
        if isinstance(username, RowFault):
            faults.add("users.csv", line, username)
            found.faulty.add(identifier)
            continue
        found.usernames[identifier] = username
        name = " ".join(filter(None, (row[part] for part in ("givenname", "middlename", "familyname"))))
        if name:
            found.names.setdefault(username, name[:LONGEST_TEXT])
    return found


def _account(row: Row, domain: str) -> str | RowFault:
    """The local part of the account: `activeDirectoryMatchId` is what School Data Sync finds the account by; without
    it the username, without that the id.
    """
    local, at, host = (row["activedirectorymatchid"] or row["username"] or row["sourcedid"]).lower().partition("@")
    if at and host != domain:
        return RowFault.DOMAIN
    return local if _LOCAL.fullmatch(local) and not _NUMBER.fullmatch(local) else RowFault.USERNAME
