"""To whom a password is handed. Source: the regional office's letter РУО1-29389/21.10.2020: an account is personal
and is given to its owner, or to a parent of a student under 14 or with special educational needs (СОП).
"""

from dataclasses import dataclass
from enum import StrEnum


class Recipient(StrEnum):
    """Who stands before the director."""

    STUDENT = "student"
    PARENT = "parent"
    TEACHER = "teacher"


class Ground(StrEnum):
    """Why this recipient may have it. `SEN` is kept encrypted, is never exported and never shown to a regional
    office: it is health data of a minor.
    """

    OWNER = "owner"
    UNDER_14 = "under-14"
    SEN = "sen"


@dataclass(frozen=True, slots=True)
class Handing:
    """A permitted handing over."""

    recipient: Recipient
    ground: Ground
