"""Класове: a teacher's own links and a director's school. One link is in `one_link.py`."""

from collections.abc import Callable, Mapping

from bot.conversation import Action, Reply
from bot.core.actors.model import Role
from bot.core.class_links.cases import Platform
from bot.core.class_links.errands import Errand, RunErrand
from bot.core.class_links.read import ReadLinks
from bot.core.class_links.register import KeepRegister
from bot.core.decision import Decision, Reason
from bot.core.people.free_text import search_words
from bot.dialogs.class_links import link_view, view
from bot.dialogs.class_links.one_link import OneLink, refused
from bot.dialogs.dialog import Handler, Scene

_READS = frozenset({"links.open", "links.list", "links.group", "links.pick", "links.check", "link.open"})
"""Presses that show what the directory says of a school: of a large one that takes longer than a turn."""

_ERRANDS = {"links.table": Errand.TABLE, "links.upload": Errand.LIST}


class ClassLinksDialog:
    """`folder` is where the lists lie, to be named where there is none. `address` of a page for what the chat cannot
    carry; None where browsers cannot reach the bot.
    """

    verbs = (
        "links.open",
        "links.list",
        "links.group",
        "links.pick",
        "links.check",
        *_ERRANDS,
        "links.platform",
        "links.platform-set",
        *OneLink.verbs,
    )

    def __init__(
        self,
        read: ReadLinks,
        one: OneLink,
        register: KeepRegister,
        run: RunErrand,
        *,
        folder: str,
        address: Callable[[Errand, str], str] | None,
    ) -> None:
        self.run = run
        self._address = address
        self.read = read
        self._one = one
        self._register = register
        self._folder = folder

    async def pressed(self, scene: Scene) -> Reply:
        """The answer to one of `verbs`."""
        return await self.press(scene, scene.action, scene.action.inputs)

    async def press(self, scene: Scene, action: Action, inputs: Mapping[str, str]) -> Reply:
        """Shows, asks, has done."""
        if action.verb in OneLink.verbs:
            return await self._one.press(scene, action, inputs)
        if (errand := _ERRANDS.get(action.verb)) is not None:
            return await self._errand(scene, errand)
        what, page = _what(action), _number(action.ids.get("page", ""))
        match action.verb:
            case "links.list":
                return await self._shown(scene, what or view.ALL, page)
            case "links.group":
                return await self._shown(scene, _chosen(inputs), 0)
            case "links.pick":
                return await self._picked(scene, action, inputs)
            case "links.check" if "key" in action.ids:
                return await self._one.shown(scene, action.ids["key"], anew=True)
            case "links.platform" | "links.platform-set":
                return await self._platform(scene, action)
            case _:
                return await self._shown(scene, what, page, anew=action.verb == "links.check")

    async def _shown(self, scene: Scene, what: str, number: int, *, anew: bool = False, problem: str = "") -> Reply:
        seen = await self.read(scene.actor, anew=anew)
        if isinstance(seen, Decision):
            return view.denied(scene, seen)
        if not what and scene.actor.role is Role.DIRECTOR:
            return view.overview(scene, seen, self._folder, pages=self._address is not None)
        return view.listed(scene, seen, self._folder, what or view.ALL, number, problem=problem)

    async def _picked(self, scene: Scene, action: Action, inputs: Mapping[str, str]) -> Reply:
        seen, choice = await self.read(scene.actor), inputs.get("choice", "")
        if isinstance(seen, Decision):
            return view.denied(scene, seen)
        link = view.of_handle(seen.links, choice)
        if link is None:
            what, page = _what(action) or view.ALL, _number(action.ids.get("page", ""))
            return await self._shown(scene, what, page, problem=scene.t("links-choice-missing"))
        return await self._one.shown(scene, link.key)

    async def _errand(self, scene: Scene, errand: Errand) -> Reply:
        if self._address is None:
            return link_view.said(scene, scene.t("notice-not-possible"), scene.t("links-errand-off"))
        offered = await self.run.offer(scene.actor, errand, scene.language)
        if isinstance(offered, Decision):
            return refused(scene, offered)
        return link_view.errand(scene, errand, self._address(errand, offered.token), offered.until)

    async def _platform(self, scene: Scene, action: Action) -> Reply:
        if action.verb == "links.platform-set" and action.ids.get("platform") in set(Platform):
            decision = await self._register.choose(scene.actor, Platform(action.ids["platform"]))
            if not decision.allowed:
                return refused(scene, decision)
            return await self._shown(scene, "", 0)
        if scene.actor.role is not Role.DIRECTOR:
            return refused(scene, Decision(Reason.TEACHER))
        return link_view.platform(scene, await self._register.platform(scene.actor))


def follows(action: Action) -> Handler[ClassLinksDialog] | None:
    """Lists and single links, as they are: classes and teachers are shown in messages anyway. Not those found by
    words, which are not kept.
    """
    reads = action.verb in _READS and not _what(action).startswith(view.FIND)
    return ClassLinksDialog.pressed if reads else None


def _chosen(inputs: Mapping[str, str]) -> str:
    """The list that was asked for: words to look for go before a choice."""
    words = search_words(inputs.get("find", ""), view.LONGEST_FIND)
    return f"{view.FIND}{words}" if words else inputs.get("group", "")[:40] or view.ALL


def _what(action: Action) -> str:
    """The list a card showed: it stands on the next card too, so it has an end."""
    return action.ids.get("what", "")[: view.LONGEST_WHAT]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
