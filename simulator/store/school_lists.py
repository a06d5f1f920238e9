"""Lists of accounts in the OneDrive of a school's account: НЕИСПУО's page of a class as it is exported, and what a
secretary made of the new ones. They say a little more, and a little else, than the directory knows.
"""

import csv
import io
from collections.abc import Sequence

from simulator.store.tenant import Row, Tenant

_PAGE = (
    "Име",
    "Идентификатор",
    "Потребителско име",
    "Първоначална парола",
    "Одобрен ЛОД",
    "Подписан ЛОД",
    "Учебни години без приключено ЛОД",
)
_PASSWORD = "Nachalna-1234"  # noqa: S105 -- of a list: nobody may ever see it again
_NEW = ("Нова Примерна Първа", "Нов Примерен Втори", "Нова Примерна Трета")
"""Of whom nobody has made an account."""


def lists_of(tenant: Tenant, school: Row) -> dict[str, bytes]:
    """The files by name."""
    rooms = tenant.ask(
        "SELECT homeroom.*, count(user.n) AS people FROM homeroom JOIN user ON user.homeroom = homeroom.n"
        " WHERE school = ? GROUP BY homeroom.n ORDER BY people DESC, homeroom.n LIMIT 1",
        school["n"],
    )
    if not rooms:
        return {}
    room = rooms[0]
    class_ = f"{room['grade']} {room['letter']}"
    pupils = tenant.ask(
        "SELECT user.* FROM user JOIN enrolment ON enrolment.person = user.n AND enrolment.school = ?"
        " WHERE homeroom = ? AND in_roster = 1 ORDER BY user.n",
        school["n"],
        room["n"],
    )
    away = tenant.ask(
        "SELECT user.* FROM user JOIN homeroom ON user.homeroom = homeroom.n WHERE homeroom.school <> ?"
        " AND user.enabled = 1 ORDER BY user.n LIMIT 1",
        school["n"],
    )
    page = [_on_page(one, former=place == 1) for place, one in enumerate(pupils)]
    page += [_on_page(one, former=False) for one in away]
    page += [(name, "", "", "", "TRUE", "FALSE", "", "", "") for name in _NEW[:2]]
    sloppy = [
        (school["name"], "", ""),
        ("Трите имена", "Клас", "Бележка"),
        (_NEW[2], class_.replace(" ", ""), "дошла от чужбина"),
        ("Общо", "1", ""),
    ]
    return {
        f"{class_} клас.csv": _csv([(*_PAGE, f"{class_} клас", ""), *page], ",", "utf-8"),
        "нови.csv": _csv(sloppy, ";", "cp1251"),
    }


def _on_page(person: Row, *, former: bool) -> tuple[object, ...]:
    local = str(person["upn"]).partition("@")[0]
    if former:  # as it was before April 2024: one letter
        local = local[:1] + local[2:]
    name = " ".join(filter(None, (person["given"], person["middle"], person["family"])))
    return (name, person["external_id"] or "", local, _PASSWORD, "TRUE", "FALSE", "", "", "")


def _csv(rows: Sequence[Sequence[object]], delimiter: str, encoding: str) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter).writerows(rows)
    return written.getvalue().encode(encoding)
