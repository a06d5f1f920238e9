"""Signed-in people who belong to no school: experts of the regional offices, and strangers."""

from simulator.people.directory_names import (
    BOT_SERVICE_PRINCIPAL_ID,
    FOREIGN_SERVICE_PRINCIPAL_ID,
    REGIONAL_OFFICE_ROLE_ID,
)
from simulator.people.model import REGIONAL_OFFICE, STRANGER, Account
from simulator.people.names import Name
from simulator.people.usernames import DOMAIN

FIRST_OTHER = 9_500_000
_OURS = ((REGIONAL_OFFICE_ROLE_ID, BOT_SERVICE_PRINCIPAL_ID),)
_LOOKALIKE = ((REGIONAL_OFFICE_ROLE_ID, FOREIGN_SERVICE_PRINCIPAL_ID),)


_PLOVDIV, _VARNA = "16", "3"  # НЕИСПУО's numbers of the regions


def _person(
    index: int, role: str, name: Name, username: str, roles: tuple[tuple[str, str], ...] = (), *, region: str = ""
) -> Account:
    return Account(
        number=FIRST_OTHER + index,
        role=role,
        name=name,
        upn=f"{username}@{DOMAIN}",
        app_roles=roles,
        extension_identifier=region or None,
    )


OTHERS = (
    _person(
        0,
        REGIONAL_OFFICE,
        Name("Невена", "Огнянова", "Икономова", female=True),
        "ruo-plovdiv",
        _OURS,
        region=_PLOVDIV,
    ),
    _person(
        1, REGIONAL_OFFICE, Name("Чавдар", "Тихомиров", "Янакиев", female=False), "ruo-varna", _OURS, region=_VARNA
    ),
    _person(2, STRANGER, Name("Асен", "Благоев", "Незнаков", female=False), "asen.neznakov"),
    # A role with the right id, but of somebody else's application: it must count for nothing.
    _person(3, STRANGER, Name("Фани", "Рашкова", "Чуждова", female=True), "fani.chuzhdova", _LOOKALIKE),
)
