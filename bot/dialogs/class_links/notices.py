"""Short answers, and the way back to the list one came from."""

from collections.abc import Mapping

from bot.conversation import Action, PeopleShown, Reply
from bot.core.actors.model import Role
from bot.core.decision import Decision, Reason
from bot.dialogs.class_links.selection import LONGEST_WHAT
from bot.dialogs.dialog import Scene
from bot.dialogs.menu import notice, way_forward
from bot.refusals import refusal
from cards.actions import Button

_OF_LINKS = frozenset({Reason.NO_LINK, Reason.LINK_CHANGED, Reason.LINK_OF_WHICH_SCHOOL, Reason.NOT_ANSWERABLE})


def came_from(action: Action) -> Mapping[str, str]:
    """The list and the page on the way from which the press was made: ids that every further press carries on. None
    for what begins elsewhere (a message, the overview).
    """
    what = action.id("what")[:LONGEST_WHAT]  # it stands on the next card too, so it has an end
    return {"what": what, "page": str(action.number("page"))} if what else {}


def back(scene: Scene) -> Button:
    """To the list one came from, on its page; otherwise to where the service begins."""
    if place := came_from(scene.action):
        return Button(scene.t("links-back"), scene.press("links.list", ids=place))
    start = "links-overview" if scene.actor.role is Role.DIRECTOR else "links-back"
    return Button(scene.t(start), scene.press("links.open"))


def said(
    scene: Scene,
    title: str,
    *paragraphs: str,
    key: str = "",
    buttons: tuple[Button, ...] = (),
    people: PeopleShown | None = None,
) -> Reply:
    """A few words, with the way back; before it to the link of this key."""
    see = scene.press("link.open", ids={"key": key, **came_from(scene.action)}) if key else None
    link = (Button(scene.t("link-answer-see"), see),) if see is not None else ()
    return notice(scene, title, *paragraphs, buttons=(*buttons, *link, back(scene)), people=people)


def refused(scene: Scene, decision: Decision) -> Reply:
    """No, and a way back to the list, or to what is possible instead."""
    words = refusal(decision, scene.t, scene.language)
    if decision.denied_because in _OF_LINKS:
        return said(scene, scene.t("notice-not-possible"), words)
    return way_forward(scene, words)
