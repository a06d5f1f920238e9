"""The menu and the ways forward, for the gallery."""

from collections.abc import Callable
from dataclasses import replace

from bot.conversation import Reply
from bot.core.actors.model import Role
from bot.core.decision import Decision, Reason
from bot.dialogs.dialog import Scene
from bot.dialogs.menu import courteous, helping, more, not_understood, way_forward, welcome
from bot.refusals import refusal

Screen = Callable[[Scene], Reply]


def _offered_nothing(scene: Scene, role: Role = Role.NONE) -> Scene:
    """The scene of somebody to whom the menu offers help and language only."""
    actor = replace(scene.actor, role=role, school=None)
    allowed = frozenset({"help", "language"})
    return replace(scene, actor=actor, services={}, allowed=allowed, warns_of_identifiers=False)


def _of_teacher(scene: Scene) -> Reply:
    offered = {name: scene.services[name] for name in ("class-links", "own-class") if name in scene.services}
    return helping(replace(_offered_nothing(scene, Role.TEACHER), services=offered, allowed=scene.allowed))


def _refused(scene: Scene, *first: str) -> Reply:
    words = refusal(Decision(Reason.STRANGER), scene.t, scene.language)
    return way_forward(_offered_nothing(scene), *(scene.t(text) for text in first), words)


def _person_named(scene: Scene) -> Reply:
    words = {"kind": "name", "typed": "Калина Примерова 5 б"}
    return not_understood(scene, (), dict.fromkeys(list(scene.services)[:2], words))


SAMPLES: tuple[tuple[str, Screen], ...] = (
    ("menu-welcome", welcome),
    ("menu-greeting", lambda scene: courteous(scene, "greeting")),
    ("menu-help", helping),
    ("menu-teacher", _of_teacher),
    ("menu-teacher-without-school", lambda scene: helping(_offered_nothing(scene, Role.TEACHER))),
    ("menu-office-without-region", lambda scene: helping(_offered_nothing(scene, Role.REGIONAL_OFFICE))),
    ("menu-more", lambda scene: more(scene, len(scene.services) - 1)),
    ("menu-not-understood", lambda scene: not_understood(scene, (), {})),
    ("menu-whom", _person_named),
    (
        "menu-role-unreadable",
        lambda scene: helping(replace(_offered_nothing(scene), trouble=scene.t("error-directory-busy"))),
    ),
    ("courtesy-stop", lambda scene: courteous(scene, "stop")),
    ("way-forward-director", lambda scene: way_forward(scene, scene.t("refusal-card-expired"))),
    ("way-forward-stranger", _refused),
    ("way-forward-identifier-in-chat", lambda scene: _refused(scene, "lookup-identifier-in-chat")),
)
