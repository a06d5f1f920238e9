"""Short answers with one way back."""

from bot.conversation import Reply
from bot.core.decision import Decision, Reason
from bot.dialogs.class_links.selection import ALL
from bot.dialogs.dialog import Scene
from bot.dialogs.menu import notice, way_forward
from bot.refusals import refusal
from cards.actions import Button


def said(scene: Scene, title: str, *paragraphs: str, key: str = "") -> Reply:
    """A few words; back to the link of this key, or to the list."""
    back = (
        Button(scene.t("link-answer-see"), scene.press("link.open", ids={"key": key}))
        if key
        else Button(scene.t("links-back"), scene.press("links.list", ids={"what": ALL, "page": "0"}))
    )
    return notice(scene, title, *paragraphs, buttons=(back,))


def refused(scene: Scene, decision: Decision) -> Reply:
    """No, and a way back to the list, or to what is possible instead."""
    words = refusal(decision, scene.t, scene.language)
    if decision.denied_because in {Reason.NO_LINK, Reason.LINK_CHANGED, Reason.NOT_ANSWERABLE}:
        return said(scene, scene.t("notice-not-possible"), words)
    return way_forward(scene, words)
