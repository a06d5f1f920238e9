"""The people of the simulated tenant, the truth about them, and who may do what: written again, without the product."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.core.actors.model import Actor, Role
from bot.core.passwords.model import AccountFacts
from bot.core.people.model import AccountState, Kind, Person, School, SchoolClass
from tests.properties.strategies import DOMAIN, SYNTHETIC_EGN, SYNTHETIC_LNCH, TENANT, school_of

SOFIA = ZoneInfo("Europe/Sofia")
OWN, OTHER = school_of(1), school_of(2)
CLASS = SchoolClass("5 б", ("team",))
FOREVER = datetime(2100, 1, 1, tzinfo=UTC)

_TEAMS = ("Математика - 5 б - ООП",)
_ORDINARY = {None, "", "5", "6", "8"}


def _director(name: str, school: School) -> Actor:
    return Actor(name, TENANT, Role.DIRECTOR, school, name=f"Директор {name}")


DIRECTORS = (_director("director", OWN), _director("deputy", OWN), _director("neighbour", OTHER))
OTHERS = (
    Actor("teacher", TENANT, Role.TEACHER, name="Йоана Пощова", works_at=(OWN,)),
    Actor("office", TENANT, Role.REGIONAL_OFFICE),
    Actor("student", TENANT, Role.STUDENT),
)


def _account(
    name: str,
    number: int,
    identifier: str,
    *,
    kind: Kind = Kind.STUDENT,
    schools: tuple[School, ...] = (OWN,),
    grade: str = "5",
    role: str | None = "6",
    privileged: bool = False,
    username: str = "",
    state: AccountState = AccountState.ACTIVE,
) -> AccountFacts:
    person = Person(
        name,
        f"Ньоми {('Щерева', 'Кюлюмова', 'Яйцова', 'Чушкина')[number % 4]}",
        username or f"ns0{number:07}@{DOMAIN}",
        kind,
        state,
        schools,
        grade,
        _TEAMS,
        identifier,
    )
    return AccountFacts(person, role, privileged, guest=False, synchronised=False, password_changed_at=None)


ACCOUNTS = (
    _account("child", 1, SYNTHETIC_EGN[6]),
    _account("turning-14", 2, SYNTHETIC_EGN[1], grade="8"),
    _account("first-grader", 3, SYNTHETIC_EGN[10], grade="1"),
    _account("foreigner", 4, SYNTHETIC_LNCH[0]),
    _account("teaching", 5, SYNTHETIC_EGN[3], kind=Kind.TEACHER, grade="", role="5"),
    _account("released", 6, SYNTHETIC_EGN[7], schools=(OTHER,)),
    _account("theirs", 7, SYNTHETIC_EGN[8], schools=(OTHER,)),
    _account("disabled", 8, SYNTHETIC_EGN[5], state=AccountState.DISABLED),
    _account("administrator", 9, SYNTHETIC_EGN[4], kind=Kind.TEACHER, role="5", privileged=True),
    _account("director", 10, SYNTHETIC_EGN[2], kind=Kind.TEACHER, role="0"),
    _account("office-account", 11, "", kind=Kind.TEACHER, role=None, username=f"2990001@{DOMAIN}"),
)
ORDINARY = tuple(one.person.id for one in ACCOUNTS[:6])
"""Those whose passwords are ordinarily set; the rest are there to be refused."""

IDENTIFIERS = tuple(one.person.identifier for one in ACCOUNTS if one.person.identifier)


def born(person: Person) -> date | None:
    """The truth about a birth, read off the synthetic ЕГН by hand; None for a ЛНЧ."""
    number = person.identifier
    if number not in SYNTHETIC_EGN:
        return None
    return date(2000 + int(number[:2]) - 30, int(number[2:4]) - 40, int(number[4:6]))


BIRTHS = {one.person.id: born(one.person) for one in ACCOUNTS}


def age(birth: date, moment: datetime) -> int:
    """Whole years on that day in Sofia; nobody in the cast was born on 29 February."""
    today = moment.astimezone(SOFIA).date()
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


@dataclass(frozen=True, slots=True)
class Truth:
    """How things were from `step` on, until the next truth."""

    step: int
    actors: Mapping[str, Actor]
    accounts: Mapping[str, AccountFacts]
    released: Mapping[tuple[str, str], datetime]

    def directs(self, actor: str, school: str) -> bool:
        """Whether this person is a director of this school."""
        known = self.actors.get(actor)
        if known is None or known.school is None or known.role is not Role.DIRECTOR:
            return False
        return known.enabled and known.school.id == school

    def ours(self, person: str, school: str, at: datetime) -> bool:
        """Whether this person is of the school, or a student released to it."""
        account = self.accounts.get(person)
        if account is None:
            return False
        if any(one.id == school for one in account.person.schools):
            return True
        return account.person.kind is Kind.STUDENT and at < self.released.get((person, school), at)

    def ordinary(self, person: str) -> bool:
        """Whether the account is one that nobody but a school has power over."""
        account = self.accounts.get(person)
        if account is None or account.person.kind is Kind.OTHER or account.person.state is AccountState.DISABLED:
            return False
        if account.privileged or account.guest or account.synchronised or account.extension_role not in _ORDINARY:
            return False
        return not account.person.username.split("@")[0].isdigit()

    def may_set(self, actor: str, school: str, person: str, at: datetime) -> bool:
        """Whether this actor may set this person's password in the name of this school."""
        return (
            actor != person
            and self.directs(actor, school)
            and self.ours(person, school, at)
            and self.ordinary(person)
        )


BEGINNING = Truth(
    0,
    {one.object_id: one for one in (*DIRECTORS, *OTHERS)},
    {one.person.id: one for one in ACCOUNTS},
    {("released", OWN.id): FOREVER},
)
