"""The rows of НЕИСПУО's own exports, as its pages hand them to SheetJS."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.corpus.cases import CODE, IVA, KRUM, MAYA, PASSWORDS, PETAR

CLASS_PAGE = (
    "Име", "Идентификатор", "Потребителско име", "Първоначална парола", "Одобрен ЛОД", "Подписан ЛОД",
    "Учебни години без приключено ЛОД",
)  # fmt: skip
PEOPLE_PAGE = (
    "Имена", "Идентификатор", "ЛОН", "Код в Azure", "Код по НЕИСПУО", "Име на институция", "Код за дневник", "Активен",
    "Контроли",
)  # fmt: skip
GUID = "00000000-0000-4000-8000-0000000000"

Page = tuple[str, Sequence[Sequence[Any]]]


def class_page(name: str, *, with_class: bool = False) -> Page:
    """One with an account that was made anew, one that existed before, two of one person, and none."""
    rows = (
        (IVA.name, IVA.number, IVA.username, PASSWORDS[0]),
        (PETAR.name, PETAR.number, PETAR.username, ""),
        (MAYA.name, MAYA.number, f"{MAYA.username}|ms01234593", f"{PASSWORDS[1]}|{PASSWORDS[2]}"),
        (KRUM.name, KRUM.number, "", ""),
    )
    own = name.removesuffix(" клас") if with_class else ""
    head = [*CLASS_PAGE, "Клас" if with_class else "mainClassName", ""]
    return name, [head, *([*row, True, False, "2024/2025", own, ""] for row in rows)]


def people_page() -> Page:
    """Its Идентификатор is the register's own number of the person."""
    rows = (
        (one.name, 7712301 + place, one.username, f"{GUID}{place:02}", CODE, "СУ „Липа“", PASSWORDS[3], "Да", "")
        for place, one in enumerate((IVA, PETAR, MAYA))
    )
    return "data", [PEOPLE_PAGE, *rows]


def own_classes() -> Page:
    """A class teacher's "Моите класове"."""
    head = ("Личен образователен номер", "Три имена", "Паралелка", "Код за дневник", "Контроли")
    rows = ((one.username, one.name, class_, PASSWORDS[3], "") for one, class_ in ((IVA, "5 б"), (PETAR, "V - а")))
    return "data", [head, *rows]


def fewer_columns() -> Page:
    """What somebody left visible, in an order of their own."""
    return "data", [("Активен", "ЛОН", "Имена"), ("Да", IVA.username, IVA.name), ("Не", PETAR.username, PETAR.name)]


SHEETS: Mapping[str, Page] = {
    "class_page.xlsx": class_page("5 б клас"),
    "class_page.csv": class_page("5 б клас"),
    "class_page.txt": class_page("5 б клас"),
    "class_page_with_class.xlsx": class_page("ХІ а клас", with_class=True),
    "people.xlsx": people_page(),
    "own_classes.xlsx": own_classes(),
    "fewer_columns.xlsx": fewer_columns(),
}
