"""Planted accounts of staff whose passwords nobody in a school may set, and one that only looks like them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from simulator.people.identifiers import egn
from simulator.people.model import STRANGER, TEACHER, Account
from simulator.people.names import Name
from simulator.people.usernames import DOMAIN, latin

FIRST_STAFF = 9_600_000
_SCHOOL, _CODE = 1, "2990001"
_BIRTH_YEAR = 2037  # the teachers' own, see population.py; serial numbers from 900 on are the planted cases'


@dataclass(frozen=True, slots=True)
class Staff:
    """`directory_role` is a role's English name, `scoped` narrows it to the school; `group` is in GROUPS, or 0."""

    key: str
    account: Account
    directory_role: str = ""
    scoped: bool = False
    group: int = 0


PRIVILEGED_GROUP, PLAIN_GROUP = 1, 2
GROUPS = {
    PRIVILEGED_GROUP: ("Администратори на електронни профили", True),
    PLAIN_GROUP: ("Методическо обединение", False),
}
"""Groups that are no class: name, and whether a role can be assigned to it."""


def staff() -> Iterator[Staff]:
    """In school 1 (2990001) unless said otherwise; surnames that the many do not have."""
    teachers = (
        ("teacher-with-role", Name("Росица", "Борисова", "Велизарова", female=True)),
        ("teacher-with-scoped-role", Name("Стоян", "Тодоров", "Каменарски", female=False)),
        ("teacher-in-role-group", Name("Ирена", "Пламенова", "Добринова", female=True)),
        ("teacher-in-plain-group", Name("Лидия", "Цветанова", "Гълъбова", female=True)),
        ("teacher-synced", Name("Камен", "Руменов", "Стрезов", female=False)),
        ("it-administrator", Name("Ивайло", "Емилов", "Звездев", female=False)),
        ("guest", Name("Мира", "Ангелова", "Странджева", female=True)),
    )
    for index, (key, name) in enumerate(teachers):
        account = Account(
            number=FIRST_STAFF + index,
            role=TEACHER,
            name=name,
            upn=_username(key, name),
            external_id=egn(date(_BIRTH_YEAR, 6, 1 + index), 990 + name.female),
            schools=(_SCHOOL,),
            extension_role="14" if key == "it-administrator" else None,
            extension_identifier=_CODE if key == "it-administrator" else None,
            user_type="Guest" if key == "guest" else None,
            synced=key == "teacher-synced",
        )
        yield Staff(
            key,
            account,
            directory_role={
                "teacher-with-role": "Helpdesk Administrator",
                "teacher-with-scoped-role": "Password Administrator",
            }.get(key, ""),
            scoped=key == "teacher-with-scoped-role",
            group={"teacher-in-role-group": PRIVILEGED_GROUP, "teacher-in-plain-group": PLAIN_GROUP}.get(key, 0),
        )
    # НЕИСПУО's help desk: neither teacher nor student, in no school.
    name = Name("Помощ", "", "Профили", female=False)
    yield Staff(
        "helpdesk",
        Account(
            number=FIRST_STAFF + len(teachers),
            role=STRANGER,
            name=name,
            upn=f"helpdesk.profili@{DOMAIN}",
            extension_role="18",
        ),
    )


def _username(key: str, name: Name) -> str:
    local = f"{latin(name.given)}.{latin(name.family)}"
    return f"{local}_example.invalid#EXT#@{DOMAIN}" if key == "guest" else f"{local}@{DOMAIN}"
