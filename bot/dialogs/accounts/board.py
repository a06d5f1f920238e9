"""The board of a director's school."""

from bot.conversation import Reply
from bot.core.decision import Decision
from bot.dialogs.accounts.cases import AccountsCases
from bot.dialogs.dialog import Scene
from bot.dialogs.menu import denied, notice


async def open_(cases: AccountsCases, scene: Scene) -> Reply:
    """The school at a glance."""
    seen = await cases.show(scene.actor)
    if isinstance(seen, Decision):
        return denied(scene, seen)
    counts = seen.counts
    return notice(scene, scene.t("accounts-title"), scene.t("accounts-handed", handed=counts.handed, of=counts.of))
