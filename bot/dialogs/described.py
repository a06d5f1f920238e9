"""What the services are, for whoever the bot does not know: the home page, and the description in the Teams store."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.core.actors.model import Actor, Role
from bot.core.people.model import School
from bot.dialogs.dialog import Dialog
from bot.texts.catalog import Translate

_SCHOOL = School("school", "100001", "school", region="any")
_PEOPLE: Mapping[str, Actor] = {
    "service-for-director": Actor("director", "tenant", Role.DIRECTOR, school=_SCHOOL),
    "service-for-deputy": Actor(
        "deputy", "tenant", Role.TEACHER, works_at=(_SCHOOL,), username="deputy", deputy_of=_SCHOOL
    ),
    "service-for-teacher": Actor("teacher", "tenant", Role.TEACHER, works_at=(_SCHOOL,), username="teacher"),
    "service-for-office": Actor("expert", "tenant", Role.REGIONAL_OFFICE, region="any"),
}
"""Who is told of: the id of the word for them → one of them, about whom `Dialog.may` and `Dialog.hint` are asked."""


def described(dialogs: Iterable[Dialog[Any]], t: Translate) -> tuple[str, ...]:
    """A line for each service of the menu, in its order: its title, for whom it is, what it does for them. Where it
    does something else for others, another line, so that nobody is promised what others may.
    """
    lines = []
    for dialog in dialogs:
        if dialog.place != "menu":
            continue
        told: dict[str, list[str]] = {}
        for whom, actor in _PEOPLE.items():
            if dialog.may(actor).allowed:
                told.setdefault(_hint(dialog, actor), []).append(whom)
        for hint, people in told.items():
            # A deputy is a teacher: named only where other teachers are not.
            named = [t(one) for one in people if one != "service-for-deputy" or "service-for-teacher" not in people]
            title = t(f"command-{dialog.name}")
            lines.append(t("service-described", title=title, whom=", ".join(named), hint=t(hint)))
    return tuple(lines)


def _hint(dialog: Dialog[Any], actor: Actor) -> str:
    return f"command-{dialog.name}-hint" if dialog.hint is None else dialog.hint(actor)
