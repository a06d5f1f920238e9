"""Reads whom a press of handing over is about, or says why that cannot be said."""

from dataclasses import dataclass

from bot.conversation import Reply
from bot.core.accounts.board import Board
from bot.core.accounts.papers import Chosen
from bot.core.decision import Decision
from bot.dialogs.accounts.cases import AccountsCases
from bot.dialogs.accounts.chosen import GROUP, LONGEST_WORD, choose
from bot.dialogs.accounts.ways import ways_back
from bot.dialogs.dialog import Scene
from bot.dialogs.menu import denied, not_possible


@dataclass(frozen=True, slots=True)
class Handing:
    """What a handler of handing over goes by: the board, who is meant, and by which word."""

    word: str
    seen: Board
    chosen: Chosen

    @property
    def school(self) -> str:
        """Its id."""
        return self.seen.school.id


async def handing(cases: AccountsCases, scene: Scene) -> Handing | Reply:
    """Who is meant by the press, read now; or why that cannot be said."""
    word = scene.action.id("of")[:LONGEST_WORD]
    seen = await cases.show(scene.actor)
    if isinstance(seen, Decision):
        return denied(scene, seen)
    groups = await cases.groups.all(scene.actor) if word.startswith(GROUP) else ()
    if isinstance(groups, Decision):
        return denied(scene, groups)
    chosen = choose(word, seen, groups, now=scene.now, timing=cases.timing, t=scene.t)
    if chosen is None:
        return not_possible(scene, scene.t("handing-gone"), buttons=ways_back(scene))
    return Handing(word, seen, chosen)
