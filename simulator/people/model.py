"""What the pretend tenant holds, before it becomes rows."""

from dataclasses import dataclass, field
from datetime import date

from simulator.people.names import Name

DIRECTOR, TEACHER, STUDENT, REGIONAL_OFFICE, STRANGER = "director", "teacher", "student", "ruo", "none"


@dataclass(frozen=True, slots=True)
class TenantOptions:
    """What decides every person of the tenant. The same options give the same people, byte for byte.

    `today` decides who is under fourteen and, through the school year, who is in which grade.
    """

    today: date
    schools: int = 6
    students: int = 1500
    seed: int = 1

    def check(self) -> None:
        """Raises ValueError in words for the person at the command line."""
        if not 6 <= self.schools <= 9_999:
            raise ValueError("--schools: between 6 and 9999")
        if not max(300, 20 * self.schools) <= self.students <= 1_500_000:
            raise ValueError("--students: at least 300 and 20 a school, at most 1500000")

    @property
    def school_year(self) -> int:
        """The year in which the current school year began (15 September; НЕИСПУО changes years on 31 August)."""
        return self.today.year if self.today.month >= 9 else self.today.year - 1


@dataclass(frozen=True, slots=True)
class School:
    """A school. `number` counts from 1; `first_homeroom` is the number of its first class."""

    number: int
    code: str
    name: str
    town: str
    region: str
    lowest_grade: int
    highest_grade: int
    first_homeroom: int
    homerooms: int


@dataclass(frozen=True, slots=True)
class Homeroom:
    """A class (паралелка)."""

    number: int
    school: int
    grade: int
    letter: str

    @property
    def title(self) -> str:
        """As НЕИСПУО writes it: `5 б`."""
        return f"{self.grade} {self.letter}"


@dataclass(frozen=True, slots=True)
class Account:
    """One account. `external_id` is the identifier as the directory stores it (perhaps without its zero)."""

    number: int
    role: str
    name: Name
    upn: str
    external_id: str | None = None
    schools: tuple[int, ...] = ()
    homeroom: int | None = None
    grade: int | None = None
    enabled: bool = True
    ready: bool = True
    """False while its services are still being provisioned."""
    extension_role: str | None = None
    extension_identifier: str | None = None
    app_roles: tuple[tuple[str, str], ...] = ()
    """App role id and the service principal that declares it."""
    user_type: str | None = None
    """`Guest`; None is a member."""
    synced: bool = False
    """Mastered in a school's own directory."""
    in_roster: bool = True
    """False for a user who is no educationUser."""


@dataclass(frozen=True, slots=True)
class Team:
    """The class team of one curriculum row: classes × subject × kind. `external_id` is the CurriculumID."""

    number: int
    school: int
    external_id: str
    subject: str
    name: str
    grade: int
    homerooms: tuple[int, ...]
    teachers: tuple[int, ...] = field(default=())
